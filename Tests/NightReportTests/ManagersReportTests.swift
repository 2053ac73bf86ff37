import Admission
import Formatting
import Foundation
import Testing

@testable import NightReport
@testable import NightStore

/// What a manager reads in the morning. Every figure was added up by hand from `HandmadeNight`'s list.
@Suite struct ManagersReportTests {
  private func objects(_ report: Report, _ figure: String) throws -> [[String: Any]] {
    try ReportForms.objects(ReportJSON(report: report).lines).filter {
      $0["figure"] as? String == figure
    }
  }

  private func one(_ report: Report, _ figure: String) throws -> [String: Any] {
    let found = try objects(report, figure)
    #expect(found.count == 1, "\(figure)")
    return try #require(found.first)
  }

  // MARK: The sentence

  @Test(arguments: [
    (
      Language.english,
      "11 of 14 came, 79 %; busiest 00:45, 1.4 a minute; offline 12 minutes."
    ),
    (
      .spanish,
      "Vinieron 11 de 14, 79 %; más gente a las 00:45, 1,4 por minuto; sin red 12 minutos."
    ),
    (
      .french,
      "11 venus sur 14, 79 %; pointe à 00:45, 1,4 par minute; hors ligne 12 minutes."
    ),
    (
      .italian,
      "11 venuti su 14, 79%; più gente alle 00:45, 1,4 al minuto; senza rete 12 minuti."
    ),
    (
      .portuguese,
      "Vieram 11 de 14, 79%; mais gente às 00:45, 1,4 por minuto; sem rede 12 minutos."
    ),
  ])
  func `One sentence comes first`(language: Language, sentence: String) async throws {
    let report = try await HandmadeNight().report(language: language)
    let lines = ReportText(report: report).lines
    let end = try #require(lines.firstIndex(of: ""))
    #expect(lines[..<end].joined(separator: " ") == sentence)
    #expect(ReportHTML(report: report).page.contains("<p class=\"sentence\">\(sentence)</p>"))
  }

  @Test func `A night that goes on says so far, and names no no-shows`() async throws {
    let night = try await HandmadeNight()
    let report = try await night.report(madeAt: HandmadeNight.at(6, 59))
    let lines = ReportText(report: report).lines
    #expect(lines[0].hasPrefix("So far 11 of 14 came, 79 %; "))
    #expect(lines.contains("The night is not over: these are the figures of Sat 2026-10-24 05:59."))
    #expect(lines.contains { $0.contains("not yet here") })
    #expect(!lines.joined().contains("no-shows"))
    #expect(try one(report, "attendance")["no_shows"] is NSNull)
    #expect(try objects(report, "expected_type").allSatisfy { $0["no_shows"] is NSNull })
    let over = try await night.report(madeAt: HandmadeNight.at(7, 0))
    #expect(try one(over, "attendance")["no_shows"] as? Int == 3)
  }

  @Test func `What is not known is said, and is neither 0 nor 100 percent`() async throws {
    let night = try ReportStore()
    let event = HandmadeNight.event
    try await night.admit(
      HandmadeNight.general[0], eventID: event.id, at: HandmadeNight.at(1, 0))
    let report = try await night.report(event, madeAt: HandmadeNight.morning)
    let lines = ReportText(report: report).lines
    let text = lines.joined(separator: " ")
    #expect(lines[0].hasPrefix("1 came, of how many is not known; busiest 00:00, 0.2 a minute; "))
    #expect(text.contains("never fetched   whole") || text.contains("the list of passes was never"))
    #expect(text.contains("door.capacity is not set"))
    #expect(!text.contains(" %"))
    let attendance = try one(report, "attendance")
    #expect(attendance["name"] as? String == "never_listed")
    for column in ["expected", "came", "no_shows", "percent", "elsewhere", "unexpected"] {
      #expect(attendance[column] is NSNull, "\(column)")
    }
    let capacity = try one(report, "capacity")
    #expect(capacity["capacity"] is NSNull && capacity["percent"] is NSNull)
    #expect(capacity["full_at"] is NSNull)
    let types = ReportCSVTables(report: report).files[2].text
    #expect(types.hasSuffix("handmade,General,,,,,1,1\r\n"))
  }

