import FaultServer
import Foundation
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// What tonight costs, in a real terminal.
  @Suite struct RateTests {
    /// The sandbox's "Early Bird" holds from the event's start to 1 h after it. The night is moved and
    /// not the clock: a library that moves a program's clock moves its timers too.
    @Test(arguments: [(-30, "too_early"), (30, "valid"), (90, "too_late")])
    func `The same pass before, in and after its window`(
      minutesIn: Double, reason: String
    ) async throws {
      var options = SandboxOptions()
      options.startsAt = Date(timeIntervalSinceNow: -minutesIn * 60)
      options.endsAt = options.startsAt?.addingTimeInterval(8 * 3600)
      for rule in ["enforce", "show"] {
        let door = try await DoorUnderTest(
          options: options, environment: ["DOORCHECK_RULES_RATE_WINDOWS": rule])
        // The price list is there once F2 shows it.
        try await door.press("\u{1B}OQ")
        try await door.session.waitFor(text: "Early Bird")
        try door.scan("EARLYB1RD")
        let screen = try await door.waitForVerdict(1, rule == "enforce" ? reason : "valid")
        #expect(screen.panelColour == (rule == "enforce" && reason != "valid" ? .red : .green))
        if rule == "show" { #expect(screen.contains("Rate"), "\(screen.text)") }
        await door.end()
      }
    }

    @Test(arguments: [(80, 24), (40, 12)])
    func `F2 shows the vendor's sample, and a scan closes it`(columns: Int, rows: Int) async throws
    {
      let door = try await DoorUnderTest(columns: columns, rows: rows)
      try await door.press("\u{1B}OQ")
      let page = try await door.session.waitFor(text: "General Access")
      #expect(page.contains("10,00"), "\(page.text)")
      try await door.session.waitFor(text: "erasmus")
      try door.scan("ADA4M7X2")
      let green = try await door.waitForVerdict(1, "valid")
      #expect(!green.contains("RATES TONIGHT"))
      #expect(green.contains("10,00"), "\(green.text)")
      await door.end()
    }

    @Test func `What is to be collected cannot be overlooked, where the venue collects`()
      async throws
    {
      let door = try await DoorUnderTest(environment: ["DOORCHECK_RULES_COLLECT_AT_DOOR": "true"])
      try await door.press("\u{1B}OQ")
      try await door.session.waitFor(text: "General Access")
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(1, "valid")
      try await door.session.waitFor(text: "COLLECT 10,00")
      try door.scan("FREEGST1")
      try await door.waitForVerdict(2, "valid")
      let free = try await door.session.waitFor("nothing") {
        $0.text.lowercased().contains("nothing to collect")
      }
      #expect(free.panelColour == .green)
      await door.end()
    }

    @Test(arguments: [(403, ""), (500, "oops"), (200, "<html>"), (200, "{\"data\":[{\"x\":1}]}")])
    func `Rates that fail change no verdict`(status: Int, body: String) async throws {
      let pass = FaultyServiceTests.pass
      let server = try await FaultServer.start { _, request in
        if request.target.contains("passes-rates") { return [.answer(status, body)] }
        if request.target.contains("events/") { return [.answer(200, #"{"_id":"E"}"#)] }
        return request.target.contains("by-code") ? [.answer(200, pass)] : [.answer(404, "")]
      }
      let session = try TerminalSession(
        running: BuiltProgram.path, ["run", "--event", "E"],
        environment: BuiltProgram.environment([
          "DOORCHECK_FOURVENUES_BASE_URL": server.url, "DOORCHECK_FOURVENUES_API_KEY": "x",
          "DOORCHECK_RULES_RATE_WINDOWS": "enforce",
        ]))
      try await session.waitFor(text: "Scan a pass")
      try session.type("ABCD1\r")
      let green = try await session.waitFor("green") { $0.shows("valid") }
      #expect(green.panelColour == .green)
      session.program?.send(signal: 15)
      _ = try await session.waitForEnd()
      try await server.stop()
    }
  }
}
