import Foundation
import SandboxVenue
import ScreenReader
import TestSupport
import Testing

extension EndToEndTests {
  /// Telling the service who came in (Contract: Configuration, `check_in.report`).
  @Suite struct ReportingTests {
    private static let reporting = ["DOORCHECK_CHECK_IN_REPORT": "true"]
    private static let oneByOne = ["DOORCHECK_RULES_GROUP_ENTRY": "one"]

    private func scan(
      _ arguments: [String], _ venue: RunningVenue, store: String,
      more: [String: String] = Self.reporting
    ) async throws -> [[String: Any]] {
      try await BuiltProgram.run(
        ["scan", "--event", venue.tonightEventID, "--format", "json"] + arguments,
        environment: DoorUnderTest.settings(for: venue).merging(["DOORCHECK_STORE_PATH": store]) {
          $1
        }.merging(more) { $1 }
      ).objects()
    }

    private func cases(_ venue: RunningVenue, store: String) async throws -> [String] {
      try await BuiltProgram.run(
        ["report", "--format", "json", "--event", venue.tonightEventID],
        environment: ["DOORCHECK_STORE_PATH": store]
      ).objects().filter { $0["figure"] as? String == "report_case" }.map {
        [$0["name"], $0["detail"]].compactMap { $0 as? String }.joined(separator: ": ")
      }
    }

    private func counts(_ object: [String: Any]?) -> [Int?] {
      ["used", "admitted", "remaining"].map { object?[$0] as? Int }
    }

    /// Waits until the venue has had so many calls, against hanging only.
    private func waitForCalls(_ count: Int, at venue: RunningVenue) async throws {
      try await wait(for: "\(count) calls") { venue.checkIns.count >= count }
    }

    private func faults(
      _ change: (inout SandboxFaults) -> Void
    ) -> SandboxFaults {
      var faults = SandboxFaults()
      faults.endpoints = [.checkIn]
      change(&faults)
      return faults
    }

