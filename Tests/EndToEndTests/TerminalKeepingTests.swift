import Glibc
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  @Suite struct TerminalKeepingTests {
    @Test(arguments: TerminalKind.all)
    func `F10 leaves, and the terminal is as it was`(kind: TerminalKind) async throws {
      let door = try await DoorUnderTest(term: kind.term, columns: kind.columns, rows: kind.rows)
      #expect(door.session.terminal.modes != door.session.initialModes)
      try door.session.type("\u{1B}[21~")
      #expect(try await door.session.waitForEnd() == .exited(0))
      #expect(door.session.terminal.modes == door.session.initialModes)
      #expect(door.session.screen.isCursorVisible)
      #expect(!door.session.screen.isAlternate)
      await door.venue.stop()
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
    func `A signal ends it, and the terminal is as it was`(signal: Int32) async throws {
      let door = try await DoorUnderTest()
      // In the middle of a look-up that would take longer.
      try door.scan("OFFLINE60")
      try await door.session.waitFor(text: "#1")
      door.session.program?.send(signal: signal)
      #expect(try await door.session.waitForEnd() == .exited(0))
      #expect(door.session.terminal.modes == door.session.initialModes)
      #expect(!door.session.screen.isAlternate)
      await door.venue.stop()
    }

    @Test(arguments: [SIGQUIT, SIGSEGV, SIGILL, SIGABRT])
    func `Even a crash leaves the terminal as it was, and asks nothing`(
      signal: Int32
    ) async throws {
      // As a venue starts it, with the runtime's own crash handler in place.
      let door = try await DoorUnderTest(environment: ["SWIFT_BACKTRACE": "enable=tty"])
      door.session.program?.send(signal: signal)
      #expect(try await door.session.waitForEnd() == .killed(signal: signal))
      #expect(door.session.terminal.modes == door.session.initialModes)
      #expect(!door.session.screen.isAlternate)
      await door.venue.stop()
    }

    @Test(arguments: [nil, SIGTERM, SIGHUP, SIGINT, SIGABRT, SIGSEGV, SIGSYS])
    func `The console shines while it runs, and has its own colours and bell again afterwards`(
      signal: Int32?
    ) async throws {
      let door = try await DoorUnderTest(term: "linux")
      try door.scan("GROUP4XYZ")
      let green = try await door.waitForVerdict(1, "valid")
      #expect(green.panelColour == .green)
      #expect(!door.session.console.redefinedColours.isEmpty)
      #expect(door.session.console.blankingMinutes == 0)
      // On arrival, and by the scan.
      #expect(door.session.console.wakes == 2)
      if let signal {
        door.session.program?.send(signal: signal)
      } else {
        try await door.press("\u{1B}[21~")
      }
      _ = try await door.session.waitForEnd()
      #expect(door.session.console.redefinedColours == [:])
      #expect(door.session.console.pitch == nil && door.session.console.milliseconds == nil)
      #expect(door.session.terminal.modes == door.session.initialModes)
      await door.venue.stop()
    }

    @Test func `A terminal that is gone ends it`() async throws {
      let door = try await DoorUnderTest()
      door.session.hangUp()
      let end = try await door.session.program?.waitForEnd()
      #expect(end == .exited(0))
      await door.venue.stop()
    }

    @Test func `Resizing keeps the panel, down to one cell and back`() async throws {
      let door = try await DoorUnderTest(environment: ["DOORCHECK_SCREEN_PANEL_SECONDS": "600"])
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(1, "valid")
      for (columns, rows) in [(40, 12), (1, 1), (200, 60), (80, 24)] {
        try door.session.resize(columns: columns, rows: rows)
        if columns >= 40 {
          let screen = try await door.session.waitFor("\(columns)×\(rows)") {
            $0.columns == columns && $0.contains("Carmen Ortega") && $0.shows("valid")
          }
          #expect(screen.panelColour == .green)
        }
      }
      await door.end()
    }

    @Test func `Leaving a demo leaves nothing behind`() async throws {
      let session = try TerminalSession(
        running: BuiltProgram.path, ["demo"], environment: BuiltProgram.environment())
      // There are more codes than rows: they take turns.
      for text in ["DEMO", "Try these codes", "P6J21FF2S", "GROUP4XYZ"] {
        try await session.waitFor(text: text)
      }
      try session.type("GROUP4XYZ\r")
      let green = try await session.waitFor(text: "Carmen Ortega")
      #expect(green.contains("DEMO"))
      try session.type("P6J21FF2S\r")
      try await session.waitFor(text: "Already used")
      session.program?.send(signal: SIGTERM)
      #expect(try await session.waitForEnd() == .exited(0))
      #expect(session.terminal.modes == session.initialModes)
    }

    @Test func `An unknown terminal is an error in words`() async throws {
      let session = try TerminalSession(
        running: BuiltProgram.path, ["demo"],
        environment: BuiltProgram.environment(["TERM": "no-such-terminal"]))
      #expect(try await session.waitForEnd() == .exited(64))
      #expect(session.screen.contains("no-such-terminal"))
      #expect(session.terminal.modes == session.initialModes)
    }
  }
}
