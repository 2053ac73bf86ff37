package import Admission
package import FoundationEssentials
package import Waiting

/// The service layer: takes scans in order, looks them up at the same time, judges, records, and
/// reports the verdicts in the order of the scans.
package actor CheckInService {
  /// A code as it comes from the scanner's side.
  package struct Scan: Sendable {
    package var code: String
    /// Why it is no code, so that nobody is asked; nil where it is one.
    package var unreadable: UnreadableCause?
    package var readAt: Moment

    package init(code: String, unreadable: UnreadableCause? = nil, readAt: Moment) {
      self.code = code
      self.unreadable = unreadable
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
    /// Seconds after which the scanner reads the same code again; nil where nobody measured it.
    package var rereadSeconds: TimeInterval?
    /// True: nobody is recorded as admitted.
    package var isDryRun: Bool
    /// Seconds from an admission until the service may be told of it, in which staff can still
    /// correct it; nil: it is never told.
    package var reportDelay: TimeInterval?
    /// For a whole look-up, from its first request.
    package var deadline: Duration

    package init(
      rules: Rules, door: String, showNames: ShownNames, repeatSeconds: TimeInterval,
      rereadSeconds: TimeInterval? = nil, isDryRun: Bool = false, reportDelay: TimeInterval? = nil,
      deadline: Duration = .milliseconds(1500)
    ) {
      self.rules = rules
      self.door = door
      self.showNames = showNames
      self.repeatSeconds = repeatSeconds
      self.rereadSeconds = rereadSeconds
      self.isDryRun = isDryRun
      self.reportDelay = reportDelay
      self.deadline = deadline
    }
  }

  /// A scan that was taken, before its verdict.
  package struct Submission: Sendable, Equatable {
    /// Running number, from 1.
    package var number: Int
    /// The newest code read again.
    package var isRepeat: Bool
  }

  package enum Report: Sendable, Equatable {
    case verdict(Outcome)
    /// The service's late answer refuses whom a stored one let in.
    case contradicted(Outcome)
    /// Three different passes in a row were for this event, which is not tonight's; nil: not any more.
    case otherEvent(Event?)
  }

  struct Queued {
    var number: Int
    var scan: Scan
    var tonight: Tonight
    /// Judged as always, but nobody is recorded.
    var isLook: Bool
    var reading: RepeatWatch.Reading
    /// Nil for a repeat, which has no look-up of its own, and while the event is awaited.
    var lookUp: Task<TimedFinding, Never>?
  }

  struct TimedFinding {
    var found: PassFinder.Found
    /// False where nobody was asked.
    var wasAsked = true
    /// Seconds, monotonic.
    var receivedAt: TimeInterval
  }

  let finder: PassFinder
  let ledger: RecordingLedger
  let setup: Setup
  let now: @Sendable () -> Moment
  /// Seconds since the box's clock stamped something; nil where nobody can know.
  let age: @Sendable (Date) -> TimeInterval?
  /// When the program began.
  let begunAt: Date
  let clock: any WaitClock
  let report: @Sendable (Report) -> Void
  /// Knows the other events; nil where nobody does.
  let keeper: TonightKeeper?
  /// What is to be learnt about events has been awaited once, for the first pass that is not for
  /// tonight's.
  var hasAwaitedEvents = false
  var strangers = OtherEventWatch()
  var otherEventID: String?

  private(set) var tonight: Tonight
  /// How long a scan waits for the first answer about the event; nil once there is one.
  private var patienceForTonight: Duration?
  private let tonightIsKnown = Promise<Void>()
  private(set) var rates: [Rate]?
  var repeats: RepeatWatch
  private var lastNumber = 0
  private var queue: [Queued] = []
  private var isDraining = false
  private let drained = Signal()
  /// The newest verdict that was not itself a repeat: what a repeat repeats.
  var newestOutcome: Outcome?
  var newestWasDry = false
  /// When a scan was unreadable last, in seconds, monotonic.
  private var unreadableAt = -TimeInterval.infinity
  /// The newest verdicts by their numbers, for correcting them.
  var correctable: [Int: Correctable] = [:]
  /// The one that staff were asked about last whether to take it back.
  var offered: RecordingLedger.Standing?

  /// Seconds within which a second scan that cannot be read is another try of the same guest.
  private static let secondTry: TimeInterval = 60
  /// How many verdicts can be corrected.
  private static let mostCorrectable = 50

  /// - Parameters:
  ///   - patienceForTonight: how long a scan that comes before the first `set(tonight:)` waits for
  ///     it; nil: it is judged for `tonight` as given here.
  ///   - age: seconds since the box's clock stamped something; nil where nobody can know. Left out,
  ///     the clock is taken to be right.
  ///   - clock: by which nobody waits longer than they should.
  ///   - report: is called with each verdict, in the order of the scans, and with what was learnt too
  ///     late for one.
  package init(
    finder: PassFinder, ledger: RecordingLedger, setup: Setup, tonight: Tonight,
    patienceForTonight: Duration? = nil, keeper: TonightKeeper? = nil,
    now: @escaping @Sendable () -> Moment,
    age: (@Sendable (Date) -> TimeInterval?)? = nil,
    clock: any WaitClock = .box,
    report: @escaping @Sendable (Report) -> Void
  ) {
    self.finder = finder
    self.ledger = ledger
    self.setup = setup
    self.tonight = tonight
    self.patienceForTonight = patienceForTonight
    self.keeper = keeper
    self.now = now
    self.age =
      age ?? { stamp in
        let age = now().wall.timeIntervalSince(stamp)
        return age < 0 ? nil : age
      }
    begunAt = now().wall
    self.clock = clock
    self.report = report
    repeats = RepeatWatch(
      window: setup.repeatSeconds, countsFriends: setup.rules.groupEntry == .one,
      reread: setup.rereadSeconds)
  }

  /// From the next scan on, tonight is this, and for those that came before it was first known.
  package func set(tonight: Tonight) {
    if let before = self.tonight.event, tonight.event?.hasID(before.id) != true {
      strangers.forget()
      tellOtherEvent(among: [])
    }
    self.tonight = tonight
    settleTonight()
  }

  /// From the next verdict on, the price list is this; nil where it is unknown.
  package func set(rates: [Rate]?) { self.rates = rates }

  /// Takes a scan. Scans are judged in the order in which they are submitted.
  /// - Parameter isLook: judge as always, but record nobody.
  package func submit(_ scan: Scan, isLook: Bool = false) -> Submission {
    lastNumber += 1
    // What cannot be read repeats nothing, whatever it says, and is repeated by nothing.
    let reading =
      scan.unreadable == nil
      ? repeats.read(scan.code, at: scan.readAt.uptime, isLook: isLook) : repeats.readNothing()
    var queued = Queued(
      number: lastNumber, scan: scan, tonight: tonight, isLook: isLook, reading: reading)
    if let patienceForTonight {
      Task {
        _ = await tonightIsKnown.value(within: patienceForTonight, on: clock)
        settleTonight()
      }
    } else if reading != .again {
      queued.lookUp = begin(scan, tonight: tonight)
    }
    queue.append(queued)
    if !isDraining {
      isDraining = true
      Task { await drain() }
    }
    return Submission(number: lastNumber, isRepeat: reading == .again)
  }

  /// How many scans have no verdict yet.
  package var waiting: Int { queue.count }

  /// Returns once every scan submitted so far has its verdict.
  package func finish() async {
    while isDraining { await drained.next.value() }
  }

  private func begin(_ scan: Scan, tonight: Tonight) -> Task<TimedFinding, Never> {
    let readAt = scan.readAt
    // Without a code or an event no answer could decide anything, so nobody is asked.
    guard scan.unreadable == nil, tonight.reasonForNone(at: readAt.wall) == nil,
      let event = tonight.event
    else {
      // `no_event` comes before any failure; were there an event after all, amber is the safe side.
      let finding = scan.unreadable.map(Finding.unreadable) ?? .failed(.serviceError)
      let found = PassFinder.Found(finding: finding, elapsed: .zero, askedAt: readAt.wall)
      return Task { TimedFinding(found: found, wasAsked: false, receivedAt: readAt.uptime) }
    }
    return Task { [finder, now] in
      let found = await finder.find(code: scan.code, eventID: event.id)
      return TimedFinding(found: found, receivedAt: now().uptime)
    }
  }

  /// Begins what waited for the event. A box that has just been started again would turn amber for
  /// whoever is scanned before the service has told it which night it is.
  private func settleTonight() {
    guard patienceForTonight != nil else { return }
    patienceForTonight = nil
    for index in queue.indices {
      queue[index].tonight = tonight
      if queue[index].reading != .again {
        queue[index].lookUp = begin(queue[index].scan, tonight: tonight)
      }
    }
    tonightIsKnown.fulfil(with: ())
  }

  /// Gives verdicts until none is out, one at a time: a later scan is judged knowing whom an earlier
  /// one admitted.
  private func drain() async {
    if patienceForTonight != nil { await tonightIsKnown.value() }
    while let next = queue.first {
      let outcome = await outcome(of: next)
      queue.removeFirst()
      let isDry = setup.isDryRun || next.isLook
      if !outcome.isRepeat {
        newestOutcome = outcome
        newestWasDry = isDry
      }
      repeats.decided(next.scan.code, outcome.verdict, leavesPeople: outcome.decision.leavesPeople)
      report(.verdict(outcome))
      await journal(outcome, isDry: isDry)
    }
    isDraining = false
    Task { [finder] in await finder.rememberAnswers() }
    drained.send()
  }

  /// Whoever was let in is in the journal already, with the admission. The others are written down
  /// while their panel is painted.
  private func journal(_ outcome: Outcome, isDry: Bool) async {
    let isRecorded = (outcome.count?.admitted ?? 0) > 0 && !outcome.isRepeat && !isDry
    if !isRecorded { await ledger.journal(record(of: outcome, isLook: isDry), outcome.decision) }
  }

  private func outcome(of queued: Queued) async -> Outcome {
    if let newest = newestOutcome, repeats(newest, queued) {
      return repeated(newest, of: queued)
    }
    if let lookUp = queued.lookUp {
      return await outcome(of: queued, finding: await lookUp.value)
    }
    // What it would have repeated turned out amber, so it is a try of its own.
    return await outcome(
      of: queued, finding: await begin(queued.scan, tonight: queued.tonight).value)
  }

  private func outcome(of queued: Queued, finding timed: TimedFinding) async -> Outcome {
    let found = timed.found
    var queued = queued
    let nights = await nights(of: found, for: &queued, receivedAt: timed.receivedAt)
    let decidedAt = now()
    let waited = max(0, decidedAt.uptime - timed.receivedAt)
    let evidence = Evidence(
      finding: found.finding, tonight: queued.tonight, rates: rates, now: decidedAt.wall)
    var outcome = Outcome(
      number: queued.number, code: found.finding.pass?.code ?? queued.scan.code,
      decision: Decision(reason: .serviceError), tonight: queued.tonight,
      source: found.finding.source, at: decidedAt.wall,
      latency: timed.wasAsked ? found.elapsed + .seconds(waited) : .zero, isLook: queued.isLook)
    let recorded = await settle(
      evidence, found: found, as: outcome, isLook: queued.isLook)
    let before = recorded.settlement.before
    outcome.decision = recorded.settlement.decision
    if outcome.reason == .unreadableCode {
      outcome.decision.isUnreadableAgain = decidedAt.uptime - unreadableAt <= Self.secondTry
      unreadableAt = decidedAt.uptime
    }
    outcome.isRecordedLate = recorded.isLate && outcome.verdict == .admit
    describe(&outcome, by: evidence, before: before)
    watchForStrangers(&outcome, found.finding.pass, nights: nights)
    outcome.at = now().wall
    correctable[queued.number] = Correctable(
      outcome: outcome, admissionID: recorded.settlement.admissionID)
    correctable[queued.number - Self.mostCorrectable] = nil
    if let late = found.late, outcome.verdict == .admit {
      Task { [outcome] in
        await check(late, against: outcome, evidence: evidence, before: before)
      }
    }
    return outcome
  }

  /// Judges, and records whom the judgement admits.
  private func settle(
    _ evidence: Evidence, found: PassFinder.Found, as outcome: Outcome, isLook: Bool
  ) async -> RecordingLedger.Recorded {
    let rules = setup.rules
    guard let pass = evidence.finding.pass, let event = evidence.tonight.event else {
      let decision = decide(evidence, rules: rules)
      return RecordingLedger.Recorded(
        settlement: Settlement(decision: decision, before: EarlierAdmissions()), isLate: false)
    }
    let isDry = setup.isDryRun || isLook
    var record = record(of: outcome, isLook: isDry)
    record.passType = pass.typeName
    let counted = pass.peopleCountedIn(eventID: event.id)
    let entry = AdmissionEntry(
      passID: pass.id, eventID: event.id, answeredAt: found.askedAt, answered: found.asked,
      countedIn: counted, scan: record,
      isDryRun: isDry, report: reportOrder(for: pass, at: event, now: evidence.now))
    return await ledger.settle(entry) { before in
      var evidence = evidence
      evidence.admittedHere = before.missing(from: counted)
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
      eventID: outcome.tonight.event?.id, code: outcome.code, passType: outcome.pass?.type,
      source: outcome.source, latency: outcome.latency)
  }
}