  @Test(arguments: [
    (0, 14, "0", "0"), (1, 1000, "1", "0.1"), (1, 100_000, "1", "0.1"), (11, 14, "79", "78.6"),
    (995, 1000, "99", "99.5"), (999_999, 1_000_000, "99", "99.9"), (14, 14, "100", "100"),
    (1001, 1000, "101", "100.1"), (30, 20, "150", "150"), (1, 3, "33", "33.3"),
  ])
  func `Only none is 0 percent and only all is 100`(
    part: Int, whole: Int, rounded: String, tenths: String
  ) throws {
    let share = try #require(Share(part, of: whole))
    #expect("\(share.rounded)" == rounded)
    #expect("\(share.tenths)" == tenths)
    #expect(Share(part, of: 0) == nil)
  }

  // MARK: Expected and came

  @Test func `Expected and came by pass type`() async throws {
    let report = try await HandmadeNight().report()
    let attendance = try one(report, "attendance")
    #expect(attendance["name"] as? String == "known")
    #expect(attendance["listed_at"] as? String == "2026-10-24T05:30:00+02:00")
    let figures = ["expected", "came", "no_shows", "elsewhere", "unexpected"]
    #expect(figures.map { attendance[$0] as? Int } == [14, 11, 3, 1, 4])
    #expect(attendance["percent"] as? Double == 78.6)
    let types = try objects(report, "expected_type")
    #expect(types.map { $0["name"] as? String } == ["General", "VIP"])
    #expect(types.map { $0["expected"] as? Int } == [9, 5])
    #expect(types.map { $0["came"] as? Int } == [8, 3])
    #expect(types.map { $0["no_shows"] as? Int } == [1, 2])
    #expect(types.map { $0["percent"] as? Double } == [88.9, 60])
    let page = ReportForms.Page(ReportHTML(report: report).page)
    #expect(page.rows.contains(["General", "9", "8", "1", "89 %"]))
    #expect(page.rows.contains(["VIP", "5", "3", "2", "60 %"]))
    #expect(page.rows.contains(["all", "14", "11", "3", "79 %"]))
  }

  // MARK: Capacity

