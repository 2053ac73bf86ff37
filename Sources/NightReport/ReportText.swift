import Admission
import Formatting
import Foundation
import NightStore

/// A report for people, on a terminal or in a mail: aligned, at most 80 cells wide.
package struct ReportText {
  static let width = 80

  /// Of a long list, so many stand here; all of them are in the other forms.
  private static let mostRows = 20
  private static let mostCases = 50
  /// Hours that fit side by side.
  private static let mostHours = 8

  var report: Report
  var isColoured = false

  package init(report: Report, isColoured: Bool = false) {
    self.report = report
    self.isColoured = isColoured
  }

  private var words: ReportWords { ReportWords(report: report) }
  private var texts: any ReportTexts { words.texts }
  private var tables: ReportTables { ReportTables(words: words) }

  package var lines: [String] {
    let tables = tables
    let head =
      wrapped(words.sentence).map(bold)
      + ["", cut(words.title), cut(words.subtitle)] + words.notes.flatMap { wrapped($0) }
    guard !report.isEmpty else {
      return head
        + (report.guests == nil ? [] : [""] + (kinds.isEmpty ? [] : kinds + [""]) + attendance)
    }
    let sections = [
      head, kinds, attendance, summary, arrivals, doorHours,
      list(.byHand, tables.byHand), list(.takenBack, tables.takenBack),
      list(.retried, tables.retriedCodes),
      list(.doubleEntries, tables.doubleEntries, most: Self.mostCases),
      list(.toCorrect, tables.toCorrect, most: Self.mostCases),
      list(.refused, tables.refused, most: Self.mostCases),
      list(.waiting, tables.waiting, most: Self.mostCases), verdicts,
    ]
    return Array(sections.filter { !$0.isEmpty }.joined(separator: [""]))
  }

  private var kinds: [String] {
    let table = tables.kinds
    return table.rows.isEmpty ? [] : [bold(texts.title(.kinds))] + rows(table, most: Self.mostRows)
  }

  private var attendance: [String] {
    let table = tables.attendance
    return [bold(tables.attendanceTitle)]
      + (table.rows.isEmpty ? [] : rows(table, most: Self.mostRows))
      + words.attendanceNotes.flatMap { wrapped($0, indented: true) }
  }

  private var summary: [String] {
    var table = TextTable(columns: [.left(widest: 30), .right, .left(widest: 50)])
    table.rows = words.summary.map { [($0.isPart ? "  " : "") + $0.label, $0.number, $0.words] }
    return [bold(texts.title(.night))] + table.lines.map(cut)
  }

  private var verdicts: [String] {
    let verdicts = tables.verdicts
    var table = TextTable(columns: [.left(widest: 40), .right])
    table.rows = verdicts.map { [($0.isReason ? "  " : "") + $0.name, "\($0.scans)"] }
    let lines = zip(table.lines, verdicts).map { line, row in
      row.isReason ? line : coloured(line, row.verdict)
    }
    return [bold(texts.title(.verdicts))] + lines
  }

  // MARK: - Arrivals

  private var arrivals: [String] {
    let stretches = ArrivalStretch.split(report.figures.arrivals, report.leavers)
    guard !stretches.isEmpty else { return [] }
    let most = report.figures.arrivals.reduce(1) { max($0, $1.people) }
    var lines = [bold(texts.title(.quarters))]
    lines += words.capacityNotes.flatMap { wrapped($0, indented: true) }
    var before = 0
    for stretch in stretches {
      lines.append("  \(words.clock.day(stretch.start))")
      lines += chart(of: stretch, before: before, most: most)
      before = before.addingClamped(stretch.people)
    }
    return lines
  }

  /// A bar for each quarter; where the clocks change, a line says so.
  private func chart(of stretch: ArrivalStretch, before: Int, most: Int) -> [String] {
    let rows = ReportTableText(
      table: tables.quarters(of: stretch, before: before, withDay: false), width: Self.width
    ).lines
    let widest = Self.width - (rows.map { DisplayText($0).width }.max() ?? 0) - 2
    var lines = [rows[0]]
    var newest: Date?
    for (row, quarter) in zip(rows.dropFirst(), stretch.quarters) {
      if let change = newest.flatMap({ words.clock.change(from: $0, to: quarter.start) }) {
        lines.append("  -- \(change) --")
      }
      newest = quarter.start
      let share = Double(quarter.people) / Double(most) * Double(max(1, widest))
      let cells = quarter.people > 0 ? max(1, Int(share.rounded())) : 0
      lines.append(cut(row + (cells > 0 ? "  " + String(repeating: "█", count: cells) : "")))
    }
    return lines
  }

  private var doorHours: [String] {
    let blocks = tables.doorHours(most: Self.mostHours)
    guard !blocks.isEmpty else { return [] }
    return [bold(texts.title(.doorHours))]
      + blocks.flatMap { ["  \($0.title)"] + rows($0.table, most: Self.mostRows) }
  }

  // MARK: - Tables

  private func list(_ section: ReportSection, _ table: ReportTable, most: Int = mostRows)
    -> [String]
  {
    guard !table.rows.isEmpty else { return [] }
    return [bold(texts.title(section))] + rows(table, most: most)
  }

  private func rows(_ table: ReportTable, most: Int) -> [String] {
    var shown = table
    shown.rows = Array(table.rows.prefix(most))
    var lines = ReportTableText(table: shown, width: Self.width).lines
    let hidden = table.rows.count - shown.rows.count
    if hidden > 0 {
      let more = cut("  \(texts.andMore(hidden, .json))")
      lines.insert(more, at: table.total == nil ? lines.count : lines.count - 1)
    }
    return lines
  }

  // MARK: - Style

  private func wrapped(_ text: String, indented: Bool = false) -> [String] {
    let indentation = indented ? "  " : ""
    return WrappedText(text, columns: Self.width - indentation.count).lines.map {
      indentation + $0
    }
  }

  private func cut(_ text: String) -> String {
    DisplayText(text).cut(to: Self.width, charset: .unicode).text
  }

  private func bold(_ text: String) -> String { styled(text, "1") }

  private func coloured(_ text: String, _ verdict: Verdict) -> String {
    switch verdict {
    case .admit: styled(text, "32")
    case .refuse: styled(text, "31")
    case .unverified: styled(text, "33")
    case .out: styled(text, "36")
    }
  }

  private func styled(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
