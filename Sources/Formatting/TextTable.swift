/// Columns of text, aligned by the cells that they take on a terminal.
package struct TextTable {
  package enum Column {
    /// What is wider than so many cells is cut.
    case left(widest: Int)
    case right
  }

  package var columns: [Column]
  package var rows: [[String]] = []
  package var indentation = 2

  package init(columns: [Column], rows: [[String]] = [], indentation: Int = 2) {
    self.columns = columns
    self.rows = rows
    self.indentation = indentation
  }

  package var lines: [String] {
    let shown = rows.map { row in zip(columns, row).map(Self.cut) }
    let widths = columns.indices.map { column in shown.map { $0[column].width }.max() ?? 0 }
    return shown.map { row in
      let cells = columns.indices.map { Self.padded(row[$0], to: widths[$0], columns[$0]) }
      var line = String(repeating: " ", count: indentation) + cells.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }

  private static func cut(_ column: Column, _ text: String) -> DisplayText {
    switch column {
    case .left(let widest): DisplayText(text).cut(to: widest, charset: .unicode)
    case .right: DisplayText(text)
    }
  }

  private static func padded(_ text: DisplayText, to width: Int, _ column: Column) -> String {
    let blanks = String(repeating: " ", count: width - text.width)
    switch column {
    case .left: return text.text + blanks
    case .right: return blanks + text.text
    }
  }
}
