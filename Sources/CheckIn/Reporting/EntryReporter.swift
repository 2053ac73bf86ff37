package import Admission
package import FoundationEssentials
import Synchronization

/// Tells the service who came in (Contract: Configuration, `check_in.report`), one entry after the
/// other and away from the way of a scan. What is still to be told stands in the outbox, so that a
/// restart goes on where the program ended.
package actor EntryReporter {
  package struct Setup: Sendable {
    /// What to do with an entry that was sent and never answered. It is unknown whether the service
    /// would count it a second time (FourvenuesAPI: Endpoints).
    package enum Unanswered: Sendable {
      /// Listed for staff and never sent again, so that no guest's place is used up twice.
      case leaveToStaff
      /// Sent until it is answered, where the service is known to count it once.
      case sendAgain
    }

    package var unanswered: Unanswered
    /// Seconds for which an entry is taken; longer than one is ever under way.
    package var lease: TimeInterval
    package var backOff: BackOff
    /// Seconds after which the outbox is looked into again: others may have put something in.
    package var longestRest: TimeInterval

    package init(
      unanswered: Unanswered = .leaveToStaff, lease: TimeInterval = 180,
      backOff: BackOff = BackOff(), longestRest: TimeInterval = 30
    ) {
      self.unanswered = unanswered
      self.lease = lease
      self.backOff = backOff
      self.longestRest = longestRest
    }
  }

  private var outbox: (any EntryOutbox)?
  private let sender: any EntrySender
  private let setup: Setup
  private let now: @Sendable () -> Moment
  private let sleep: @Sendable (TimeInterval) async throws -> Void
  private let chance: @Sendable () -> Double

  /// What came of the newest entry, until the outbox has noted it. Nothing else is claimed before:
  /// an entry whose end is forgotten would be sent again.
  private var unnoted: (report: EntryReport, ending: Ending)?
  /// Seconds, monotonic: until then nobody is bothered.
  private var heldUntil: TimeInterval = 0
  private var failuresInARow = 0
  /// Nil while it is to go on.
  private var end: End?
  private let waking = Mutex(Waking())

  private struct Waking {
    var isDue = false
    var nap: Task<Void, Never>?
  }

  /// - Parameters:
  ///   - outbox: nil where there is none yet.
  ///   - sleep: waits for so many seconds; throws at once when its task is cancelled.
  ///   - chance: a number from 0 to 1, another one each time.
  package init(
    outbox: (any EntryOutbox)?, sender: any EntrySender, setup: Setup = Setup(),
    now: @escaping @Sendable () -> Moment,
    sleep: @escaping @Sendable (TimeInterval) async throws -> Void = {
      try await Task.sleep(for: .seconds($0))
    },
    chance: @escaping @Sendable () -> Double = { .random(in: 0...1) }
  ) {
    self.outbox = outbox
    self.sender = sender
    self.setup = setup
    self.now = now
    self.sleep = sleep
    self.chance = chance
  }

  /// There is an outbox after all.
  package func report(from outbox: any EntryOutbox) {
    self.outbox = outbox
    wake()
  }

  /// Reports until it is to end, or its task is cancelled; then it ends as soon as the entry under
  /// way has been given up and noted. One at a time.
  package func run() async {
    while !Task.isCancelled {
      let pause = await sendDue()
      if end != nil { return }
      await rest(pause)
    }
  }

  /// What is still sent before the end.
  package enum End: Sendable {
    /// What is due, unless the service is to be left alone.
    case afterWhatIsDue
    /// What is under way.
    case afterThisOne
  }

  /// Ends `run`, the task that runs it, in order within `patience` seconds, else by cancelling it.
  package func finish(_ run: Task<Void, Never>, _ end: End, within patience: TimeInterval) async {
    self.end = end
    wake()
    let clock = Task { [sleep] in
      try? await sleep(patience)
      run.cancel()
    }
    await run.value
    clock.cancel()
  }

  /// There may be something to report now: looks at once, unless the service is to be left alone.
  package nonisolated func wake() {
    waking.withLock { waking in
      waking.isDue = true
      waking.nap?.cancel()
    }
  }

  /// Reports everything that is due.
  /// - Returns: seconds until there may be more to do; over 0.
  package func sendDue() async -> TimeInterval {
    while !Task.isCancelled, end != .afterThisOne {
      guard let outbox else { return setup.longestRest }
      let held = heldUntil - now().uptime
      if held > 0 { return held }
      do {
        try await note(in: outbox)
        guard let due = try await outbox.nextDue(now: now().wall) else { return setup.longestRest }
        let wait = due.timeIntervalSince(now().wall)
        // A clock that is set while it rests must not make it sleep through the night.
        if wait > 0 { return min(wait, setup.longestRest) }
        guard let report = try await claim(in: outbox) else { return Self.shortestRest }
        unnoted = (report, await ending(of: report))
        // On its way out, too: what the outbox does not learn now, it never learns.
        try await note(in: outbox)
      } catch {
        hold(for: nil)
      }
    }
    return Self.shortestRest
  }

  /// Seconds for which an entry that another process has just taken is not looked for again.
  private static let shortestRest: TimeInterval = 1
  /// Seconds: a service that asks for more is asked again all the same.
  private static let longestAdvised: TimeInterval = 3600

  /// One at a time, so that one that staff takes back meanwhile is never sent.
  private func claim(in outbox: any EntryOutbox) async throws -> EntryReport? {
    try await outbox.claimDue(at: now(), lease: setup.lease, limit: 1).first
  }

  private func rest(_ pause: TimeInterval) async {
    let nap = Task { [sleep] in
      _ = try? await sleep(pause)
    }
    let isDue = waking.withLock { waking in
      waking.nap = nap
      return waking.isDue
    }
    if isDue || Task.isCancelled { nap.cancel() }
    await withTaskCancellationHandler {
      await nap.value
    } onCancel: {
      nap.cancel()
    }
    waking.withLock { $0 = Waking() }
  }
}

