import Admission
import AsyncHTTPClient
import FoundationEssentials
import Logging
import NIOCore
import NIOHTTP1

extension FourvenuesClient {
  /// Asks, and asks once more where that may help and the deadline leaves time.
  func perform<Body: BodyReader, Content: Sendable>(
    _ call: Call, into empty: Body,
    reading: @escaping @Sendable (_ status: Int, _ body: Body) -> Reading<Content>
  ) async -> (reading: Reading<Content>, elapsed: Duration) {
    guard (try? await pacer.takeTurn(call.priority)) != nil else {
      return (.failed(.offline, because: "cancelled"), .zero)
    }
    let start = ContinuousClock.now
    let deadline = start + call.timeLimit
    let last = await outcome(by: deadline) { [self] in
      let first = await attempt(call, by: deadline, into: empty, reading: reading)
      guard let pause = first.pauseBeforeRetry, ContinuousClock.now + pause < deadline else {
        return first.reading
      }
      do {
        try await Task.sleep(for: pause, tolerance: .zero)
        try await pacer.takeTurn(call.priority == .lookUp ? .retry : call.priority)
      } catch {
        return first.reading
      }
      return await attempt(call, by: deadline, into: empty, reading: reading).reading
    }
    return (
      last ?? .failed(.offline, because: "no answer before the deadline"),
      ContinuousClock.now - start
    )
  }

  /// One exchange, in a turn that was taken for it.
  private func attempt<Body: BodyReader, Content: Sendable>(
    _ call: Call, by deadline: ContinuousClock.Instant, into empty: Body,
    reading: @Sendable (_ status: Int, _ body: Body) -> Reading<Content>
  ) async -> Attempt<Content> {
    defer { pacer.giveBack() }
    let start = ContinuousClock.now
    var head: Head?
    var body = empty
    var attempt: Attempt<Content>
    do {
      let response = try await http.execute(request(for: call), timeout: .hours(1))
      let answered = Head(response)
      head = answered
      for try await chunk in response.body {
        try body.consume(chunk.readableBytesView)
      }
      attempt = Attempt(reading: reading(answered.status, body))
      if StatusMeaning.isWorthRetrying(answered.status) {
        attempt.pauseBeforeRetry = usualPause
      }
    } catch {
      attempt = Attempt(failure: error, status: head?.status)
    }
    // A caller who lost interest says nothing about the service.
    let now = ContinuousClock.now
    if attempt.isInterrupted, Task.isCancelled, now < deadline { return attempt }

    if head?.status == 429 {
      let advised = head?.retryAfter
      pacer.holdBackground(for: advised)
      attempt.pauseBeforeRetry = advised ?? .seconds(1)
    } else if head != nil {
      pacer.endBackOff()
    }
    let exchange = Exchange(
      endpoint: call.endpoint, status: head?.status, latency: now - start,
      serverDate: head?.serverDate, failure: attempt.reading.failure)
    log(call, exchange, attempt.reading, body.opening)
    observe(exchange)
    return attempt
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
    _ call: Call, _ exchange: Exchange, _ reading: Reading<Content>, _ body: Data
  ) {
    guard case .failed(_, let problem) = reading else { return }
    var metadata: Logger.Metadata = [
      "endpoint": "\(call.endpoint)", "problem": "\(problem)",
      "after": "\(exchange.latency.inMilliseconds) ms",
    ]
    if let code = call.code { metadata["code"] = "\(masked(code: code))" }
    if let status = exchange.status {
      metadata["status"] = "\(status)"
      // An unusable answer about a pass holds a customer's name: only errors are quoted.
      if StatusMeaning(status) != .success, !body.isEmpty {
        let hidden =
          configuration.credentials.secrets
          + [call.code, call.code?.percentEncoded]
          .compactMap { $0 }
        metadata["answer"] = "\(LogText.cleaned(body, hiding: hidden))"
      }
    }
    logger.warning("Fourvenues gave no usable answer", metadata: metadata)
  }
}

/// What the start of an answer says beside its body.
struct Head: Sendable {
  let status: Int
  let serverDate: Date?
  let retryAfter: Duration?

  init(_ response: HTTPClientResponse) {
    status = Int(response.status.code)
    serverDate = response.headers.first(name: "date").flatMap(HTTPDate.date)
    retryAfter = RetryAfter.delay(
      header: response.headers.first(name: "retry-after"), serverDate: serverDate, now: Date())
  }
}

/// Long enough for a service that is just being restarted, and short against any deadline.
private let usualPause: Duration = .milliseconds(50)

/// What came of one exchange, and how long to wait before another one; nil where that is no use.
private struct Attempt<Content: Sendable> {
  var reading: Reading<Content>
  var pauseBeforeRetry: Duration?
  /// No whole answer came.
  var isInterrupted = false

  init(reading: Reading<Content>) {
    self.reading = reading
  }

  /// - Parameter status: of the answer that broke off, if one had begun.
  init(failure: any Error, status: Int?) {
    switch failure {
    case let problem as Problem:
      if let status, case .failure(let failure) = StatusMeaning(status) {
        reading = .failed(failure, because: problem.words)
      } else {
        reading = .failed(.serviceError, because: problem.words)
      }
    case let error as HTTPParserError where error != .invalidEOFState:
      reading = .failed(.serviceError, because: "not HTTP")
    default:
      // Refused, reset, closed too early, no such host, no trust in the certificate.
      let words = (failure as? HTTPClientError)?.shortDescription ?? "\(failure)"
      reading = .failed(.offline, because: String(words.prefix(200)))
      pauseBeforeRetry = usualPause
      isInterrupted = true
    }
  }
}

extension Duration {
  fileprivate var inMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
