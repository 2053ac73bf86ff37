/// A word in block letters with what stands beside it, before it is known how large it can be.
struct BlockWord: Equatable {
  /// Symbol, word and number, in reading order, two columns apart.
  let parts: [String]
  /// In cells, at scale 1.
  let width: Int

  init(parts: [String]) {
    self.parts = parts
    width = Self.place(parts) { _, _ in }
  }

  /// How many cells of the terminal one cell of the font becomes.
  struct Scale: Equatable {
    var columns: Int
    var rows: Int
  }

  /// Calls `use` with each stretch of filled cells and its row, at scale 1. A character without a shape
  /// is left out.
  func forEachFilled(_ use: (_ row: Int, _ columns: Range<Int>) -> Void) {
    Self.place(parts) { letter, column in
      for row in 0..<BlockFont.rows {
        var x = 0
        while x < letter.width {
          let start = x
          while x < letter.width, letter.isFilled(x, row: row) { x += 1 }
          if x > start { use(row, column + start..<column + x) }
          x += 1
        }
      }
    }
  }

  /// Which cells of the row above it are filled, by column, at scale 1.
  var accents: [Int] {
    var accents: [Int] = []
    Self.place(parts) { letter, column in
      for x in 0..<letter.width where letter.isFilled(above: x) { accents.append(column + x) }
    }
    return accents
  }

  /// The largest scale that fits: as tall as possible, then as broad as looks like the same letters.
  func scale(columns: Int, rows: Int) -> Scale? {
    guard width > 0, columns >= width, rows >= BlockFont.rows else { return nil }
    for tall in stride(from: rows / BlockFont.rows, through: 1, by: -1) {
      for broad in stride(from: 2 * tall, through: tall, by: -1) where width * broad <= columns {
        return Scale(columns: broad, rows: tall)
      }
    }
    return nil
  }

  /// Calls `use` with each letter and the column at which it begins.
  /// - Returns: the column at which the word ends.
  @discardableResult
  private static func place(_ parts: [String], use: (BlockFont.Letter, Int) -> Void) -> Int {
    var column = 0
    for (index, part) in parts.enumerated() {
      if index > 0 { column += 2 }
      var isFirst = true
      for character in part {
        guard let letter = BlockFont.letter(of: character) else { continue }
        if !isFirst { column += 1 }
        use(letter, column)
        column += letter.width
        isFirst = false
      }
    }
    return column
  }
}