// MARK: - One entry

extension EntryReporter {
  /// What the outbox is to be told of an entry.
  private enum Ending: Sendable {
    case acknowledged(at: Moment)
    case again(at: Date, mayHaveArrived: Bool, reason: String?)
    case refused(reason: String, mayHaveArrived: Bool)
  }

  /// The service may count it or not, and it is not sent again.
  private static let leftToStaff = Ending.refused(
    reason: "no answer came: the service may count it or not", mayHaveArrived: true)

  private func ending(of report: EntryReport) async -> Ending {
    if report.wasInterrupted, setup.unanswered == .leaveToStaff { return Self.leftToStaff }
    guard !Task.isCancelled else {
      return .again(at: now().wall, mayHaveArrived: false, reason: nil)
    }
    switch await sender.send(report) {
    case .delivered:
      failuresInARow = 0
      return .acknowledged(at: now())
    case .refused(let reason):
      failuresInARow = 0
      return .refused(reason: reason, mayHaveArrived: false)
    case .keyRefused:
      return later(report, because: "the key may not report entries")
    case .tryLater(let after, let mayHaveArrived):
      return later(
        report, after: after, mayHaveArrived: mayHaveArrived,
        because: "the service cannot take it now")
    case .notSent: return later(report, because: "the service was not reached")
    case .mayHaveArrived:
      let again = later(report, mayHaveArrived: true, because: "no answer came")
      switch setup.unanswered {
      case .leaveToStaff: return Self.leftToStaff
      case .sendAgain: return again
      }
    }
  }

  /// What hinders one entry hinders all: the others wait too, though not as long as one that fails
  /// again and again.
  private func later(
    _ report: EntryReport, after advised: Duration? = nil, mayHaveArrived: Bool = false,
    because reason: String
  ) -> Ending {
    // Ending the program says nothing about the service.
    guard !Task.isCancelled else {
      return .again(at: now().wall, mayHaveArrived: mayHaveArrived, reason: nil)
    }
    let advised = advised.map { min($0 / .seconds(1), Self.longestAdvised) }
    hold(for: advised)
    let pause = max(setup.backOff.pause(after: report.attempt, spread: chance()), advised ?? 0)
    return .again(
      at: now().wall.addingTimeInterval(pause), mayHaveArrived: mayHaveArrived, reason: reason)
  }

  private func hold(for advised: TimeInterval?) {
    failuresInARow += 1
    let pause = setup.backOff.pause(after: failuresInARow, spread: chance())
    heldUntil = now().uptime + max(pause, advised ?? 0)
  }

  /// Tells the outbox what came of the newest entry, again where that failed before.
  private func note(in outbox: any EntryOutbox) async throws {
    guard let (report, ending) = unnoted else { return }
    switch ending {
    case .acknowledged(let moment): try await outbox.acknowledge(report, at: moment)
    case .again(let next, let mayHaveArrived, let reason):
      try await outbox.retry(report, at: next, mayHaveArrived: mayHaveArrived, reason: reason)
    case .refused(let reason, let mayHaveArrived):
      try await outbox.refuse(report, reason: reason, mayHaveArrived: mayHaveArrived)
    }
    unnoted = nil
  }
}
