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
    if let seconds = usualSeconds(text) { return date(seconds) }
    let styles = [
      Date.ISO8601FormatStyle(includingFractionalSeconds: true), Date.ISO8601FormatStyle(),
    ]
    let date = styles.lazy.compactMap { try? $0.parse(text) }.first
    return date.flatMap { Self.date($0.timeIntervalSince1970) }
  }

  /// Of `2026-11-21T23:41:05`, `.250` or more or less of it, and `Z` or `+01:00`; nil where it is written
  /// in any other way. Foundation's reader loads the tables of ICU, which take 4 MB.
  private static func usualSeconds(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    func number(_ place: Int, _ count: Int) -> Int? {
      var number = 0
      for byte in bytes[place..<place + count] {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        number = number * 10 + Int(byte - UInt8(ascii: "0"))
      }
      return number
    }
    guard (20...40).contains(bytes.count), bytes[4] == UInt8(ascii: "-"),
      bytes[7] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), let year = number(0, 4),
      let month = number(5, 2), let day = number(8, 2), let hour = number(11, 2),
      let minute = number(14, 2), let second = number(17, 2), (1970...9998).contains(year),
      (1...12).contains(month), (1...28).contains(day) || (29...30).contains(day) && month != 2,
      hour < 24, minute < 60, second < 60
    else { return nil }
    var (end, fraction) = (19, 0.0)
    if bytes[end] == UInt8(ascii: ".") {
      let digits = bytes[20...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard (1...9).contains(digits.count), let value = number(20, digits.count) else { return nil }
      fraction = Double(value) / Double((0..<digits.count).reduce(1) { power, _ in power * 10 })
      end = digits.endIndex
    }
    var offset = 0
    switch bytes.count - end {
    case 1 where bytes[end] == UInt8(ascii: "Z"): break
    case 6 where bytes[end + 3] == UInt8(ascii: ":"):
      guard let hours = number(end + 1, 2), let minutes = number(end + 4, 2), hours < 15,
        minutes < 60
      else { return nil }
      switch bytes[end] {
      case UInt8(ascii: "+"): offset = hours * 3600 + minutes * 60
      case UInt8(ascii: "-"): offset = -(hours * 3600 + minutes * 60)
      default: return nil
      }
    default: return nil
    }
    // Years that begin in March, so that the day of leap years ends them.
    let (marchYear, marchMonth) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    let days =
      365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400
      + (153 * marchMonth + 2) / 5 + day - 719_469
    return Double(days * 86_400 + hour * 3600 + minute * 60 + second - offset) + fraction
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
