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
  ///   - askedAt: when the answer was asked for.
  ///   - receivedAt: seconds on the monotonic clock.
  package func rememberUnknown(
    code: String, kinds: [PassKind] = [.pass], askedAt: Date, receivedAt uptime: TimeInterval
  ) async throws(StoreError) {
    try await write(on: pool) { database in
      try database.cachedStatement(
        sql: """
          INSERT INTO unknown_codes (code, fetched_at, received_order) VALUES (?, ?, ?)
          ON CONFLICT (code) DO UPDATE SET
            fetched_at = excluded.fetched_at, received_order = excluded.received_order
          WHERE excluded.received_order >= received_order
          """
      ).execute(arguments: [
        code, askedAt.timeIntervalSince1970,
        try AnswerOrder.of(uptime: uptime, in: database),
      ])
    }
  }

  /// The answer about a code that was received last; nil where none is stored, where passes that
  /// differ in case alone leave open which one is meant, and where a later list lacks the pass.
  /// - Parameter eventID: tonight's event, whose newest complete list is asked; nil: none is.
  package func storedAnswer(
    code: String, eventID: String? = nil, kinds: [PassKind] = [.pass]
  ) async throws(StoreError) -> StoredAnswer? {
    try await read { database in
      let row = try Self.storedRow(code: code, in: database)
      // Unknown by its own spelling, a pass is gone for every other one, too.
      for spelling in [code, row?.pass.code].compactMap(\.self) {
        let unknown = try Row.fetchOne(
          database.cachedStatement(
            sql: "SELECT fetched_at, received_order FROM unknown_codes WHERE code = ?"),
          arguments: [spelling])
        guard let unknown else { continue }
        let fetchedAt = Date(timeIntervalSince1970: unknown["fetched_at"])
        guard let row else { return .unknown(fetchedAt: fetchedAt) }
        if (unknown["received_order"], fetchedAt) > (row.order, row.fetchedAt) {
          return .unknown(fetchedAt: fetchedAt)
        }
      }
      guard let row else { return nil }
      if let eventID, try Self.isLeftOut(row, ofTonight: eventID, in: database) { return nil }
      return .found(
        StoredPass(
          pass: row.pass, fetchedAt: row.fetchedAt, asked: row.askedOrder.map(AnswerMoment.stored)))
    }
  }

  /// The first of the kinds of which the code is stored.
  package func storedKind(
    of code: String, among kinds: [PassKind]
  ) async throws(StoreError) -> PassKind? {
    try await read { database in try Self.storedRow(code: code, in: database)?.pass.kind }
  }

  /// The stored pass with a code, whatever else is stored about the code.
  package func storedPass(code: String) async throws(StoreError) -> StoredPass? {
    try await read { database in
      try Self.storedRow(code: code, in: database).map {
        StoredPass(pass: $0.pass, fetchedAt: $0.fetchedAt)
      }
    }
  }

  /// Passes whose code or name holds every word of `text`, without regard to case and accents; by
  /// name. Reads every stored pass once at most.
  package func find(_ text: String, limit: Int) async throws(StoreError) -> [StoredPass] {
    let words = SearchText.words(text)
    guard !words.isEmpty, limit > 0 else { return [] }
    return try await read { database in
      let conditions = words.map { _ in "instr(search_text, ?) > 0" }.joined(separator: " AND ")
      return try Row.fetchAll(
        database.cachedStatement(
          sql: "SELECT pass, fetched_at FROM passes WHERE \(conditions) LIMIT ?"),
        arguments: StatementArguments(words) + [limit]
      )
      .map(Self.storedPass)
      .sorted {
        ($0.pass.customerName ?? "", $0.pass.code) < ($1.pass.customerName ?? "", $1.pass.code)
      }
    }
  }

  /// How many passes are stored for an event.
  package func passesStored(eventID: String) async throws(StoreError) -> Int {
    try await read { database in
      try Int.fetchOne(
        database, sql: "SELECT count(*) FROM passes WHERE event_id = ?", arguments: [eventID]) ?? 0
    }
  }

  /// A stored pass, and what is known of its answer.
  struct StoredRow {
    var pass: Pass
    var fetchedAt: Date
    var order: Double
    /// When it was asked for; nil where that is not known.
    var askedOrder: Double?
    /// The newest list that held it, 0 where none did.
    var listedIn: Int64

    fileprivate init(_ row: Row) throws {
      pass = try PassText.decode(row["pass"])
      fetchedAt = Date(timeIntervalSince1970: row["fetched_at"])
      order = row["received_order"]
      askedOrder = row["asked_order"]
      listedIn = row["listed_in"] ?? 0
    }
  }

  static func storedRow(code: String, in database: Database) throws -> StoredRow? {
    let candidates = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT pass, fetched_at, received_order, asked_order, listed_in FROM passes
          WHERE code = ?
          ORDER BY received_order DESC, fetched_at DESC LIMIT 20
          """),
      arguments: [code]
    )
    .map(StoredRow.init)
    .filter { isSameCode($0.pass.code, code) }
    if let exact = candidates.first(where: { $0.pass.code.utf8.elementsEqual(code.utf8) }) {
      return exact
    }
    guard let newest = candidates.first,
      candidates.allSatisfy({ $0.pass.code.utf8.elementsEqual(newest.pass.code.utf8) })
    else { return nil }
    return newest
  }

  private static func storedPass(_ row: Row) throws -> StoredPass {
    StoredPass(
      pass: try PassText.decode(row["pass"]),
      fetchedAt: Date(timeIntervalSince1970: row["fetched_at"]))
  }
}

/// A pass, ready to be written.
private struct PassRow: Sendable {
  let id: String
  let code: String
  let searchText: String
  let text: String

  init(_ pass: Pass) throws {
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
          id, code, event_id, fetched_at, asked_order, received_order, search_text, pass)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
          code = excluded.code, event_id = excluded.event_id, fetched_at = excluded.fetched_at,
          asked_order = excluded.asked_order, received_order = excluded.received_order,
          search_text = excluded.search_text,
          pass = excluded.pass
        WHERE excluded.received_order >= received_order
        """
    ).execute(arguments: [
      id, code, eventID, fetchedAt.timeIntervalSince1970, askedOrder, order, searchText, text,
    ])
  }

  func note(in list: PassList, in database: Database) throws {
    try database.cachedStatement(
      sql: "UPDATE passes SET listed_in = ?1 WHERE id = ?2 AND coalesce(listed_in, 0) < ?1"
    ).execute(arguments: [list.number, id])
  }
}

extension NightStore {
  /// What the rules make of the passes that are stored for an event. One is read at a time.
  package func refusalForecast(
    eventID: String, rules: Rules
  ) async throws(StoreError) -> RefusalForecast {
    try await read { database in
      var forecast = RefusalForecast(eventID: eventID, rules: rules)
      let passes = try String.fetchCursor(
        database, sql: "SELECT pass FROM passes WHERE event_id = ?", arguments: [eventID])
      while let pass = try passes.next() { forecast.add(try PassText.decode(pass)) }
      return forecast
    }
  }
}
