import Admission
import DoorConfiguration
import DoorScreen
import Foundation
import Synchronization
import Terminal
import TestSupport
import Testing
import Waiting

@testable import Door

/// What a kiosk shows while it cannot begin (Contract: Configuration, `kiosk.enabled`).
@Suite(.timeLimit(.minutes(5))) struct SetupScreenTests {
  /// Such a screen, with a terminal, a clock and a configuration of the test's own.
  private struct Kiosk {
    let terminal = PaintedTerminal()
    let clock = ManualClock()
    let queue = EventQueue<DoorLoop.Event>()
    /// What the configuration is when it is read the next time; nil: as faulty as it was.
    let mended = Given()
    private let running: Task<Bool, Never>

    final class Given: Sendable {
      private let kept = Mutex<Settings?>(nil)
      var settings: Settings? { kept.withLock { $0 } }
      func give(_ settings: Settings) { kept.withLock { $0 = settings } }
    }

    static func settings(hasPIN: Bool) -> Settings {
      var settings = Settings(hostName: "North")
      settings.isRecording = false
      settings.kiosk.isEnabled = true
      settings.kiosk.pinHash = hasPIN ? PINHash(PINCheckerTests.hash) : nil
      return settings
    }

    init(hasPIN: Bool = true) async throws {
      let readable = Self.settings(hasPIN: hasPIN)
      let error = ConfigurationError(
        problems: [ConfigurationProblem(text: "door.capacity: expected a number")],
        readable: readable)
      let (terminal, clock, queue, mended) = (terminal, clock, queue, mended)
      running = Task {
        var screen = SetupScreen(
          terminal: terminal,
          failure: DoorStart.Failure(
            fault: SetupFault(.configuration, details: error.lines), readable: readable),
          queue: queue, work: BackgroundWork(), log: NightLog(Logs.silent),
          clock: DoorClock(
            now: { LoopUnderTest.begin.advanced(by: clock.now.seconds) }, timer: clock))
        let start = await screen.run { () throws(ConfigurationError) in
          guard let settings = mended.settings else { throw error }
          return LoadedConfiguration(settings: settings)
        }
        return start != nil
      }
      try await terminal.untilDrawn(1)
    }

    func post(_ event: DoorLoop.Event) async throws {
      let draws = terminal.draws
      queue.post(event)
      try await terminal.untilDrawn(draws + 1)
    }

    func read(_ text: String) async throws {
      let now = LoopUnderTest.begin.advanced(by: clock.now.seconds)
      try await post(.input(InputChunk(bytes: Array(text.utf8), readAt: now)))
    }

    /// Fingers, a key every fifth of a second.
    func type(_ text: String) async throws {
      for character in text {
        try await read(String(character))
        try await pass(0.2)
      }
    }

    /// Lets time go by; what is due is done.
    func pass(_ seconds: TimeInterval) async throws {
      let end = clock.now + .seconds(seconds)
      while clock.now < end {
        try await clock.untilWaiting()
        clock.advance(by: .milliseconds(20))
      }
      try await post(.screen(.tick))
    }

    /// - Returns: whether the door can begin; nil where the screen goes on.
    func end() async -> Bool? { await running.value(within: .seconds(60)) }
  }

  @Test func `It says what is wrong, and begins once that is put right`() async throws {
    let kiosk = try await Kiosk()
    #expect(kiosk.terminal.text.contains("door.capacity: expected a number"))
    try await kiosk.pass(5)
    #expect(!kiosk.terminal.acts.contains(.restore), "nothing has changed")
    var settings = Kiosk.settings(hasPIN: true)
    settings.fourvenues.apiKey = Secret("test")
    kiosk.mended.give(settings)
    try await kiosk.clock.untilWaiting()
    kiosk.clock.advance(by: .seconds(3))
    #expect(await kiosk.end() == true)
    #expect(kiosk.terminal.acts.last == .restore)
  }

  @Test(
    arguments: [
      (.signal(.terminate), true), (.signal(.hangUp), true), (.inputEnded, true),
      (.signal(.interrupt), false),
    ] as [(DoorLoop.Event, Bool)])
  func `No interrupt leaves it`(event: DoorLoop.Event, ends: Bool) async throws {
    let kiosk = try await Kiosk()
    if ends {
      kiosk.queue.post(event)
    } else {
      try await kiosk.post(event)
      #expect(!kiosk.terminal.acts.contains(.restore))
      kiosk.queue.post(.signal(.terminate))
    }
    #expect(await kiosk.end() == false)
  }

  @Test func `The supervisor leaves with F10 and the PIN`() async throws {
    let kiosk = try await Kiosk()
    try await kiosk.read("\u{1B}[21~")
    try await kiosk.pass(0.1)
    try await kiosk.type("2468")
    kiosk.queue.post(
      .input(
        InputChunk(
          bytes: [0x0D], readAt: LoopUnderTest.begin.advanced(by: kiosk.clock.now.seconds))))
    #expect(await kiosk.end() == false)
    #expect(!kiosk.terminal.frames.contains { PaintedTerminal.text($0).contains("2468") })
  }

  @Test func `Without a PIN nobody leaves by the keyboard`() async throws {
    let kiosk = try await Kiosk(hasPIN: false)
    try await kiosk.read("\u{1B}[21~")
    try await kiosk.pass(0.1)
    try await kiosk.type("2468\r")
    #expect(!kiosk.terminal.acts.contains(.restore))
    kiosk.queue.post(.signal(.terminate))
    #expect(await kiosk.end() == false)
  }
}
