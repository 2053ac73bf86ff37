import Admission
import CheckIn
import FoundationEssentials
import TestSupport
import Waiting

/// Scans of passes named as their codes, and how they are judged, for tests of the ledger.
func scan(_ code: String) -> ScanRecord {
  ScanRecord(
    at: Date(timeIntervalSince1970: 1), door: "North", eventID: "e", code: code, source: .live,
    latency: .zero)
}

func entry(_ pass: String) -> AdmissionEntry {
  AdmissionEntry(
    passID: pass, eventID: "e", answeredAt: Date(timeIntervalSince1970: 0), scan: scan(pass))
}

func look(_ pass: String) -> AdmissionEntry {
  var entry = entry(pass)
  entry.isDryRun = true
  return entry
}

let later = Date(timeIntervalSince1970: 60)

/// Admits whoever is left of four.
let judgeGroup: @Sendable (EarlierAdmissions) -> Decision = { before in
  let count = HeadCount(allowed: 4, used: before.people)
  return count.remaining > 0
    ? Decision(reason: .valid, count: count.admitting(count.remaining))
    : Decision(reason: .alreadyUsed, count: count)
}

/// Admits the one person of a pass, once.
let judge: @Sendable (EarlierAdmissions) -> Decision = { before in
  let count = HeadCount(allowed: 1, used: before.people)
  return count.remaining > 0
    ? Decision(reason: .valid, count: count.admitting(1))
    : Decision(reason: .alreadyUsed, count: count)
}

/// Waits for what somebody does by himself.
func wait(until holds: () async -> Bool) async {
  while await !holds(), !Task.isCancelled { await Task.yield() }
}

/// How long a panel waits for the disk (Contract: The door screen).
let patienceWithDisk: Duration = .milliseconds(250)

extension RecordingLedger {
  /// Admits while the disk stands still over the commit, until the panel's patience is over.
  func admit(
    _ entry: AdmissionEntry, untilPatienceEndsOn clock: ManualClock, standing store: TestLedger,
    watch: RecordingWatch? = nil, judge: @escaping @Sendable (EarlierAdmissions) -> Decision
  ) async -> RecordedDecision {
    async let recorded = admit(entry, watch: watch, judge: judge)
    await wait { await store.isAtGate }
    clock.advance(by: patienceWithDisk)
    return await recorded
  }
}

/// Does something that nothing but time brings to its end.
func passing<Value: Sendable>(
  _ clock: ManualClock, _ act: @escaping @Sendable () async -> Value
) async -> Value {
  let done = Promise<Value>()
  Task { done.fulfil(with: await act()) }
  while true {
    if let value = done.valueSoFar { return value }
    if clock.waiting > 0 { clock.advance(by: .milliseconds(2)) }
    await Task.yield()
  }
}

extension PassFinder {
  /// A look-up from its beginning to its end.
  func find(code: String, eventID: String) async -> LookUp {
    await result(of: begin(code: code, eventID: eventID))
  }
}
