import Formatting
import Foundation

/// People by quarter of an hour, a column each, as a drawing (SVG). Its colours stand in it, so that it
/// is the same where the page's style sheet does not reach.
struct ArrivalChart {
  /// Unique on the page.
  var id: String
  var title: String
  var stretch: ArrivalStretch
  /// The scale: the most people of any column.
  var most: Int
  /// A line across: as many people as the venue holds.
  var limit: Int?
  var clock: ReportClock

  private static let width = 720.0
  private static let top = 24.0
  private static let left = 56.0
  /// Half of an hour's name may stand beyond the last column.
  private static let right = 700.0
  private static let columnsHeight = 110.0
  private static let height = 162.0
  /// So many hours' names fit under the columns.
  private static let mostHours = 13

  private var base: Double { Self.top + Self.columnsHeight }
  private var step: Double {
    min(28, (Self.right - Self.left) / Double(stretch.quarters.count))
  }

  /// With its title above it.
  var figure: HTMLText { "<h3>\(title)</h3>\n\(markup)" }

  var markup: HTMLText {
    let columns = stretch.quarters.enumerated().map { column($1, left: left(of: $0)) }
    return """
      <svg viewBox="0 0 \(Self.width) \(Self.height)" font-size="13" fill="#111" role="img" \
      aria-labelledby="\(id)-t \(id)-d">
      <title id="\(id)-t">\(title)</title>
      <desc id="\(id)-d">\(summary)</desc>
      \(scale)
      \(columns)
      \(hours)
      \(changes)
      \(limitLine)
      </svg>
      """
  }

  /// Every number.
  private var summary: String {
    stretch.quarters.map { "\(clock.minutes($0.start)): \($0.people)" }.joined(separator: "; ")
  }

  private func left(of index: Int) -> Double { Self.left + Double(index) * step }

  private func height(of people: Int) -> Double {
    Double(people) / Double(max(1, most)) * Self.columnsHeight
  }

  private var scale: [HTMLText] {
    (most > 1 ? [most, most / 2, 0] : [most, 0]).map { people in
      let y = base - height(of: people)
      return """
        <line stroke="#ccc" x1="\(Self.left)" x2="\(Self.width)" y1="\(y)" y2="\(y)"/>
        <text x="\(Self.left - 8)" y="\(y + 4)" text-anchor="end">\(people)</text>
        """
    }
  }

  private func column(_ quarter: ArrivalStretch.Quarter, left: Double) -> HTMLText {
    let height = quarter.people > 0 ? max(1, height(of: quarter.people)) : 0
    return """
      <rect fill="#2b5797" x="\(left + step * 0.1)" y="\(base - height)" width="\(step * 0.8)" \
      height="\(height)"><title>\(clock.minutes(quarter.start)): \(quarter.people)</title></rect>
      """
  }

  private var limitLine: HTMLText {
    guard let limit else { return "" }
    let y = base - height(of: limit)
    return """
      <line stroke="#111" stroke-dasharray="4 3" x1="\(Self.left)" x2="\(Self.width)" y1="\(y)" y2="\(y)"/>
      <text x="\(Self.left + 4)" y="\(y - 4)">\(limit)</text>
      """
  }

  /// The full hours, as many of them as can be read.
  private var hours: [HTMLText] {
    let full = stretch.quarters.enumerated().filter {
      clock.time.minutes($0.element.start).hasSuffix(":00")
    }
    let stride = max(1, (full.count + Self.mostHours - 1) / Self.mostHours)
    return full.enumerated().filter { $0.offset % stride == 0 }.map { _, hour in
      let x = left(of: hour.offset)
      return """
        <line stroke="#111" x1="\(x)" x2="\(x)" y1="\(base)" y2="\(base + 6)"/>
        <text x="\(x)" y="\(base + 20)" text-anchor="middle">\
        \(clock.time.minutes(hour.element.start))</text>
        """
    }
  }

  private var changes: [HTMLText] {
    zip(stretch.quarters, stretch.quarters.dropFirst()).enumerated().compactMap { index, pair in
      clock.change(from: pair.0.start, to: pair.1.start).map { change in
        let x = left(of: index + 1)
        let anchor = x > Self.width * 0.85 ? "end" : "middle"
        return """
          <line stroke="#111" stroke-dasharray="4 3" x1="\(x)" x2="\(x)" y1="\(Self.top - 8)" y2="\(base)"/>
          <text x="\(x)" y="\(Self.top - 12)" text-anchor="\(anchor)">\(change)</text>
          """
      }
    }
  }
}
