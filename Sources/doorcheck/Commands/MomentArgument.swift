import Admission
import DoorScreen
import Formatting
import Foundation

/// A moment as somebody types it: a time of day, or a full timestamp.
enum MomentArgument: Equatable {
  case timeOfDay(hour: Int, minute: Int)
  case absolute(Date)

  /// Nil where the text is neither.
  init?(_ text: String) {
    if let date = try? Date(text, strategy: .iso8601) {
      self = .absolute(date)
      return
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.count) }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), (0..<24).contains(hour),
      (0..<60).contains(minute)
    else { return nil }
    self = .timeOfDay(hour: hour, minute: minute)
  }

  /// A time of day is that of tonight: the first one from 6 h before the event's start on, or from 12 h
  /// before now where no start is known.
  func date(near event: Event, now: Date, time: LocalTime) -> Date? {
    switch self {
    case .absolute(let date): return date
    case .timeOfDay(let hour, let minute):
      let earliest =
        event.startsAt?.addingTimeInterval(-Tonight.leadBeforeStart)
        ?? now.addingTimeInterval(-12 * 3600)
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = time.timeZone
      return calendar.nextDate(
        after: earliest.addingTimeInterval(-1),
        matching: DateComponents(hour: hour, minute: minute, second: 0),
        matchingPolicy: .nextTime)
    }
  }
}
