import Foundation
import SandboxVenue
import SeededRandom
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite(.timeLimit(.minutes(2)))
struct LifeTests {
  private static let head = "GET /integrations/events/\(tonightID) HTTP/1.1\r\nHost: x\r\n"

  private static func options(port: Int) -> SandboxOptions {
    var options = SandboxOptions()
    options.port = port
    return options
  }

  @Test func `Port is free after stop`() async throws {
    let first = try await SandboxVenue.start()
    #expect(first.port > 0)
    #expect(first.baseURL == "http://127.0.0.1:\(first.port)/integrations")
    let options = Self.options(port: first.port)
    await #expect(throws: SandboxError.self) { try await SandboxVenue.start(options) }
    await first.stop()
    await first.stop()
    await first.waitUntilStopped()
    try await withVenue(options) { visit in
      #expect(visit.venue.port == options.port)
      let answer = try await visit.get("/events/\(tonightID)")
      #expect(answer.status == 200)
    }
  }

  @Test func `Stop ends a connection that is kept alive`() async throws {
    let venue = try await SandboxVenue.start()
    let connection = Task {
      try? await exchange(port: venue.port, Array((Self.head + "\r\n").utf8))
    }
    try await wait(for: "the request") { venue.requestCount > 0 }
    await venue.stop()
    // Ends only when the venue closes the connection.
    _ = await connection.value
  }

  @Test func `Connection is kept alive`() async throws {
    try await withVenue { visit in
      let request = Self.head + "\r\n"
      let last = Self.head + "Connection: close\r\n\r\n"
      let received = try await exchange(
        port: visit.venue.port, Array((request + request + last).utf8))
      let text = String(decoding: received, as: UTF8.self)
      #expect(text.split(separator: "HTTP/1.1 200 OK").count == 3)
      #expect(visit.venue.requestCount == 3)
    }
  }

  @Test func `Options out of range are named`() async throws {
    var changes: [(String, SandboxOptions)] = []
    func add(_ name: String, _ change: (inout SandboxOptions) -> Void) {
      var options = SandboxOptions()
      change(&options)
      changes.append((name, options))
    }
    add("port") { $0.port = 65_536 }
    add("port") { $0.port = -1 }
    add("rateLimit") { $0.rateLimit = 0 }
    add("generatedPasses") { $0.generatedPasses = -1 }
    add("endsAt") {
      $0.startsAt = .init(timeIntervalSince1970: 5)
      $0.endsAt = .init(timeIntervalSince1970: 5)
    }
    add("faults.hang") { $0.faults.hang = 3 }
    for (name, options) in changes {
      do throws(SandboxError) {
        let venue = try await SandboxVenue.start(options)
        await venue.stop()
        Issue.record("\(name) was taken")
      } catch .invalidOption(let actual, _) {
        #expect(actual == name)
      } catch {
        Issue.record("\(name): \(error)")
      }
    }
  }

  @Test func `Nothing sent crashes it`() async throws {
    let seed = UInt64.random(in: 0...(.max))
    var random = SplitMix64(seed: seed)
    let pieces: [[UInt8]] =
      [
        "/", "//", "?", "&", "=", "%", "%00", "%FF", "%2e%2e", "..", ":", "#", ";", "://",
        "integrations",
        "/v2/passes/by-code/", "/events/", "/passes/", "/checkin", "/passes-rates/", "event_id=",
        "limit=99999999999999999999", "offset=-1", "start=2026-99-99", "end=٢٠٢٦-٠١-٠١", "SAND",
        "999999999999999999999999", "*", "\u{1}", " ", "\t", "é", "😀",
      ].map { Array($0.utf8) } + [[0xFF, 0xFE], [0xC0, 0x80]]
    try await withVenue { visit in
      for _ in 0..<150 {
        var target = random.next() % 4 == 0 ? [] : Array("/integrations".utf8)
        for _ in 0..<(random.next() % 8) {
          target += pieces[Int(random.next() % UInt64(pieces.count))]
        }
        let method = ["GET", "PUT", "POST", "HEAD", "DELETE", "OPTIONS", "G\u{0}T"][
          Int(random.next() % 7)]
        let bytes =
          Array("\(method) ".utf8) + target
          + Array(" HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{]".utf8)
        _ = try? await exchange(port: visit.venue.port, bytes)
      }
      let alive = try await visit.get("/v2/passes/by-code/P6J21FF2S")
      #expect(alive.status == 200, "seed \(seed)")
      #expect(try alive.body == sample("pass-by-code.json"), "seed \(seed)")
    }
  }
}
