import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// The connections to the service: those kept between scans, and ones of a single request's own.
final class Connections: Sendable {
  enum Kind: Sendable {
    /// Kept open, and used again.
    case kept
    /// Made for this request, and closed after it. No connection of an earlier request, and none that
    /// is still being opened for one, can take its place.
    case own
  }

  /// As many look-ups as can be under way with the default rate and deadline.
  static let maximumKept = 16

  let watch = ConnectionWatch()
  /// All connections are served by one thread: with more of them, most answers would arrive on one
  /// and be waited for on another.
  private let loop = MultiThreadedEventLoopGroup.singleton.any()
  private let kept: HTTPClient
  private let ownSettings: HTTPClient.Configuration
  private let logger: Logger

  init(tls: TLSConfiguration?, proxy: HTTPClient.Configuration.Proxy?, logger: Logger) {
    var settings = HTTPClient.Configuration(
      tlsConfiguration: tls, redirectConfiguration: .disallow, proxy: proxy)
    settings.httpVersion = .http1Only
    settings.decompression = .disabled
    // A scan may come after a quiet half hour, and an endpoint may be polled once a minute at most.
    settings.connectionPool = HTTPClient.Configuration.ConnectionPool(
      idleTimeout: .minutes(10),
      concurrentHTTP1ConnectionsPerHostSoftLimit: Self.maximumKept)
    // Otherwise a refused connection is tried again silently until the deadline.
    settings.connectionPool.retryConnectionEstablishment = false
    // Longer than a look-up waits, so that a slow handshake is there for the next one; short, so
    // that after an outage nobody waits for a connection that was begun during it.
    settings.timeout = HTTPClient.Configuration.Timeout(connect: ConnectionWatch.connectTimeout)
    ownSettings = settings
    settings.http1_1ConnectionDebugInitializer = watch.initializer
    kept = HTTPClient(eventLoopGroupProvider: .shared(loop), configuration: settings)
    self.logger = logger
  }

  /// Closes the kept connections; what is under way fails. Must be called before the last reference
  /// goes.
  func shutdown() async {
    await shutdown(kept)
  }

  /// Begins an exchange.
  /// - Parameter end: is called once, on the connections' thread, with the whole answer or with why
  ///   there is none.
  func begin<Body: BodyReader>(
    _ request: HTTPClient.Request, on kind: Kind, as ticket: ConnectionWatch.Ticket?,
    into collector: AnswerCollector<Body>,
    _ end: @escaping @Sendable (Result<WholeAnswer<Body>, any Error>) -> Void
  ) -> RunningExchange {
    let exchange = RunningExchange()
    // All that follows is done by one thread, which is woken once.
    loop.execute { [self] in
      var request = request
      if let ticket { request.headers.add(name: ConnectionWatch.header, value: "\(ticket)") }
      let client =
        switch kind {
        case .kept: kept
        case .own: HTTPClient(eventLoopGroupProvider: .shared(loop), configuration: ownSettings)
        }
      // The question has a deadline of its own.
      let task = client.execute(
        request: request, delegate: collector, eventLoop: .delegate(on: loop),
        deadline: .now() + .hours(1))
      task.futureResult.whenComplete { [self] result in
        end(result)
        // Nobody waits for the connection to be closed.
        if kind == .own { Task { await shutdown(client) } }
      }
      exchange.begin { task.cancel() }
    }
    return exchange
  }

  /// - Parameter read: reads the whole answer; its connection may be gone afterwards.
  func ask<Answer: Sendable>(
    _ request: HTTPClientRequest, _ read: (HTTPClientResponse) async throws -> Answer
  ) async throws -> Answer {
    try await read(try await kept.execute(request, timeout: .hours(1)))
  }

  private func shutdown(_ client: HTTPClient) async {
    do {
      try await client.shutdown()
    } catch {
      logger.debug("The HTTP client was shut down before", metadata: ["error": "\(error)"])
    }
  }
}

/// An exchange that has been begun, or will be in a moment.
final class RunningExchange: Sendable {
  private struct State {
    var stop: (@Sendable () -> Void)?
    var isCancelled = false
  }

  private let state = Mutex(State())

  fileprivate func begin(_ stop: @escaping @Sendable () -> Void) {
    let isCancelled = state.withLock { state in
      state.stop = stop
      return state.isCancelled
    }
    if isCancelled { stop() }
  }

  /// It ends without an answer, unless it has ended by now.
  func cancel() {
    let stop = state.withLock { state in
      state.isCancelled = true
      return state.stop
    }
    stop?()
  }
}
