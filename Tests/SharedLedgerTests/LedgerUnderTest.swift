import Admission
import CheckIn
import Foundation
import PostgresServer
import SharedLedger

/// A ledger of a test's own on a real server, and doors at it.
struct LedgerUnderTest {
  let server: PostgresServer
  let database: String
  let setup: LedgerSetup
  /// The role of the doors has the least rights.
  let role: String

  init(on server: PostgresServer? = nil) async throws {
    let server = if let server { server } else { try await PostgresServer.shared() }
    self.server = server
    database = try server.newDatabase()
    role = "door_\(database)"
    try server.query(
      "CREATE ROLE \(role) LOGIN PASSWORD '\(PostgresServer.password)'")
    setup = try await LedgerSetup.initialize(
      LedgerAddress(url: server.url(database), password: PostgresServer.password), role: role)
    for statement in setup.rights { try server.query(statement, in: database) }
  }

  func address(port: Int? = nil) throws -> LedgerAddress {
    try LedgerAddress(
      url: server.url(database, user: role, port: port), password: PostgresServer.password)
  }

  func door(port: Int? = nil) throws -> PostgresLedger {
    PostgresLedger(try address(port: port), patience: patience)
  }
}

/// How long a scan waits in tests where nothing fails: a busy machine is no fault.
let patience = Duration.seconds(20)

let event = "event"

func pass(_ id: String, kind: PassKind = .pass, code: String? = nil) -> PassAtEvent {
  PassAtEvent(kind: kind, id: id, eventID: event, code: code ?? "code-\(id)")
}

func admission(
  _ pass: PassAtEvent, people: Int = 1, allowed: Int = 1, at door: String = "door",
  id: AdmissionID = .new()
) -> LedgerAdmission {
  var admission = LedgerAdmission(
    id: id, doorID: door, door: "name of \(door)", eventID: pass.eventID, kind: pass.kind,
    passID: pass.id, code: pass.code, passType: "VIP", allowed: allowed, used: 0, people: people,
    at: Date(timeIntervalSince1970: 1_790_000_000.125), clockOffset: 0.25, countedIn: 0)
  admission.passAllows = allowed
  return admission
}

extension DoorsLedger {
  /// A scan of one door: admits what is left of the group, as the rules do.
  /// - Returns: who came in for certain.
  func admit(
    _ pass: PassAtEvent, group: Int, allowed: Int, at door: String,
    within patience: Duration = patience
  ) async throws(LedgerError) -> Int {
    let hold = try await hold(pass, within: patience)
    let inside = hold.admissions.reduce(0) { $0 + $1.standing }
    let people = min(group, allowed - inside)
    guard people > 0 else {
      hold.release()
      return 0
    }
    hold.record(admission(pass, people: people, allowed: allowed, at: door))
    return await hold.isRecorded(within: patience) ? people : 0
  }

  /// All changes since a cursor, page after page.
  func allChanges(
    after cursor: String?, besides doorID: String = "nobody"
  ) async throws -> LedgerChanges {
    var all = try await changes(after: cursor, besides: doorID)
    while all.hasMore {
      let page = try await changes(after: all.cursor, besides: doorID)
      all.admissions += page.admissions
      (all.cursor, all.hasMore) = (page.cursor, page.hasMore)
    }
    return all
  }
}

/// Asks again as long as another door has the pass.
func untilFree<Value>(_ ask: () async throws(LedgerError) -> Value) async throws(LedgerError)
  -> Value
{
  while true {
    do { return try await ask() } catch LedgerError.busy { continue }
  }
}
