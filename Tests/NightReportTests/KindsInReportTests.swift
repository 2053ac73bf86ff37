import Admission
import Formatting
import Foundation
import Testing

@testable import NightReport
@testable import NightStore

/// A night of several kinds of codes, counted by kind and type; one of passes alone reads as ever.
@Suite struct KindsInReportTests {
  private static let start = Date(timeIntervalSince1970: 1_792_875_600)
  private static let event = Event(id: "night", name: "Noche", startsAt: start)
  private let night: ReportStore

  init() throws { night = try ReportStore() }

  private func guest(_ id: String, _ kind: PassKind, people: Int, type: String?) -> Pass {
    var pass = reportPass(id, kind: kind, people: people, type: type, eventID: Self.event.id)
    pass.code = "\(kind.rawValue)-\(id)"
    return pass
  }

  /// Passes and tickets are listed, guest lists are not; one name is a type of two kinds.
  private func fill() async throws {
    let passes = (1...4).map { guest("\($0)", .pass, people: 1, type: "VIP") }
    let tickets =
      (1...6).map { guest("\($0)", .ticket, people: 2, type: "Early") }
      + [guest("7", .ticket, people: 2, type: "VIP")]
    try await night.list(passes, eventID: Self.event.id, at: Self.start)
    try await night.list(tickets, kind: .ticket, eventID: Self.event.id, at: Self.start - 60)
    let coming =
      passes.prefix(3) + tickets.prefix(2) + tickets.suffix(1)
      + [guest("1", .list, people: 5, type: "Birthday")]
    for (minute, pass) in coming.enumerated() {
      try await night.admit(
        pass, eventID: Self.event.id, at: Self.start + Double(minute) * 60,
        report: ReportOrder(optionID: nil, earliest: Self.start))
    }
    try await night.scan(
      .alreadyUsed, eventID: Self.event.id, at: Self.start + 900, code: "ticket-1",
      kind: .ticket, passType: "Early")
    try await night.scan(.unknownPass, eventID: Self.event.id, at: Self.start + 960)
  }

  @Test func `The figures are those of the kinds`() async throws {
    try await fill()
    let report = try await night.report(Self.event)
    #expect(report.kinds == [.pass, .ticket, .list])
    func row(_ count: NightFigures.PassTypeCount) -> String {
      "\(count.kind?.rawValue ?? "-") \(count.passType ?? "-") \(count.people) \(count.scans)"
    }
    #expect(
      report.figures.passTypes.map(row) == [
        "list Birthday 5 1", "ticket Early 4 3", "pass VIP 3 3", "ticket VIP 2 1", "- - 0 1",
      ])
    #expect(
      report.kindCounts.map(row) == [
        "pass pass 3 3", "ticket ticket 6 4", "list list 5 1", "- - 0 1",
      ])
    let guests = try #require(report.guests)
    #expect(guests.expected == 18 && guests.came == 9 && guests.unexpected == 5)
    #expect(guests.listedAt == Self.start - 60)
    #expect(report.expected(of: .ticket)?.expected == 14)
    #expect(report.expected(of: .ticket)?.came == 6)
    #expect(report.expected(of: .list) == nil)
  }

  @Test(
    arguments: zip(
      Language.allCases,
      [
        ["Ticket · Early", "Guest list", "By kind"], ["Entrada · Early", "Lista", "Por clase"],
        ["Billet · Early", "Liste", "Par catégorie"],
        ["Biglietto · Early", "Lista", "Per categoria"],
        ["Bilhete · Early", "Lista", "Por categoria"],
      ]))
  func `Text and page count by kind and type`(language: Language, words: [String]) async throws {
    try await fill()
    let report = try await night.report(Self.event, language: language)
    let text = ReportText(report: report).lines.joined(separator: "\n")
    let page = ReportForms.Page(ReportHTML(report: report).page)
    #expect(page.isWellFormed)
    for word in words {
      #expect(text.contains(word), "\(text)")
      #expect(page.text.contains(word))
    }
    let name = language.reportTexts.word(PassKind.ticket)
    let row = page.rows.first { $0.first == name }
    #expect(row.map { $0.prefix(4) + $0.suffix(2) } == [name, "14", "6", "8", "6", "4"])
  }

  @Test func `JSON and CSV say the kind of each`() async throws {
    try await fill()
    let report = try await night.report(Self.event)
    let objects = try ReportForms.objects(ReportJSON(report: report).lines)
    func all(_ figure: String) -> [[String: Any]] {
      objects.filter { $0["figure"] as? String == figure }
    }
    func kinds(_ figure: String) -> [String] { all(figure).map { $0["kind"] as? String ?? "" } }
    #expect(kinds("kind") == ["pass", "ticket", "list", ""])
    #expect(all("kind").map { $0["people"] as? Int } == [3, 6, 5, 0])
    #expect(kinds("pass_type") == ["list", "ticket", "pass", "ticket", ""])
    #expect(kinds("expected_type") == ["ticket", "pass", "ticket"])
    #expect(kinds("report_case").count { $0 == "ticket" } == 3)
    #expect(kinds("report_case").count == 7)
    let rows = ReportCSV(report: report).lines.compactMap(ReportForms.cells)
    #expect(rows[0].last == "kind")
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    let ofTypes = rows.filter { $0[0] == "pass_type" }
    #expect(ofTypes.map { $0.last ?? "?" } == ["list", "ticket", "pass", "ticket", ""])
    let files = Dictionary(
      uniqueKeysWithValues: ReportCSVTables(report: report).files.map { ($0.name, $0.text) })
    func table(_ name: String) -> [[String]] {
      (files[name] ?? "").components(separatedBy: "\r\n").dropLast().compactMap(ReportForms.cells)
    }
    let expected = [
      "event_id,kind,expected,came,no_shows,percent,admitted,scans",
      "night,pass,4,3,1,75,3,3", "night,ticket,14,6,8,42.9,6,4", "night,list,,,,,5,1",
      "night,,,,,,0,1",
    ]
    #expect(table("kinds.csv").map { $0.joined(separator: ",") } == expected)
    func lastCells(_ name: String) -> [String] { table(name).map { $0.last ?? "?" } }
    #expect(lastCells("types.csv") == ["kind", "ticket", "pass", "ticket", "list", ""])
    #expect(lastCells("entries.csv").count { $0 == "ticket" } == 3)
  }

  /// A venue with passes alone sees what it has always seen.
  @Test func `Where all are passes nothing tells of kinds`() async throws {
    let passes = [
      guest("1", .pass, people: 1, type: "VIP"), guest("2", .pass, people: 1, type: nil),
    ]
    try await night.list(passes, eventID: Self.event.id, at: Self.start)
    for pass in passes {
      try await night.admit(pass, eventID: Self.event.id, at: Self.start)
    }
    try await night.scan(.unknownPass, eventID: Self.event.id, at: Self.start + 60)
    let report = try await night.report(Self.event)
    #expect(report.kinds.isEmpty)
    #expect(report.figures.passTypes.map(\.passType) == [nil, "VIP"], "one row without a type")
    #expect(!ReportJSON(report: report).lines.contains { $0.contains("\"kind\"") })
    let columns = ["figure", "event_id"] + ReportLine.Column.ofList.map(\.rawValue)
    #expect(ReportCSV(report: report).lines[0] == columns.joined(separator: ","))
    #expect(
      ReportCSVTables(report: report).files.map(\.name)
        == ["entries.csv", "quarters.csv", "types.csv", "doors.csv"])
    let text = ReportText(report: report).lines.joined(separator: "\n")
    #expect(!text.contains("kind") && !text.contains("Pass ·"))
  }
}
