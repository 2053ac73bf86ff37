import Door
import DoorScreen
import Formatting

/// A finding as lines for people, or as one line for programs.
package struct FindingOutput<Point: FindingPoint> {
  var format: OutputFormat
  var isColoured: Bool
  /// Whether characters beyond ASCII reach the reader.
  var usesUnicode: Bool
  /// Cells of a line; nil breaks none.
  var columns: Int?

  /// Beneath this the message stands under its point.
  private static var narrow: Int { 60 }

  func lines(for finding: Finding<Point>) -> [String] {
    switch format {
    case .json: [json(finding)]
    case .text: text(finding)
    }
  }

  private func json(_ finding: Finding<Point>) -> String {
    var line = JSONLine()
    line.add("point", finding.point.rawValue)
    line.add("status", finding.status.name)
    line.add("message", finding.message)
    line.add("next_step", finding.nextStep)
    return line.text
  }

  private func text(_ finding: Finding<Point>) -> [String] {
    let head = "\(symbol(finding.status)) \(finding.point.rawValue)"
    let isNarrow = columns.map { $0 < Self.narrow } ?? false
    let indent = isNarrow ? 2 : symbol(finding.status).count + 1 + Self.widestPoint + 2
    let room = columns.map { $0 - indent }
    var below = wrapped(finding.message, room)
    if let nextStep = finding.nextStep {
      below += wrapped((usesUnicode ? "→ " : "-> ") + nextStep, room)
    }
    let margin = String(repeating: " ", count: indent)
    guard !isNarrow, let first = below.first else {
      return [coloured(head, finding.status)] + below.map { margin + $0 }
    }
    let padding = String(repeating: " ", count: indent - head.count)
    return [coloured(head, finding.status) + padding + first]
      + below.dropFirst().map { margin + $0 }
  }

  private func wrapped(_ text: String, _ columns: Int?) -> [String] {
    WrappedText(text, columns: columns).lines.map {
      usesUnicode ? $0 : DisplayText($0, charset: .ascii).text
    }
  }

  private func symbol(_ status: FindingStatus) -> String {
    switch status {
    case .pass: usesUnicode ? "✓" : "ok  "
    case .fail: usesUnicode ? "✗" : "FAIL"
    case .skipped: usesUnicode ? "–" : "skip"
    }
  }

  func coloured(_ text: String, _ status: FindingStatus) -> String {
    guard isColoured else { return text }
    let colour =
      switch status {
      case .pass: "32"
      case .fail: "1;31"
      case .skipped: "2"
      }
    return "\u{1B}[\(colour)m\(text)\u{1B}[0m"
  }

  private static var widestPoint: Int { Point.allCases.map(\.rawValue.count).max() ?? 0 }
}
