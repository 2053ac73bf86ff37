import Admission
import AsyncHTTPClient
import NIOCore
import Synchronization
import Waiting

/// A question on its way: its turn, up to two attempts, its deadline. The second attempt is made on a
/// connection of its own: after the first one failed in a way that may pass, or beside it, where it
/// hears nothing on a connection that may be dead.
///
/// It is no task. What comes next is called by whatever it waited for, the pacer, the clock or the
/// connection, so that the only change of threads is that to whoever waits for the end.
final class Asking<Body: BodyReader, Content: Sendable>: Sendable {
  private enum Try { case first, second }

  /// What comes after an attempt.
  private enum Step {
    case finish(Attempt<Content>)
    case askAgain(after: Duration)
    case wait
  }

  /// An attempt that is under way.
  private struct Running {
    let turn: Turn
    /// Nil where no connection's silence would mean anything.
    let ticket: ConnectionWatch.Ticket?
    let begunAt: Duration
    let collector: AnswerCollector<Body>
    var exchange: RunningExchange?
  }

  private struct State {
    var isOver = false
    /// When the first request began; nil while it waits for its turn.
    var begunAt: Duration?
    /// Of the first attempt, and good until the end.
    var ticket: ConnectionWatch.Ticket?
    var first: Running?
    var second: Running?
    var firstOutcome: Attempt<Content>?
    var secondOutcome: Attempt<Content>?
    /// The newest that got an HTTP answer.
    var answered: Attempt<Content>?
    var isAskedAgain = false
    /// Its first turn, the end of its patience, its deadline: whichever comes next.
    var alarm: ScheduledCall?
    /// Until it is asked again.
    var pause: ScheduledCall?

    subscript(number: Try) -> Running? {
      get { number == .first ? first : second }
      set { if number == .first { first = newValue } else { second = newValue } }
    }
  }

  private let client: FourvenuesClient
  private let call: Call
  private let emptyBody: Body
  private let read: @Sendable (_ status: Int, _ body: Body) -> Reading<Content>
  private let end: @Sendable (Performed<Content>) -> Void
  private let place: Pacer.Place
  private let state = Mutex(State())

  /// - Parameter end: is called once, on any thread.
  init(
    _ call: Call, client: FourvenuesClient, into emptyBody: Body,
    read: @escaping @Sendable (_ status: Int, _ body: Body) -> Reading<Content>,
    end: @escaping @Sendable (Performed<Content>) -> Void
  ) {
    self.call = call
    self.client = client
    self.emptyBody = emptyBody
    self.read = read
    self.end = end
    place = client.pacer.place(call.priority, scan: call.scan, isKnown: call.isKnown)
    client.address.begin(call.endpoint)
  }

  private var now: Duration { client.clock.now }

  /// Nobody waits for it any more.
  func cancel() {
    client.pacer.withdraw(place)
    let known = state.withLock { $0.firstOutcome }
    finish(by: known ?? .init(failure: CancellationError(), status: nil))
  }

  // MARK: Its turn

  /// Waits for its turn, and asks. A look-up waits as long as it takes; everything else as long as
  /// its answer may take, since the caller has other things to ask for.
  func begin() {
    guard state.withLock({ !$0.isOver }) else { return }
    if call.priority == .background { setAlarm(after: call.timeLimit) { $0.turnIsLate() } }
    client.pacer.enqueue([waiter])
  }

  /// For its first turn.
  var waiter: Pacer.Waiter {
    Pacer.Waiter(place: place, endpoint: call.endpoint) { self.turnCame($0) }
  }

  private func turnIsLate() {
    guard client.pacer.withdraw(place) else { return }
    finish(reading: .failed(.rateLimited, because: "no turn in time"), isAnswered: false)
  }

  private func turnCame(_ turn: Turn) {
    let ticket = call.isProbe ? nil : client.connections.watch.begin()
    let isWanted = state.withLock { state in
      guard !state.isOver else { return false }
      state.begunAt = now
      state.ticket = ticket
      return true
    }
    guard isWanted else {
      if let ticket { client.connections.watch.end(ticket) }
      return turn.giveBack()
    }
    if ticket == nil {
      setAlarm(after: call.timeLimit) { $0.timeIsOver() }
    } else {
      let patience = call.patience ?? client.usualLatency.patience(within: call.timeLimit)
      setAlarm(after: patience) { $0.patienceIsOver(after: patience) }
    }
    begin(.first, in: turn, on: call.isProbe ? .own : .kept, as: ticket)
  }

  private func setAlarm(
    after delay: Duration, _ action: @escaping @Sendable (Asking) -> Void
  ) {
    let alarm = client.clock.call(after: delay) { action(self) }
    let outdated = state.withLock { state in
      guard !state.isOver else { return alarm as ScheduledCall? }
      defer { state.alarm = alarm }
      return state.alarm
    }
    outdated?.cancel()
  }

  // MARK: Its attempts

  private func begin(
    _ number: Try, in turn: Turn, on kind: Connections.Kind,
    as ticket: ConnectionWatch.Ticket? = nil
  ) {
    let collector = AnswerCollector(into: emptyBody)
    let isWanted = state.withLock { state in
      guard !state.isOver else { return false }
      state[number] = Running(turn: turn, ticket: ticket, begunAt: now, collector: collector)
      return true
    }
    guard isWanted else { return turn.giveBack() }
    guard let request = client.request(for: call) else {
      return ended(number, .failure(Problem("no address")))
    }
    let exchange = client.connections.begin(request, on: kind, as: ticket, into: collector) {
      self.ended(number, $0)
    }
    let isGoingOn = state.withLock { state in
      state[number]?.exchange = exchange
      return state[number] != nil
    }
    // It may have ended by now, or nobody waits for it any more.
    if !isGoingOn { exchange.cancel() }
  }

