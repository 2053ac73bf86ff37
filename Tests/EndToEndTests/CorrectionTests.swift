import Foundation
import SandboxVenue
import ScreenReader
import Testing

extension EndToEndTests {
  /// What staff change after the verdict, and friends who come one a scan.
  @Suite struct CorrectionTests {
    private enum Key {
      static let up = "\u{1B}OA"
      static let byHand = "\u{1B}[17~"
      static let undo = "\u{1B}[19~"
    }

    private let folder = BuiltProgram.newFolder()

    private var environment: [String: String] { ["DOORCHECK_STORE_PATH": folder] }

    private func undone() throws -> [Bool] {
      try StoreContents(folder: folder).admissions.map(\.isUndone)
    }

    @Test func `Three people come in by hand, and the report says so`() async throws {
      let door = try await DoorUnderTest(environment: environment)
      try door.scan("CANCEL88")
      try await door.waitForVerdict(1, "not_active")
      for key in [Key.byHand, Key.up, Key.up] { try await door.press(key) }
      try await door.session.waitFor("3 by hand") {
        $0.contains("3 people, counted") && $0.contains("3 admitted") && !$0.contains("saving")
      }
      let report = try await BuiltProgram.run(
        ["report", "--event", door.venue.tonightEventID, "--format", "json"],
        environment: DoorUnderTest.settings(for: door.venue).merging(environment) { $1 })
      let byHand = try report.objects().first { $0["figure"] as? String == "by_hand" }
      #expect(byHand?["people"] as? Int == 3, "\(report.output)")
      await door.end()
      #expect(try StoreContents(folder: folder).admissions.map(\.people) == [3])
    }

    @Test(arguments: [(80, 24), (40, 12)])
    func `A second undo asks, and the same key alone confirms`(
      columns: Int, rows: Int
    ) async throws {
      let door = try await DoorUnderTest(columns: columns, rows: rows, environment: environment)
      for (number, code) in ["ADA4M7X2", "DUO2K9P4"].enumerated() {
        try door.scan(code)
        try await door.waitForVerdict(number + 1, "valid")
      }
      try await door.press(Key.undo)
      try await door.session.waitFor(text: "off the count")
      try await door.press(Key.undo)
      let question = try await door.session.waitFor(text: "Undo one more?")
      #expect(question.contains("1 person, admitted at"), "\(question.text)")
      // Enter is no answer, and ends it.
      try await door.press("\r")
      try await door.session.waitFor("no question") { !$0.contains("Undo one more?") }
      try await door.press(Key.undo)
      try await door.session.waitFor(text: "Undo one more?")
      // A scan ends it, and is judged as always.
      try door.scan("CANCEL88")
      try await door.waitForVerdict(3, "not_active")
      #expect(try undone() == [false, true])
      try await door.press(Key.undo)
      try await door.session.waitFor(text: "Undo one more?")
      try await door.press(Key.undo)
      try await door.session.waitFor("the first one back") {
        $0.contains("1 person off the count") && $0.contains(columns >= 80 ? "0 admitted" : "0 at")
      }
      await door.end()
      #expect(try undone() == [true, true])
    }

    /// While a scan waits, F8 names whom it would take back, and the verdict is seen before all.
    @Test(arguments: [true, false])
    func `While a scan waits nobody is taken back unasked`(isConfirmedInTime: Bool) async throws {
      var options = SandboxOptions()
      options.faults.endpoints = [.passByCode]
      options.faults.latencyMilliseconds = 3_000
      let door = try await DoorUnderTest(
        options: options,
        environment: environment.merging([
          "DOORCHECK_FOURVENUES_DEADLINE_MS": "20000", "DOORCHECK_FOURVENUES_PATIENCE_MS": "19000",
        ]) { $1 })
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(1, "valid")
      try door.scan("DUO2K9P4")
      try await door.press(Key.undo)
      let question = try await door.session.waitFor(text: "Undo one more?")
      #expect(question.contains("1 person, admitted at"), "\(question.text)")
      #expect(try undone() == [false])
      if isConfirmedInTime {
        try await door.press(Key.undo)
        try await door.session.waitFor(text: "off the count")
      }
      let verdict = try await door.waitForVerdict(2, "valid")
      // Said of a green alone; a banner tells that the service is slow, and takes the panel's first rows.
      #expect(
        verdict.contains("Let 2 in") && !verdict.contains("Undo one more?"), "\(verdict.text)")
      #expect(try undone() == [isConfirmedInTime, false])
      // Whom the verdict let in is asked about, too: the key may have been meant for the question.
      try await door.press(Key.undo)
      let next = try await door.session.waitFor(text: "Undo one more?")
      #expect(next.contains("2 people, admitted at"), "\(next.text)")
      #expect(try undone() == [isConfirmedInTime, false])
      try await door.press(Key.undo)
      try await door.session.waitFor(text: "2 people off the count")
      await door.end()
      #expect(try undone() == [isConfirmedInTime, true])
    }

