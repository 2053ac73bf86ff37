package import Admission
package import FoundationEssentials

/// Which event is tonight's (Contract: The door screen, Tonight ends). Pure: it is told what is
/// known, and says what follows.
package struct TonightChoice: Sendable {
  /// The event that the door is open for so far; nil while there is none.
  package var current: Event?
  /// The events that the service lists; nil while it has not been asked, or did not answer.
  package var listed: [Event]? {
    didSet { listed = listed.map(Self.distinct) }
  }
  /// What staff picked of several.
  package var pickedID: String?
  /// The event of `--event`: it holds until 6 h after its end, whatever else begins.
  package var obeyedID: String?
  /// Whether that has been tonight's in its time. Whoever names an event that is over since long is
  /// to be told so; a box that is left on goes to the next one.
  package var hasObeyed = false
  /// What was tonight's before the clock was set: it goes on where its hours still cover now.
  package var former: Event?

  package init(
    current: Event? = nil, listed: [Event]? = nil, pickedID: String? = nil, obeyedID: String? = nil
  ) {
    self.current = current
    self.listed = listed.map(Self.distinct)
    self.pickedID = pickedID
    self.obeyedID = obeyedID
  }

  /// An event that has not given way yet stays. Otherwise tonight's is the one whose hours cover
  /// now; of several, the picked one. Where there is none, an event that is over stays.
  package func tonight(at now: Date) -> Tonight {
    if let current, holds(current, at: now) { return .chosen(current) }
    let on = eventsOn(at: now).filter { event in current.map { !event.hasID($0.id) } ?? true }
    for preferred in [pickedID, former?.id] {
      if let preferred, let event = on.first(where: { $0.hasID(preferred) }) {
        return .chosen(event)
      }
    }
    if current == nil, let last = justOver(at: now), on.allSatisfy({ !Self.hasBegun($0, at: now) })
    {
      return .chosen(last)
    }
    if on.count > 1 { return .none(.several(on)) }
    if let only = on.first { return .chosen(only) }
    if let current { return .chosen(current) }
    if let former, former.hoursBegin.map({ $0 <= now }) ?? true, isInGrace(former, at: now) {
      return .chosen(former)
    }
    return .none(listed == nil ? .unreachable : .noneTonight)
  }

  /// The listed events whose hours, from 6 h before the start to the end, cover a moment.
  package func eventsOn(at now: Date) -> [Event] {
    (listed ?? []).filter { event in
      guard let begin = event.hoursBegin, let end = end(of: event) else { return false }
      return now >= begin && now < end
    }.sorted(by: Event.isEarlier)
  }

  /// A box that was left on would still keep the event that ended less than an hour ago, so one that is
  /// started again does too. Nil where there are several.
  private func justOver(at now: Date) -> Event? {
    let over = (listed ?? []).filter { event in
      guard let end = event.endsAt else { return false }
      return now >= end && now < end.addingTimeInterval(Tonight.graceBeforeNext)
    }
    return over.count == 1 ? over.first : nil
  }

  private static func hasBegun(_ event: Event, at now: Date) -> Bool {
    event.startsAt.map { $0 <= now } ?? true
  }

  /// Whether it has not given way to another one yet.
  private func holds(_ event: Event, at now: Date) -> Bool {
    if let obeyedID, event.hasID(obeyedID) { return !hasObeyed || isInGrace(event, at: now) }
    if let end = event.endsAt { return now < end.addingTimeInterval(Tonight.graceBeforeNext) }
    return end(of: event).map { now < $0 } ?? true
  }

  /// Seconds: for so long the start of an event without a known end counts more than another's hours,
  /// which begin long before that one does.
  private static let shortestNight: TimeInterval = 6 * 3600

  /// When it is over. One without a known end ends when another one's hours begin, unless it has
  /// only just begun itself.
  private func end(of event: Event) -> Date? {
    guard event.endsAt == nil, let start = event.startsAt else { return event.endsAt }
    let next = (listed ?? []).filter { !$0.hasID(event.id) }.compactMap(\.hoursBegin)
      .filter { $0 > start }.min().map { max($0, start.addingTimeInterval(Self.shortestNight)) }
    return [next, event.latestEnd].compactMap(\.self).min()
  }

  /// Whether it is not known to have ended more than 6 h ago.
  package func isInGrace(_ event: Event, at now: Date) -> Bool {
    event.latestEnd.map { now.timeIntervalSince($0) <= Tonight.graceAfterEnd } ?? true
  }

  /// A list may hold an event more than once: what one of them does not say, another may.
  package static func distinct(_ events: [Event]) -> [Event] {
    var result: [Event] = []
    for event in events {
      guard let index = result.firstIndex(where: { $0.hasID(event.id) }) else {
        result.append(event)
        continue
      }
      let known = result[index]
      result[index] = Event(
        id: known.id, name: known.name ?? event.name, startsAt: known.startsAt ?? event.startsAt,
        endsAt: known.endsAt ?? event.endsAt)
    }
    return result
  }
}

extension Event {
  fileprivate static func isEarlier(_ first: Event, _ second: Event) -> Bool {
    (first.startsAt ?? .distantFuture, first.id) < (second.startsAt ?? .distantFuture, second.id)
  }
}
