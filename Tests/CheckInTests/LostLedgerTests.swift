import Admission
import CheckIn
import FoundationEssentials
import TestSupport
import Testing

/// The store's file is lost under two processes, and each goes on in another one when it has found that
/// out: until then neither knows whom the other let in there.
@Suite(.timeLimit(.minutes(1))) struct LostLedgerTests {
  private let store = TestLedger()
  private let claims = TestClaims()

  private func loseStore(isReplaced: Bool) async {
    await store.set(isWritable: false)
    store.set(isWhole: false, isReplaced: isReplaced)
  }

  private func admit(_ code: String, in ledger: RecordingLedger) async -> (Reason, isLate: Bool) {
    let recorded = await ledger.admit(entry(code), judge: judge)
    return (recorded.decision.reason, recorded.isLate)
  }

  @Test func `A scan waits for the file that others went on in, and is judged by it`() async throws
  {
    let ledger = RecordingLedger(store: store, claims: claims.process())
    _ = claims.process()
    await loseStore(isReplaced: true)
    async let verdict = admit("A", in: ledger)
    await wait { store.isAwaited }
    await store.set(isWritable: true)
    _ = try await store.admit(entry("A"), judge: judge)
    store.set(isWhole: true, isReplaced: false)
    #expect(await verdict == (.alreadyUsed, false))
    #expect(claims.isFree)
    #expect(await store.people == 1)
  }

  @Test func `While others have gone on elsewhere and this process cannot, it lets nobody in`()
    async
  {
    let ledger = RecordingLedger(store: store, claims: claims.process())
    _ = claims.process()
    await loseStore(isReplaced: true)
    async let verdict = admit("A", in: ledger)
    await wait { store.isAwaited }
    // Another file could not be opened either.
    store.set(isWhole: false, isReplaced: true)
    #expect(await verdict == (.serviceError, false))
    #expect(claims.isFree)
  }

  @Test func `Where nobody can go on the door does so from memory`() async {
    let ledger = RecordingLedger(store: store, claims: claims.process())
    let other = RecordingLedger(store: store, claims: claims.process())
    await loseStore(isReplaced: false)
    async let verdict = admit("A", in: ledger)
    await wait { store.isAwaited }
    store.set(isWhole: false, isReplaced: false)
    #expect(await verdict == (.valid, true))
    #expect(await admit("A", in: other) == (.serviceError, false), "it may be in by the other")
  }

  @Test func `A single process waits for nobody`() async {
    let ledger = RecordingLedger(store: store, claims: claims.process())
    await loseStore(isReplaced: true)
    #expect(await admit("A", in: ledger) == (.valid, true))
    #expect(await admit("A", in: ledger) == (.alreadyUsed, false))
  }

  @Test func `Who was recorded in a file that is lost stays claimed until another one has them`()
    async
  {
    let ledger = RecordingLedger(store: store, claims: claims.process())
    let other = RecordingLedger(store: TestLedger(), claims: claims.process())
    store.set(isWhole: false, isReplaced: true)
    #expect(await admit("A", in: ledger) == (.valid, false))
    #expect(await admit("A", in: other) == (.serviceError, false))
    store.set(isWhole: true, isReplaced: false)
    await wait { claims.isFree }
  }

  @Test func `An end keeps also those whom only a lost file holds`() async {
    let ledger = RecordingLedger(store: store, claims: claims.process())
    #expect(await admit("A", in: ledger) == (.valid, false))
    #expect(await ledger.unsavedEntries.isEmpty)
    await loseStore(isReplaced: false)
    #expect(await admit("B", in: ledger) == (.valid, true))
    #expect(await ledger.unsavedEntries.count == 2)
  }

  @Test func `Without any store two processes let nobody in twice`() async {
    let one = RecordingLedger(store: nil, claims: claims.process())
    let other = RecordingLedger(store: nil, claims: claims.process())
    #expect(await admit("A", in: one) == (.valid, false))
    #expect(await admit("A", in: one) == (.alreadyUsed, false))
    #expect(await admit("A", in: other) == (.serviceError, false))
    await one.record(in: store)
    await other.record(in: store)
    await wait { claims.isFree }
    #expect(await admit("A", in: other) == (.alreadyUsed, false))
  }

  @Test func `Without a store that others have, whom they let in is unknown`() async {
    let first = RecordingLedger(store: store, claims: claims.process())
    let others = claims.process()
    let late = RecordingLedger(store: nil, claims: others)
    await first.record(in: store)
    #expect(await admit("A", in: first) == (.valid, false))
    #expect(claims.isFree, "it is recorded")
    #expect(await admit("A", in: late) == (.serviceError, false))
    #expect(await admit("B", in: late) == (.serviceError, false), "it may be in as well")
    await late.record(in: store)
    #expect(await admit("A", in: late) == (.alreadyUsed, false))
    #expect(await admit("B", in: late) == (.valid, false))
  }

  @Test func `Without a store, whom an ended program kept is in`() async {
    let kept = TestKept(["A"])
    let ledger = RecordingLedger(store: nil, claims: claims.process(), kept: kept)
    #expect(await admit("A", in: ledger) == (.alreadyUsed, false))
    #expect(await admit("B", in: ledger) == (.valid, false))
    #expect(await admit("B", in: ledger) == (.alreadyUsed, false))
  }

  @Test(arguments: [(true, Reason.valid), (false, .serviceError)])
  func `What ended programs kept and cannot be read stops a door only beside others`(
    isAlone: Bool, reason: Reason
  ) async {
    let clock = ManualClock()
    let ledger = RecordingLedger(
      store: nil, claims: claims.process(), kept: TestKept(hangs: true), clock: clock)
    if !isAlone { _ = claims.process() }
    async let verdict = admit("A", in: ledger)
    await wait { clock.waiting > 0 }
    clock.advance(by: .milliseconds(250))
    #expect(await verdict == (reason, false))
  }
}
