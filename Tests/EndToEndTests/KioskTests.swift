import Foundation
import Glibc
import SandboxVenue
import ScreenReader
import SeededRandom
import Testing

extension EndToEndTests {
  /// A box that stands alone: nobody leaves the door screen but with the supervisor's PIN.
  @Suite struct KioskTests {
    static let pin = "97531864"
    /// Of that PIN, cheap to check.
    static let hash = "$y$j75$doorcheckdoorcheck0$sZZaoyxF8oum9g.PIkWmjG3bxq5GAY2P1m4ycZI9sCA"
    static let settings = [
      "DOORCHECK_KIOSK_ENABLED": "true", "DOORCHECK_KIOSK_PIN_HASH": hash,
    ]
    static let f10 = "\u{1B}[21~"

    /// A kiosk on a store, with its log in a file.
    static func session(
      at venue: RunningVenue, store folder: String, log: String
    ) throws -> TerminalSession {
      try TerminalSession(
        running: BuiltProgram.path, ["run", "--event", venue.tonightEventID],
        environment: BuiltProgram.environment(
          DoorUnderTest.settings(for: venue).merging(settings) { $1 }
            .merging(["DOORCHECK_STORE_PATH": folder]) { $1 }),
        errorPath: log)
    }

    /// As fingers do; the pause is what is typed, not a wait for a state.
    private func type(_ pin: String, at door: DoorUnderTest) async throws {
      try await door.session.type(slowly: "\(pin)\r", every: .milliseconds(120))
    }

    private func askForPIN(at door: DoorUnderTest) async throws {
      try await door.press(Self.f10)
      try await door.session.waitFor(text: "PIN to leave")
    }

    private func expectItScans(_ door: DoorUnderTest, number: Int) async throws {
      #expect(door.session.program?.end == nil)
      // Another one each time: the same again would be a repeat.
      try door.scan(["ADA4M7X2", "DUO2K9P4", "GROUP4XYZ", "LONGNAME1"][number - 1])
      try await door.waitForVerdict(number, "valid")
    }

    @Test func `F10 with the right PIN leaves, and the terminal is as it was`() async throws {
      let door = try await DoorUnderTest(environment: Self.settings)
      try await askForPIN(at: door)
      try await type(Self.pin, at: door)
      #expect(try await door.session.waitForEnd() == .exited(0))
      #expect(door.session.terminal.modes == door.session.initialModes)
      #expect(!door.session.screen.isAlternate && door.session.screen.isCursorVisible)
      #expect(!String(decoding: door.session.output, as: UTF8.self).contains(Self.pin))
      await door.venue.stop()
    }

    @Test func `Wrong PINs make it wait, also after a restart`() async throws {
      let folder = BuiltProgram.newFolder()
      let environment = Self.settings.merging(["DOORCHECK_STORE_PATH": folder]) { $1 }
      let door = try await DoorUnderTest(environment: environment)
      try await askForPIN(at: door)
      for wrong in ["1111", "2222", "3333"] {
        try await type(wrong, at: door)
        try await door.session.waitFor(text: "WRONG PIN. Wait")
        try await door.session.waitFor("the end of the wait") { !$0.contains("Wait") }
      }
      // Not waited for: it will be 8 s.
      try await type("4444", at: door)
      try await door.session.waitFor(text: "WRONG PIN. Wait 8 s")
      try await type(Self.pin, at: door)
      try await expectItScans(door, number: 1)
      door.session.program?.send(signal: SIGKILL)
      _ = try await door.session.waitForEnd()
      await door.venue.stop()

      let again = try await DoorUnderTest(environment: environment)
      try await askForPIN(at: again)
      try await again.session.waitFor(text: "Wait")
      try await again.session.waitFor("the end of the wait") { !$0.contains("Wait") }
      // The question goes 15 s after its last key.
      if !again.session.screen.contains("PIN to leave") { try await askForPIN(at: again) }
      try await type(Self.pin, at: again)
      #expect(try await again.session.waitForEnd() == .exited(0))
      await again.venue.stop()
    }

    @Test(arguments: ["ADA4M7X2", "24681357", "975318"])
    func `A scan during the question is looked up and closes it`(code: String) async throws {
      let door = try await DoorUnderTest(environment: Self.settings)
      try await askForPIN(at: door)
      try await door.session.type(slowly: "46", every: .milliseconds(120))
      try await door.session.waitFor(text: "• •")
      // What comes within a second of characters belongs to them.
      try await door.pauseTyping()
      try door.scan(code)
      let screen = try await door.waitForVerdict(1, code == "ADA4M7X2" ? "valid" : "unknown_pass")
      #expect(!screen.contains("PIN to leave") && !screen.contains("46…"))
      await door.end()
    }

