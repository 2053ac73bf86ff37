import SandboxVenue
import ScreenReader
import Testing

struct TerminalKind: Sendable, CustomTestStringConvertible {
  var term: String
  var columns: Int
  var rows: Int

  var testDescription: String { "\(term) \(columns)×\(rows)" }

  static let all = ["xterm-256color", "linux"].flatMap { term in
    [(80, 24), (40, 12)].map { TerminalKind(term: term, columns: $0.0, rows: $0.1) }
  }
}

extension EndToEndTests {
  @Suite struct VerdictTests {
    @Test(arguments: TerminalKind.all)
    func `A scan turns the screen green, red or amber, with name, type and usage`(
      kind: TerminalKind
    ) async throws {
      let door = try await DoorUnderTest(term: kind.term, columns: kind.columns, rows: kind.rows)

      try door.scan("GROUP4XYZ")
      let green = try await door.waitForVerdict(1, "valid")
      #expect(green.panelColour == .green)
      for text in ["Carmen Ortega", "Group of Four", "Let 4 in", "Tonight 4 of 4"] {
        #expect(green.contains(text), "\(text)\n\(green.text)")
      }

      try door.scan("P6J21FF2S")
      let red = try await door.waitForVerdict(2, "already_used")
      #expect(red.panelColour == .red)
      for text in ["Miguel Perez", "Premium 7 dias", "Tonight 1 of 1"] {
        #expect(red.contains(text), "\(text)\n\(red.text)")
      }

      try door.scan("ERROR500")
      let amber = try await door.waitForVerdict(3, "service_error")
      #expect(amber.panelColour == .amber)
      #expect(amber.contains("Marta 600"), "\(amber.text)")
      #expect(!amber.contains("ERROR500"), "a code stands masked\n\(amber.text)")
      await door.end()
    }

    /// Nobody is turned away by an event that the service does not know.
    @Test func `The vendor's sample is for no event that the service knows`() async throws {
      let door = try await DoorUnderTest(event: "another")
      try door.scan("P6J21FF2S")
      let amber = try await door.waitForVerdict(1, "no_event")
      #expect(amber.contains("Miguel Perez"))
      // The same words stand in a banner, which may come a moment before the panel has its place.
      _ = try await door.session.waitFor("the panel in amber") {
        $0.panelColour(at: "the right event set") == .amber
      }
      await door.end()
    }

    @Test(arguments: TerminalKind.all)
    func `Every guest of the list gets the reason that is due`(kind: TerminalKind) async throws {
      let door = try await DoorUnderTest(
        term: kind.term, columns: kind.columns, rows: kind.rows,
        environment: ["DOORCHECK_RULES_RATE_WINDOWS": "enforce"])
      for (index, guest) in door.venue.guests.filter({ $0.kind == .pass }).enumerated() {
        try door.scan(guest.code)
        let screen = try await door.waitForVerdict(index + 1, guest.expectedReason)
        let colours: [String: PanelColour] = [
          "valid": .green, "unreadable_code": .amber, "unauthorized": .amber,
          "rate_limited": .amber, "service_error": .amber, "offline": .amber,
        ]
        #expect(
          screen.panelColour == colours[guest.expectedReason, default: .red],
          "\(guest.code)\n\(screen.text)")
        // What follows a line that is no code belongs to it, until the scanner is silent.
        if guest.expectedReason == "unreadable_code" { try await door.pauseTyping() }
      }
      await door.end()
    }

    @Test func `The second friend with the same code is refused, the same scan is not`()
      async throws
    {
      let door = try await DoorUnderTest()
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(1, "valid")
      try door.scan("ADA4M7X2")
      let marked = try await door.session.waitFor(text: "SAME PASS")
      #expect(marked.contains("Ada Romero"))
      try door.scan("DUO2K9P4")
      try await door.waitForVerdict(3, "valid")
      try door.scan("ADA4M7X2")
      let red = try await door.waitForVerdict(4, "already_used")
      #expect(red.panelColour == .red)
      #expect(red.contains("North"), "it came in at this door\n\(red.text)")
      await door.end()
    }

    @Test func `The old colour is gone while the next look-up runs`() async throws {
      let door = try await DoorUnderTest()
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(1, "valid")
      try door.scan("OFFLINE60")
      let waiting = try await door.session.waitFor(text: "#2")
      #expect(waiting.panelColour != .green && waiting.panelColour != .red)
      let amber = try await door.waitForVerdict(2, "offline")
      #expect(amber.panelColour == .amber)
      await door.end()
    }

    @Test func `A name with escape sequences never reaches the terminal raw`() async throws {
      let door = try await DoorUnderTest()
      let guest = try #require(door.venue.guests.first { $0.code == "ESCAPES1" })
      let name = try #require(guest.pass?.customerFullname)
      #expect(name.contains("\u{1B}"), "the guest must be one that could do harm")
      try door.scan(guest.code)
      try await door.waitForVerdict(1, "valid")
      let sent = String(decoding: door.session.output, as: UTF8.self)
      for harm in ["\u{1B}[2J\u{1B}]0;owned", "]0;owned\u{7}"] {
        #expect(!sent.contains(harm))
      }
      #expect(door.session.screen.title != "owned")
      await door.end()
    }

    @Test(arguments: [["NO_COLOR": "1"], ["TERM": "vt100"], ["LANG": "C", "LC_ALL": "C"]])
    func `It works without colours and without Unicode`(environment: [String: String]) async throws
    {
      let door = try await DoorUnderTest(environment: environment)
      try door.scan("ACCENTS9")
      let screen = try await door.waitForVerdict(1, "valid")
      if environment["LANG"] == "C" {
        #expect(door.session.output.allSatisfy { $0 < 0x80 })
        #expect(screen.panelColour == .green)
        #expect(screen.contains("Jose M"), "\(screen.text)")
      } else {
        #expect(screen.cells.joined().allSatisfy { $0.background.isDefault })
      }
      try door.scan("P6J21FF2S")
      try await door.waitForVerdict(2, "already_used")
      await door.end()
    }
  }
}