  @Test(arguments: [
    (20, nil, 70.0, ["14 let in, of 20 places: 70 %."]),
    (14, "2026-10-24T01:20:00+02:00", 100, ["14 let in, of 14 places: 100 %."]),
    (
      10, "2026-10-24T00:47:30+02:00", 140,
      [
        "14 let in, of 10 places: 140 %.", "All 10 places were taken at 00:47.",
        "At the end 4 more had been let in.",
      ]
    ),
  ])
  func `People against the capacity`(
    capacity: Int, fullAt: String?, percent: Double, notes: [String]
  ) async throws {
    let report = try await HandmadeNight().report(capacity: capacity)
    let line = try one(report, "capacity")
    #expect(line["capacity"] as? Int == capacity)
    #expect(line["people"] as? Int == 14)
    #expect(line["percent"] as? Double == percent)
    #expect(line["full_at"] as? String == fullAt)
    let lines = ReportText(report: report).lines
    for note in notes { #expect(lines.contains("  \(note)")) }
  }

  // MARK: Lists

  @Test func `Entries by hand and taken back stand with their times`() async throws {
    let report = try await HandmadeNight().report()
    let byHand = try objects(report, "by_hand_entry")
    #expect(
      byHand.map { $0["from"] as? String } == [
        "2026-10-24T00:48:00+02:00", "2026-10-24T01:20:00+02:00",
      ])
    #expect(byHand.map { $0["people"] as? Int } == [3, 1])
    #expect(byHand.map { $0["door"] as? String } == ["Main", "South"])
    #expect(byHand.map { $0["code"] as? String } == ["ST…R-1", "CO…-G1"])
    #expect(byHand.map { $0["detail"] as? String } == ["unknown_pass", "already_used"])
    let takenBack = try objects(report, "taken_back_entry")
    #expect(takenBack.map { $0["from"] as? String } == ["2026-10-24T01:00:00+02:00"])
    #expect(takenBack.map { $0["until"] as? String } == ["2026-10-24T01:02:00+02:00"])
    #expect(takenBack.map { $0["pass_id"] as? String } == ["G5"])
    let page = ReportForms.Page(ReportHTML(report: report).page)
    #expect(
      page.rows.contains(["00:48", "3", "(type not known)", "ST…R-1", "Main", "no such pass"]))
    #expect(page.rows.contains(["01:20", "1", "General", "CO…-G1", "South", "already used"]))
    #expect(page.rows.contains(["01:00", "01:02", "1", "General", "CO…-G5", "Main"]))
  }

  @Test func `Codes refused three times and more stand with when, where and why`() async throws {
    let report = try await HandmadeNight().report()
    let codes = try objects(report, "refused_again")
    #expect(codes.map { $0["code"] as? String } == ["SH…-77", "CO…-G1"])
    #expect(codes.map { $0["scans"] as? Int } == [4, 3])
    #expect(codes.map { $0["door"] as? String } == ["Main, South", "Main, South"])
    #expect(codes.map { $0["detail"] as? String } == ["unknown_pass", "already_used"])
    // One on the pass, one by hand.
    #expect(codes.map { $0["people"] as? Int } == [0, 2])
    #expect(codes.first?["from"] as? String == "2026-10-24T00:10:00+02:00")
    #expect(codes.first?["until"] as? String == "2026-10-24T02:30:00+02:00")
  }

  @Test func `Doors by hour of the local clock`() async throws {
    let report = try await HandmadeNight().report()
    let page = ReportForms.Page(ReportHTML(report: report).page)
    #expect(page.rows.contains(["door", "23", "00", "01", "all"]))
    #expect(page.rows.contains(["Main", "4", "6", "0", "10"]))
    #expect(page.rows.contains(["South", "2", "1", "1", "4"]))
    #expect(page.rows.contains(["all", "6", "7", "1", "14"]))
  }

  // MARK: Tables for spreadsheets

  @Test func `One table a file holds what was added up by hand`() async throws {
    let files = ReportCSVTables(report: try await HandmadeNight().report()).files
    #expect(files.map(\.name) == ["entries.csv", "quarters.csv", "types.csv", "doors.csv"])
    func rows(_ number: Int) throws -> [[String]] {
      let lines = files[number].text.components(separatedBy: "\r\n")
      #expect(lines.last == "")
      return try lines.dropLast().map { try #require(ReportForms.cells($0)) }
    }
    let entries = try rows(0)
    #expect(
      entries[0] == [
        "event_id", "at", "door", "people", "pass_type", "pass_id", "code", "by_hand",
        "stored_answer", "reason", "taken_back_at",
      ])
    #expect(
      entries.dropFirst().map { $0[3] } == ["1", "3", "2", "1", "1", "1", "1", "3", "1", "1"])
    #expect(entries.count { $0[7] == "true" } == 2)
    #expect(
      entries[2] == [
        "handmade", "2026-10-23T23:05:30+02:00", "Main", "3", "General", "G6", "CO…-G6", "false",
        "false", "valid", "",
      ])
    #expect(entries.compactMap { $0[10] }.filter { !$0.isEmpty }.count == 2)
    let quarters = try rows(1)
    #expect(
      quarters[0] == [
        "event_id", "from", "until", "people", "people_so_far", "capacity", "percent_of_capacity",
      ])
    #expect(
      quarters.dropFirst().map { $0[3] } == ["6", "0", "0", "0", "0", "0", "0", "7", "0", "1"])
    #expect(
      quarters.dropFirst().map { $0[4] } == ["6", "6", "6", "6", "6", "6", "6", "13", "13", "14"])
    #expect(
      quarters.last == [
        "handmade", "2026-10-24T01:15:00+02:00", "2026-10-24T01:30:00+02:00", "1", "14", "20", "70",
      ])
    let types = try rows(2)
    #expect(
      types == [
        [
          "event_id", "pass_type", "expected", "came", "no_shows", "percent", "admitted", "scans",
        ],
        ["handmade", "General", "9", "8", "1", "88.9", "9", "10"],
        ["handmade", "VIP", "5", "3", "2", "60", "2", "1"],
        ["handmade", "", "", "", "", "", "3", "4"],
      ])
    let doors = try rows(3)
    #expect(
      doors.map { Array($0[1...]) } == [
        ["door", "from", "until", "people"],
        ["Main", "2026-10-23T23:00:00+02:00", "2026-10-24T00:00:00+02:00", "4"],
        ["South", "2026-10-23T23:00:00+02:00", "2026-10-24T00:00:00+02:00", "2"],
        ["Main", "2026-10-24T00:00:00+02:00", "2026-10-24T01:00:00+02:00", "6"],
        ["South", "2026-10-24T00:00:00+02:00", "2026-10-24T01:00:00+02:00", "1"],
        ["South", "2026-10-24T01:00:00+02:00", "2026-10-24T02:00:00+02:00", "1"],
      ])
  }

  @Test(arguments: ReportTextsTests.hostileTexts)
  func `No cell of a table becomes a formula`(text: String) async throws {
    let night = try await HandmadeNight(types: (text, text), doors: [text, "South"])
    for file in ReportCSVTables(report: try await night.report()).files {
      let lines = file.text.components(separatedBy: "\r\n").dropLast()
      #expect(!lines.joined().unicodeScalars.contains { $0 == "\n" || $0 == "\r" })
      for line in lines {
        for cell in try #require(ReportForms.cells(line)) {
          for part in cell.split(separator: ";", omittingEmptySubsequences: false) {
            let begin = part.drop { $0 == " " || $0 == "\"" }.unicodeScalars.first
            #expect(begin.map { "=+-@\u{FF1D}".unicodeScalars.contains($0) } != true, "\(cell)")
          }
        }
      }
    }
  }
}

