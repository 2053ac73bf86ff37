import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// A bell for eyes that do not look, and a beat for ears that do not hear.
  @Suite struct SeenAndHeardTests {
    @Test(arguments: ["xterm-256color", "linux", "vt100"])
    func `Each verdict has a bell of its own, and a repeat none`(term: String) async throws {
      let door = try await DoorUnderTest(term: term)
      var bells = 0
      for (index, (code, reason, strokes)) in [
        ("GROUP4XYZ", "valid", 1), ("P6J21FF2S", "already_used", 3),
        ("NOKEY401", "unauthorized", 2),
        ("DUO2K9P4", "valid", 1),
      ].enumerated() {
        try door.scan(code)
        try await door.waitForVerdict(index + 1, reason)
        bells += strokes
        let expected = bells
        try await door.session.waitFor("\(expected) bells") { $0.bells == expected }
      }
      // Silent: what rings next is the refusal after it.
      try door.scan("DUO2K9P4")
      try await door.session.waitFor { $0.contains("SAME PASS") }
      try door.scan("P6J21FF2S")
      try await door.waitForVerdict(6, "already_used")
      let expected = bells + 3
      try await door.session.waitFor("\(expected) bells") { $0.bells >= expected }
      #expect(door.session.screen.bells == expected)
      if term == "linux" {
        let pitches = door.session.console.rung.compactMap(\.self)
        #expect(pitches.count == expected)
        #expect(pitches[0] > pitches[4] && pitches[4] > pitches[1])
        #expect(pitches[1...3].allSatisfy { $0 == pitches[1] })
      }
      await door.end()
    }

    @Test(arguments: ["xterm-256color", "linux", "vt100"])
    func `The panel's edge stands out with each verdict, for a moment`(term: String) async throws {
      let door = try await DoorUnderTest(term: term, columns: 40, rows: 12)
      for number in [1, 3] {
        try door.scan("P6J21FF2S")
        try await door.session.waitFor("a beat") { screen in
          screen.contains("#\(number)") && screen.edgeStandsOut
        }
        let after = try await door.session.waitFor("its end") { !$0.edgeStandsOut }
        #expect(after.contains("#\(number)") && after.shows("already_used"))
        #expect(term == "vt100" || after.panelColour == .red)
        // Something else between: otherwise it would be a repeat.
        if number == 1 {
          try door.scan("NOKEY401")
          try await door.waitForVerdict(2, "unauthorized")
        }
      }
      await door.end()
    }
  }
}

extension Screen {
  /// Whether the last rows' outermost cells look otherwise than those within.
  fileprivate var edgeStandsOut: Bool {
    let row = cells[5]
    // The outer two columns; without colours, the frame of a refusal is three wide.
    return row[columns - 1].isReverse != row[columns - 3].isReverse
  }
}
