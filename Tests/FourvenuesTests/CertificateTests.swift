import Admission
import FaultServer
import FoundationEssentials
import Logging
import NIOSSL
import Synchronization
import Testing

@testable import Fourvenues

/// A refused certificate is told from a network that is gone.
@Suite(.serialized) struct CertificateTests {
  private func look(
    at server: FaultServer, scheme: String = "https", trusting authority: NIOSSLCertificate?
  ) async throws -> (answer: Finding, exchanges: [Exchange]) {
    let exchanges = Mutex<[Exchange]>([])
    var tls = TLSConfiguration.makeClientConfiguration()
    if let authority { tls.trustRoots = .certificates([authority]) }
    let client = FourvenuesClient(
      configuration: try FourvenuesConfiguration(
        baseURL: "\(scheme)://localhost:\(server.port)", credentials: Credentials(apiKey: "k"),
        deadline: .seconds(20)),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, tls: tls,
      observe: { exchange in exchanges.withLock { $0.append(exchange) } })
    let answer = await client.lookUp(code: "ABC1").finding
    await client.shutdown()
    return (answer, exchanges.withLock { $0 })
  }

  private let script: FaultServer.Script = { _, _ in [.answer(200, Sample.pass("ABC1"))] }

  @Test func `Only a good certificate is believed`() async throws {
    let certificates = try TestCertificates()
    defer { certificates.remove() }
    let authority = try certificates.authority
    for kind in TestCertificates.Kind.allCases {
      let server = try await FaultServer.start(tls: try certificates.context(kind), script)
      let (answer, exchanges) = try await look(at: server, trusting: authority)
      if kind == .good {
        #expect(answer.isFound)
        #expect(exchanges.map(\.trouble) == [nil])
      } else {
        #expect(answer == .failed(.offline), "\(kind)")
        #expect(exchanges.map(\.trouble) == [.certificate, .certificate], "\(kind)")
        #expect(exchanges.allSatisfy { $0.failure == .offline && $0.status == nil })
        #expect(server.requests.isEmpty, "the key was sent")
      }
      try await server.stop()
    }
    // An authority that nobody knows.
    let server = try await FaultServer.start(tls: try certificates.context(.good), script)
    let (answer, exchanges) = try await look(at: server, trusting: nil)
    #expect(answer == .failed(.offline))
    #expect(exchanges.map(\.trouble) == [.certificate, .certificate])
    try await server.stop()
  }

  @Test(arguments: [
    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n",
    "<html><body>Log in to the Wi-Fi</body></html>\r\n\r\n",
  ])
  func `What answers is no TLS`(greeting: String) async throws {
    let server = try await FaultServer.start(greeting: .text(greeting), script)
    let (answer, exchanges) = try await look(at: server, trusting: nil)
    #expect(answer == .failed(.offline))
    #expect(exchanges.map(\.trouble) == [.notSecure, .notSecure])
    try await server.stop()
  }

  /// The network is the cause, or may be.
  @Test(arguments: [FaultServer.Step.close, .reset])
  func `Lost in the handshake`(end: FaultServer.Step) async throws {
    let server = try await FaultServer.start(greeting: end, script)
    let (answer, exchanges) = try await look(at: server, trusting: nil)
    #expect(answer == .failed(.offline))
    #expect(exchanges.allSatisfy { $0.trouble == nil && $0.failure == .offline })
    try await server.stop()
  }
}
