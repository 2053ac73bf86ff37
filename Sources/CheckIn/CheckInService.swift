package import Admission
package import FoundationEssentials

/// The service layer: takes scans in order, looks them up at the same time, judges, records, and
/// reports the verdicts in the order of the scans.
package actor CheckInService {
  /// A code as it comes from the scanner's side.
  package struct Scan: Sendable {
    package var code: String
    /// False: it is no code, and nobody is asked.
    package var isReadable: Bool
    package var readAt: Moment

    package init(code: String, isReadable: Bool, readAt: Moment) {
      self.code = code
      self.isReadable = isReadable
      self.readAt = readAt
    }
  }

  /// How the door is set up.
  package struct Setup: Sendable {
    package var rules: Rules
    package var door: String
    package var showNames: ShownNames
    /// Seconds; 0 switches the recognition of repeats off.
    package var repeatSeconds: TimeInterval
    /// True: nobody is recorded as admitted.
    package var isDryRun: Bool

    package init(
      rules: Rules, door: String, showNames: ShownNames, repeatSeconds: TimeInterval,
      isDryRun: Bool = false
    ) {
      self.rules = rules
      self.door = door
      self.showNames = showNames
      self.repeatSeconds = repeatSeconds
      self.isDryRun = isDryRun
    }
  }

  /// A scan that was taken, before its verdict.
  package struct Submission: Sendable, Equatable {
    /// Running number, from 1.
    package var number: Int
    /// The newest code read again.
    package var isRepeat: Bool
  }

  private struct Queued {
    var number: Int
    var scan: Scan
    var tonight: Tonight
    /// Nil for a repeat, which has no look-up of its own.
    var lookUp: Task<TimedFinding, Never>?
  }

  private struct TimedFinding {
    var finding: Finding
    /// Nil where nobody was asked.
    var elapsed: Duration?
    /// Seconds, monotonic.
    var receivedAt: TimeInterval
  }

  private let lookUp: any PassLookUp
  private let ledger: any AdmissionLedger
  private let setup: Setup
  private let now: @Sendable () -> Moment
  private let report: @Sendable (Outcome) -> Void

  private var tonight: Tonight
  private var rates: [Rate]?
  private var repeats: RepeatWatch
  private var lastNumber = 0
  private var queue: [Queued] = []
  private var isDraining = false
  private var drained: [CheckedContinuation<Void, Never>] = []
  /// The newest verdict that was not itself a repeat: what a repeat repeats.
  private var newestOutcome: Outcome?

  /// - Parameter report: is called with each verdict, in the order of the scans.
  package init(
    lookUp: any PassLookUp, ledger: any AdmissionLedger, setup: Setup, tonight: Tonight,
    now: @escaping @Sendable () -> Moment, report: @escaping @Sendable (Outcome) -> Void
  ) {
    self.lookUp = lookUp
    self.ledger = ledger
    self.setup = setup
    self.tonight = tonight
    self.now = now
    self.report = report
    repeats = RepeatWatch(window: setup.repeatSeconds)
  }

  /// From the next scan on, tonight is this.
  package func set(tonight: Tonight) { self.tonight = tonight }

  /// From the next verdict on, the price list is this; nil where it is unknown.
  package func set(rates: [Rate]?) { self.rates = rates }

  /// Takes a scan. Scans are judged in the order in which they are submitted.
  package func submit(_ scan: Scan) -> Submission {
    lastNumber += 1
    let isRepeat = repeats.read(scan.code, at: scan.readAt.uptime)
    var queued = Queued(number: lastNumber, scan: scan, tonight: tonight)
    if !isRepeat { queued.lookUp = begin(scan, tonight: tonight) }
    queue.append(queued)
    if !isDraining {
      isDraining = true
      Task { await drain() }
    }
    return Submission(number: lastNumber, isRepeat: isRepeat)
  }

  /// How many scans have no verdict yet.
  package var waiting: Int { queue.count }

  /// Returns once every scan submitted so far has its verdict.
  package func finish() async {
    guard isDraining else { return }
    await withCheckedContinuation { drained.append($0) }
  }

  private func begin(_ scan: Scan, tonight: Tonight) -> Task<TimedFinding, Never> {
    let readAt = scan.readAt
    // Without a code or an event no answer could decide anything, so nobody is asked.
    if !scan.isReadable || tonight.reasonForNone(at: readAt.wall) != nil {
      // `no_event` comes before any failure; were there an event after all, amber is the safe side.
      let finding = scan.isReadable ? Finding.failed(.serviceError) : .unreadable
      return Task {
        TimedFinding(finding: finding, elapsed: nil, receivedAt: readAt.uptime)
      }
    }
    return Task { [lookUp, now] in
      let timed = await lookUp.lookUp(code: scan.code)
      let finding: Finding =
        switch timed.answer {
        case .found(let pass): .found(pass, .live)
        case .notFound: .unknown(.live)
        case .failed(let failure): .failed(failure)
        }
      return TimedFinding(
        finding: finding, elapsed: timed.elapsed, receivedAt: now().uptime)
    }
  }

  /// Gives verdicts until none is out, one at a time: a later scan is judged knowing whom an earlier
  /// one admitted.
  private func drain() async {
    while let next = queue.first {
      let outcome = await outcome(of: next)
      queue.removeFirst()
      if !outcome.isRepeat { newestOutcome = outcome }
      repeats.decided(next.scan.code, outcome.verdict)
      report(outcome)
    }
    isDraining = false
    for continuation in drained { continuation.resume() }
    drained = []
  }

  private func outcome(of queued: Queued) async -> Outcome {
    if let lookUp = queued.lookUp {
      return await outcome(of: queued, finding: await lookUp.value)
    }
    if let newest = newestOutcome, newest.verdict != .unverified {
      return repeated(newest, number: queued.number)
    }
    // What it would have repeated turned out amber, so it is a try of its own.
    return await outcome(
      of: queued, finding: await begin(queued.scan, tonight: queued.tonight).value)
  }

  private func repeated(_ newest: Outcome, number: Int) -> Outcome {
    var outcome = newest
    outcome.number = number
    outcome.isRepeat = true
    // What was recorded is used now; in a dry run nothing was.
    outcome.decision.count = setup.isDryRun ? newest.count?.admitting(0) : newest.count?.settled
    outcome.at = now().wall
    outcome.latency = .zero
    return outcome
  }

  private func outcome(of queued: Queued, finding timed: TimedFinding) async -> Outcome {
    let decidedAt = now()
    let finding = timed.finding
    let evidence = Evidence(
      finding: finding, tonight: queued.tonight, rates: rates, now: decidedAt.wall)
    let settled = await settle(evidence)
    let finishedAt = now()
    let waited = max(0, finishedAt.uptime - timed.receivedAt)
    return Outcome(
      number: queued.number, code: finding.pass?.code ?? queued.scan.code,
      decision: settled.decision,
      pass: finding.pass.map {
        PassSummary(
          pass: $0, count: settled.decision.count, eventID: queued.tonight.event?.id,
          showNames: setup.showNames)
      },
      tonight: queued.tonight,
      earlierEntry: earlierEntry(evidence, here: settled.before),
      source: finding.source, at: finishedAt.wall,
      latency: timed.elapsed.map { $0 + .seconds(waited) } ?? .zero)
  }

  /// Judges, and records whom the judgement admits.
  private func settle(_ evidence: Evidence) async -> Settlement {
    let rules = setup.rules
    guard let pass = evidence.finding.pass, let event = evidence.tonight.event else {
      return Settlement(decision: decide(evidence, rules: rules), before: AdmittedHere())
    }
    let entry = LedgerEntry(
      passID: pass.id, eventID: event.id, at: evidence.now, door: setup.door,
      isDryRun: setup.isDryRun)
    return await ledger.settle(entry) { here in
      var evidence = evidence
      evidence.admittedHere = here.people
      return decide(evidence, rules: rules)
    }
  }

  /// The first entry that is known, here or according to the service.
  private func earlierEntry(_ evidence: Evidence, here: AdmittedHere) -> Entry? {
    let there = evidence.tonight.event.flatMap {
      evidence.finding.pass?.entryTime(at: $0, now: evidence.now)
    }
    guard let there else { return here.first }
    guard let first = here.first, first.at <= there else { return Entry(at: there) }
    return first
  }
}
