package import FoundationEssentials

/// A night at the venue.
package struct Event: Sendable, Hashable {
  package var id: String
  /// Nil until the service has told it, or where only an id was configured.
  package var name: String?
  package var startsAt: Date?
  /// Nil where the event has no known end.
  package var endsAt: Date?

  /// - Parameter endsAt: one that is not after the start is none.
  package init(id: String, name: String? = nil, startsAt: Date? = nil, endsAt: Date? = nil) {
    self.id = id
    self.name = name
    self.startsAt = startsAt
    self.endsAt = if let startsAt, let endsAt, endsAt <= startsAt { nil } else { endsAt }
  }

  /// An event without a known end is over so long after its start: 24 hours, in seconds.
  private static let longestNight: TimeInterval = 24 * 3600

  /// When it is over at the latest; nil where nobody knows.
  package var latestEnd: Date? { endsAt ?? startsAt?.addingTimeInterval(Self.longestNight) }

  /// From when on it may be tonight's; nil where nobody knows.
  package var hoursBegin: Date? { startsAt?.addingTimeInterval(-Tonight.leadBeforeStart) }

  package func isOver(at now: Date) -> Bool { latestEnd.map { now >= $0 } ?? false }

  /// Whether its hours, from 6 h before its start to its end, cover a moment.
  package func isOn(at now: Date) -> Bool {
    guard let hoursBegin else { return false }
    return now >= hoursBegin && !isOver(at: now)
  }

  package func hasID(_ other: String) -> Bool { id.utf8.elementsEqual(other.utf8) }
}

/// Which event the door is open for.
package enum Tonight: Sendable, Equatable {
  case chosen(Event)
  /// The service says that it knows no event of this id. Passes with a usage for it are judged by it.
  case unknown(Event)
  case none(NoEvent)

  /// How long after its end an event still counts as tonight's: 6 hours, in seconds.
  package static let graceAfterEnd: TimeInterval = 6 * 3600
  /// How long after its end an event stays although the next one's hours have begun: 1 hour, in
  /// seconds.
  package static let graceBeforeNext: TimeInterval = 3600
  /// How long before its start an event already counts as tonight's: 6 hours, in seconds.
  package static let leadBeforeStart: TimeInterval = 6 * 3600

  package var event: Event? {
    switch self {
    case .chosen(let event), .unknown(let event): event
    case .none: nil
    }
  }

  /// Why scans cannot be judged at `now`; nil while there is an event to judge them for.
  package func reasonForNone(at now: Date) -> NoEvent? {
    switch self {
    case .none(let why): return why
    case .chosen(let event), .unknown(let event):
      guard let end = event.latestEnd, now.timeIntervalSince(end) > Self.graceAfterEnd else {
        return nil
      }
      return .ended(event)
    }
  }
}

extension Tonight {
  /// Whether the service has said that it does not know the event.
  package var isUnknown: Bool {
    switch self {
    case .unknown: true
    case .chosen, .none: false
    }
  }

  /// What stands in an event's place on a screen where nobody has been scanned yet.
  package func trouble(at now: Date) -> NoEvent? {
    if let none = reasonForNone(at: now) { return none }
    if case .unknown(let event) = self { return .unknown(event) }
    return nil
  }
}

/// Why there is no event to judge a scan for.
package enum NoEvent: Sendable, Equatable {
  /// None is configured, and the choice has not been made yet.
  case notChosen
  /// The service lists no event whose hours cover now.
  case noneTonight
  /// Several do, and staff have not picked one.
  case several([Event])
  /// The service could not be asked.
  case unreachable
  /// The service answers, and refuses the key.
  case keyRefused
  /// It ended more than `Tonight.graceAfterEnd` ago.
  case ended(Event)
  /// The service knows no such event, and the pass has no usage for it.
  case unknown(Event)
}
