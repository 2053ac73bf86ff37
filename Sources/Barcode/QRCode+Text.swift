extension QRCode {
  /// How a terminal is told which modules are dark.
  package enum Ink: Sendable, CaseIterable {
    /// Black on white, whatever the terminal's own colours are.
    case colours
    /// What is drawn is what is light: right on a dark background alone.
    case terminalsOwn
  }

  /// The code with its quiet zone, drawn dark on light for a scanner that reads screens.
  /// - Parameter usesUnicode: a character holds two rows of a column, in half blocks; otherwise two
  ///   characters hold one module, since a character of a terminal is about twice as high as wide.
  package func textLines(usesUnicode: Bool, ink: Ink) -> [String] {
    let all = -Self.quietZone..<(size + Self.quietZone)
    let lines =
      usesUnicode
      ? stride(from: all.lowerBound, to: all.upperBound, by: 2).map { row in
        all.map { halfBlocks(row: row, column: $0, ink: ink) }.joined()
      }
      : all.map { row in all.map { blanks(row: row, column: $0, ink: ink) }.joined() }
    switch ink {
    case .terminalsOwn: return lines
    case .colours: return lines.map { "\u{1B}[30;47m\($0)\u{1B}[0m" }
    }
  }

  /// Cells that `textLines` take.
  package func textColumns(usesUnicode: Bool) -> Int {
    side * (usesUnicode ? 1 : 2)
  }

  private func halfBlocks(row: Int, column: Int, ink: Ink) -> String {
    let isUpperDrawn = isDark(row: row, column: column) == (ink == .colours)
    // The square has an odd number of rows: the last one's lower half is drawn like the quiet zone.
    let isLowerDrawn = isDark(row: row + 1, column: column) == (ink == .colours)
    return switch (isUpperDrawn, isLowerDrawn) {
    case (true, true): "█"
    case (true, false): "▀"
    case (false, true): "▄"
    case (false, false): " "
    }
  }

  private func blanks(row: Int, column: Int, ink: Ink) -> String {
    let isDark = isDark(row: row, column: column)
    return switch ink {
    case .colours: isDark ? "\u{1B}[40m  \u{1B}[47m" : "  "
    case .terminalsOwn: isDark ? "  " : "##"
    }
  }
}
