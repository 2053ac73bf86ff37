import Formatting

/// What goes into a cell for a frame's glyph, in a way that no text can act on the terminal.
enum CellText {
  /// What stands for something that cannot be shown.
  static let substitute: [UInt32] = [0x3F]

  /// - Parameters:
  ///   - width: cells that the frame gives the glyph, 1 or 2.
  ///   - widthOf: cells that the terminal's locale gives a scalar; -1 where it has none.
  /// - Returns: a base character with the marks that combine with it.
  static func scalars(
    of glyph: Glyph, width: Int, widthOf: (UInt32) -> Int
  ) -> [UInt32] {
    let scalars = glyph.scalars
    // A frame promises this already; here it is the last gate before the tty.
    guard let base = scalars.first, scalars.allSatisfy(isHarmless) else { return substitute }
    let baseWidth = widthOf(base.value)
    guard baseWidth > 0, baseWidth <= width else { return substitute }
    // A second character with a width of its own would move everything to its right.
    let marks = scalars.dropFirst().prefix { widthOf($0.value) == 0 }.filter(combines)
    return [base.value] + marks.map(\.value)
  }

  /// False for what moves, hides or reorders: controls, formats (bidirectional ones among them) and
  /// line separators. The joiners inside a name or an emoji are formats too, and no harm.
  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
    case .format: scalar.value == 0x200C || scalar.value == 0x200D
    default: true
    }
  }

  /// Joiners would join the next cell's character, and a selector changes the width behind curses'
  /// back.
  private static func combines(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory != .format && !(0xFE00...0xFE0F).contains(scalar.value)
  }
}
