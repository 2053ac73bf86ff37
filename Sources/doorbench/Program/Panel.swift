import ScreenReader

/// A verdict's panel, as far as it is needed to know which one it is.
struct Panel {
  var number: Int
  /// The public name.
  var reason: String
  /// Its rows of cells, strips of earlier verdicts beneath it left out.
  var rows: Range<Int>

  /// Nil where no verdict stands. The running number ends one row, the reason the next one.
  init?(_ screen: Screen) {
    // Header above, list and keys beneath.
    for row in 2..<(screen.rows - 1) {
      guard let word = Self.lastWord(screen, row), word.hasPrefix("#"),
        let number = Int(word.dropFirst()), let reason = Self.lastWord(screen, row + 1)
      else { continue }
      self.number = number
      self.reason = reason
      rows = 2..<min(row + 5, screen.rows - 4)
      return
    }
    return nil
  }

  private static func lastWord(_ screen: Screen, _ row: Int) -> String? {
    screen.text(row: row).split(separator: " ").last.map(String.init)
  }
}
