package import Admission
package import FoundationEssentials
package import Waiting

/// Records in the night's store as long as it can, and goes on from memory when it cannot: a full
/// disk must neither stop the queue nor let a code in twice (Contract: The door screen).
///
/// Whoever is shown green was claimed before it was asked who is in, and stays claimed until the
/// store holds the admission: so no other process on the store lets the same pass in meanwhile,
/// however slow the disk. Where several doors share a ledger, the pass is also held there.
package actor RecordingLedger {
  /// How long a panel waits for the disk before it is painted with a mark.
  static let patience: Duration = .milliseconds(250)
  /// How long a scan waits for the store to judge it where it cannot be claimed.
  private static let longestWait: Duration = .milliseconds(2_500)
  /// How long a scan waits for another process that is about to admit the same pass.
  private static let patienceWithOthers: Duration = .seconds(1)
  private let onRecordingChange: @Sendable (Bool) -> Void
  let claims: any PassClaims
  /// Who came in by what ended programs kept beside the store; read where there is no store.
  private let kept: (any KeptAdmissions)?
  /// Seconds, on a clock that nobody sets.
  let uptime: @Sendable () -> TimeInterval
  let clock: any WaitClock
  /// The ledger that several doors share; nil where this one is alone for good.
  private(set) var link: LedgerLink?
  var store: (any NightLedger)?
  var own = AdmissionsOfThisProcess()
  /// What is claimed for admissions that the store does not hold yet, by their numbers.
  var claimed: [Int64: [PassIdentity]] = [:]
  /// Scans that let nobody in and that the store does not hold yet, oldest first.
  var unwrittenLines: [JournalLine] = []
  var isWritingLines = false
  /// Others record what is missing.
  var isClosed = false
  /// Nil until it has been told.
  private var isRecording: Bool?
  /// Grows whenever the store has come to hold more.
  var changes = 0

  // Of catching up.
  var catchingUp: Task<Void, Never>?
  var pause = Promise<Void>()
  /// It was tried to write what is missing.
  let tried = Signal()
  /// An admission that was being written is, or is not.
  let written = Signal()

  /// - Parameters:
  ///   - store: nil where there is none: then all is kept in memory, and nobody is told.
  ///   - claims: those of the processes on that store.
  ///   - kept: what ended programs could not save in that store.
  ///   - onRecordingChange: is told when recording fails, and when it works again.
  ///   - uptime: seconds, on a clock that nobody sets.
  ///   - clock: by which nobody waits longer than they should.
  package init(
    store: (any NightLedger)?, claims: any PassClaims = NoOtherProcess(),
    kept: (any KeptAdmissions)? = nil,
    onRecordingChange: @escaping @Sendable (Bool) -> Void = { _ in },
    uptime: @escaping @Sendable () -> TimeInterval = BoxClock.uptime(),
    clock: any WaitClock = .box
  ) {
    self.store = store
    self.claims = claims
    self.kept = kept
    self.uptime = uptime
    self.clock = clock
    self.onRecordingChange = onRecordingChange
  }

  /// From now on whom this door admits is recorded in the ledger that several doors share, too.
  package func share(by link: LedgerLink) { self.link = link }

  // MARK: Scans

  /// Judges a scan, and records whom the judgement admits.
  /// - Parameters:
  ///   - watch: is told how far it is.
  ///   - judge: is told who was admitted here before, and at the doors that share a ledger.
  package func admit(
    _ entry: AdmissionEntry, watch: RecordingWatch? = nil,
    judge: @escaping @Sendable (EarlierAdmissions) -> Decision
  ) async -> RecordedDecision {
    let claim = await claim(entry.claimed, for: Self.patienceWithOthers)
    if claim == .elsewhere { return await doubt(entry, judge, claim) }
    guard let store else { return await admitWithoutStore(entry, claim, judge) }
    guard let link else {
      return await admit(entry, claim, in: store, nil, watch: watch, judge)
    }
    if entry.isDryRun {
      await link.untilInStep()
      return await admit(entry, claim, in: store, nil, judge)
    }
    var entry = entry
    // Another door may not have told yet whom it let in.
    entry.keepsUnmet = entry.direction == .out
    // As the clock is now: what the store knows of it may be from before somebody set it.
    entry.clockOffset = link.clockOffset
    switch await link.hold(entry.pass, countsAll: await isNearlyFull(entry)) {
    case .alone: return await admit(entry, claim, in: store, nil, watch: watch, judge)
    case .busy: return await doubt(entry, judge, claim)
    case .held(let held):
      entry.onLedger = held.admissions
      entry.news = held.news
      let recorded = await admit(entry, claim, in: store, held, watch: watch, judge)
      let isShown = recorded.admissionID != nil && recorded.decision.isRecorded
      switch await held.end(isShown: isShown, isLate: recorded.isLate) {
      case .stands: return recorded
      case .overtaken: return await takeBack(recorded, entry)
      }
    }
  }

  /// Another door was faster, although this one had the pass: nobody is shown green.
  private func takeBack(
    _ recorded: RecordedDecision, _ entry: AdmissionEntry
  ) async -> RecordedDecision {
    if let id = recorded.admissionID {
      own.undo(id, at: entry.scan.at)
      catchUp()
    }
    return RecordedDecision(decision: .claimedElsewhere, before: recorded.before)
  }

  /// What could not be synced is in the store's log all the same, and comes back when that is read anew:
  /// whoever is not let in after all is out then, too.
  private func takeBack(_ judged: RecordedDecision, of entry: AdmissionEntry) {
    guard let id = add(entry, judged.decision, .unwritten) else { return }
    own.undo(id, at: entry.scan.at)
    link?.noteUndone(entry, judged.decision, at: entry.scan.at)
    catchUp()
  }

  /// Judges from memory, and keeps each admission claimed until there is a store that holds it.
  private func admitWithoutStore(
    _ entry: AdmissionEntry, _ claim: Claim,
    _ judge: @escaping @Sendable (EarlierAdmissions) -> Decision
  ) async -> RecordedDecision {
    let kept = await kept(entry.pass)
    if let store { return await admit(entry, claim, in: store, nil, judge) }
    var before = own.earlier(of: entry.pass)
      .adding(kept ?? EarlierAdmissions())
    if entry.places != nil {
      before.everybodyInside = own.crowd(eventID: entry.eventID).inside
    }
    // Those who have the store let go of a claim as soon as it is recorded there.
    if claims.othersHaveStore || kept == nil && !claims.isAlone {
      return doubt(entry, judge, claim, knowing: before)
    }
    let recorded = admitFromMemory(entry, before: before, nil, judge)
    if let id = recorded.admissionID, claim == .had {
      keep(entry.claimed, for: id)
    } else {
      release(entry.claimed, claim)
    }
    return recorded
  }

  /// Who came in by what ended programs kept. Nil where that cannot be read in time.
  private func kept(_ pass: PassAtEvent) async -> EarlierAdmissions? {
    guard let kept else { return EarlierAdmissions() }
    let reading = Task { await kept.earlier(of: pass) }
    return await reading.value(within: Self.patience, on: clock)
  }

  /// - Parameters:
  ///   - held: the pass on the ledger that several doors share; nil where that is not asked.
  ///   - asksAgain: where the store turns out to be lost, and this process goes on in another.
  private func admit(
    _ entry: AdmissionEntry, _ claim: Claim, in store: any NightLedger, _ held: HeldPass?,
    asksAgain: Bool = true, watch: RecordingWatch? = nil,
    _ judge: @escaping @Sendable (EarlierAdmissions) -> Decision
  ) async -> RecordedDecision {
    // The store would judge by the admission as it is being written.
    let isAsWritten = await waitForCorrected(entry, for: Self.longestWait)
    if own.firstUnsaved != nil { await catchUp(within: Self.patience) }
    guard isAsWritten else { return await doubt(entry, judge, claim) }
    guard own.firstUnsaved == nil else {
      return await goOn(entry, claim, in: store, held, asksAgain: asksAgain, judge)
    }
    // Where several doors share a ledger, another one may have been faster.
    let writing = LedgerWrite(watch: entry.isDryRun ? nil : watch, isAlone: held == nil)
    store.admit(entry) {
      // Both commit at the same time.
      try writing.judge($0, by: judge) { held?.record(entry, $0) }
    } ended: {
      writing.finish($0)
    }
    // Whoever has the pass claimed knows who is in without the store's leave.
    let outcome = await writing.outcome(
      within: Self.patience, judgedWithin: claim == .had ? Self.patience : Self.longestWait,
      on: clock)
    switch outcome {
    case .recorded(let inStore):
      note(isRecording: true)
      let recorded = added(inStore, entry, inStore.admissionID)
      letGo(of: entry.claimed, claim, after: recorded.admissionID)
      return recorded
    case .late(let judged): return late(writing, judged, entry, claim)
    case .failed:
      note(isRecording: false)
      let recorded = await goOn(entry, claim, in: store, held, asksAgain: asksAgain, judge)
      if recorded.admissionID == nil, let judged = writing.judged { takeBack(judged, of: entry) }
      return recorded
    case .abandoned:
      return await goOn(entry, claim, in: store, held, asksAgain: asksAgain, judge)
    }
  }

  /// Judged in the store, which is still writing it.
  private func late(
    _ writing: LedgerWrite, _ judged: RecordedDecision, _ entry: AdmissionEntry, _ claim: Claim
  ) -> RecordedDecision {
    var late = added(judged, entry, nil)
    late.isLate = true
    guard let id = late.admissionID else {
      release(entry.claimed, claim)
      return late
    }
    Task { await follow(writing, to: id) }
    if claim == .had {
      claimed[id] = entry.claimed
      return late
    }
    // Were it not written in the end, another process could let the same pass in.
    own.undo(id, at: entry.scan.at)
    return RecordedDecision(decision: .claimedElsewhere, before: late.before)
  }

  /// Takes note of what the store recorded, or is about to.
  private func added(
    _ inStore: RecordedDecision, _ entry: AdmissionEntry, _ storedID: Int64?
  ) -> RecordedDecision {
    var recorded = inStore
    let people = inStore.decision.people
    recorded.admissionID = add(
      entry, inStore.decision,
      storedID.map { .written($0, standing: people) } ?? .beingWritten)
    return recorded
  }

  /// Nil where nobody was admitted.
  private func add(
    _ entry: AdmissionEntry, _ decision: Decision, _ state: AdmissionsOfThisProcess.State
  ) -> Int64? {
    guard decision.people > 0, !entry.isDryRun else { return nil }
    return own.add(.counted(entry, decision), people: decision.people, state, at: uptime())
  }

  /// What was painted before it was durable is so in the end, or has yet to be written.
  private func follow(_ writing: LedgerWrite, to id: Int64) async {
    let end = await writing.end()
    if let storedID = end?.admissionID {
      own.set(.written(storedID, standing: end?.decision.people ?? 0), of: id)
      changes += 1
    } else {
      own.set(.unwritten, of: id)
      note(isRecording: false)
    }
    releaseIfSaved(id)
    written.send()
    if own.firstUnsaved != nil { catchUp() }
  }

  /// Judges without the store's leave. Reading often works where writing does not.
  private func goOn(
    _ entry: AdmissionEntry, _ claim: Claim, in store: any NightLedger, _ held: HeldPass?,
    asksAgain: Bool,
    _ judge: @escaping @Sendable (EarlierAdmissions) -> Decision
  ) async -> RecordedDecision {
    guard claim == .had else { return await doubt(entry, judge, claim) }
    let before = await earlierAdmissions(entry)
    if !store.isWhole, !claims.isAlone {
      // Another process may have gone on in another file, and let the same pass in there.
      if asksAgain, await store.waitUntilWhole(for: Self.longestWait) {
        return await admit(entry, claim, in: store, held, asksAgain: false, judge)
      }
      if asksAgain {
        return await goOn(entry, claim, in: store, held, asksAgain: false, judge)
      }
      if store.isReplaced { return await doubt(entry, judge, claim) }
    }
    var recorded = admitFromMemory(entry, before: before, held, judge)
    guard let id = recorded.admissionID else {
      release(entry.claimed, claim)
      return recorded
    }
    claimed[id] = entry.claimed
    recorded.isLate = true
    catchUp()
    return recorded
  }

  private func doubt(
    _ entry: AdmissionEntry, _ judge: @Sendable (EarlierAdmissions) -> Decision, _ claim: Claim
  ) async -> RecordedDecision {
    let before = await earlierAdmissions(entry)
    return doubt(entry, judge, claim, knowing: before)
  }

  /// Another process may be letting the same pass in now. Whoever is in already stays red.
  private func doubt(
    _ entry: AdmissionEntry, _ judge: @Sendable (EarlierAdmissions) -> Decision, _ claim: Claim,
    knowing before: EarlierAdmissions
  ) -> RecordedDecision {
    defer { release(entry.claimed, claim) }
    let decision = judge(before)
    return RecordedDecision(
      decision: decision.isRecorded ? .claimedElsewhere : decision, before: before)
  }

  /// Who was admitted here, of whom an answer that was asked for then may not know.
  /// - Parameter onLedger: what the ledger holds of the pass that several doors share.
  package func earlierAdmissions(
    of pass: PassAtEvent, answeredAt: Date, answered: AnswerMoment? = nil,
    onLedger: [LedgerAdmission] = []
  ) async -> EarlierAdmissions {
    while true {
      let before = changes
      let stored = try? await store?.earlierAdmissions(
        of: pass, answeredAt: answeredAt, answered: answered, onLedger: onLedger)
      // What was written while we read may be missing from both.
      guard before == changes else { continue }
      if let stored {
        return stored.adding(own.unrecorded(of: pass))
      }
      let kept = store == nil ? await kept(pass) : nil
      guard before == changes else { continue }
      return own.earlier(of: pass)
        .adding(kept ?? EarlierAdmissions())
    }
  }

  private func earlierAdmissions(_ entry: AdmissionEntry) async -> EarlierAdmissions {
    while true {
      let count = changes
      let stored =
        entry.places == nil ? nil : await storedCrowd(eventID: entry.eventID, with: entry.news)
      var before = await earlierAdmissions(
        of: entry.pass, answeredAt: entry.answeredAt, answered: entry.answered,
        onLedger: entry.onLedger)
      guard entry.places != nil else { return before }
      // What was written meanwhile may be missing from the crowd.
      guard count == changes else { continue }
      before.everybodyInside = crowd(eventID: entry.eventID, stored: stored).inside
      return before
    }
  }

  /// - Parameter before: who is in already; no suspension may lie between asking that and this.
  private func admitFromMemory(
    _ entry: AdmissionEntry, before: EarlierAdmissions, _ held: HeldPass?,
    _ judge: @Sendable (EarlierAdmissions) -> Decision
  ) -> RecordedDecision {
    let decision = judge(before)
    held?.record(entry, decision)
    return RecordedDecision(
      decision: decision, before: before, admissionID: add(entry, decision, .unwritten))
  }

  func note(isRecording now: Bool) {
    if isRecording == now || isRecording == nil && now { return }
    isRecording = now
    onRecordingChange(now)
  }

  /// The store can be written after all: from now on it is recorded there, and what was not is
  /// caught up on.
  package func record(in store: any NightLedger) async {
    claims.announceStore()
    self.store = store
    isRecording = false
    await catchUp(within: .seconds(2))
    // That try may still have been one with the store before.
    if own.firstUnsaved != nil { await catchUp(within: .seconds(2)) }
  }
}

extension AdmissionEntry {
  /// A dry run admits nobody.
  fileprivate var claimed: [PassIdentity] { isDryRun ? [] : identities }
}

extension Decision {
  fileprivate static var claimedElsewhere: Decision {
    var decision = Decision(reason: .serviceError)
    decision.isClaimedElsewhere = true
    return decision
  }
}
