import Admission
import CheckIn
import FoundationEssentials
import Synchronization
import Testing

private struct DiskFull: Error {}

/// A store that can be told to fail, or to keep a commit waiting.
private final class Store: NightLedger {
  private let memory = MemoryLedger()
  private let isFailing = Mutex(false)
  /// Nil commits at once.
  private let gate: AsyncStream<Void>?

  init(gate: AsyncStream<Void>? = nil) { self.gate = gate }

  func fail(_ fails: Bool) { isFailing.withLock { $0 = fails } }

  private func check() throws {
    if isFailing.withLock({ $0 }) { throw DiskFull() }
  }

  func settle(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) -> Decision
  ) async throws -> Settlement {
    try check()
    let settlement = await memory.settle(entry, judge: judge)
    if let gate { for await _ in gate { break } }
    return settlement
  }

  func earlierAdmissions(
    passID: String, eventID: String, code: String, answeredAt: Date
  ) async throws -> EarlierAdmissions {
    await memory.earlierAdmissions(
      passID: passID, eventID: eventID, code: code, answeredAt: answeredAt)
  }

  func journal(_ record: ScanRecord, _ decision: Decision) throws { try check() }

  func peopleAdmitted(eventID: String) async throws -> Int {
    await memory.peopleAdmitted(eventID: eventID)
  }
}

private func entry(_ pass: String) -> AdmissionEntry {
  AdmissionEntry(
    passID: pass, eventID: "e", answeredAt: Date(timeIntervalSince1970: 0),
    scan: ScanRecord(
      at: Date(timeIntervalSince1970: 1), door: "North", eventID: "e", code: pass, source: .live,
      latency: .zero))
}

/// Admits the one person of a pass, once.
private let judge: @Sendable (EarlierAdmissions) -> Decision = { before in
  let count = HeadCount(allowed: 1, used: before.people)
  return count.remaining > 0
    ? Decision(reason: .valid, count: count.admitting(1))
    : Decision(reason: .alreadyUsed, count: count)
}

@Suite(.timeLimit(.minutes(1))) struct RecordingLedgerTests {
  @Test func `While nothing can be recorded duplicates are caught all the same`() async {
    let store = Store()
    let (told, tell) = AsyncStream.makeStream(of: Bool.self)
    let ledger = RecordingLedger(store: store) { tell.yield($0) }
    #expect(
      await ledger.settle(entry("before"), judge: judge).settlement.decision.verdict == .admit)
    store.fail(true)
    #expect(await ledger.settle(entry("A"), judge: judge).settlement.decision.reason == .valid)
    #expect(
      await ledger.settle(entry("A"), judge: judge).settlement.decision.reason == .alreadyUsed)
    // What was recorded before the failure counts, too.
    #expect(
      await ledger.settle(entry("before"), judge: judge).settlement.decision.reason == .alreadyUsed)
    #expect(await ledger.peopleAdmitted(eventID: "e") == 2)
    store.fail(false)
    #expect(await ledger.settle(entry("B"), judge: judge).settlement.decision.reason == .valid)
    #expect(
      await ledger.settle(entry("A"), judge: judge).settlement.decision.reason == .alreadyUsed)
    #expect(await store.peopleCount == 3, "whom memory let in is recorded afterwards")
    tell.finish()
    var states: [Bool] = []
    for await state in told { states.append(state) }
    #expect(states == [false, true])
  }

  @Test func `A slow disk paints green with a mark`() async {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let ledger = RecordingLedger(store: Store(gate: gate))
    let recorded = await ledger.settle(entry("A"), judge: judge)
    #expect(recorded.isLate)
    #expect(recorded.settlement.decision.reason == .valid)
    open.finish()
  }

  @Test func `Without a store memory is enough, and nobody is warned`() async {
    let ledger = RecordingLedger(store: nil) { _ in Issue.record("there is nothing to tell") }
    #expect(await ledger.settle(entry("A"), judge: judge).settlement.decision.reason == .valid)
    #expect(
      await ledger.settle(entry("A"), judge: judge).settlement.decision.reason == .alreadyUsed)
  }
}

extension Store {
  var peopleCount: Int { get async { (try? await peopleAdmitted(eventID: "e")) ?? -1 } }
}
