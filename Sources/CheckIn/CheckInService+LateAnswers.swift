import Admission

extension CheckInService {
  /// Looks again once the service has answered after all.
  func wait(for unanswered: Unanswered) {
    let number = unanswered.shown.number
    self.unanswered[number] = unanswered
    // It may have answered before this was waited for.
    if unanswered.search.isAnswered { Task { await checkIfAnswered(number) } }
  }

  /// A live answer that nobody waited for may refuse whom the stored one let in. What is shown then
  /// comes from the answer that decided.
  func checkIfAnswered(_ number: Int) async {
    guard let answered = unanswered[number], answered.search.isAnswered else { return }
    unanswered[number] = nil
    guard let late = await finder.late(answered.search) else { return }
    let (shown, before) = (answered.shown, answered.before)
    // After many more scans only what was shown tells who came in by it.
    let people =
      recent[shown.number].map(\.peopleStanding) ?? (shown.isLook ? 0 : shown.decision.people)
    let back = recent[shown.number].map(\.backStanding) ?? (shown.isLook ? 0 : shown.decision.back)
    let finding = late.finding
    var evidence = answered.evidence
    evidence.finding = finding
    if let pass = finding.pass, let event = evidence.tonight.event {
      // The late answer knows of entries that the stored one could not; not of the one just shown.
      let here = await ledger.earlierAdmissions(
        of: PassAtEvent(kind: pass.kind, id: pass.id, eventID: event.id, code: pass.code),
        answeredAt: late.askedAt, answered: late.asked)
      let missing = here.missing(from: pass.peopleCountedIn(eventID: event.id))
      evidence.admittedHere = max(0, missing - (people - back))
      evidence.note(whoLeft: here)
      evidence.outside += back
    }
    var decision = decide(evidence, rules: setup.rules)
    guard decision.verdict == .refuse else { return }
    // Those who were let in are inside, whatever is known of the pass now.
    decision.count = decision.count?.admitting(people)
    var outcome = shown
    outcome.decision = decision
    wording.describe(&outcome, by: evidence, before: before)
    outcome.source = finding.source
    outcome.nights = nil
    outcome.at = now().wall
    if decision.reason == .notTonight, let pass = finding.pass {
      let ids = pass.eventIDs.filter { id in outcome.tonight.event?.hasID(id) != true }
      // Whoever was let in is past the door: nobody waits for the service to name the night.
      watchForStrangers(&outcome, pass, nights: await keeper?.events(ids: ids))
    }
    recent.change(outcome)
    tell(.contradicted(outcome))
  }
}
