import FoundationEssentials

/// How long the service asks to be left alone (RFC 9110, section 10.2.3).
enum RetryAfter {
  /// - Parameters:
  ///   - header: seconds or an HTTP date.
  ///   - serverDate: the answer's own date, against which a date is read: this machine's clock may
  ///     be off.
  /// - Returns: nil where the header is missing or says nothing; at most a day.
  static func delay(header: String?, serverDate: Date?, now: Date) -> Duration? {
    guard let header = header?.trimmingPrefix(while: { $0 == " " }), !header.isEmpty else {
      return nil
    }
    if header.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return .seconds(min(Int(header) ?? longest, longest))
    }
    guard let date = HTTPDate.date(from: String(header)) else { return nil }
    let seconds = date.timeIntervalSince(serverDate ?? now)
    return .seconds(min(max(0, seconds), Double(longest)))
  }

  private static let longest = 24 * 3600
}

/// A date as HTTP writes it (RFC 9110, section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`. The two
/// obsolete formats are not read.
enum HTTPDate {
  static func date(from text: String) -> Date? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT",
      let day = number(parts[1], in: 1...31), let month = months.firstIndex(of: String(parts[2])),
      let year = number(parts[3], in: 1970...2999)
    else { return nil }
    let time = parts[4].split(separator: ":", omittingEmptySubsequences: false)
    guard time.count == 3, let hour = number(time[0], in: 0...23),
      let minute = number(time[1], in: 0...59), let second = number(time[2], in: 0...60)
    else { return nil }
    let days = daysSince1970(year: year, month: month + 1, day: day)
    return Date(
      timeIntervalSince1970: TimeInterval(((days * 24 + hour) * 60 + minute) * 60 + second))
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func number(_ text: Substring, in range: ClosedRange<Int>) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
      return nil
    }
    return range.contains(number) ? number : nil
  }

  /// Counts in years that begin in March, so that a leap day is a year's last day.
  private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let year = month > 2 ? year : year - 1
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
  }
}
