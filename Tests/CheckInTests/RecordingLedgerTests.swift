import Admission
import CheckIn
import FoundationEssentials
import Testing

private func scan(_ code: String) -> ScanRecord {
  ScanRecord(
    at: Date(timeIntervalSince1970: 1), door: "North", eventID: "e", code: code, source: .live,
    latency: .zero)
}

private func entry(_ pass: String) -> AdmissionEntry {
  AdmissionEntry(
    passID: pass, eventID: "e", answeredAt: Date(timeIntervalSince1970: 0), scan: scan(pass))
}

private let later = Date(timeIntervalSince1970: 60)

/// Admits whoever is left of four.
private let judgeGroup: @Sendable (EarlierAdmissions) -> Decision = { before in
  let count = HeadCount(allowed: 4, used: before.people)
  return count.remaining > 0
    ? Decision(reason: .valid, count: count.admitting(count.remaining))
    : Decision(reason: .alreadyUsed, count: count)
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
    let store = TestLedger()
    let (told, tell) = AsyncStream.makeStream(of: Bool.self)
    let ledger = RecordingLedger(store: store) { tell.yield($0) }
    #expect(
      await ledger.settle(entry("before"), judge: judge).settlement.decision.verdict == .admit)
    await store.set(isWritable: false)
    #expect(await ledger.settle(entry("A"), judge: judge).settlement.decision.reason == .valid)
    #expect(
      await ledger.settle(entry("A"), judge: judge).settlement.decision.reason == .alreadyUsed)
    // What was recorded before the failure counts, too.
    #expect(
      await ledger.settle(entry("before"), judge: judge).settlement.decision.reason == .alreadyUsed)
    #expect(await ledger.peopleAdmitted(eventID: "e") == 2)
    await store.set(isWritable: true)
    #expect(await ledger.settle(entry("B"), judge: judge).settlement.decision.reason == .valid)
    #expect(
      await ledger.settle(entry("A"), judge: judge).settlement.decision.reason == .alreadyUsed)
    #expect(await store.people == 3, "whom memory let in is recorded afterwards")
    tell.finish()
    var states: [Bool] = []
    for await state in told { states.append(state) }
    #expect(states == [false, true])
  }

  @Test func `A slow disk paints green with a mark`() async {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let ledger = RecordingLedger(store: TestLedger(gate: gate))
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

  @Test func `A disk that cannot even be read lets nobody in twice`() async {
    let store = TestLedger()
    let ledger = RecordingLedger(store: store)
    _ = await ledger.settle(entry("A"), judge: judge)
    await store.set(isWritable: false, isReadable: false)
    #expect(
      await ledger.settle(entry("A"), judge: judge).settlement.decision.reason == .alreadyUsed)
    #expect(await ledger.settle(entry("B"), judge: judge).settlement.decision.reason == .valid)
    #expect(
      await ledger.settle(entry("B"), judge: judge).settlement.decision.reason == .alreadyUsed)
    #expect(await ledger.peopleAdmitted(eventID: "e") == 2)
  }

  @Test func `A disk that stands still holds up no queue`() async {
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    let store = TestLedger(gate: gate)
    let ledger = RecordingLedger(store: store)
    #expect(await ledger.settle(entry("A"), judge: judge).isLate)
    // One at a time, as the real one: the second is not even judged there.
    #expect(
      await ledger.settle(entry("A"), judge: judge).settlement.decision.reason == .alreadyUsed)
    #expect(await ledger.settle(entry("B"), judge: judge).settlement.decision.reason == .valid)
    open.finish()
    var people = 0
    while people < 2, !Task.isCancelled {
      _ = await ledger.settle(entry("B"), judge: judge)
      people = await store.people
    }
    #expect(await ledger.peopleAdmitted(eventID: "e") == 2)
    #expect(await store.people == 2)
  }

  @Test func `What is not recorded can be corrected, and is recorded as corrected`() async throws {
    let store = TestLedger()
    let ledger = RecordingLedger(store: store)
    _ = await ledger.settle(entry("before"), judge: judgeGroup)
    await store.set(isWritable: false)
    let group = await ledger.settle(entry("group"), judge: judgeGroup).settlement
    #expect(group.decision.count?.admitted == 4)
    let id = try #require(group.admissionID)
    #expect(await ledger.setPeople(3, ofAdmission: id, at: later) == 3)
    #expect(await ledger.setPeople(9, ofAdmission: id, at: later) == 4)
    #expect(await ledger.setPeople(2, ofAdmission: id, at: later) == 2)
    #expect(await ledger.peopleAdmitted(eventID: "e") == 4 + 2)
    let rest = await ledger.settle(entry("group"), judge: judgeGroup).settlement
    #expect(rest.decision.count == HeadCount(allowed: 4, used: 2, admitted: 2))

    _ = await ledger.admit(byHand: HandAdmission(passID: nil, reason: .offline, scan: scan("X")))
    #expect(await ledger.peopleAdmitted(eventID: "e") == 4 + 4 + 1)
    for (code, people) in [("X", 1), ("group", 2), ("group", 2)] {
      let undone = await ledger.undoNewest(
        door: "North", notBefore: .distantPast, begunAt: .distantPast, at: later)
      #expect(undone?.undone.code == code)
      #expect(undone?.undone.people == people)
    }
    // The one that is recorded cannot be taken back now, and stays.
    #expect(
      await ledger.undoNewest(
        door: "North", notBefore: .distantPast, begunAt: .distantPast, at: later) == nil)
    #expect(await ledger.peopleAdmitted(eventID: "e") == 4)

    await store.set(isWritable: true)
    _ = await ledger.settle(entry("after"), judge: judge)
    #expect(await store.people == 4 + 1, "what was taken back is recorded, and taken back")
    #expect(await ledger.peopleAdmitted(eventID: "e") == 4 + 1)
  }

  @Test func `Scans that let nobody in are written down afterwards`() async {
    let store = TestLedger()
    let ledger = RecordingLedger(store: store)
    await store.set(isWritable: false)
    await ledger.journal(scan("unknown"), Decision(reason: .unknownPass))
    _ = await ledger.settle(entry("A"), judge: judge)
    let again = await ledger.settle(entry("A"), judge: judge)
    await ledger.journal(scan("A"), again.settlement.decision)
    await store.set(isWritable: true)
    _ = await ledger.settle(entry("B"), judge: judge)
    #expect(await store.lines == ["unknown", "A"])
  }

  /// Another door let more in meanwhile than the pass allows: they are in all the same, and nothing
  /// else waits for that.
  @Test func `Whom two doors let in without knowing of each other is recorded`() async throws {
    let store = TestLedger()
    let ledger = RecordingLedger(store: store)
    await store.set(isWritable: false)
    _ = await ledger.settle(entry("A"), judge: judge)
    await store.set(isWritable: true)
    _ = try await store.settle(entry("A"), judge: judge)
    _ = await ledger.settle(entry("B"), judge: judge)
    #expect(await store.people == 3)
  }

  @Test func `A store that can be written after all takes what memory let in`() async {
    let broken = TestLedger()
    await broken.set(isWritable: false)
    let (told, tell) = AsyncStream.makeStream(of: Bool.self)
    let ledger = RecordingLedger(store: broken) { tell.yield($0) }
    _ = await ledger.settle(entry("A"), judge: judge)
    let store = TestLedger()
    await ledger.record(in: store)
    #expect(await store.people == 1)
    #expect(
      await ledger.settle(entry("A"), judge: judge).settlement.decision.reason == .alreadyUsed)
    tell.finish()
    var states: [Bool] = []
    for await state in told { states.append(state) }
    #expect(states == [false, true])
  }

  @Test func `Of two processes of one door each takes back its own`() async {
    let store = TestLedger()
    let (first, second) = (RecordingLedger(store: store), RecordingLedger(store: store))
    let begunAt = Date(timeIntervalSince1970: 0)
    _ = await first.settle(entry("A"), judge: judge)
    _ = await second.settle(entry("B"), judge: judge)
    func undo(_ ledger: RecordingLedger) async -> Bool {
      await ledger.undoNewest(
        door: "North", notBefore: begunAt, begunAt: begunAt, at: later) != nil
    }
    #expect(await undo(first))
    #expect(await store.people == 1)
    #expect(await undo(first) == false)
    #expect(await undo(second))
    #expect(await store.people == 0)
  }
}
