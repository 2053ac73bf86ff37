import Formatting
import Foundation

/// A guest's name as block letters can show it.
struct BlockName {
  /// The whole name, then shorter ones; empty where a letter of the first name has no shape.
  let forms: [String]

  init(_ name: String) {
    let words = Self.withoutAccents(DisplayText.cleaned(name)).uppercased().split(separator: " ")
      .map(String.init)
    guard let first = words.first, Self.isDrawable(first) else {
      forms = []
      return
    }
    let whole = words.joined(separator: " ")
    var forms: [String] = []
    if Self.isDrawable(whole) { forms.append(whole) }
    if words.count > 1, let initial = words[1].first, Self.isDrawable(String(initial)) {
      forms.append("\(first) \(initial)")
    }
    self.forms = (forms + [first]).filter { $0.count <= Self.longest }
  }

  /// No screen is broad enough for more; a stranger's name may have any length.
  private static let longest = 40

  /// The line of text below has them.
  private static func withoutAccents(_ name: String) -> String {
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return name }
    let plain = name.decomposedStringWithCanonicalMapping.unicodeScalars
      .filter { !$0.properties.isDiacritic || $0.isASCII }
    return String(String.UnicodeScalarView(plain))
  }

  private static func isDrawable(_ text: String) -> Bool {
    text.allSatisfy { BlockFont.letter(of: $0) != nil }
  }
}
