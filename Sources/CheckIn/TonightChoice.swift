package import Admission
package import FoundationEssentials

/// Which event is tonight's (contract, "The door screen": Tonight ends). Pure: it is told what is
/// known, and says what follows.
package struct TonightChoice: Sendable {
  /// The event that the door is open for so far; nil while there is none.
  package var current: Event?
  /// The events that the service lists; nil while it has not been asked, or did not answer.
  package var listed: [Event]?
  /// What staff picked of several.
  package var pickedID: String?

  package init(current: Event? = nil, listed: [Event]? = nil, pickedID: String? = nil) {
    self.current = current
    self.listed = listed
    self.pickedID = pickedID
  }

  /// An event that is on, or of which nobody knows that it is over, stays. Otherwise tonight's is the
  /// one whose hours cover now; of several, the picked one. An event that is over stays until its
  /// grace is over too, unless the next one's hours begin.
  package func tonight(at now: Date) -> Tonight {
    if let current, !current.isOver(at: now) { return .chosen(current) }
    let covering = (listed ?? []).filter { $0.covers(now) && $0.id != current?.id }
    if let picked = covering.first(where: { $0.id == pickedID }) { return .chosen(picked) }
    if covering.count == 1, let only = covering.first { return .chosen(only) }
    if covering.count > 1 { return .none(.several(covering.sorted(by: Event.isEarlier))) }
    if let current { return .chosen(current) }
    return .none(listed == nil ? .unreachable : .noneTonight)
  }
}

extension Event {
  /// An event without a known end is taken to end so long after its start, in seconds.
  private static let longestNight: TimeInterval = 24 * 3600

  /// Whether its hours, from 6 h before its start to its end, cover a moment.
  package func covers(_ now: Date) -> Bool {
    guard let startsAt else { return false }
    let end = endsAt ?? startsAt.addingTimeInterval(Self.longestNight)
    return now >= startsAt.addingTimeInterval(-Tonight.leadBeforeStart) && now < end
  }

  /// Whether it is known to have ended.
  package func isOver(at now: Date) -> Bool { endsAt.map { now >= $0 } ?? false }

  fileprivate static func isEarlier(_ first: Event, _ second: Event) -> Bool {
    (first.startsAt ?? .distantFuture, first.id) < (second.startsAt ?? .distantFuture, second.id)
  }
}
