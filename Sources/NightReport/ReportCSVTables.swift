import Admission
import Formatting
import Foundation
import NightStore

/// A report for spreadsheets as one table a file (`--csv`): entries, quarters, types, doors. Names and
/// columns are the same in every language. A cell whose value is not known is empty. Where others than
/// passes came, there are kinds as well, and `kind` is the last column of entries and types. Where
/// passes were let in at several doors beyond what they allow, there are those. Where anybody was counted
/// out, back in, or without a code, entries say how people went and quarters who was inside, after the
/// columns of before.
package struct ReportCSVTables {
  var report: Report

  package init(report: Report) {
    self.report = report
  }

  /// Each file's name and text, with a line end after each row.
  package var files: [(name: String, text: String)] {
    let kind = hasKinds ? ["kind"] : []
    return [
      ("entries.csv", text(Self.entryColumns + kind + passageColumns, entries)),
      ("quarters.csv", text(Self.quarterColumns + insideColumns, quarters)),
      ("types.csv", text(Self.typeColumns + kind, types)),
      ("doors.csv", text(Self.doorColumns, doors)),
    ] + (hasKinds ? [("kinds.csv", text(Self.kindColumns, kinds))] : [])
      + (report.night.doubleEntries.isEmpty
        ? [] : [("double_entries.csv", text(Self.doubleEntryColumns + kind, doubleEntries))])
  }

  private var hasKinds: Bool { !report.kinds.isEmpty }

  private func text(_ columns: [String], _ rows: [[String]]) -> String {
    let event = CSVText.harmless(report.event.id)
    return CSVText.lines(["event_id"] + columns, rows.map { [event] + $0 })
      .map { $0 + "\r\n" }.joined()
  }

  private var passageColumns: [String] {
    report.figures.occupancy == nil ? [] : ["passage", "back", "left"]
  }
  private var insideColumns: [String] { report.leavers == nil ? [] : ["inside"] }

  /// An admission or a departure a row, those taken back as well.
  static let entryColumns = [
    "at", "door", "people", "pass_type", "pass_id", "code", "by_hand", "stored_answer", "reason",
    "taken_back_at",
  ]

  private var entries: [[String]] {
    report.night.entries.map { entry in
      [
        time(entry.at), CSVText.harmless(entry.door), "\(entry.people)", cell(entry.passType),
        cell(entry.passID), cell(entry.code.map(masked)), "\(entry.isByHand)",
        "\(entry.isStoredAnswer)", cell(entry.reason), entry.undoneAt.map(time) ?? "",
      ] + kindCell(entry.passKind)
        + (passageColumns.isEmpty
          ? [] : [entry.passage.rawValue, "\(entry.back)", "\(entry.gone)"])
    }
  }

  /// A quarter of an hour a row, from the first in which anybody came in, or left, to the last. Where
  /// people are counted out, the most who were inside are held against the capacity.
  static let quarterColumns = [
    "from", "until", "people", "people_so_far", "capacity", "percent_of_capacity",
  ]

  private var quarters: [[String]] {
    let arrived = Dictionary(
      report.figures.arrivals.map { ($0.start, $0.people) }, uniquingKeysWith: +)
    let quarters =
      report.leavers?.quarters.map {
        ArrivalStretch.Quarter(start: $0.start, people: arrived[$0.start] ?? 0, inside: $0.most)
      }
      ?? report.figures.arrivals.map { .init(start: $0.start, people: $0.people) }
    var people = 0
    return quarters.map { quarter in
      people = people.addingClamped(quarter.people)
      return [
        time(quarter.start), time(quarter.end), "\(quarter.people)", "\(people)",
        cell(report.capacity), percent(quarter.inside ?? people, of: report.capacity),
      ] + (quarter.inside.map { ["\($0)"] } ?? [])
    }
  }

  /// A pass type a row: expected, came and no-shows of the passes that are stored; admitted and scans as
  /// the ledger and the journal have them.
  static let typeColumns = [
    "pass_type", "expected", "came", "no_shows", "percent", "admitted", "scans",
  ]

  private var types: [[String]] {
    let expected = report.guests?.passTypes ?? []
    let counted = report.figures.passTypes
    func isSame(_ guests: ExpectedGuests.PassType, _ count: NightFigures.PassTypeCount) -> Bool {
      // Of a pass without a type the figures know no kind.
      guests.name == count.passType && guests.kind == count.kind ?? .pass
    }
    let ofPasses = expected.map { guests in
      type(guests.name, guests.kind, guests, counted.first { isSame(guests, $0) })
    }
    return ofPasses
      + counted.filter { count in !expected.contains { isSame($0, count) } }
      .map { type($0.passType, $0.kind, nil, $0) }
  }

  private func type(
    _ name: String?, _ kind: PassKind?, _ guests: ExpectedGuests.PassType?,
    _ count: NightFigures.PassTypeCount?
  ) -> [String] {
    [
      cell(name), cell(guests?.expected), cell(guests?.came),
      cell(guests.flatMap { report.noShows($0.missing) }),
      percent(guests?.came, of: guests?.expected), "\(count?.people ?? 0)",
      "\(count?.scans ?? 0)",
    ] + kindCell(kind)
  }

  /// A kind a row, as a type is.
  static let kindColumns = [
    "kind", "expected", "came", "no_shows", "percent", "admitted", "scans",
  ]

  private var kinds: [[String]] {
    report.kindCounts.map { count in
      let guests = count.kind.flatMap(report.expected)
      return [
        cell(count.kind?.rawValue), cell(guests?.expected), cell(guests?.came),
        cell(guests.flatMap { report.noShows($0.expected - $0.came) }),
        percent(guests?.came, of: guests?.expected), "\(count.people)", "\(count.scans)",
      ]
    }
  }

  /// A door in an hour a row, without those in which nobody came in.
  static let doorColumns = ["door", "from", "until", "people"]

  private var doors: [[String]] {
    report.doorHours.map {
      [CSVText.harmless($0.door), time($0.start), time($0.end), "\($0.people)"]
    }
  }

  /// A pass a row: where people came in on it, and when, each in the same order.
  static let doubleEntryColumns = ["pass", "type", "doors", "times", "people", "allowed", "code"]

  private var doubleEntries: [[String]] {
    report.night.doubleEntries.map { entry in
      [
        CSVText.harmless(entry.passID), cell(entry.passType),
        CSVText.harmless(entry.parts.map(\.door).joined(separator: "; ")),
        entry.parts.map { time($0.at) }.joined(separator: "; "), "\(entry.people)",
        "\(entry.allowed)", cell(entry.code.map(masked)),
      ] + kindCell(entry.kind)
    }
  }

  // MARK: - Cells

  private func cell(_ text: String?) -> String { text.map(CSVText.harmless) ?? "" }

  private func cell(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }

  private func kindCell(_ kind: PassKind?) -> [String] {
    hasKinds ? [cell(kind?.rawValue)] : []
  }

  private func time(_ date: Date) -> String { report.time.timestamp(date) }

  private func percent(_ part: Int?, of whole: Int?) -> String {
    guard let part, let whole, let share = Share(part, of: whole) else { return "" }
    return "\(share.tenths)"
  }
}
