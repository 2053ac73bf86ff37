import Synchronization

/// Lets requests start one after the other: no more a second, and no more at a time, than there may
/// be. Within a priority, who came first goes first. Every turn is given back with `giveBack()`.
final class Pacer: Sendable {
  typealias Instant = ContinuousClock.Instant

  /// In this order: a retry's deadline already runs, and background fetches have time.
  enum Priority: Int, Sendable, CaseIterable {
    case retry, lookUp, background
  }

  private typealias Continuation = CheckedContinuation<Void, any Error>

  private struct Waiter {
    let ticket: Int
    let continuation: Continuation
  }

  private struct State {
    var window: RequestWindow
    var waiting: [[Waiter]] = Priority.allCases.map { _ in [] }
    var nextTicket = 0
    var cancelledTickets: Set<Int> = []
    var inFlight = 0
    var backgroundHeldUntil: Instant?
    /// Times in a row that the service said "too many" without saying how long.
    var unadvisedHolds = 0
    /// Wakes the waiting when their turn comes.
    var timer: Task<Void, Never>?
  }

  private let state: Mutex<State>
  private let maximumInFlight: Int
  private let backgroundReserve: Int
  /// One connection always stays free for a scan.
  private let backgroundInFlight: Int

  /// - Parameters:
  ///   - requestsPerSecond: at least 1. Background fetches leave half of them to look-ups.
  ///   - maximumInFlight: requests at the same time, at least 1.
  init(requestsPerSecond: Int, maximumInFlight: Int) {
    state = Mutex(State(window: RequestWindow(size: requestsPerSecond)))
    self.maximumInFlight = maximumInFlight
    backgroundReserve = requestsPerSecond / 2
    backgroundInFlight = max(1, maximumInFlight - 1)
  }

  /// Waits for this request's turn.
  /// - Throws: `CancellationError`; then there is nothing to give back.
  func takeTurn(_ priority: Priority) async throws {
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
              Waiter(ticket: ticket, continuation: continuation))
            admit(&state)
          }
        }
      }
    } onCancel: {
      state.withLock { cancel(ticket, priority, &$0) }
    }
    // Cancelled while it waited no more: the handler may have noted a ticket that is done with.
    state.withLock { _ = $0.cancelledTickets.remove(ticket) }
  }

  func giveBack() {
    state.withLock { state in
      state.inFlight -= 1
      state.window.giveBack(at: .now)
      admit(&state)
    }
  }

  /// After a 429: no background fetch starts for `advised`, or for a time that doubles each time the
  /// service does not say (API page: back off exponentially).
  func holdBackground(for advised: Duration?) {
    state.withLock { state in
      let hold = advised ?? min(.seconds(60), .seconds(1 << min(state.unadvisedHolds, 6)))
      if advised == nil { state.unadvisedHolds += 1 }
      let until = ContinuousClock.now + hold
      state.backgroundHeldUntil = max(state.backgroundHeldUntil ?? until, until)
    }
  }

  /// After an answer that is no 429.
  func endBackOff() {
    state.withLock { $0.unadvisedHolds = 0 }
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
    while let next = Priority.allCases.first(where: { !state.waiting[$0.rawValue].isEmpty }),
      mayStart(next, at: now, &state)
    {
      state.inFlight += 1
      state.waiting[next.rawValue].removeFirst().continuation.resume()
    }
    setTimer(&state)
  }

  private func mayStart(_ priority: Priority, at now: Instant, _ state: inout State) -> Bool {
    switch priority {
    case .retry, .lookUp:
      return state.inFlight < maximumInFlight && state.window.take(at: now)
    case .background:
      let isHeld = state.backgroundHeldUntil.map { $0 > now } ?? false
      return !isHeld && state.inFlight < backgroundInFlight
        && state.window.take(at: now, leaving: backgroundReserve)
    }
  }

  private func setTimer(_ state: inout State) {
    state.timer?.cancel()
    state.timer = nil
    guard let next = Priority.allCases.first(where: { !state.waiting[$0.rawValue].isEmpty })
    else { return }
    let wake: Instant?
    switch next {
    case .retry, .lookUp:
      wake = state.inFlight < maximumInFlight ? state.window.nextTurn() : nil
    case .background:
      let turn = state.window.nextTurn(leaving: backgroundReserve)
      let instants = [turn, state.backgroundHeldUntil].compactMap { $0 }
      wake = state.inFlight < backgroundInFlight ? instants.max() : nil
    }
    // Where too many are in flight, the next to end lets it in.
    guard let wake else { return }
    state.timer = Task { [weak self] in
      guard (try? await Task.sleep(until: wake, clock: .continuous)) != nil else { return }
      self?.wake()
    }
  }

  private func wake() {
    state.withLock { admit(&$0) }
  }
}
