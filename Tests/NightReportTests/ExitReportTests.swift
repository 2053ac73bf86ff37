import Admission
import Formatting
import Foundation
import NightStore
import Testing

@testable import NightReport

/// What a report says of who came back, left and was inside (Contract: Out and in again).
@Suite struct ExitReportTests {
  private func objects(_ report: Report, _ figure: String) throws -> [[String: Any]] {
    try ReportForms.objects(ReportJSON(report: report).lines)
      .filter { $0["figure"] as? String == figure }
  }

  private func one(_ report: Report, _ figure: String) throws -> [String: Any] {
    try #require(try objects(report, figure).first, "no \(figure)")
  }

  @Test func `Who came back, left and was counted by hand is told apart`() async throws {
    let report = try await NightWithExit().report()
    func counts(_ figure: String) throws -> [Int?] {
      let line = try one(report, figure)
      return [line["admissions"] as? Int, line["people"] as? Int]
    }
    #expect(try counts("admitted") == [3, 9])
    #expect(try counts("back") == [1, 4])
    #expect(try counts("left") == [4, 13])
    #expect(try counts("left_unseen") == [nil, 0])
    #expect(try counts("counted_in") == [nil, 1])
    #expect(try counts("counted_out") == [nil, 1])
    #expect(try counts("by_hand") == [0, 0])
    #expect(try counts("undone") == [0, 0])
  }

  @Test func `The highest inside has its time, and the longest full house its length`()
    async throws
  {
    let report = try await NightWithExit().report()
    let inside = try one(report, "inside")
    #expect(inside["people"] as? Int == 0)
    #expect(inside["from"] as? String == "2026-10-24T05:00:00+02:00")
    let most = try one(report, "most_inside")
    #expect(most["people"] as? Int == 9)
    #expect(most["from"] as? String == "2026-10-24T00:40:00+02:00")
    let full = try one(report, "nearly_full")
    #expect(full["from"] as? String == "2026-10-24T00:10:00+02:00")
    #expect(full["until"] as? String == "2026-10-24T01:20:00+02:00")
    #expect(full["minutes"] as? Double == 70)
    let capacity = try one(report, "capacity")
    #expect(capacity["people"] as? Int == 9)
    #expect(capacity["percent"] as? Double == 112.5)
    #expect(capacity["full_at"] as? String == "2026-10-23T23:20:00+02:00")
  }

