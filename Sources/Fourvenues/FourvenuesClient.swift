package import Admission
import AsyncHTTPClient
import FoundationEssentials
package import Logging
import NIOCore

/// The client of the Fourvenues Integrations API (API page). One for the life of the program: it
/// keeps its connections open between scans, and paces all requests together.
package final class FourvenuesClient: Sendable {
  let configuration: FourvenuesConfiguration
  let logger: Logger
  let observe: @Sendable (Exchange) -> Void
  let http: HTTPClient
  let pacer: Pacer

  /// As many look-ups as can be under way with the default rate and deadline.
  static let maximumConnections = 16

  /// - Parameter observe: called after every HTTP exchange or failure, retried ones included, on
  ///   any thread; it must return at once.
  package init(
    configuration: FourvenuesConfiguration, logger: Logger,
    observe: @escaping @Sendable (Exchange) -> Void = { _ in }
  ) {
    self.configuration = configuration
    self.logger = logger
    self.observe = observe
    pacer = Pacer(
      requestsPerSecond: configuration.requestsPerSecond,
      maximumInFlight: Self.maximumConnections)
    var settings = HTTPClient.Configuration(redirectConfiguration: .disallow)
    settings.httpVersion = .http1Only
    settings.decompression = .disabled
    // A scan may come after a quiet half hour, and an endpoint may be polled once a minute at most.
    settings.connectionPool = HTTPClient.Configuration.ConnectionPool(
      idleTimeout: .minutes(10),
      concurrentHTTP1ConnectionsPerHostSoftLimit: Self.maximumConnections)
    // Otherwise a refused connection is tried again silently until the deadline.
    settings.connectionPool.retryConnectionEstablishment = false
    // Longer than a look-up waits, so that a slow handshake is there for the next one; short, so
    // that after an outage nobody waits for a connection that was begun during it.
    settings.timeout = HTTPClient.Configuration.Timeout(connect: .seconds(3))
    http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
  }

  /// Closes the connections; what is under way fails as `.offline`. Must be called before the client
  /// is let go.
  package func shutdown() async {
    do {
      try await http.shutdown()
    } catch {
      logger.debug("The HTTP client was shut down before", metadata: ["error": "\(error)"])
    }
  }

  /// The look-up at the door.
  ///
  /// It waits its turn first. From then on the answer is there within the configured deadline, one
  /// retry included; where there are two attempts, the second one's outcome counts.
  /// - Returns: the answer, and how long it took from its first request.
  package func pass(code: String) async -> (answer: LookUpAnswer, elapsed: Duration) {
    // Without a code the path is that of another endpoint.
    guard !code.isEmpty else { return (.failed(.serviceError), .zero) }
    let call = Call.pass(code: code, deadline: configuration.deadline)
    let (reading, elapsed) = await perform(call, into: CollectedBody()) { status, body in
      AnswerDecoder.reading(status: status, body: body.data, askedCode: code)
    }
    switch reading {
    case .found(let pass): return (.found(pass), elapsed)
    case .notFound: return (.notFound, elapsed)
    case .failed(let failure, _): return (.failed(failure), elapsed)
    }
  }

  /// Name and hours of one event.
  package func event(id: String) async throws(FourvenuesError) -> Event {
    guard !id.isEmpty else { throw .notFound }
    return try await perform(.event(id: id), into: CollectedBody()) { status, body in
      WireEventAnswer.reading(status: status, body: body.data, askedID: id)
    }.reading.get()
  }

  /// The events of some days, as `YYYY-MM-DD`, the last one included.
  package func events(
    from firstDay: String, to lastDay: String
  ) async throws(FourvenuesError) -> [Event] {
    try await list(.events(from: firstDay, to: lastDay)) {
      try JSONDecoder().decode(WireEvent.self, from: $0).event
    }.elements
  }

  /// The price list of one event.
  package func rates(eventID: String) async throws(FourvenuesError) -> [Rate] {
    try await list(.rates(eventID: eventID)) {
      try JSONDecoder().decode(WireRate.self, from: $0).rate
    }.elements
  }

  /// Every pass of one event, page by page; a page is fetched when it is asked for.
  package func passes(eventID: String) -> PassPages {
    PassPages(client: self, eventID: eventID)
  }

  /// Opens a connection before the first scan. Without an event there is nothing cheap to ask, and
  /// the search for tonight's event opens it.
  package func warmUp(eventID: String?) async {
    guard let eventID else { return }
    _ = try? await event(id: eventID)
  }

  /// A list of which broken elements are left out.
  func list<Element: Sendable>(
    _ call: Call, decode: @escaping @Sendable (Data) throws -> Element
  ) async throws(FourvenuesError) -> ListPage<Element> {
    let page = try await perform(call, into: ListBody(decode: decode)) { status, body in
      body.reading(status: status)
    }.reading.get()
    if page.unreadable > 0 {
      logger.warning(
        "Some of a list cannot be read",
        metadata: [
          "endpoint": "\(call.endpoint)", "unreadable": "\(page.unreadable)",
          "of": "\(page.count)",
        ])
    }
    return page
  }
}
