extension ValueKind where Value == String {
  /// A regular expression that compiles, has so many groups (nil: any number), and answers quickly
  /// whatever is scanned: one that does not would freeze the door, since a match cannot be stopped.
  static func regularExpression(groups: Int?) -> Self {
    let expectation =
      groups == 1 ? "a regular expression with exactly one group" : "a regular expression"
    return Self(expectation: expectation, spell: \.self) { text throws(ValueRefusal) in
      switch PatternProbe.examine(text) {
      case .sound(let found):
        if let groups, groups != found {
          throw ValueRefusal(
            expected: expectation,
            reason: "it has \(found == 0 ? "none" : "\(found)"); (?:…) groups without taking out")
        }
        return text
      case .tooLong(let limit):
        throw ValueRefusal(
          expected: expectation, reason: "it is longer than \(limit) characters")
      case .invalid(let complaint):
        throw ValueRefusal(expected: expectation, reason: ShownText.clean(complaint, limit: 120))
      case .slow(let length):
        throw ValueRefusal(
          expected: expectation + " that answers at once",
          reason: "it takes over \(PatternProbe.limitMilliseconds) ms on \(length) characters")
      }
    }
  }
}
