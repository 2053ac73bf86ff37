package import CheckIn

/// Sets the shared ledger up: `doorcheck ledger init`. A door never does.
package struct LedgerSetup: Sendable, Equatable {
  package var identity: LedgerIdentity
  /// The version that was found; 0 where there was no ledger.
  package var versionBefore: Int
  /// SQL that gives a role the least rights that a door needs.
  package var rights: [String]

  /// The role that the printed rights are for, unless somebody names another.
  package static let defaultRole = "doorcheck_door"

  /// Creates the schema or brings it to this version, in one transaction; where it is current, changes
  /// nothing.
  /// - Parameter role: to whom the rights in the answer are given.
  /// - Throws: `notCurrent` where a newer version has set it up; `refused` where the role of the URL may
  ///   not create a schema.
  package static func initialize(
    _ address: LedgerAddress, role: String = defaultRole, within patience: Duration = .seconds(30)
  ) async throws(LedgerError) -> LedgerSetup {
    let connection = LedgerConnection(to: address, as: .setup)
    do throws(LedgerError) {
      let setup = try await connection.perform(within: patience) {
        (session, deadline) throws(LedgerError) in
        try initialize(in: &session, role: role, until: deadline)
      }
      await connection.close()
      return setup
    } catch {
      await connection.close()
      throw error
    }
  }

  /// Any number that nothing else in the database locks.
  private static let lock = "7236815549"

  private static func initialize(
    in session: inout Session, role: String, until deadline: Deadline
  ) throws(LedgerError) -> LedgerSetup {
    // Two at once: the second waits, and finds all done.
    let start = try session.ask(
      [
        .once("BEGIN"), .once("SELECT pg_advisory_xact_lock($1::bigint)", [lock]),
        .once(
          """
          SELECT to_regclass('doorcheck.meta') IS NOT NULL, current_setting('server_encoding'),
            current_database()
          """),
      ], until: deadline)
    let facts = start.last?.rows.first ?? []
    guard facts.count == 3, let database = facts[2] else { throw .refused("no answer") }
    guard facts[1] == "UTF8" else {
      throw .refused("the database is in \(facts[1] ?? "another encoding"); expected UTF8")
    }
    var before = 0
    if facts[0] == "t" {
      let found = try session.continue(
        [.once("SELECT version FROM doorcheck.meta")], until: deadline)
      before = found.first?.rows.first?[0].flatMap { Int($0) } ?? 0
    }
    guard before <= LedgerSchema.version else {
      session.close()
      throw .notCurrent("the ledger was set up by a newer doorcheck (version \(before))")
    }
    let changes = LedgerSchema.migrations[before...].flatMap { $0 }.map { Statement.once($0) }
    let version = "\(LedgerSchema.version)"
    let done = try session.continue(
      changes + [
        before == 0
          ? .once("INSERT INTO doorcheck.meta (version) VALUES ($1::integer)", [version])
          : .once(
            "UPDATE doorcheck.meta SET version = $1::integer WHERE version <> $1::integer",
            [version]),
        // Restored from a dump into another server, where these transactions have not been yet.
        .once(
          """
          UPDATE doorcheck.admissions SET changed_by = pg_current_xact_id()
          WHERE changed_by > pg_current_xact_id()
          """),
        .once("SELECT ledger FROM doorcheck.meta"), .once("COMMIT"),
      ], until: deadline)
    guard let id = done.dropLast().last?.rows.first?[0] else { throw .refused("no answer") }
    return LedgerSetup(
      identity: LedgerIdentity(id: id, version: LedgerSchema.version), versionBefore: before,
      rights: LedgerRights.statements(for: role, database: database))
  }
}
