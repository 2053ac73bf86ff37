import Admission
import CheckIn
import FoundationEssentials
import Synchronization
import Testing

private let start = SettableClock.start
private let hour: TimeInterval = 3600

/// An event that begins and ends so many hours after `start`.
private func event(_ id: String, _ from: Double, _ until: Double?) -> Event {
  Event(
    id: id, name: id, startsAt: start.addingTimeInterval(from * hour),
    endsAt: until.map { start.addingTimeInterval($0 * hour) })
}

@Suite struct TonightKeeperTests {
  private func keeper(
    _ programme: Programme, _ given: Event?, _ clock: SettableClock = SettableClock(),
    naming: TonightKeeper.Naming = .configuration, pickedID: String? = nil,
    builtAt: Date = .distantPast
  ) -> TonightKeeper {
    TonightKeeper(
      programme: programme, given: given, naming: naming, pickedID: pickedID,
      clock: clock.box(builtAt: builtAt))
  }

  @Test func `A named event keeps what the venue gave and learns the rest`() async {
    let told = event("a", 0, 8)
    let keeper = self.keeper(Programme(single: [told]), Event(id: "a", name: "Ours"))
    #expect(await keeper.tonight == .chosen(Event(id: "a", name: "Ours")))
    let expected = Event(id: "a", name: "Ours", startsAt: told.startsAt, endsAt: told.endsAt)
    #expect(await keeper.refresh() == .chosen(expected))
  }

  @Test func `A refused key is no missing network, until it is taken`() async {
    let programme = Programme()
    programme.answers.withLock { $0.refusesKey = true }
    let keeper = self.keeper(programme, nil)
    #expect(await keeper.refresh() == .none(.keyRefused))
    #expect(await keeper.reconsider() == .none(.keyRefused))
    programme.answers.withLock { $0.refusesKey = false }
    #expect(await keeper.refresh() == .none(.unreachable))
    programme.answers.withLock { $0.events = [event("b", 0, 8)] }
    #expect(await keeper.refresh().event?.id == "b")
  }

  @Test func `A service that fails changes nothing`() async {
    let named = self.keeper(Programme(), Event(id: "a"))
    #expect(await named.refresh() == .chosen(Event(id: "a")))
    let programme = Programme(events: [event("b", 0, 8)])
    let clock = SettableClock()
    let found = self.keeper(programme, nil, clock)
    #expect(await found.refresh().event?.id == "b")
    programme.answers.withLock { $0.events = nil }
    clock.pass(hours: 9)
    #expect(await found.refresh().event?.id == "b")
  }

  @Test func `A named event gives way to the next one too`() async {
    let programme = Programme(
      events: [event("a", 0, 8), event("b", 24, 32)], single: [event("a", 0, 8)])
    let clock = SettableClock()
    let keeper = self.keeper(programme, Event(id: "a"), clock)
    #expect(await keeper.refresh().event?.id == "a")
    #expect(programme.answers.withLock(\.asked) == ["event a"], "the list is not needed yet")
    clock.pass(hours: 9)
    #expect(await keeper.refresh().event?.id == "a")
    clock.pass(hours: 9)
    #expect(await keeper.refresh().event?.id == "b")
  }

  @Test func `Staff pick one of several, and it stays`() async {
    let programme = Programme(events: [event("a", 0, 8), event("b", 1, 9)])
    let keeper = self.keeper(programme, nil)
    #expect(await keeper.refresh().event == nil)
    #expect(await keeper.pick("b").event?.id == "b")
    #expect(await keeper.refresh().event?.id == "b")
  }

  @Test func `By a clock that cannot be right nothing is chosen`() async {
    let programme = Programme(events: [event("a", 0, 8)])
    let keeper = self.keeper(programme, nil, builtAt: .distantFuture)
    #expect(await keeper.refresh() == .none(.notChosen))
    let named = self.keeper(programme, Event(id: "x"), builtAt: .distantFuture)
    #expect(await named.refresh().event?.id == "x")
  }

  /// Asks a service that is silent, and waits until it has taken the question.
  private func ask(
    _ keeper: TonightKeeper, _ programme: Programme
  ) async -> Task<Tonight, Never> {
    let asking = Task { await keeper.refresh() }
    while programme.answers.withLock({ $0.silent?.isEmpty ?? false }) { await Task.yield() }
    return asking
  }

