import CheckIn
import Foundation
import PostgresServer
import Testing

@testable import SharedLedger

@Suite("What a connection is set up with") struct SessionTests {
  @Test("Settings of the role and the database do not count")
  func settings() async throws {
    let ledger = try await LedgerUnderTest()
    try ledger.server.query(
      """
      CREATE SCHEMA evil;
      CREATE FUNCTION evil.lower(text) RETURNS text LANGUAGE sql AS $$ SELECT '' $$;
      CREATE TABLE evil.meta (version integer);
      GRANT USAGE ON SCHEMA evil TO PUBLIC;
      ALTER ROLE \(ledger.role) SET search_path = evil, pg_catalog;
      ALTER ROLE \(ledger.role) SET synchronous_commit = off;
      ALTER ROLE \(ledger.role) SET lock_timeout = 0;
      ALTER ROLE \(ledger.role) SET default_transaction_isolation = serializable;
      ALTER ROLE \(ledger.role) SET timezone = 'Asia/Kathmandu';
      ALTER DATABASE \(ledger.database) SET idle_in_transaction_session_timeout = 0
      """, in: ledger.database)
    let connection = LedgerConnection(
      to: try ledger.address(), as: .scans(patience: .milliseconds(300)),
      opening: .current(ScanStatements.prepared))
    var found: [String: String] = [:]
    for name in [
      "search_path", "synchronous_commit", "lock_timeout", "statement_timeout", "TimeZone",
      "default_transaction_isolation", "idle_in_transaction_session_timeout", "client_encoding",
      "application_name",
    ] {
      found[name] =
        try await connection.ask([.once("SHOW \(name)")]).first?.rows.first?.first ?? nil
    }
    #expect(
      found == [
        "search_path": "pg_catalog,pg_temp", "synchronous_commit": "on", "lock_timeout": "200ms",
        "statement_timeout": "250ms", "TimeZone": "UTC",
        "default_transaction_isolation": "read committed",
        "idle_in_transaction_session_timeout": "1s", "client_encoding": "UTF8",
        "application_name": "doorcheck",
      ])
    await connection.close()
    let door = try ledger.door()
    #expect(try await door.admit(pass("p", code: "Code"), group: 1, allowed: 1, at: "d") == 1)
    #expect(try await door.admit(pass("q", code: "cODE"), group: 1, allowed: 1, at: "d") == 0)
    await door.close()
  }

  @Test("A server that waits for its standby keeps waiting for it")
  func synchronousCommit() async throws {
    let ledger = try await LedgerUnderTest()
    try ledger.server.query("ALTER ROLE \(ledger.role) SET synchronous_commit = remote_write")
    let connection = LedgerConnection(
      to: try ledger.address(), as: .background, opening: .current([]))
    let answer = try await connection.ask([.once("SHOW synchronous_commit")])
    #expect(answer.first?.rows == [["remote_write"]])
    await connection.close()
  }

  @Test("The password may stand in a file that nobody else can read", arguments: [0o600, 0o644])
  func passwordFile(permissions: Int) async throws {
    let ledger = try await LedgerUnderTest()
    let file = FileManager.default.temporaryDirectory.appending(path: "pgpass-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let password = PostgresServer.password.replacingOccurrences(of: ":", with: "\\:")
    try Data("127.0.0.1:*:*:\(ledger.role):\(password)\n".utf8).write(to: file)
    try FileManager.default.setAttributes(
      [.posixPermissions: permissions], ofItemAtPath: file.path)
    let address = try LedgerAddress(
      url: ledger.server.url(ledger.database, user: ledger.role, "?passfile=\(file.path)"))
    let door = PostgresLedger(address, patience: patience)
    if permissions == 0o600 {
      #expect(try await door.probe(within: patience) == ledger.setup.identity)
    } else {
      let error = await #expect(throws: LedgerError.self) {
        try await door.probe(within: patience)
      }
      guard case .unreachable(let message) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(message.contains("others can read"))
      #expect(!message.contains(PostgresServer.password))
    }
    await door.close()
  }

  @Test("A password in an error is struck out, and so are line ends and what acts on a terminal")
  func cleaned() {
    let text = "FATAL:  no s3cret\n\tfor \u{1B}[31ms3cret\u{202E}\0 door"
    let cleaned = ServerMessage.cleaned(text, without: ["s3cret", ""])
    #expect(cleaned.hasPrefix("FATAL: no ••• for"))
    #expect(!cleaned.contains("s3cret"))
    #expect(cleaned.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    let long = ServerMessage.cleaned(String(repeating: "x ", count: 2000), without: [])
    #expect(long.count == ServerMessage.longest)
  }
}
