import FoundationEssentials

/// Fields that no verdict needs: of another type than the documented one, they are as good as
/// missing, and never spoil the answer.
extension KeyedDecodingContainer {
  /// A number stands for its digits: other services write identifiers so.
  func text(_ key: Key) -> String? {
    if let text = try? decode(String.self, forKey: key) { return text }
    return (try? decode(Int.self, forKey: key)).map(String.init)
  }

  /// A text without blanks around it; nil where nothing is left.
  func words(_ key: Key) -> String? {
    guard let text = text(key)?.trimmingCharacters(while: { $0.isWhitespace }) else { return nil }
    return text.isEmpty ? nil : text
  }

  func integer(_ key: Key) -> Int? {
    try? decode(Int.self, forKey: key)
  }

  /// Whether it is true, or the number that stands for that.
  func flag(_ key: Key) -> Bool {
    (try? decode(Bool.self, forKey: key)) ?? (integer(key) == 1)
  }

  /// A sum of money, as a number or its digits.
  func amount(_ key: Key) -> Decimal? {
    if let amount = try? decode(Decimal.self, forKey: key) { return amount }
    return (try? decode(String.self, forKey: key)).flatMap { Decimal(string: $0) }
  }

  /// An age in years; 0 and what nobody reaches are none.
  func age(_ key: Key) -> Int? {
    let age = integer(key) ?? words(key).flatMap { Int($0) }
    return age.flatMap { (1...120).contains($0) ? $0 : nil }
  }

  /// Unix seconds. What lies outside the years 1970 to 2999 is no time of any night.
  func moment(_ key: Key) -> Date? {
    (try? decode(Double.self, forKey: key)).flatMap(WireTime.date)
  }

  /// Unix seconds or ISO 8601; 0 is no time.
  func anyMoment(_ key: Key) -> Date? {
    let date = moment(key) ?? words(key).flatMap { WireTime.date($0) }
    return date?.timeIntervalSince1970 == 0 ? nil : date
  }
}

/// An element that may be of any type; nil where it is of another than expected.
struct Lenient<Value: Decodable>: Decodable {
  let value: Value?

  init(from decoder: any Decoder) throws {
    value = try? Value(from: decoder)
  }
}

/// Times as the service writes them.
enum WireTime {
  static func date(_ seconds: Double) -> Date? {
    (0..<32_503_680_000) ~= seconds ? Date(timeIntervalSince1970: seconds) : nil
  }

  /// ISO 8601 with its offset, with parts of a second or without.
  static func date(_ text: String) -> Date? {
    let styles = [
      Date.ISO8601FormatStyle(includingFractionalSeconds: true), Date.ISO8601FormatStyle(),
    ]
    let date = styles.lazy.compactMap { try? $0.parse(text) }.first
    return date.flatMap { Self.date($0.timeIntervalSince1970) }
  }

  static func text(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}

extension String {
  /// Without the characters at both ends that meet a condition.
  func trimmingCharacters(while isDropped: (Character) -> Bool) -> String {
    guard let last = lastIndex(where: { !isDropped($0) }) else { return "" }
    return String(self[...last].drop(while: isDropped))
  }
}
