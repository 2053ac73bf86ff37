package import Foundation

/// Writes times of day as the door's clock shows them (`door.time_zone`).
package struct LocalTime: Sendable, Equatable {
  package var timeZone: TimeZone

  package init(timeZone: TimeZone) {
    self.timeZone = timeZone
  }

  /// Hours and minutes, `23:41`.
  package func minutes(_ date: Date) -> String { minutes(ofDayAt: secondOfDay(date)) }

  /// Hours, minutes and seconds, `23:41:07`.
  package func seconds(_ date: Date) -> String {
    let second = secondOfDay(date)
    return "\(minutes(ofDayAt: second)):\(twoDigits(second % 60))"
  }

  /// ISO 8601 with the offset that holds at that moment: `2026-11-21T23:41:05+01:00`.
  package func timestamp(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: timeZone))
  }

  /// Day of the month and month, `7 Mar`.
  /// - Parameter months: the twelve names.
  package func day(_ date: Date, months: [String]) -> String {
    let text = dayAndMinutes(date, months: months)
    return text.split(separator: " ").dropLast().joined(separator: " ")
  }

  /// Day of the month, month, hours and minutes, `7 Mar 23:41`.
  /// - Parameter months: the twelve names.
  package func dayAndMinutes(_ date: Date, months: [String]) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    // Far-off dates come from hostile offsets only.
    guard abs(date.timeIntervalSince1970) < 1e11, months.count == 12 else { return minutes(date) }
    let parts = calendar.dateComponents([.day, .month], from: date)
    let month = months[((parts.month ?? 1) - 1 + 12) % 12]
    return "\(parts.day ?? 0) \(month) \(minutes(date))"
  }

  private func secondOfDay(_ date: Date) -> Int {
    let local = date.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: date))
    // A clock that is far off is reported elsewhere; here it must only not trap.
    guard local.isFinite, abs(local) < 1e15 else { return 0 }
    let second = Int(local.rounded(.down)) % 86400
    return second < 0 ? second + 86400 : second
  }

  private func minutes(ofDayAt second: Int) -> String {
    "\(twoDigits(second / 3600)):\(twoDigits(second / 60 % 60))"
  }

  private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
