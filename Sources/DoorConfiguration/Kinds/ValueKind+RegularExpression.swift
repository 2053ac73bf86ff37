import Scanner

extension ValueKind where Value == String {
  /// A regular expression (PCRE2) that compiles and has so many groups; nil: any number.
  static func regularExpression(groups: Int?) -> Self {
    let expectation =
      groups == 1 ? "a regular expression with exactly one group" : "a regular expression"
    return Self(expectation: expectation, spell: \.self) { text throws(ValueRefusal) in
      let found: Int
      do {
        found = try RegularExpression(text).groupCount
      } catch {
        throw ValueRefusal(expected: expectation, reason: "\(error)")
      }
      if let groups, groups != found {
        throw ValueRefusal(
          expected: expectation,
          reason: "it has \(found == 0 ? "none" : "\(found)"); (?:…) groups without taking out")
      }
      return text
    }
  }
}
