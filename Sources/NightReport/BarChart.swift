import Formatting

/// Bars from left to right, a labelled one for each count, as a drawing (SVG).
struct BarChart {
  struct Bar {
    var label: String
    var count: Int
    var colour: Colour
  }

  /// A class of the page's style sheet.
  enum Colour: String {
    case people, admit, refuse, unverified
  }

  /// Unique on the page.
  var id: String
  var title: String
  var bars: [Bar]

  private static let width = 720.0
  private static let rowHeight = 24.0
  private static let labelWidth = 210.0
  /// Where the number stands, after the longest bar.
  private static let numberWidth = 90.0

  var markup: HTMLText {
    let most = bars.reduce(1) { max($0, $1.count) }
    let height = Double(bars.count) * Self.rowHeight
    let rows = bars.enumerated().map { number, bar in
      row(bar, top: Double(number) * Self.rowHeight, most: most)
    }
    return """
      <svg viewBox="0 0 \(Self.width) \(height)" role="img" aria-labelledby="\(id)-t \(id)-d">
      <title id="\(id)-t">\(title)</title>
      <desc id="\(id)-d">\(bars.map { "\($0.label): \($0.count)" }.joined(separator: "; "))</desc>
      \(rows)
      </svg>
      """
  }

  private func row(_ bar: Bar, top: Double, most: Int) -> HTMLText {
    let longest = Self.width - Self.labelWidth - Self.numberWidth
    let length = bar.count > 0 ? max(1, Double(bar.count) / Double(most) * longest) : 0
    let label = DisplayText(bar.label).cut(to: 25, charset: .unicode).text
    let baseline = top + 16
    return """
      <text x="\(Self.labelWidth - 8)" y="\(baseline)" text-anchor="end">\(label)</text>
      <rect class="\(bar.colour.rawValue)" x="\(Self.labelWidth)" y="\(top + 3)" \
      width="\(length)" height="\(Self.rowHeight - 6)"/>
      <text x="\(Self.labelWidth + length + 6)" y="\(baseline)">\(bar.count)</text>
      """
  }
}
