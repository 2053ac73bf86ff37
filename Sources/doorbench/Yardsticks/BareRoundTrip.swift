import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// The look-up's round trip alone: the program's HTTP client, as the program sets it, and nothing
/// made of the answer.
final class BareRoundTrip {
  private let client: HTTPClient
  private static let connections = 16

  init() {
    var settings = HTTPClient.Configuration(redirectConfiguration: .disallow)
    settings.httpVersion = .http1Only
    settings.decompression = .disabled
    settings.connectionPool = HTTPClient.Configuration.ConnectionPool(
      idleTimeout: .minutes(10),
      concurrentHTTP1ConnectionsPerHostSoftLimit: Self.connections)
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
  }

  func measure(_ url: String) async throws -> Duration {
    let start = ContinuousClock.now
    try await Self.lookUp(url, client)
    return start.duration(to: .now)
  }

  /// Many at once, over as many connections as the program uses.
  func measure(all urls: [String]) async throws -> Duration {
    let start = ContinuousClock.now
    let (client, connections) = (client, Self.connections)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in 0..<connections {
        group.addTask {
          for index in stride(from: lane, to: urls.count, by: connections) {
            try await Self.lookUp(urls[index], client)
          }
        }
      }
      try await group.waitForAll()
    }
    return start.duration(to: .now)
  }

  func end() async throws { try await client.shutdown() }

  private static func lookUp(_ url: String, _ client: HTTPClient) async throws {
    var request = HTTPClientRequest(url: url)
    request.headers.add(name: "x-api-key", value: "x")
    let response = try await client.execute(request, timeout: .seconds(10))
    let body = try await response.body.collect(upTo: 1 << 20)
    guard response.status == .ok, body.readableBytes > 0 else {
      throw BenchmarkFailure("the sandbox answered \(response.status.code)")
    }
  }
}
