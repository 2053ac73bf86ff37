import GRDB

/// Adds admissions to a store that lacks them, with their lines in the journal and their reports.
struct LedgerMerge {
  let store: Database

  /// A new store goes on under the id by which a ledger knows this door, unless its own is known there.
  func goOn(asStore id: String?) throws {
    guard let id, let now = try StoreRow.fetch(store), now.id != id, now.ledgerID == nil else {
      return
    }
    try StoreRow.set(id: id, in: store)
  }

  /// - Returns: how many admissions were missing.
  func add(_ admissions: [Row], lines: [Row], reports: [Row]) throws -> Int {
    try Salvage.withoutRuleOfNewAdmissions(in: store) {
      var numbers: [Int64: Int64] = [:]
      var added: Set<Int64> = []
      for admission in admissions {
        let number: Int64 = admission["id"]
        if let there = try find(admission) {
          numbers[number] = there
        } else {
          numbers[number] = try insert(admission)
          added.insert(number)
        }
      }
      for line in lines { try add(line, numbers) }
      for report in reports {
        let number: Int64 = report["admission_id"]
        guard added.contains(number), let there = numbers[number] else { continue }
        try insert(report, into: "outbox", ["admission_id": there.databaseValue])
      }
      try Salvage.bringTogether(in: store)
      return added.count
    }
  }

  /// The same admission, whatever has become of it.
  private func find(_ admission: Row) throws -> Int64? {
    let byName = try Int64.fetchOne(
      store.cachedStatement(sql: "SELECT id FROM admissions WHERE entry_id = ?"),
      arguments: [admission["entry_id"]])
    if let byName { return byName }
    return try Int64.fetchOne(
      store.cachedStatement(
        sql: """
          SELECT id FROM admissions
          WHERE id = ? AND at = ? AND door = ? AND pass_id IS ? AND pass_kind = ?
            AND origin IS NULL
          """),
      arguments: [
        admission["id"], admission["at"], admission["door"], admission["pass_id"],
        admission["pass_kind"],
      ])
  }

  private func insert(_ admission: Row) throws -> Int64 {
    let isTaken = try Bool.fetchOne(
      store.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM admissions WHERE id = ?)"),
      arguments: [admission["id"]])
    let sequence = try Int64.fetchOne(
      store.cachedStatement(
        sql: "SELECT 1 + max(sequence) FROM admissions WHERE pass_id = ? AND event_id = ?"),
      arguments: [admission["pass_id"], admission["event_id"]])
    var changes: [String: DatabaseValue] = [:]
    if isTaken == true { changes["id"] = .null }
    if let sequence { changes["sequence"] = sequence.databaseValue }
    // What the ledger has of it is found out anew.
    if admission["origin"] == nil { changes["delivered"] = try undelivered() }
    try insert(admission, into: "admissions", changes)
    return store.lastInsertedRowID
  }

  private func undelivered() throws -> DatabaseValue {
    let zero = try Int64.fetchOne(
      store.cachedStatement(sql: "SELECT 0 FROM store WHERE ledger_id IS NOT NULL"))
    return zero.databaseValue
  }

  private func add(_ line: Row, _ numbers: [Int64: Int64]) throws {
    guard let number: Int64 = line["admission_id"], let there = numbers[number] else { return }
    let isThere = try Bool.fetchOne(
      store.cachedStatement(
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM journal
            WHERE admission_id = ? AND action = ? AND at = ? AND people = ? AND back = ? AND gone = ?)
          """),
      arguments: [
        there, line["action"], line["at"], line["people"], line["back"], line["gone"],
      ])
    if isThere == true { return }
    try insert(line, into: "journal", ["id": .null, "admission_id": there.databaseValue])
  }

  private func insert(
    _ row: Row, into table: String, _ changes: [String: DatabaseValue]
  ) throws {
    let names = row.columnNames.map { "\"\($0)\"" }.joined(separator: ", ")
    let marks = row.columnNames.map { _ in "?" }.joined(separator: ", ")
    let values = row.map { name, value in changes[name] ?? value }
    try store.cachedStatement(sql: "INSERT INTO \(table) (\(names)) VALUES (\(marks))")
      .execute(arguments: StatementArguments(values))
  }
}
