import FoundationEssentials

/// The time left until something: minutes, and seconds in the last one.
struct Countdown: Equatable {
  private let target: Date
  /// Whole seconds, rounded up; at least 0.
  private let seconds: Int

  init(to target: Date, at now: Date) {
    self.target = target
    seconds = Self.wholeSeconds(left: target.timeIntervalSince(now))
  }

  func text(_ texts: any Texts) -> String {
    if seconds <= 60 { return texts.age(seconds: seconds) }
    let minutes = (seconds + 59) / 60
    if minutes < 60 { return texts.age(minutes: minutes) }
    let hours = texts.age(hours: minutes / 60)
    return minutes % 60 == 0 ? hours : "\(hours) \(texts.age(minutes: minutes % 60))"
  }

  /// When the text is next another one.
  var nextChange: Date {
    let left = seconds <= 60 ? seconds - 1 : (seconds - 1) / 60 * 60
    return target.addingTimeInterval(-Self.secondsLeft(whenWhole: left))
  }

  /// Wakes may come this much early or late, in seconds, without showing the same second twice.
  private static let slack: TimeInterval = 0.001

  /// Rounded up; at least 0.
  static func wholeSeconds(left: TimeInterval) -> Int {
    Int(min(max(0, left - slack), 1e9).rounded(.up))
  }

  /// The exact seconds left at which the whole ones become `whole`.
  static func secondsLeft(whenWhole whole: Int) -> TimeInterval { TimeInterval(whole) + slack }
}
