import GRDB

/// What is forgotten when an event is old.
enum PurgedRows: CaseIterable, Sendable {
  case passes, unknownCodes, journalCodes, admissionCodes

  /// Rows of one event that are older than a time.
  struct Old: Sendable {
    /// Nil: rows that belong to no event.
    fileprivate(set) var eventID: String?
    /// In seconds since 1970.
    fileprivate var before: Double
  }

  /// What there is to forget: everything of events that ended before `limit`; of those of which
  /// nobody knows when, what is older than it.
  func old(in database: Database, before limit: Double) throws -> [Old] {
    let events = """
      SELECT DISTINCT rows.event_id, coalesce(events.ends_at, events.starts_at + 86400) AS ends_at
      FROM %
      LEFT JOIN events ON events.id = rows.event_id
      """
    let sources: String
    switch self {
    case .passes: sources = "passes AS rows"
    case .unknownCodes: return [Old(eventID: nil, before: limit)]
    case .journalCodes: sources = "(SELECT event_id FROM journal WHERE code IS NOT NULL) AS rows"
    case .admissionCodes:
      sources = "(SELECT event_id FROM admissions WHERE code IS NOT NULL) AS rows"
    }
    return try Row.fetchAll(database, sql: events.replacing("%", with: sources)).compactMap {
      let end: Double? = $0["ends_at"]
      guard let end else { return Old(eventID: $0["event_id"], before: limit) }
      return end < limit ? Old(eventID: $0["event_id"], before: .greatestFiniteMagnitude) : nil
    }
  }

  /// Forgets at most `NightStore.rowsAtOnce` rows. How many it were.
  func purge(_ old: Old, in database: Database) throws -> Int {
    let most = NightStore.rowsAtOnce
    switch self {
    case .passes:
      try database.execute(
        sql: """
          DELETE FROM passes WHERE number IN (
            SELECT number FROM passes WHERE event_id = ? AND fetched_at < ? LIMIT ?)
          """,
        arguments: [old.eventID, old.before, most])
    case .unknownCodes:
      try database.execute(
        sql: """
          DELETE FROM unknown_codes WHERE (code, kind) IN (
            SELECT code, kind FROM unknown_codes WHERE fetched_at < ? LIMIT ?)
          """,
        arguments: [old.before, most])
    case .journalCodes:
      try forgetCodes(of: "journal", old, most: most, in: database)
    case .admissionCodes:
      try forgetCodes(of: "admissions", old, most: most, in: database)
    }
    return database.changesCount
  }

  private func forgetCodes(
    of table: String, _ old: Old, most: Int, in database: Database
  ) throws {
    try database.execute(
      sql: """
        UPDATE \(table) SET code = NULL WHERE id IN (
          SELECT id FROM \(table)
          WHERE event_id IS ? AND code IS NOT NULL AND at < ? LIMIT ?)
        """,
      arguments: [old.eventID, old.before, most])
  }
}

extension PurgeResult {
  mutating func count(_ rows: Int, of kind: PurgedRows) {
    switch kind {
    case .passes: passes += rows
    case .journalCodes, .admissionCodes: codes += rows
    case .unknownCodes: break
    }
  }
}
