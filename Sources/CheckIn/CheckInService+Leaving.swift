package import Admission
import FoundationEssentials

/// What an exit does (Contract: Out and in again).
extension CheckInService {
  /// Judges a scan by what is stored and by who came in: nobody is asked, and nobody is held up.
  func outcomeOfLeaving(_ queued: Queued) async -> Outcome {
    let stored = await finder.stored(code: queued.scan.code)
    let decidedAt = now()
    let isDry = setup.isDryRun || queued.isLook
    let pass = stored?.pass
    let source = stored.map { Source.cache(fetchedAt: $0.fetchedAt, because: nil) }
    let scan = ScanRecord(
      action: isDry ? .look : .scan, at: decidedAt.wall, door: setup.door,
      eventID: queued.tonight.event?.id, code: pass?.code ?? queued.scan.code, kind: pass?.kind,
      passType: pass?.typeName, source: source, latency: .zero)
    let recorded = await leave(by: scan, stored, at: queued.tonight, isDry: isDry)
    var outcome = Outcome(
      number: queued.number, code: scan.code, decision: recorded.decision,
      tonight: queued.tonight, source: source, at: now().wall, latency: scan.latency,
      isRecordedLate: recorded.isLate && recorded.decision.people > 0, isLook: queued.isLook)
    let finding = stored.flatMap { stored in source.map { Finding.found(stored.pass, $0) } }
    describe(
      &outcome,
      by: Evidence(
        finding: finding ?? .unknown(.live), tonight: queued.tonight, now: decidedAt.wall),
      before: recorded.before)
    recent.keep(outcome, admissionID: recorded.admissionID)
    return outcome
  }

  private func leave(
    by scan: ScanRecord, _ stored: StoredPass?, at tonight: Tonight, isDry: Bool
  ) async -> RecordedDecision {
    let (rules, eventID) = (setup.rules, tonight.event?.id ?? "")
    let counted = stored?.pass.peopleCountedIn(eventID: eventID) ?? 0
    let entry = AdmissionEntry(
      kind: stored?.pass.kind ?? .pass, passID: stored?.pass.id ?? "", eventID: eventID,
      // Of a code of which nothing is stored, no answer holds anybody.
      answeredAt: stored?.fetchedAt ?? .distantPast, answered: stored?.asked, scan: scan,
      isDryRun: isDry, direction: .out)
    let allowed = stored.map {
      HeadCount(pass: $0.pass, eventID: eventID, admittedHere: 0, rules: rules).allowed
    }
    return await ledger.admit(entry) { before in
      var decision = decideExit(counted: counted, before: before, rules: rules)
      decision.count = allowed.map {
        HeadCount(allowed: $0, used: decision.departure?.inside ?? 0)
      }
      return decision
    }
  }

  /// Counts somebody without a code in or out, as staff say.
  /// - Returns: whether that is not durable yet; nil where no event is chosen.
  package func countByHand(_ direction: DoorDirection) async -> Bool? {
    guard let event = tonight.event else { return nil }
    return await ledger.count(
      HandCount(
        direction: direction,
        scan: ScanRecord(
          at: now().wall, door: setup.door, eventID: event.id, code: "", source: nil,
          latency: .zero)))
  }

  /// How many came to tonight's event and how many are inside; nil where none is chosen.
  package func crowd() async -> Crowd? {
    guard let event = tonight.event else { return nil }
    var crowd = await ledger.crowd(eventID: event.id)
    if await hasExit(eventID: event.id) { crowd.hasLeavers = true }
    crowd.inside = max(0, crowd.inside)
    return crowd
  }

  /// Whether anybody can be counted out: this door is an exit, or another one is.
  private func hasExit(eventID: String) async -> Bool {
    if direction == .out { return true }
    return await ledger.link?.hasExit(eventID: eventID) ?? false
  }
}
