import Admission
import FaultServer
import Fourvenues
import Logging
import Synchronization
import Testing

/// A client of a server on this machine, and what it observed and logged.
final class TestClient: Sendable {
  let client: FourvenuesClient
  let observed: Observed

  final class Observed: Sendable {
    private let state = Mutex((exchanges: [Exchange](), lines: [String]()))

    var exchanges: [Exchange] { state.withLock { $0.exchanges } }
    var lines: [String] { state.withLock { $0.lines } }

    func add(_ exchange: Exchange) { state.withLock { $0.exchanges.append(exchange) } }
    func add(_ line: String) { state.withLock { $0.lines.append(line) } }
  }

  private struct Lines: LogHandler {
    let observed: Observed
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      observed.add("\(event.level) \(event.message) \(event.metadata ?? [:])")
    }
  }

  private init(_ configuration: FourvenuesConfiguration) {
    let observed = Observed()
    self.observed = observed
    client = FourvenuesClient(
      configuration: configuration,
      logger: Logger(label: "test") { _ in Lines(observed: observed) },
      observe: { observed.add($0) })
  }

  static let key = "sk-TopSecret-42"

  static func using(
    _ url: String, credentials: Credentials = Credentials(apiKey: key),
    deadline: Duration = .seconds(20), requestsPerSecond: Int = 10_000,
    _ body: (TestClient) async throws -> Void
  ) async throws {
    let client = TestClient(
      try FourvenuesConfiguration(
        baseURL: url, credentials: credentials, deadline: deadline,
        requestsPerSecond: requestsPerSecond))
    do {
      try await body(client)
    } catch {
      await client.client.shutdown()
      throw error
    }
    await client.client.shutdown()
  }

  /// A client of a server that follows `script`.
  static func scripted(
    deadline: Duration = .seconds(20), requestsPerSecond: Int = 10_000,
    _ script: @escaping FaultServer.Script,
    _ body: (FourvenuesClient, FaultServer, Observed) async throws -> Void
  ) async throws {
    try await FaultServer.serving(script) { server in
      try await using(
        server.url, deadline: deadline, requestsPerSecond: requestsPerSecond
      ) { test in
        try await body(test.client, server, test.observed)
      }
    }
  }
}

/// Answers as the service gives them (FourvenuesAPI: Pass).
enum Sample {
  static func pass(_ code: String, state: String = "activated") -> String {
    """
    {"success":true,"data":{"_id":"id-\(code)","code":"\(code)","state":"\(state)",\
    "customer_fullname":"Ana Gil","passes_usages":[]}}
    """
  }

  /// The code that a look-up asks for.
  static func code(in target: String) -> String {
    String(target.split(separator: "/").last ?? "")
  }
}

extension FourvenuesClient {
  /// What came of one report; nil where it was delivered.
  func outcome(
    of entry: EntryReport, timeLimit: Duration = .seconds(30)
  ) async -> EntryReportFailure? {
    do throws(EntryReportFailure) {
      try await reportEntry(entry, timeLimit: timeLimit)
      return nil
    } catch {
      return error
    }
  }
}