    @Test func `What is typed as a PIN is no code, and is written down nowhere`() async throws {
      let folder = BuiltProgram.newFolder()
      let door = try await DoorUnderTest(
        environment: Self.settings.merging(["DOORCHECK_STORE_PATH": folder]) { $1 })
      try await askForPIN(at: door)
      // A slip of a letter, too few, too many, wrong; and half of one over which a scan comes.
      for typed in ["44448x88", "444", "4444888844448888", "44448888"] {
        try await type(typed, at: door)
        try await door.session.waitFor("an answer") { screen in
          screen.contains("WRONG PIN") || screen.contains("4 to 12 digits")
            || screen.contains("Wait")
        }
      }
      try await door.session.type(slowly: "4444", every: .milliseconds(120))
      try await door.pauseTyping()
      try await expectItScans(door, number: 1)
      try await type("8888", at: door)
      // The next scan is the next number: none of it was one.
      try await expectItScans(door, number: 2)
      let sent = String(decoding: door.session.output, as: UTF8.self)
      #expect(!sent.contains("4444") && !sent.contains("8888") && !sent.contains("44…"))
      await door.end()
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
        #expect(bytes.range(of: Data("4444".utf8)) == nil, "\(name)")
        #expect(bytes.range(of: Data("8888".utf8)) == nil, "\(name)")
      }
    }

