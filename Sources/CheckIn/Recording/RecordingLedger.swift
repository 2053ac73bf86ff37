package import Admission
package import FoundationEssentials

/// Records in the night's store as long as it can, and goes on from memory when it cannot: a full disk
/// must neither stop the queue nor let a code in twice (contract, "The door screen").
package actor RecordingLedger {
  /// A judgement, and how well it has been recorded.
  package struct Recorded: Sendable, Equatable {
    package var settlement: Settlement
    /// It was not durable yet when the panel had to be painted.
    package var isLate: Bool
  }

  /// How long a panel waits for the disk before it is painted with a mark.
  private static let patience: Duration = .milliseconds(250)
  /// How long a scan waits for the store to judge it, so long as another process may be writing
  /// (issue "nothing lost": up to 2 s).
  private static let longestWait: Duration = .milliseconds(2_500)
  /// Scans that let nobody in, kept while nothing can be written. What is more is lost.
  private static let mostLines = 5_000

  private let onRecordingChange: @Sendable (Bool) -> Void
  private var store: (any NightLedger)?
  private var own = OwnAdmissions()
  private var unwrittenLines: [(record: ScanRecord, decision: Decision)] = []
  /// Nil until it has been told.
  private var isRecording: Bool?
  private var catchingUp: Task<Void, Never>?
  /// How many admissions were written afterwards so far.
  private var caughtUp = 0

  /// - Parameters:
  ///   - store: nil where there is none: then all is kept in memory, and nobody is told.
  ///   - onRecordingChange: is told when recording fails, and when it works again.
  package init(
    store: (any NightLedger)?, onRecordingChange: @escaping @Sendable (Bool) -> Void = { _ in }
  ) {
    self.store = store
    self.onRecordingChange = onRecordingChange
  }

  /// The store can be written after all: from now on it is recorded there, and what was not is caught
  /// up on.
  package func record(in store: any NightLedger) async {
    self.store = store
    isRecording = false
    await catchUp(in: store)
  }

  // MARK: Scans

  package func settle(
    _ entry: AdmissionEntry, judge: @escaping @Sendable (EarlierAdmissions) -> Decision
  ) async -> Recorded {
    guard let store else {
      let before = own.earlier(
        passID: entry.passID, eventID: entry.eventID, code: entry.scan.code)
      return settleFromMemory(entry, before: before, judge)
    }
    if own.firstUnwritten != nil { await catchUp(in: store) }
    guard own.firstUnwritten == nil else { return await goOn(entry, judge) }
    let race = RecordingRace()
    Task {
      do {
        race.finish(
          .success(try await store.settle(entry) { try race.judge($0, by: judge) }))
      } catch {
        race.finish(.failure(error))
      }
    }
    let clock = Task {
      try? await Task.sleep(for: Self.patience)
      race.patienceIsOver()
      try? await Task.sleep(for: Self.longestWait - Self.patience)
      race.abandon()
    }
    defer { clock.cancel() }
    switch await race.outcome() {
    case .recorded(let settlement):
      note(isRecording: true)
      return Recorded(settlement: added(settlement, entry, settlement.admissionID), isLate: false)
    case .late(let settlement):
      let settlement = added(settlement, entry, nil)
      if let id = settlement.admissionID { Task { await follow(race, to: id) } }
      return Recorded(settlement: settlement, isLate: true)
    case .failed, .abandoned:
      return await goOn(entry, judge)
    }
  }

  /// Takes note of what the store recorded, or is about to.
  private func added(
    _ settlement: Settlement, _ entry: AdmissionEntry, _ storedID: Int64?
  ) -> Settlement {
    var settlement = settlement
    settlement.admissionID = add(
      entry, settlement.decision, storedID.map { .written($0) } ?? .beingWritten)
    return settlement
  }

  /// Nil where nobody was admitted.
  private func add(
    _ entry: AdmissionEntry, _ decision: Decision, _ state: OwnAdmissions.State
  ) -> Int64? {
    guard let people = decision.count?.admitted, people > 0, !entry.isDryRun else { return nil }
    return own.add(.counted(entry, decision), people: people, state)
  }

  /// What was painted before it was durable is so in the end, or has yet to be written.
  private func follow(_ race: RecordingRace, to id: Int64) async {
    guard let storedID = await race.end()?.admissionID else {
      own.set(.unwritten, of: id)
      return note(isRecording: false)
    }
    own.set(.written(storedID), of: id)
  }

  /// Judges without the store's leave. Reading often works where writing does not.
  private func goOn(
    _ entry: AdmissionEntry, _ judge: @Sendable (EarlierAdmissions) -> Decision
  ) async -> Recorded {
    note(isRecording: false)
    let before = await earlierAdmissions(
      passID: entry.passID, eventID: entry.eventID, code: entry.scan.code,
      answeredAt: entry.answeredAt)
    return settleFromMemory(entry, before: before, judge)
  }

  /// Who was admitted here, of whom an answer that was asked for then may not know.
  package func earlierAdmissions(
    passID: String, eventID: String, code: String, answeredAt: Date
  ) async -> EarlierAdmissions {
    while true {
      let caughtUpBefore = caughtUp
      let stored = try? await store?.earlierAdmissions(
        passID: passID, eventID: eventID, code: code, answeredAt: answeredAt)
      // What was written while we read may be missing from both.
      guard caughtUpBefore == caughtUp else { continue }
      return stored.map {
        $0.adding(own.unrecorded(passID: passID, eventID: eventID, code: code))
      } ?? own.earlier(passID: passID, eventID: eventID, code: code)
    }
  }

  /// - Parameter before: who is in already; no suspension may lie between asking that and this.
  private func settleFromMemory(
    _ entry: AdmissionEntry, before: EarlierAdmissions,
    _ judge: @Sendable (EarlierAdmissions) -> Decision
  ) -> Recorded {
    let decision = judge(before)
    var settlement = Settlement(decision: decision, before: before)
    settlement.admissionID = add(entry, decision, .unwritten)
    return Recorded(settlement: settlement, isLate: false)
  }

  /// Writes down a scan that let nobody in. Nobody waits for it.
  package func journal(_ record: ScanRecord, _ decision: Decision) async {
    guard let store else { return }
    do {
      try await store.journal(record, decision)
    } catch {
      keep(record, decision)
      note(isRecording: false)
    }
  }

  private func keep(_ record: ScanRecord, _ decision: Decision) {
    guard store != nil, unwrittenLines.count < Self.mostLines else { return }
    unwrittenLines.append((record, decision))
  }

  /// People admitted here for an event, recorded or not; since a moment where one is given.
  package func peopleAdmitted(eventID: String, since: Date? = nil) async -> Int {
    guard let store,
      let recorded = try? await store.peopleAdmitted(eventID: eventID, since: since)
    else { return own.peopleAdmitted(eventID: eventID, since: since) }
    return recorded + own.peopleUnrecorded(eventID: eventID, since: since)
  }

  // MARK: Corrections

  /// Takes the newest admission back: this process' own, or where it has none, one of the door from
  /// before it began, so that two processes of one door do not take back each other's.
  /// - Parameter earliest: an admission from before then stays.
  /// - Returns: what was taken back, and its own number where it has one.
  package func undoNewest(
    door: String, notBefore earliest: Date, begunAt: Date, at now: Date
  ) async -> (undone: RecordedAdmission, id: Int64?)? {
    await settleDown()
    guard let newest = own.newestStanding, newest.kind.scan.at >= earliest else {
      guard let store, earliest < begunAt,
        let before = try? await store.newestAdmission(door: door, during: earliest..<begunAt),
        let undone = try? await store.undo(admission: before.id, at: now)
      else { return nil }
      return (undone, nil)
    }
    if case .written(let storedID) = newest.state {
      guard let undone = try? await store?.undo(admission: storedID, at: now) else { return nil }
      own.undo(newest.id, at: now)
      return (undone, newest.id)
    }
    own.undo(newest.id, at: now)
    return (newest.recorded, newest.id)
  }

  /// Sets how many people came in on an admission of this process.
  /// - Returns: how many it are now; nil where it cannot be changed so.
  package func setPeople(_ people: Int, ofAdmission id: Int64, at now: Date) async -> Int? {
    await settleDown()
    guard let admission = own[id], admission.undoneAt == nil else { return nil }
    if case .written(let storedID) = admission.state {
      guard let changed = try? await store?.setPeople(people, ofAdmission: storedID, at: now)
      else { return nil }
      own.setPeople(changed.people, of: id)
      return changed.people
    }
    let wanted = min(max(1, people), admission.mostPeople ?? .max)
    own.setPeople(wanted, of: id)
    return wanted
  }

  /// Records somebody whom the rules did not let in.
  /// - Returns: the admission's number.
  package func admit(byHand hand: HandAdmission) async -> Int64 {
    await settleDown()
    guard let store, own.firstUnwritten == nil,
      let storedID = try? await store.admit(byHand: hand)
    else {
      if store != nil { note(isRecording: false) }
      return own.add(.byHand(hand), people: hand.people, .unwritten)
    }
    return own.add(.byHand(hand), people: hand.people, .written(storedID))
  }

  // MARK: Catching up

  /// Returns once nothing is being caught up on: what is unwritten then stays so until the next
  /// suspension.
  private func settleDown() async {
    if let store, own.firstUnwritten != nil { await catchUp(in: store) }
    while let running = catchingUp { await running.value }
  }

  /// Tries to write down, in order, whom memory let in.
  private func catchUp(in store: any NightLedger) async {
    if let running = catchingUp { return await running.value }
    let task = Task { await writeWhatIsMissing(to: store) }
    catchingUp = task
    await task.value
  }

  private func writeWhatIsMissing(to store: any NightLedger) async {
    defer { catchingUp = nil }
    while let admission = own.firstUnwritten {
      do {
        let storedID = try await Self.write(admission, to: store)
        own.set(.written(storedID), of: admission.id)
        caughtUp += 1
      } catch {
        return
      }
    }
    while let line = unwrittenLines.first {
      do {
        try await store.journal(line.record, line.decision)
      } catch {
        return
      }
      unwrittenLines.removeFirst()
    }
    note(isRecording: true)
  }

  private struct NotRecorded: Error {}

  private static func write(
    _ admission: OwnAdmissions.Admission, to store: any NightLedger
  ) async throws -> Int64 {
    var storedID: Int64?
    switch admission.kind {
    case .byHand(let hand): storedID = try await store.admit(byHand: hand)
    case .counted(let entry, let decision):
      storedID = try await store.settle(entry) { before in
        decision.admitting(admission.people, after: before)
      }.admissionID
    }
    guard let storedID else { throw NotRecorded() }
    if let undoneAt = admission.undoneAt {
      _ = try await store.undo(admission: storedID, at: undoneAt)
    }
    return storedID
  }

  private func note(isRecording now: Bool) {
    if isRecording == now || isRecording == nil && now { return }
    isRecording = now
    onRecordingChange(now)
  }
}

extension Decision {
  /// The same for people who are in already. Where another door has let in more meanwhile than their
  /// pass allows, they are in all the same, so the count makes room for them.
  fileprivate func admitting(_ people: Int, after before: EarlierAdmissions) -> Decision {
    var decision = self
    let used = max(count?.used ?? 0, before.people)
    decision.count = HeadCount(
      allowed: max(count?.allowed ?? 0, used + people), used: used, admitted: people)
    return decision
  }
}
