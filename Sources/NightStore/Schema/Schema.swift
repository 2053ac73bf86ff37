import GRDB

/// The tables, and how a file is recognised as a store.
enum Schema {
  /// `PRAGMA application_id`: "DOOR".
  static let applicationID = 0x444F_4F52

  /// A shipped migration is never edited; what changes comes as a new one at the end.
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 passes, events, admissions, journal") {
      try $0.execute(sql: first)
    }
    migrator.registerMigration("2 reports to the service") { try $0.execute(sql: second) }
    migrator.registerMigration("3 service status, preloads") { try $0.execute(sql: third) }
    migrator.registerMigration("4 what the service had counted") { try $0.execute(sql: fourth) }
    migrator.registerMigration("5 admissions by code") { try $0.execute(sql: fifth) }
    migrator.registerMigration("6 admissions in the journal") { try $0.execute(sql: sixth) }
    migrator.registerMigration("7 order of answers, lists") { try $0.execute(sql: seventh) }
    migrator.registerMigration("8 order of reports") { try $0.execute(sql: eighth) }
    migrator.registerMigration("9 kinds of codes") { try $0.execute(sql: ninth) }
    migrator.registerMigration("10 several doors") { try $0.execute(sql: tenth) }
    migrator.registerMigration("11 out and in again") { try $0.execute(sql: eleventh) }
    migrator.registerMigration("12 fewer pages a commit") { try $0.execute(sql: twelfth) }
    return migrator
  }()

  /// Whether the file has every table, and no more than we know.
  /// - Throws: `StoreError.foreign` or `.newer` where it is not ours to touch.
  static func isCurrent(_ database: Database) throws -> Bool {
    let id = try Int.fetchOne(database, sql: "PRAGMA application_id")
    // A first opening that was interrupted leaves no more than the list of migrations.
    let others = try Int.fetchOne(
      database, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'")
    if id != applicationID, others != 0 { throw StoreError.foreign }
    let known = Set(migrator.migrations)
    let unknown = try migrator.appliedIdentifiers(database).subtracting(known)
    if !unknown.isEmpty { throw StoreError.newer(migrations: unknown.sorted()) }
    return try migrator.hasCompletedMigrations(database)
  }

  /// Looks at the end of every table, which takes no longer for a large one.
  static func probe(_ database: Database) throws {
    do {
      for (table, key) in [
        ("passes", "number"), ("unknown_codes", "code"), ("events", "rowid"), ("rates", "rowid"),
        ("admissions", "id"), ("journal", "id"), ("outbox", "rowid"), ("service_status", "id"),
        ("preloads", "rowid"), ("boots", "number"), ("lists", "number"), ("store", "number"),
      ] {
        _ = try Row.fetchOne(database, sql: "SELECT max(\(key)) FROM \(table)")
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
      // All migrations have run, and yet a table is missing.
      throw StoreError.damaged(detail: error.message ?? "a table is missing")
    }
  }

  static func checkWhole(_ database: Database) throws {
    try check(database, "quick_check(1)")
  }

  /// Up to so many admissions, all of them are looked at: 10,000 take about 20 ms.
  static let mostLookedAt: Int64 = 20_000

  /// Looks at who is in: every admission, and whether each index has it. Of what is too much for a
  /// start, `TonightsCopy` looks at the newest.
  static func checkLedger(_ database: Database) throws {
    let newest = try Int64.fetchOne(database, sql: "SELECT max(id) FROM admissions") ?? 0
    if newest <= mostLookedAt { try check(database, "integrity_check('admissions')") }
    try check(database, "quick_check('outbox')")
  }

  private static func check(_ database: Database, _ pragma: String) throws {
    let finding = try String.fetchOne(database, sql: "PRAGMA \(pragma)")
    if finding != "ok" {
      // A heading may come first; who is told has one line.
      let detail = finding?.split(separator: "\n").last.map(String.init)
      throw StoreError.damaged(detail: detail ?? "no answer")
    }
  }
}
