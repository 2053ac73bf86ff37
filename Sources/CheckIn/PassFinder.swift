package import Admission
package import FoundationEssentials

/// Finds out about a code: from the service within the deadline, else from what is stored
/// (Contract: The look-up order).
package actor PassFinder {
  package struct Setup: Sendable {
    /// How long a live answer is waited for where a fresh stored one can answer
    /// (`fourvenues.patience_ms`); nil: as long as the look-up takes, where a stored answer may not
    /// admit.
    package var patience: Duration? = .milliseconds(700)
    /// A stored answer is fresh for so long, in seconds (Contract: Configuration,
    /// `fourvenues.patience_ms`).
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
  private var unremembered: [Answered] = []
  /// The storing of the newest answers, which comes after that of those before.
  private var remembering: Task<Void, Never>?

  /// In a rush without a pause, answers are stored all the same.
  private static let mostUnremembered = 20

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

  /// Stores the answers so far in the background: for when nobody waits for a verdict, since
  /// storing and recording an admission would be in each other's way.
  package func rememberAnswers() {
    guard !unremembered.isEmpty else { return }
    let (memory, answers, earlier) = (memory, unremembered, remembering)
    unremembered = []
    remembering = Task {
      await earlier?.value
      for answered in answers { await answered.remember(in: memory) }
    }
  }

  /// Returns once every answer so far is stored.
  package func finish() async {
    rememberAnswers()
    await remembering?.value
  }

  package func find(code: String, eventID: String) async -> Found {
    let begun = now()
    if isDark, let stored = await usable(code, at: begun.wall) {
      return Found(
        finding: stored.finding(because: .offline), elapsed: .zero, askedAt: stored.fetchedAt)
    }
    // The service first: what is stored is looked up only where the service leaves us waiting.
    let live = Task { [lookUp] in await lookUp.lookUp(code: code) }
    guard let patience = setup.patience else {
      return await judge(await live.value, code: code, eventID: eventID, begun: begun)
    }
    if let timed = await live.value(within: patience) {
      return await judge(timed, code: code, eventID: eventID, begun: begun)
    }
    let stored = await usable(code, at: begun.wall)
    guard let stored, begun.wall.timeIntervalSince(stored.fetchedAt) <= setup.freshness else {
      return await judge(await live.value, code: code, eventID: eventID, begun: begun)
    }
    let late = Task { [weak self] () -> Finding? in
      let timed = await live.value
      await self?.take(timed, code: code, eventID: eventID, askedAt: begun.wall)
      await self?.rememberAnswers()
      return timed.answer.finding
    }
    return Found(
      finding: stored.finding(because: nil), elapsed: patience, askedAt: stored.fetchedAt,
      late: Late(askedAt: begun.wall, finding: late))
  }

  private func judge(
    _ timed: TimedAnswer, code: String, eventID: String, begun: Moment
  ) async -> Found {
    take(timed, code: code, eventID: eventID, askedAt: begun.wall)
    if let finding = timed.answer.finding {
      return Found(finding: finding, elapsed: timed.elapsed, askedAt: begun.wall)
    }
    let failure = timed.answer.failure ?? .serviceError
    guard let stored = await usable(code, at: begun.wall) else {
      return Found(finding: .failed(failure), elapsed: timed.elapsed, askedAt: begun.wall)
    }
    return Found(
      finding: stored.finding(because: failure), elapsed: timed.elapsed,
      askedAt: stored.fetchedAt)
  }

  /// Notes what an answer says of the service, and keeps it for being stored.
  private func take(_ timed: TimedAnswer, code: String, eventID: String, askedAt: Date) {
    note(isAnswered: timed.answer.failure != .offline)
    unremembered.append(
      Answered(code: code, eventID: eventID, askedAt: askedAt, answer: timed.answer))
    if unremembered.count >= Self.mostUnremembered { rememberAnswers() }
  }

  private func usable(_ code: String, at now: Date) async -> StoredAnswer? {
    guard let stored = try? await memory.stored(code: code) else { return nil }
    let age = now.timeIntervalSince(stored.fetchedAt)
    // An answer from the future was stored by a clock that was wrong.
    return (-60...setup.longestAge).contains(age) ? stored : nil
  }
}

/// What the service said of a code, and when it was asked.
private struct Answered: Sendable {
  var code: String
  var eventID: String
  var askedAt: Date
  var answer: LookUpAnswer

  func remember(in memory: any PassMemory) async {
    switch answer {
    case .found(let pass): try? await memory.remember(pass, eventID: eventID, askedAt: askedAt)
    case .notFound: try? await memory.rememberUnknown(code: code, askedAt: askedAt)
    case .failed: break
    }
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
