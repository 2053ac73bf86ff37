import Admission
import Formatting
import Foundation

/// A report for spreadsheets: RFC 4180, the same figures as in JSON, a row each, in one set of columns.
package struct ReportCSV {
  var report: Report

  package init(report: Report) {
    self.report = report
  }

  /// Without the line end, CR and LF.
  package var lines: [String] {
    let names = ["figure", "event_id"] + ReportLine.Column.allCases.map(\.rawValue)
    return ([names] + report.lines.map(cells)).map { row in
      row.map(Self.quoted).joined(separator: ",")
    }
  }

  private func cells(_ line: ReportLine) -> [String] {
    [line.figure.rawValue, Self.harmless(report.event.id)]
      + ReportLine.Column.allCases.map { column in
        switch line.fields.first(where: { $0.column == column })?.value {
        case nil: ""
        case .text(let text): Self.harmless(text)
        case .number(let number): "\(number)"
        case .decimal(let decimal): "\(decimal)"
        case .time(let date): report.time.timestamp(date)
        }
      }
  }

  /// Text from strangers in which no cell begins as a formula does: an apostrophe goes before it. The
  /// same after a semicolon, where spreadsheets of half of Europe begin a new cell.
  static func harmless(_ text: String) -> String {
    var harmless = ""
    var isAtStart = true
    for character in DisplayText.cleaned(text) {
      // Marks that follow the sign belong to its character, so the scalar is what is looked at.
      if isAtStart, let first = character.unicodeScalars.first, formulaSigns.contains(first) {
        harmless.append("'")
      }
      harmless.append(character)
      isAtStart = character == ";" || isAtStart && (character == " " || character == "\"")
    }
    return harmless
  }

  /// Those that begin a formula, with their full-width forms.
  private static let formulaSigns: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]

  private static func quoted(_ cell: String) -> String {
    let needsQuotes = cell.unicodeScalars.contains {
      $0 == "," || $0 == "\"" || $0 == ";" || $0 == " " || $0 == "\r" || $0 == "\n"
    }
    return needsQuotes ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
  }
}
