import GRDB

/// A table of a damaged store, read around what cannot be read. No index is used: any may be wrong.
struct DamagedTable {
  let name: String
  let columns: [String]
  let database: Database

  /// No night comes near the end; a key beyond it is damage, and the next row would find no number.
  static let keys: ClosedRange<Int64> = 1...(1 << 40)

  /// Between two pages that cannot be read, rows are looked up one by one; at most so many.
  private static let mostLookUps: Int64 = 20_000

  private enum Order: String {
    case ascending = "ASC"
    case descending = "DESC"
  }

  /// Hands over each row that can be read once, the key first and then `columns`: up to the first
  /// page that cannot be read, from the end down to the last one, and what lies between.
  /// - Throws: what `take` throws, and nothing else.
  func forEachRow(until deadline: ContinuousClock.Instant, _ take: (Row) throws -> Void) throws {
    guard let above = try walk(.ascending, in: Self.keys, take),
      let between = try walk(.descending, in: above, take)
    else { return }
    guard let rows = try? database.makeStatement(sql: "\(selection) WHERE rowid = ?") else {
      return
    }
    let last = min(between.upperBound, between.lowerBound + Self.mostLookUps - 1)
    for key in between.lowerBound...last {
      if ContinuousClock.now > deadline { return }
      if let row = try? Row.fetchOne(rows, arguments: [key]) { try take(row) }
    }
  }

  private var selection: String {
    let names = (["rowid"] + columns.map { "\"\($0)\"" }).joined(separator: ", ")
    return "SELECT \(names) FROM \(name) NOT INDEXED"
  }

  /// - Returns: the keys that were not reached; nil where the end was.
  private func walk(
    _ order: Order, in keys: ClosedRange<Int64>, _ take: (Row) throws -> Void
  ) throws -> ClosedRange<Int64>? {
    let rows = try? Row.fetchCursor(
      database,
      sql: "\(selection) WHERE rowid BETWEEN ? AND ? ORDER BY rowid \(order.rawValue)",
      arguments: [keys.lowerBound, keys.upperBound])
    guard let rows else { return keys }
    var left = keys
    while true {
      let row: Row
      do {
        guard let next = try rows.next() else { return nil }
        row = next
      } catch {
        return left
      }
      let key: Int64 = row[0]
      // A page that points back would be read for ever.
      guard left.contains(key) else { return left }
      try take(row)
      if left.lowerBound == left.upperBound { return nil }
      switch order {
      case .ascending:
        if key == left.upperBound { return nil }
        left = (key + 1)...left.upperBound
      case .descending:
        if key == left.lowerBound { return nil }
        left = left.lowerBound...(key - 1)
      }
    }
  }
}
