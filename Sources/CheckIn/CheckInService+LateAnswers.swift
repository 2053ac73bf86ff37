import Admission

extension CheckInService {
  /// A live answer that nobody waited for may refuse whom the stored one let in.
  func check(
    _ late: PassFinder.Late, against shown: Outcome, evidence: Evidence
  ) async {
    guard let finding = await late.finding.value else { return }
    var evidence = evidence
    evidence.finding = finding
    if let pass = finding.pass, let event = evidence.tonight.event {
      // The late answer knows of entries that the stored one could not; not of the one just shown.
      let here = await ledger.earlierAdmissions(
        passID: pass.id, eventID: event.id, code: pass.code, answeredAt: late.askedAt,
        answered: late.asked)
      let missing = here.missing(from: pass.peopleCountedIn(eventID: event.id))
      evidence.admittedHere = max(0, missing - (shown.count?.admitted ?? 0))
    }
    let decision = decide(evidence, rules: setup.rules)
    guard decision.verdict == .refuse else { return }
    var outcome = shown
    outcome.decision = decision
    outcome.source = .live
    report(.contradicted(outcome))
  }
}
