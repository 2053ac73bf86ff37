import Admission
import Foundation
import NightStore

/// One figure for programs: a line of JSON or of the one list in CSV.
struct ReportLine {
  /// What the line is about.
  enum Figure: String, CaseIterable {
    /// The event and its hours.
    case event
    /// The first and the last thing recorded.
    case recorded
    case admitted
    case storedAnswers = "stored_answers"
    case byHand = "by_hand"
    case undone, unreported, peak, offline, repeats, looks, verdict, reason
    case passType = "pass_type"
    case door
    case quarterHour = "quarter_hour"
    /// Only where anybody was counted out, back in, or without a code, as are those that follow.
    case back, left
    case leftUnseen = "left_unseen"
    case countedIn = "counted_in"
    case countedOut = "counted_out"
    /// Only where anybody was counted out.
    case inside
    case mostInside = "most_inside"
    case nearlyFull = "nearly_full"
    case insideQuarter = "inside_quarter"
    case reportCase = "report_case"
    /// Only where others than passes came, as is its column.
    case kind

    // In JSON alone: see `Report.furtherLines`.
    case attendance
    case expectedType = "expected_type"
    case capacity
    case doorHour = "door_hour"
    case byHandEntry = "by_hand_entry"
    case takenBackEntry = "taken_back_entry"
    case refusedAgain = "refused_again"
    case doubleEntry = "double_entry"
    case unsaved
  }

  /// Times are ISO 8601 with the door's offset.
  enum Column: String {
    case name, verdict, from, until, scans, admissions, people
    case peoplePerMinute = "people_per_minute"
    case minutes, door
    case passID = "pass_id"
    case code
    /// People of whom the service was told.
    case reported
    case detail
    case kind

    // In JSON alone.
    case listedAt = "listed_at"
    case expected, came
    case noShows = "no_shows"
    case percent
    /// Of those who came, people whom the service counted in elsewhere.
    case elsewhere
    /// People let in who were not expected.
    case unexpected
    case capacity
    case fullAt = "full_at"
    /// Entries that no start has recorded in the store yet, and that are counted.
    case waiting
    case unreadable
    /// Of a double entry: its id and type; where people came in on it, and when, in that order.
    case pass, type, doors, times
    case allowed

    /// In the order in which they stand in the one list in CSV, which stays as it is; `kind` comes after
    /// them where there are several.
    static let ofList: [Column] = [
      .name, .verdict, .from, .until, .scans, .admissions, .people, .peoplePerMinute, .minutes,
      .door,
      .passID, .code, .reported, .detail,
    ]
  }

  enum Value {
    case text(String)
    case number(Int)
    case decimal(Decimal)
    case time(Date)
    case texts([String])
    case times([Date])
  }

  /// A field whose value is not known is there all the same.
  struct Field {
    var column: Column
    var value: Value?
  }

  var figure: Figure
  var fields: [Field]

  init(_ figure: Figure, _ fields: KeyValuePairs<Column, Value?>) {
    self.figure = figure
    self.fields = fields.map { Field(column: $0.key, value: $0.value) }
  }
}

extension Report {
  /// With its kind, where there are several.
  func line(_ line: ReportLine, of kind: PassKind?) -> ReportLine {
    if kinds.isEmpty { return line }
    var line = line
    line.fields.append(.init(column: .kind, value: text(kind?.rawValue)))
    return line
  }

  var kindLines: [ReportLine] {
    if kinds.isEmpty { return [] }
    return kindCounts.map {
      line(
        ReportLine(
          .kind,
          [.name: text($0.passType), .scans: .number($0.scans), .people: .number($0.people)]),
        of: $0.kind)
    }
  }
}

extension Report {
  /// The figures of the one list.
  var lines: [ReportLine] {
    nightLines + scanLines
      + kindLines
      + figures.passTypes.map {
        line(
          ReportLine(
            .passType,
            [.name: text($0.passType), .scans: .number($0.scans), .people: .number($0.people)]),
          of: $0.kind)
      }
      + figures.doors.map {
        ReportLine(
          .door,
          [
            .name: .text($0.door), .scans: $0.scans.map { .number($0) },
            .people: .number($0.people),
          ])
      }
      + figures.arrivals.map {
        ReportLine(
          .quarterHour,
          [.from: .time($0.start), .until: .time($0.end), .people: .number($0.people)])
      }
      + occupancyLines
      + figures.reportCases.map(line)
  }

  private var nightLines: [ReportLine] {
    [
      ReportLine(
        .event,
        [.name: text(event.name), .from: moment(event.startsAt), .until: moment(event.endsAt)]),
      ReportLine(
        .recorded, [.from: moment(figures.firstAt), .until: moment(figures.lastAt)]),
      line(.admitted, figures.admitted),
      line(.storedAnswers, figures.onStoredAnswers),
      line(.byHand, figures.byHand),
      line(.undone, figures.undone),
      line(.unreported, figures.unreported),
      ReportLine(
        .peak,
        [
          .from: moment(figures.peak?.start), .until: moment(figures.peak?.end),
          .people: .number(figures.peak?.people ?? 0),
          .peoplePerMinute: .decimal(figures.peak?.rate ?? 0),
        ]),
      ReportLine(.offline, [.minutes: .decimal(minutesOffline)]),
    ]
  }

  private var scanLines: [ReportLine] {
    [
      ReportLine(.repeats, [.scans: .number(figures.repeats)]),
      ReportLine(.looks, [.scans: .number(figures.looks)]),
    ]
      + shownVerdicts.map {
        ReportLine(.verdict, [.verdict: .text($0.rawValue), .scans: .number(figures.scans($0))])
      }
      + figures.reasons.map {
        ReportLine(
          .reason,
          [
            .name: .text($0.reason.rawValue), .verdict: .text($0.verdict.rawValue),
            .scans: .number($0.scans),
          ])
      }
  }

  private func line(_ figure: ReportLine.Figure, _ tally: NightFigures.Tally) -> ReportLine {
    ReportLine(figure, [.admissions: .number(tally.admissions), .people: .number(tally.people)])
  }

  private func line(_ entry: ReportCase) -> ReportLine {
    let (name, reported, detail): (String, Int?, String?) =
      switch entry.kind {
      case .waiting(let reason): ("waiting", nil, reason)
      case .refused(let reason, let mayBeCounted):
        (mayBeCounted ? "perhaps_reported" : "refused", nil, reason)
      case .undoneAfterReport(let isCertain):
        (isCertain ? "undone_after_report" : "undone_perhaps_reported", nil, nil)
      case .changedAfterReport(let acknowledged): ("changed_after_report", acknowledged, nil)
      }
    let told = ReportLine(
      .reportCase,
      [
        .name: .text(name), .from: .time(entry.at), .people: .number(entry.people),
        .door: .text(entry.door), .passID: text(entry.passID),
        // A code opens the door on other nights, too.
        .code: text(entry.code.map(masked)), .reported: reported.map { .number($0) },
        .detail: text(detail),
      ])
    return line(told, of: entry.passKind)
  }

  func text(_ text: String?) -> ReportLine.Value? { text.map { .text($0) } }

  func moment(_ date: Date?) -> ReportLine.Value? { date.map { .time($0) } }
}
