import Admission

/// Puts together what is told of a scan beside the verdict.
struct OutcomeWording: Sendable {
  var showNames: ShownNames
  /// The price list; nil where it is unknown.
  var rates: [Rate]?

  /// - Parameter scan: says when it was judged.
  func outcome(
    of queued: CheckInService.Queued, _ scan: ScanRecord, _ evidence: Evidence,
    _ recorded: RecordedDecision
  ) -> Outcome {
    let decision = recorded.decision
    var outcome = Outcome(
      number: queued.number, code: scan.code, decision: decision, tonight: queued.tonight,
      source: scan.source, at: scan.at, latency: scan.latency,
      isRecordedLate: recorded.isLate && decision.isRecorded, isLook: queued.isLook)
    describe(&outcome, by: evidence, before: recorded.before)
    return outcome
  }

  /// What is told of the pass beside the verdict.
  /// - Parameter before: who was in before the scan.
  func describe(_ outcome: inout Outcome, by evidence: Evidence, before: EarlierAdmissions) {
    let known = outcome.pass
    outcome.pass = evidence.finding.pass.map {
      PassSummary(
        pass: $0, count: outcome.count, eventID: evidence.tonight.event?.id,
        showNames: showNames)
    }
    if outcome.pass == nil, let known {
      // There is no such pass any more; staff look for whoever came in on it.
      outcome.pass = PassSummary(
        id: known.id, customer: known.customer, type: known.type, state: "", nightsUsed: 0,
        nights: 0)
    }
    outcome.code = evidence.finding.pass?.code ?? outcome.code
    outcome.rate = evidence.finding.pass.flatMap { rates?.rate(for: $0) }
    outcome.earlierEntry = earlierEntry(evidence, here: before)
  }

  /// The first entry that is known, here or according to the service; of those who left, the last one.
  private func earlierEntry(_ evidence: Evidence, here: EarlierAdmissions) -> Entry? {
    if let back = here.lastBack { return back }
    let there = evidence.tonight.event.flatMap {
      evidence.finding.pass?.entryTime(at: $0, now: evidence.now)
    }
    guard let there else { return here.first }
    guard let first = here.first, first.at <= there else { return Entry(at: there) }
    return first
  }
}
