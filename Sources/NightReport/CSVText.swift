import Formatting

/// Rows for spreadsheets (RFC 4180).
enum CSVText {
  /// Without the line end, CR and LF.
  static func lines(_ names: [String], _ rows: [[String]]) -> [String] {
    ([names] + rows).map { $0.map(quoted).joined(separator: ",") }
  }

  /// Text from strangers in which no cell begins as a formula does: an apostrophe goes before it. The
  /// same after a semicolon, where spreadsheets of half of Europe begin a new cell.
  static func harmless(_ text: String) -> String {
    var harmless = ""
    var isAtStart = true
    for character in DisplayText.cleaned(text) {
      // Marks that follow the sign belong to its character, so the scalar is what is looked at.
      if isAtStart, let first = character.unicodeScalars.first, formulaSigns.contains(first) {
        harmless.append("'")
      }
      harmless.append(character)
      isAtStart = character == ";" || isAtStart && (character == " " || character == "\"")
    }
    return harmless
  }

  /// Those that begin a formula, with their full-width forms.
  private static let formulaSigns: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]

  private static func quoted(_ cell: String) -> String {
    let needsQuotes = cell.unicodeScalars.contains {
      $0 == "," || $0 == "\"" || $0 == ";" || $0 == " " || $0 == "\r" || $0 == "\n"
    }
    return needsQuotes ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
  }
}
