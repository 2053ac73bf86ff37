import GRDB

/// Takes over what a damaged store still tells, above all who is in: who was forgotten would be let
/// in a second time.
///
/// Every page is read by itself, so it does not matter which other one is broken. A row is known by
/// its shape: the new store's tables take only what can be theirs.
struct Salvage {
  let source: StorePages
  let target: Database
  let deadline: ContinuousClock.Instant

  /// Beyond it, in seconds, what can be fetched anew is left.
  private static let patience = 1.5

  /// The tables that come over first, with how many columns their first version had. Lists of passes that
  /// were complete are no more: `preloads` and `lists` stay empty.
  private static let tables = [
    "admissions": 18, "journal": 15, "outbox": 7, "events": 5, "service_status": 4, "rates": 3,
    "store": 3,
  ]
  private static let passes = "passes"
  /// Numbers that were given; two columns.
  private static let sequences = ["admissions", "journal"]

  /// Copies in one transaction, and changes nothing in the damaged file. One that cannot be read at
  /// all gives nothing.
  /// - Parameters:
  ///   - files: of the damaged store.
  ///   - queue: of a store with all its tables.
  /// - Returns: how many admissions the store has now.
  /// - Throws: where the new store cannot be written.
  static func copy(from files: StoreFiles, to queue: DatabaseQueue) throws -> Int {
    let deadline = ContinuousClock.now + .seconds(patience)
    guard let source = StorePages(files) else { return 0 }
    return try queue.inDatabase { target in
      try target.immediately {
        try Salvage(source: source, target: $0, deadline: deadline).copy()
        return try Int.fetchOne($0, sql: "SELECT count(*) FROM admissions") ?? 0
      }
    }
  }

  private func copy() throws {
    // An entry may come over whose admission does not.
    try target.execute(sql: "PRAGMA defer_foreign_keys = ON")
    // The damaged one's id takes the place of the one that this store was made with.
    let ownID = try StoreRow.id(in: target)
    try target.execute(sql: "DELETE FROM store")
    try Self.withoutRuleOfNewAdmissions(in: target) {
      try copyRows()
      try recallLostAdmissions()
      try Self.bringTogether(in: target)
    }
    try keepAnswersInOrder()
    try askLedgerAnew(ownID)
  }

  /// What was delivered, and read of other doors, is asked for and delivered again; what was changed
  /// before is older than what stands here now.
  private func askLedgerAnew(_ ownID: String) throws {
    try StoreRow.set(id: try StoreRow.fetch(target)?.id ?? ownID, in: target)
    try target.execute(
      sql: """
        UPDATE admissions SET delivered = NULL, revision = iif(origin IS NOT NULL, 0,
          max(revision + 1, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)))
        """)
  }

  /// What an admission had to keep to when it was made need not hold of it as it has become since.
  static func withoutRuleOfNewAdmissions<Value>(
    in store: Database, _ work: () throws -> Value
  ) throws -> Value {
    let rule = "admissions_never_exceed"
    let trigger = try String.fetchOne(
      store, sql: "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?",
      arguments: [rule])
    try store.execute(sql: "DROP TRIGGER IF EXISTS \(rule)")
    let value = try work()
    if let trigger { try store.execute(sql: trigger) }
    return value
  }

  private func copyRows() throws {
    let rows = TableRows(pages: source)
    let tables = try Self.tables.map { try SalvagedTable($0.key, fewest: $0.value, in: target) }
    let passes = try SalvagedTable(Self.passes, fewest: 7, in: target)
    var pagesOfPasses: [Int] = []
    var newest: [String: Int64] = [:]
    for number in 1...max(1, source.count) {
      let onPage = rows.rows(onPage: number)
      if onPage.contains(where: passes.mayHold) {
        pagesOfPasses.append(number)
        continue
      }
      for row in onPage where try !tables.contains(where: { try $0.keep(row) }) {
        if let (table, given) = Self.sequence(row) {
          newest[table] = max(given, newest[table] ?? 0)
        }
      }
    }
    try keepNumbersApart(given: newest)
    for number in pagesOfPasses {
      if ContinuousClock.now > deadline { return }
      for row in rows.rows(onPage: number) { _ = try passes.keep(row) }
    }
  }

  private static func sequence(_ row: TableRows.Row) -> (String, Int64)? {
    guard row.values.count == 2, let table = String.fromDatabaseValue(row.values[0]),
      sequences.contains(table), let given = Int64.fromDatabaseValue(row.values[1]),
      TableRows.keys.contains(given)
    else { return nil }
    return (table, given)
  }

  /// No list is known to be complete, and what is received from now on comes after all that is stored.
  private func keepAnswersInOrder() throws {
    try target.execute(sql: "UPDATE passes SET listed_in = NULL")
    let newest =
      try Double.fetchOne(
        target,
        sql: """
          SELECT max(o) FROM (
            SELECT max(received_order) AS o FROM passes
            UNION ALL SELECT max(reported_order) FROM admissions
            UNION ALL SELECT max(acknowledged_order) FROM admissions)
          """) ?? 0
    try AnswerOrder.leaveBehind(newest, in: target)
  }

  /// How many numbers stay free: whoever still has the damaged file open may have given some of them
  /// there meanwhile.
  private static let gap: Int64 = 1_000

  /// A number that was given to an admission which is lost, or by somebody who has the damaged file
  /// open still, is not given to another one.
  private func keepNumbersApart(given newest: [String: Int64]) throws {
    for table in Self.sequences {
      let kept = try Int64.fetchOne(target, sql: "SELECT max(id) FROM \(table)") ?? 0
      let last = max(kept, newest[table] ?? 0)
      guard last > 0 else { continue }
      try target.execute(
        sql: """
          INSERT INTO sqlite_sequence (name, seq)
          SELECT ?1, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)
          """,
        arguments: [table])
      try target.execute(
        sql: "UPDATE sqlite_sequence SET seq = ? WHERE name = ?",
        arguments: [last + Self.gap, table])
    }
  }
}
