package import Admission
import Synchronization
import Waiting

/// Whoever gets ready to show whom a scan lets in while that is still being written.
package struct RecordingWatch: Sendable {
  /// Is told whom the store is about to record.
  package var judged: @Sendable (RecordedDecision) async -> Void
  /// Is told that just that is recorded, on the store's thread and before anybody else; not where it
  /// was recorded already when `judged` returned, nor where a shared ledger has a say in it.
  package var saved: @Sendable () -> Void

  package init(
    judged: @escaping @Sendable (RecordedDecision) async -> Void,
    saved: @escaping @Sendable () -> Void
  ) {
    self.judged = judged
    self.saved = saved
  }
}

/// One try to record a scan. A panel waits for the disk only so long, and a queue not at all for a
/// disk that stands still; the writing goes on all the same.
final class LedgerWrite: Sendable {
  enum Outcome: Sendable {
    case recorded(RecordedDecision)
    /// Nothing was recorded.
    case failed
    /// Judged, and still being written.
    case late(RecordedDecision)
    /// Not even judged; whatever comes of it now will not be recorded.
    case abandoned
  }

  private enum Judgement: Sendable {
    case given(RecordedDecision)
    /// Nobody waits for one any more.
    case notWanted
  }

  /// That it is recorded, for whoever shows it at once.
  private enum News: Sendable {
    case notWanted
    case wanted(@Sendable () -> Void)
    case told
  }

  /// The store asked for a judgement that nobody waits for any more.
  struct Abandoned: Error {}

  private let judgement = Promise<Judgement>()
  /// Nil where there is nothing to be written.
  private let beingWritten = Promise<RecordedDecision?>()
  private let result = Promise<Result<RecordedDecision, any Error>>()
  private let news = Mutex(News.notWanted)

  /// - Parameter given: is told the decision where it counts, before the store records it.
  /// - Throws: `Abandoned` where the verdict has been given without the store.
  func judge(
    _ before: EarlierAdmissions, by judge: (EarlierAdmissions) throws -> Decision,
    given: (Decision) -> Void
  ) throws -> Decision {
    let decision = try judge(before)
    let judged = RecordedDecision(decision: decision, before: before)
    guard judgement.fulfil(with: .given(judged)) else { throw Abandoned() }
    given(decision)
    if decision.isRecorded { beingWritten.fulfil(with: judged) }
    return decision
  }

  /// - Parameter saved: is called once it is recorded, unless it is already.
  func tellOnceSaved(_ saved: @escaping @Sendable () -> Void) {
    news.withLock { $0 = .wanted(saved) }
  }

  func finish(_ result: Result<RecordedDecision, any Error>) {
    news.withLock { news in
      guard case .success = result, case .wanted(let saved) = news else { return }
      saved()
      news = .told
    }
    self.result.fulfil(with: result)
    judgement.fulfil(with: .notWanted)
    beingWritten.fulfil(with: nil)
  }

  /// Whom the store is about to record; nil where it records nobody, or has not judged in that time.
  func beingWritten(within patience: Duration, on clock: any WaitClock) async -> RecordedDecision? {
    await beingWritten.value(within: patience, on: clock) ?? nil
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
    // What was told as saved is no other verdict.
    if endNews() { return Self.ended(await result.value()) }
    if let result = result.valueSoFar { return Self.ended(result) }
    guard case .given(let recorded) = judgement.valueSoFar else { return .abandoned }
    return .late(recorded)
  }

  /// Nobody is told any more.
  /// - Returns: whether somebody was.
  private func endNews() -> Bool {
    news.withLock { news in
      if case .told = news { return true }
      news = .notWanted
      return false
    }
  }

  /// How the writing ended after a late outcome; nil: it failed.
  func end() async -> RecordedDecision? { try? await result.value().get() }

  private static func ended(_ result: Result<RecordedDecision, any Error>) -> Outcome {
    switch result {
    case .success(let recorded): .recorded(recorded)
    case .failure: .failed
    }
  }
}

extension Decision {
  /// Somebody comes in or leaves by it, which is written down.
  var isRecorded: Bool {
    switch verdict {
    case .admit: true
    case .out: people > 0
    case .refuse, .unverified: false
    }
  }
}
