package import Admission
package import FoundationEssentials
import Waiting

/// Knows which event is tonight's, and asks the service for what it does not know. It is asked to
/// `refresh` about once a minute, which also keeps the connection warm.
package actor TonightKeeper {
  private let programme: any VenueProgramme
  /// What the venue has named itself; it goes over what the service says.
  private let given: Event?
  private let clock: BoxClock
  private let book: EventBook
  private var choice: TonightChoice
  /// The service has told of the event, or what is stored in its place has.
  private var isTold = false
  /// The choice goes by what is stored: the service has not listed its events yet.
  private var isFromStore = false
  /// The event of which the service says that it does not know it.
  private var unknownID: String?
  /// How often the clock had been set when the choice was made.
  private var steps: Int
  /// The event was chosen while the service confirmed the clock.
  private var isSure = false
  /// Is fulfilled once the service has answered about tonight's event, or failed to.
  private let asked = Promise<Void>()
  /// Why the service told nothing.
  private var isKeyRefused = false
  package private(set) var tonight: Tonight

  /// How the venue named an event.
  package enum Naming: Sendable {
    /// By `--event`: it is obeyed as it stands until 6 h after its end.
    case option
    /// In the configuration: it gives way to the next one as any other does.
    case configuration
  }

  /// - Parameter pickedID: what staff picked of several before the program was started anew.
  package init(
    programme: any VenueProgramme, given: Event?, naming: Naming = .configuration,
    pickedID: String? = nil, clock: BoxClock
  ) {
    self.programme = programme
    self.given = given
    self.clock = clock
    book = EventBook(programme: programme)
    steps = clock.steps
    choice = TonightChoice(
      current: given, pickedID: pickedID, obeyedID: naming == .option ? given?.id : nil)
    tonight = given.map(Tonight.chosen) ?? .none(.notChosen)
  }

  /// Asks the service, and chooses anew. What cannot be learnt stays as it was.
  @discardableResult
  package func refresh() async -> Tonight {
    for _ in 0..<3 {
      startOverIfClockWasSet()
      let before = clock.steps
      await ask()
      // Answers about another day say nothing of this one.
      if clock.steps == before { break }
    }
    isKeyRefused = await programme.refusesKey
    asked.fulfil(with: ())
    return choose()
  }

  /// What the service has not told yet is taken from the store, and chosen anew. A service that takes
  /// a question and never answers it must not hold up a door that could go on without it.
  @discardableResult
  package func recall() async -> Tonight {
    startOverIfClockWasSet()
    if !isTold, let current = choice.current,
      let kept = await programme.storedEvent(id: current.id),
      !isTold, choice.current?.hasID(kept.id) == true
    {
      choice.current = complete(kept)
    }
    if choice.listed == nil, choice.current?.isOver(at: clock.now) ?? true { await listStored() }
    return choose()
  }

  /// Chooses anew by what is known: hours begin and end, and the clock may have been set.
  @discardableResult
  package func reconsider() -> Tonight {
    startOverIfClockWasSet()
    return choose()
  }

  /// Whether the clock was set since the service was last asked.
  package var isOutdated: Bool { clock.steps != steps && clock.canBeRight }

  /// Staff picked one of several events.
  @discardableResult
  package func pick(_ id: String) -> Tonight {
    choice.pickedID = id
    if choice.eventsOn(at: clock.now).contains(where: { $0.hasID(id) }) { choice.current = nil }
    return choose()
  }

  /// The events that staff may choose among, now; empty where the venue has named one, and where
  /// there are not several.
  package var eventsToPick: [Event] {
    if let given, tonight.event?.hasID(given.id) ?? true { return [] }
    guard clock.canBeRight else { return [] }
    let on = choice.eventsOn(at: clock.now)
    return on.count > 1 ? on : []
  }

  /// Tonight's price list; nil where it is unknown.
  package func rates() async -> [Rate]? {
    guard let event = tonight.event else { return nil }
    return await programme.rates(eventID: event.id)
  }

  // MARK: Other events

  /// Returns once the service has answered about tonight's event for the first time, or failed to.
  package nonisolated func untilAsked() async { await asked.value() }

  /// Events by their ids, the nearest to now first; of those that nobody knows, the id alone, last.
  package func events(ids: [String]) async -> [Event] {
    await book.events(ids: ids, around: clock.now)
  }

  /// Asks the service for the events of which nobody knows name and hours.
  package func learn(ids: [String]) async { await book.learn(ids: ids) }

  /// Asks the service for the events around now, for the words of those who come on another night,
  /// and for the next one.
  /// - Returns: whether the service told them.
  @discardableResult
  package func learnProgramme() async -> Bool { await list() }

  // MARK: Asking

  private func ask() async {
    guard let current = choice.current else {
      await list()
      return
    }
    switch await programme.event(id: current.id) {
    case .told(let told):
      guard choice.current?.hasID(told.id) == true else { return }
      learn(told)
      await book.note([told])
    case .unknown:
      let isListed = await list()
      let listed = isListed ? choice.listed?.first { $0.hasID(current.id) } : nil
      let isHeard = await programme.isHeard
      guard choice.current?.hasID(current.id) == true else { return }
      if let listed {
        learn(listed)
      } else if isListed || isHeard {
        unknownID = current.id
      } else {
        await learnStored(current)
      }
    case .silent: await learnStored(current)
    }
    // The next night is looked for once this one is over; one without an end is over by another's.
    if let current = choice.current, current.endsAt == nil || current.isOver(at: clock.now) {
      await list()
    } else if isFromStore {
      await list()
    }
  }

  /// Until the service has told of an event, what is stored of it stands in.
  private func learnStored(_ current: Event) async {
    guard !isTold, let kept = await programme.storedEvent(id: current.id),
      choice.current?.hasID(kept.id) == true
    else { return }
    choice.current = complete(kept)
  }

  private func learn(_ told: Event) {
    choice.current = complete(told)
    isTold = true
    if unknownID.map(told.hasID) == true { unknownID = nil }
  }

  /// - Returns: whether the service answered.
  @discardableResult
  private func list() async -> Bool {
    guard clock.canBeRight else { return false }
    let before = clock.steps
    guard let events = await programme.events(around: clock.now) else {
      if choice.listed == nil { await listStored() }
      return false
    }
    guard clock.steps == before else { return false }
    choice.listed = events
    await book.note(events)
    // It is chosen as if this answer had come in time, unless it says that the door is right.
    if isFromStore, let current = choice.current, given.map({ !current.hasID($0.id) }) ?? true,
      asked.valueSoFar == nil
        || !choice.eventsOn(at: clock.now).contains(where: { $0.hasID(current.id) })
    {
      choice.current = nil
    }
    isFromStore = false
    return true
  }

  private func listStored() async {
    guard clock.canBeRight, let kept = await programme.storedEvents(), choice.listed == nil else {
      return
    }
    choice.listed = kept
    await book.note(kept)
    isFromStore = true
  }

  // MARK: Choosing

  /// What was chosen by a clock that was wrong is not believed any longer.
  private func startOverIfClockWasSet() {
    let now = clock.steps
    guard now != steps, clock.canBeRight else { return }
    steps = now
    choice.former = isSure ? choice.current : nil
    choice.current = given
    choice.listed = nil
    choice.hasObeyed = false
    (isTold, isFromStore, isSure) = (false, false, false)
  }

  private func choose() -> Tonight {
    guard clock.canBeRight || choice.current != nil else { return tonight }
    let now = clock.now
    // Until somebody has said what there is by the new clock, the door goes on as it did.
    if choice.former != nil, choice.current == nil, choice.listed == nil { return tonight }
    let chosen = choice.tonight(at: now)
    if let event = chosen.event {
      if choice.current?.hasID(event.id) != true { isSure = false }
      isSure = isSure || clock.isConfirmed
      if let obeyed = choice.obeyedID, event.hasID(obeyed), event.latestEnd != nil,
        choice.isInGrace(event, at: now)
      {
        choice.hasObeyed = true
      }
    }
    choice.current = chosen.event
    tonight = chosen
    if case .chosen(let event) = chosen, let unknownID, event.hasID(unknownID) {
      tonight = .unknown(event)
    }
    if isKeyRefused, tonight == .none(.unreachable) { tonight = .none(.keyRefused) }
    return tonight
  }

  /// What the venue gave of the event goes over what the service tells of it.
  private func complete(_ told: Event) -> Event {
    guard let given, given.hasID(told.id) else { return told }
    return Event(
      id: given.id, name: given.name ?? told.name, startsAt: given.startsAt ?? told.startsAt,
      endsAt: given.endsAt ?? told.endsAt)
  }
}
