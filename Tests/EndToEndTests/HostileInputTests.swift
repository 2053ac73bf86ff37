import ScreenReader
import SeededRandom
import Testing

extension EndToEndTests {
  /// What a scanner, a cat or a hostile guest can type. After each the next guest is let in.
  @Suite struct HostileInputTests {
    struct Input: Sendable, CustomTestStringConvertible {
      var testDescription: String
      var bytes: [UInt8]
      /// The verdicts that come of it, by the reasons' names.
      var reasons: [String]

      init(_ name: String, _ text: String, _ reasons: [String] = []) {
        testDescription = name
        bytes = Array(text.utf8)
        self.reasons = reasons
      }
    }

    static let inputs: [Input] = [
      Input("empty lines", "\r\r\n\n\t\r\n"),
      Input("600 bytes", String(repeating: "A", count: 600) + "\r", ["unreadable_code"]),
      Input("512 bytes", String(repeating: "A", count: 512) + "\r", ["unreadable_code"]),
      Input("100,000 bytes", String(repeating: "A", count: 100_000) + "\r", ["unreadable_code"]),
      Input("too short", "ABC\r", ["unreadable_code"]),
      Input(
        "every control byte",
        (0..<0x20).filter { ![0x09, 0x0A, 0x0D].contains($0) }
          .map { "AB" + String(Character(Unicode.Scalar(UInt8($0)))) + "CD\r" }.joined(),
        ["unreadable_code"]),
      Input(
        "every function key's sequence",
        ["OP", "OQ", "OR", "OS", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~", "OA", "OB", "[5~"]
          .map { "AB\u{1B}\($0)CD\r\u{1B}\($0)\r" }.joined(),
        ["unreadable_code"]),
      Input("a name of two directions", "AB\u{202E}CD\r", ["unreadable_code"]),
    ]

    @Test(arguments: inputs)
    func `No input stops it`(input: Input) async throws {
      let door = try await DoorUnderTest()
      try door.session.type(input.bytes)
      // The newest panel shows the newest verdict; the list shows the newest few.
      if let reason = input.reasons.last {
        try await door.waitForVerdict(input.reasons.count, reason)
      }
      try await door.pauseTyping()
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(input.reasons.count + 1, "valid")
      await door.end()
    }

    @Test func `600 bytes without a terminator are reported once, when it comes`() async throws {
      let door = try await DoorUnderTest()
      try door.session.type(String(repeating: "A", count: 600))
      try await door.session.waitFor(text: "…")
      try door.session.type("\r")
      try await door.waitForVerdict(1, "unreadable_code")
      try await door.pauseTyping()
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(2, "valid")
      await door.end()
    }

    @Test func `A mebibyte of random bytes leaves it alive and in order`() async throws {
      let door = try await DoorUnderTest()
      var random = SplitMix64(seed: 42)
      let bytes = (0..<(1 << 20)).map { _ in
        UInt8.random(in: .min ... .max, using: &random)
      }
      try door.session.type(bytes, deadline: .seconds(60))
      try door.session.type("\r")
      try await door.pauseTyping()
      try door.scan("ADA4M7X2")
      let screen = try await door.session.waitFor("the guest after it", deadline: .seconds(120)) {
        $0.shows("valid") && $0.contains("Ada Romero")
      }
      #expect(screen.panelColour == .green)
      await door.end()
    }

    @Test func `A scan closes the help page and is looked up`() async throws {
      let door = try await DoorUnderTest()
      try door.session.type("\u{1B}OP")
      try await door.session.waitFor(text: "HELP")
      try door.scan("ADA4M7X2")
      let screen = try await door.waitForVerdict(1, "valid")
      #expect(!screen.contains("HELP"))
      await door.end()
    }

    @Test func `Names of every kind are shown within their cells`() async throws {
      let door = try await DoorUnderTest()
      let codes = [
        "LONGNAME1", "GREEK7AB", "ARABIC7A", "CHINESE8", "ACCENTS9", "EMOJI456", "NONAME00",
        "ESCAPES1", "HOSTTYPE",
      ]
      for (index, code) in codes.enumerated() {
        try door.scan(code)
        let screen = try await door.waitForVerdict(index + 1, "valid")
        #expect(screen.columns == 80 && screen.rows == 24)
        #expect(screen.panelColour == .green)
        // The number stands where it always does: no name has pushed it.
        #expect(screen.position(of: "#\(index + 1)")?.column == 79 - "#\(index + 1)".count)
      }
      let sent = String(decoding: door.session.output, as: UTF8.self)
      for mark in ["\u{202E}", "\u{2066}", "\u{200F}", "\u{2028}"] {
        #expect(!sent.contains(mark))
      }
      await door.end()
    }

    @Test func `20 resizes during a burst lose no scan`() async throws {
      let door = try await DoorUnderTest()
      for index in 0..<20 {
        try door.scan("ADA4M7X2")
        try door.session.resize(columns: 40 + index * 3, rows: 12 + index)
        try door.scan("CANCEL88")
      }
      try door.session.resize(columns: 80, rows: 24)
      try await door.waitForVerdict(40, "not_active")
      await door.end()
    }

    @Test func `A terminal that stops reading stops no scan`() async throws {
      let door = try await DoorUnderTest()
      door.session.stopReading()
      for _ in 0..<50 {
        try door.scan("ADA4M7X2")
        try door.scan("CANCEL88")
      }
      door.session.resumeReading()
      try await door.waitForVerdict(100, "not_active")
      await door.end()
    }
  }
}
