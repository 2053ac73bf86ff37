package import Admission
package import FoundationEssentials

/// Finds out about a code: from the service within the deadline, else from what is stored (issue
/// "nothing lost", "Look-up order").
package actor PassFinder {
  package struct Setup: Sendable {
    /// How long a live answer is waited for where a fresh stored one can answer
    /// (`fourvenues.patience_ms`); nil: as long as the look-up takes, where a stored answer may not
    /// admit.
    package var patience: Duration? = .milliseconds(700)
    /// A stored answer is fresh for so long, in seconds (contract, `fourvenues.patience_ms`).
    package var freshness: TimeInterval = 600
    /// A stored answer older than this is no answer, in seconds (`rules.cache_max_age_hours`).
    package var longestAge: TimeInterval = 24 * 3600
    /// So many look-ups in a row without any answer, and what is stored answers at once.
    package var patienceWithSilence = 3

    package init() {}
  }

  package struct Found: Sendable {
    package var finding: Finding
    /// From the look-up's first request; zero where none was made.
    package var elapsed: Duration
    /// When the answer that decides was asked for.
    package var askedAt: Date
    /// The live answer that was not waited for, when it comes.
    package var late: Late?
  }

  /// A live answer on its way.
  package struct Late: Sendable {
    package var askedAt: Date
    /// Nil where it says nothing.
    package var finding: Task<Finding?, Never>
  }

  private let lookUp: any PassLookUp
  private let memory: any PassMemory
  private let setup: Setup
  private let now: @Sendable () -> Moment
  /// Look-ups in a row that nobody answered.
  private var silences = 0
  /// The storing of the newest answer, which comes after that of those before.
  private var remembering: Task<Void, Never>?

  package init(
    lookUp: any PassLookUp, memory: any PassMemory, setup: Setup = Setup(),
    now: @escaping @Sendable () -> Moment
  ) {
    self.lookUp = lookUp
    self.memory = memory
    self.setup = setup
    self.now = now
  }

  /// Whether the service has been silent so long that what is stored answers at once.
  package var isDark: Bool { silences >= setup.patienceWithSilence }

  /// The service gave some answer, or none: from a probe in the background, say.
  package func note(isAnswered: Bool) { silences = isAnswered ? 0 : silences + 1 }

  /// What is stored of a code, however old.
  package func storedPass(code: String) async -> Pass? {
    guard case .found(let stored) = try? await memory.stored(code: code) else { return nil }
    return stored.pass
  }

  /// Returns once every answer so far is stored.
  package func finish() async { await remembering?.value }

  package func find(code: String, eventID: String) async -> Found {
    let begun = now()
    let stored = await usable(code, at: begun.wall)
    if isDark, let stored {
      return Found(
        finding: stored.finding(because: .offline), elapsed: .zero, askedAt: stored.fetchedAt)
    }
    let live = Task { [lookUp] in await lookUp.lookUp(code: code) }
    if let patience = setup.patience, let stored,
      begun.wall.timeIntervalSince(stored.fetchedAt) <= setup.freshness
    {
      if let timed = await firstAnswer(of: live, within: patience) {
        return await judge(timed, code: code, eventID: eventID, stored: stored, begun: begun)
      }
      let late = Task { [weak self] () -> Finding? in
        let timed = await live.value
        await self?.take(timed, code: code, eventID: eventID, askedAt: begun.wall)
        return timed.answer.finding
      }
      return Found(
        finding: stored.finding(because: nil), elapsed: patience,
        askedAt: stored.fetchedAt, late: Late(askedAt: begun.wall, finding: late))
    }
    let timed = await live.value
    return await judge(timed, code: code, eventID: eventID, stored: stored, begun: begun)
  }

  private func judge(
    _ timed: TimedAnswer, code: String, eventID: String, stored: StoredAnswer?, begun: Moment
  ) async -> Found {
    take(timed, code: code, eventID: eventID, askedAt: begun.wall)
    if let finding = timed.answer.finding {
      return Found(finding: finding, elapsed: timed.elapsed, askedAt: begun.wall)
    }
    guard case .failed(let failure) = timed.answer, let stored else {
      let failure = timed.answer.failure ?? .serviceError
      return Found(finding: .failed(failure), elapsed: timed.elapsed, askedAt: begun.wall)
    }
    return Found(
      finding: stored.finding(because: failure), elapsed: timed.elapsed,
      askedAt: stored.fetchedAt)
  }

  /// Notes what an answer says of the service, and stores it. Nobody waits for the storing.
  private func take(_ timed: TimedAnswer, code: String, eventID: String, askedAt: Date) {
    note(isAnswered: timed.answer.failure != .offline)
    let (memory, answer) = (memory, timed.answer)
    let earlier = remembering
    remembering = Task {
      await earlier?.value
      switch answer {
      case .found(let pass): try? await memory.remember(pass, eventID: eventID, askedAt: askedAt)
      case .notFound: try? await memory.rememberUnknown(code: code, askedAt: askedAt)
      case .failed: break
      }
    }
  }

  private func usable(_ code: String, at now: Date) async -> StoredAnswer? {
    guard let stored = try? await memory.stored(code: code) else { return nil }
    let age = now.timeIntervalSince(stored.fetchedAt)
    // An answer from the future was stored by a clock that was wrong.
    return (-60...setup.longestAge).contains(age) ? stored : nil
  }

  /// Nil where it has not come by then; it goes on all the same.
  private func firstAnswer(
    of live: Task<TimedAnswer, Never>, within patience: Duration
  ) async -> TimedAnswer? {
    let (answers, post) = AsyncStream.makeStream(of: TimedAnswer?.self)
    let answering = Task { post.yield(await live.value) }
    let clock = Task {
      try? await Task.sleep(for: patience)
      post.yield(nil)
    }
    defer {
      answering.cancel()
      clock.cancel()
    }
    for await first in answers { return first }
    return nil
  }
}

extension StoredAnswer {
  fileprivate func finding(because failure: LookUpFailure?) -> Finding {
    let source = Source.cache(fetchedAt: fetchedAt, because: failure)
    return switch self {
    case .found(let stored): .found(stored.pass, source)
    case .unknown: .unknown(source)
    }
  }
}

extension LookUpAnswer {
  /// What a live answer says; nil where it says nothing.
  fileprivate var finding: Finding? {
    switch self {
    case .found(let pass): .found(pass, .live)
    case .notFound: .unknown(.live)
    case .failed: nil
    }
  }

  fileprivate var failure: LookUpFailure? {
    switch self {
    case .found, .notFound: nil
    case .failed(let failure): failure
    }
  }
}
