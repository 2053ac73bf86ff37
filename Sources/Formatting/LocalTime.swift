package import Foundation

/// Writes times of day as the door's clock shows them (`door.time_zone`).
package struct LocalTime: Sendable, Equatable {
  package var zone: LocalZone

  package init(zone: LocalZone) {
    self.zone = zone
  }

  package init(timeZone: TimeZone) {
    self.init(zone: LocalZone(timeZone))
  }

  /// For what only Foundation does.
  package var timeZone: TimeZone { zone.timeZone }

  /// Hours and minutes, `23:41`.
  package func minutes(_ date: Date) -> String {
    let second = secondOfDay(date)
    return "\(twoDigits(second / 3600)):\(twoDigits(second / 60 % 60))"
  }

  /// Hours, minutes and seconds, `23:41:07`.
  package func seconds(_ date: Date) -> String {
    "\(minutes(date)):\(twoDigits(secondOfDay(date) % 60))"
  }

  /// ISO 8601 with the offset that holds at that moment: `2026-11-21T23:41:05+01:00`.
  package func timestamp(_ date: Date) -> String {
    let offset = zone.secondsFromGMT(for: date)
    let ahead = abs(offset)
    let difference =
      offset == 0
      ? "Z"
      : (offset < 0 ? "-" : "+") + "\(twoDigits(ahead / 3600)):\(twoDigits(ahead / 60 % 60))"
        + (ahead % 60 == 0 ? "" : ":\(twoDigits(ahead % 60))")
    return "\(isoDay(date))T\(seconds(date))\(difference)"
  }

  /// The day, `2026-11-21`.
  package func isoDay(_ date: Date) -> String {
    let day = civilDay(date)
    let year = String(day.year)
    return String(repeating: "0", count: max(0, 4 - year.count)) + year
      + "-\(twoDigits(day.month))-\(twoDigits(day.day))"
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
    // Far-off dates come from hostile offsets only.
    guard abs(date.timeIntervalSince1970) < 1e11, months.count == 12 else { return minutes(date) }
    let day = civilDay(date)
    return "\(day.day) \(months[day.month - 1]) \(minutes(date))"
  }

  private func secondOfDay(_ date: Date) -> Int {
    let second = localSecond(date) % 86400
    return second < 0 ? second + 86400 : second
  }

  /// Since 1970, as a clock of the zone counts.
  private func localSecond(_ date: Date) -> Int {
    let local = date.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: date))
    // A clock that is far off is reported elsewhere; here it must only not trap.
    guard local.isFinite, abs(local) < 1e15 else { return 0 }
    return Int(local.rounded(.down))
  }

  /// By the Gregorian calendar, whose years begin here in March, so that the day of leap years ends them.
  private func civilDay(_ date: Date) -> (year: Int, month: Int, day: Int) {
    let local = localSecond(date)
    let days = (local - secondOfDay(date)) / 86400 + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    )
  }

  private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
