package import FoundationEssentials

/// A night at the venue.
package struct Event: Sendable, Equatable {
  package var id: String
  /// Nil until the service has told it, or where only an id was configured.
  package var name: String?
  package var startsAt: Date?
  /// Nil where the event has no known end.
  package var endsAt: Date?

  package init(id: String, name: String? = nil, startsAt: Date? = nil, endsAt: Date? = nil) {
    self.id = id
    self.name = name
    self.startsAt = startsAt
    self.endsAt = endsAt
  }
}

/// Which event the door is open for.
package enum Tonight: Sendable, Equatable {
  case chosen(Event)
  case none(NoEvent)

  /// How long after its end an event still counts as tonight's: 6 hours, in seconds.
  package static let graceAfterEnd: TimeInterval = 6 * 3600
  /// How long before its start an event already counts as tonight's: 6 hours, in seconds.
  package static let leadBeforeStart: TimeInterval = 6 * 3600

  package var event: Event? {
    switch self {
    case .chosen(let event): event
    case .none: nil
    }
  }

  /// Why scans cannot be judged at `now`; nil while there is an event to judge them for.
  package func reasonForNone(at now: Date) -> NoEvent? {
    switch self {
    case .none(let why): return why
    case .chosen(let event):
      guard let end = event.endsAt, now.timeIntervalSince(end) > Self.graceAfterEnd else {
        return nil
      }
      return .ended(event)
    }
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
  /// It ended more than `Tonight.graceAfterEnd` ago.
  case ended(Event)
}