  @Test
  func `While a service takes the question and never answers, the store says which night it is`()
    async
  {
    let stored = [event("a", 0, 8), event("old", -48, -40)]
    let programme = Programme(silentWith: stored)
    let keeper = self.keeper(programme, nil)
    let asking = await ask(keeper, programme)
    #expect(await keeper.tonight == .none(.notChosen))
    #expect(await keeper.recall() == .chosen(stored[0]))
    // What the service says at last holds as if it had been said in time.
    let (first, second) = (event("a", -1, 9), event("b", 0, 8))
    programme.answer(events: [first, second])
    #expect(await asking.value == .none(.several([first, second])))
  }

  @Test func `A late answer that fails leaves what the store said`() async {
    let programme = Programme(silentWith: [event("a", 0, 8)])
    let keeper = self.keeper(programme, nil)
    let asking = await ask(keeper, programme)
    await keeper.recall()
    programme.answer()
    #expect(await asking.value == .chosen(event("a", 0, 8)))
  }

  @Test func `A named event takes name and hours from the store until the service tells`() async {
    let programme = Programme(silentWith: [event("a", 0, 8)])
    let keeper = self.keeper(programme, Event(id: "a", name: "Ours"))
    let asking = await ask(keeper, programme)
    let kept = Event(
      id: "a", name: "Ours", startsAt: start, endsAt: start.addingTimeInterval(8 * hour))
    #expect(await keeper.recall() == .chosen(kept))
    programme.answer(single: [event("a", 0, 9)])
    #expect(await asking.value.event?.endsAt == start.addingTimeInterval(9 * hour))
    // What has been told is newer than what is stored.
    #expect(await keeper.recall().event?.endsAt == start.addingTimeInterval(9 * hour))
  }

  @Test func `Nothing stored, or a clock that cannot be right, recalls nothing`() async {
    let empty = self.keeper(Programme(silentWith: []), nil)
    #expect(await empty.recall() == .none(.unreachable))
    let named = self.keeper(Programme(silentWith: []), Event(id: "x"))
    #expect(await named.recall() == .chosen(Event(id: "x")))
    let lost = self.keeper(Programme(silentWith: [event("a", 0, 8)]), nil, builtAt: .distantFuture)
    #expect(await lost.recall() == .none(.notChosen))
  }

  // MARK: The clock

  @Test func `A clock that is put right after the start lets the event be chosen`() async {
    let programme = Programme(events: [event("a", 0, 8)])
    let clock = SettableClock()
    clock.set(by: -100_000)
    let keeper = self.keeper(programme, nil, clock, builtAt: start.addingTimeInterval(-hour))
    #expect(await keeper.refresh() == .none(.notChosen))
    #expect(await !keeper.isOutdated)
    clock.set(by: 100_000)
    #expect(await keeper.isOutdated)
    #expect(await keeper.refresh() == .chosen(event("a", 0, 8)))
    #expect(await !keeper.isOutdated)
  }

  @Test(arguments: [24.0, -24, 960])
  func `A clock that was wrong at the start leaves nothing behind`(offset: Double) async {
    let programme = Programme(events: [event("wrong", offset, offset + 8), event("a", 0, 8)])
    let clock = SettableClock()
    clock.set(by: offset)
    let keeper = self.keeper(programme, nil, clock)
    #expect(await keeper.refresh().event?.id == "wrong")
    clock.set(by: -offset)
    #expect(await keeper.refresh().event?.id == "a")
  }

  /// What staff name is theirs, whatever the clock does.
  @Test(arguments: [-2.0, 2, 5, -24])
  func `A named event outlives every step within its time`(step: Double) async {
    let programme = Programme(events: [event("b", -30, 40)], single: [event("a", 0, 8)])
    let clock = SettableClock()
    let keeper = self.keeper(programme, Event(id: "a"), clock, naming: .option)
    #expect(await keeper.refresh().event?.id == "a")
    clock.set(by: step)
    #expect(await keeper.reconsider().event?.id == "a")
    #expect(await keeper.refresh().event?.id == "a")
  }

  @Test func `Where the service had confirmed the clock, a step within the hours changes nothing`()
    async
  {
    let programme = Programme(events: [event("a", 0, 8)])
    let clock = SettableClock()
    let box = clock.box()
    let keeper = TonightKeeper(programme: programme, given: nil, clock: box)
    box.note(serverDate: start)
    #expect(await keeper.refresh().event?.id == "a")
    programme.answers.withLock { $0.events = [event("a", 0, 8), event("b", 1, 9)] }
    clock.set(by: 2)
    #expect(await keeper.reconsider().event?.id == "a", "no gap while the service is asked")
    #expect(await keeper.refresh().event?.id == "a")
    box.note(serverDate: start.addingTimeInterval(2 * hour))
    await keeper.reconsider()
    // The service is silent, and nothing is stored.
    programme.answers.withLock { $0.events = nil }
    clock.set(by: -2)
    #expect(await keeper.refresh().event?.id == "a")
  }

