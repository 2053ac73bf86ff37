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
    /// Seconds by which the box's clock is ahead of the ledger's.
    var clockOffset: TimeInterval?
    /// Recorded there by this process, of which it is not certain yet that somebody was shown green.
    var underWay: Set<AdmissionID> = []
    /// Recorded there, and nobody was shown green.
    var unwanted: Set<AdmissionID> = []
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
  func hold(_ pass: PassAtEvent) async -> Hold {
    let deadline = clock.now + patience
    // Nobody knows yet how the ledger is; the keeper is asking it.
    if answers == nil { _ = await firstAnswer.value(within: patience, on: clock) }
    guard answers ?? false else { return .alone }
    let asked = Task { [ledger, left = deadline - clock.now] in
      await Result { () async throws(LedgerError) in try await ledger.hold(pass, within: left) }
    }
    guard let answer = await asked.value(within: deadline - clock.now, on: clock) else {
      noteSilence()
      // Others wait for the pass.
      Task { if case .success(let late) = await asked.value { late.release() } }
      return .alone
    }
    switch answer {
    case .success(let hold): return .held(HeldPass(hold, of: pass, link: self, deadline: deadline))
    case .failure(.busy): return .busy
    case .failure(.unreachable), .failure(.refused), .failure(.notCurrent):
      noteSilence()
      return .alone
    }
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
  var clockOffset: TimeInterval? { state.withLock(\.clockOffset) }

  package var status: LedgerStatus {
    state.withLock {
      $0.isInStep && $0.answers == true ? .together : .alone(since: $0.aloneSince)
    }
  }

  func note(clockOffset: TimeInterval) { state.withLock { $0.clockOffset = clockOffset } }

  /// It answered a probe: scans ask it again.
  func noteAnswer(of ledger: LedgerIdentity) {
    state.withLock {
      $0.answers = true
      $0.ledgerID = ledger.id
    }
    firstAnswer.fulfil(with: ())
  }

  /// All is delivered.
  func noteInStep() {
    let isNews = state.withLock { state in
      guard state.answers == true, !state.isInStep else { return false }
      state.isInStep = true
      return true
    }
    firstStep.fulfil(with: ())
    if isNews { tell(.together) }
  }

  /// It did not answer, or not in time.
  func noteSilence() {
    let since: Date? = state.withLock { state in
      let isNews = state.isInStep || state.answers == nil
      state.answers = false
      state.isInStep = false
      if isNews { state.aloneSince = now() }
      return isNews ? state.aloneSince : nil
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
  /// - Parameter delivered: as the ledger has it for certain.
  func noteShown(_ id: AdmissionID, delivered: LedgerAdmission?) {
    state.withLock { state in
      state.underWay.remove(id)
      if let delivered { state.delivered.append(delivered) }
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
