import Admission
import CheckIn
import FoundationEssentials
import Synchronization
import Testing

private let start = Date(timeIntervalSince1970: 1_800_000_000)
private let hour: TimeInterval = 3600

/// An event that begins and ends so many hours after `start`.
private func event(_ id: String, _ from: Double, _ until: Double?) -> Event {
  Event(
    id: id, name: id, startsAt: start.addingTimeInterval(from * hour),
    endsAt: until.map { start.addingTimeInterval($0 * hour) })
}

@Suite struct TonightChoiceTests {
  /// Hours after the start of the one event, which lasts 8.
  @Test(arguments: [
    (-6.01, false), (-6, true), (0, true), (7.99, true), (8, false), (30, false),
  ])
  func `Without a name the one whose hours cover now is tonight's`(hours: Double, isChosen: Bool) {
    let night = event("a", 0, 8)
    let choice = TonightChoice(listed: [night, event("b", 100, 108)])
    let now = start.addingTimeInterval(hours * hour)
    #expect(choice.tonight(at: now) == (isChosen ? .chosen(night) : .none(.noneTonight)))
  }

  @Test func `Of several none is chosen until staff pick one`() {
    let (early, late) = (event("early", 0, 8), event("late", 2, 9))
    var choice = TonightChoice(listed: [late, early])
    let now = start.addingTimeInterval(3 * hour)
    #expect(choice.tonight(at: now) == .none(.several([early, late])))
    choice.pickedID = "late"
    #expect(choice.tonight(at: now) == .chosen(late))
    choice.pickedID = "gone"
    #expect(choice.tonight(at: now) == .none(.several([early, late])))
  }

  @Test func `An event that is on stays, whatever else begins`() {
    let choice = TonightChoice(current: event("a", 0, 8), listed: [event("b", 4, 12)])
    #expect(choice.tonight(at: start.addingTimeInterval(7.9 * hour)).event?.id == "a")
  }

  @Test(arguments: [(7.99, "a"), (8, "b"), (8.01, "b")])
  func `A box left on goes to the next event once the first is over and its hours begin`(
    hours: Double, id: String
  ) {
    let choice = TonightChoice(current: event("a", 0, 8), listed: [event("b", 12, 20)])
    #expect(choice.tonight(at: start.addingTimeInterval(hours * hour)).event?.id == id)
  }

  @Test func `Until the next one's hours begin it stays, and is none 6 h after its end`() {
    let choice = TonightChoice(current: event("a", 0, 8), listed: [event("b", 24, 32)])
    for (hours, isOver) in [(8.0, false), (14.0, false), (14.01, true), (17.99, true)] {
      let now = start.addingTimeInterval(hours * hour)
      #expect(choice.tonight(at: now).event?.id == "a")
      #expect((choice.tonight(at: now).reasonForNone(at: now) != nil) == isOver)
    }
    #expect(choice.tonight(at: start.addingTimeInterval(18 * hour)).event?.id == "b")
  }

  @Test func `An event without an end stays, and is found within a day of its start`() {
    let open = event("open", 0, nil)
    let now = start.addingTimeInterval(23.9 * hour)
    #expect(TonightChoice(listed: [open]).tonight(at: now) == .chosen(open))
    #expect(
      TonightChoice(listed: [open]).tonight(at: now.addingTimeInterval(hour))
        == .none(.noneTonight))
    let later = now.addingTimeInterval(100 * hour)
    #expect(TonightChoice(current: open).tonight(at: later) == .chosen(open))
  }

  @Test func `A service that did not answer is told apart from a night without an event`() {
    #expect(TonightChoice().tonight(at: start) == .none(.unreachable))
    #expect(TonightChoice(listed: []).tonight(at: start) == .none(.noneTonight))
  }
}

/// A service whose answers a test changes as the night goes on.
private final class Programme: VenueProgramme {
  struct Answers {
    var events: [Event]?
    var single: [String: Event] = [:]
    var asked: [String] = []
    var stored: [Event] = []
    var silent: [CheckedContinuation<Void, Never>]?
  }

  let answers: Mutex<Answers>

  /// A service that takes every question and answers none until `answer` is called.
  convenience init(silentWith stored: [Event]) {
    self.init()
    answers.withLock {
      $0.stored = stored
      $0.silent = []
    }
  }

  func answer(events: [Event]? = nil, single: [Event] = []) {
    let waiting = answers.withLock { answers in
      answers.events = events
      answers.single = Dictionary(uniqueKeysWithValues: single.map { ($0.id, $0) })
      defer { answers.silent = nil }
      return answers.silent ?? []
    }
    for continuation in waiting { continuation.resume() }
  }

  private func listen() async {
    await withCheckedContinuation { continuation in
      let isSilent = answers.withLock { answers in
        answers.silent?.append(continuation)
        return answers.silent != nil
      }
      if !isSilent { continuation.resume() }
    }
  }

  init(events: [Event]? = nil, single: [Event] = []) {
    answers = Mutex(
      Answers(
        events: events, single: Dictionary(uniqueKeysWithValues: single.map { ($0.id, $0) })))
  }

  func event(id: String) async -> Event? {
    await listen()
    return answers.withLock {
      $0.asked.append("event \(id)")
      return $0.single[id]
    }
  }

  func events(around now: Date) async -> [Event]? {
    await listen()
    return answers.withLock {
      $0.asked.append("events")
      return $0.events
    }
  }

  func storedEvent(id: String) async -> Event? {
    answers.withLock { $0.stored.first { $0.id == id } }
  }

  func storedEvents() async -> [Event]? {
    answers.withLock { $0.stored.isEmpty ? nil : $0.stored }
  }