  // MARK: Unknown events

  @Test func `An event that the service does not know is said so, until it does`() async {
    let programme = Programme(events: [event("b", 0, 8)])
    programme.answers.withLock { $0.unknown = ["zzz"] }
    let keeper = self.keeper(programme, Event(id: "zzz"), naming: .option)
    #expect(await keeper.refresh() == .unknown(Event(id: "zzz")))
    programme.answers.withLock {
      $0.unknown = []
      $0.single["zzz"] = event("zzz", 0, 8)
    }
    #expect(await keeper.refresh() == .chosen(event("zzz", 0, 8)))
  }

  @Test func `An event that the service lists is known, whatever its own endpoint says`() async {
    let programme = Programme(events: [event("a", 0, 8)])
    programme.answers.withLock { $0.unknown = ["a"] }
    let named = self.keeper(programme, Event(id: "a"))
    #expect(await named.refresh() == .chosen(event("a", 0, 8)))
    let found = self.keeper(programme, nil)
    await found.refresh()
    #expect(await found.refresh() == .chosen(event("a", 0, 8)))
  }

  /// A gateway without the service behind it knows nothing of anything.
  @Test func `Only the service itself can say that it does not know an event`() async {
    let programme = Programme()
    programme.answers.withLock {
      $0.unknown = ["a", "b"]
      $0.isHeard = false
      $0.stored = [event("a", 0, 8)]
    }
    let keeper = self.keeper(programme, Event(id: "a"))
    #expect(await keeper.refresh() == .chosen(event("a", 0, 8)))
    await keeper.learn(ids: ["b"])
    // Its list is its word, and so is the next answer about another event.
    programme.answers.withLock {
      $0.events = [event("c", 0, 8)]
      $0.isHeard = true
      $0.asked = []
    }
    #expect(await keeper.refresh() == .unknown(event("a", 0, 8)))
    await keeper.learn(ids: ["b"])
    await keeper.learn(ids: ["b"])
    #expect(programme.answers.withLock(\.asked) == ["event a", "events", "event b"])
  }

  @Test func `A silent service says nothing of an event`() async {
    let keeper = self.keeper(Programme(), Event(id: "a"))
    #expect(await keeper.refresh() == .chosen(Event(id: "a")))
  }

  // MARK: Several events

  @Test func `A choice among several is kept over a restart, while that event is on`() async {
    let programme = Programme(events: [event("a", 0, 8), event("b", 1, 9)])
    let clock = SettableClock()
    let keeper = self.keeper(programme, nil, clock, pickedID: "b")
    #expect(await keeper.refresh().event?.id == "b")
    #expect(await keeper.eventsToPick.map(\.id) == ["a", "b"])
    #expect(await keeper.pick("a").event?.id == "a")
    let gone = self.keeper(programme, nil, clock, pickedID: "gone")
    #expect(await gone.refresh().event == nil)
  }

  @Test func `There is nothing to pick where the venue has named the event, or one alone is on`()
    async
  {
    let programme = Programme(
      events: [event("a", 0, 8), event("b", 1, 9)], single: [event("a", 0, 8)])
    let named = self.keeper(programme, Event(id: "a"))
    await named.refresh()
    await named.learnProgramme()
    #expect(await named.eventsToPick == [])
    let alone = self.keeper(Programme(events: [event("a", 0, 8)]), nil)
    await alone.refresh()
    #expect(await alone.eventsToPick == [])
  }

  // MARK: Other events

  @Test func `Other events are told by the list, the store and the service, the nearest first`()
    async
  {
    let programme = Programme(
      events: [event("a", 0, 8), event("tomorrow", 24, 32)], single: [event("far", 240, 248)])
    programme.answers.withLock {
      $0.stored = [event("past", -72, -64)]
      $0.unknown = ["nobody"]
    }
    let keeper = self.keeper(programme, nil)
    await keeper.refresh()
    let ids = ["nobody", "far", "past", "tomorrow", "a"]
    await keeper.learn(ids: ids)
    #expect(await keeper.events(ids: ids).map(\.id) == ["a", "tomorrow", "past", "far", "nobody"])
    #expect(await keeper.events(ids: ["far"]) == [event("far", 240, 248)])
    #expect(await keeper.events(ids: ["nobody"]) == [Event(id: "nobody")])
    let asked = programme.answers.withLock(\.asked)
    await keeper.learn(ids: ids)
    #expect(programme.answers.withLock(\.asked) == asked, "each is asked for once")
  }
}
