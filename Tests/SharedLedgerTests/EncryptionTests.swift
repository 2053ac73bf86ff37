import CheckIn
import FaultServer
import Foundation
import PostgresServer
import SharedLedger
import Testing

@Suite("Encryption") struct EncryptionTests {
  private func ask(
    _ kind: TestCertificates.Kind, host: String, authority: Bool = true
  ) async throws -> LedgerFacts {
    let certificates = try TestCertificates()
    defer { certificates.remove() }
    var options = PostgresServer.Options()
    options.certificate = (certificates.certificateFile(kind), certificates.keyFile)
    let server = try await PostgresServer(options)
    let database = try server.newDatabase()
    var url = "postgresql://\(PostgresServer.owner)@\(host):\(server.port)/\(database)"
    // Of a host that is not this machine only the name counts here: it is connected to by the address.
    url += "?hostaddr=127.0.0.1&sslmode=verify-full"
    if authority { url += "&sslrootcert=\(certificates.authorityFile)" }
    let address = try LedgerAddress(url: url, password: PostgresServer.password)
    return try await LedgerFacts.ask(address, within: patience)
  }

  @Test("The right certificate for the right host is taken")
  func right() async throws {
    #expect(try await ask(.good, host: "localhost").isEncrypted)
  }

  @Test(
    "Any other is refused",
    arguments: [
      (TestCertificates.Kind.good, "elsewhere.example", true), (.other, "localhost", true),
      (.expired, "localhost", true), (.early, "localhost", true), (.selfSigned, "localhost", true),
      (.good, "localhost", false),
    ])
  func wrong(kind: TestCertificates.Kind, host: String, authority: Bool) async throws {
    let error = await #expect(throws: LedgerError.self) {
      try await ask(kind, host: host, authority: authority)
    }
    guard case .unreachable(let message) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(message.contains("certificate"))
    #expect(!message.contains(PostgresServer.password))
  }

  @Test("A server without encryption is refused where it is asked for")
  func none() async throws {
    let server = try await PostgresServer.shared()
    let url = server.url(
      "postgres", "?sslmode=verify-full&sslrootcert=/etc/ssl/certs/ca-certificates.crt")
    let address = try LedgerAddress(url: url, password: PostgresServer.password)
    let error = await #expect(throws: LedgerError.self) { try await LedgerFacts.ask(address) }
    guard case .unreachable(let message) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(message.contains("SSL"))
  }
}
