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
  /// The service, or what is stored in its place, has told what it knows.
  private var isTold = false
  /// The event was taken from the store while the service was still being asked for the first time.
  private var isStandIn = false
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
      if let told = await programme.event(id: current.id), told.id == choice.current?.id {
        choice.current = complete(told)
        isTold = true
      }
      // The next night is looked for once this one is over.
      if choice.current?.isOver(at: now) == true { await list(around: now) }
    } else {
      let isListed = await list(around: now)
      // It is chosen as if this answer had come in time.
      if isListed, isStandIn { choice.current = nil }
      isStandIn = false
    }
    return choose(at: now)
  }

  /// What the service has not told yet is taken from the store, and chosen anew. A service that takes
  /// a question and never answers it must not hold up a door that could go on without it.
  @discardableResult
  package func recall(at now: Date) async -> Tonight {
    if !isTold, let current = choice.current,
      let kept = await programme.storedEvent(id: current.id),
      !isTold, kept.id == choice.current?.id
    {
      choice.current = complete(kept)
    }
    guard trustsClock, choice.listed == nil, choice.current?.isOver(at: now) ?? true,
      let kept = await programme.storedEvents(), choice.listed == nil
    else { return choose(at: now) }
    choice.listed = kept
    let wasWithout = choice.current == nil
    let recalled = choose(at: now)
    isStandIn = wasWithout && recalled.event != nil
    return recalled
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

  /// - Returns: whether there was an answer.
  @discardableResult
  private func list(around now: Date) async -> Bool {
    guard trustsClock, let events = await programme.events(around: now) else { return false }
    choice.listed = events
    isTold = true
    return true
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
