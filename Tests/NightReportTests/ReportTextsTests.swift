import Admission
import DoorScreen
import Formatting
import Foundation
import NightStore
import Testing

@testable import Door
@testable import NightReport

/// What is not in a simulated night: none at all, hostile text, reports that staff must look at.
@Suite struct ReportTextsTests {
  /// 2026-10-24 23:00 in Madrid.
  static let start = Date(timeIntervalSince1970: 1_792_875_600)
  static let event = Event(id: "night", name: "Noche", startsAt: start)

  @Test func `An empty night says so in every form`() async throws {
    let report = try await ReportStore().report(Self.event)
    #expect(
      ReportText(report: report).lines == [
        "Nothing was recorded for this event.", "", "Noche",
        "Sat 2026-10-24 23:00 – ?  Europe/Madrid  night",
      ])
    let page = ReportForms.Page(ReportHTML(report: report).page)
    #expect(page.isWellFormed)
    #expect(page.text.contains("Nothing was recorded for this event."))
    #expect(!page.elements.contains("svg"))
    let objects = try ReportForms.objects(ReportJSON(report: report).lines)
    let recorded = try #require(objects.first { $0["figure"] as? String == "recorded" })
    #expect(recorded["from"] is NSNull && recorded["until"] is NSNull)
    for object in objects {
      for column in ["scans", "people", "admissions", "minutes"] {
        #expect(object[column] == nil || object[column] as? Int == 0)
      }
    }
    #expect(!objects.contains { $0["figure"] as? String == "quarter_hour" })
  }

  static let hostileTexts = [
    "<script>alert(1)</script>", "\" onload=\"alert(1)", "'><img src=x>", "&amp;&#60;",
    "=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1+1", "\r\n=1+1", "a;=1+1", "a; \"=1+1",
    "\u{FF1D}1",
    "=\u{301}1", "\u{202E}=1", "a,\"b\"", "a\"b", "one\r\ntwo", "\u{1B}[31mred\u{1B}]0;title\u{7}",
    "\u{202E}txt.exe", "\u{2028}line", "]]>", "<!--", "nul\u{0}=1", "", " ",
    String(repeating: "long ", count: 3000), String(repeating: "王", count: 200),
    "e" + String(repeating: "\u{301}", count: 500),
  ]

  @Test(arguments: hostileTexts)
  func `Hostile text stays text`(text: String) async throws {
    let night = try ReportStore()
    var event = Self.event
    (event.id, event.name) = (text, text)
    let pass = reportPass("1", people: 2, type: text, eventID: text)
    try await night.admit(
      pass, eventID: text, at: Self.start, door: text,
      report: ReportOrder(optionID: nil, earliest: Self.start))
    try await night.scan(.unknownPass, eventID: text, at: Self.start, passType: text, door: "B")
    for due in try await night.store.claimDue(
      at: Moment(wall: Self.start, uptime: 1), lease: 60, limit: 20)
    {
      try await night.store.refuse(due, reason: text, mayHaveArrived: false)
    }
    let report = try await night.report(event)

    for line in ReportText(report: report).lines + ReportCSV(report: report).lines {
      #expect(DisplayText.cleaned(line) == line || line.unicodeScalars.count > 1024)
      #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }
    #expect(ReportText(report: report).lines.allSatisfy { DisplayText($0).width <= 80 })

    let page = ReportForms.Page(ReportHTML(report: report).page)
    #expect(page.isWellFormed)
    #expect(!page.elements.contains { ["script", "img"].contains($0) })
    #expect(!page.attributes.contains { $0.name.hasPrefix("on") || $0.name == "src" })
    let clean = DisplayText.cleaned(text)
    #expect(clean.isEmpty || page.text.contains(clean))

    let objects = try ReportForms.objects(ReportJSON(report: report).lines)
    let type = try #require(objects.first { $0["figure"] as? String == "pass_type" })
    // What follows a NUL is lost on the way through the database.
    let stored = text.unicodeScalars.prefix { $0.value != 0 }
    let told = try #require(type["name"] as? String)
    #expect(told.unicodeScalars.elementsEqual(stored))

    let signs: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\u{FF1D}"]
    for line in ReportCSV(report: report).lines {
      #expect(!line.unicodeScalars.contains("\n") && !line.unicodeScalars.contains("\r"))
      for cell in try #require(ReportForms.cells(line)) {
        // Where the comma is the decimal mark, a semicolon begins a cell, too.
        for part in cell.split(separator: ";", omittingEmptySubsequences: false) {
          let begin = part.drop { $0 == " " || $0 == "\"" }.unicodeScalars.first
          #expect(begin.map(signs.contains) != true, "\(cell)")
        }
      }
    }
  }

  @Test func `Reports to look at are told apart`() async throws {
    let night = try ReportStore()
    func admit(_ id: String, people: Int, minute: Double, door: String = "Main") async throws
      -> Int64
    {
      let pass = reportPass(id, people: people, type: "Season", eventID: "night")
      let at = Self.start + minute * 60
      let recorded = try await night.admit(
        pass, eventID: "night", at: at, door: door,
        report: ReportOrder(optionID: nil, earliest: at))
      return try #require(recorded.admissionID)
    }
    let refused = try await admit("refused", people: 1, minute: 0)
    let changed = try await admit("changed", people: 4, minute: 1)
    let undone = try await admit("undone", people: 2, minute: 2, door: "South")
    let perhaps = try await admit("perhaps", people: 3, minute: 3, door: "East")
    let lost = try await admit("lost", people: 1, minute: 4, door: "West")
    let forbidden = try await admit("forbidden", people: 1, minute: 5, door: "West")
    for due in try await night.store.claimDue(
      at: Moment(wall: Self.start + 600, uptime: 1), lease: 60, limit: 20)
    {
      switch due.admissionID {
      case lost: try await night.store.refuse(due, reason: "no answer", mayHaveArrived: true)
      case forbidden:
        try await night.store.retry(
          due, at: Self.start + 9000, mayHaveArrived: false, reason: "the key may not")
      case refused:
        try await night.store.refuse(
          due, reason: "pass is archived", mayHaveArrived: false)
      case perhaps:
        try await night.store.retry(
          due, at: Self.start + 9000, mayHaveArrived: true, reason: nil)
      default:
        try await night.store.acknowledge(due, at: Moment(wall: Self.start + 601, uptime: 2))
      }
    }
    _ = try await night.store.setPeople(3, ofAdmission: changed, at: Self.start + 700)
    for id in [undone, perhaps] {
      let back = try await night.store.undo(admission: id, at: Self.start + 700)
      #expect(back?.id == id)
    }
    _ = try await admit("waiting", people: 5, minute: 20)

    let report = try await night.report(Self.event)
    let objects = try ReportForms.objects(ReportJSON(report: report).lines)
    let unreported = try #require(objects.first { $0["figure"] as? String == "unreported" })
    #expect(unreported["people"] as? Int == 8)
    let cases = objects.filter { $0["figure"] as? String == "report_case" }
    #expect(
      cases.map { "\($0["name"] ?? "") \($0["pass_id"] ?? "") \($0["people"] ?? "")" } == [
        "refused refused 1", "changed_after_report changed 3", "undone_after_report undone 2",
        "undone_perhaps_reported perhaps 3", "perhaps_reported lost 1", "waiting forbidden 1",
        "waiting waiting 5",
      ])
    #expect(cases.map { $0["reported"] as? Int } == [nil, 4, nil, nil, nil, nil, nil])
    #expect(cases[0]["detail"] as? String == "pass is archived")

    let text = ReportText(report: report).lines
    let toCorrect = try #require(text.firstIndex(of: "To correct by hand at the service"))
    let asRefused = try #require(text.firstIndex(of: "Refused by the service"))
    let asWaiting = try #require(text.firstIndex(of: "Still to be reported to the service"))
    #expect(toCorrect < asRefused && asRefused < asWaiting)
    let correct = text[toCorrect..<asRefused].joined(separator: "\n")
    #expect(correct.contains("4 reported, 3 came in"))
    #expect(correct.contains("23:02") && correct.contains("undone"))
    #expect(correct.contains("the service may have counted it"))
    #expect(correct.contains("no answer; look it up"))
    #expect(text[asRefused..<asWaiting].joined().contains("refused: pass is archived"))
    let waiting = text[asWaiting...].joined(separator: "\n")
    #expect(waiting.contains("the key may not"))
    #expect(waiting.contains("not sent yet"))
    // A code opens the door on other nights, too.
    let forms = [
      text, ReportJSON(report: report).lines, ReportCSV(report: report).lines,
      [ReportHTML(report: report).page],
    ].map { $0.joined(separator: "\n") }
    for form in forms {
      #expect(!form.contains("CODE-"))
      #expect(form.contains(masked(code: "CODE-changed")))
    }
  }

  @Test func `A long pause ends a chart, and each says its day`() async throws {
    let night = try ReportStore()
    for (number, hours) in [0.0, 1, 20, 1000].enumerated() {
      let pass = reportPass("\(number)", people: 1, type: nil, eventID: "night")
      try await night.admit(pass, eventID: "night", at: Self.start + hours * 3600)
    }
    let report = try await night.report(Self.event)
    let days = ReportText(report: report).lines.filter {
      $0.wholeMatch(of: /\s\s... \d{4}-\d\d-\d\d/) != nil
    }
    // Once with the quarters, once with the doors by hour.
    let three = ["  Sat 2026-10-24", "  Sun 2026-10-25", "  Sat 2026-12-05"]
    #expect(days == three + three)
    #expect(ArrivalStretch.split(report.figures.arrivals).map(\.quarters.count) == [5, 1, 1])
    let page = ReportForms.Page(ReportHTML(report: report).page)
    #expect(page.isWellFormed)
    #expect(page.elements.count { $0 == "svg" } == 6)
  }

  @Test(arguments: [
    (1_792_886_399.0, "01:59"), (1_792_886_400, "02:00+02:00"), (1_792_889_999, "02:59+02:00"),
    (1_792_890_000, "02:00+01:00"), (1_792_893_599, "02:59+01:00"), (1_792_893_600, "03:00"),
    (1_774_745_999, "01:59"), (1_774_746_000, "03:00"),
  ])
  func `A time that comes twice stands with its offset`(seconds: Double, shown: String) {
    let clock = ReportClock(time: ReportStore.madrid)
    #expect(clock.minutes(Date(timeIntervalSince1970: seconds)) == shown)
  }
}
