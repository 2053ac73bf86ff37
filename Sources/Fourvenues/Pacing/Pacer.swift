import DequeModule
import Synchronization
import Waiting

/// Lets requests start one after the other: no more a second, and no more at a time, than there may
/// be. Look-ups go before background fetches. Of the look-ups the one of the oldest scan goes first,
/// whether it is asked for the first time or again: verdicts are shown in the order of the scans, so
/// that whoever were overtaken would hold up all who overtook. `LookUpRow` tells which go together, and
/// which of the unknown codes wait.
final class Pacer: Sendable {
  typealias Instant = Duration

  enum Priority: Sendable {
    case lookUp
    /// Has time.
    case background
  }

  /// Where a request stands in its row. One that is made again keeps its place.
  struct Place: Sendable {
    let priority: Priority
    fileprivate let inRow: LookUpRow<Waiter>.Place
  }

  /// A request that waits for its turn.
  struct Waiter: Sendable {
    let place: Place
    let endpoint: Endpoint
    /// Is called once, when the turn has come, unless it is withdrawn.
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
    var lookUps = LookUpRow<Waiter>()
    /// In the order in which they may start.
    var background: Deque<Waiter> = []
    var arrivals = 0
    var newestScan = 0
    var inFlight = 0
    /// They hold background fetches; a look-up or a recovery never waits for them.
    var holds: [Endpoint: Hold] = [:]
    /// Wakes the waiting when their turn comes.
    var timer: ScheduledCall?

    private func isHeld(_ endpoint: Endpoint, at now: Instant) -> Bool {
      holds[endpoint].map { $0.until > now } ?? false
    }

    /// Where the background fetch stands that goes next.
    func nextInBackground(at now: Instant) -> Int? {
      background.firstIndex { !isHeld($0.endpoint, at: now) }
    }

    /// Background fetches leave half of the requests to look-ups.
    var backgroundReserve: Int { window.size / 2 }
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

  /// From now on so many doors share the key, this one included.
  func share(among doors: Int) { change { $0.pace.doors = doors } }

  /// The place of a request that is made now.
  /// - Parameters:
  ///   - scan: its running number; nil for what is no scan, which goes behind those so far.
  ///   - isKnown: whether the kind of its code is known.
  func place(_ priority: Priority, scan: Int? = nil, isKnown: Bool = true) -> Place {
    state.withLock { state in
      state.arrivals += 1
      if let scan { state.newestScan = max(state.newestScan, scan) }
      return Place(
        priority: priority,
        inRow: .init(
          scan: scan ?? state.newestScan, arrival: state.arrivals, isKnown: isKnown))
    }
  }

  /// Calls `start` once, when the turn of that place has come: at once where one is there.
  func enqueue(
    _ place: Place, at endpoint: Endpoint, _ start: @escaping @Sendable (Turn) -> Void
  ) {
    enqueue([Waiter(place: place, endpoint: endpoint, start: start)])
  }

  /// The same for the requests of one question, which leave together: of look-ups of one scan, as many
  /// as may start in a second, and then the rest.
  func enqueue(_ question: [Waiter]) {
    change { state in
      let lookUps = question.filter { $0.place.priority == .lookUp }
      state.pace.note(questionOf: lookUps.count)
      if !lookUps.isEmpty { state.lookUps.add(lookUps.map { ($0.place.inRow, $0) }) }
      for waiter in question where waiter.place.priority == .background {
        let row = state.background
        let index = row.lastIndex { $0.place.inRow < waiter.place.inRow }.map { $0 + 1 }
        state.background.insert(waiter, at: index ?? row.startIndex)
      }
    }
  }

  /// - Returns: whether it still waited; then its `start` is never called.
  @discardableResult
  func withdraw(_ place: Place) -> Bool {
    let isRemoved = state.withLock { state in
      switch place.priority {
      case .lookUp: return state.lookUps.remove(place.inRow)
      case .background:
        let index = state.background.firstIndex { $0.place.inRow == place.inRow }
        if let index { state.background.remove(at: index) }
        return index != nil
      }
    }
    // Those of its question may have waited for a turn of its.
    if isRemoved { change { _ in } }
    return isRemoved
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
      while true {
        let next = startNext(at: now, &state)
        if next.isEmpty { break }
        state.inFlight += next.count
        admitted += next
      }
      setTimer(&state, at: now)
      return admitted
    }
    for waiter in admitted { waiter.start(Turn(pacer: self)) }
  }

  /// Takes out who may start now: nobody, one, or the requests of one question.
  private func startNext(at now: Instant, _ state: inout State) -> [Waiter] {
    if let count = countOfLookUps(state) {
      guard state.inFlight + count <= maximumInFlight, state.window.begin(count, at: now) else {
        return []
      }
      return state.lookUps.removeNext(count)
    }
    guard let index = state.nextInBackground(at: now), state.inFlight < backgroundInFlight,
      state.window.begin(at: now, leaving: state.backgroundReserve)
    else { return [] }
    return [state.background.remove(at: index)]
  }

  /// How many look-ups start next, together; nil where none waits.
  private func countOfLookUps(_ state: State) -> Int? {
    let count = min(state.lookUps.nextCount, state.window.size, maximumInFlight)
    return count > 0 ? count : nil
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
    if let count = countOfLookUps(state) {
      wake = state.inFlight + count <= maximumInFlight ? state.window.nextTurn(count) : nil
    } else if state.nextInBackground(at: now) != nil {
      wake =
        state.inFlight < backgroundInFlight
        ? state.window.nextTurn(leaving: state.backgroundReserve) : nil
    } else {
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
