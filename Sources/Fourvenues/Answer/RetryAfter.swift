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