  @Test func `The curve is the most who were inside in each quarter`() async throws {
    let report = try await NightWithExit().report()
    let quarters = try objects(report, "inside_quarter")
    #expect(
      quarters.map { $0["people"] as? Int }
        == [4, 8, 8, 8, 8, 8, 9, 9, 8, 8] + Array(repeating: 4, count: 15))
    #expect(quarters.first?["from"] as? String == "2026-10-23T23:00:00+02:00")
    #expect(quarters.last?["until"] as? String == "2026-10-24T05:15:00+02:00")
    #expect(
      try objects(report, "quarter_hour").map { $0["people"] as? Int } == [4, 4, 0, 0, 0, 0, 1])
  }

  @Test func `Scans at an exit are no refusals`() async throws {
    let report = try await NightWithExit().report()
    let verdicts = try objects(report, "verdict").map {
      "\($0["verdict"] as? String ?? "") \($0["scans"] as? Int ?? -1)"
    }
    #expect(verdicts == ["admit 3", "refuse 0", "unverified 0", "out 5"])
    let reasons = try objects(report, "reason").map {
      "\($0["name"] as? String ?? "") \($0["scans"] as? Int ?? -1)"
    }
    #expect(reasons == ["valid 3", "left 4", "nobody_inside 1"])
    #expect(try objects(report, "refused_again").isEmpty)
    #expect(try objects(report, "taken_back_entry").isEmpty)
    // Of types, those who came and the scans by which they did.
    let types = try objects(report, "pass_type").map { $0["scans"] as? Int }
    #expect(types == [2, 1, 0])
  }

  @Test func `The tables for spreadsheets have their columns behind those of before`() async throws
  {
    let files = Dictionary(
      uniqueKeysWithValues: ReportCSVTables(report: try await NightWithExit().report()).files)
    func rows(_ name: String) throws -> [[String]] {
      try #require(files[name]).split(separator: "\r\n").compactMap {
        ReportForms.cells(String($0))
      }
    }
    let entries = try rows("entries.csv")
    #expect(entries[0].suffix(4) == ["taken_back_at", "passage", "back", "left"])
    #expect(
      entries.dropFirst().map { [$0[3]] + $0.suffix(3) } == [
        ["4", "counted", "0", "0"], ["4", "counted", "0", "0"], ["0", "left", "0", "4"],
        ["0", "counted", "4", "0"], ["1", "counter", "0", "0"], ["0", "counter", "0", "1"],
        ["0", "left", "0", "4"], ["0", "left", "0", "4"], ["0", "left", "0", "4"],
      ])
    let quarters = try rows("quarters.csv")
    #expect(quarters[0].suffix(2) == ["percent_of_capacity", "inside"])
    #expect(quarters.count == 26)
    #expect(quarters[1].suffix(5) == ["4", "4", "8", "50", "4"])
    #expect(quarters[7].suffix(5) == ["1", "9", "8", "112.5", "9"])
    #expect(quarters[25].suffix(5) == ["0", "9", "8", "50", "4"])
  }

  @Test func `Text says it in the night's figures and beside the arrivals`() async throws {
    let lines = ReportText(report: try await NightWithExit().report()).lines
    func figure(_ label: String) -> String? {
      lines.first { $0.hasPrefix("  \(label)  ") || $0.hasPrefix("    \(label)  ") }
        .map { $0.split(separator: " ").joined(separator: " ") }
    }
    #expect(figure("Let in") == "Let in 9 people in 3 entries")
    #expect(figure("Back in") == "Back in 4 people in 1 entry")
    #expect(figure("Left") == "Left 13")
    #expect(figure("no code, counted in") == "no code, counted in 1")
    #expect(figure("no code, counted out") == "no code, counted out 1")
    #expect(figure("Inside at the end") == "Inside at the end 0")
    #expect(figure("Most inside") == "Most inside 9 people from 00:40 on")
    #expect(
      figure("95 % full or more") == "95 % full or more 70 minutes at a stretch, 00:10 to 01:20")
    #expect(figure("at exits") == "at exits 5")
    #expect(figure("Taken back") == "Taken back 0")
    #expect(lines.contains("  At most 9 inside at once, of 8 places: 113 %."))
    #expect(lines.contains("  All 8 places were taken at 23:20."))
    #expect(lines.contains("  At most 1 more than that were inside."))
    #expect(!lines.contains { $0.contains("not counted off") })
    #expect(
      lines.contains {
        $0.split(separator: " ").prefix(5) == ["00:30", "1", "9", "9", "113"]
      })
  }

  @Test(arguments: Language.allCases)
  func `In every language nothing is cut, and the page draws who was inside`(
    language: Language
  ) async throws {
    let report = try await NightWithExit().report(language: language)
    for line in ReportText(report: report).lines {
      #expect(DisplayText(line).width <= 80, "\(line)")
      #expect(!line.contains("…"), "\(line)")
    }
    let html = ReportHTML(report: report).page
    #expect(ReportForms.Page(html).isWellFormed)
    #expect(html.contains("id=\"inside-1-t\""))
    #expect(!html.contains("id=\"all-1-t\""))
  }

  @Test func `While the night goes on, who is inside is inside now`() async throws {
    let report = try await NightWithExit().report(
      language: .english, madeAt: HandmadeNight.at(6, 30))
    let labels = ReportWords(report: report).summary.map(\.label)
    #expect(labels.contains("Inside now"))
    #expect(!labels.contains("Inside at the end"))
  }

  @Test func `Without a capacity nothing is nearly full`() async throws {
    let report = try await NightWithExit().report(capacity: nil)
    #expect(try objects(report, "nearly_full").isEmpty)
    #expect(try one(report, "most_inside")["people"] as? Int == 9)
  }

  @Test func `A night in which nobody was counted out has no such lines`() async throws {
    let report = try await HandmadeNight().report()
    let figures = Set(
      try ReportForms.objects(ReportJSON(report: report).lines).map {
        $0["figure"] as? String
      })
    #expect(
      figures.isDisjoint(with: [
        "back", "left", "left_unseen", "counted_in", "counted_out", "inside", "most_inside",
        "nearly_full", "inside_quarter",
      ]))
    #expect(
      try objects(report, "verdict").map { $0["verdict"] as? String } == [
        "admit", "refuse", "unverified",
      ])
  }
}
