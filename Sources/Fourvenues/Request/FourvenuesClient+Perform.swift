import Admission
import AsyncHTTPClient
import FoundationEssentials
import Logging
import NIOCore
import NIOHTTP1
import Synchronization

/// What came of a question, with all its attempts.
struct Performed<Content: Sendable>: Sendable {
  var reading: Reading<Content>
  /// From the first request.
  var elapsed: Duration
  /// Whether any HTTP answer came.
  var isAnswered: Bool
}

extension FourvenuesClient {
  /// Asks, and asks once more where that may help and the deadline leaves time.
  func perform<Body: BodyReader, Content: Sendable>(
    _ call: Call, into empty: Body,
    reading: @escaping @Sendable (_ status: Int, _ body: Body) -> Reading<Content>
  ) async -> Performed<Content> {
    address.begin(call.endpoint)
    defer { address.end(call.endpoint) }
    guard let turn = await waitForTurn(call) else {
      // What waits behind others, or for a pause that a 429 asked for, is not let wait for hours: the
      // caller has other things to ask for.
      let reading: Reading<Content> =
        Task.isCancelled
        ? .failed(.offline, because: "cancelled")
        : .failed(.rateLimited, because: "no turn in time")
      return Performed(reading: reading, elapsed: .zero, isAnswered: false)
    }
    let start = ContinuousClock.now
    let question = Question(
      call: call, deadline: start + call.timeLimit, emptyBody: empty, reading: reading)
    let last = await outcome(by: question.deadline) { [self] in await ask(question, in: turn) }
    let known = last ?? question.newestAnswer
    return Performed(
      reading: known?.reading ?? .failed(.offline, because: "no answer before the deadline"),
      elapsed: ContinuousClock.now - start, isAnswered: known?.status != nil)
  }

  /// Up to two attempts, the second on a connection of its own: after the first one failed in a way
  /// that may pass, or beside it, where it hears nothing on a connection that may be dead.
  private func ask<Body: BodyReader, Content: Sendable>(
    _ question: Question<Body, Content>, in turn: Turn
  ) async -> Attempt<Content> {
    let call = question.call
    let ticket = call.isProbe ? nil : connections.watch.begin()
    defer { ticket.map(connections.watch.end) }
    return await withTaskGroup(of: Step<Content>.self) { group in
      group.addTask {
        .first(await self.attempt(question, in: turn, on: call.isProbe ? .own : .kept, ticket))
      }
      if ticket != nil {
        let patience = usualLatency.patience(within: call.timeLimit)
        group.addTask {
          (try? await Task.sleep(for: patience, tolerance: .zero)) == nil ? .none : .patienceOver
        }
      }
      defer { group.cancelAll() }
      var first: Attempt<Content>?
      var isAskedAgain = false
      for await step in group {
        switch step {
        case .first(let attempt):
          first = attempt
          if isAskedAgain {
            if attempt.pauseBeforeRetry == nil { return attempt }
          } else if let pause = attempt.pauseBeforeRetry,
            ContinuousClock.now + pause < question.deadline
          {
            isAskedAgain = true
            group.addTask { .second(await self.attemptAgain(question, after: pause)) }
          } else {
            return attempt
          }
        case .patienceOver:
          guard first == nil, let ticket, connections.watch.isSilent(ticket) else { continue }
          isAskedAgain = true
          noteSilence(ticket, call)
          // Whether the service got the request or never will, it has counted it by now.
          turn.giveBack()
          group.addTask { .second(await self.attemptAgain(question, after: .zero)) }
        case .second(let second):
          guard let first else {
            // The first one may still be answered.
            if let second, second.pauseBeforeRetry == nil { return second }
            continue
          }
          return second.map(first.orBetter) ?? first
        case .none: continue
        }
      }
      return first ?? Attempt(failure: CancellationError(), status: nil)
    }
  }

  /// - Returns: nil where no turn came.
  private func attemptAgain<Body: BodyReader, Content: Sendable>(
    _ question: Question<Body, Content>, after pause: Duration
  ) async -> Attempt<Content>? {
    let call = question.call
    do {
      if pause > .zero { try await Task.sleep(for: pause, tolerance: .zero) }
      let turn = try await pacer.waitForTurn(
        call.priority == .lookUp ? .retry : call.priority, at: call.endpoint)
      return await self.attempt(question, in: turn, on: .own, nil)
    } catch {
      return nil
    }
  }

