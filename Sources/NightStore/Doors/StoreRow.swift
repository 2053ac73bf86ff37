import GRDB

/// What the store says of itself: by which name the ledger knows this door, and how far it has read
/// there.
struct StoreRow: Sendable, Equatable {
  var id: String
  var ledgerID: String?
  var cursor: String?
  /// Seconds by which this box's clock is ahead of that ledger's; nil where nobody knows.
  var clockOffset: Double?

  /// - Returns: nil where the row is lost.
  static func fetch(_ database: Database) throws -> StoreRow? {
    try Row.fetchOne(
      database.cachedStatement(sql: "SELECT id, ledger_id, cursor, clock_offset FROM store")
    ).map {
      StoreRow(
        id: $0["id"], ledgerID: $0["ledger_id"], cursor: $0["cursor"],
        clockOffset: $0["clock_offset"])
    }
  }

  /// The id of the store; it gets a new one where that is lost.
  static func id(in database: Database) throws -> String {
    if let row = try fetch(database) { return row.id }
    try database.execute(
      sql: "INSERT OR IGNORE INTO store (number, id) VALUES (1, lower(hex(randomblob(16))))")
    return try fetch(database)?.id ?? ""
  }

  /// Goes on as the store that had this id.
  static func set(id: String, in database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO store (number, id) VALUES (1, ?1) ON CONFLICT DO UPDATE
        SET id = ?1, ledger_id = NULL, cursor = NULL
        """,
      arguments: [id])
  }

  /// From now on that ledger is meant: of another one's cursor, and of what that has, nothing is left.
  static func use(ledger id: String, in database: Database) throws -> StoreRow? {
    guard var row = try fetch(database), row.ledgerID != id else { return try fetch(database) }
    try database.execute(
      sql: "UPDATE store SET ledger_id = ?, cursor = NULL, clock_offset = NULL", arguments: [id])
    try database.execute(sql: "UPDATE admissions SET delivered = 0 WHERE origin IS NULL")
    (row.ledgerID, row.cursor, row.clockOffset) = (id, nil, nil)
    return row
  }
}
