import GRDB

/// A table of the new store, and how a row of it is recognised in the damaged one.
final class SalvagedTable {
  let name: String
  private let database: Database
  private let columns: [String]
  /// An older version's rows have fewer columns; the rest came later, at the end.
  private let counts: ClosedRange<Int>
  /// Whether the first column is the key, which a row does not hold itself.
  private let beginsWithKey: Bool
  private var insertions: [Int: Statement] = [:]

  /// - Parameter fewest: how many columns its first version had.
  init(_ name: String, fewest: Int, in database: Database) throws {
    self.name = name
    self.database = database
    let rows = try Row.fetchAll(
      database, sql: "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid",
      arguments: [name])
    columns = rows.map { $0["name"] }
    counts = fewest...max(fewest, columns.count)
    let (type, isKey): (String, Bool) = (rows[0]["type"], rows[0]["pk"])
    beginsWithKey = isKey && type == "INTEGER"
  }

  /// Whether the shape of a row is that of its own.
  func mayHold(_ row: TableRows.Row) -> Bool {
    counts.contains(row.values.count) && row.values[0].isNull == beginsWithKey && isSound(row)
  }

  /// Keeps a row that may be one of its own. One that is there already stays as it is.
  func keep(_ row: TableRows.Row) throws -> Bool {
    guard mayHold(row) else { return false }
    let count = row.values.count
    if insertions[count] == nil {
      let names = columns.prefix(count).map { "\"\($0)\"" }.joined(separator: ", ")
      let marks = Array(repeating: "?", count: count).joined(separator: ", ")
      insertions[count] = try database.makeStatement(
        sql: "INSERT INTO \(name) (\(names)) VALUES (\(marks))")
    }
    var values = row.values
    if beginsWithKey { values[0] = row.key.databaseValue }
    do {
      try insertions[count]?.execute(arguments: StatementArguments(values))
      return true
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      // Not one of its own, not what was written, or there already.
      // A statement that failed would tell of it again instead of taking the next row.
      insertions[count] = nil
      return false
    }
  }

  /// Whether what the service wrote can still be read: it would fail each look-up later.
  private func isSound(_ row: TableRows.Row) -> Bool {
    func text(_ column: String) -> String? {
      columns.firstIndex(of: column).flatMap { String.fromDatabaseValue(row.values[$0]) }
    }
    return switch name {
    case "passes": text("pass").flatMap { try? PassText.decode($0) } != nil
    case "journal":
      // An admission is made up for each; the key is as good as that of its table.
      columns.firstIndex(of: "admission_id")
        .flatMap { Int64.fromDatabaseValue(row.values[$0]) }.map(TableRows.keys.contains) ?? true
    case "rates": text("rates").flatMap { try? RateText.decode($0) } != nil
    default: true
    }
  }
}
