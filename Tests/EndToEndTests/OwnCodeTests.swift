import FaultServer
import Foundation
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// The service's own spelling of a code, against what a scanner makes of it.
  @Suite struct OwnCodeTests {
    static let f4 = "\u{1B}OS"
    static let f8 = "\u{1B}[19~"

    struct Cleaning: Sendable {
      var environment: [String: String]
      /// What the scanner sends for the pass ADA4M7X2.
      var scanned: String
    }

    static let cleanings = [
      Cleaning(environment: ["DOORCHECK_SCANNER_PREFIX": "A"], scanned: "AADA4M7X2"),
      Cleaning(environment: ["DOORCHECK_SCANNER_SUFFIX": "2"], scanned: "ADA4M7X22"),
      Cleaning(
        environment: ["DOORCHECK_SCANNER_EXTRACT": "[?&]code=([^&]+)"],
        scanned: "https://example.com/p?x=1&code=ADA4M7X2"),
      Cleaning(
        environment: [
          "DOORCHECK_SCANNER_PATTERN": "^[A-Z0-9]{8}$", "DOORCHECK_SCANNER_CASE": "upper",
        ], scanned: "ada4m7x2"),
      Cleaning(environment: ["DOORCHECK_SCANNER_LAYOUT": "fr"], scanned: "QDQ'?èXé"),
    ]

    /// What is found is the service's own code: nothing was put around it.
    @Test(arguments: cleanings.indices)
    func `A code that was found is looked up as it is stored`(index: Int) async throws {
      let door = try await DoorUnderTest(environment: Self.cleanings[index].environment)
      try await door.session.waitFor("the list") { $0.contains("passes") }
      try door.scan(Self.cleanings[index].scanned)
      try await door.waitForVerdict(1, "valid")
      // Within the time of a repeat it would be one.
      try await pauseOfTyping(.milliseconds(3200))
      try await door.press(Self.f4)
      try await door.session.type(slowly: "ADA4M7X2", every: .milliseconds(120))
      try await door.session.waitFor("the one that is found") {
        $0.contains("Ada Romero") && !$0.contains("Let ") && $0.contains("AD…7X2")
      }
      try await door.press("\r")
      let screen = try await door.waitForVerdict(2, "already_used")
      #expect(screen.contains("Ada Romero"), "\(screen.text)")
      await door.end()
    }

    /// A service that finds codes in any spelling, and answers with its own.
    @Test func `What was taken back and is read in another case counts again`() async throws {
      let pass = FaultyServiceTests.pass
      let server = try await FaultServer.start { _, request in
        if request.target.contains("by-code") { return [.answer(200, pass)] }
        return [.answer(200, #"{"success":true,"data":{"_id":"E","name":"Night"}}"#)]
      }
      let folder = BuiltProgram.newFolder()
      let session = try TerminalSession(
        running: BuiltProgram.path, ["run", "--event", "E"],
        environment: BuiltProgram.environment([
          "DOORCHECK_FOURVENUES_BASE_URL": server.url, "DOORCHECK_FOURVENUES_API_KEY": "k",
          "DOORCHECK_STORE_PATH": folder, "TERM": "xterm-256color",
        ]), columns: 80, rows: 24)
      try await session.waitFor(text: "Scan a pass", deadline: .seconds(60))
      try session.type("abcd1\r")
      try await session.waitFor("the first") { $0.contains("#1") && $0.shows("valid") }
      try await pauseOfTyping(.milliseconds(100))
      try session.type(Self.f8)
      try await session.waitFor(text: "off the count")
      try await pauseOfTyping(.milliseconds(100))
      try session.type("AbCd1\r")
      let screen = try await session.waitFor("the second") { $0.contains("#2") }
      #expect(screen.shows("valid") && screen.panelColour == .green, "\(screen.text)")
      // And now it is a repeat, in whatever case.
      try session.type("aBCD1\r")
      try await session.waitFor("a repeat") { $0.contains("#2") && $0.contains("SAME PASS") }
      session.program?.send(signal: SIGTERM)
      _ = try await session.waitForEnd()
      try await server.stop()
      #expect(try StoreContents(folder: folder).admissions.map(\.isUndone) == [true, false])
    }

    /// A hiccup in the second reading: part of that code may be missing, whatever it says.
    @Test func `A broken reading of the same code is no repeat of its green`() async throws {
      let door = try await DoorUnderTest()
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(1, "valid")
      try door.session.type("ADA")
      try await pauseOfTyping(.milliseconds(200))
      try door.session.type("4M7X2\r")
      let amber = try await door.waitForVerdict(2, "unreadable_code")
      #expect(amber.panelColour == .amber, "\(amber.text)")
      #expect(amber.contains("part of it may be missing") || amber.contains("Part of it"))
      await door.end()
    }

    @Test func `The second scan that cannot be read says where to look and whom to call`()
      async throws
    {
      let door = try await DoorUnderTest()
      try door.scan("??")
      let first = try await door.waitForVerdict(1, "unreadable_code")
      #expect(!first.contains("Marta 600"), "\(first.text)")
      try await door.pauseTyping()
      // Somebody else goes in meanwhile.
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(2, "valid")
      try await door.pauseTyping()
      try door.scan("??")
      let second = try await door.waitForVerdict(3, "unreadable_code")
      #expect(
        second.contains("Find by name (F4)") && second.contains("Marta 600"), "\(second.text)")
      await door.end()
    }
  }
}
