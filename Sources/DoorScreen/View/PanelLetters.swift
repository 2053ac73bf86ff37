import Formatting

/// Finds how large a panel's word can be, and what fits below it in letters of half its height.
struct PanelLetters {
  let content: PanelContent
  let columns: Int
  let rows: Int
  /// Rows below the content's lines that the caller fills.
  let linesWanted: Int
  let charset: Charset

  struct Block: Equatable {
    var word: BlockWord
    var scale: BlockWord.Scale
    /// Free rows above it; its accents stand in the last of them.
    var above: Int
  }

  struct Arrangement: Equatable {
    var blocks: [Block]
    /// Free rows below them.
    var below: Int
  }

  /// Nil where only plain text fits.
  var arrangement: Arrangement? {
    guard let alone = wordAlone else { return nil }
    let all = content.subtitles
    let required = all.filter { !$0.isOptional }
    // A name costs no line, and on a small screen makes the word one size smaller at most.
    let least = isRoomy ? 2 : max(2, alone.blocks[0].scale.rows - 1)
    if all.count > required.count, let found = with(all, least: least, keepsLines: true) {
      return found
    }
    if !required.isEmpty,
      let found = with(required, least: 2, keepsLines: true)
        ?? with(required, least: 2, keepsLines: false)
    {
      return found
    }
    return alone
  }

  /// The largest word for which the lines find room; low ones are joined first.
  private var wordAlone: Arrangement? {
    for tall in stride(from: rows / BlockFont.rows, through: 1, by: -1) {
      guard let (word, scale) = word(tall: tall) else { continue }
      let left = rows - BlockFont.rows * tall
      guard tall == 1 ? left >= min(2, linesNeeded) : fits(left) else { continue }
      let spare = max(0, left - rowsOfLines(in: left))
      var above = spare > 0 ? min(spare, tall) / 2 + spare % 2 : 0
      var below = min(tall, spare - above)
      if above == 0, below > 0, !word.accents.isEmpty {
        above = 1
        below -= 1
      }
      return Arrangement(blocks: [Block(word: word, scale: scale, above: above)], below: below)
    }
    return nil
  }

  private func with(
    _ subtitles: [PanelContent.Subtitle], least: Int, keepsLines: Bool
  ) -> Arrangement? {
    guard rows / BlockFont.rows >= least else { return nil }
    for tall in stride(from: rows / BlockFont.rows, through: least, by: -1) {
      guard let (word, scale) = word(tall: tall) ?? anyWord(tall: tall) else { continue }
      var blocks = [Block(word: word, scale: scale, above: 0)]
      for subtitle in subtitles {
        guard let block = block(subtitle, tall: tall / 2) else { break }
        blocks.append(block)
      }
      guard blocks.count == subtitles.count + 1 else { continue }
      let used = blocks.reduce(0) { $0 + $1.above + BlockFont.rows * $1.scale.rows }
      let left = rows - used
      guard left >= 1, keepsLines ? fits(left) : left >= min(Self.mostNeeded, linesNeeded) else {
        continue
      }
      let spare = left - rowsOfLines(in: left)
      if spare > 0 { blocks[0].above = 1 }
      return Arrangement(blocks: blocks, below: spare > 1 ? 1 : 0)
    }
    return nil
  }

  /// At half the height, or less where it is too broad for that.
  private func block(_ subtitle: PanelContent.Subtitle, tall: Int) -> Block? {
    for tall in stride(from: tall, through: 1, by: -1) {
      for word in subtitle.words {
        guard let scale = word.scale(columns: columns, rows: BlockFont.rows * tall),
          scale.rows == tall
        else { continue }
        return Block(word: word, scale: scale, above: 1)
      }
    }
    return nil
  }

  /// The fullest word that fits at that height and at no greater one, unless one with less beside it
  /// can be twice as tall.
  private func word(tall: Int) -> (BlockWord, BlockWord.Scale)? {
    var best: (word: BlockWord, scale: BlockWord.Scale)?
    let isTooNarrow = !content.words.contains { $0.width <= columns }
    for word in isTooNarrow ? content.lastResort : content.words {
      guard let scale = word.scale(columns: columns, rows: BlockFont.rows * tall) else { continue }
      if best == nil || scale.rows >= 2 * (best?.scale.rows ?? 0) { best = (word, scale) }
    }
    return best.flatMap { $0.scale.rows == tall ? ($0.word, $0.scale) : nil }
  }

  /// The first word with all that stands beside it that fits at that height and at no greater one.
  private func anyWord(tall: Int) -> (BlockWord, BlockWord.Scale)? {
    for word in content.words where word.parts.count == content.words[0].parts.count {
      let scale = word.scale(columns: columns, rows: BlockFont.rows * tall)
      if let scale, scale.rows == tall { return (word, scale) }
    }
    return nil
  }

  /// The panel of a screen of 100×30 or more.
  private var isRoomy: Bool { columns >= 100 && rows >= 20 }

  /// Lines that a refusal keeps below its reason: that in plain text, and the name.
  private static let mostNeeded = 2
  private var linesNeeded: Int { content.lines.count + linesWanted }

  private var fitting: LineFitting {
    LineFitting(
      columns: columns >= 20 ? columns - 2 : columns,
      mark: DisplayText.width(of: content.mark, charset: charset), charset: charset)
  }

  private func fits(_ rows: Int) -> Bool {
    fitting.fits(content.lines, rows: rows - linesWanted)
  }

  /// Of the rows there are, those that the lines take.
  private func rowsOfLines(in rows: Int) -> Int {
    let lines = fitting.fitted(content.lines, rows: max(1, rows - linesWanted))
    let taken = fitting.rows(for: lines, in: max(1, rows - linesWanted)).reduce(0, +)
    return min(rows, taken + linesWanted)
  }
}
