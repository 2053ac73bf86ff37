import Admission
import FaultServer
import FoundationEssentials
import Logging
import NIOSSL
import Synchronization
import Testing

@testable import Fourvenues

/// A proxy that opens tunnels to the service, over real TLS.
@Suite(.serialized) struct ProxyTests {
  private static let basic = "Basic \(Data("ana:s3cret%word".utf8).base64EncodedString())"

  private struct Looked {
    var answers: [Finding]
    var exchanges: [Exchange]
    var heads: [String]
    var requests: [FaultServer.Request]
  }

  /// Looks two codes up at a host of which only the proxy knows where it is.
  private func look(through kind: Forwarder.Kind, user: String? = "ana") async throws -> Looked {
    let certificates = try TestCertificates()
    defer { certificates.remove() }
    let server = try await FaultServer.start(tls: try certificates.context(.other)) { _, request in
      [.answer(200, Sample.pass(Sample.code(in: request.target)))]
    }
    let forwarder = try await Forwarder.start(kind, to: server.port)
    let exchanges = Mutex<[Exchange]>([])
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .certificates([try certificates.authority])
    let proxy = ServiceProxy(
      host: "127.0.0.1", port: forwarder.port, user: user,
      password: user.map { _ in "s3cret%word" })
    #expect(!"\(proxy)\(String(reflecting: proxy))".contains("s3cret"))
    let client = FourvenuesClient(
      configuration: try FourvenuesConfiguration(
        baseURL: "https://elsewhere.example/integrations", credentials: Credentials(apiKey: "k"),
        proxy: proxy, deadline: .seconds(20)),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, tls: tls,
      observe: { exchange in exchanges.withLock { $0.append(exchange) } })
    var answers: [Finding] = []
    for code in ["ABC1", "ABC2"] { answers.append(await client.lookUp(code: code).finding) }
    let isAnswered = await client.probe(eventID: nil, timeLimit: .seconds(20))
    #expect(isAnswered == answers[0].isFound)
    await client.shutdown()
    let looked = Looked(
      answers: answers, exchanges: exchanges.withLock { $0 }, heads: forwarder.connectHeads,
      requests: server.requests)
    try await forwarder.stop()
    try await server.stop()
    return looked
  }

  @Test(arguments: [nil, basic])
  func `A proxy opens a tunnel`(authorization: String?) async throws {
    let looked = try await look(
      through: .proxy(authorization: authorization), user: authorization.map { _ in "ana" })
    #expect(looked.answers.allSatisfy { $0.isFound })
    #expect(looked.exchanges.allSatisfy { $0.trouble == nil && $0.status == 200 })
    // The second look-up goes through the first one's tunnel; the probe has one of its own.
    #expect(looked.heads.count == 2)
    #expect(looked.heads.allSatisfy { $0.hasPrefix("CONNECT elsewhere.example:443 ") })
    #expect(looked.heads.allSatisfy { !$0.lowercased().contains("x-api-key") })
    #expect(looked.requests.allSatisfy { $0.header("proxy-authorization") == nil })
  }

  @Test(arguments: [
    Forwarder.Kind.proxy(authorization: "Basic other"),
    .refusingProxy("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"),
    .refusingProxy("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"),
    .refusingProxy("HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"),
    .refusingProxy(
      "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\nHTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"),
  ])
  func `A refusal is offline`(kind: Forwarder.Kind) async throws {
    let looked = try await look(through: kind)
    #expect(looked.answers.allSatisfy { $0 == .failed(.offline) })
    #expect(looked.exchanges.allSatisfy { $0.trouble == .proxy && $0.failure == .offline })
    #expect(looked.requests.isEmpty)
  }

  @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "<html>Log in</html>\r\n\r\n"])
  func `What is no proxy is offline`(text: String) async throws {
    let looked = try await look(through: .refusingProxy(text))
    #expect(!looked.answers.contains { $0.isFound || $0 == .unknown(.live) })
    #expect(looked.requests.isEmpty)
  }

  @Test func `A proxy that is not there is offline`() async throws {
    let port = try await FaultServer.refusedPort()
    let client = FourvenuesClient(
      configuration: try FourvenuesConfiguration(
        baseURL: "https://elsewhere.example", credentials: Credentials(apiKey: "k"),
        proxy: ServiceProxy(host: "127.0.0.1", port: port)),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    #expect(await client.lookUp(code: "ABC1").finding == .failed(.offline))
    await client.shutdown()
  }
}
