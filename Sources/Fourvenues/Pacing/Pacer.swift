import DequeModule
import Synchronization
import Waiting

/// Lets requests start one after the other: no more a second, and no more at a time, than there may
/// be. Look-ups go before background fetches. Of the look-ups the one of the oldest scan goes first,
/// whether it is asked for the first time or again: verdicts are shown in the order of the scans, so
/// that whoever were overtaken would hold up all who overtook.
final class Pacer: Sendable {
  typealias Instant = Duration

  enum Priority: Sendable {
    case lookUp
    /// Has time.
    case background
  }

  /// Where a request stands in its row. One that is made again keeps its place.
  struct Place: Comparable, Sendable {
    let priority: Priority
    /// The running number of the scan; of one without, that of the newest scan before it.
    fileprivate let scan: Int
    fileprivate let arrival: Int

    static func < (one: Place, other: Place) -> Bool {
      (one.scan, one.arrival) < (other.scan, other.arrival)
    }
  }

  private struct Waiter {
    let place: Place
    let endpoint: Endpoint
    let start: @Sendable (Turn) -> Void
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
    /// Both in the order in which they may start.
    var lookUps: Deque<Waiter> = []
    var background: Deque<Waiter> = []
    var arrivals = 0
    var newestScan = 0
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

    subscript(row priority: Priority) -> Deque<Waiter> {
      get {
        switch priority {
        case .lookUp: lookUps
        case .background: background
        }
      }
      _modify {
        switch priority {
        case .lookUp: yield &lookUps
        case .background: yield &background
        }
      }
    }
  }

  private let state: Mutex<State>
  private let maximumInFlight: Int
  /// One connection always stays free for a scan.
  private let backgroundInFlight: Int
  fileprivate let clock: any WaitClock

  /// - Parameters:
  ///   - requestsPerSecond: at least 1.
  ///   - maximumInFlight: requests at the same time, at least 1.
  init(requestsPerSecond: Int, maximumInFlight: Int, clock: any WaitClock = .box) {
    state = Mutex(
      State(
        pace: Pace(full: requestsPerSecond), window: RequestWindow(size: requestsPerSecond)))
    self.maximumInFlight = maximumInFlight
    backgroundInFlight = max(1, maximumInFlight - 1)
    self.clock = clock
  }

  /// The place of a request that is made now.
  /// - Parameter scan: its running number; nil for what is no scan, which goes behind those so far.
  func place(_ priority: Priority, scan: Int? = nil) -> Place {
    state.withLock { state in
      state.arrivals += 1
      if let scan { state.newestScan = max(state.newestScan, scan) }
      return Place(
        priority: priority, scan: scan ?? state.newestScan, arrival: state.arrivals)
    }
  }

  /// Calls `start` once, when the turn of that place has come: at once where one is there.
  func enqueue(
    _ place: Place, at endpoint: Endpoint, _ start: @escaping @Sendable (Turn) -> Void
  ) {
    change { state in
      let row = state[row: place.priority]
      // Nearly always the last.
      let index = row.lastIndex { $0.place < place }.map { $0 + 1 } ?? row.startIndex
      state[row: place.priority].insert(
        Waiter(place: place, endpoint: endpoint, start: start), at: index)
    }
  }

  /// - Returns: whether it still waited; then its `start` is never called.
  @discardableResult
  func withdraw(_ place: Place) -> Bool {
    state.withLock { state in
      guard let index = state[row: place.priority].firstIndex(where: { $0.place == place }) else {
        return false
      }
      state[row: place.priority].remove(at: index)
      return true
    }
  }

  /// Waits for a background request's turn.
  /// - Returns: nil where it has not come in that time, or where nobody waits any more.
  func turn(at endpoint: Endpoint, within limit: Duration) async -> Turn? {
    let place = place(.background)
    let coming = Promise<Turn>()
    enqueue(place, at: endpoint) { coming.fulfil(with: $0) }
    if let turn = await coming.value(within: limit, on: clock) { return turn }
    // One that came in the moment of giving up is there all the same.
    return withdraw(place) ? nil : await coming.value()
  }

  fileprivate func giveBack() {
    change { state in
      state.inFlight -= 1
      state.window.end(at: clock.now)
    }
  }

  /// After a 429: the pace halves, and no background fetch of that endpoint starts for `advised`,
  /// or for a time that doubles each time the service does not say (FourvenuesAPI: Bases and
  /// credentials).
  /// - Parameter turn: of the request that got it.
  func slowDown(at endpoint: Endpoint, for advised: Duration?, after turn: Turn) {
    state.withLock { state in
      let now = clock.now
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

  /// Lets in whoever may go after a change, and sets the timer for the next.
  private func change(_ change: (inout State) -> Void) {
    let admitted = state.withLock { state in
      change(&state)
      let now = clock.now
      state.window.size = state.pace.requestsPerSecond(at: now)
      var admitted: [Waiter] = []
      while let (priority, index) = next(at: now, state), mayStart(priority, at: now, &state) {
        state.inFlight += 1
        admitted.append(state[row: priority].remove(at: index))
      }
      setTimer(&state, at: now)
      return admitted
    }
    for waiter in admitted { waiter.start(Turn(pacer: self)) }
  }

  /// Who goes next, and where it stands in its row.
  private func next(at now: Instant, _ state: State) -> (Priority, index: Int)? {
    if !state.lookUps.isEmpty { return (.lookUp, 0) }
    return state.background.firstIndex { !state.isHeld($0.endpoint, at: now) }
      .map { (.background, $0) }
  }

  private func mayStart(_ priority: Priority, at now: Instant, _ state: inout State) -> Bool {
    switch priority {
    case .lookUp:
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
    state.timer = clock.call(after: wake - now) { [weak self] in self?.change { _ in } }
  }

  /// When to look again; nil where nobody waits, or only for a request to end.
  private func nextWake(_ state: State, at now: Instant) -> Instant? {
    let wake: Instant?
    switch next(at: now, state)?.0 {
    case .lookUp:
      wake = state.inFlight < maximumInFlight ? state.window.nextTurn() : nil
    case .background:
      wake =
        state.inFlight < backgroundInFlight
        ? state.window.nextTurn(leaving: state.backgroundReserve) : nil
    case nil:
      return state.background.compactMap { state.holds[$0.endpoint]?.until }.min()
    }
    // While the pace recovers, a turn may be there before one comes back.
    return [wake, state.pace.nextStep(after: now)].compactMap(\.self).min()
  }
}

/// A request's leave to start. It is given back once the service has nothing more to do for it.
final class Turn: Sendable {
  /// By the pacer's clock.
  let startedAt: Duration
  private let pacer: Pacer
  private let isGivenBack = Atomic(false)

  fileprivate init(pacer: Pacer) {
    startedAt = pacer.clock.now
    self.pacer = pacer
  }

  /// Only the first call counts.
  func giveBack() {
    guard !isGivenBack.exchange(true, ordering: .acquiringAndReleasing) else { return }
    pacer.giveBack()
  }
}
