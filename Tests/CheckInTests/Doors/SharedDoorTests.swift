import Admission
import CheckIn
import FoundationEssentials
import TestSupport
import Testing
import Waiting

@Suite(.timeLimit(.minutes(1))) struct SharedDoorTests {
  private static let patience: Duration = .milliseconds(300)

  /// A door with a store of its own, and the shared ledger.
  private struct Door {
    let store: TestLedger
    let replica: TestReplica
    let link: LedgerLink
    let keeper: LedgerKeeper
    let ledger: RecordingLedger

    func admit(
      _ code: String, judge: @escaping @Sendable (EarlierAdmissions) -> Decision
    ) async -> RecordedDecision {
      await ledger.admit(entry(code), judge: judge)
    }
  }

  private func door(
    _ name: String, on ledger: TestDoorsLedger, store: TestLedger = TestLedger(),
    claims: any PassClaims = NoOtherProcess(), clock: any WaitClock = .box
  ) async -> Door {
    let replica = TestReplica(doorID: name)
    let link = LedgerLink(ledger: ledger, replica: replica, patience: Self.patience, clock: clock)
    let keeper = LedgerKeeper(
      link: link, claims: NoOtherProcess(),
      door: LedgerKeeper.Door(name: name, rules: "", version: "1"),
      tonight: { .none(.notChosen) })
    let recording = RecordingLedger(store: store, claims: claims, clock: clock)
    await recording.share(by: link)
    return Door(store: store, replica: replica, link: link, keeper: keeper, ledger: recording)
  }

  /// Until the keeper has reached the ledger.
  private func together(_ door: Door) async -> Task<Void, Never> {
    let keeping = Task { await door.keeper.run() }
    await wait { door.link.status == .together }
    return keeping
  }

  @Test func `A pass that another door let in is red here`() async {
    let ledger = TestDoorsLedger()
    let (north, south) = (await door("north", on: ledger), await door("south", on: ledger))
    let keeping = [await together(north), await together(south)]
    defer { for one in keeping { one.cancel() } }
    #expect(await north.admit("A", judge: judge).decision.reason == .valid)
    #expect(await south.admit("A", judge: judge).decision.reason == .alreadyUsed)
    #expect(await south.store.people == 0)
    #expect(ledger.admissions.map(\.doorID) == ["north"])
    #expect(ledger.isFree)
  }

  @Test func `A group comes in at two doors, and nobody more than it allows`() async {
    let ledger = TestDoorsLedger()
    let (north, south) = (await door("north", on: ledger), await door("south", on: ledger))
    let keeping = [await together(north), await together(south)]
    defer { for one in keeping { one.cancel() } }
    let oneOfFour: @Sendable (EarlierAdmissions) -> Decision = { before in
      let count = HeadCount(allowed: 4, used: before.people)
      return count.remaining > 0
        ? Decision(reason: .valid, count: count.admitting(1))
        : Decision(reason: .alreadyUsed, count: count)
    }
    for door in [north, south, north, south] {
      #expect(await door.admit("A", judge: oneOfFour).decision.reason == .valid)
    }
    for door in [north, south] {
      #expect(await door.admit("A", judge: oneOfFour).decision.reason == .alreadyUsed)
    }
    #expect(ledger.admissions.reduce(0) { $0 + $1.people } == 4)
  }

  /// Judges by the places alone.
  private static func judgeByPlaces(_ places: Int) -> @Sendable (EarlierAdmissions) -> Decision {
    { before in
      guard let inside = before.everybodyInside, inside < places else {
        return Decision(reason: .venueFull)
      }
      return Decision(reason: .valid, count: HeadCount(allowed: 1, used: 0).admitting(1))
    }
  }

  @Test func `The last place is had at one door, before the other has heard of it`() async {
    let ledger = TestDoorsLedger()
    let (north, south) = (await door("north", on: ledger), await door("south", on: ledger))
    let keeping = [await together(north), await together(south)]
    for one in keeping { one.cancel() }
    var (first, second) = (entry("A"), entry("B"))
    (first.places, second.places) = (1, 1)
    let judge = Self.judgeByPlaces(1)
    #expect(await north.ledger.admit(first, judge: judge).decision.reason == .valid)
    #expect(await south.ledger.admit(second, judge: judge).decision.reason == .venueFull)
    #expect(ledger.isFree)
  }

  @Test func `Whoever lost the last place with the hold is not let in`() async {
    let ledger = TestDoorsLedger()
    let door = await door("north", on: ledger)
    let keeping = await together(door)
    keeping.cancel()
    var last = entry("A")
    last.places = 1
    let other = LedgerAdmission(
      id: .new(), doorID: "south", door: "South", eventID: "e", passID: "B", code: "B",
      allowed: 1, used: 0, people: 1, at: later)
    ledger.set(.losesTheHold(to: other))
    let recorded = await door.ledger.admit(last, judge: Self.judgeByPlaces(1))
    #expect(recorded.decision.isClaimedElsewhere)
    #expect(
      await door.ledger.admit(last, judge: Self.judgeByPlaces(1)).decision.reason == .venueFull)
  }

  @Test func `Only a house that is nearly full makes the doors wait for each other`() async {
    let ledger = TestDoorsLedger()
    let door = await door("north", on: ledger)
    let keeping = await together(door)
    defer { keeping.cancel() }
    ledger.count(eventID: "e")
    let judge = Self.judgeByPlaces(100)
    var (first, second) = (entry("A"), entry("B"))
    (first.places, second.places) = (100, 100)
    #expect(await door.ledger.admit(first, judge: judge).decision.reason == .valid)
    #expect(
      await door.ledger.admit(second, judge: judge).decision.isClaimedElsewhere, "99 are left")
  }

  @Test func `While another door is about to admit a pass nobody is let in on it`() async {
    let ledger = TestDoorsLedger()
    let door = await door("north", on: ledger)
    let keeping = await together(door)
    defer { keeping.cancel() }
    ledger.occupy(PassAtEvent(id: "A", eventID: "e", code: "A"))
    let recorded = await door.admit("A", judge: judge)
    #expect(recorded.decision.isClaimedElsewhere)
    #expect(recorded.decision.verdict == .unverified)
    #expect(door.link.status == .together, "that says nothing of the ledger")
    #expect(await door.store.people == 0)
  }

  @Test func `A silent ledger is waited for once, and the door goes on alone`() async {
    let clock = ManualClock()
    let ledger = TestDoorsLedger()
    let door = await door("north", on: ledger, clock: clock)
    let keeping = await together(door)
    defer { keeping.cancel() }
    let before = ledger.holds
    ledger.set(.isSilent)
    // Whether it takes no time is seen by who is asked: the clock goes on while a busy machine waits.
    let first = await passing(clock) { await door.admit("A", judge: judge) }
    #expect(first.decision.reason == .valid)
    for code in ["B", "C", "A"] {
      let next = await passing(clock) { await door.admit(code, judge: judge) }
      #expect(next.decision.reason == (code == "A" ? .alreadyUsed : .valid))
    }
    #expect(ledger.holds == before + 1)
    guard case .alone = door.link.status else {
      Issue.record("the door is \(door.link.status)")
      return
    }
    #expect(await door.store.people == 3)
  }

  @Test(arguments: [
    LedgerError.unreachable("connection refused"), .refused("the disk is full"),
    .notCurrent("version 0"),
  ])
  func `A ledger that cannot leaves the door alone until it answers a probe`(
    error: LedgerError
  ) async {
    let ledger = TestDoorsLedger()
    let door = await door("north", on: ledger)
    let keeping = await together(door)
    defer { keeping.cancel() }
    ledger.set(.fails(error))
    #expect(await door.admit("A", judge: judge).decision.reason == .valid)
    ledger.set(.answers)
    await wait { door.link.status == .together }
    #expect(await door.admit("B", judge: judge).decision.reason == .valid)
    #expect(ledger.admissions.map(\.code) == ["B"])
  }

  @Test func `What the door did alone is delivered before it says that it is together`() async {
    let ledger = TestDoorsLedger()
    let door = await door("north", on: ledger)
    let alone = LedgerAdmission(
      id: .new(), doorID: "north", door: "North", eventID: "e", passID: "A", code: "A",
      allowed: 1, used: 0, people: 1, at: later)
    door.replica.owe(alone)
    let keeping = await together(door)
    defer { keeping.cancel() }
    // What the door's clock is ahead by is measured, and never quite nothing.
    #expect(abs(ledger.admissions.first?.clockOffset ?? 60) < 1)
    #expect(ledger.admissions.map { with($0) { $0.clockOffset = nil } } == [alone])
    #expect(door.replica.delivered.map(\.id) == [alone.id])
  }

  @Test func `A lost answer lets the guest in, and is no second admission`() async {
    let ledger = TestDoorsLedger()
    let (north, south) = (await door("north", on: ledger), await door("south", on: ledger))
    let keeping = [await together(north), await together(south)]
    defer { for one in keeping { one.cancel() } }
    ledger.set(.losesItsAnswer)
    #expect(await north.admit("A", judge: judge).decision.reason == .valid)
    ledger.set(.answers)
    await wait { north.link.status == .together }
    #expect(await south.admit("A", judge: judge).decision.reason == .alreadyUsed)
    #expect(ledger.admissions.count == 1)
  }

  @Test func `What the ledger holds and nobody was shown is taken back`() async {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let clock = ManualClock()
    let ledger = TestDoorsLedger()
    let store = TestLedger(gate: gate)
    // Without a claim, a green whose commit is late is amber.
    let door = await door("north", on: ledger, store: store, claims: NoClaims(), clock: clock)
    let keeping = await together(door)
    defer { keeping.cancel() }
    async let admitting = door.admit("A", judge: judge)
    await wait { await store.isAtGate }
    clock.advance(by: .milliseconds(2_600))
    let recorded = await admitting
    #expect(recorded.decision.verdict == .unverified)
    open.finish()
    await wait {
      clock.advance(by: .milliseconds(100))
      return ledger.admissions.contains { $0.undoneAt != nil }
    }
    #expect(ledger.admissions.map(\.standing) == [0])
  }

  @Test(arguments: [true, false])
  func `After a loss of power the ledger knows whom somebody was shown`(isConfirmed: Bool) async {
    let ledger = TestDoorsLedger()
    let door = await door("north", on: ledger)
    let lost = LedgerAdmission(
      id: .new(), doorID: "north", door: "North", eventID: "e", passID: "A", code: "A",
      allowed: 1, used: 0, people: 1, at: later)
    ledger.add(lost)
    if isConfirmed { try? await ledger.confirm(lost.id, within: .seconds(1)) }
    door.replica.lack(lost.id)
    let keeping = await together(door)
    defer { keeping.cancel() }
    #expect(ledger.admissions.map(\.standing) == [isConfirmed ? 1 : 0])
    // The store is to be equal to the ledger, also in what was taken back.
    #expect(door.replica.brought.map(\.standing) == [isConfirmed ? 1 : 0])
  }

  @Test func `A store that is an older copy takes nothing back`() async {
    let ledger = TestDoorsLedger()
    let door = await door("north", on: ledger)
    for code in ["A", "B"] {
      let lost = LedgerAdmission(
        id: .new(), doorID: "north", door: "North", eventID: "e", passID: code, code: code,
        allowed: 1, used: 0, people: 1, at: later)
      ledger.add(lost)
      door.replica.lack(lost.id)
    }
    let keeping = await together(door)
    defer { keeping.cancel() }
    #expect(ledger.admissions.map(\.standing) == [1, 1])
    #expect(door.replica.brought.map(\.standing) == [1, 1])
  }

  @Test func `A ledger that was restored from a backup gets what it lacks`() async {
    let clock = ManualClock()
    let ledger = TestDoorsLedger()
    let door = await door("north", on: ledger, clock: clock)
    let keeping = await together(door)
    defer { keeping.cancel() }
    #expect(await door.admit("A", judge: judge).decision.reason == .valid)
    await wait {
      clock.advance(by: .milliseconds(100))
      return door.replica.delivered.map(\.code) == ["A"]
    }
    ledger.restore([])
    await wait {
      clock.advance(by: .milliseconds(100))
      return ledger.admissions.map(\.code) == ["A"]
    }
  }

  @Test func `A hold that is lost to another door lets nobody in`() async {
    let ledger = TestDoorsLedger()
    let door = await door("north", on: ledger)
    let keeping = await together(door)
    defer { keeping.cancel() }
    let other = LedgerAdmission(
      id: .new(), doorID: "south", door: "South", eventID: "e", passID: "A", code: "A",
      allowed: 1, used: 0, people: 1, at: later)
    ledger.set(.losesTheHold(to: other))
    #expect(await door.admit("A", judge: judge).decision.verdict == .unverified)
    #expect(await door.admit("A", judge: judge).decision.reason == .alreadyUsed)
    #expect(ledger.admissions == [other])
    await wait { await door.store.people == 0 }
  }

  @Test func `The first scan waits until it is known how the ledger is`() async {
    let ledger = TestDoorsLedger()
    ledger.add(
      LedgerAdmission(
        id: .new(), doorID: "south", door: "South", eventID: "e", passID: "A", code: "A",
        allowed: 1, used: 0, people: 1, at: later))
    let door = await door("north", on: ledger)
    async let admitting = door.admit("A", judge: judge)
    let keeping = Task { await door.keeper.run() }
    defer { keeping.cancel() }
    #expect(await admitting.decision.reason == .alreadyUsed)
  }

  // MARK: Exits

  struct Exit: Sendable, CustomTestStringConvertible {
    var name: String
    var direction = DoorDirection.out
    var state = DoorOnLedger.State.connected
    var unseen: TimeInterval = 2
    var eventID = "e"
    var isExit: Bool
    var mayMissExits: Bool
    var testDescription: String { name }
  }

  /// Contract: Out and in again.
  @Test(arguments: [
    Exit(name: "an exit", isExit: true, mayMissExits: false),
    Exit(name: "seen 59 s ago", unseen: 59, isExit: true, mayMissExits: false),
    Exit(name: "silent", state: .silent, unseen: 60, isExit: true, mayMissExits: true),
    Exit(
      name: "it is back, and has yet to deliver", state: .alone, isExit: true, mayMissExits: false),
    Exit(
      name: "alone when it was seen last", state: .alone, unseen: 60, isExit: true,
      mayMissExits: true),
    Exit(name: "somebody ended it", state: .ended, isExit: false, mayMissExits: false),
    Exit(name: "another night's", state: .silent, eventID: "x", isExit: false, mayMissExits: false),
    Exit(
      name: "a silent entrance", direction: .in, state: .silent, isExit: false, mayMissExits: false),
  ])
  func `An exit that cannot be heard may have let somebody out`(_ exit: Exit) async {
    let clock = ManualClock()
    let ledger = TestDoorsLedger()
    var told = DoorOnLedger(
      id: "exit", name: "Exit", lastSeen: .now, unseen: exit.unseen, state: exit.state,
      eventID: exit.eventID)
    told.direction = exit.direction
    ledger.set([DoorOnLedger(id: "north", name: "North", lastSeen: .now, eventID: "e"), told])
    let door = await door("north", on: ledger, clock: clock)
    #expect(door.link.mayMissExits(eventID: "e"), "nobody knows yet how the ledger is")
    let keeping = await together(door)
    defer { keeping.cancel() }
    await wait { door.link.hasExit(eventID: "e") == exit.isExit }
    #expect(door.link.mayMissExits(eventID: "e") == exit.mayMissExits)
  }

  @Test func `A door that is alone may miss whoever leaves`() async {
    let ledger = TestDoorsLedger()
    let door = await door("north", on: ledger)
    let keeping = await together(door)
    defer { keeping.cancel() }
    #expect(!door.link.mayMissExits(eventID: "e"))
    ledger.set(.fails(.unreachable("cut")))
    _ = await door.admit("A", judge: judge)
    #expect(door.link.mayMissExits(eventID: "e"))
  }

  @Test func `A dry run asks for no pass`() async {
    let ledger = TestDoorsLedger()
    let door = await door("north", on: ledger)
    let keeping = await together(door)
    defer { keeping.cancel() }
    var look = entry("A")
    look.isDryRun = true
    #expect(await door.ledger.admit(look, judge: judge).decision.reason == .valid)
    #expect(ledger.holds == 0)
    #expect(ledger.admissions.isEmpty)
  }
}

private func with<Value>(_ value: Value, _ change: (inout Value) -> Void) -> Value {
  var value = value
  change(&value)
  return value
}
