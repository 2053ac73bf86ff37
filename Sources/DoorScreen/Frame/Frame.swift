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
  package private(set) var rows: [[Cell]]
  /// Where the terminal's cursor blinks; nil hides it.
  package var cursor: Position?

  package init(size: Size) {
    self.size = size
    rows = Array(
      repeating: Array(repeating: Cell(), count: max(0, size.columns)), count: max(0, size.rows))
  }

  /// Gives every cell of a part the same content, at once. What lies outside the frame is left out.
  mutating func fill(rows part: Range<Int>, columns: Range<Int>, with cell: Cell) {
    for row in part.clamped(to: rows.indices) {
      let columns = columns.clamped(to: rows[row].indices)
      guard !columns.isEmpty else { continue }
      // Half of a wide character must not stay behind when the other half is overwritten.
      if rows[row][columns.lowerBound].isContinuation {
        rows[row][columns.lowerBound - 1].text = " "
      }
      if columns.upperBound < rows[row].count, rows[row][columns.upperBound].isContinuation {
        rows[row][columns.upperBound].text = " "
      }
      for column in columns { rows[row][column] = cell }
    }
  }

  package subscript(row: Int, column: Int) -> Cell {
    get { rows[row][column] }
    set { rows[row][column] = newValue }
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
  /// One grapheme, free of control characters; empty in a continuation.
  package var text: String
  package var style: Style

  package init(_ text: String = " ", style: Style = Style(.plain)) {
    self.text = text
    self.style = style
  }

  package var isContinuation: Bool { text.isEmpty }
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
