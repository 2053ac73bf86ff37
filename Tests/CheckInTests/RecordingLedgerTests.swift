import Admission
import CheckIn
import FoundationEssentials
import TestSupport
import Testing
import Waiting

@Suite(.timeLimit(.minutes(1))) struct RecordingLedgerTests {
  private let clock = ManualClock()

  @Test func `While nothing can be recorded duplicates are caught all the same`() async {
    let store = TestLedger()
    let (told, tell) = AsyncStream.makeStream(of: Bool.self)
    let ledger = RecordingLedger(store: store) { tell.yield($0) }
    #expect(
      await ledger.admit(entry("before"), judge: judge).decision.verdict == .admit)
    await store.set(isWritable: false)
    #expect(await ledger.admit(entry("A"), judge: judge).decision.reason == .valid)
    #expect(
      await ledger.admit(entry("A"), judge: judge).decision.reason == .alreadyUsed)
    // What was recorded before the failure counts, too.
    #expect(
      await ledger.admit(entry("before"), judge: judge).decision.reason == .alreadyUsed)
    #expect(await ledger.peopleAdmitted(eventID: "e") == 2)
    await store.set(isWritable: true)
    #expect(await ledger.admit(entry("B"), judge: judge).decision.reason == .valid)
    #expect(
      await ledger.admit(entry("A"), judge: judge).decision.reason == .alreadyUsed)
    #expect(await store.people == 3, "whom memory let in is recorded afterwards")
    tell.finish()
    var states: [Bool] = []
    for await state in told { states.append(state) }
    #expect(states == [false, true])
  }

  @Test func `A slow disk paints green with a mark`() async {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let store = TestLedger(gate: gate)
    let ledger = RecordingLedger(store: store, clock: clock)
    let recorded = await ledger.admit(
      entry("A"), untilPatienceEndsOn: clock, standing: store, judge: judge)
    #expect(recorded.isLate)
    #expect(recorded.decision.reason == .valid)
    open.finish()
  }

  private enum Told: Equatable {
    case judged(Verdict)
    case saved
  }

  @Test func `Whom it admits is told while that is being written, and once it is`() async {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let store = TestLedger(gate: gate)
    let ledger = RecordingLedger(store: store, clock: clock)
    let (news, tell) = AsyncStream.makeStream(of: Told.self)
    let watch = RecordingWatch {
      tell.yield(.judged($0.decision.verdict))
    } saved: {
      tell.yield(.saved)
    }
    async let recorded = ledger.admit(entry("A"), watch: watch, judge: judge)
    var told = news.makeAsyncIterator()
    #expect(await told.next() == .judged(.admit))
    await wait { await store.isAtGate }
    // Whatever was told is told by then.
    _ = await ledger.peopleAdmitted(eventID: "e")
    open.finish()
    #expect(await told.next() == .saved)
    let admitted = await recorded
    #expect(admitted.decision.verdict == .admit && !admitted.isLate)
    // Nothing is written for these.
    for (entry, verdict) in [(entry("A"), Verdict.refuse), (look("B"), .admit)] {
      let decision = await ledger.admit(entry, watch: watch, judge: judge).decision
      #expect(decision.verdict == verdict)
    }
    tell.finish()
    #expect(await told.next() == nil)
  }

  @Test func `What is late is not told as saved`() async {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let store = TestLedger(gate: gate)
    let (ledger, clock) = (RecordingLedger(store: store, clock: clock), clock)
    let judged = Promise<Void>()
    let watch = RecordingWatch { _ in
      judged.fulfil(with: ())
    } saved: {
      Issue.record("told as saved")
    }
    #expect(
      await ledger.admit(
        entry("A"), untilPatienceEndsOn: clock, standing: store, watch: watch, judge: judge
      ).isLate)
    #expect(judged.valueSoFar != nil)
    open.finish()
    #expect(await passing(clock) { await ledger.finish(within: .seconds(3600)) } == 0)
  }

  @Test func `Without a store memory is enough, and nobody is warned`() async {
    let ledger = RecordingLedger(store: nil) { _ in Issue.record("there is nothing to tell") }
    #expect(await ledger.admit(entry("A"), judge: judge).decision.reason == .valid)
    #expect(
      await ledger.admit(entry("A"), judge: judge).decision.reason == .alreadyUsed)
  }

  @Test func `A disk that cannot even be read lets nobody in twice`() async {
    let store = TestLedger()
    let ledger = RecordingLedger(store: store)
    _ = await ledger.admit(entry("A"), judge: judge)
    await store.set(isWritable: false, isReadable: false)
    #expect(
      await ledger.admit(entry("A"), judge: judge).decision.reason == .alreadyUsed)
    #expect(await ledger.admit(entry("B"), judge: judge).decision.reason == .valid)
    #expect(
      await ledger.admit(entry("B"), judge: judge).decision.reason == .alreadyUsed)
    #expect(await ledger.peopleAdmitted(eventID: "e") == 2)
  }

  @Test func `A disk that stands still holds up no queue`() async {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let store = TestLedger(gate: gate)
    let (ledger, clock) = (RecordingLedger(store: store, clock: clock), clock)
    #expect(
      await ledger.admit(
        entry("A"), untilPatienceEndsOn: clock, standing: store, judge: judge
      ).isLate)
    // One at a time, as the real one: the second is not even judged there.
    let again = await passing(clock) { await ledger.admit(entry("A"), judge: judge) }
    #expect(again.decision.reason == .alreadyUsed)
    let other = await passing(clock) { await ledger.admit(entry("B"), judge: judge) }
    #expect(other.decision.reason == .valid)
    open.finish()
    #expect(await passing(clock) { await ledger.finish(within: .seconds(3600)) } == 0)
    #expect(await ledger.peopleAdmitted(eventID: "e") == 2)
    #expect(await store.people == 2)
  }

  @Test func `What is not recorded can be corrected, and is recorded as corrected`() async throws {
    let store = TestLedger()
    let ledger = RecordingLedger(store: store)
    _ = await ledger.admit(entry("before"), judge: judgeGroup)
    await store.set(isWritable: false)
    let group = await ledger.admit(entry("group"), judge: judgeGroup)
    #expect(group.decision.count?.admitted == 4)
    let id = try #require(group.admissionID)
    #expect(await ledger.setPeople(3, ofAdmission: id, at: later)?.people == 3)
    #expect(await ledger.setPeople(9, ofAdmission: id, at: later)?.people == 4)
    let corrected = await ledger.setPeople(2, ofAdmission: id, at: later)
    #expect(corrected?.people == 2)
    #expect(corrected?.isLate == true)
    #expect(await ledger.peopleAdmitted(eventID: "e") == 4 + 2)
    let rest = await ledger.admit(entry("group"), judge: judgeGroup)
    #expect(rest.decision.count == HeadCount(allowed: 4, used: 2, admitted: 2))

    _ = await ledger.admit(byHand: HandAdmission(passID: nil, reason: .offline, scan: scan("X")))
    #expect(await ledger.peopleAdmitted(eventID: "e") == 4 + 4 + 1)
    for (code, people) in [("X", 1), ("group", 2), ("group", 2)] {
      let undone = await ledger.undoNewest(at: later)
      #expect(undone?.admission.code == code)
      #expect(undone?.admission.people == people)
      #expect(undone?.isLate == true)
    }
    // The one that is recorded is taken back as well, and the store learns of it later.
    let undone = await ledger.undoNewest(at: later)
    #expect(undone?.admission.people == 4)
    #expect(undone?.isLate == true)
    #expect(await ledger.peopleAdmitted(eventID: "e") == 0)

    await store.set(isWritable: true)
    _ = await ledger.admit(entry("after"), judge: judge)
    #expect(await store.people == 1, "what was taken back is recorded, and taken back")
    #expect(await ledger.peopleAdmitted(eventID: "e") == 1)
  }

  @Test func `Scans that let nobody in are written down afterwards`() async {
    let store = TestLedger()
    let ledger = RecordingLedger(store: store)
    await store.set(isWritable: false)
    await ledger.journal(scan("unknown"), Decision(reason: .unknownPass))
    _ = await ledger.admit(entry("A"), judge: judge)
    let again = await ledger.admit(entry("A"), judge: judge)
    await ledger.journal(scan("A"), again.decision)
    await store.set(isWritable: true)
    _ = await ledger.admit(entry("B"), judge: judge)
    #expect(await store.lines == ["unknown", "A"])
  }

  /// Another door let more in meanwhile than the pass allows: they are in all the same, and nothing
  /// else waits for that.
  @Test func `Whom two doors let in without knowing of each other is recorded`() async throws {
    let store = TestLedger()
    let ledger = RecordingLedger(store: store, clock: clock)
    await store.set(isWritable: false)
    _ = await ledger.admit(entry("A"), judge: judge)
    // Its first try is over, and the next one waits for the clock.
    try await clock.untilWaiting()
    await store.set(isWritable: true)
    _ = try await store.admit(entry("A"), judge: judge)
    _ = await ledger.admit(entry("B"), judge: judge)
    #expect(await store.people == 3)
  }

  @Test func `Room that is made for who is in already says what the pass allows`() {
    let decision = Decision(reason: .valid, count: HeadCount(allowed: 4, used: 1, admitted: 2))
    #expect(decision.admitting(2, after: EarlierAdmissions(people: 2)).passAllows == nil)
    let late = decision.admitting(2, after: EarlierAdmissions(people: 4))
    #expect(late.passAllows == 4)
    #expect(late.count == HeadCount(allowed: 6, used: 4, admitted: 2))
    #expect(late.admitting(1, after: EarlierAdmissions(people: 6)).passAllows == 4)
  }

  @Test func `A store that can be written after all takes what memory let in`() async {
    let broken = TestLedger()
    await broken.set(isWritable: false)
    let (told, tell) = AsyncStream.makeStream(of: Bool.self)
    let ledger = RecordingLedger(store: broken) { tell.yield($0) }
    _ = await ledger.admit(entry("A"), judge: judge)
    let store = TestLedger()
    await ledger.record(in: store)
    #expect(await store.people == 1)
    #expect(
      await ledger.admit(entry("A"), judge: judge).decision.reason == .alreadyUsed)
    tell.finish()
    var states: [Bool] = []
    for await state in told { states.append(state) }
    #expect(states == [false, true])
  }

  @Test func `Of two processes of one door each takes back its own`() async {
    let store = TestLedger()
    let (first, second) = (RecordingLedger(store: store), RecordingLedger(store: store))
    _ = await first.admit(entry("A"), judge: judge)
    _ = await second.admit(entry("B"), judge: judge)
    func undo(_ ledger: RecordingLedger) async -> Bool {
      await ledger.undoNewest(at: later) != nil
    }
    #expect(await undo(first))
    #expect(await store.people == 1)
    #expect(await undo(first) == false)
    #expect(await undo(second))
    #expect(await store.people == 0)
  }

  // MARK: Several processes

  private func reason(
    _ ledger: RecordingLedger, _ pass: String
  ) async -> (reason: Reason, isLate: Bool) {
    let recorded = await ledger.admit(entry(pass), judge: judge)
    return (recorded.decision.reason, recorded.isLate)
  }

  @Test func `While a commit is late no other process admits the same pass`() async {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let store = TestLedger(gate: gate)
    let claims = TestClaims()
    let clock = clock
    let one = RecordingLedger(store: store, claims: claims.process(), clock: clock)
    let other = RecordingLedger(store: store, claims: claims.process(), clock: clock)
    #expect(
      await one.admit(
        entry("A"), untilPatienceEndsOn: clock, standing: store, judge: judge
      ).isLate)
    let doubted = await passing(clock) { await other.admit(entry("A"), judge: judge) }
    #expect(doubted.decision.verdict == .unverified)
    #expect(doubted.decision.isClaimedElsewhere)
    #expect(doubted.admissionID == nil)
    let third = await passing(clock) { await other.admit(entry("B"), judge: judge) }
    #expect(third.decision.reason == .valid && third.isLate, "another pass waits for nobody")
    open.finish()
    for ledger in [one, other] {
      #expect(await passing(clock) { await ledger.finish(within: .seconds(3600)) } == 0)
    }
    #expect(await store.people == 2)
    await wait { claims.isFree }
    #expect(await reason(other, "A") == (.alreadyUsed, false))
    #expect(await store.people == 2)
  }

  @Test func `While nothing can be written two processes let nobody in twice`() async {
    let store = TestLedger()
    await store.set(isWritable: false)
    let claims = TestClaims()
    let one = RecordingLedger(store: store, claims: claims.process())
    let other = RecordingLedger(store: store, claims: claims.process())
    #expect(await reason(one, "A") == (.valid, true))
    #expect(await reason(one, "A").reason == .alreadyUsed)
    #expect(await reason(other, "A").reason == .serviceError)
    #expect(await reason(other, "B") == (.valid, true))
    await store.set(isWritable: true)
    await wait { claims.isFree }
    #expect(await store.people == 2)
    #expect(await reason(one, "B") == (.alreadyUsed, false))
    #expect(await reason(other, "A") == (.alreadyUsed, false))
  }

  @Test func `Without claims a green waits for the disk, and is amber where that takes too long`()
    async
  {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let store = TestLedger(gate: gate)
    let (ledger, clock) = (
      RecordingLedger(store: store, claims: NoClaims(), clock: clock), clock
    )
    let late = await ledger.admit(
      entry("A"), untilPatienceEndsOn: clock, standing: store, judge: judge)
    #expect(late.decision.reason == .serviceError && !late.isLate)
    open.finish()
    #expect(await passing(clock) { await ledger.finish(within: .seconds(3600)) } == 0)
    #expect(await store.people == 0, "nobody was shown green, so nobody is in")
    #expect(await reason(ledger, "A") == (.valid, false))
    await store.set(isWritable: false)
    #expect(await reason(ledger, "B") == (.serviceError, false))
    #expect(await reason(ledger, "A") == (.alreadyUsed, false), "who is in is red all the same")
  }

  @Test func `Claims are given back whatever became of the scan`() async {
    let store = TestLedger()
    let claims = TestClaims()
    let ledger = RecordingLedger(store: store, claims: claims.process())
    _ = await reason(ledger, "A")
    #expect(claims.isFree)
    _ = await reason(ledger, "A")
    #expect(claims.isFree)
    await store.set(isWritable: false)
    _ = await reason(ledger, "A")
    #expect(claims.isFree, "a red one needs none")
    _ = await reason(ledger, "B")
    #expect(!claims.isFree)
    await store.set(isWritable: true)
    await wait { claims.isFree }
  }

  // MARK: Catching up

  @Test func `Nothing waits for the next scan to be written down`() async {
    let store = TestLedger()
    await store.set(isWritable: false)
    let ledger = RecordingLedger(store: store)
    _ = await ledger.admit(entry("A"), judge: judge)
    await ledger.journal(scan("unknown"), Decision(reason: .unknownPass))
    await store.set(isWritable: true)
    await wait { await store.people == 1 }
    await wait { await store.lines == ["unknown"] }
  }

  @Test func `An orderly end says what it could not save`() async {
    let store = TestLedger()
    let (ledger, clock) = (RecordingLedger(store: store, clock: clock), clock)
    let group = await ledger.admit(entry("group"), judge: judgeGroup)
    #expect(await ledger.finish(within: .seconds(2)) == 0)
    await store.set(isWritable: false)
    _ = await ledger.admit(entry("A"), judge: judge)
    await ledger.journal(scan("unknown"), Decision(reason: .unknownPass))
    _ = await ledger.undoNewest(at: later)
    _ = await ledger.undoNewest(at: later)
    #expect(group.admissionID != nil)
    #expect(await passing(clock) { await ledger.finish(within: .seconds(5)) } == 3)
    await store.set(isWritable: true)
    #expect(await passing(clock) { await ledger.finish(within: .seconds(3600)) } == 0)
    #expect(await store.people == 0)
    #expect(await RecordingLedger(store: nil).finish(within: .seconds(20)) == 0)
  }

  @Test func `Scans that let nobody in are written down in their order while others wait`() async {
    let store = TestLedger()
    let (ledger, clock) = (RecordingLedger(store: store, clock: clock), clock)
    let codes = (0..<250).map { "C\($0)" }
    for code in codes {
      await store.set(isWritable: code != "C100")
      await ledger.journal(scan(code), Decision(reason: .unknownPass))
    }
    #expect(await passing(clock) { await ledger.finish(within: .seconds(3600)) } == 0)
    #expect(await store.lines == codes)
  }

  // MARK: Corrections of what is late

  @Test func `A correction during a commit is late, and is not lost`() async throws {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let store = TestLedger(gate: gate)
    let (ledger, clock) = (RecordingLedger(store: store, clock: clock), clock)
    let group = await ledger.admit(
      entry("group"), untilPatienceEndsOn: clock, standing: store, judge: judgeGroup)
    #expect(group.isLate)
    let id = try #require(group.admissionID)
    let fewer = await passing(clock) { await ledger.setPeople(3, ofAdmission: id, at: later) }
    #expect(fewer?.people == 3)
    #expect(fewer?.isLate == true)
    #expect(await ledger.peopleAdmitted(eventID: "e") == 3)
    open.finish()
    #expect(await passing(clock) { await ledger.finish(within: .seconds(3600)) } == 0)
    #expect(await store.people == 3)
  }

  @Test func `Who is taken back during a commit is out afterwards`() async throws {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let store = TestLedger(gate: gate)
    let claims = TestClaims()
    let clock = clock
    let ledger = RecordingLedger(store: store, claims: claims.process(), clock: clock)
    _ = await ledger.admit(
      entry("group"), untilPatienceEndsOn: clock, standing: store, judge: judgeGroup)
    let undone = await passing(clock) { await ledger.undoNewest(at: later) }
    #expect(undone?.admission.people == 4)
    #expect(undone?.isLate == true)
    open.finish()
    #expect(await passing(clock) { await ledger.finish(within: .seconds(3600)) } == 0)
    #expect(await store.people == 0)
    #expect(claims.isFree)
    let again = await ledger.admit(entry("group"), judge: judgeGroup)
    #expect(again.decision.count == HeadCount(allowed: 4, used: 0, admitted: 4))
  }

  @Test func `Letting in by hand while the disk stands still is late, and is not lost`() async {
    let store = TestLedger()
    await store.set(isWritable: false)
    let ledger = RecordingLedger(store: store)
    let hand = HandAdmission(passID: "A", reason: .alreadyUsed, scan: scan("A"))
    #expect(await ledger.admit(byHand: hand).isLate)
    #expect(
      await ledger.admit(entry("A"), judge: judge).decision.reason == .alreadyUsed)
    await store.set(isWritable: true)
    await wait { await store.people == 1 }
    #expect(await !ledger.admit(byHand: hand).isLate)
  }

  @Test func `Nobody is counted on an older admission's correction who came in after it`()
    async throws
  {
    let store = TestLedger()
    await store.set(isWritable: false)
    let ledger = RecordingLedger(store: store)
    let first = await ledger.admit(entry("group"), judge: judgeGroup)
    let id = try #require(first.admissionID)
    _ = await ledger.setPeople(2, ofAdmission: id, at: later)
    let rest = await ledger.admit(entry("group"), judge: judgeGroup)
    #expect(rest.decision.count?.admitted == 2)
    #expect(await ledger.setPeople(4, ofAdmission: id, at: later) == nil)
    #expect(await ledger.peopleAdmitted(eventID: "e") == 4)
  }
}
