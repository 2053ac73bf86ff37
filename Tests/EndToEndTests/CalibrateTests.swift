import Foundation
import ScreenReader
import Testing

extension EndToEndTests {
  /// The scanner's self-test, with somebody who types as scanners do.
  @Suite struct CalibrateTests {
    private static let code = "aqzwmy-AQZWMY_0123456789"

    private func session(
      _ arguments: [String] = [], columns: Int = 80, rows: Int = 50,
      environment: [String: String] = [:]
    ) throws -> TerminalSession {
      try TerminalSession(
        running: BuiltProgram.path, ["calibrate"] + arguments,
        environment: BuiltProgram.environment(environment), columns: columns, rows: rows)
    }

    /// Scans three times, each once the one before has been taken.
    private func scan(_ text: String, in session: TerminalSession) async throws {
      for number in 1...3 {
        try await session.waitFor(text: "Scan \(number) of 3")
        try session.type(text)
      }
    }

    struct Row: Sendable {
      /// What arrives from the test code.
      var arrives: String
      var environment: [String: String] = [:]
      var shows: [String]
      /// 1: no setting is enough.
      var exitCode: Int32 = 0
    }

    static let rows: [Row] = [
      Row(arrives: "\(code)\r", shows: ["✓ layout", "CR (Enter)", "No changes needed"]),
      // Consoles with other layouts than the scanner's.
      Row(
        arrives: "qawz,y)QAWZ?Y°à&é\"'(-è_ç\r",
        shows: ["✗ layout", "console keyboard fr", "layout: fr"]),
      Row(
        arrives: "aqywmzßAQYWMZ?0123456789\n",
        shows: ["✗ layout", "console keyboard de", "layout: de"]),
      Row(
        arrives: "aqzwmy'AQZWMY?0123456789\r", environment: ["LANG": "C.UTF-8"],
        shows: ["es or it or pt", "layout: es"]),
      // What scanners put around a code, and how they end it.
      Row(arrives: "]Q1\(code)\r\n", shows: ["]Q1", "CR LF", "No changes needed"]),
      Row(arrives: "TK:\(code)#\t", shows: ["TAB", "prefix: 'TK:'", "suffix: '#'"]),
      Row(
        arrives: "$A&TM:qawz,y)QAWZ?Y°à&é\"'(-è_ç\r\n",
        shows: ["]Q1", "layout: fr", "prefix: 'T:.'", "CR LF"]),
      // Caps Lock, alone and on a German console.
      Row(
        arrives: "AQZWMY-aqzwmy_0123456789\r", shows: ["✗ capitals", "Caps Lock"],
        exitCode: 1),
      Row(arrives: "AQYWMZßaqywmz?0123456789\r", shows: ["Caps Lock", "layout: de"], exitCode: 1),
      // A French scanner on a US console, and one that loses a character.
      Row(
        arrives: "qawz;y6QAWZ:Y8)!@#$%^&*(\r", shows: ["✗ layout", "set the scanner to a US"],
        exitCode: 1),
      Row(arrives: "aqzwmy-AQZWMY_012345678\r", shows: ["✗ losses", "lost 9"], exitCode: 1),
    ]

    /// Scanners of which no code would ever be looked up.
    static let unfit: [Row] =
      [
        Row(arrives: code, shows: ["✗ terminator", "add suffix CR"]),
        Row(arrives: "\r\(code)", shows: ["✗ terminator", "Enter comes before the code"]),
        Row(
          arrives: "aqzwmy-AQZWMY_\u{1B}[2~\u{1B}[F\u{1B}[B\u{1B}[6~\u{1B}[D\r",
          shows: ["✗ code", "Num Lock"]),
        Row(
          arrives: "\u{1B}0\u{1B}6\u{1B}5\u{1B}0\u{1B}6\u{1B}6\r", shows: ["✗ code", "ALT mode"]),
      ]
      + [("\u{3}", "ETX"), ("\u{4}", "EOT"), ("\0", "NUL"), (";", "\";\"")].map {
        Row(arrives: code + $0.0, shows: ["✗ terminator", $0.1])
      }

