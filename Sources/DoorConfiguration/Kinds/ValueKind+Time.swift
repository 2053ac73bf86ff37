import Foundation

extension ValueKind where Value == Date {
  /// ISO 8601 with offset. Without one, a venue and a box in different zones would mean different
  /// moments.
  static var date: Self {
    let expectation = "a time as in ISO 8601, with offset, such as 2026-11-21T23:00:00+01:00"
    return Self(expectation: expectation, spell: spelling) {
      text throws(ValueRefusal) in
      let trimmed = text.trimmingCharacters(in: .whitespaces)
      let form =
        /(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?/
        .asciiOnlyDigits()
      guard let match = trimmed.wholeMatch(of: form)?.output else {
        throw ValueRefusal(expected: expectation)
      }
      guard let offsetText = match.7 else {
        throw ValueRefusal(expected: expectation, reason: "its offset is missing")
      }
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = .gmt
      let components = DateComponents(
        calendar: calendar, year: Int(match.1), month: Int(match.2), day: Int(match.3),
        hour: Int(match.4), minute: Int(match.5), second: Int(match.6 ?? "0"))
      guard components.isValidDate, let date = calendar.date(from: components),
        let offset = seconds(offset: offsetText)
      else {
        throw ValueRefusal(expected: expectation, reason: "there is no such time")
      }
      return date.addingTimeInterval(-offset)
    }
  }

  @Sendable private static func spelling(_ date: Date) -> String { date.formatted(.iso8601) }

  /// `Z`, `+01:00` or `+0100`; nil where no zone has ever been that far off.
  private static func seconds(offset: Substring) -> TimeInterval? {
    let digits = offset.filter(\.isWholeNumber)
    guard !digits.isEmpty else { return 0 }
    guard let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)), minutes < 60,
      hours * 60 + minutes <= 14 * 60
    else { return nil }
    return TimeInterval((offset.hasPrefix("-") ? -1 : 1) * (hours * 3600 + minutes * 60))
  }
}

extension ValueKind where Value == String {
  /// An IANA identifier. Abbreviations such as CET are no zones of a place: they know no summer.
  static var timeZone: Self {
    let expectation = "a time zone by its IANA name, such as Europe/Madrid"
    return Self(expectation: expectation, spell: \.self) { text throws(ValueRefusal) in
      let trimmed = text.trimmingCharacters(in: .whitespaces)
      let isNamed = trimmed == "UTC" || trimmed.contains("/")
      guard isNamed, TimeZone(identifier: trimmed) != nil else {
        throw ValueRefusal(
          expected: expectation,
          suggestion: NearestName.find(trimmed, among: TimeZone.knownTimeZoneIdentifiers))
      }
      return trimmed
    }
  }
}
