/// A text in lines that are no wider than so many cells, broken between words.
package struct WrappedText {
  package let lines: [String]

  /// - Parameter columns: nil breaks nothing but at line breaks. A word that is wider is cut across.
  package init(_ text: String, columns: Int?) {
    let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let columns else {
      lines = paragraphs.map(String.init)
      return
    }
    lines = paragraphs.flatMap { Self.broken($0, columns: max(8, columns)) }
  }

  private static func broken(_ paragraph: Substring, columns: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if DisplayText(longer).width <= columns {
        line = longer
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = String(word)
      while DisplayText(line).width > columns {
        let piece = fitting(line, columns: columns)
        lines.append(String(piece))
        line = String(line.dropFirst(piece.count))
      }
    }
    return lines + [line]
  }

  private static func fitting(_ word: String, columns: Int) -> Substring {
    var piece = word.prefix(columns)
    while piece.count > 1, DisplayText(String(piece)).width > columns { piece.removeLast() }
    return piece
  }
}
