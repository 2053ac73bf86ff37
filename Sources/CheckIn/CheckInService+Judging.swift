import Admission
import FoundationEssentials

/// From a look-up to its verdict.
extension CheckInService {
  func outcome(of queued: Queued) async -> Outcome {
    if let repeated = recent.repetition(of: queued, at: now().wall) { return repeated }
    // Without one, what it would have repeated turned out amber, so it is a try of its own.
    switch queued.pursuit ?? begin(queued) {
    case .search(let search):
      if queued.pursuit == nil { search.ask() }
      return await outcome(of: queued, after: await finder.result(of: search))
    case .nobodyAsked(let lookUp): return await outcome(of: queued, after: lookUp)
    case .leaving(let asking): return await outcomeOfLeaving(queued, told: await asking.value)
    }
  }

  private func outcome(of queued: Queued, after lookUp: LookUp) async -> Outcome {
    var queued = queued
    let nights = await nights(of: lookUp, for: &queued)
    let (decidedAt, pass) = (now(), lookUp.finding.pass)
    let evidence = Evidence(
      finding: lookUp.finding, tonight: queued.tonight, rates: rates, now: decidedAt.wall)
    let isDry = setup.isDryRun || queued.isLook
    let scan = ScanRecord(
      action: isDry ? .look : .scan, at: decidedAt.wall, door: setup.door,
      eventID: queued.tonight.event?.id, code: pass?.code ?? queued.scan.code,
      kind: pass?.kind, passType: pass?.typeName, source: lookUp.finding.source,
      latency: lookUp.latency(at: decidedAt.uptime))
    let recorded = await judge(
      queued, evidence, lookUp, scan, isDry: isDry)
    var outcome = wording.outcome(of: queued, scan, evidence, recorded)
    if outcome.reason == .unreadableCode {
      outcome.decision.isUnreadableAgain = recent.noteUnreadable(at: decidedAt.uptime)
    }
    watchForStrangers(&outcome, pass, nights: nights)
    recent.keep(outcome, admissionID: recorded.admissionID)
    if let late = lookUp.late, outcome.verdict == .admit {
      wait(
        for: Unanswered(
          search: late, shown: outcome, evidence: evidence, before: recorded.before))
    }
    return outcome
  }

  /// Tells what the verdict will be, and that it is saved, before it is given.
  func watch(_ queued: Queued, _ scan: ScanRecord, _ evidence: Evidence) -> RecordingWatch {
    RecordingWatch { [tell, wording] judged in
      tell(.judged { wording.outcome(of: queued, scan, evidence, judged) })
    } saved: { [tell] in
      tell(.saved(number: queued.number))
    }
  }

  /// Of what is judged now.
  var wording: OutcomeWording { OutcomeWording(showNames: setup.showNames, rates: rates) }

  /// Judges, and records whom the judgement admits.
  private func judge(
    _ queued: Queued, _ evidence: Evidence, _ lookUp: LookUp, _ scan: ScanRecord, isDry: Bool
  ) async -> RecordedDecision {
    let rules = setup.rules
    guard let pass = evidence.finding.pass, let event = evidence.tonight.event else {
      return RecordedDecision(decision: decide(evidence, rules: rules))
    }
    let counted = pass.peopleCountedIn(eventID: event.id)
    var entry = AdmissionEntry(
      kind: pass.kind, passID: pass.id, eventID: event.id, answeredAt: lookUp.askedAt,
      answered: lookUp.asked,
      countedIn: counted, scan: scan, isDryRun: isDry,
      report: reportOrder(for: pass, at: event, now: evidence.now))
    entry.places = rules.capacity == .enforce ? rules.places : nil
    let mayMissExits =
      entry.places != nil || rules.reentry == .allow
      ? await ledger.mayMissExits(eventID: event.id) : false
    return await record(entry, of: queued, watch: watch(queued, scan, evidence)) { before in
      var evidence = evidence
      evidence.peopleInside = before.everybodyInside
      evidence.mayMissExits = mayMissExits
      evidence.admittedHere = before.missing(from: counted)
      evidence.note(whoLeft: before)
      return decide(evidence, rules: rules)
    }
  }

  /// How the service is to be told of an admission; nil where it is not.
  private func reportOrder(for pass: Pass, at event: Event, now: Date) -> ReportOrder? {
    setup.reportDelay.map { delay in
      ReportOrder(
        optionID: EntryReport.optionID(
          for: pass, rates: rates, at: event.startsAt.map(now.timeIntervalSince)),
        earliest: now.addingTimeInterval(delay))
    }
  }

  /// What the journal holds of a scan.
  /// - Parameter isLook: it could let nobody in.
  func record(of outcome: Outcome, isLook: Bool = false) -> ScanRecord {
    ScanRecord(
      action: outcome.isRepeat ? .repeat : isLook ? .look : .scan, at: outcome.at, door: setup.door,
      eventID: outcome.tonight.event?.id, code: outcome.code, kind: outcome.pass?.kind,
      passType: outcome.pass?.type, source: outcome.source, latency: outcome.latency)
  }
}

extension LookUp {
  /// From its first request to a moment in seconds, monotonic.
  func latency(at uptime: TimeInterval) -> Duration {
    elapsed.map { $0 + .seconds(max(0, uptime - endedAt)) } ?? .zero
  }
}
