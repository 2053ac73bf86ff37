import FoundationEssentials

/// A span of time in its largest unit, as people say it: "42 s", "12 min", "2 h".
enum AgeText {
  /// - Parameter seconds: below 0 counts as 0.
  static func text(seconds: Int, _ texts: any Texts) -> String {
    switch seconds {
    case ..<60: texts.age(seconds: max(0, seconds))
    case ..<3600: texts.age(minutes: seconds / 60)
    default: texts.age(hours: seconds / 3600)
    }
  }

  /// A difference, to the nearest minute or hour.
  static func rounded(seconds: Int, _ texts: any Texts) -> String {
    let minutes = (seconds + 30) / 60
    return switch minutes {
    case ..<1: texts.age(seconds: max(0, seconds))
    case ..<60: texts.age(minutes: minutes)
    default: texts.age(hours: (minutes + 30) / 60)
    }
  }

  /// The age of something that was so at `date`, never finer than a minute.
  static func inMinutes(since date: Date, at now: Date, _ texts: any Texts) -> String {
    let seconds = seconds(from: date, to: now)
    return seconds < 60 ? "<" + texts.age(minutes: 1) : text(seconds: seconds, texts)
  }

  /// When `inMinutes` next reads differently.
  static func nextChange(since date: Date, after now: Date) -> Date {
    let seconds = seconds(from: date, to: now)
    let unit = seconds < 3600 ? 60 : 3600
    return date.addingTimeInterval(TimeInterval((seconds / unit + 1) * unit))
  }

  /// Whole seconds, 0 for a date to come; a hostile date must not trap.
  private static func seconds(from date: Date, to now: Date) -> Int {
    let seconds = now.timeIntervalSince(date)
    return seconds < 0 || seconds.isNaN ? 0 : Int(min(seconds, 1e12))
  }
}
