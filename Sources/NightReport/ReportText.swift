import Admission
import Formatting
import Foundation
import NightStore

/// A report for people, on a terminal or in a mail: aligned, at most 80 cells wide.
package struct ReportText {
  static let width = 80

  /// Of a long list, so many stand here; all of them are in the other forms.
  private static let mostPassTypes = 20
  private static let mostCases = 50

  var report: Report
  var isColoured = false

  package init(report: Report, isColoured: Bool = false) {
    self.report = report
    self.isColoured = isColoured
  }

  private var figures: NightFigures { report.figures }
  private var words: ReportWords { ReportWords(report: report) }
  private var clock: ReportClock { ReportClock(time: report.time) }

  package var lines: [String] {
    let header = [bold(cut(words.title)), cut(words.subtitle)]
    guard !report.isEmpty else { return header + ["", Report.nothingRecorded] }
    let sections = [
      header + [words.recorded].compactMap(\.self), summary, verdicts, passTypes, doors, arrivals,
      cases("To correct by hand at the service", words.toCorrect),
      cases("Refused by the service", words.refused),
      cases("Still to be reported to the service", words.waiting),
    ]
    return Array(sections.filter { !$0.isEmpty }.joined(separator: [""]))
  }

  private var summary: [String] {
    var table = TextTable(columns: [.left(widest: 30), .right, .left(widest: 50)], indentation: 0)
    table.rows = words.summary.map { [($0.isPart ? "  " : "") + $0.label, $0.number, $0.words] }
    return table.lines.map(cut)
  }

  /// A verdict's scans, and beneath it its reasons.
  private var verdicts: [String] {
    var table = TextTable(columns: [.left(widest: 30), .right])
    var colours: [Verdict?] = []
    for verdict in Verdict.allCases {
      table.rows.append([verdict.rawValue, "\(figures.scans(verdict))"])
      colours.append(verdict)
      for count in figures.reasons where count.verdict == verdict && count.reason != .valid {
        table.rows.append(["  \(count.reason.rawValue)", "\(count.scans)"])
        colours.append(nil)
      }
    }
    let lines = zip(table.lines, colours).map { line, verdict in
      verdict.map { coloured(line, $0) } ?? line
    }
    return [bold("Scans by verdict and reason")] + lines
  }

  private var passTypes: [String] {
    let shown = figures.passTypes.prefix(Self.mostPassTypes)
    guard !shown.isEmpty else { return [] }
    var lines = groups(shown.map { (ReportWords.passType($0.passType), $0.scans, $0.people) })
    let rest = figures.passTypes.dropFirst(Self.mostPassTypes)
    if !rest.isEmpty {
      let (scans, people) = rest.reduce((0, 0)) { ($0.0 + $1.scans, $0.1 + $1.people) }
      lines.append("  and \(rest.count) more: \(scans) scans, \(people) \(words.people(people))")
    }
    return [bold("By pass type")] + lines
  }

  private var doors: [String] {
    guard figures.doors.count > 1 else { return [] }
    return [bold("By door")] + groups(figures.doors.map { ($0.door, $0.scans, $0.people) })
  }

  private func groups(_ groups: [(name: String, scans: Int, people: Int)]) -> [String] {
    var table = TextTable(columns: [.left(widest: 40), .right, .right])
    table.rows = [["", "scans", "people"]]
    table.rows += groups.map { [$0.name, "\($0.scans)", "\($0.people)"] }
    return table.lines.map(cut)
  }

  // MARK: - Arrivals

  private var arrivals: [String] {
    let stretches = ArrivalStretch.split(figures.arrivals)
    guard !stretches.isEmpty else { return [] }
    let most = figures.arrivals.reduce(1) { max($0, $1.people) }
    return [bold("People by quarter of an hour")]
      + stretches.flatMap { ["  from \(clock.day($0.start))"] + chart(of: $0, most: most) }
  }

  /// A bar for each quarter; where the clocks change, a line says so.
  private func chart(of stretch: ArrivalStretch, most: Int) -> [String] {
    let digits = "\(most)".count
    let widest = Self.width - 2 - 5 - 2 - digits - 2
    var lines: [String] = []
    var before: Date?
    for quarter in stretch.quarters {
      if let change = before.flatMap({ clock.change(from: $0, to: quarter.start) }) {
        lines.append("         -- \(change) --")
      }
      before = quarter.start
      let number = "\(quarter.people)"
      let blanks = String(repeating: " ", count: digits - number.count)
      let share = Double(quarter.people) / Double(most) * Double(widest)
      let cells = quarter.people > 0 ? max(1, Int(share.rounded())) : 0
      let bar = cells > 0 ? "  " + String(repeating: "█", count: cells) : ""
      lines.append("  \(report.time.minutes(quarter.start))  \(blanks)\(number)\(bar)")
    }
    return lines
  }

  // MARK: - Reports to the service

  private func cases(_ title: String, _ cases: [ReportWords.Case]) -> [String] {
    guard !cases.isEmpty else { return [] }
    let shown = cases.prefix(Self.mostCases)
    var table = TextTable(columns: [
      .left(widest: 11), .left(widest: 8), .right, .left(widest: 32), .left(widest: 12),
    ])
    table.rows = shown.map { [$0.time, $0.code, $0.people, $0.passID, $0.door] }
    var lines = [bold(title)]
    for (line, entry) in zip(table.lines, shown) {
      lines += [cut(line), cut("    \(entry.words)")]
    }
    if cases.count > shown.count {
      lines.append("  and \(cases.count - shown.count) more: see --format json")
    }
    return lines
  }

  // MARK: - Style

  private func cut(_ text: String) -> String {
    DisplayText(text).cut(to: Self.width, charset: .unicode).text
  }

  private func bold(_ text: String) -> String { styled(text, "1") }

  private func coloured(_ text: String, _ verdict: Verdict) -> String {
    switch verdict {
    case .admit: styled(text, "32")
    case .refuse: styled(text, "31")
    case .unverified: styled(text, "33")
    }
  }

  private func styled(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
