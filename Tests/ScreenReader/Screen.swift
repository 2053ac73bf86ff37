import Glibc

/// A colour as the terminal shows it.
package struct ScreenColour: Sendable, Equatable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8
  /// Number in the palette; nil for one given as red, green and blue.
  package var index: Int?
  /// The terminal's own, which nobody has asked for.
  package var isDefault: Bool

  package init(red: UInt8, green: UInt8, blue: UInt8, index: Int? = nil, isDefault: Bool) {
    self.red = red
    self.green = green
    self.blue = blue
    self.index = index
    self.isDefault = isDefault
  }

  /// As WCAG defines it, 0 for black to 1 for white.
  package var luminance: Double {
    func linear(_ part: UInt8) -> Double {
      let value = Double(part) / 255
      return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// As WCAG defines it, 1 (the same) to 21.
  package func contrast(to other: ScreenColour) -> Double {
    let lights = [luminance, other.luminance].sorted()
    return (lights[1] + 0.05) / (lights[0] + 0.05)
  }
}

package struct ScreenCell: Sendable, Equatable {
  /// Empty in the right half of a wide character; a space where nothing is.
  package var text: String
  /// 1 or 2.
  package var width: Int
  /// As set, before `isReverse` exchanges the two.
  package var foreground: ScreenColour
  package var background: ScreenColour
  package var isBold: Bool
  package var isReverse: Bool
  package var isUnderlined: Bool
  package var isBlinking: Bool
}

/// What a terminal shows at one moment.
package struct Screen: Sendable, Equatable {
  package var cells: [[ScreenCell]]
  package var cursor: (row: Int, column: Int) { (cursorRow, cursorColumn) }
  package var isCursorVisible: Bool
  /// The second screen, without scrollback, which `smcup` switches to.
  package var isAlternate: Bool
  package var title: String?
  package var bells: Int
  var cursorRow: Int
  var cursorColumn: Int

  package var rows: Int { cells.count }
  package var columns: Int { cells.first?.count ?? 0 }

  /// Text of a row, without the spaces at its end; empty beyond the last one.
  package func text(row: Int) -> String {
    guard cells.indices.contains(row) else { return "" }
    var text = cells[row].map(\.text).joined()
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  /// All rows, each without the spaces at its end.
  package var text: String { cells.indices.map(text(row:)).joined(separator: "\n") }

  package func contains(_ text: String) -> Bool { position(of: text) != nil }

  /// Where the text begins, from the top; it must stand in one row. The column counts cells.
  package func position(of text: String) -> (row: Int, column: Int)? {
    for (row, cells) in cells.enumerated() {
      for column in cells.indices where !cells[column].text.isEmpty {
        let rest = cells[column...].map(\.text).joined()
        if rest.hasPrefix(text) { return (row, column) }
      }
    }
    return nil
  }

  /// The first cell of the text, with its colours.
  package func cell(at text: String) -> ScreenCell? {
    position(of: text).map { cells[$0.row][$0.column] }
  }
}

/// A test that fails shows the picture, not two thousand cells.
extension Screen: CustomStringConvertible {
  package var description: String { "\n\(text)" }
}
