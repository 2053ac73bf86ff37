import Admission
import Formatting
import Foundation
import NightStore

/// A report for spreadsheets as one table a file (`--csv`): entries, quarters, types, doors. Names and
/// columns are the same in every language. A cell whose value is not known is empty.
package struct ReportCSVTables {
  var report: Report

  package init(report: Report) {
    self.report = report
  }

  /// Each file's name and text, with a line end after each row.
  package var files: [(name: String, text: String)] {
    [
      ("entries.csv", text(Self.entryColumns, entries)),
      ("quarters.csv", text(Self.quarterColumns, quarters)),
      ("types.csv", text(Self.typeColumns, types)),
      ("doors.csv", text(Self.doorColumns, doors)),
    ]
  }

  private func text(_ columns: [String], _ rows: [[String]]) -> String {
    let event = CSVText.harmless(report.event.id)
    return CSVText.lines(["event_id"] + columns, rows.map { [event] + $0 })
      .map { $0 + "\r\n" }.joined()
  }

  /// An admission a row, those taken back as well.
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
      ]
    }
  }

  /// A quarter of an hour a row, from the first in which anybody came in to the last.
  static let quarterColumns = [
    "from", "until", "people", "people_so_far", "capacity", "percent_of_capacity",
  ]

  private var quarters: [[String]] {
    var people = 0
    return report.figures.arrivals.map { quarter in
      people = people.addingClamped(quarter.people)
      return [
        time(quarter.start), time(quarter.end), "\(quarter.people)", "\(people)",
        cell(report.capacity), percent(people, of: report.capacity),
      ]
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
    let names =
      expected.map(\.name)
      + counted.map(\.passType).filter { name in !expected.contains { $0.name == name } }
    return names.map { name in
      let guests = expected.first { $0.name == name }
      let count = counted.first { $0.passType == name }
      return [
        cell(name), cell(guests?.expected), cell(guests?.came),
        cell(guests.flatMap { report.noShows($0.missing) }),
        percent(guests?.came, of: guests?.expected), "\(count?.people ?? 0)",
        "\(count?.scans ?? 0)",
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

  // MARK: - Cells

  private func cell(_ text: String?) -> String { text.map(CSVText.harmless) ?? "" }

  private func cell(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }

  private func time(_ date: Date) -> String { report.time.timestamp(date) }

  private func percent(_ part: Int?, of whole: Int?) -> String {
    guard let part, let whole, let share = Share(part, of: whole) else { return "" }
    return "\(share.tenths)"
  }
}
