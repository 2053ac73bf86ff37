import Admission
import CheckIn
import Foundation
import PostgresServer
import SharedLedger
import Testing

@Suite("Setting a ledger up") struct SetupTests {
  private let server: PostgresServer
  private let database: String

  init() async throws {
    server = try await PostgresServer.shared()
    database = try server.newDatabase()
  }

  private func address(password: String = PostgresServer.password) throws -> LedgerAddress {
    try LedgerAddress(url: server.url(database), password: password)
  }

  @Test("Twice is once")
  func twice() async throws {
    let first = try await LedgerSetup.initialize(address())
    let door = PostgresLedger(try address(), patience: patience)
    try await door.deliver([admission(pass("p"))])
    let second = try await LedgerSetup.initialize(address())
    #expect(first.versionBefore == 0)
    #expect(second.versionBefore == second.identity.version)
    #expect(first.identity == second.identity)
    #expect(try await door.probe(within: patience) == first.identity)
    #expect(try await door.allChanges(after: nil).admissions.count == 1)
    await door.close()
  }

  @Test("Many at once make one ledger")
  func atOnce() async throws {
    let address = try address()
    let identities = try await withThrowingTaskGroup(of: LedgerIdentity.self) { group in
      for _ in 0..<6 {
        group.addTask { try await LedgerSetup.initialize(address).identity }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1.id) }
    }
    #expect(identities.count == 1)
  }

  @Test("A database without a ledger is told from one of another version")
  func notCurrent() async throws {
    let door = PostgresLedger(try address(), patience: patience)
    let expectNotCurrent = { (word: String) async in
      for ask in [
        { () async throws in _ = try await door.probe(within: patience) },
        { _ = try await door.hold(pass("p"), within: patience) },
        { try await door.deliver([admission(pass("p"))]) },
      ] {
        let error = await #expect(throws: LedgerError.self) { try await ask() }
        guard case .notCurrent(let message) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        #expect(message.contains(word))
      }
    }
    await expectNotCurrent("ledger init")
    _ = try await LedgerSetup.initialize(address())
    try server.query("UPDATE doorcheck.meta SET version = 99", in: database)
    // A probe sees it on a connection that stands, and any question on a new one.
    await #expect(throws: LedgerError.self) { try await door.probe(within: patience) }
    await door.close()
    await expectNotCurrent("newer")
    let error = await #expect(throws: LedgerError.self) {
      try await LedgerSetup.initialize(address())
    }
    guard case .notCurrent = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try server.query("SELECT version FROM doorcheck.meta", in: database) == [["99"]])
    await door.close()
  }

  @Test("A role that may not create a schema is told so")
  func noRights() async throws {
    let role = "nobody_\(database)"
    try server.query("CREATE ROLE \(role) LOGIN PASSWORD '\(PostgresServer.password)'")
    let address = try LedgerAddress(
      url: server.url(database, user: role), password: PostgresServer.password)
    let error = await #expect(throws: LedgerError.self) {
      try await LedgerSetup.initialize(address)
    }
    guard case .refused(let message) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(message.contains("42501"))
  }

  @Test("A database in another encoding is refused")
  func encoding() async throws {
    let name = "latin_\(database)"
    try server.query(
      "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    let address = try LedgerAddress(url: server.url(name), password: PostgresServer.password)
    await #expect(throws: LedgerError.refused("the database is in LATIN1; expected UTF8")) {
      try await LedgerSetup.initialize(address)
    }
  }

  @Test("The password is in no error", arguments: ["wrong p4ss", "x"])
  func password(wrong: String) async throws {
    let door = PostgresLedger(try address(password: wrong), patience: patience)
    let error = await #expect(throws: LedgerError.self) { try await door.probe(within: patience) }
    guard case .unreachable(let message) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(message.contains("authentication failed"))
    #expect(!message.contains(wrong))
    #expect(!message.contains("\n"))
  }

  @Test("The state of a ledger is told")
  func facts() async throws {
    let before = try await LedgerFacts.ask(address())
    #expect(before.identity == nil)
    #expect(!before.isCurrent)
    let setup = try await LedgerSetup.initialize(address())
    let door = PostgresLedger(try address(), patience: patience)
    try await door.deliver([admission(pass("p")), admission(pass("q"))])
    _ = try await door.beat(
      DoorBeat(id: "d", name: "Door", eventID: event, rules: "", isAlone: false, version: "1"))
    let facts = try await LedgerFacts.ask(address())
    #expect(facts.identity == setup.identity)
    #expect(facts.isCurrent)
    #expect((facts.doors, facts.admissions) == (1, 2))
    #expect(facts.serverVersion.split(separator: ".").first.flatMap { Int($0) } ?? 0 >= 13)
    #expect(facts.latency > .zero && facts.latency < .seconds(60))
    #expect(!facts.isReadOnly && !facts.isEncrypted)
    // The tests' server is not.
    #expect(!facts.isDurable)
    await door.close()
  }
}

@Suite("The least rights") struct RightsTests {
  @Test("The printed rights are enough for all that a door does")
  func enough() async throws {
    let ledger = try await LedgerUnderTest()
    let door = try ledger.door()
    _ = try await door.probe(within: patience)
    #expect(try await door.admit(pass("p"), group: 1, allowed: 1, at: "d") == 1)
    let own = admission(pass("q"), at: "d")
    try await door.deliver([own])
    try await door.confirm(own.id, within: patience)
    try await door.takeBack([own.id], of: "d", at: Date())
    let line = LedgerLine(
      number: 1, at: Date(), action: "scan", eventID: event, door: "D", code: "c")
    try await door.deliver([line], of: "d")
    _ = try await door.lastLine(of: "d")
    _ = try await door.beat(
      DoorBeat(id: "d", name: "D", eventID: event, rules: "", isAlone: false, version: "1"))
    _ = try await door.doors(thisDoor: "d")
    _ = try await door.allChanges(after: nil)
    _ = try await door.confirmed(of: "d", since: .distantPast)
    _ = try await door.admissions(of: "d", since: .distantPast)
    try await door.deleteOld(days: 7, but: event)
    await door.close()
  }

  @Test(
    "Anything more is refused",
    arguments: [
      "UPDATE doorcheck.meta SET version = 2", "DELETE FROM doorcheck.meta",
      "DROP TABLE doorcheck.admissions", "CREATE TABLE doorcheck.more (n integer)",
      "ALTER TABLE doorcheck.doors ADD COLUMN more integer", "TRUNCATE doorcheck.admissions",
      "UPDATE doorcheck.journal SET people = 99",
    ])
  func noMore(sql: String) async throws {
    let ledger = try await LedgerUnderTest()
    let error = #expect(throws: PostgresServer.Failure.self) {
      try ledger.server.query("SET ROLE \(ledger.role); \(sql)", in: ledger.database)
    }
    let words = error?.description ?? ""
    #expect(words.contains("permission denied") || words.contains("must be owner"))
  }
}