  private func ended(_ number: Try, _ result: Result<WholeAnswer<Body>, any Error>) {
    let running = state.withLock { state in
      defer { state[number] = nil }
      return state[number]
    }
    // What was cancelled says nothing about the service.
    guard let running else { return }
    go(on: number, attempt(running, result))
  }

  private func go(on number: Try, _ attempt: Attempt<Content>) {
    let step = state.withLock { state -> Step in
      guard !state.isOver, let begunAt = state.begunAt else { return .wait }
      state.answered = attempt.ifAnswered ?? state.answered
      switch number {
      case .first:
        state.firstOutcome = attempt
        if let second = state.secondOutcome { return .finish(attempt.orBetter(second)) }
        if state.isAskedAgain { return attempt.pauseBeforeRetry == nil ? .finish(attempt) : .wait }
        guard let pause = attempt.pauseBeforeRetry, now + pause < begunAt + call.timeLimit else {
          return .finish(attempt)
        }
        state.isAskedAgain = true
        return .askAgain(after: pause)
      case .second:
        state.secondOutcome = attempt
        if let first = state.firstOutcome { return .finish(first.orBetter(attempt)) }
        // The first one may still be answered.
        return attempt.pauseBeforeRetry == nil ? .finish(attempt) : .wait
      }
    }
    switch step {
    case .finish(let attempt): finish(by: attempt)
    case .askAgain(let pause): askAgain(after: pause)
    case .wait: break
    }
  }

  /// It keeps its place, so that no later scan is asked for before it.
  private func askAgain(after pause: Duration = .zero) {
    let enqueue: @Sendable () -> Void = { [self] in
      guard state.withLock({ !$0.isOver }) else { return }
      client.pacer.enqueue(place, at: call.endpoint) { self.begin(.second, in: $0, on: .own) }
    }
    guard pause > .zero else { return enqueue() }
    let end = client.clock.call(after: pause, enqueue)
    let isWanted = state.withLock { state in
      state.pause = end
      return !state.isOver
    }
    if !isWanted { end.cancel() }
  }

  /// - Parameter patience: how long the first attempt was given to be heard.
  private func patienceIsOver(after patience: Duration) {
    setAlarm(after: call.timeLimit - patience) { $0.timeIsOver() }
    let watch = client.connections.watch
    let silent = state.withLock { state -> (ConnectionWatch.Ticket, Turn)? in
      guard !state.isOver, let first = state.first, let ticket = state.ticket,
        watch.isSilent(ticket) || call.patience != nil && !watch.isHeard(ticket)
      else { return nil }
      state.isAskedAgain = true
      return (ticket, first.turn)
    }
    guard let (ticket, turn) = silent else { return }
    if watch.isSilent(ticket) { client.noteSilence(ticket, call) }
    // Whether the service got the request or never will, it has counted it by now.
    turn.giveBack()
    askAgain()
  }

  // MARK: Its end

  /// The newest answer, even a broken one, is what is known by then.
  private func timeIsOver() {
    let (running, answered) = state.withLock { state in
      defer { (state.first, state.second) = (nil, nil) }
      return ([state.first, state.second].compactMap(\.self), state.answered)
    }
    var known = answered
    for running in running {
      let broken = attempt(running, .failure(CancellationError()))
      known = broken.ifAnswered ?? known
      running.exchange?.cancel()
    }
    finish(
      reading: known?.reading ?? .failed(.offline, because: "no answer before the deadline"),
      isAnswered: known != nil)
  }

  private func finish(by attempt: Attempt<Content>) {
    finish(reading: attempt.reading, isAnswered: attempt.status != nil)
  }

  private func finish(reading: Reading<Content>, isAnswered: Bool) {
    let last = state.withLock { state -> State? in
      guard !state.isOver else { return nil }
      let last = state
      state = State()
      state.isOver = true
      return last
    }
    guard let last else { return }
    last.alarm?.cancel()
    last.pause?.cancel()
    client.pacer.withdraw(place)
    for running in [last.first, last.second].compactMap(\.self) {
      running.exchange?.cancel()
      running.turn.giveBack()
    }
    if let ticket = last.ticket { client.connections.watch.end(ticket) }
    client.address.end(call.endpoint)
    end(
      Performed(
        reading: reading, elapsed: last.begunAt.map { now - $0 } ?? .zero, isAnswered: isAnswered))
  }

  /// What an exchange says, of what was asked and of the service.
  private func attempt(
    _ running: Running, _ result: Result<WholeAnswer<Body>, any Error>
  ) -> Attempt<Content> {
    defer { running.turn.giveBack() }
    let (head, body) = running.collector.soFar
    let attempt =
      switch result {
      case .success(let answer):
        Attempt(reading: read(answer.head.status, answer.body), status: answer.head.status)
      case .failure(let error): Attempt<Content>(failure: error, status: head?.status)
      }
    return client.conclude(
      attempt, of: call, head: head, opening: body.opening, took: now - running.begunAt,
      in: running.turn, as: running.ticket)
  }
}

extension Attempt {
  fileprivate var ifAnswered: Attempt? { status == nil ? nil : self }
}
