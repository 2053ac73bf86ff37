package import Admission
package import FoundationEssentials
import GRDB

extension NightStore {
  /// Stores passes, a few in each transaction, so that a page of them holds up no scan. An answer
  /// never takes the place of a newer one; one that is
  /// over a day older does, because then it was the clock that was put right.
  /// - Parameters:
  ///   - fetchedAt: when the answer was asked for, so that nothing that happened since is taken to
  ///     be in it.
  ///   - eventID: the event whose end decides how long the passes are kept.
  package func store(
    passes: [Pass], fetchedAt: Date, eventID: String
  ) async throws(StoreError) {
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
        for row in some { try row.store(in: database, fetchedAt: fetchedAt, eventID: eventID) }
      }
    }
  }

  /// Stores that the service knows no pass of this very code.
  /// - Parameter fetchedAt: when the answer was asked for.
  package func storeUnknown(code: String, fetchedAt: Date) async throws(StoreError) {
    try await write(on: pool) { database in
      try database.cachedStatement(
        sql: """
          INSERT INTO unknown_codes (code, fetched_at) VALUES (?, ?)
          ON CONFLICT (code) DO UPDATE SET fetched_at = excluded.fetched_at
          WHERE excluded.fetched_at >= fetched_at OR fetched_at > excluded.fetched_at + 86400
          """
      ).execute(arguments: [code, fetchedAt.timeIntervalSince1970])
    }
  }

  /// The newest stored answer about a code; nil where none is stored, or where passes that differ in
  /// case alone leave open which one is meant.
  package func storedAnswer(code: String) async throws(StoreError) -> StoredAnswer? {
    try await read { database in
      let pass = try Self.storedPass(code: code, in: database)
      let unknownSince = try Double.fetchOne(
        database.cachedStatement(sql: "SELECT fetched_at FROM unknown_codes WHERE code = ?"),
        arguments: [code]
      ).map(Date.init(timeIntervalSince1970:))
      if let unknownSince, unknownSince > pass?.fetchedAt ?? .distantPast {
        return .unknown(fetchedAt: unknownSince)
      }
      return pass.map(StoredAnswer.found)
    }
  }

  /// The stored pass with a code, whatever else is stored about the code.
  package func storedPass(code: String) async throws(StoreError) -> StoredPass? {
    try await read { try Self.storedPass(code: code, in: $0) }
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

  /// Notes that all passes of an event have been fetched.
  package func note(_ preload: CompletedPreload, eventID: String) async throws(StoreError) {
    try await write(on: pool) { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO preloads (event_id, finished_at, passes) VALUES (?, ?, ?)",
        arguments: [eventID, preload.finishedAt.timeIntervalSince1970, preload.passes])
    }
    try await tidy()
  }

  /// The newest complete list of an event's passes; nil where there was none.
  package func lastPreload(eventID: String) async throws(StoreError) -> CompletedPreload? {
    try await read { database in
      try Row.fetchOne(
        database, sql: "SELECT finished_at, passes FROM preloads WHERE event_id = ?",
        arguments: [eventID]
      ).map {
        CompletedPreload(
          finishedAt: Date(timeIntervalSince1970: $0["finished_at"]), passes: $0["passes"])
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

  private static func storedPass(code: String, in database: Database) throws -> StoredPass? {
    let candidates = try Row.fetchAll(
      database.cachedStatement(
        sql: "SELECT pass, fetched_at FROM passes WHERE code = ? ORDER BY fetched_at DESC LIMIT 20"),
      arguments: [code]
    )
    .map(storedPass)
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

  func store(in database: Database, fetchedAt: Date, eventID: String) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO passes (id, code, event_id, fetched_at, search_text, pass)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
          code = excluded.code, event_id = excluded.event_id, fetched_at = excluded.fetched_at,
          search_text = excluded.search_text, pass = excluded.pass
        WHERE excluded.fetched_at >= fetched_at OR fetched_at > excluded.fetched_at + 86400
        """
    ).execute(arguments: [
      id, code, eventID, fetchedAt.timeIntervalSince1970, searchText, text,
    ])
  }
}