    @Test func `Each admission is told once, under the option that holds`() async throws {
      var options = SandboxOptions()
      options.startsAt = Date(timeIntervalSinceNow: -1800)
      options.endsAt = Date(timeIntervalSinceNow: 6 * 3600)
      let venue = try await SandboxVenue.start(options)
      let store = BuiltProgram.newFolder()
      let codes = ["PART1OF4", "CANCEL88", "EARLYB1RD", "DUO2K9P4", "NOSUCH404", "EARLYB1RD"]
      let reasons = try await scan(codes, venue, store: store).map { $0["reason"] as? String }
      #expect(
        reasons == ["valid", "not_active", "valid", "valid", "unknown_pass", "already_used"])
      // Nobody is told again by another run, nor by one that admits nobody.
      _ = try await scan(["DUO2K9P4"], venue, store: store)
      _ = try await scan(["--dry-run", "ADA4M7X2"], venue, store: store)
      #expect(
        Set(venue.checkIns.map { "\($0.passID) \($0.entries.map(\.optionID)) \($0.people)" }) == [
          "PlsandboxPART1OF4 [\"opgroupoffour\"] 3", "PlsandboxEARLYB1RD [\"opearlybird\"] 1",
          "PlsandboxDUO2K9P4 [\"<special>\"] 2",
        ])
      #expect(venue.checkIns.count == 3)
      #expect(venue.checkIns.allSatisfy { $0.eventID == venue.tonightEventID && $0.status == 200 })
      #expect(try await cases(venue, store: store) == [])
      await venue.stop()
    }

    @Test func `Reading is all it does where nothing is said`() async throws {
      let venue = try await SandboxVenue.start()
      let store = BuiltProgram.newFolder()
      _ = try await scan(["ADA4M7X2", "GROUP4XYZ"], venue, store: store, more: [:])
      // What was admitted before the venue wanted it is not told later.
      _ = try await scan(["DUO2K9P4"], venue, store: store)
      #expect(venue.checkIns.map(\.passID) == ["PlsandboxDUO2K9P4"])
      await venue.stop()
    }

    /// What is told is in the service's answer, and counted once.
    @Test func `A group that comes one by one comes in whole`() async throws {
      let venue = try await SandboxVenue.start()
      let store = BuiltProgram.newFolder()
      let settings = Self.reporting.merging(Self.oneByOne) { $1 }
      for used in 0..<4 {
        let objects = try await scan(["GROUP4XYZ"], venue, store: store, more: settings)
        #expect(counts(objects.first) == [used, 1, 3 - used])
      }
      let last = try await scan(["GROUP4XYZ"], venue, store: store, more: settings)
      #expect(last.first?["reason"] as? String == "already_used")
      #expect(venue.checkIns.map(\.people) == [1, 1, 1, 1])
      await venue.stop()
    }

    /// The seeds draw an end before the answer and one in the middle of it.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `A lost answer to a delivered report counts no guest twice`(seed: UInt64) async throws {
      let venue = try await SandboxVenue.start()
      try venue.setFaults(
        faults {
          $0.hangUp = 1
          $0.seed = seed
        })
      let store = BuiltProgram.newFolder()
      let settings = Self.reporting.merging(Self.oneByOne) { $1 }
      _ = try await scan(["GROUP4XYZ"], venue, store: store, more: settings)
      #expect(venue.checkIns.map(\.status) == [200])
      try venue.setFaults(SandboxFaults())
      for used in 1...2 {
        let objects = try await scan(["GROUP4XYZ"], venue, store: store, more: settings)
        #expect(counts(objects.first) == [used, 1, 3 - used])
      }
      // The lost one is not sent again: whether it would count twice, nobody knows.
      #expect(venue.checkIns.count == 3)
      let listed = try await cases(venue, store: store)
      #expect(listed.count == 1)
      #expect(listed.first?.hasPrefix("perhaps_reported: no answer came") == true)
      await venue.stop()
    }

    /// The clock is set between the report and the next guest of the group.
    @Test(arguments: [-7200.0, 7200])
    func `A clock that is set counts no guest twice`(step: TimeInterval) async throws {
      let venue = try await SandboxVenue.start()
      let box = try BoxFaults()
      let store = BuiltProgram.newFolder()
      let settings = Self.reporting.merging(Self.oneByOne) { $1 }
        .merging(box.environment) { $1 }
      for used in 0..<4 {
        box.clockOffset = used.isMultiple(of: 2) ? 0 : step
        let objects = try await scan(["GROUP4XYZ"], venue, store: store, more: settings)
        #expect(counts(objects.first) == [used, 1, 3 - used])
      }
      let last = try await scan(["GROUP4XYZ"], venue, store: store, more: settings)
      #expect(last.first?["reason"] as? String == "already_used")
      #expect(venue.checkIns.map(\.people) == [1, 1, 1, 1])
      await venue.stop()
    }

    @Test func `A report that never left is sent by the next run`() async throws {
      let venue = try await SandboxVenue.start()
      try venue.setFaults(
        faults {
          $0.fail = 1
          $0.failStatuses = [429]
        })
      let store = BuiltProgram.newFolder()
      _ = try await scan(["ADA4M7X2"], venue, store: store)
      #expect(venue.checkIns == [])
      #expect(
        try await cases(venue, store: store) == ["waiting: the service cannot take it now"])
      try venue.setFaults(SandboxFaults())
      // Its time comes at most 2 seconds later; each of these runs sends what is due.
      for _ in 0..<100 where venue.checkIns.isEmpty {
        _ = try await scan(["CANCEL88"], venue, store: store)
      }
      #expect(venue.checkIns.map(\.passID) == ["PlsandboxADA4M7X2"])
      #expect(try await cases(venue, store: store) == [])
      await venue.stop()
    }

    @Test func `A kill between sending and acknowledgement counts nobody twice`() async throws {
      let store = BuiltProgram.newFolder()
      let settings = Self.reporting.merging(Self.oneByOne) { $1 }
      let door = try await DoorUnderTest(
        environment: settings.merging([
          "DOORCHECK_STORE_PATH": store, "DOORCHECK_SCREEN_PANEL_SECONDS": "1",
        ]) { $1 })
      // Counted at once, and answered drop by drop.
      try door.venue.setFaults(
        faults {
          $0.drip = 1
          $0.dripMilliseconds = 60_000
        })
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(1, "valid")
      try await waitForCalls(1, at: door.venue)
      door.session.program?.send(signal: SIGKILL)
      _ = try await door.session.waitForEnd()
      try door.venue.setFaults(SandboxFaults())
      #expect(
        try await cases(door.venue, store: store) == ["waiting: sent, and no answer yet"])
      for used in 1...2 {
        let objects = try await scan(["GROUP4XYZ"], door.venue, store: store, more: settings)
        #expect(counts(objects.first) == [used, 1, 3 - used])
      }
      #expect(door.venue.checkIns.count == 3)
      await door.venue.stop()
    }

    @Test func `A service that takes no report is no matter for guests`() async throws {
      var options = SandboxOptions()
      options.forbiddenEndpoints = [.checkIn]
      let store = BuiltProgram.newFolder()
      let door = try await DoorUnderTest(
        options: options,
        environment: Self.reporting.merging([
          "DOORCHECK_STORE_PATH": store, "DOORCHECK_SCREEN_PANEL_SECONDS": "1",
        ]) { $1 })
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(1, "valid")
      let asked = door.venue.requestCount
      // The report's turn has come, and it was refused.
      try await wait(for: "the next request") { door.venue.requestCount > asked }
      try door.venue.setFaults(faults { $0.hang = 1 })
      for (index, code) in ["DUO2K9P4", "FREEGST1", "WEEK3OF7"].enumerated() {
        try door.scan(code)
        let screen = try await door.waitForVerdict(index + 2, "valid")
        #expect(screen.panelColour == .green)
        #expect(screen.contains("OK · "), "the service is there\n\(screen.text)")
        #expect(!screen.text.lowercased().contains("refuse"), "\(screen.text)")
      }
      door.session.program?.send(signal: SIGTERM)
      _ = try await door.session.waitForEnd()
      let listed = try await cases(door.venue, store: store)
      #expect(listed.count == 4)
      #expect(listed.first == "waiting: the key may not report entries")
      await door.venue.stop()
    }

    @Test func `What staff correct in time is told, and what they undo later is listed`()
      async throws
    {
      let store = BuiltProgram.newFolder()
      let door = try await DoorUnderTest(
        environment: Self.reporting.merging([
          "DOORCHECK_STORE_PATH": store, "DOORCHECK_SCREEN_PANEL_SECONDS": "4",
        ]) { $1 })
      try door.scan("GROUP4XYZ")
      try await door.waitForVerdict(1, "valid")
      try await door.press("\u{1B}OB")
      try await door.session.waitFor(text: "Let 3 in")
      try await waitForCalls(1, at: door.venue)
      #expect(door.venue.checkIns.map(\.people) == [3])
      try await door.press("\u{1B}[19~")
      try await door.session.waitFor(text: "off the count")
      try door.scan("ADA4M7X2")
      try await door.waitForVerdict(2, "valid")
      // Taken back before its time: nobody is told.
      try await door.press("\u{1B}[19~")
      try await door.session.waitFor("0 admitted") { $0.contains("0 admitted") }
      await door.end()
      #expect(try await cases(door.venue, store: store) == ["undone_after_report"])
      #expect(door.venue.checkIns.count == 1)
      let text = try await BuiltProgram.run(
        ["report", "--event", door.venue.tonightEventID],
        environment: ["DOORCHECK_STORE_PATH": store]
      ).output
      #expect(text.contains("To correct by hand at the service"))
      #expect(text.contains("reported, then undone: nobody came in"))
    }
  }
}
