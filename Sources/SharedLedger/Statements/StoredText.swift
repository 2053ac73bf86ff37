/// Texts as PostgreSQL can hold them: it has no NUL, which a hostile barcode may. Another control
/// character that no honest text has stands for it, and for itself, so that nothing is lost and
/// different texts stay different.
enum StoredText {
  private static let mark: Unicode.Scalar = "\u{1A}"

  static func stored(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0 || $0 == 0x1A }) else { return text }
    var stored = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\0": stored.append(contentsOf: [mark, "0"])
      case mark: stored.append(contentsOf: [mark, "1"])
      default: stored.append(scalar)
      }
    }
    return String(stored)
  }

  static func text(_ stored: String) -> String {
    guard stored.utf8.contains(0x1A) else { return stored }
    var text = String.UnicodeScalarView()
    var isMarked = false
    for scalar in stored.unicodeScalars {
      if isMarked {
        text.append(scalar == "0" ? "\0" : mark)
        isMarked = false
      } else if scalar == mark {
        isMarked = true
      } else {
        text.append(scalar)
      }
    }
    return String(text)
  }
}
