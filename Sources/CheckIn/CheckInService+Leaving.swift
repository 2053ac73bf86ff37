package import Admission
package import FoundationEssentials
import Waiting

/// What an exit does (Contract: Out and in again).
extension CheckInService {
  /// Seconds for which the service's word that nobody of a pass has come in holds.
  private static let longestNobody: TimeInterval = 60

  /// Asks the service about a code on which nobody is known ever to have come in: it alone may have
  /// counted them in. Said behind the verdict it would come too late, as staff would have counted them out
  /// by hand by then; where the service is silent, nobody waits for it.
  /// - Returns: nil where what is stored is enough.
  func askAboutLeaver(_ queued: Queued, at event: Event) async -> LookUp? {
    let code = queued.scan.code
    let answer = await finder.storedAnswer(code: code)
    let isFresh = answer.flatMap { age($0.fetchedAt) }.map { $0 <= Self.longestNobody } ?? false
    guard !isFresh, !finder.isDark else { return nil }
    let leaver = Leaver(code: code, answer)
    guard leaver.counted(eventID: event.id) == 0 else { return nil }
    let before = await ledger.earlierAdmissions(
      of: leaver.at(eventID: event.id), answeredAt: .distantPast)
    guard before.first == nil, before.lastLeft == nil else { return nil }
    let waited = clock.now - queued.submittedAt
    let search = finder.begin(
      code: code, eventID: event.id, scan: queued.number, waited: waited)
    // However many of them wait for their turn to be asked about.
    let asking = Task { await finder.result(of: search) }
    if let told = await asking.value(within: setup.deadline - waited, on: clock) { return told }
    let now = now().uptime
    return LookUp(
      finding: .failed(.offline), askedAt: search.begun.wall,
      elapsed: .seconds(max(0, now - search.begun.uptime)), endedAt: now)
  }

  /// Judges a scan by who came in, and by what is stored.
  /// - Parameter told: what the service says, where that is not enough.
  func outcomeOfLeaving(_ queued: Queued, told: LookUp?) async -> Outcome {
    var leaver = Leaver(
      code: queued.scan.code, await finder.storedAnswer(code: queued.scan.code))
    if let told { leaver.note(told) }
    if leaver.pass == nil, let event = queued.tonight.event {
      leaver.admitted = await ledger.passAdmitted(on: leaver.code, eventID: event.id)
    }
    let decidedAt = now()
    let isDry = setup.isDryRun || queued.isLook
    let pass = leaver.pass
    let scan = ScanRecord(
      action: isDry ? .look : .scan, at: decidedAt.wall, door: setup.door,
      eventID: queued.tonight.event?.id, code: pass?.code ?? queued.scan.code, kind: pass?.kind,
      passType: pass?.typeName, source: leaver.source,
      latency: told?.latency(at: decidedAt.uptime) ?? .zero)
    let finding = pass.flatMap { pass in leaver.source.map { Finding.found(pass, $0) } }
    let evidence = Evidence(
      finding: finding ?? .unknown(.live), tonight: queued.tonight, now: decidedAt.wall)
    let recorded = await leave(
      queued, by: scan, leaver, isDry: isDry, watch: watch(queued, scan, evidence))
    let outcome = wording.outcome(of: queued, scan, evidence, recorded)
    recent.keep(outcome, admissionID: recorded.admissionID)
    return outcome
  }

  private func leave(
    _ queued: Queued, by scan: ScanRecord, _ leaver: Leaver, isDry: Bool, watch: RecordingWatch
  ) async -> RecordedDecision {
    let (rules, eventID) = (setup.rules, queued.tonight.event?.id ?? "")
    let (counted, leaving) = (leaver.counted(eventID: eventID), leaver.at(eventID: eventID))
    let entry = AdmissionEntry(
      kind: leaving.kind, passID: leaving.id, eventID: eventID,
      answeredAt: leaver.askedAt, answered: leaver.asked, scan: scan, isDryRun: isDry,
      direction: .out)
    let allowed = leaver.pass.map {
      HeadCount(pass: $0, eventID: eventID, admittedHere: 0, rules: rules).allowed
    }
    let isAlone = await ledger.isAlone
    return await record(entry, of: queued, watch: watch) { before in
      var decision = decideExit(counted: counted, before: before, rules: rules, allowed: allowed)
      decision.countsLater = isAlone && !isDry && !eventID.isEmpty && decision.people == 0
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

  /// How many came to tonight's event and how many are inside, and how many came since each of some
  /// moments; nil where none is chosen.
  package func crowd(sinceEach moments: [Date]) async -> (crowd: Crowd, cameSince: [Int])? {
    guard let event = tonight.event else { return nil }
    var (crowd, cameSince) = await ledger.crowd(eventID: event.id, sinceEach: moments)
    if await hasExit(eventID: event.id) { crowd.hasLeavers = true }
    crowd.inside = max(0, crowd.inside)
    return (crowd, cameSince)
  }

  /// Whether anybody can be counted out: this door is an exit, or another one is.
  private func hasExit(eventID: String) async -> Bool {
    if direction == .out { return true }
    return await ledger.link?.hasExit(eventID: eventID) ?? false
  }
}
