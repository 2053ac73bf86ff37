/// Writes a value so that the configuration's own reader reads it back.
package enum YAMLScalar {
  /// As it stands where that cannot be misread, else quoted.
  package static func written(_ text: String) -> String {
    isPlain(text) ? text : quoted(text)
  }

  /// In single quotes; with characters that cannot be seen, in double ones.
  package static func quoted(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: needsEscape) else {
      return "'" + text.replacing("'", with: "''") + "'"
    }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      default:
        if needsEscape(scalar) {
          let digits = String(scalar.value, radix: 16)
          quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }

  private static func isPlain(_ text: String) -> Bool {
    let words: Set = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
    let isWord = text.utf8.allSatisfy { (0x61...0x7A).contains($0) }
    let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) } && !text.hasPrefix("0")
    return !text.isEmpty && (isWord && !words.contains(text) || isNumber)
  }

  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
    default: scalar.properties.isWhitespace && scalar != " "
    }
  }
}
