package import Formatting

/// Rows and columns of a terminal, in cells.
package struct Size: Sendable, Equatable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A finished picture of the screen: `size.rows` rows of exactly `size.columns` cells. It knows what
/// each cell means, and leaves colours and bytes to the terminal.
package struct Frame: Sendable, Equatable {
  package let size: Size
  /// Row by row.
  package private(set) var cells: [Cell]
  /// Where the terminal's cursor blinks; nil hides it.
  package var cursor: Position?

  package init(size: Size) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    cells = Array(repeating: Cell(), count: self.size.columns * self.size.rows)
  }

  package var rows: [[Cell]] { (0..<size.rows).map { Array(row($0)) } }

  package func row(_ row: Int) -> ArraySlice<Cell> {
    cells[row * size.columns..<(row + 1) * size.columns]
  }

  /// The first cell of a part of a row that is not as in a frame of the same size.
  package func firstChange(since old: Frame, row: Int, columns: Range<Int>) -> Int? {
    let start = row * size.columns
    return columns.first { cells[start + $0] != old.cells[start + $0] }
  }

  /// Whether there is such a cell.
  func has(row: Int, column: Int) -> Bool {
    (0..<size.rows).contains(row) && (0..<size.columns).contains(column)
  }

  /// Gives every cell of a part the same content, at once. What lies outside the frame is left out.
  mutating func fill(rows part: Range<Int>, columns: Range<Int>, with cell: Cell) {
    let columns = columns.clamped(to: 0..<size.columns)
    guard !columns.isEmpty else { return }
    for row in part.clamped(to: 0..<size.rows) {
      dropHalves(row: row, columns: columns)
      let start = row * size.columns
      for index in start + columns.lowerBound..<start + columns.upperBound { cells[index] = cell }
    }
  }

  /// Half of a wide character must not stay behind when the other half is overwritten.
  mutating func dropHalves(row: Int, columns: Range<Int>) {
    let start = row * size.columns
    if columns.lowerBound > 0, cells[start + columns.lowerBound].isContinuation {
      cells[start + columns.lowerBound - 1].glyph = .blank
    }
    if columns.upperBound < size.columns, cells[start + columns.upperBound].isContinuation {
      cells[start + columns.upperBound].glyph = .blank
    }
  }

  package subscript(row: Int, column: Int) -> Cell {
    get { cells[row * size.columns + column] }
    _modify { yield &cells[row * size.columns + column] }
  }
}

package struct Position: Sendable, Equatable {
  package var row: Int
  package var column: Int

  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// One cell. A character two cells wide stands in the left one; the right one is a `continuation`.
package struct Cell: Sendable, Equatable {
  /// Free of control characters; none in a continuation.
  package var glyph: Glyph
  package var style: Style

  package init(_ glyph: Glyph = .blank, style: Style = Style(.plain)) {
    self.glyph = glyph
    self.style = style
  }

  package init(_ text: String, style: Style = Style(.plain)) {
    self.init(Glyph(text), style: style)
  }

  package var text: String { glyph.text }
  package var isContinuation: Bool { glyph.isNone }
}

/// What a cell means. The terminal's palette decides how that looks with 256, 8 or no colours.
package struct Style: Sendable, Hashable {
  package enum Role: Sendable, Hashable, CaseIterable {
    /// Ordinary text on the ordinary background.
    case plain
    /// Less important than plain.
    case faint
    /// The constant line at the top.
    case header
    /// A constant warning.
    case banner
    /// The three verdicts' panels and strips.
    case admit, refuse, unverified
    /// A look without admitting: blue, never green.
    case look
    /// A panel without a verdict: idle, looking up, a repeat.
    case neutral
    /// What a person does by hand: the field in which a code is typed, what is selected, whom they let in.
    case field
  }

  package var role: Role
  package var isBold: Bool
  /// Text and background exchanged.
  package var isReversed = false

  package init(_ role: Role, isBold: Bool = false) {
    self.role = role
    self.isBold = isBold
  }
}
