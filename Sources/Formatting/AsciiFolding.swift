import Foundation

/// Words for a terminal without Unicode: `García` becomes `Garcia`, `Łukasz` `Lukasz`, `王` `?`.
enum AsciiFolding {
  static func folded(_ clean: String) -> String {
    if clean.utf8.allSatisfy({ $0 < 0x80 }) { return clean }
    var folded = ""
    for scalar in clean.unicodeScalars where !CharacterWidth.isMark(scalar) {
      folded += scalar.isASCII ? String(Character(scalar)) : ascii(for: scalar)
    }
    return folded
  }

  private static func ascii(for scalar: Unicode.Scalar) -> String {
    if let known = replacements[scalar] { return known }
    let parts = String(Character(scalar)).decomposedStringWithCompatibilityMapping.unicodeScalars
    guard let base = parts.first else { return "?" }
    if let known = replacements[base] { return known }
    // A compatibility form can unfold into a sentence; a digraph is as long as a name needs.
    let letters = parts.prefix(3).filter { $0.isASCII && $0.value >= 0x20 && $0.value != 0x7F }
    return base.isASCII && !letters.isEmpty
      ? letters.map { String(Character($0)) }.joined() : "?"
  }

  private static let replacements: [Unicode.Scalar: String] = [
    "…": "...", "·": "-", "•": "*", "–": "-", "—": "-", "“": "\"", "”": "\"", "‘": "'", "’": "'",
    "«": "\"", "»": "\"", "›": ">", "✓": "+", "✗": "X", "█": "#", "€": "EUR", "↑": "^", "↓": "v",
    "→": ">",
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i",
    "ħ": "h", "Ħ": "H", "¿": "?", "¡": "!", "×": "x", "º": "o", "ª": "a",
  ]
}
