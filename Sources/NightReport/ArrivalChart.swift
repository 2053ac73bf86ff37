import Formatting
import Foundation

/// People by quarter of an hour, a column each, as a drawing (SVG).
struct ArrivalChart {
  /// Unique on the page.
  var id: String
  var stretch: ArrivalStretch
  /// The scale: the most people of any quarter of the night.
  var most: Int
  var clock: ReportClock

  private static let width = 720.0
  private static let top = 24.0
  private static let left = 56.0
  /// Half of an hour's name may stand beyond the last column.
  private static let right = 700.0
  private static let columnsHeight = 160.0
  private static let height = 212.0
  /// So many hours' names fit under the columns.
  private static let mostHours = 13

  private var base: Double { Self.top + Self.columnsHeight }
  private var step: Double {
    min(28, (Self.right - Self.left) / Double(stretch.quarters.count))
  }

  var markup: HTMLText {
    let columns = stretch.quarters.enumerated().map { column($1, left: left(of: $0)) }
    return """
      <svg viewBox="0 0 \(Self.width) \(Self.height)" role="img" \
      aria-labelledby="\(id)-t \(id)-d">
      <title id="\(id)-t">\(title)</title>
      <desc id="\(id)-d">\(summary)</desc>
      \(scale)
      \(columns)
      \(hours)
      \(changes)
      </svg>
      """
  }

  private var title: String { "People by quarter of an hour from \(clock.day(stretch.start))" }

  private var summary: String {
    let people = stretch.quarters.reduce(0) { $0 + $1.people }
    let busiest = stretch.quarters.max { $0.people < $1.people }
    let most = busiest.map { "; most from \(clock.minutes($0.start)): \($0.people)" } ?? ""
    return "\(people) people from \(clock.minutes(stretch.start)) to "
      + "\(clock.minutes(stretch.end))\(most). The table gives every number."
  }

  private func left(of index: Int) -> Double { Self.left + Double(index) * step }

  private var scale: [HTMLText] {
    (most > 1 ? [most, most / 2, 0] : [most, 0]).map { people in
      let y = base - Double(people) / Double(most) * Self.columnsHeight
      return """
        <line class="grid" x1="\(Self.left)" x2="\(Self.width)" y1="\(y)" y2="\(y)"/>
        <text x="\(Self.left - 8)" y="\(y + 4)" text-anchor="end">\(people)</text>
        """
    }
  }

  private func column(_ quarter: ArrivalStretch.Quarter, left: Double) -> HTMLText {
    let share = Double(quarter.people) / Double(most) * Self.columnsHeight
    let height = quarter.people > 0 ? max(1, share) : 0
    return """
      <rect class="people" x="\(left + step * 0.1)" y="\(base - height)" width="\(step * 0.8)" \
      height="\(height)"><title>\(clock.minutes(quarter.start)): \(quarter.people)</title></rect>
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
        <line class="tick" x1="\(x)" x2="\(x)" y1="\(base)" y2="\(base + 6)"/>
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
          <line class="change" x1="\(x)" x2="\(x)" y1="\(Self.top - 8)" y2="\(base)"/>
          <text x="\(x)" y="\(Self.top - 12)" text-anchor="\(anchor)">\(change)</text>
          """
      }
    }
  }
}
