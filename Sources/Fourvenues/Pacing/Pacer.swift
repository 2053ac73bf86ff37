import Synchronization
import Waiting

/// Lets requests start one after the other: no more a second, and no more at a time, than there may
/// be. Within a priority, who came first goes first.
final class Pacer: Sendable {
  typealias Instant = ContinuousClock.Instant

  /// In this order: a retry's deadline already runs, and background fetches have time.
  enum Priority: Int, Sendable, CaseIterable {
    case retry, lookUp, background
  }

  private typealias Continuation = CheckedContinuation<Void, any Error>

  private struct Waiter {
    let ticket: Int
    let endpoint: Endpoint
    let continuation: Continuation
  }

  /// The service asked for a pause at one endpoint.
  private struct Hold {
    var until: Instant
    /// Times in a row that it did not say for how long.
    var unadvised = 0
  }

  private struct State {
    var pace: Pace
    var window: RequestWindow
    var waiting: [[Waiter]] = Priority.allCases.map { _ in [] }
    var nextTicket = 0
    var cancelledTickets: Set<Int> = []
    var inFlight = 0
    /// They hold background fetches; a look-up or a recovery never waits for them.
    var holds: [Endpoint: Hold] = [:]
    /// Wakes the waiting when their turn comes.
    var timer: ScheduledCall?

    func isHeld(_ endpoint: Endpoint, at now: Instant) -> Bool {
      holds[endpoint].map { $0.until > now } ?? false
    }

    /// Background fetches leave half of the requests to look-ups.
    var backgroundReserve: Int { window.size / 2 }
  }

  private let state: Mutex<State>
  private let maximumInFlight: Int
  /// One connection always stays free for a scan.
  private let backgroundInFlight: Int

  /// - Parameters:
  ///   - requestsPerSecond: at least 1.
  ///   - maximumInFlight: requests at the same time, at least 1.
  init(requestsPerSecond: Int, maximumInFlight: Int) {
    state = Mutex(
      State(
        pace: Pace(full: requestsPerSecond), window: RequestWindow(size: requestsPerSecond)))
    self.maximumInFlight = maximumInFlight
    backgroundInFlight = max(1, maximumInFlight - 1)
  }

  /// Waits for this request's turn.
  /// - Throws: `CancellationError`; then there is nothing to give back.
  func waitForTurn(_ priority: Priority, at endpoint: Endpoint) async throws -> Turn {
    let ticket = state.withLock { state in
      state.nextTicket += 1
      return state.nextTicket
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: Continuation) in
        state.withLock { state in
          if state.cancelledTickets.remove(ticket) != nil {
            continuation.resume(throwing: CancellationError())
          } else {
            state.waiting[priority.rawValue].append(
              Waiter(ticket: ticket, endpoint: endpoint, continuation: continuation))
            admit(&state)
          }
        }
      }
    } onCancel: {
      state.withLock { cancel(ticket, priority, &$0) }
    }
    // Cancelled while it waited no more: the handler may have noted a ticket that is done with.
    state.withLock { _ = $0.cancelledTickets.remove(ticket) }
    return Turn(pacer: self)
  }

  fileprivate func giveBack() {
    state.withLock { state in
      state.inFlight -= 1
      state.window.end(at: .now)
      admit(&state)
    }
  }

  /// After a 429: the pace halves, and no background fetch of that endpoint starts for `advised`,
  /// or for a time that doubles each time the service does not say (FourvenuesAPI: Bases and
  /// credentials).
  /// - Parameter turn: of the request that got it.
  func slowDown(at endpoint: Endpoint, for advised: Duration?, after turn: Turn) {
    state.withLock { state in
      let now = ContinuousClock.now
      state.pace.halve(at: now, askedAt: turn.startedAt)
      var hold = state.holds[endpoint] ?? Hold(until: now)
      let pause = advised ?? min(.seconds(60), .seconds(1 << min(hold.unadvised, 6)))
      if advised == nil { hold.unadvised += 1 }
      hold.until = max(hold.until, now + pause)
      state.holds[endpoint] = hold
    }
  }

  /// After an answer of this endpoint that is no 429.
  func endBackOff(at endpoint: Endpoint) {
    state.withLock { $0.holds[endpoint]?.unadvised = 0 }
  }

  private func cancel(_ ticket: Int, _ priority: Priority, _ state: inout State) {
    let waiting = state.waiting[priority.rawValue]
    guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else {
      state.cancelledTickets.insert(ticket)
      return
    }
    state.waiting[priority.rawValue].remove(at: index).continuation
      .resume(throwing: CancellationError())
  }

  /// Lets in whoever may go now, and sets the timer for the next.
  private func admit(_ state: inout State) {
    let now = ContinuousClock.now
    state.window.size = state.pace.requestsPerSecond(at: now)
    while let (priority, index) = next(at: now, state), mayStart(priority, at: now, &state) {
      state.inFlight += 1
      state.waiting[priority.rawValue].remove(at: index).continuation.resume()
    }
    setTimer(&state, at: now)
  }

  /// Who goes next, and where it stands in its row.
  private func next(at now: Instant, _ state: State) -> (Priority, index: Int)? {
    for priority in Priority.allCases {
      let waiting = state.waiting[priority.rawValue]
      switch priority {
      case .retry, .lookUp:
        if !waiting.isEmpty { return (priority, 0) }
      case .background:
        let index = waiting.firstIndex { !state.isHeld($0.endpoint, at: now) }
        if let index { return (priority, index) }
      }
    }
    return nil
  }

  private func mayStart(_ priority: Priority, at now: Instant, _ state: inout State) -> Bool {
    switch priority {
    case .retry, .lookUp:
      return state.inFlight < maximumInFlight && state.window.begin(at: now)
    case .background:
      return state.inFlight < backgroundInFlight
        && state.window.begin(at: now, leaving: state.backgroundReserve)
    }
  }

  private func setTimer(_ state: inout State, at now: Instant) {
    state.timer?.cancel()
    state.timer = nil
    guard let wake = nextWake(state, at: now) else { return }
    state.timer = BoxWaitClock.box.call(after: wake - .now) { [weak self] in self?.wake() }
  }

  /// When to look again; nil where nobody waits, or only for a request to end.
  private func nextWake(_ state: State, at now: Instant) -> Instant? {
    let wake: Instant?
    switch next(at: now, state)?.0 {
    case .retry, .lookUp:
      wake = state.inFlight < maximumInFlight ? state.window.nextTurn() : nil
    case .background:
      wake =
        state.inFlight < backgroundInFlight
        ? state.window.nextTurn(leaving: state.backgroundReserve) : nil
    case nil:
      return state.waiting[Priority.background.rawValue]
        .compactMap { state.holds[$0.endpoint]?.until }.min()
    }
    // While the pace recovers, a turn may be there before one comes back.
    return [wake, state.pace.nextStep(after: now)].compactMap(\.self).min()
  }

  private func wake() {
    state.withLock { admit(&$0) }
  }
}

/// A request's leave to start. It is given back once the service has nothing more to do for it.
final class Turn: Sendable {
  let startedAt = ContinuousClock.now
  private let pacer: Pacer
  private let isGivenBack = Atomic(false)

  fileprivate init(pacer: Pacer) {
    self.pacer = pacer
  }

  /// Only the first call counts.
  func giveBack() {
    guard !isGivenBack.exchange(true, ordering: .acquiringAndReleasing) else { return }
    pacer.giveBack()
  }
}
