import Admission
import AsyncHTTPClient
import FoundationEssentials
import Logging
import NIOCore
import NIOHTTP1
import Waiting

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
    let performed = Promise<Performed<Content>>()
    let asking = Asking(call, client: self, into: empty, read: reading) {
      performed.fulfil(with: $0)
    }
    return await withTaskCancellationHandler {
      asking.begin()
      return await performed.value()
    } onCancel: {
      asking.cancel()
    }
  }

  /// Notes what an exchange says of the service.
  /// - Parameters:
  ///   - opening: of the body, for the log.
  ///   - ticket: where a silence of its connection means something.
  /// - Returns: the attempt, and when it is worth to be made again.
  func conclude<Content: Sendable>(
    _ attempt: Attempt<Content>, of call: Call, head: Head?, opening: Data, took: Duration,
    in turn: Turn, as ticket: ConnectionWatch.Ticket?
  ) -> Attempt<Content> {
    var attempt = attempt
    var isLost = false
    if let status = head?.status, !attempt.isBroken {
      address.note(attempt.reading, status: status, from: call.endpoint)
      isLost = status == 404 && address.isLost
    }
    if attempt.isInterrupted, let ticket, connections.watch.isSilent(ticket) {
      noteSilence(ticket, call)
    }
    if head?.status == 429 {
      let advised = head?.retryAfter
      pacer.slowDown(at: call.endpoint, for: advised, after: turn)
      attempt.pauseBeforeRetry = advised ?? .seconds(1)
    } else if head != nil {
      pacer.endBackOff(at: call.endpoint)
      if case .lookUp = call.endpoint { usualLatency.note(took) }
    }
    let exchange = Exchange(
      endpoint: call.endpoint, status: head?.status, latency: took, serverDate: head?.serverDate,
      failure: attempt.reading.failure ?? (isLost ? .serviceError : nil), trouble: attempt.trouble)
    log(call, exchange, attempt.reading, head, opening)
    observe(exchange)
    return attempt
  }

  func noteSilence(_ ticket: ConnectionWatch.Ticket, _ call: Call) {
    connections.watch.dropIdle(because: ticket)
    logger.notice(
      "A kept connection is silent: the idle ones are dropped",
      metadata: ["endpoint": "\(call.endpoint)"])
  }

  /// - Returns: nil where the address is none.
  func request(for call: Call) -> HTTPClient.Request? {
    try? HTTPClient.Request(url: url(of: call), headers: headers)
  }

  func url(of call: Call) -> String { configuration.baseURL.description + call.path }

  var headers: HTTPHeaders {
    var headers: HTTPHeaders = [
      "accept": "application/json", "accept-encoding": "identity", "user-agent": "doorcheck",
    ]
    for header in configuration.credentials.headers {
      headers.add(name: header.name, value: header.value)
    }
    return headers
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

/// What the start of an answer says beside its body.
struct Head: Sendable {
  let status: Int
  let serverDate: Date?
  let retryAfter: Duration?
  private let headers: HTTPHeaders

  init(status: HTTPResponseStatus, headers: HTTPHeaders) {
    self.status = Int(status.code)
    self.headers = headers
    serverDate = headers.first(name: "date").flatMap(HTTPDate.date)
    retryAfter = RetryAfter.delay(
      header: headers.first(name: "retry-after"), serverDate: serverDate, now: Date())
  }

  /// The kind of content, as far as it is one that is known here: the header is the service's text.
  var type: String {
    let given = headers.first(name: "content-type")?.lowercased() ?? "none"
    return ["json", "html", "plain", "xml", "none"].first(where: given.contains) ?? "other"
  }

  /// As the header announces it.
  var length: Int? { headers.first(name: "content-length").flatMap { Int($0) } }
}

extension Duration {
  fileprivate var inMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
