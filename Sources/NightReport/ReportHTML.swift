import Admission
import Formatting
import Foundation
import NightStore

/// A report as one page.
package struct ReportHTML {
  var report: Report

  package init(report: Report) {
    self.report = report
  }

  private var figures: NightFigures { report.figures }
  private var words: ReportWords { ReportWords(report: report) }
  private var clock: ReportClock { ReportClock(time: report.time) }

  package var page: String {
    HTMLPage(
      languageCode: "en", title: words.title, style: ReportStyle.sheet,
      content: """
        <p>\(words.subtitle)</p>
        \(report.isEmpty ? ["<p>\(Report.nothingRecorded)</p>"] : sections)
        <p class="note">Figures of \(clock.day(report.madeAt)) \(clock.minutes(report.madeAt)), \
        doorcheck</p>
        """
    ).text
  }

  private var sections: [HTMLText] {
    [
      "<p>\(words.recorded ?? "")</p>", summary, arrivals, scans, passTypes, doors,
      cases("To correct by hand at the service", words.toCorrect),
      cases("Refused by the service", words.refused),
      cases("Still to be reported to the service", words.waiting),
    ]
  }

  private var summary: HTMLText {
    let rows = words.summary.map { line -> HTMLText in
      let part: HTMLText = line.isPart ? " class=\"part\"" : ""
      return """
        <tr\(part)><th scope="row">\(line.label)</th><td class="number">\(line.number)</td>\
        <td>\(line.words)</td></tr>
        """
    }
    return section("The night", ["<table><tbody>\n\(rows)\n</tbody></table>"])
  }

  // MARK: - Arrivals

  private var arrivals: HTMLText {
    let stretches = ArrivalStretch.split(figures.arrivals)
    guard !stretches.isEmpty else { return "" }
    let most = figures.arrivals.reduce(1) { max($0, $1.people) }
    let charts = stretches.enumerated().map { number, stretch -> HTMLText in
      let chart = ArrivalChart(
        id: "arrivals-\(number + 1)", stretch: stretch, most: most, clock: clock)
      return "<h3>\(clock.day(stretch.start))</h3>\n\(chart.markup)"
    }
    let rows = stretches.flatMap(\.quarters).map { quarter in
      [clock.day(quarter.start), clock.minutes(quarter.start), "\(quarter.people)"]
    }
    return section(
      "People by quarter of an hour",
      charts + [table(["Day", "From", "People"], rows, numbers: 1)])
  }

  // MARK: - Scans

  private var scans: HTMLText {
    let chart = BarChart(
      id: "verdicts", title: "Scans by verdict",
      bars: Verdict.allCases.map {
        BarChart.Bar(label: $0.rawValue, count: figures.scans($0), colour: $0.colour)
      })
    let rows = figures.reasons.map {
      [$0.verdict.rawValue, $0.reason.rawValue, "\($0.scans)"]
    }
    return section(
      "Scans by verdict and reason",
      [chart.markup, table(["Verdict", "Reason", "Scans"], rows, numbers: 1)])
  }

  private var passTypes: HTMLText {
    guard !figures.passTypes.isEmpty else { return "" }
    // A drawing of more bars says less than the table.
    let bars = figures.passTypes.prefix(20).map {
      BarChart.Bar(label: ReportWords.passType($0.passType), count: $0.people, colour: .people)
    }
    let rows = figures.passTypes.map {
      [ReportWords.passType($0.passType), "\($0.scans)", "\($0.people)"]
    }
    return section(
      "By pass type",
      [
        BarChart(id: "pass-types", title: "People by pass type", bars: bars).markup,
        table(["Pass type", "Scans", "People"], rows, numbers: 2),
      ])
  }

  private var doors: HTMLText {
    guard figures.doors.count > 1 else { return "" }
    let rows = figures.doors.map { [$0.door, "\($0.scans)", "\($0.people)"] }
    return section("By door", [table(["Door", "Scans", "People"], rows, numbers: 2)])
  }

  private func cases(_ title: String, _ cases: [ReportWords.Case]) -> HTMLText {
    guard !cases.isEmpty else { return "" }
    let rows = cases.map { [$0.time, $0.code, $0.passID, $0.door, $0.words, $0.people] }
    let names = ["Time", "Code", "Pass", "Door", "What happened", "People"]
    return section(title, [table(names, rows, numbers: 1)])
  }

  // MARK: - Markup

  private func section(_ title: String, _ parts: [HTMLText]) -> HTMLText {
    "<section>\n<h2>\(title)</h2>\n\(parts)\n</section>"
  }

  /// - Parameter numbers: how many of the last columns hold numbers.
  private func table(_ names: [String], _ rows: [[String]], numbers: Int) -> HTMLText {
    let firstNumber = names.count - numbers
    func cells(_ row: [String], _ cell: (String, HTMLText) -> HTMLText) -> HTMLText {
      let parts = row.enumerated().map { index, text in
        cell(text, index < firstNumber ? "" : " class=\"number\"")
      }
      return "<tr>\(parts)</tr>"
    }
    let head = cells(names) { "<th scope=\"col\"\($1)>\($0)</th>" }
    let body = rows.map { cells($0) { "<td\($1)>\($0)</td>" } }
    return "<table>\n<thead>\(head)</thead>\n<tbody>\n\(body)\n</tbody>\n</table>"
  }
}

extension Verdict {
  fileprivate var colour: BarChart.Colour {
    switch self {
    case .admit: .admit
    case .refuse: .refuse
    case .unverified: .unverified
    }
  }
}
