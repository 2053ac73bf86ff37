import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL

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
    kept = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
    self.logger = logger
  }

  /// Closes the kept connections; what is under way fails. Must be called before the last reference
  /// goes.
  func shutdown() async {
    await shutdown(kept)
  }

  /// - Parameter read: reads the whole answer; its connection may be gone afterwards.
  func ask<Answer: Sendable>(
    _ request: HTTPClientRequest, on kind: Kind, as ticket: ConnectionWatch.Ticket? = nil,
    _ read: (HTTPClientResponse) async throws -> Answer
  ) async throws -> Answer {
    switch kind {
    case .kept:
      var request = request
      if let ticket { request.headers.add(name: ConnectionWatch.header, value: "\(ticket)") }
      return try await read(try await kept.execute(request, timeout: .hours(1)))
    case .own:
      let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: ownSettings)
      // Nobody waits for the connection to be closed.
      defer { Task { await shutdown(client) } }
      return try await read(try await client.execute(request, timeout: .hours(1)))
    }
  }

  private func shutdown(_ client: HTTPClient) async {
    do {
      try await client.shutdown()
    } catch {
      logger.debug("The HTTP client was shut down before", metadata: ["error": "\(error)"])
    }
  }
}
