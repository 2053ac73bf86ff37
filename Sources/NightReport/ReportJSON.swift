import Admission
import Formatting
import Foundation

/// A report for programs: one object a line, which says in `figure` what it is about.
package struct ReportJSON {
  var report: Report

  package init(report: Report) {
    self.report = report
  }

  package var lines: [String] { (report.lines + report.furtherLines).map(text) }

  private func text(_ line: ReportLine) -> String {
    var object = JSONLine()
    object.add("figure", line.figure.rawValue)
    object.add("event_id", report.event.id)
    for field in line.fields {
      let name = field.column.rawValue
      switch field.value {
      case nil: object.add(name, String?.none)
      case .text(let text): object.add(name, text)
      case .number(let number): object.add(name, number)
      case .decimal(let decimal): object.add(name, decimal)
      case .time(let date): object.add(name, report.time.timestamp(date))
      case .texts(let texts): object.add(name, texts)
      case .times(let dates): object.add(name, dates.map(report.time.timestamp))
      }
    }
    return object.text
  }
}
