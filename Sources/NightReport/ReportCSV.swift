import Admission
import Formatting
import Foundation

/// A report for spreadsheets as one list: RFC 4180, a row each figure, in one set of columns.
package struct ReportCSV {
  var report: Report

  package init(report: Report) {
    self.report = report
  }

  /// Without the line end, CR and LF.
  package var lines: [String] {
    let names = ["figure", "event_id"] + columns.map(\.rawValue)
    return CSVText.lines(names, report.lines.map(cells))
  }

  private var columns: [ReportLine.Column] {
    ReportLine.Column.ofList + (report.kinds.isEmpty ? [] : [.kind])
  }

  private func cells(_ line: ReportLine) -> [String] {
    [line.figure.rawValue, CSVText.harmless(report.event.id)]
      + columns.map { column in
        switch line.fields.first(where: { $0.column == column })?.value {
        case nil: ""
        case .text(let text): CSVText.harmless(text)
        case .number(let number): "\(number)"
        case .decimal(let decimal): "\(decimal)"
        case .time(let date): report.time.timestamp(date)
        case .texts(let texts): CSVText.harmless(texts.joined(separator: "; "))
        case .times(let dates): dates.map(report.time.timestamp).joined(separator: "; ")
        }
      }
  }
}