    @Test(arguments: unfit.indices)
    func `A scanner that cannot work is never said to fit`(index: Int) async throws {
      let row = Self.unfit[index]
      let session = try session()
      try await session.waitFor(text: Self.code)
      try await scan(row.arrives, in: session)
      #expect(try await session.waitForEnd() == .exited(1))
      let screen = session.screen
      for text in row.shows { #expect(screen.contains(text), "\(text)\n\(screen.text)") }
      #expect(!screen.contains("No changes needed"), "\(screen.text)")
    }

    @Test(arguments: rows.indices)
    func `What arrives tells what the scanner and the console do`(index: Int) async throws {
      let row = Self.rows[index]
      let session = try session(environment: row.environment)
      try await session.waitFor(text: Self.code)
      try await scan(row.arrives, in: session)
      #expect(try await session.waitForEnd() == .exited(row.exitCode))
      let screen = session.screen
      for text in row.shows { #expect(screen.contains(text), "\(text)\n\(screen.text)") }
      if row.exitCode != 0 { #expect(!screen.contains("No changes needed"), "\(screen.text)") }
      #expect(session.terminal.modes == session.initialModes)
    }

    /// Milliseconds after each of which the scanner reads the held code again.
    @Test(arguments: [[400, 600, 500], []])
    func `A code that is held says how soon it is read again`(pauses: [Int]) async throws {
      let session = try session(environment: ["DOORCHECK_RULES_GROUP_ENTRY": "one"])
      try await session.waitFor(text: Self.code)
      try await scan("\(Self.code)\r", in: session)
      try await session.waitFor(text: "Hold the same code before the scanner")
      try session.type("\(Self.code)\r")
      // The scanner's own time: a part of what is scanned, not a wait for a state.
      for pause in pauses {
        try await pauseOfTyping(.milliseconds(pause))
        try session.type("\(Self.code)\r")
      }
      #expect(try await session.waitForEnd() == .exited(0))
      let screen = session.screen
      if pauses.isEmpty {
        #expect(screen.contains("is not read again"), "\(screen.text)")
        #expect(screen.contains("No changes needed"))
      } else {
        #expect(screen.contains("is read again after"), "\(screen.text)")
        let line = try #require(
          screen.text.split(separator: "\n").first {
            $0.contains("reread_ms: ")
          })
        let proposed = try #require(line.split(separator: " ").compactMap { Int($0) }.first)
        // A busy machine types late.
        #expect((600...3000).contains(proposed))
      }
    }

    @Test func `The code is drawn for scanners that read screens`() async throws {
      let session = try session(rows: 24)
      let screen = try await session.waitFor(text: "Scan 1 of 3")
      #expect(screen.contains("█"), "\(screen.text)")
      #expect(screen.contains("Scan this code three times"), "nothing has scrolled away")
      try await scan("\(Self.code)\r", in: session)
      #expect(try await session.waitForEnd() == .exited(0))
    }

    @Test(arguments: ["\u{3}", "\u{1B}"])
    func `A key leaves; a signal does; the terminal is as it was`(key: String) async throws {
      let left = try session(columns: 40, rows: 12)
      try await left.waitFor(text: "Scan 1 of 3")
      try left.type(key)
      #expect(try await left.waitForEnd() == .exited(130))
      #expect(left.terminal.modes == left.initialModes)
      let ended = try session()
      try await ended.waitFor(text: "Scan 1 of 3")
      ended.program?.send(signal: 15)
      #expect(try await ended.waitForEnd() == .exited(143))
      #expect(ended.terminal.modes == ended.initialModes)
    }

    @Test func `Another code shows what arrived, to be sent on, and not the code`() async throws {
      let session = try session()
      try await scan("]Q1TK:P6J21FF2S\u{1D}\r", in: session)
      #expect(try await session.waitForEnd() == .exited(1))
      let screen = session.screen
      #expect(screen.contains("another code arrived"), "\(screen.text)")
      for number in 1...3 {
        #expect(screen.contains("scan \(number)  ]Q1TK:P6…F2S<GS><CR>"), "\(screen.text)")
      }
      #expect(!screen.contains("P6J21FF2S"))
    }

    @Test func `Hostile scans act on nothing and show nothing of themselves`() async throws {
      let session = try session()
      try await scan("\u{3}\u{1B}[2J\u{1C}SECRETCODE\u{1A}\r", in: session)
      #expect(try await session.waitForEnd() == .exited(1))
      #expect(!session.screen.contains("SECRET"), "a pass opens the door on other nights, too")
      #expect(session.screen.contains("✗ code"), "\(session.screen.text)")
      #expect(session.terminal.modes == session.initialModes)
    }

    @Test func `A code on paper does as well`() async throws {
      let session = try session(["--code", "P6J21FF2S"])
      try await session.waitFor(text: "P6J21FF2S")
      try await scan("P-Jé&FFéS\r", in: session)
      #expect(try await session.waitForEnd() == .exited(0))
      #expect(session.screen.contains("layout: fr"), "\(session.screen.text)")
    }

    @Test func `Without a terminal it refuses in one line`() async throws {
      let result = try await BuiltProgram.run(["calibrate"])
      #expect(result.exitCode == 64)
      #expect(result.output.isEmpty)
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
  }
}