/// Hours of the local clock, in zones that are not whole hours away from UTC as well.
@Suite struct DoorHoursTests {
  private func entry(_ seconds: Double, door: String = "A", people: Int = 1) -> LedgerEntry {
    LedgerEntry(at: Date(timeIntervalSince1970: seconds), door: door, people: people)
  }

  @Test(arguments: [
    // 2026-10-25 00:59:59, 01:00 and 01:59:59 UTC: 02:59:59 in summer, 02:00 and 02:59:59 after it.
    ("Europe/Madrid", 1_792_889_999.0, 1_792_886_400.0),
    ("Europe/Madrid", 1_792_890_000, 1_792_890_000),
    ("Europe/Madrid", 1_792_893_599, 1_792_890_000),
    // 05:45 ahead: 18:15 UTC is midnight.
    ("Asia/Kathmandu", 1_792_865_700, 1_792_865_700),
    ("Asia/Kathmandu", 1_792_865_699, 1_792_862_100),
    ("Etc/UTC", -1, -3600),
  ])
  func `An hour begins on the local clock`(zone: String, seconds: Double, begin: Double) throws {
    let time = LocalTime(timeZone: try #require(TimeZone(identifier: zone)))
    let hour = DoorHours.hour(of: Date(timeIntervalSince1970: seconds), time)
    #expect(hour.timeIntervalSince1970 == begin)
  }

  @Test func `Pauses are filled, and long ones end a run`() {
    let time = LocalTime(timeZone: .gmt)
    let hours = DoorHours(
      entries: [entry(0), entry(3 * 3600 + 5, people: 2), entry(50 * 3600, door: "B")],
      doors: [.init(door: "C", scans: 1, people: 0)], time: time)
    #expect(hours.runs.map(\.count) == [4, 1])
    #expect(hours.doors == ["A", "B", "C"])
    #expect(hours.people(at: "A") == 3 && hours.people(at: "C") == 0)
    #expect(hours.people(at: "A", from: Date(timeIntervalSince1970: 3 * 3600)) == 2)
    #expect(DoorHours(entries: [], doors: [], time: time).runs.isEmpty)
  }
}
