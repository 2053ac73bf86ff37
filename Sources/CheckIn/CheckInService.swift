package import Admission
import DequeModule
package import FoundationEssentials
package import Waiting

/// What the service layer has to say.
package enum CheckInEvent: Sendable {
  /// The verdict will be this once it is recorded, unless that fails: for whoever gets ready to show it.
  /// Nothing may be shown of it yet. Whoever shows it works it out, as the store waits meanwhile.
  case judged(@Sendable () -> Outcome)
  /// What the scan of that number was judged is recorded, and is its verdict, which follows.
  case saved(number: Int)
  case verdict(Outcome)
  /// Whom the scan of that number let in, which was late, is recorded now.
  case recorded(number: Int)
  /// The service's late answer refuses whom a stored one let in.
  case contradicted(Outcome)
  /// Three different passes in a row were for this event, which is not tonight's; nil: not any more.
  case otherEvent(Event?)
}

/// The service layer: looks scans up at the same time, judges and records them one after the other,
/// and tells the verdicts in the order of the scans.
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
    /// Which way people go through it, unless staff say otherwise.
    package var direction: DoorDirection
    /// Seconds from an admission until the service may be told of it, in which staff can still
    /// correct it; nil: it is never told.
    package var reportDelay: TimeInterval?
    /// For a whole look-up, from its first request.
    package var deadline: Duration

    package init(
      rules: Rules, door: String, showNames: ShownNames, repeatSeconds: TimeInterval,
      rereadSeconds: TimeInterval? = nil, isDryRun: Bool = false,
      direction: DoorDirection = .in, reportDelay: TimeInterval? = nil,
      deadline: Duration = .milliseconds(1500)
    ) {
      self.rules = rules
      self.door = door
      self.showNames = showNames
      self.repeatSeconds = repeatSeconds
      self.rereadSeconds = rereadSeconds
      self.isDryRun = isDryRun
      self.direction = direction
      self.reportDelay = reportDelay
      self.deadline = deadline
    }
  }

  /// A scan that was submitted, before its verdict.
  package struct Submission: Sendable, Equatable {
    /// Running number, from 1.
    package var number: Int
    /// The newest code read again.
    package var isRepeat: Bool
  }

  struct Queued {
    var number: Int
    var scan: Scan
    var tonight: Tonight
    /// Judged as always, but nobody is recorded.
    var isLook: Bool
    /// Which way people went through the door when it was scanned.
    var direction: DoorDirection
    var reading: RepeatWatch.Reading
    /// When it could have been begun, by the clock by which nobody waits longer than they should.
    var submittedAt: Duration
    /// Nil for a repeat, which has no look-up of its own, and until it is begun.
    var pursuit: Pursuit?
  }

  /// How a scan's code is found out about.
  enum Pursuit {
    case search(PassSearch)
    /// In a place of its own: few have one, and each that waits would keep room for it.
    indirect case nobodyAsked(LookUp)
    /// Somebody leaves: what is stored is enough, which is nil here, or the service is asked.
    case leaving(Task<LookUp?, Never>)
  }

  /// A green that was given without the service.
  struct Unanswered {
    var search: PassSearch
    var shown: Outcome
    var evidence: Evidence
    /// Who was in before the scan.
    var before: EarlierAdmissions
  }

  /// So many scans are looked up at the same time; those behind them wait for their turn, and take no
  /// room but for their code.
  private static let mostUnderWay = 48

  let finder: PassFinder
  let ledger: RecordingLedger
  let setup: Setup
  let now: @Sendable () -> Moment
  /// Seconds since the box's clock stamped something; nil where nobody can know.
  let age: @Sendable (Date) -> TimeInterval?
  /// When the program began.
  let begunAt: Date
  let clock: any WaitClock
  /// Who is shown the verdicts.
  package nonisolated let audience: Audience
  let tell: @Sendable (CheckInEvent) -> Void
  /// Knows the other events; nil where nobody does.
  let keeper: TonightKeeper?
  var strangers = OtherEventWatch()
  var recent: RecentVerdicts

  private(set) var tonight: Tonight
  /// Which way people go through the door now.
  package private(set) var direction: DoorDirection
  /// How long a scan waits for the first answer about the event; nil once there is one.
  private var patienceForTonight: Duration?
  private let tonightIsKnown = Promise<Void>()
  private(set) var rates: [Rate]?
  private var lastNumber = 0
  private var queue: Deque<Queued> = []
  /// How many of the queue, from its beginning, have been begun.
  private var begun = 0
  private var isDraining = false
  /// Some verdicts are given, or nobody waits for them any more.
  let progress = Signal()
  /// Of each scan that may have let somebody in, or out, and whose verdict may not have been shown yet.
  var unseen: Deque<(number: Int, entryID: AdmissionID)> = []
  /// One is being recorded.
  var isRecording = false
  /// Greens of stored answers, by the numbers of their scans, until the service has answered.
  var unanswered: [Int: Unanswered] = [:]
  /// The admission that staff were asked about last whether to take it back.
  var offered: RecordingLedger.Standing?

  /// - Parameters:
  ///   - patienceForTonight: how long a scan that comes before the first `set(tonight:)` waits for
  ///     it; nil: it is judged for `tonight` as given here.
  ///   - age: seconds since the box's clock stamped something; nil where nobody can know. Left out,
  ///     the clock is taken to be right.
  ///   - clock: by which nobody waits longer than they should.
  ///   - audience: says how far the verdicts were shown.
  ///   - tell: is called with each verdict, in the order of the scans, and with what was learnt too
  ///     late for one.
  package init(
    finder: PassFinder, ledger: RecordingLedger, setup: Setup, tonight: Tonight,
    patienceForTonight: Duration? = nil, keeper: TonightKeeper? = nil,
    now: @escaping @Sendable () -> Moment,
    age: (@Sendable (Date) -> TimeInterval?)? = nil,
    clock: any WaitClock = .box, audience: Audience = Audience(),
    tell: @escaping @Sendable (CheckInEvent) -> Void
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
    direction = setup.direction
    begunAt = now().wall
    self.clock = clock
    self.audience = audience
    self.tell = tell
    recent = RecentVerdicts(
      repeats: RepeatWatch(
        window: setup.repeatSeconds, countsFriends: setup.rules.groupEntry == .one,
        reread: setup.rereadSeconds))
  }

  /// From the next scan on, tonight is this, and for those that came before it was first known.
  package func set(tonight: Tonight) {
    if let before = self.tonight.event, tonight.event?.hasID(before.id) != true {
      strangers.forget()
      tellOtherEvent(among: [])
    }
    self.tonight = tonight
    beginWaitingScans()
  }

  /// From the next scan on, people go through the door that way.
  package func set(direction: DoorDirection) {
    guard direction != self.direction else { return }
    self.direction = direction
    // Whoever was counted in may leave at once.
    recent.repeats.forgetNewest()
  }

  /// From the next verdict on, the price list is this; nil where it is unknown.
  package func set(rates: [Rate]?) { self.rates = rates }

  /// Scans are judged in the order in which they are submitted.
  /// - Parameter isLook: judge as always, but record nobody.
  package func submit(_ scan: Scan, isLook: Bool = false) -> Submission {
    lastNumber += 1
    // What cannot be read repeats nothing, whatever it says, and is repeated by nothing.
    let reading =
      scan.unreadable == nil
      ? recent.repeats.read(scan.code, at: scan.readAt.uptime, isLook: isLook)
      : recent.repeats.readNothing()
    queue.append(
      Queued(
        number: lastNumber, scan: scan, tonight: tonight, isLook: isLook, direction: direction,
        reading: reading, submittedAt: clock.now))
    if let patienceForTonight {
      Task {
        _ = await tonightIsKnown.value(within: patienceForTonight, on: clock)
        beginWaitingScans()
      }
    } else {
      beginNext()
    }
    return Submission(number: lastNumber, isRepeat: reading == .again)
  }

  /// How many scans have no verdict yet.
  package var waiting: Int { queue.count }

  /// The codes of scans that have no verdict yet, without those.
  func undecided(but numbers: Set<Int>) -> [String] {
    queue.filter { !numbers.contains($0.number) }.map(\.scan.code)
  }

  /// Returns once every scan submitted so far has its verdict, or nobody is shown one any more.
  package func finish() async {
    while isDraining || !queue.isEmpty && !audience.isGone { await progress.next.value() }
  }

  /// Begins the scans whose turn it is to be looked up.
  private func beginNext() {
    while begun < min(queue.count, Self.mostUnderWay) {
      let next = queue[begun]
      if next.reading == .again {
        drainSoon()
      } else {
        queue[begun].pursuit = begin(next)
      }
      begun += 1
    }
  }

  /// Begins to find out about a code; the verdicts that hang on it are given when that is done.
  func begin(_ next: Queued) -> Pursuit {
    let (scan, readAt) = (next.scan, next.scan.readAt)
    // Without a code or an event no answer could decide anything, so nobody is asked.
    guard scan.unreadable == nil, next.tonight.reasonForNone(at: readAt.wall) == nil,
      let event = next.tonight.event
    else {
      // A placeholder: `no_event` comes first in the order; failing that, amber is the safe side.
      let finding = scan.unreadable.map(Finding.unreadable) ?? .failed(.serviceError)
      drainSoon()
      return .nobodyAsked(
        LookUp(finding: finding, askedAt: readAt.wall, endedAt: readAt.uptime))
    }
    switch next.direction {
    case .in: break
    case .out:
      drainSoon()
      return .leaving(Task { await askAboutLeaver(next, at: event) })
    }
    // Whoever has an answer gives the verdicts, so that no other task has to be woken for that.
    let search = finder.begin(
      code: scan.code, eventID: event.id, scan: next.number, waited: clock.now - next.submittedAt
    ) {
      await self.checkIfAnswered(next.number)
      await self.drain()
    }
    return .search(search)
  }

  /// Begins what waited for the event. A box that has just been started again would turn amber for
  /// whoever is scanned before the service has told it which night it is.
  private func beginWaitingScans() {
    guard patienceForTonight != nil else { return }
    patienceForTonight = nil
    for index in queue.indices {
      queue[index].tonight = tonight
      // Only now can they be asked for.
      queue[index].submittedAt = clock.now
    }
    tonightIsKnown.fulfil(with: ())
    beginNext()
  }

  private func drainSoon() {
    if !isDraining { Task { await drain() } }
  }

  /// Gives all pending verdicts, one at a time: a later scan is judged knowing whom an earlier one
  /// admitted.
  private func drain() async {
    guard !isDraining, patienceForTonight == nil else { return }
    isDraining = true
    while !audience.isGone, let next = queue.first {
      let outcome = await outcome(of: next)
      if audience.isGone { break }
      queue.removeFirst()
      begun -= 1
      let isDry = setup.isDryRun || next.isLook
      recent.note(outcome, of: next.scan.code, isDry: isDry)
      tell(.verdict(outcome))
      if outcome.isRecordedLate { tellOnceRecorded(outcome.number) }
      // First it is shown: whoever shows it may wait for this very thread.
      if !audience.hasSeen(outcome.number) { await Task.yield() }
      if case .search(let search) = next.pursuit { search.ask() }
      beginNext()
      await journal(outcome, isDry: isDry)
    }
    isDraining = false
    progress.send()
    await finder.rememberAnswers()
  }

  /// Whoever was let in is in the journal already, with the admission. The others are written down
  /// while their panel is painted.
  private func journal(_ outcome: Outcome, isDry: Bool) async {
    let isRecorded = outcome.decision.people > 0 && !outcome.isRepeat && !isDry
    if !isRecorded { await ledger.journal(record(of: outcome, isLook: isDry), outcome.decision) }
  }
}
