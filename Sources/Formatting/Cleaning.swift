extension DisplayText {
  /// A hostile text may have any length; no honest name, state or code comes near this many
  /// scalars.
  static let longest = 1024
  /// Marks kept on one character: enough for Vietnamese or Hebrew, too few to climb over other
  /// rows.
  private static let mostMarks = 2

  /// Whether each byte is a character that can be seen, or a blank, in a cell of its own. Most texts
  /// are our own words.
  static func isPlain(_ text: String) -> Bool {
    text.utf8.count <= longest && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }

  /// The text without anything that could act on a terminal or deceive the reader: control and
  /// escape characters, bidirectional marks and overrides, zero-width and unassigned characters go;
  /// tabs, line ends and every kind of blank become a space (Contract: Scans).
  package static func cleaned(_ text: String) -> String {
    if isPlain(text) { return text }
    var cleaned = String.UnicodeScalarView()
    clean(text) { cleaned.append($0) }
    return String(cleaned)
  }

  /// Calls `use` with what is left of the text, scalar by scalar.
  static func clean(_ text: String, use: (Unicode.Scalar) -> Void) {
    // A mark needs something to stand on.
    var marks = mostMarks
    var left = longest
    for scalar in text.unicodeScalars {
      guard left > 0 else { return }
      left -= 1
      switch treatment(of: scalar) {
      case .keep:
        use(scalar)
        marks = 0
      case .blank:
        use(" ")
        marks = mostMarks
      case .mark:
        guard marks < mostMarks else { continue }
        use(scalar)
        marks += 1
      case .remove: continue
      }
    }
  }

  private enum Treatment { case keep, blank, mark, remove }

  private static func treatment(of scalar: Unicode.Scalar) -> Treatment {
    if (0x20...0x7E).contains(scalar.value) { return scalar == " " ? .blank : .keep }
    switch scalar.value {
    case 0x09...0x0D, 0x85: return .blank
    // Letters and signs of Latin, all but the soft hyphen.
    case 0xA1...0xAC, 0xAE...0x2FF: return .keep
    // Decomposed Hangul: default-ignorable fillers lie in the same range, so they are asked for
    // first.
    case _ where scalar.properties.isDefaultIgnorableCodePoint: return .remove
    default: break
    }
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return .blank
    case .control, .format, .surrogate, .privateUse, .unassigned: return .remove
    case .nonspacingMark, .enclosingMark: return .mark
    default: return CharacterWidth.isMark(scalar) ? .mark : .keep
    }
  }
}
