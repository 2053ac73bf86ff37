import Formatting

/// A rectangle of cells.
struct Area: Equatable {
  var row: Int
  var column: Int
  var rows: Int
  var columns: Int

  var isEmpty: Bool { rows <= 0 || columns <= 0 }

  /// One row of the area; empty where the area has no such row.
  func line(_ index: Int) -> Area {
    Area(row: row + index, column: column, rows: index < rows ? 1 : 0, columns: columns)
  }

  /// The area without `columns` cells at its left and right.
  func inset(_ columns: Int) -> Area {
    Area(row: row, column: column + columns, rows: rows, columns: self.columns - 2 * columns)
  }
}

/// Writes texts into a frame. Everything is cleaned here and clipped to its area.
struct Canvas {
  enum Alignment { case left, centre, right }

  private(set) var frame: Frame
  let charset: Charset
  let isColoured: Bool

  private static let block = Glyph("█")
  private static let asciiBlock = Glyph("#")

  init(size: Size, appearance: Appearance) {
    frame = Frame(size: size)
    charset = appearance.charset
    isColoured = appearance.isColoured
  }

  func text(_ string: String) -> DisplayText { DisplayText(string, charset: charset) }

  mutating func fill(_ area: Area, _ style: Style) {
    frame.fill(
      rows: area.row..<max(area.row, area.row + area.rows),
      columns: area.column..<max(area.column, area.column + area.columns),
      with: Cell(.blank, style: style))
  }

  /// Writes `string` into the first row of `area`, cut to it.
  mutating func write(
    _ string: String, in area: Area, _ style: Style, aligned alignment: Alignment = .left
  ) {
    write(text(string), in: area, style, aligned: alignment)
  }

  mutating func write(
    _ text: DisplayText, in area: Area, _ style: Style, aligned alignment: Alignment = .left
  ) {
    guard !area.isEmpty else { return }
    let shown = text.cut(to: area.columns, charset: charset)
    let free = area.columns - shown.width
    var column = area.column
    switch alignment {
    case .left: break
    case .centre: column += free / 2
    case .right: column += free
    }
    for glyph in shown.glyphs {
      put(glyph, row: area.row, column: column, style)
      column += glyph.width
    }
  }

  /// Draws block letters, their upper left corner at the area's.
  /// - withAccents: the row above the area is theirs.
  mutating func draw(
    _ word: BlockWord, scale: BlockWord.Scale, in area: Area, withAccents: Bool, _ style: Style
  ) {
    let block = Cell(charset == .ascii ? Self.asciiBlock : Self.block, style: style)
    if withAccents {
      for x in word.accents {
        let column = area.column + x * scale.columns
        frame.fill(
          rows: area.row - 1..<area.row, columns: column..<column + scale.columns,
          with: block)
      }
    }
    word.forEachFilled { y, part in
      let row = area.row + y * scale.rows
      let column = area.column + part.lowerBound * scale.columns
      frame.fill(
        rows: row..<row + scale.rows, columns: column..<column + part.count * scale.columns,
        with: block)
    }
  }

  /// Exchanges text and background along the edge of an area, which hides nothing that stands there.
  /// A low area keeps its rows, so that most of it stays as it was.
  mutating func reverseEdge(of area: Area) {
    let sides = area.columns >= 20 ? 2 : 0
    for row in area.row..<max(area.row, area.row + area.rows) {
      let isEdge = area.rows >= 6 && (row == area.row || row == area.row + area.rows - 1)
      for column in area.column..<max(area.column, area.column + area.columns) {
        let isSide = column < area.column + sides || column >= area.column + area.columns - sides
        guard isEdge || isSide, frame.has(row: row, column: column) else { continue }
        frame[row, column].style.isReversed.toggle()
      }
    }
  }

  mutating func placeCursor(row: Int, column: Int) {
    guard frame.has(row: row, column: column) else { return }
    frame.cursor = Position(row: row, column: column)
  }

  private mutating func put(_ glyph: Glyph, row: Int, column: Int, _ style: Style) {
    let end = column + glyph.width
    guard frame.has(row: row, column: column), end <= frame.size.columns else { return }
    frame.dropHalves(row: row, columns: column..<end)
    frame[row, column] = Cell(glyph, style: style)
    if glyph.width == 2 { frame[row, column + 1] = Cell(.none, style: style) }
  }
}
