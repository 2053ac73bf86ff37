/// Keys of a document that were renamed so that a mapping has no key twice.
struct DocumentRenamings {
  /// By the private-use scalar that stands in for the name's first one.
  private var originals: [Unicode.Scalar: String] = [:]

  var count: Int { originals.count }

  /// - Returns: the text with the key at that place renamed, every other place unmoved; nil where
  ///   nothing stands there that can be replaced.
  mutating func rename(_ name: String, line: Int, column: Int, in text: String) -> String? {
    var scalars = Array(text.unicodeScalars)
    guard var index = Self.index(line: line, column: column, in: scalars),
      let substitute = Unicode.Scalar(0xF_0000 + UInt32(originals.count))
    else { return nil }
    if scalars[index] == "\"" || scalars[index] == "'" {
      let quote = scalars[index]
      index += 1
      guard index < scalars.count, scalars[index] != quote else { return nil }
    }
    scalars[index] = substitute
    originals[substitute] = name
    var renamed = String.UnicodeScalarView()
    renamed.append(contentsOf: scalars)
    return String(renamed)
  }

  func original(of string: String) -> String {
    guard let first = string.unicodeScalars.first else { return string }
    return originals[first] ?? string
  }

  /// YAML's lines end at more than line feeds.
  private static func index(line: Int, column: Int, in scalars: [Unicode.Scalar]) -> Int? {
    let breaks: Set<Unicode.Scalar> = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
    var index = 0
    var current = 1
    while current < line, index < scalars.count {
      let scalar = scalars[index]
      index += 1
      guard breaks.contains(scalar) else { continue }
      if scalar == "\r", index < scalars.count, scalars[index] == "\n" { index += 1 }
      current += 1
    }
    index += column - 1
    return scalars.indices.contains(index) ? index : nil
  }
}
