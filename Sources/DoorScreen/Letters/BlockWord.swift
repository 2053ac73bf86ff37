/// A word in block letters with what stands beside it, before it is known how large it can be.
struct BlockWord: Equatable {
  /// Symbol, word and number, in reading order, two columns apart.
  var parts: [String]

  /// How many cells of the terminal one cell of the font becomes.
  struct Scale: Equatable {
    var columns: Int
    var rows: Int
  }

  /// Which cells are filled, row by row, at scale 1. A character without a shape is left out.
  var bitmap: [[Bool]] {
    var rows = Array(repeating: [Bool](), count: BlockFont.rows)
    for (index, part) in parts.enumerated() {
      if index > 0 { append(Array(repeating: "..", count: BlockFont.rows), to: &rows) }
      let shapes = part.compactMap(BlockFont.shape)
      for (position, shape) in shapes.enumerated() {
        if position > 0 { append(Array(repeating: ".", count: BlockFont.rows), to: &rows) }
        append(shape, to: &rows)
      }
    }
    return rows
  }

  var width: Int { bitmap[0].count }

  /// Which cells of the row above it are filled, by column, at scale 1.
  var accents: [Int] {
    var accents: [Int] = []
    var column = 0
    for part in parts {
      for character in part {
        guard let width = BlockFont.shape(of: character)?[0].count else { continue }
        for (x, isFilled) in (BlockFont.accent(of: character) ?? []).enumerated() where isFilled {
          accents.append(column + x)
        }
        column += width + 1
      }
      column += 1
    }
    return accents
  }

  /// The largest scale that fits: as tall as possible, then as broad as looks like the same letters.
  func scale(columns: Int, rows: Int) -> Scale? {
    let width = width
    guard width > 0, columns >= width, rows >= BlockFont.rows else { return nil }
    for tall in stride(from: rows / BlockFont.rows, through: 1, by: -1) {
      for broad in stride(from: 2 * tall, through: tall, by: -1) where width * broad <= columns {
        return Scale(columns: broad, rows: tall)
      }
    }
    return nil
  }

  private func append(_ shape: [String], to rows: inout [[Bool]]) {
    for row in rows.indices { rows[row] += shape[row].map { $0 == "#" } }
  }
}
