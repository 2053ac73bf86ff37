package import Admission
package import FoundationEssentials
import Synchronization
package import Waiting

/// Whether this door and the shared ledger are together: the one owner of that fact, and the way of a
/// scan to the ledger.
///
/// A scan waits for the ledger as long as its patience. After one such wait the door is alone, and no
/// scan waits again until the ledger has answered a probe (Contract: Several doors).
package final class LedgerLink: Sendable {
  /// What came of asking the ledger for a pass.
  enum Hold {
    /// No other door can admit it meanwhile.
    case held(HeldPass)
    /// Another door is about to.
    case busy
    /// The door decides by what its own store holds.
    case alone
  }

  private struct State {
    /// The ledger answered when it was last asked; nil: nobody has asked yet.
    var answers: Bool?
    var ledgerID: String?
    var aloneSince: Date
    /// All that the door did alone is in the ledger.
    var isInStep = false
    /// Whether it was told last that the door is alone; nil until anything was.
    var isToldAlone: Bool?
    /// The ledger's time, in seconds since 1970, when the clock of waits read zero: so that a step of the
    /// box's own clock is known at once.
    var ledgerTimeAtZero: TimeInterval?
    /// How often the ledger was found to answer again: it may be another one, or an older state of it.
    var returns = 0
    /// Recorded there by this process, of which it is not certain yet that somebody was shown green.
    var underWay: Set<AdmissionID> = []
    /// Recorded there, and nobody was shown green.
    var unwanted: Set<AdmissionID> = []
    /// Taken back here, which the store may not hold yet.
    var undone: [LedgerAdmission] = []
    /// The doors as they were told last, and when, by the clock of waits.
    var doors: [DoorOnLedger] = []
    var doorsToldAt = Duration.zero
    /// In the ledger as they were first recorded, which the store has not noted yet.
    var delivered: [LedgerAdmission] = []
  }

  package let ledger: any DoorsLedger
  let replica: any LedgerReplica
  let clock: any WaitClock
  private let patience: Duration
  private let now: @Sendable () -> Date
  private let tell: @Sendable (LedgerStatus) -> Void
  private let state: Mutex<State>
  private let firstAnswer = Promise<Void>()
  /// What the other doors did is here, or cannot be had.
  private let firstStep = Promise<Void>()
  /// There is something to deliver, or to ask.
  let wake = Signal()

  /// - Parameters:
  ///   - patience: how long a scan waits for the ledger in all.
  ///   - tell: is told when the door begins to be alone, and when it is no longer.
  package init(
    ledger: any DoorsLedger, replica: any LedgerReplica, patience: Duration,
    now: @escaping @Sendable () -> Date = { Date() }, clock: any WaitClock = .box,
    tell: @escaping @Sendable (LedgerStatus) -> Void = { _ in }
  ) {
    self.ledger = ledger
    self.replica = replica
    self.patience = patience
    self.now = now
    self.clock = clock
    self.tell = tell
    state = Mutex(State(aloneSince: now()))
  }

  // MARK: A scan

  /// Keeps a pass from the other doors, within the patience.
  /// - Parameter countsAll: nobody else is let in meanwhile by a door that counts all, too, and what the
  ///   others did until now is read.
  func hold(_ pass: PassAtEvent, countsAll: Bool = false) async -> Hold {
    let place = countsAll ? await placeInChanges() : nil
    let begin = clock.now
    let first = await hold(pass, place, until: begin + patience)
    guard case .failure(let error) = first, error != .busy, wasStopped(since: begin) else {
      return hold(first)
    }
    // The box stood still meanwhile, which says nothing of the ledger.
    return hold(await hold(pass, place, until: clock.now + patience))
  }

  /// Nil where this door has not met the ledger yet.
  private func placeInChanges() async -> PlaceInChanges? {
    guard let id = state.withLock(\.ledgerID),
      let cursor = try? await replica.cursor(ofLedger: id)
    else { return nil }
    return PlaceInChanges(doorID: replica.doorID, cursor: cursor)
  }

  /// Whether more time went by than anybody waits here: this program, or the box, was stopped.
  func wasStopped(since begin: Duration) -> Bool { clock.now - begin > patience * 2 }

  private func hold(_ answer: Result<HeldPass, LedgerError>) -> Hold {
    switch answer {
    case .success(let held): return .held(held)
    case .failure(.busy): return .busy
    case .failure(.unreachable), .failure(.refused), .failure(.notCurrent):
      noteSilence()
      return .alone
    }
  }

  private func hold(
    _ pass: PassAtEvent, _ place: PlaceInChanges?, until deadline: Duration
  ) async -> Result<HeldPass, LedgerError> {
    // Nobody knows yet how the ledger is; the keeper is asking it.
    if answers == nil { _ = await firstAnswer.value(within: deadline - clock.now, on: clock) }
    guard answers ?? false else { return .failure(.unreachable("it was left alone")) }
    let asked = Task { [ledger, left = deadline - clock.now] in
      await Result { () async throws(LedgerError) in
        try await ledger.hold(pass, countingAllSince: place, within: left)
      }
    }
    guard let answer = await asked.value(within: deadline - clock.now, on: clock) else {
      // Others wait for the pass.
      Task { if case .success(let late) = await asked.value { late.release() } }
      return .failure(.unreachable("no answer in time"))
    }
    return answer.map { HeldPass($0, of: pass, place, link: self, left: deadline - clock.now) }
  }

  /// Lets the store know of what the ledger holds of a pass.
  func bringHere(_ admissions: [LedgerAdmission]) async {
    let others = admissions.filter { $0.doorID != replica.doorID }
    guard !others.isEmpty, let ledgerID = state.withLock(\.ledgerID) else { return }
    _ = try? await replica.record(
      others, cursor: nil, ofLedger: ledgerID, clockOffset: clockOffset)
  }

  /// Waits, within the patience, until the store holds what the other doors did before this one began:
  /// for who only looks, and holds no pass.
  func untilInStep() async { _ = await firstStep.value(within: patience, on: clock) }

  // MARK: What is known of it

  var answers: Bool? { state.withLock(\.answers) }
  var returns: Int { state.withLock(\.returns) }

  /// Seconds by which the box's clock is ahead of the ledger's; nil where nobody knows.
  var clockOffset: TimeInterval? {
    state.withLock(\.ledgerTimeAtZero).map {
      now().timeIntervalSince1970 - ($0 + clock.now / .seconds(1))
    }
  }

  package var status: LedgerStatus {
    state.withLock {
      $0.isInStep && $0.answers == true ? .together : .alone(since: $0.aloneSince)
    }
  }

  func note(_ doors: [DoorOnLedger]) {
    state.withLock { ($0.doors, $0.doorsToldAt) = (doors, clock.now) }
  }

  /// Whether people may leave by a door that checks in for an event.
  package func hasExit(eventID: String) -> Bool {
    state.withLock { $0.doors.contains { $0.isExit(eventID: eventID) } }
  }

  /// Whether somebody may have left by an exit that this door cannot hear: this door is alone, or an exit
  /// has been silent for `DoorOnLedger.silentAfter` (Contract: Out and in again).
  package func mayMissExits(eventID: String) -> Bool {
    guard status == .together else { return true }
    return state.withLock { state in
      let age = (clock.now - state.doorsToldAt) / .seconds(1)
      return state.doors.contains { door in
        guard door.isExit(eventID: eventID) else { return false }
        switch door.state {
        // One that is back and has yet to deliver does so within a second.
        case .connected, .alone: return door.unseen + age >= DoorOnLedger.silentAfter
        case .silent: return true
        case .ended: return false
        }
      }
    }
  }

  func note(clockOffset: TimeInterval) {
    let ledgerTime = now().timeIntervalSince1970 - clockOffset - clock.now / .seconds(1)
    state.withLock { $0.ledgerTimeAtZero = ledgerTime }
  }

  /// It answered a probe: scans ask it again.
  func noteAnswer(of ledger: LedgerIdentity) {
    state.withLock {
      $0.answers = true
      $0.ledgerID = ledger.id
      $0.returns += 1
      // They were in the ledger as it was before.
      $0.delivered = []
    }
    firstAnswer.fulfil(with: ())
  }

  /// All is delivered.
  func noteInStep() {
    let isNews = state.withLock { state in
      guard state.answers == true else { return false }
      state.isInStep = true
      defer { state.isToldAlone = false }
      return state.isToldAlone != false
    }
    firstStep.fulfil(with: ())
    if isNews { tell(.together) }
  }

  /// It did not answer, or not in time.
  func noteSilence() {
    let since: Date? = state.withLock { state in
      state.answers = false
      state.isInStep = false
      guard state.isToldAlone != true else { return nil }
      state.isToldAlone = true
      state.aloneSince = now()
      return state.aloneSince
    }
    firstAnswer.fulfil(with: ())
    firstStep.fulfil(with: ())
    if let since { tell(.alone(since: since)) }
    wake.send()
  }

  // MARK: What becomes of a scan's admission

  func noteRecording(_ id: AdmissionID) {
    state.withLock { _ = $0.underWay.insert(id) }
  }

  /// The door shows it, or has it in its own store.
  /// - Parameters:
  ///   - delivered: as the ledger has it for certain.
  ///   - returns: of the ledger that it was recorded on.
  func noteShown(_ id: AdmissionID, delivered: LedgerAdmission?, returns: Int) {
    state.withLock { state in
      state.underWay.remove(id)
      if let delivered, returns == state.returns { state.delivered.append(delivered) }
    }
    if delivered == nil { wake.send() }
  }

  /// Nobody was shown green by it.
  func noteUnwanted(_ id: AdmissionID) {
    state.withLock { state in
      state.underWay.remove(id)
      state.unwanted.insert(id)
    }
    wake.send()
  }

  /// It was taken back as soon as it was recorded, however slow the store is.
  func noteUndone(_ entry: AdmissionEntry, _ decision: Decision, at now: Date) {
    guard
      var admission = LedgerAdmission(
        entry, decision, doorID: replica.doorID, clockOffset: clockOffset)
    else { return }
    // The store's own will be higher.
    admission.revision += 1
    admission.undoneAt = now
    state.withLock { $0.undone.append(admission) }
    wake.send()
  }

  var undone: [LedgerAdmission] { state.withLock(\.undone) }

  func noteDelivered(undone admissions: [LedgerAdmission]) {
    state.withLock { $0.undone.removeAll(where: admissions.contains) }
  }

  func isUnderWay(_ id: AdmissionID) -> Bool { state.withLock { $0.underWay.contains(id) } }

  var unwanted: [AdmissionID] { state.withLock { Array($0.unwanted) } }

  func noteTakenBack(_ ids: [AdmissionID]) {
    state.withLock { $0.unwanted.subtract(ids) }
  }

  /// Those that the store is to note; they are handed over once.
  func collectDelivered() -> [LedgerAdmission] {
    state.withLock { state in
      defer { state.delivered = [] }
      return state.delivered
    }
  }
}

extension DoorOnLedger {
  fileprivate func isExit(eventID: String) -> Bool {
    direction == .out && self.eventID == eventID && state != .ended
  }
}

extension Result where Failure == LedgerError {
  fileprivate init(
    _ work: () async throws(LedgerError) -> Success
  ) async {
    do throws(LedgerError) {
      self = .success(try await work())
    } catch {
      self = .failure(error)
    }
  }
}
