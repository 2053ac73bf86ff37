package import Admission
package import FoundationEssentials

/// Knows which event is tonight's, and asks the service for what it does not know. It is asked to
/// `refresh` about once a minute, which also keeps the connection warm.
package actor TonightKeeper {
  private let programme: any VenueProgramme
  /// What the venue has named itself; it goes over what the service says.
  private let given: Event?
  /// False: the clock cannot be right, so nothing is chosen by it.
  private let trustsClock: Bool
  private var choice: TonightChoice
  package private(set) var tonight: Tonight

  package init(programme: any VenueProgramme, given: Event?, trustsClock: Bool = true) {
    self.programme = programme
    self.given = given
    self.trustsClock = trustsClock
    choice = TonightChoice(current: given)
    tonight = given.map(Tonight.chosen) ?? .none(.notChosen)
  }

  /// Asks the service, and chooses anew. What cannot be learnt stays as it was.
  @discardableResult
  package func refresh(at now: Date) async -> Tonight {
    if let current = choice.current {
      if let told = await programme.event(id: current.id) { choice.current = complete(told) }
      // The next night is looked for once this one is over.
      if choice.current?.isOver(at: now) == true { await list(around: now) }
    } else {
      await list(around: now)
    }
    return choose(at: now)
  }

  /// Staff picked one of several events.
  @discardableResult
  package func pick(_ id: String, at now: Date) -> Tonight {
    choice.pickedID = id
    return choose(at: now)
  }

  /// Tonight's price list; nil where it is unknown.
  package func rates() async -> [Rate]? {
    guard let event = tonight.event else { return nil }
    return await programme.rates(eventID: event.id)
  }

  private func list(around now: Date) async {
    guard trustsClock, let events = await programme.events(around: now) else { return }
    choice.listed = events
  }

  private func choose(at now: Date) -> Tonight {
    guard trustsClock || choice.current != nil else { return tonight }
    tonight = choice.tonight(at: now)
    choice.current = tonight.event
    return tonight
  }

  /// What the venue gave of the event goes over what the service tells of it.
  private func complete(_ told: Event) -> Event {
    guard let given, given.id == told.id else { return told }
    return Event(
      id: given.id, name: given.name ?? told.name, startsAt: given.startsAt ?? told.startsAt,
      endsAt: given.endsAt ?? told.endsAt)
  }
}
