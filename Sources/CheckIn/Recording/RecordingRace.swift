import Admission
import Synchronization

/// What comes first: the record of an admission, or the end of somebody's patience. A panel waits for
/// the disk only so long, and a queue not at all for a disk that stands still.
final class RecordingRace: Sendable {
  enum Outcome: Sendable {
    case recorded(Settlement)
    /// Nothing was recorded.
    case failed
    /// Judged, and still being written.
    case late(Settlement)
    /// Not even judged; whatever comes of it now will not be recorded.
    case abandoned
  }

  /// The store asked for a judgement that nobody waits for any more.
  struct Abandoned: Error {}

  private struct State {
    var judged: Settlement?
    var outcome: Outcome?
    /// How the writing ended, after all.
    var end: Result<Settlement, any Error>?
    var waitingForOutcome: CheckedContinuation<Outcome, Never>?
    var waitingForEnd: CheckedContinuation<Settlement?, Never>?
    var isPatienceOver = false
  }

  private let state = Mutex(State())

  /// - Throws: `Abandoned` where the verdict has been given without the store.
  func judge(
    _ before: EarlierAdmissions, by judge: (EarlierAdmissions) throws -> Decision
  ) throws -> Decision {
    let decision = try judge(before)
    let isAbandoned = state.withLock { state in
      guard state.outcome == nil else { return true }
      state.judged = Settlement(decision: decision, before: before)
      if state.isPatienceOver { state.outcome = state.judged.map(Outcome.late) }
      return false
    }
    if isAbandoned { throw Abandoned() }
    resume()
    return decision
  }

  /// The panel has waited long enough for the disk: once there is a judgement, it is painted.
  func patienceIsOver() {
    state.withLock { state in
      state.isPatienceOver = true
      if state.outcome == nil { state.outcome = state.judged.map(Outcome.late) }
    }
    resume()
  }

  /// The queue has waited long enough for a judgement.
  func abandon() {
    state.withLock { state in
      if state.outcome == nil, state.judged == nil { state.outcome = .abandoned }
    }
    resume()
  }

  func finish(_ end: Result<Settlement, any Error>) {
    state.withLock { state in
      state.end = end
      guard state.outcome == nil else { return }
      switch end {
      case .success(let settlement): state.outcome = .recorded(settlement)
      case .failure: state.outcome = .failed
      }
    }
    resume()
  }

  func outcome() async -> Outcome {
    await withCheckedContinuation { continuation in
      state.withLock { $0.waitingForOutcome = continuation }
      resume()
    }
  }

  /// How the writing ended after a late outcome; nil: it failed.
  func end() async -> Settlement? {
    await withCheckedContinuation { continuation in
      state.withLock { $0.waitingForEnd = continuation }
      resume()
    }
  }

  /// Lets those go on for whom there is something to tell.
  private func resume() {
    let (outcome, end) = state.withLock { state in
      let outcome = state.outcome.flatMap { outcome in
        state.waitingForOutcome.map { (continuation: $0, outcome: outcome) }
      }
      if outcome != nil { state.waitingForOutcome = nil }
      let end = state.end.flatMap { end in
        state.waitingForEnd.map { (continuation: $0, settlement: try? end.get()) }
      }
      if end != nil { state.waitingForEnd = nil }
      return (outcome, end)
    }
    outcome.map { $0.continuation.resume(returning: $0.outcome) }
    end.map { $0.continuation.resume(returning: $0.settlement) }
  }
}
