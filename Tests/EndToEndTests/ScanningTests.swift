import ScreenReader
import Testing

extension EndToEndTests {
  @Suite struct ScanningTests {
    @Test(arguments: TerminalKind.all, ["\r", "\n", "\r\n", "\t"])
    func `A burst ends at each terminator`(kind: TerminalKind, terminator: String) async throws {
      let door = try await DoorUnderTest(term: kind.term, columns: kind.columns, rows: kind.rows)
      try door.scan("ADA4M7X2", terminator: terminator)
      try await door.waitForVerdict(1, "valid")
      try door.scan("CANCEL88", terminator: terminator)
      let red = try await door.waitForVerdict(2, "not_active")
      #expect(red.contains("cancelled"), "the raw state is shown\n\(red.text)")
      await door.end()
    }

    @Test(arguments: TerminalKind.all)
    func `A character every 5 ms is a scan`(kind: TerminalKind) async throws {
      let door = try await DoorUnderTest(
        term: kind.term, columns: kind.columns, rows: kind.rows,
        // A busy machine may stretch 5 ms to more than the 50 that are the default.
        environment: ["DOORCHECK_SCANNER_GAP_MS": "500"])
      try await door.session.type(slowly: "P6J21FF2S\r", every: .milliseconds(5))
      try await door.waitForVerdict(1, "already_used")
      await door.end()
    }

    @Test(arguments: TerminalKind.all)
    func `Two scans in one write give two verdicts, in order`(kind: TerminalKind) async throws {
      let door = try await DoorUnderTest(term: kind.term, columns: kind.columns, rows: kind.rows)
      // The first takes the whole deadline, the second answers at once.
      try door.session.type("OFFLINE60\rADA4M7X2\r")
      let screen = try await door.waitForVerdict(2, "valid")
      #expect(screen.panelColour == .green)
      // The first verdict was up for less than 2 s, so its strip stays for a while.
      let strip = try await door.session.waitFor(text: "ASK #1")
      #expect(strip.contains("ASK #1"), "\(strip.text)")
      await door.end()
    }

    @Test func `A code can be typed by hand, edited and cleared`() async throws {
      let door = try await DoorUnderTest()
      try await door.session.type(slowly: "P6JX", every: .milliseconds(120))
      try await door.session.waitFor(text: "P6JX")
      try await door.session.type(slowly: "\u{7F}", every: .milliseconds(120))
      try await door.session.waitFor("P6J alone") { $0.hasWord("P6J") }
      try await door.session.type(slowly: "\u{1B}", every: .milliseconds(120))
      try await door.session.waitFor("an empty field") { !$0.hasWord("P6J") }
      try await door.session.type(slowly: "P6J21FF2S\r", every: .milliseconds(120))
      try await door.waitForVerdict(1, "already_used")
      await door.end()
    }

    @Test func `A scan is not spoilt by a half-typed code, which is dropped visibly`() async throws
    {
      let door = try await DoorUnderTest()
      try await door.session.type(slowly: "ABC", every: .milliseconds(120))
      try await door.session.waitFor(text: "ABC")
      try await door.pauseTyping()
      try door.scan("P6J21FF2S")
      try await door.waitForVerdict(1, "already_used")
      // It is a code, so it stands masked.
      try await door.session.waitFor(text: "AB… was dropped")
      await door.end()
    }

    @Test(arguments: ["\u{3}", "\u{1A}", "\u{1C}", "\u{11}", "\u{13}", "\u{4}", "\u{1B}[21~"])
    func `No control byte of a barcode ends, stops or leaves the program`(bytes: String)
      async throws
    {
      let door = try await DoorUnderTest()
      try door.scan("AB\(bytes)CD")
      try await door.waitForVerdict(1, "unreadable_code")
      try await door.pauseTyping()
      try door.scan(bytes + "ABCD")
      try await door.session.waitFor(text: "#2")
      try await door.pauseTyping()
      try door.scan("P6J21FF2S")
      try await door.waitForVerdict(3, "already_used")
      await door.end()
    }
  }
}
