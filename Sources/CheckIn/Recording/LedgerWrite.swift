import Admission
import Waiting

/// One try to record a scan. A panel waits for the disk only so long, and a queue not at all for a
/// disk that stands still; the writing goes on all the same.
final class LedgerWrite: Sendable {
  enum Outcome: Sendable {
    case recorded(Settlement)
    /// Nothing was recorded.
    case failed
    /// Judged, and still being written.
    case late(Settlement)
    /// Not even judged; whatever comes of it now will not be recorded.
    case abandoned
  }

  private enum Judgement: Sendable {
    case given(Settlement)
    /// Nobody waits for one any more.
    case notWanted
  }

  /// The store asked for a judgement that nobody waits for any more.
  struct Abandoned: Error {}

  private let judgement = Promise<Judgement>()
  private let result = Promise<Result<Settlement, any Error>>()

  /// - Throws: `Abandoned` where the verdict has been given without the store.
  func judge(
    _ before: EarlierAdmissions, by judge: (EarlierAdmissions) throws -> Decision
  ) throws -> Decision {
    let decision = try judge(before)
    guard judgement.fulfil(with: .given(Settlement(decision: decision, before: before))) else {
      throw Abandoned()
    }
    return decision
  }

  func finish(_ result: Result<Settlement, any Error>) {
    self.result.fulfil(with: result)
    judgement.fulfil(with: .notWanted)
  }

  /// What comes first: the record, or the end of somebody's patience.
  /// - Parameters:
  ///   - patience: how long a panel waits for the disk.
  ///   - longest: how long the queue waits for a judgement.
  func outcome(
    within patience: Duration, judgedWithin longest: Duration, on clock: any WaitClock
  ) async -> Outcome {
    if let result = await result.value(within: patience, on: clock) { return Self.ended(result) }
    _ = await judgement.value(within: longest - patience, on: clock)
    judgement.fulfil(with: .notWanted)
    if let result = result.valueSoFar { return Self.ended(result) }
    guard case .given(let settlement) = judgement.valueSoFar else { return .abandoned }
    return .late(settlement)
  }

  /// How the writing ended after a late outcome; nil: it failed.
  func end() async -> Settlement? { try? await result.value().get() }

  private static func ended(_ result: Result<Settlement, any Error>) -> Outcome {
    switch result {
    case .success(let settlement): .recorded(settlement)
    case .failure: .failed
    }
  }
}
