import Foundation

extension ValueKind where Value == Secret {
  /// Goes into a header, so it is visible ASCII; what it is never appears in an error.
  static var secret: Self {
    let expectation = "visible ASCII characters without blanks, at most 4096"
    return Self(expectation: expectation, isSecret: true, spell: hidden) {
      text throws(ValueRefusal) in
      guard text.utf8.count <= 4096, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
        throw ValueRefusal(expected: expectation)
      }
      return Secret(text)
    }
  }

  /// A password: any characters of one line.
  static var password: Self {
    let expectation = "one line of text, at most 1000 characters"
    return Self(expectation: expectation, isSecret: true, spell: hidden) {
      text throws(ValueRefusal) in
      guard !text.isEmpty, text.unicodeScalars.count <= 1000,
        !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
      else { throw ValueRefusal(expected: expectation) }
      return Secret(text)
    }
  }

  @Sendable private static func hidden(_ secret: Secret) -> String { "" }
}

extension ValueKind where Value == PINHash {
  /// A few digits are soon guessed from their hash, so it is a secret as well.
  static var pinHash: Self {
    let expectation = "a hash as \"doorcheck pin\" prints it, which begins with $y$"
    return Self(expectation: expectation, isSecret: true, spell: hidden) {
      text throws(ValueRefusal) in
      guard let hash = PINHash(text.trimmingCharacters(in: .whitespaces)) else {
        throw ValueRefusal(expected: expectation)
      }
      return hash
    }
  }

  @Sendable private static func hidden(_ hash: PINHash) -> String { "" }
}