    /// Whoever looks at the keys types the PIN although the question has gone, or is there already.
    @Test(arguments: ["a key twice", "Esc", "a scan", "time"])
    func `A PIN without a question is hidden and goes nowhere`(after: String) async throws {
      let folder = BuiltProgram.newFolder()
      let door = try await DoorUnderTest(
        environment: Self.settings.merging(["DOORCHECK_STORE_PATH": folder]) { $1 })
      try await askForPIN(at: door)
      try await type("1111", at: door)
      try await door.session.waitFor(text: "WRONG PIN")
      var scans = 0
      switch after {
      case "a key twice":
        try await door.press(Self.f10)
        try await door.session.waitFor("a new question") {
          $0.contains("PIN to leave") && !$0.contains("WRONG PIN")
        }
        try await type(Self.pin, at: door)
        try await door.session.waitFor("no answer to be given") { !$0.contains("•") }
      case "Esc": try await door.press("\u{1B}")
      case "a scan":
        try await door.pauseTyping()
        try await expectItScans(door, number: 1)
        scans = 1
        try await door.pauseTyping()
      default: break
      }
      if after == "a key twice" {
        #expect(try await door.session.waitForEnd() == .exited(0))
        await door.venue.stop()
      } else {
        try await door.session.waitFor("no question", deadline: .seconds(30)) {
          !$0.contains("PIN to leave")
        }
        try await door.session.type(slowly: Self.pin, every: .milliseconds(120))
        try await door.session.waitFor(text: "••••••••")
        try door.session.type("\r")
        try await door.session.waitFor(text: "Typing a PIN? Press its F key first")
        // The next scan is the next number: no look-up was one.
        try await door.pauseTyping()
        try await expectItScans(door, number: scans + 1)
        await door.end()
      }
      let sent = String(decoding: door.session.output, as: UTF8.self)
      #expect(!sent.contains("9753") && !sent.contains("97…"))
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
        #expect(bytes.range(of: Data(Self.pin.utf8)) == nil, "\(name)")
      }
    }

    @Test func `Digits typed right before a scan go nowhere with it, and no scan is a try`()
      async throws
    {
      let folder = BuiltProgram.newFolder()
      let log = BuiltProgram.newFolder()
      try Data().write(to: URL(fileURLWithPath: log))
      let venue = try await SandboxVenue.start()
      let session = try Self.session(at: venue, store: folder, log: log)
      try await session.waitFor(text: "Scan a pass")
      // The last one loses its end, and Enter comes by hand.
      for (index, scan) in ["ADA4M7X2\r", "24681357\r", "2468", "MECARD:N:Doe;;\r"].enumerated() {
        try await pauseOfTyping(.milliseconds(1200))
        try session.type(Self.f10)
        try await session.waitFor(text: "PIN to leave")
        try await pauseOfTyping(.milliseconds(80))
        try await session.type(slowly: "9753", every: .milliseconds(120))
        try session.type(scan)
        if scan == "2468" {
          try await pauseOfTyping(.milliseconds(300))
          try session.type("\r")
        }
        try await session.waitFor("#\(index + 1)") { screen in
          screen.contains("#\(index + 1)") && screen.shows("unreadable_code")
            && !screen.contains("PIN to leave")
        }
      }
      try await pauseOfTyping(.milliseconds(1200))
      try session.type("ADA4M7X2\r")
      try await session.waitFor(text: "Ada Romero")
      session.program?.send(signal: SIGTERM)
      #expect(try await session.waitForEnd() == .exited(0))
      await venue.stop()
      let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(!files.contains("pin-tries"))
      for path in files.map({ "\(folder)/\($0)" }) + [log] {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        for typed in ["9753", "97…", "Doe"] {
          #expect(bytes.range(of: Data(typed.utf8)) == nil, "\(path): \(typed)")
        }
      }
      let sent = String(decoding: session.output, as: UTF8.self)
      #expect(!sent.contains("9753") && !sent.contains("97…") && !sent.contains("Doe"))
    }

    struct Attempt: Sendable, CustomTestStringConvertible {
      var testDescription: String
      /// Each is typed alone, as a key is pressed.
      var keys: [String] = []
      /// Typed at once, as a scanner or a paste does.
      var burst = ""
    }

    static let functionKeys = [
      "OP", "OQ", "OR", "OS", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~", "[23~", "[24~",
    ].map { "\u{1B}\($0)" }

    static let attempts: [Attempt] = [
      Attempt(testDescription: "Ctrl-C", keys: Array(repeating: "\u{3}", count: 5)),
      Attempt(testDescription: "Ctrl-Z", keys: ["\u{1A}", "\u{1A}"]),
      Attempt(testDescription: "Ctrl-\\", keys: ["\u{1C}", "\u{1C}"]),
      Attempt(testDescription: "Ctrl-S and Ctrl-Q", keys: ["\u{13}", "\u{11}", "\u{13}"]),
      Attempt(testDescription: "Ctrl-D", keys: ["\u{4}", "\u{4}"]),
      Attempt(
        testDescription: "every control byte as a key",
        keys: (0..<0x20).map { String(Character(Unicode.Scalar(UInt8($0)))) } + ["\u{7F}"]),
      Attempt(testDescription: "every function key", keys: functionKeys),
      Attempt(
        testDescription: "F10 and Enter, again and again", keys: [f10, "\r", f10, "\r", f10]),
      Attempt(
        testDescription: "every control byte as a barcode",
        burst: (0..<0x20).map { "AB\(Character(Unicode.Scalar(UInt8($0))))CD\r" }.joined()),
      Attempt(
        testDescription: "every function key as a barcode",
        burst: functionKeys.map { "\($0)\r" + "AB\($0)CD\r" }.joined()),
      Attempt(
        testDescription: "F10 and the right PIN as a barcode",
        burst: "\(f10)\(pin)\r\(f10)\r\(pin)\r"),
    ]

    @Test(arguments: attempts) func `Nothing else leaves it`(attempt: Attempt) async throws {
      let door = try await DoorUnderTest(environment: Self.settings)
      for key in attempt.keys { try await door.press(key) }
      if !attempt.burst.isEmpty {
        try door.session.type(attempt.burst)
        // What follows a line that is no code belongs to it, until the scanner is silent.
        try await door.pauseTyping()
      }
      try door.scan("ADA4M7X2")
      try await door.session.waitFor(text: "Ada Romero")
      #expect(door.session.program?.end == nil)
      await door.end()
    }

    @Test func `A mebibyte pasted leaves it alive`() async throws {
      let door = try await DoorUnderTest(environment: Self.settings)
      var random = SplitMix64(seed: 43)
      let bytes = (0..<(1 << 20)).map { index in
        let byte = UInt8.random(in: .min ... .max, using: &random)
        // Few lines: how fast many are looked up is another matter.
        return index % 65_536 == 0 ? 0x0D : [0x09, 0x0A, 0x0D].contains(byte) ? 0x1B : byte
      }
      try await askForPIN(at: door)
      try door.session.type(bytes, deadline: .seconds(60))
      try door.session.type("\r")
      try await door.pauseTyping()
      try door.scan("ADA4M7X2")
      try await door.session.waitFor("the guest after it", deadline: .seconds(120)) {
        $0.contains("Ada Romero")
      }
      await door.end()
    }

    @Test func `No signal of a keyboard ends it, SIGTERM does`() async throws {
      let door = try await DoorUnderTest(environment: Self.settings)
      for (number, signal) in [SIGINT, SIGQUIT, SIGTSTP].enumerated() {
        door.session.program?.send(signal: signal)
        try await expectItScans(door, number: number + 1)
      }
      door.session.program?.send(signal: SIGTERM)
      #expect(try await door.session.waitForEnd() == .exited(0))
      #expect(door.session.terminal.modes == door.session.initialModes)
      await door.venue.stop()
    }

    @Test func `Without a PIN the keyboard does not leave`() async throws {
      let door = try await DoorUnderTest(environment: ["DOORCHECK_KIOSK_ENABLED": "true"])
      try await door.press(Self.f10)
      try await door.session.waitFor(text: "No PIN set")
      try await type("1234", at: door)
      try await expectItScans(door, number: 1)
      await door.end()
    }
  }
}