  func rates(eventID: String) async -> [Rate]? { nil }
}

@Suite struct TonightKeeperTests {
  @Test func `A named event keeps what the venue gave and learns the rest`() async {
    let told = event("a", 0, 8)
    let keeper = TonightKeeper(
      programme: Programme(single: [told]), given: Event(id: "a", name: "Ours"))
    #expect(await keeper.tonight == .chosen(Event(id: "a", name: "Ours")))
    let expected = Event(id: "a", name: "Ours", startsAt: told.startsAt, endsAt: told.endsAt)
    #expect(await keeper.refresh(at: start) == .chosen(expected))
  }

  @Test func `A service that fails changes nothing`() async {
    let named = TonightKeeper(programme: Programme(), given: Event(id: "a"))
    #expect(await named.refresh(at: start) == .chosen(Event(id: "a")))
    let programme = Programme(events: [event("b", 0, 8)])
    let found = TonightKeeper(programme: programme, given: nil)
    #expect(await found.refresh(at: start).event?.id == "b")
    programme.answers.withLock { $0.events = nil }
    #expect(await found.refresh(at: start.addingTimeInterval(9 * hour)).event?.id == "b")
  }

  @Test func `A named event gives way to the next one too`() async {
    let programme = Programme(
      events: [event("a", 0, 8), event("b", 24, 32)], single: [event("a", 0, 8)])
    let keeper = TonightKeeper(programme: programme, given: Event(id: "a"))
    #expect(await keeper.refresh(at: start).event?.id == "a")
    #expect(programme.answers.withLock(\.asked) == ["event a"], "the list is not needed yet")
    #expect(await keeper.refresh(at: start.addingTimeInterval(9 * hour)).event?.id == "a")
    #expect(await keeper.refresh(at: start.addingTimeInterval(18 * hour)).event?.id == "b")
  }

  @Test func `Staff pick one of several, and it stays`() async {
    let programme = Programme(events: [event("a", 0, 8), event("b", 1, 9)])
    let keeper = TonightKeeper(programme: programme, given: nil)
    #expect(await keeper.refresh(at: start).event == nil)
    #expect(await keeper.pick("b", at: start).event?.id == "b")
    #expect(await keeper.refresh(at: start.addingTimeInterval(60)).event?.id == "b")
  }

  @Test func `By a clock that cannot be right nothing is chosen`() async {
    let programme = Programme(events: [event("a", 0, 8)])
    let keeper = TonightKeeper(programme: programme, given: nil, trustsClock: false)
    #expect(await keeper.refresh(at: start) == .none(.notChosen))
    let named = TonightKeeper(programme: programme, given: Event(id: "x"), trustsClock: false)
    #expect(await named.refresh(at: start).event?.id == "x")
  }

  /// Asks a service that is silent, and waits until it has taken the question.
  private func ask(
    _ keeper: TonightKeeper, _ programme: Programme
  ) async -> Task<Tonight, Never> {
    let asking = Task { await keeper.refresh(at: start) }
    while programme.answers.withLock({ $0.silent?.isEmpty ?? false }) { await Task.yield() }
    return asking
  }

  @Test
  func `While a service takes the question and never answers, the store says which night it is`()
    async
  {
    let stored = [event("a", 0, 8), event("old", -48, -40)]
    let programme = Programme(silentWith: stored)
    let keeper = TonightKeeper(programme: programme, given: nil)
    let asking = await ask(keeper, programme)
    #expect(await keeper.tonight == .none(.notChosen))
    #expect(await keeper.recall(at: start) == .chosen(stored[0]))
    // What the service says at last holds as if it had been said in time.
    let (first, second) = (event("a", -1, 9), event("b", 0, 8))
    programme.answer(events: [first, second])
    #expect(await asking.value == .none(.several([first, second])))
  }

  @Test func `A late answer that fails leaves what the store said`() async {
    let programme = Programme(silentWith: [event("a", 0, 8)])
    let keeper = TonightKeeper(programme: programme, given: nil)
    let asking = await ask(keeper, programme)
    await keeper.recall(at: start)
    programme.answer()
    #expect(await asking.value == .chosen(event("a", 0, 8)))
  }

  @Test func `A named event takes name and hours from the store until the service tells`() async {
    let programme = Programme(silentWith: [event("a", 0, 8)])
    let keeper = TonightKeeper(programme: programme, given: Event(id: "a", name: "Ours"))
    let asking = await ask(keeper, programme)
    let kept = Event(
      id: "a", name: "Ours", startsAt: start, endsAt: start.addingTimeInterval(8 * hour))
    #expect(await keeper.recall(at: start) == .chosen(kept))
    programme.answer(single: [event("a", 0, 9)])
    #expect(await asking.value.event?.endsAt == start.addingTimeInterval(9 * hour))
    // What has been told is newer than what is stored.
    #expect(await keeper.recall(at: start).event?.endsAt == start.addingTimeInterval(9 * hour))
  }

  @Test func `Nothing stored, or a clock that cannot be right, recalls nothing`() async {
    let empty = TonightKeeper(programme: Programme(silentWith: []), given: nil)
    #expect(await empty.recall(at: start) == .none(.unreachable))
    let named = TonightKeeper(programme: Programme(silentWith: []), given: Event(id: "x"))
    #expect(await named.recall(at: start) == .chosen(Event(id: "x")))
    let lost = TonightKeeper(
      programme: Programme(silentWith: [event("a", 0, 8)]), given: nil, trustsClock: false)
    #expect(await lost.recall(at: start) == .none(.notChosen))
  }
}
