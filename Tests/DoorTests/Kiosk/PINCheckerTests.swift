import DoorConfiguration
import Foundation
import Synchronization
import Testing

@testable import Door

@Suite struct WrongTriesTests {
  @Test func `The delay grows, to 5 minutes at most`() {
    let delays = (0...12).map(WrongTries.delay(after:))
    #expect(delays == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
    #expect(WrongTries.delay(after: .max) == 300)
  }

  @Test func `It counts from the newest try; a clock set back cannot make it longer`() {
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    var tries = WrongTries()
    #expect(tries.wait(at: now) == 0)
    for _ in 0..<5 { tries.add(at: now) }
    #expect(tries.wait(at: now) == 16)
    #expect(tries.wait(at: now.addingTimeInterval(10)) == 6)
    #expect(tries.wait(at: now.addingTimeInterval(100)) == 0)
    #expect(tries.wait(at: now.addingTimeInterval(-86_400)) == 16)
  }

  @Test(arguments: ["", "1", "one 2", "1 2 3", "-1 5", "9999999999999999999 1", "1 99999999999999"])
  func `Another text is none`(text: String) {
    #expect(WrongTries(text: text) == nil)
  }
}

@Suite struct PINCheckerTests {
  /// Of 2468, cheap to check.
  static let hash = "$y$j75$doorcheckdoorcheck0$i86sz7IfOKJHv74cEFotz5EJQ70rwAJil/def9PEgB1"

  /// A clock that the test moves.
  final class Clock: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
    var now: Date { time.withLock { $0 } }
    private let passed = Mutex(TimeInterval(0))
    var uptime: TimeInterval { passed.withLock { $0 } }
    func advance(_ seconds: TimeInterval) {
      time.withLock { $0 += seconds }
      passed.withLock { $0 += seconds }
    }
    /// Somebody sets the wall clock.
    func set(by seconds: TimeInterval) { time.withLock { $0 += seconds } }
  }

  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("doorcheck-pin-\(UUID().uuidString)")
  let clock = Clock()

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private var file: String { folder.appendingPathComponent("pin-tries").path }

  private func checker() throws -> PINChecker {
    PINChecker(
      hash: try #require(PINHash(Self.hash)), file: file, now: { [clock] in clock.now },
      uptime: { [clock] in clock.uptime })
  }

  @Test(arguments: [-86_400.0, 86_400, -40])
  func `A clock that is set neither shortens a wait nor begins it anew`(step: TimeInterval)
    async throws
  {
    let checker = try checker()
    for _ in 0..<3 {
      guard case .wrong(let wait) = try await checker.check(PIN("1111")) else { break }
      clock.advance(wait)
    }
    guard case .wrong(let wait) = try await checker.check(PIN("1111")) else {
      Issue.record("it was right")
      return
    }
    clock.set(by: step)
    #expect(try await checker.check(PIN("2468")) == .wrong(wait: wait))
    clock.advance(wait)
    #expect(try await checker.check(PIN("2468")) == .right)
  }

  @Test func `After a restart by a clock that was set back, the wait ends`() async throws {
    let before = try checker()
    for _ in 0..<3 {
      guard case .wrong(let wait) = try await before.check(PIN("1111")) else { break }
      clock.advance(wait)
    }
    clock.set(by: -86_400)
    let checker = try checker()
    clock.advance(await checker.wait)
    #expect(try await checker.check(PIN("2468")) == .right)
  }

  @Test func `The right PIN is right, and leaves no file`() async throws {
    let checker = try checker()
    #expect(try await checker.check(PIN("2468")) == .right)
    #expect(!FileManager.default.fileExists(atPath: file))
  }

  @Test func `Wrong ones make it wait longer and longer, the right one too`() async throws {
    let checker = try checker()
    var waits: [TimeInterval] = []
    for _ in 0..<4 {
      guard case .wrong(let wait) = try await checker.check(PIN("1111")) else { break }
      waits.append(wait)
      #expect(try await checker.check(PIN("2468")) == .wrong(wait: wait), "not before its time")
      clock.advance(wait)
    }
    #expect(waits == [1, 2, 4, 8])
    #expect(try await checker.check(PIN("2468")) == .right)
    #expect(try await checker.check(PIN("1111")) == .wrong(wait: 1))
  }

  @Test func `A restart forgets nothing`() async throws {
    let checker = try checker()
    for _ in 0..<3 {
      _ = try await checker.check(PIN("1111"))
      clock.advance(await checker.wait)
    }
    _ = try await checker.check(PIN("1111"))
    clock.advance(3)
    let next = try self.checker()
    #expect(await next.wait == 5)
    #expect(try await next.check(PIN("2468")) == .wrong(wait: 5))
    clock.advance(5)
    #expect(try await next.check(PIN("1111")) == .wrong(wait: 16))
  }

  @Test func `The file is its owner's alone, and holds no PIN`() async throws {
    _ = try await checker().check(PIN("975310"))
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try !String(contentsOfFile: file, encoding: .utf8).contains("975310"))
  }

  @Test func `A file that cannot be used stops nobody`() async throws {
    try "nonsense".write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try await checker().wait == 0)
    let nowhere = PINChecker(
      hash: try #require(PINHash(Self.hash)), file: "/proc/none/pin-tries",
      now: { [clock] in clock.now }, uptime: { [clock] in clock.uptime })
    #expect(try await nowhere.check(PIN("1111")) == .wrong(wait: 1))
    clock.advance(1)
    #expect(try await nowhere.check(PIN("1111")) == .wrong(wait: 2), "counted in memory")
  }
}
