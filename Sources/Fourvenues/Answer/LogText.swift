import FoundationEssentials

/// What a log may hold of a service's text: little, on one line, and nothing that could be a
/// secret, a code or a guest (Contract: Privacy and safety).
enum LogText {
  /// Bytes of a body that are looked at.
  static let longestRead = 4096
  private static let longestWritten = 80
  /// Letters and digits in a row that no word has.
  private static let longestRun = 12
  /// Letters and digits of a secret that are taken for a part of it.
  private static let shortestPart = 4
  private static let mask = "…"

  /// - Parameters:
  ///   - body: its first `longestRead` bytes, or all of it.
  ///   - hidden: secrets and codes, which a service may echo in any form.
  static func cleaned(_ body: Data, hiding hidden: [String]) -> String {
    if let message = message(in: body) { return masked(message, hiding: hidden) }
    var text = String(decoding: body.prefix(longestRead), as: UTF8.self)
    // What the cut went through is no longer known by its form.
    if body.count >= longestRead, let end = text.lastIndex(where: \.isWhitespace) {
      text = String(text[..<end])
    }
    return masked(text, hiding: hidden)
  }

  /// Any text that is not ours.
  static func masked(_ text: String, hiding hidden: [String]) -> String {
    var characters = text.unicodeScalars.prefix(longestRead).map { scalar -> Character in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
        .unassigned, .spaceSeparator:
        " "
      default: Character(scalar)
      }
    }
    for secret in hidden { hide(secret, in: &characters) }
    let words = characters.split(separator: " ").map(masked(word:))
    var written = ""
    for word in words where !(word == mask && written.hasSuffix(mask)) {
      if !written.isEmpty { written += " " }
      written += word
      if written.count > longestWritten { return written.prefix(longestWritten) + mask }
    }
    return written
  }

  /// What stands between blanks, in parts that punctuation divides. What has a digit, an address's
  /// sign, an escape or a letter case that changes inside is no word of any language; what has a
  /// capital may be a name, and so may letters that have none.
  private static func masked(word: some Collection<Character>) -> String {
    let isMasked: (ArraySlice<Character>) -> Bool = { part in
      part.contains {
        $0.isNumber || "@＠﹫%\\_&=+~…".contains($0) || $0.isLetter && !$0.isCased
      }
        || part.split { !$0.isLetter }.contains { run in
          run.contains(where: \.isUppercase) && !LogWords.known.contains(String(run).lowercased())
        }
        || part.split { !$0.isLetter }.contains { run in
          run.count > longestRun
            || zip(run, run.dropFirst()).contains { $0.isLowercase && $1.isUppercase }
        }
    }
    if word.contains(where: { "@＠﹫".contains($0) }) { return mask }
    var written = ""
    var part: [Character] = []
    func end() -> String {
      defer { part = [] }
      return isMasked(part[...]) ? mask : String(part)
    }
    for character in word {
      if "\"'<>()[]{},;:!?|".contains(character) {
        written += end()
        written.append(character)
      } else {
        part.append(character)
      }
    }
    return written + end()
  }

  /// `{"error": "…"}` or `{"message": "…"}`: what else stands beside it may be about a customer.
  private static func message(in body: Data) -> String? {
    struct Fields: Decodable {
      let text: String?

      enum Key: String, CodingKey { case error, message }

      init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        text = fields.text(.error) ?? fields.text(.message)
      }
    }
    guard let fields = try? JSONDecoder().decode(Fields.self, from: body) else { return nil }
    return fields.text ?? "(JSON without a message)"
  }

  /// Masks every part of `secret` that is long enough to be told from a word, whatever stands
  /// between its letters, in either case.
  private static func hide(_ secret: String, in characters: inout [Character]) {
    let needle = secret.filter { $0.isLetter || $0.isNumber }.lowercased().map(\.self)
    guard !needle.isEmpty else { return }
    let length = min(shortestPart, needle.count)
    let parts = Set((0...(needle.count - length)).map { String(needle[$0..<($0 + length)]) })
    let places = characters.indices.filter { characters[$0].isLetter || characters[$0].isNumber }
    guard places.count >= length else { return }
    var covered = Set<Int>()
    for first in 0...(places.count - length) {
      let run = places[first..<(first + length)]
      guard parts.contains(run.map { characters[$0].lowercased() }.joined()) else { continue }
      covered.formUnion(places[first]...places[first + length - 1])
    }
    // The blanks between stay, so that the words around remain words.
    for index in covered where characters[index] != " " { characters[index] = "…" }
  }
}
