import Admission
import FoundationEssentials

/// Brings the windows of rates, which count from the event's start, onto the clock.
struct RateClock: Equatable {
  /// Nil where the event's start is not known.
  let start: Date?
  let now: Date

  /// Nil where it cannot be known without the event's start.
  func phase(_ option: RateOption) -> RateOption.Phase? {
    if let start { return option.phase(at: now.timeIntervalSince(start)) }
    let phase = option.phase(at: 0)
    return phase == .faulty || option.from == nil && option.until == nil ? phase : nil
  }

  /// - Parameter offset: seconds from the event's start.
  func date(_ offset: TimeInterval?) -> Date? {
    guard let start, let offset else { return nil }
    return start.addingTimeInterval(offset)
  }

  func held(_ rate: Rate) -> [RateOption] { rate.options.filter { phase($0) == .holds } }

  /// The option that begins next, where none holds.
  func next(_ rate: Rate) -> RateOption? {
    rate.options.filter { phase($0) == .notYet }.min { ($0.from ?? 0) < ($1.from ?? 0) }
  }

  /// When the last option ended; nil where one may still hold.
  func end(_ rate: Rate) -> Date? {
    let phases = rate.options.map(phase)
    guard phases.allSatisfy({ $0 == .over || $0 == .faulty }) else { return nil }
    return zip(rate.options, phases).compactMap { $1 == .over ? date($0.until) : nil }.max()
  }

  /// When an option next begins or ends.
  func nextChange(in rates: [Rate]) -> Date? {
    rates.flatMap(\.options).filter { phase($0) != .faulty }
      .flatMap { [date($0.from), date($0.until)].compactMap(\.self) }
      .filter { $0 > now && $0.timeIntervalSince(now) < 1e9 }.min()
  }

  /// When a page with the countdown to the next change looks different.
  func wakeTimes(for rates: [Rate]) -> [Date] {
    guard let change = nextChange(in: rates) else { return [] }
    return [change, Countdown(to: change, at: now).nextChange]
  }
}

extension Outcome {
  /// Rates as they were when the verdict was reached: while its panel stands they do not change.
  var rateClock: RateClock { RateClock(start: tonight.event?.startsAt, now: at) }
}
