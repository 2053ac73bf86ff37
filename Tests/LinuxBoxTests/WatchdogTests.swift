import Synchronization
import Testing

@testable import LinuxBox

/// What the service manager is told, and when (sd_notify(3), sd_watchdog_enabled(3)).
@Suite struct WatchdogTests {
  /// Takes messages, or not, as a full socket.
  final class Ear: Sendable {
    private let state = Mutex((heard: [String](), isFull: false))

    var heard: [String] { state.withLock { $0.heard } }
    func fill(_ isFull: Bool) { state.withLock { $0.isFull = isFull } }
    func take(_ message: String) -> Bool {
      state.withLock { state in
        if !state.isFull { state.heard.append(message) }
        return !state.isFull
      }
    }
  }

  static func signs(_ environment: [String: String], to ear: Ear) -> Watchdog {
    Watchdog(environment: environment, processIdentifier: 42, send: ear.take)
  }

  @Test func `It is ready with the first picture that the terminal has taken, and once`() {
    let ear = Ear()
    var signs = Self.signs([:], to: ear)
    signs.drew(isShown: false, at: 1)
    #expect(ear.heard == [])
    signs.drew(isShown: true, at: 2)
    signs.drew(isShown: true, at: 3)
    #expect(ear.heard == ["READY=1"])
    signs.stopping()
    #expect(ear.heard == ["READY=1", "STOPPING=1"])
  }

  @Test func `It says that it lives at half the limit, and asks to be woken then`() {
    let ear = Ear()
    var signs = Self.signs(["WATCHDOG_USEC": "10000000"], to: ear)
    signs.drew(isShown: true, at: 100)
    #expect(ear.heard == ["READY=1", "WATCHDOG=1"])
    #expect(signs.nextSign == 105)
    signs.drew(isShown: true, at: 104.9)
    #expect(ear.heard.count == 2)
    signs.drew(isShown: true, at: 105)
    #expect(ear.heard == ["READY=1", "WATCHDOG=1", "WATCHDOG=1"])
    #expect(signs.nextSign == 110)
  }

  @Test func `A terminal that does not read is no stuck loop`() {
    let ear = Ear()
    var signs = Self.signs(["WATCHDOG_USEC": "2000000"], to: ear)
    signs.drew(isShown: false, at: 1)
    signs.drew(isShown: false, at: 2)
    #expect(ear.heard == ["WATCHDOG=1", "WATCHDOG=1"])
  }

  @Test func `A sign that was not taken is tried again before the limit`() {
    let ear = Ear()
    var signs = Self.signs(["WATCHDOG_USEC": "8000000"], to: ear)
    ear.fill(true)
    signs.drew(isShown: true, at: 10)
    #expect(signs.nextSign < 14)
    ear.fill(false)
    signs.drew(isShown: true, at: signs.nextSign)
    #expect(ear.heard == ["READY=1", "WATCHDOG=1"])
  }

  struct Case: Sendable {
    var environment: [String: String]
    var isWatched: Bool
  }

  @Test(arguments: [
    Case(environment: [:], isWatched: false),
    Case(environment: ["WATCHDOG_USEC": "0"], isWatched: false),
    Case(environment: ["WATCHDOG_USEC": "soon"], isWatched: false),
    Case(environment: ["WATCHDOG_USEC": "-1"], isWatched: false),
    Case(environment: ["WATCHDOG_USEC": "5000000"], isWatched: true),
    Case(environment: ["WATCHDOG_USEC": "5000000", "WATCHDOG_PID": "42"], isWatched: true),
    Case(environment: ["WATCHDOG_USEC": "5000000", "WATCHDOG_PID": "43"], isWatched: false),
    Case(environment: ["WATCHDOG_PID": "42"], isWatched: false),
  ])
  func `It is watched only where the service manager says so, and of this process`(of: Case) {
    let ear = Ear()
    var signs = Self.signs(of.environment, to: ear)
    signs.drew(isShown: true, at: 1)
    #expect(ear.heard.contains("WATCHDOG=1") == of.isWatched)
    #expect(signs.nextSign.isFinite == of.isWatched)
  }

  @Test func `Without a service manager nobody is told, and nobody waits`() {
    var signs = Watchdog(environment: ["WATCHDOG_USEC": "5000000"], socket: nil)
    signs.drew(isShown: true, at: 1)
    #expect(!signs.nextSign.isFinite)
  }
}