  /// One exchange, in a turn that was taken for it.
  private func attempt<Body: BodyReader, Content: Sendable>(
    _ question: Question<Body, Content>, in turn: Turn, on kind: Connections.Kind,
    _ ticket: ConnectionWatch.Ticket?
  ) async -> Attempt<Content> {
    defer { turn.giveBack() }
    let call = question.call
    let start = ContinuousClock.now
    var head: Head?
    var body = question.emptyBody
    var attempt: Attempt<Content>
    var isLost = false
    do {
      attempt = try await connections.ask(request(for: call), on: kind, as: ticket) { response in
        let answered = Head(response)
        head = answered
        for try await chunk in response.body {
          try body.consume(chunk.readableBytesView)
        }
        let reading = question.reading(answered.status, body)
        address.note(reading, status: answered.status, from: call.endpoint)
        isLost = answered.status == 404 && address.isLost
        return Attempt(reading: reading, status: answered.status)
      }
    } catch {
      attempt = Attempt(failure: error, status: head?.status)
    }
    // A caller who lost interest says nothing about the service.
    let now = ContinuousClock.now
    if attempt.isInterrupted, Task.isCancelled, now < question.deadline { return attempt }
    if attempt.isInterrupted, let ticket, connections.watch.isSilent(ticket) {
      noteSilence(ticket, call)
    }

    if head?.status == 429 {
      let advised = head?.retryAfter
      pacer.slowDown(at: call.endpoint, for: advised, after: turn)
      attempt.pauseBeforeRetry = advised ?? .seconds(1)
    } else if head != nil {
      pacer.endBackOff(at: call.endpoint)
      if call.endpoint == .pass { usualLatency.note(now - start) }
    }
    if head != nil { question.note(attempt) }
    let exchange = Exchange(
      endpoint: call.endpoint, status: head?.status, latency: now - start,
      serverDate: head?.serverDate,
      failure: attempt.reading.failure ?? (isLost ? .serviceError : nil), trouble: attempt.trouble)
    log(call, exchange, attempt.reading, head, body.opening)
    observe(exchange)
    return attempt
  }

  private func noteSilence(_ ticket: ConnectionWatch.Ticket, _ call: Call) {
    connections.watch.dropIdle(because: ticket)
    logger.notice(
      "A kept connection is silent: the idle ones are dropped",
      metadata: ["endpoint": "\(call.endpoint)"])
  }

  func request(for call: Call) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: configuration.baseURL.description + call.path)
    request.headers.add(name: "accept", value: "application/json")
    request.headers.add(name: "accept-encoding", value: "identity")
    request.headers.add(name: "user-agent", value: "doorcheck")
    for header in configuration.credentials.headers {
      request.headers.add(name: header.name, value: header.value)
    }
    return request
  }

  private func log<Content>(
    _ call: Call, _ exchange: Exchange, _ reading: Reading<Content>, _ head: Head?, _ body: Data
  ) {
    guard case .failed(_, let problem) = reading else { return }
    var metadata: Logger.Metadata = [
      "endpoint": "\(call.endpoint)", "problem": "\(problem)",
      "after": "\(exchange.latency.inMilliseconds) ms",
    ]
    if let code = call.code { metadata["code"] = "\(masked(code: code))" }
    if let head { metadata.merge(words(of: head, body, code: call.code)) { $1 } }
    logger.warning("Fourvenues gave no usable answer", metadata: metadata)
  }

  /// What a log may hold of an answer.
  func words(of head: Head, _ body: Data, code: String? = nil) -> Logger.Metadata {
    var metadata: Logger.Metadata = ["status": "\(head.status)", "type": "\(head.type)"]
    if let length = head.length { metadata["length"] = "\(length)" }
    // An unusable answer about a pass holds a customer's name: only errors are quoted.
    if StatusMeaning(head.status) != .success, !body.isEmpty {
      let hidden =
        configuration.credentials.secrets + (configuration.proxy?.secrets ?? [])
        + [code].compactMap(\.self)
      metadata["answer"] = "\(LogText.cleaned(body, hiding: hidden))"
    }
    return metadata
  }
}

/// A call, and how its answer is to be understood.
private final class Question<Body: BodyReader, Content: Sendable>: Sendable {
  let call: Call
  let deadline: ContinuousClock.Instant
  let emptyBody: Body
  let reading: @Sendable (_ status: Int, _ body: Body) -> Reading<Content>
  private let newest = Mutex<Attempt<Content>?>(nil)

  init(
    call: Call, deadline: ContinuousClock.Instant, emptyBody: Body,
    reading: @escaping @Sendable (_ status: Int, _ body: Body) -> Reading<Content>
  ) {
    self.call = call
    self.deadline = deadline
    self.emptyBody = emptyBody
    self.reading = reading
  }

  /// The newest attempt that got an HTTP answer: where the deadline passes during another one, it is
  /// what is known.
  var newestAnswer: Attempt<Content>? { newest.withLock { $0 } }

  func note(_ answered: Attempt<Content>) { newest.withLock { $0 = answered } }
}

private enum Step<Content: Sendable>: Sendable {
  case first(Attempt<Content>)
  /// Nil where it was not made.
  case second(Attempt<Content>?)
  /// The first one has had time enough to be heard.
  case patienceOver
  case none
}

/// What the start of an answer says beside its body.
struct Head: Sendable {
  let status: Int
  let serverDate: Date?
  let retryAfter: Duration?
  /// The kind of content, as far as it is one that is known here: the header is the service's text.
  let type: String
  /// As the header announces it.
  let length: Int?

  init(_ response: HTTPClientResponse) {
    status = Int(response.status.code)
    serverDate = response.headers.first(name: "date").flatMap(HTTPDate.date)
    retryAfter = RetryAfter.delay(
      header: response.headers.first(name: "retry-after"), serverDate: serverDate, now: Date())
    let given = response.headers.first(name: "content-type")?.lowercased() ?? "none"
    type = ["json", "html", "plain", "xml", "none"].first(where: given.contains) ?? "other"
    length = response.headers.first(name: "content-length").flatMap { Int($0) }
  }
}

extension Duration {
  fileprivate var inMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
