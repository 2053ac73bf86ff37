package import Admission
import Synchronization
import Waiting

/// Whoever gets ready to show whom a scan lets in while that is still being written. Is told on the
/// store's thread, which is to go on with it, and before anybody else.
package struct RecordingWatch: Sendable {
  /// Is told whom the store is about to record.
  package var judged: @Sendable (RecordedDecision) -> Void
  /// Is told that just that is recorded; not where it is late, nor where a shared ledger has a say in it.
  package var saved: @Sendable () -> Void

  package init(
    judged: @escaping @Sendable (RecordedDecision) -> Void, saved: @escaping @Sendable () -> Void
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
    case notJudged, wanted, told
    /// The verdict is given without it.
    case over
  }

  /// The store asked for a judgement that nobody waits for any more.
  struct Abandoned: Error {}

  private let watch: RecordingWatch?
  /// Nobody else has a say in what is recorded.
  private let isAlone: Bool
  private let judgement = Promise<Judgement>()
  private let result = Promise<Result<RecordedDecision, any Error>>()
  private let news = Mutex(News.notJudged)

  init(watch: RecordingWatch?, isAlone: Bool) {
    self.watch = watch
    self.isAlone = isAlone
  }

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
    if decision.isRecorded, let watch {
      watch.judged(judged)
      if isAlone { wantNews() }
    }
    return decision
  }

  func finish(_ result: Result<RecordedDecision, any Error>) {
    news.withLock { news in
      guard case .success = result, case .wanted = news else { return }
      watch?.saved()
      news = .told
    }
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
    // What was told as saved is no other verdict.
    if endNews() { return Self.ended(await result.value()) }
    if let result = result.valueSoFar { return Self.ended(result) }
    guard case .given(let recorded) = judgement.valueSoFar else { return .abandoned }
    return .late(recorded)
  }

  private func wantNews() {
    news.withLock { if case .notJudged = $0 { $0 = .wanted } }
  }

  /// Nobody is told any more.
  /// - Returns: whether somebody was.
  private func endNews() -> Bool {
    news.withLock { news in
      if case .told = news { return true }
      news = .over
      return false
    }
  }

  /// Whom the store was about to record; nil where it has recorded nobody, and never will.
  var judged: RecordedDecision? {
    guard case .given(let judged) = judgement.valueSoFar, judged.decision.isRecorded else {
      return nil
    }
    return judged
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
