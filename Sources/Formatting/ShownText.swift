/// How a text that somebody else wrote may stand in a message.
package enum ShownText {
  /// Cut, and without what a terminal would obey: control, format and separator characters are
  /// written out.
  package static func clean(_ text: String, limit: Int) -> String {
    let scalars = text.unicodeScalars
    let kept = scalars.prefix(limit).map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        "\\u{\(String(scalar.value, radix: 16))}"
      default: String(scalar)
      }
    }
    return kept.joined() + (scalars.dropFirst(limit).isEmpty ? "" : "…")
  }

  package static func quoted(_ text: String, limit: Int = 40) -> String {
    "\"\(clean(text, limit: limit))\""
  }
}
