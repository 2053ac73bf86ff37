import Admission
import Formatting
import Foundation
import NightStore
import Testing

@testable import NightReport

/// A night at two boxes that share a ledger, as one of them reports it: people of both, and who came in
/// twice because the boxes did not know of each other.
@Suite struct SeveralDoorsReportTests {
  private static let southID = String(repeating: "b", count: 32)
  private static let start = HandmadeNight.start
  private static let event = HandmadeNight.event

  private static func elsewhere(
    _ pass: Pass, at seconds: TimeInterval, people: Int = 1, isByHand: Bool = false
  ) -> LedgerAdmission {
    LedgerAdmission(
      id: .new(), doorID: southID, door: "South", eventID: event.id,
      passage: isByHand ? .byHand : .counted,
      passID: pass.id, code: pass.code, passType: pass.typeName,
      allowed: isByHand ? nil : pass.usages[0].beneficiaries, used: isByHand ? nil : 0,
      people: people, at: start + seconds, clockOffset: 0,
      reason: isByHand ? .alreadyUsed : .valid)
  }

  /// Main lets in 1 and 1 and refuses one; South lets in 1 again, 1, and 2 by hand.
  private func report(_ language: Language = .english) async throws -> Report {
    let night = try ReportStore()
    let store = night.store
    try await store.store(events: [Self.event], fetchedAt: Self.start)
    let (one, two) = (HandmadeNight.pass("1", 1), HandmadeNight.pass("2", 1))
    try await night.admit(one, eventID: Self.event.id, at: Self.start + 60)
    try await night.admit(two, eventID: Self.event.id, at: Self.start + 120)
    try await night.scan(.alreadyUsed, eventID: Self.event.id, at: Self.start + 130)
    _ = try await store.record(
      [
        Self.elsewhere(one, at: 90), Self.elsewhere(HandmadeNight.pass("3", 1), at: 100),
        Self.elsewhere(two, at: 1000, people: 2, isByHand: true),
      ], cursor: "1", ofLedger: "ledger", clockOffset: 0)
    return try await night.report(Self.event, language: language, madeAt: HandmadeNight.morning)
  }

  @Test func `People are those of all doors, scans this box's`() async throws {
    let report = try await report()
    #expect(report.figures.admitted == NightFigures.Tally(admissions: 5, people: 6))
    #expect(report.figures.byHand == NightFigures.Tally(admissions: 1, people: 2))
    #expect(report.figures.scans == 3)
    #expect(report.figures.arrivals.map(\.people) == [4, 2])
    let doors = try ReportForms.objects(ReportJSON(report: report).lines)
      .filter { $0["figure"] as? String == "door" }
    #expect(doors.map { $0["name"] as? String } == ["Main", "South"])
    #expect(doors.map { $0["people"] as? Int } == [2, 4])
    #expect(doors.map { $0["scans"] as? Int } == [3, nil])
    let page = ReportForms.Page(ReportHTML(report: report).page)
    #expect(page.rows.contains(["South", "4", "4"]))
    #expect(report.night.entries.map(\.door) == ["Main", "South", "South", "Main", "South"])
  }

  @Test func `A double entry stands in JSON, in a table of its own, and masked`() async throws {
    let report = try await report()
    let lines = ReportJSON(report: report).lines
    let entries = try ReportForms.objects(lines)
      .filter { $0["figure"] as? String == "double_entry" }
    #expect(entries.count == 1)
    let entry = try #require(entries.first)
    #expect(entry["pass"] as? String == "1" && entry["type"] as? String == "General")
    #expect(entry["doors"] as? [String] == ["Main", "South"])
    #expect(
      entry["times"] as? [String] == ["2026-10-23T23:01:00+02:00", "2026-10-23T23:01:30+02:00"])
    #expect(entry["people"] as? Int == 2 && entry["allowed"] as? Int == 1)
    #expect(entry["code"] as? String == masked(code: "CODE-1"))
    let files = ReportCSVTables(report: report).files
    let table = try #require(files.first { $0.name == "double_entries.csv" })
    let rows = table.text.components(separatedBy: "\r\n").compactMap(ReportForms.cells)
    #expect(
      rows.prefix(2) == [
        [
          "event_id", "pass", "type", "doors", "times", "people", "allowed", "code",
        ],
        [
          Self.event.id, "1", "General", "Main; South",
          "2026-10-23T23:01:00+02:00; 2026-10-23T23:01:30+02:00", "2", "1",
          masked(code: "CODE-1"),
        ],
      ])
    for text in lines + files.map(\.text) + ReportText(report: report).lines {
      #expect(!text.contains("CODE-1"))
    }
  }

  @Test(arguments: Language.allCases)
  func `Text and page list it, and say whose the figures are`(_ language: Language) async throws {
    let report = try await report(language)
    let texts = language.reportTexts
    let text = ReportText(report: report).lines
    #expect(text.contains(texts.title(.doubleEntries)))
    #expect(text.contains { $0.contains("Main 23:01 (1), South 23:01 (1)") })
    #expect(text.allSatisfy { DisplayText($0).width <= ReportText.width })
    #expect(text.joined(separator: " ").contains(texts.ofSeveralBoxes.prefix(30)))
    let page = ReportForms.Page(ReportHTML(report: report).page)
    #expect(page.isWellFormed && page.text.contains(texts.title(.doubleEntries)))
    #expect(page.rows.contains { $0.last == "Main 23:01 (1), South 23:01 (1)" })
  }

  @Test func `One box's night says nothing of others`() async throws {
    let report = try await HandmadeNight().report()
    #expect(!report.figures.isOfSeveralBoxes && report.night.doubleEntries.isEmpty)
    #expect(
      !ReportText(report: report).lines.joined(separator: " ")
        .contains(EnglishReport().ofSeveralBoxes.prefix(30)))
  }
}
