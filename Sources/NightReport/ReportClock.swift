import Formatting
import Foundation

/// Times of a night in words, such that none can be taken for another: on the night when clocks go
/// back, an hour comes twice.
struct ReportClock {
  var time: LocalTime
  var texts: any ReportTexts = EnglishReport()

  /// `23:41`; with its offset, `02:15+01:00`, where the clock shows this time twice.
  func minutes(_ date: Date) -> String {
    let minutes = time.minutes(date)
    return isShownTwice(date) ? minutes + offset(date) : minutes
  }

  /// `Sat 2026-10-24`.
  func day(_ date: Date) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = time.timeZone
    let weekday = calendar.component(.weekday, from: date)
    return "\(texts.weekdays[(weekday + 6) % 7]) \(time.timestamp(date).prefix(10))"
  }

  /// `Sat 2026-10-24 23:41`.
  func moment(_ date: Date) -> String { "\(day(date)) \(minutes(date))" }

  /// `Sat 2026-10-24 23:00 – 06:00`; the end's day stands where it is not the same night.
  func span(_ start: Date?, _ end: Date?) -> String {
    let first = start.map(moment) ?? "?"
    guard let end else { return "\(first) – ?" }
    let isSameNight = start.map { (0..<86_400).contains(end.timeIntervalSince($0)) } ?? false
    return "\(first) – \(isSameNight ? "" : "\(day(end)) ")\(minutes(end))"
  }

  /// What the clocks did between two times: `clocks go back 1 h`; nil where they did nothing.
  func change(from earlier: Date, to later: Date) -> String? {
    let seconds =
      time.timeZone.secondsFromGMT(for: later) - time.timeZone.secondsFromGMT(for: earlier)
    guard seconds != 0 else { return nil }
    let minutes = abs(seconds) / 60
    let amount = minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes) min"
    return texts.clocksGo(back: seconds < 0, amount)
  }

  private func isShownTwice(_ date: Date) -> Bool {
    let nearby = 3 * 3600.0
    let zone = time.timeZone
    let before = zone.secondsFromGMT(for: date.addingTimeInterval(-nearby))
    let after = zone.secondsFromGMT(for: date.addingTimeInterval(nearby))
    guard before > after else { return false }
    let step = Double(before - after)
    let isFirstTime = zone.secondsFromGMT(for: date) == before
    let other = date.addingTimeInterval(isFirstTime ? step : -step)
    return zone.secondsFromGMT(for: other) == (isFirstTime ? after : before)
  }

  private func offset(_ date: Date) -> String {
    let stamp = time.timestamp(date)
    return stamp.hasSuffix("Z") ? "Z" : String(stamp.suffix(6))
  }
}
