import Admission
import CheckIn
import FoundationEssentials
import TestSupport
import Testing
import Waiting

/// The program ends before a verdict was shown: whoever would have come in by it is not in.
@Suite(.timeLimit(.minutes(1))) struct UnseenScanTests {
  private let audience = Audience()

  private func door(_ lookUp: any PassLookUp, _ store: TestLedger, timer: any WaitClock = .box)
    -> Door
  {
    Door(lookUp, repeatSeconds: 0, store: store, audience: audience, timer: timer)
  }

  private static let passes = StoredPasses(answers: [
    "AAAA": passAnswer("AAAA"), "BBBB": passAnswer("BBBB", for: 4),
  ])

  @Test func `What was shown stays, and what was given after it is taken back`() async {
    let store = TestLedger()
    let door = door(Self.passes, store)
    for code in ["AAAA", "BBBB", "CCCC"] { await door.scan(code) }
    #expect(await door.verdicts(3).map(\.reason) == [.valid, .valid, .unknownPass])
    #expect(await store.people == 5)
    audience.noteShown(1)
    let unseen = await door.service.takeBackUnseen(within: .seconds(1))
    #expect(unseen.takenBack.map(\.code) == ["BBBB"])
    #expect(unseen.takenBack.map(\.people) == [4])
    #expect(unseen.left == 0 && unseen.undecided == [])
    #expect(await door.ledger.finish(within: .seconds(20)) == 0)
    #expect(await store.people == 1)
  }

  @Test func `Whom staff took back already is not taken back twice`() async {
    let store = TestLedger()
    let door = door(Self.passes, store)
    await door.scan("BBBB")
    _ = await door.verdict()
    guard case .undone = await door.service.undoLast() else {
      Issue.record("nobody is taken back")
      return
    }
    #expect(await door.service.takeBackUnseen(within: .seconds(1)) == UnseenScans())
  }

  /// The disk stands still over the commit until the program has given up.
  @Test(arguments: [false, true])
  func `What comes through late is taken back, however late`(isShown: Bool) async throws {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let (store, timer) = (TestLedger(gate: gate), ManualClock())
    let door = door(Self.passes, store, timer: timer)
    await door.scan("BBBB")
    await wait { await store.isAtGate }
    let unseen: UnseenScans
    if isShown {
      let verdict = Task { await door.verdict() }
      timer.advance(by: patienceWithDisk)
      #expect(await verdict.value?.isRecordedLate == true)
      audience.noteShown(1)
      unseen = await door.service.takeBackUnseen(within: .seconds(1))
    } else {
      audience.leave()
      unseen = await passing(timer) { await door.service.takeBackUnseen(within: .seconds(1)) }
    }
    #expect(unseen.takenBack.map(\.people) == (isShown ? [] : [4]))
    #expect(unseen.left == 0 && unseen.undecided == [])
    // An end keeps it as it is, for whoever comes next.
    let kept = await door.ledger.unsavedEntries.map { entry in
      if case .admission(let admission) = entry { admission.undoneAt != nil } else { false }
    }
    #expect(kept == [!isShown])
    open.finish()
    let left = await passing(timer) { await door.ledger.finish(within: .seconds(20)) }
    #expect(left == 0)
    #expect(await store.people == (isShown ? 4 : 0))
  }

  @Test func `Whoever shows it as late is told once it is recorded, and its repeat is not late`()
    async
  {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let (store, timer) = (TestLedger(gate: gate), ManualClock())
    let door = Door(Self.passes, store: store, audience: audience, timer: timer)
    await door.scan("BBBB")
    await wait { await store.isAtGate }
    timer.advance(by: patienceWithDisk)
    #expect(await door.verdict()?.isRecordedLate == true)
    // Staff say that fewer came in, which is late as well.
    let corrected = await passing(timer) { await door.service.setAdmitted(number: 1, people: 3) }
    #expect(corrected?.isRecordedLate == true)
    let begin = timer.now
    open.finish()
    #expect(await passing(timer) { await door.recorded.first { _ in true } } == 1)
    #expect(timer.now - begin >= .seconds(1), "somebody can read it before")
    #expect(await store.people == 3, "as it has become")
    await door.scan("BBBB")
    let again = await door.verdict()
    #expect(again?.isRepeat == true && again?.isRecordedLate == false)
  }

  /// The sync fails: what it did not bring onto the disk may come back with the store's log.
  @Test func `Whose entry fails to be saved while the program ends is kept as taken back`() async {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let (store, timer) = (TestLedger(gate: gate), ManualClock())
    let door = door(Self.passes, store, timer: timer)
    await door.scan("BBBB")
    await wait { await store.isAtGate }
    audience.leave()
    await store.set(isWritable: false)
    open.finish()
    _ = await passing(timer) { await door.service.takeBackUnseen(within: .seconds(1)) }
    let kept = await door.ledger.unsavedEntries.map { entry in
      if case .admission(let admission) = entry { admission.undoneAt != nil } else { false }
    }
    #expect(kept == [true])
  }

  @Test func `Nobody is let in by an answer that comes after the end`() async {
    let (lookUp, store) = (GatedLookUp(), TestLedger())
    let door = door(lookUp, store)
    for code in ["AAAA", "BBBB"] { await door.scan(code) }
    _ = await lookUp.asked(2)
    // It waits for the verdict of the one before it.
    lookUp.answer("BBBB", passAnswer("BBBB"))
    let unseen = await door.service.takeBackUnseen(within: .seconds(1))
    #expect(unseen.undecided == ["AAAA", "BBBB"])
    #expect(unseen.takenBack == [] && unseen.left == 0)
    lookUp.answer("AAAA", passAnswer("AAAA"))
    await door.service.finish()
    #expect(await store.people == 0)
  }

  /// Its claim or the ledger of the doors may be waited for.
  @Test func `Nobody is let in whose scan had not been judged by the end`() async {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let (store, timer) = (TestLedger(gate: gate), ManualClock())
    let door = door(Self.passes, store, timer: timer)
    // The store has its hands full.
    async let first = store.admit(entry("other"), judge: judge)
    await wait { await store.isAtGate }
    await door.scan("BBBB")
    await wait { await store.arrivals == 2 }
    audience.leave()
    open.yield()
    open.finish()
    let unseen = await passing(timer) { await door.service.takeBackUnseen(within: .seconds(1)) }
    #expect(unseen.takenBack == [] && unseen.left == 0)
    _ = try? await first
    await door.service.finish()
    #expect(await store.people == 1)
  }

  @Test func `The other doors hear of it although this one's disk stands still`() async {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    defer { open.finish() }
    let (store, timer, shared) = (TestLedger(gate: gate), ManualClock(), TestDoorsLedger())
    let link = LedgerLink(
      ledger: shared, replica: TestReplica(doorID: "north"), patience: .milliseconds(300),
      clock: timer)
    let keeper = LedgerKeeper(
      link: link, claims: NoOtherProcess(),
      door: LedgerKeeper.Door(name: "north", rules: "", version: "1"),
      tonight: { .none(.notChosen) })
    let ledger = RecordingLedger(store: store, clock: timer)
    await ledger.share(by: link)
    let keeping = Task { await keeper.run() }
    await wait { link.status == .together }
    keeping.cancel()
    let meant = entry("A")
    let recorded = Task { await ledger.admit(meant, judge: judge) }
    await wait { await store.isAtGate }
    timer.advance(by: patienceWithDisk)
    #expect(await recorded.value.isLate)
    #expect(shared.admissions.map(\.standing) == [1])
    let taken = await ledger.takeBack([meant.id, .new()], at: later)
    #expect(taken.takenBack.map(\.code) == ["A"])
    #expect(taken.unknown == 1)
    await passing(timer) { await keeper.finish(within: .seconds(1), isDoor: true) }
    #expect(shared.admissions.map(\.standing) == [0])
  }
}
