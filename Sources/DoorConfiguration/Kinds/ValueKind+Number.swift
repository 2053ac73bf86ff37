import Foundation

extension ValueKind where Value == Int {
  /// Decimal digits only: `0x10`, `1e3` and `1_000` are more likely a slip than meant.
  static func wholeNumber(_ range: ClosedRange<Int>, unit: String? = nil) -> Self {
    let expectation =
      "a whole number from \(range.lowerBound) to \(range.upperBound)"
      + (unit.map { " (\($0))" } ?? "")
    return Self(expectation: expectation, spell: \.description) { text throws(ValueRefusal) in
      let trimmed = text.trimmingCharacters(in: .whitespaces)
      guard let number = Int(trimmed), range.contains(number) else {
        throw ValueRefusal(expected: expectation)
      }
      return number
    }
  }
}

extension ValueKind where Value == Double {
  /// A whole number, or one with decimals after a point.
  static func number(_ range: ClosedRange<Double>, unit: String) -> Self {
    let ends = (spelling(range.lowerBound), spelling(range.upperBound))
    let expectation = "a number from \(ends.0) to \(ends.1) (\(unit))"
    return Self(expectation: expectation, spell: spelling) { text throws(ValueRefusal) in
      let trimmed = text.trimmingCharacters(in: .whitespaces)
      // `Double` alone would take "nan", "inf", "1e1" and "0x1p3" as well.
      guard trimmed.wholeMatch(of: /[0-9]+(\.[0-9]+)?/) != nil, let number = Double(trimmed),
        range.contains(number)
      else { throw ValueRefusal(expected: expectation) }
      return number
    }
  }

  @Sendable private static func spelling(_ number: Double) -> String {
    number.rounded() == number ? String(Int(number)) : String(number)
  }
}

extension ValueKind where Value == Bool {
  static var boolean: Self {
    let expectation = "true or false (yes, no, on, off)"
    return Self(expectation: expectation, spell: \.description) {
      text throws(ValueRefusal) in
      switch text.trimmingCharacters(in: .whitespaces).lowercased() {
      case "true", "yes", "on": return true
      case "false", "no", "off": return false
      default: throw ValueRefusal(expected: expectation)
      }
    }
  }
}