    /// The age is known however the clock is set; of another run it is what the clock says.
    @Test func `Nobody is taken back after ten minutes`() async throws {
      let box = try BoxFaults()
      let venue = try await SandboxVenue.start()
      let environment = environment.merging(box.environment) { $1 }
      let before = try await DoorUnderTest(at: venue, environment: environment)
      for (number, code) in ["ADA4M7X2", "GROUP4XYZ"].enumerated() {
        try before.scan(code)
        try await before.waitForVerdict(number + 1, "valid")
      }
      box.clockOffset = 3600
      try await before.press(Key.undo)
      try await before.session.waitFor(text: "4 people off the count")
      before.session.program?.send(signal: SIGTERM)
      _ = try await before.session.waitForEnd()
      box.clockOffset = 660
      let door = try await DoorUnderTest(at: venue, environment: environment)
      for _ in 0..<2 {
        try await door.press(Key.undo)
        let screen = try await door.session.waitFor(text: "Over 10 minutes ago: not undone")
        #expect(screen.contains("1 person, admitted at"), "\(screen.text)")
      }
      await door.end()
      #expect(try undone() == [false, true])
    }

    @Test func `Whom another screen took back is not the last any more`() async throws {
      let venue = try await SandboxVenue.start()
      let door = try await DoorUnderTest(at: venue, environment: environment)
      for (number, code) in ["ADA4M7X2", "GROUP4XYZ"].enumerated() {
        try door.scan(code)
        try await door.waitForVerdict(number + 1, "valid")
      }
      let other = try await DoorUnderTest(at: venue, environment: environment)
      try await other.press(Key.undo)
      try await other.session.waitFor(text: "4 people off the count")
      try await door.press(Key.undo)
      try await door.session.waitFor(text: "1 person off the count")
      other.session.program?.send(signal: SIGTERM)
      _ = try await other.session.waitForEnd()
      await door.end()
      #expect(try undone() == [true, true])
    }

    @Test func `Four friends on one phone are four admissions`() async throws {
      let venue = try await SandboxVenue.start()
      let settings = DoorUnderTest.settings(for: venue).merging(environment) { $1 }
      let stream = try ScanStream(
        environment: settings.merging(["DOORCHECK_RULES_GROUP_ENTRY": "one"]) { $1 },
        event: venue.tonightEventID)
      var lines = stream.lines.makeAsyncIterator()
      var verdicts: [VerdictLine] = []
      for _ in 0..<5 {
        stream.feed(["GROUP4XYZ"])
        while let line = await lines.next() {
          guard case .verdict(let verdict) = line else { continue }
          verdicts.append(verdict)
          break
        }
        // The time that the next friend takes: a part of what is scanned, not a wait for a state.
        try await pauseOfTyping(.milliseconds(1500))
      }
      #expect(
        verdicts.map(\.reason) == Array(repeating: "valid", count: 4) + ["repeat_scan"])
      #expect(verdicts.prefix(4).map(\.admitted) == [1, 1, 1, 1])
      stream.endInput()
      #expect(stream.waitUntilExit() == 0)
      await venue.stop()
    }

    @Test func `The panel says how many friends are left`() async throws {
      let door = try await DoorUnderTest(
        environment: environment.merging([
          "DOORCHECK_RULES_GROUP_ENTRY": "one", "DOORCHECK_SCANNER_REREAD_MS": "500",
        ]) { $1 })
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(1, "valid")
      try await door.session.waitFor(text: "3 left: each scan counts one")
      // The scanner read it twice.
      try door.scan("GROUP4XYZ")
      try await door.session.waitFor("a repeat") { $0.contains("SAME PASS") }
      try await door.pauseTyping()
      try door.scan("GROUP4XYZ")
      let next = try await door.waitForVerdict(3, "valid")
      #expect(next.contains("2 left: each scan counts one"), "\(next.text)")
      await door.end()
      #expect(try StoreContents(folder: folder).admissions.map(\.people) == [1, 1])
    }

    @Test func `A staff card that is read again counts once`() async throws {
      let cards = try await BuiltProgram.run(
        ["cards", "--format", "json"], environment: environment
      ).objects()
      func card(_ command: String) throws -> String {
        let card = cards.first { $0["command"] as? String == command }
        return try #require(card?["code"] as? String)
      }
      let door = try await DoorUnderTest(environment: environment)
      try door.scan("CANCEL88")
      try await door.waitForVerdict(1, "not_active")
      try door.scan(card("by_hand"))
      try await door.session.waitFor(text: "1 person, counted")
      try door.scan(card("more"))
      try await door.session.waitFor("2 in") {
        $0.contains("2 people, counted") && $0.contains("2 admitted")
      }
      try await door.pauseTyping()
      try door.scan(card("more"))
      try await door.session.waitFor(text: "SAME CARD, COUNTED ONCE")
      // Longer than a scanner takes.
      try await pauseOfTyping(.milliseconds(3200))
      try door.scan(card("more"))
      try await door.session.waitFor("3 in") {
        $0.contains("3 people, counted") && $0.contains("3 admitted")
      }
      await door.end()
    }
  }
}
