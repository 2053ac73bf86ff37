import Formatting

/// A report's table in lines that are never wider than a terminal.
struct ReportTableText {
  var table: ReportTable
  /// In cells.
  var width: Int

  private static let indentation = 2
  private static let gap = 2
  /// What is left of a column of words at least, in cells.
  private static let narrowest = 6

  /// Heads, rows, total; a remark stands beneath its row.
  var lines: [String] {
    let rows = table.rows + [table.total].compactMap(\.self)
    let widths = widths(of: [table.columns.map(\.head)] + rows.map(\.cells))
    var text = TextTable(
      columns: zip(table.columns, widths).map { $0.kind == .number ? .right : .left(widest: $1) },
      indentation: Self.indentation)
    text.rows = [table.columns.map(\.head)] + rows.map(\.cells)
    let shown = text.lines.map(cut)
    return [shown[0]]
      + zip(shown.dropFirst(), rows).flatMap { line, row in
        [line] + (row.remark.map { [cut("    \($0)")] } ?? [])
      }
  }

  /// Each column as wide as its widest cell; columns of words are narrowed, the widest first, until all
  /// fit.
  private func widths(of rows: [[String]]) -> [Int] {
    var widths = table.columns.indices.map { column in
      rows.map { DisplayText($0[column]).cut(to: width, charset: .unicode).width }.max() ?? 0
    }
    func taken() -> Int {
      Self.indentation + widths.reduce(0, +) + Self.gap * max(0, widths.count - 1)
    }
    while taken() > width {
      let words = table.columns.indices.filter {
        table.columns[$0].kind != .number && widths[$0] > Self.narrowest
      }
      guard let widest = words.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
    }
    return widths
  }

  private func cut(_ text: String) -> String {
    DisplayText(text).cut(to: width, charset: .unicode).text
  }
}
