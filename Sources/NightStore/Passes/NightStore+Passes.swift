package import Admission
package import FoundationEssentials
import GRDB

extension NightStore {
  /// Stores passes, a few in each transaction, so that a page of them holds up no scan. An answer
  /// never takes the place of one that was received later.
  /// - Parameters:
  ///   - fetchedAt: when the answer was asked for, by the wall clock, so that nothing that happened
  ///     since is taken to be in it.
  ///   - eventID: the event whose end decides how long the passes are kept.
  ///   - list: of which they are a page; nil for the answer to a look-up.
  ///   - receivedAt: seconds on the monotonic clock; nil: just now.
  ///   - askedAt: as `fetchedAt`, in seconds on the monotonic clock; nil where that is not known.
  package func store(
    passes: [Pass], fetchedAt: Date, eventID: String, list: PassList? = nil,
    receivedAt: TimeInterval? = nil, askedAt: TimeInterval? = nil
  ) async throws(StoreError) {
    let uptime = receivedAt ?? AnswerOrder.uptime()
    let rows: [PassRow]
    do {
      // Outside the transaction: nobody waits for this.
      rows = try passes.map(PassRow.init)
    } catch {
      throw StoreError(error)
    }
    for start in stride(from: 0, to: rows.count, by: Self.rowsAtOnce) {
      if start > 0 { await letOthersWrite() }
      let some = rows[start..<min(start + Self.rowsAtOnce, rows.count)]
      try await write(on: pool) { database in
        let order = try AnswerOrder.of(uptime: uptime, in: database)
        let askedOrder = try askedAt.map { try AnswerOrder.of(uptime: $0, in: database) }
        for row in some {
          try row.store(
            in: database, fetchedAt: fetchedAt, askedOrder: askedOrder, order: order,
            eventID: eventID)
          if let list { try row.note(in: list, in: database) }
        }
      }
    }
  }

  /// Stores the answer to a look-up, unless one was received later.
  /// - Parameters:
  ///   - asked: when the service was asked for it.
  ///   - receivedAt: seconds on the monotonic clock.
  package func remember(
    _ pass: Pass, eventID: String, asked: Moment, receivedAt: TimeInterval
  ) async throws(StoreError) {
    try await store(
      passes: [pass], fetchedAt: asked.wall, eventID: eventID, receivedAt: receivedAt,
      askedAt: asked.uptime)
  }

  /// Stores that the service knows no pass of this very code.
  /// - Parameters:
  ///   - kinds: as which it was asked for the code.
  ///   - askedAt: when the answer was asked for.
  ///   - receivedAt: seconds on the monotonic clock.
  package func rememberUnknown(
    code: String, kinds: [PassKind] = [.pass], askedAt: Date, receivedAt uptime: TimeInterval
  ) async throws(StoreError) {
    try await write(on: pool) { database in
      let order = try AnswerOrder.of(uptime: uptime, in: database)
      for kind in kinds {
        try database.cachedStatement(
          sql: """
            INSERT INTO unknown_codes (code, kind, fetched_at, received_order) VALUES (?, ?, ?, ?)
            ON CONFLICT (code, kind) DO UPDATE SET
              fetched_at = excluded.fetched_at, received_order = excluded.received_order
            WHERE excluded.received_order >= received_order
            """
        ).execute(arguments: [code, kind.rawValue, askedAt.timeIntervalSince1970, order])
      }
    }
  }

  /// Passes of some kinds whose code or name holds every word of `text`, without regard to case and
  /// accents; by name. Reads every stored pass once at most.
  package func find(
    _ text: String, kinds: [PassKind] = [.pass], limit: Int
  ) async throws(StoreError) -> [StoredPass] {
    let words = SearchText.words(text)
    guard !words.isEmpty, limit > 0 else { return [] }
    return try await read { database in
      let conditions = words.map { _ in "instr(search_text, ?) > 0" }.joined(separator: " AND ")
      return try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT pass, fetched_at FROM passes WHERE \(conditions) AND kind IN \(kinds.sqlList)
            LIMIT ?
            """),
        arguments: StatementArguments(words) + [limit]
      )
      .map(Self.storedPass)
      .sorted {
        ($0.pass.customerName ?? "", $0.pass.code) < ($1.pass.customerName ?? "", $1.pass.code)
      }
    }
  }

  /// How many passes of some kinds are stored for an event.
  package func passesStored(
    eventID: String, kinds: [PassKind] = [.pass]
  ) async throws(StoreError) -> Int {
    try await read { database in
      try Int.fetchOne(
        database,
        sql: "SELECT count(*) FROM passes WHERE event_id = ? AND kind IN \(kinds.sqlList)",
        arguments: [eventID]) ?? 0
    }
  }

  private static func storedPass(_ row: Row) throws -> StoredPass {
    StoredPass(
      pass: try PassText.decode(row["pass"]),
      fetchedAt: Date(timeIntervalSince1970: row["fetched_at"]))
  }
}

/// A pass, ready to be written.
private struct PassRow: Sendable {
  let kind: PassKind
  let id: String
  let code: String
  let searchText: String
  let text: String

  init(_ pass: Pass) throws {
    kind = pass.kind
    // One without an `_id` of its own is told from others by its code.
    id = pass.id.isEmpty ? pass.code : pass.id
    code = pass.code
    searchText = SearchText.of(pass)
    text = try PassText.encode(pass)
  }

  func store(
    in database: Database, fetchedAt: Date, askedOrder: Double?, order: Double, eventID: String
  ) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO passes (
          kind, id, code, event_id, fetched_at, asked_order, received_order, search_text, pass)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (kind, id) DO UPDATE SET
          code = excluded.code, event_id = excluded.event_id, fetched_at = excluded.fetched_at,
          asked_order = excluded.asked_order, received_order = excluded.received_order,
          search_text = excluded.search_text,
          pass = excluded.pass
        WHERE excluded.received_order >= received_order
        """
    ).execute(arguments: [
      kind.rawValue, id, code, eventID, fetchedAt.timeIntervalSince1970, askedOrder, order,
      searchText, text,
    ])
  }

  func note(in list: PassList, in database: Database) throws {
    try database.cachedStatement(
      sql: """
        UPDATE passes SET listed_in = ?1
        WHERE kind = ?2 AND id = ?3 AND coalesce(listed_in, 0) < ?1
        """
    ).execute(arguments: [list.number, kind.rawValue, id])
  }
}

extension NightStore {
  /// What the rules make of the passes of a kind that are stored for an event. One is read at a time.
  package func refusalForecast(
    eventID: String, kind: PassKind = .pass, rules: Rules
  ) async throws(StoreError) -> RefusalForecast {
    try await read { database in
      var forecast = RefusalForecast(eventID: eventID, rules: rules)
      let passes = try String.fetchCursor(
        database, sql: "SELECT pass FROM passes WHERE event_id = ? AND kind = ?",
        arguments: [eventID, kind.rawValue])
      while let pass = try passes.next() { forecast.add(try PassText.decode(pass)) }
      return forecast
    }
  }
}
