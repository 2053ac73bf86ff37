import Admission
import Formatting
import Foundation
import NightStore

/// A report as one page for a screen, and as two on paper (A4): there, what does not fit of a list is
/// left out, and said to be.
package struct ReportHTML {
  /// Hours that fit side by side.
  private static let mostHours = 12

  var report: Report

  package init(report: Report) {
    self.report = report
  }

  private var figures: NightFigures { report.figures }
  private var words: ReportWords { ReportWords(report: report) }
  private var texts: any ReportTexts { words.texts }
  private var tables: ReportTables { ReportTables(words: words) }

  package var page: String {
    HTMLPage(
      languageCode: report.language.rawValue, title: words.title, style: ReportStyle.sheet,
      content: """
        <p class="hours">\(words.subtitle)</p>
        <p class="sentence">\(words.sentence)</p>
        \(paragraphs(words.notes))
        \(parts)
        <p class="note">\(texts.made(at: words.clock.moment(report.madeAt)))</p>
        """
    ).text
  }

  private var parts: [HTMLText] {
    guard !report.isEmpty else { return report.guests == nil ? [] : [attendance] }
    return [
      "<div class=\"beside\">", attendance, summary, "</div>", arrivals,
      "<div class=\"second\">", doorHours,
    ] + lists + [verdicts, "</div>"]
  }

  // MARK: - The first page

  private var attendance: HTMLText {
    let table = tables.attendance
    let kinds = tables.kinds
    // On paper the kinds take the room of as many types, with their own heads.
    let most = PrintPlan.mostPassTypes - (kinds.rows.isEmpty ? 0 : kinds.rows.count + 3)
    return section(
      tables.attendanceTitle,
      [
        table.rows.isEmpty ? "" : markup(table, onPaper: most, style: "types"),
        kinds.rows.isEmpty
          ? ""
          : """
          <h3>\(texts.title(.kinds))</h3>
          \(markup(kinds, onPaper: kinds.rows.count, style: "types"))
          """,
      ]
        + paragraphs(words.attendanceNotes))
  }

  private var summary: HTMLText {
    let rows = words.summary.map { line -> HTMLText in
      let part: HTMLText = line.isPart ? " class=\"part\"" : ""
      return """
        <tr\(part)><th scope="row">\(line.label)</th><td class="number">\(line.number)</td>\
        <td>\(line.words)</td></tr>
        """
    }
    return section(.night, ["<table class=\"figures\"><tbody>\n\(rows)\n</tbody></table>"])
  }

  /// People by quarter, and all of them so far, or who was inside, against the capacity.
  private var arrivals: HTMLText {
    let stretches = ArrivalStretch.split(figures.arrivals, report.leavers)
    guard !stretches.isEmpty else { return "" }
    let most = figures.arrivals.reduce(1) { max($0, $1.people) }
    var (charts, rows): ([HTMLText], [ReportTable]) = ([], [])
    var before = 0
    for (number, stretch) in stretches.enumerated() {
      let day = words.clock.day(stretch.start)
      let drawn = [
        ArrivalChart(
          id: "people-\(number + 1)", title: day,
          stretch: stretch, most: most, clock: words.clock),
        report.leavers == nil
          ? ArrivalChart(
            id: "all-\(number + 1)",
            title: "\(day), \(texts.allSoFar(places: report.capacity))",
            stretch: stretch.running(from: before),
            most: max(figures.admitted.people, report.capacity ?? 1), limit: report.capacity,
            clock: words.clock)
          : ArrivalChart(
            id: "inside-\(number + 1)",
            title: "\(day), \(texts.insideByQuarter(places: report.capacity))",
            stretch: stretch.insides,
            most: max(report.mostInside, report.capacity ?? 1), limit: report.capacity,
            clock: words.clock),
      ]
      // On paper there is room for one night's.
      let hidden: HTMLText = number == 0 ? "" : " class=\"screen\""
      charts.append("<div\(hidden)>\(drawn.map(\.figure))</div>")
      rows.append(tables.quarters(of: stretch, before: before, withDay: true))
      before = before.addingClamped(stretch.people)
    }
    if stretches.count > 1 { charts.append(moreOnPaper(stretches.count - 1)) }
    let table = ReportTable(rows[0].columns, rows.flatMap(\.rows))
    return section(
      .quarters, paragraphs(words.capacityNotes) + charts + [markup(table, onPaper: 0)])
  }

  // MARK: - The second page

  private var doorHours: HTMLText {
    let blocks = tables.doorHours(most: Self.mostHours)
    guard !blocks.isEmpty else { return "" }
    var parts = blocks.enumerated().map { number, block -> HTMLText in
      let hidden: HTMLText = number == 0 ? "" : " class=\"screen\""
      return """
        <div\(hidden)><h3>\(block.title)</h3>
        \(markup(block.table, onPaper: PrintPlan.mostDoors, style: "hours"))</div>
        """
    }
    if blocks.count > 1 { parts.append(moreOnPaper(blocks.count - 1)) }
    return section(.doorHours, parts)
  }

  private var lists: [HTMLText] {
    let tables = tables
    let all: [(section: ReportSection, table: ReportTable)] = [
      (.byHand, tables.byHand), (.takenBack, tables.takenBack), (.retried, tables.retriedCodes),
      (.doubleEntries, tables.doubleEntries),
      (.toCorrect, tables.toCorrect), (.refused, tables.refused), (.waiting, tables.waiting),
    ]
    let shown = all.filter { !$0.table.rows.isEmpty }
    let doors = min(
      tables.doorHours(most: Self.mostHours).first?.table.rows.count ?? 0, PrintPlan.mostDoors)
    let taken =
      doors + tables.verdicts.count / 2 + PrintPlan.rowsAroundList * (shown.count + 2)
    let shares = PrintPlan.shares(
      of: shown.map(\.table.rows.count), rows: PrintPlan.rowsOfLists - taken)
    return zip(shown, shares).map { list, share in
      section(
        list.section,
        [markup(list.table, onPaper: share, style: list.table.remarkHead == nil ? "" : "cases")])
    }
  }

  private var verdicts: HTMLText {
    let rows = tables.verdicts.map { row -> HTMLText in
      let style: HTMLText = row.isReason ? " class=\"part\"" : " class=\"\(row.verdict.rawValue)\""
      return
        "<tr\(style)><th scope=\"row\">\(row.name)</th><td class=\"number\">\(row.scans)</td></tr>"
    }
    // Side by side on paper: green and red, amber.
    let amber = tables.verdicts.firstIndex { $0.verdict == .unverified } ?? rows.count
    let halves = [rows[..<amber], rows[amber...]].map { half -> HTMLText in
      "<table><tbody>\n\(Array(half))\n</tbody></table>"
    }
    return section(.verdicts, ["<div class=\"beside\">"] + halves + ["</div>"])
  }

  // MARK: - Markup

  private func section(_ section: ReportSection, _ parts: [HTMLText]) -> HTMLText {
    self.section(texts.title(section), parts)
  }

  private func section(_ title: String, _ parts: [HTMLText]) -> HTMLText {
    "<section>\n<h2>\(title)</h2>\n\(parts)\n</section>"
  }

  private func paragraphs(_ texts: [String]) -> [HTMLText] { texts.map { "<p>\($0)</p>" } }

  /// Says on paper that there is more on the screen.
  private func moreOnPaper(_ count: Int) -> HTMLText {
    "<p class=\"paper\">\(texts.andMore(count, .page))</p>"
  }

  /// - Parameters:
  ///   - rows: so many stand on paper; where that is none, the table is for the screen alone.
  ///   - style: a further class of the style sheet.
  private func markup(
    _ table: ReportTable, onPaper rows: Int, style: HTMLText = ""
  ) -> HTMLText {
    let columns =
      table.columns
      + (table.remarkHead.map { [ReportTable.Column(head: $0, kind: .words)] } ?? [])
    func line(
      _ cells: [String], style: HTMLText = "", _ cell: (String, HTMLText) -> HTMLText
    ) -> HTMLText {
      let parts = zip(columns, cells).map { column, text in cell(text, column.kind.style) }
      return "<tr\(style)>\(parts)</tr>"
    }
    func body(_ row: ReportTable.Row, style: HTMLText = "") -> HTMLText {
      line(row.cells + (table.remarkHead == nil ? [] : [row.remark ?? ""]), style: style) {
        "<td\($1)>\($0)</td>"
      }
    }
    let head = line(columns.map(\.head)) { "<th scope=\"col\"\($1)>\($0)</th>" }
    var lines = table.rows.enumerated().map { number, row in
      body(row, style: number < rows ? "" : " class=\"screen\"")
    }
    if rows > 0, table.rows.count > rows {
      lines.append(
        """
        <tr class="paper"><td colspan="\(columns.count)">\
        \(texts.andMore(table.rows.count - rows, .page))</td></tr>
        """)
    }
    if let total = table.total { lines.append(body(total, style: " class=\"total\"")) }
    let hidden: HTMLText = rows == 0 ? "screen " : ""
    return """
      <table class="\(hidden)\(style)">
      <thead>\(head)</thead>
      <tbody>
      \(lines)
      </tbody>
      </table>
      """
  }
}

extension ReportTable.Column.Kind {
  fileprivate var style: HTMLText {
    switch self {
    case .words: ""
    case .brief: " class=\"brief\""
    case .number: " class=\"number\""
    }
  }
}
