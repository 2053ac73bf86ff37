package import Admission
package import FoundationEssentials
import GRDB

/// A list of all of an event's passes of one kind that is being fetched, or was. What is fetched of
/// the newest ones alone is none: it tells nothing of those that it lacks.
package struct PassList: Sendable, Equatable {
  let number: Int64
  let kind: PassKind
}

extension NightStore {
  /// Begins a list of all of an event's passes of a kind.
  /// - Parameter askedAt: of its first request, in seconds on the monotonic clock; nil: just now.
  package func beginList(
    eventID: String, kind: PassKind = .pass, askedAt: TimeInterval? = nil
  ) async throws(StoreError) -> PassList {
    let uptime = askedAt ?? AnswerOrder.uptime()
    return try await write(on: pool) { database in
      try database.execute(
        sql: "INSERT INTO lists (event_id, kind, asked_order) VALUES (?, ?, ?)",
        arguments: [eventID, kind.rawValue, try AnswerOrder.of(uptime: uptime, in: database)])
      return PassList(number: database.lastInsertedRowID, kind: kind)
    }
  }

  /// Notes that all of an event's passes of the list's kind have been fetched.
  /// - Parameter list: whose last page is stored. It is complete, so that a pass which it lacks is no
  ///   answer any more, unless it lacks one that the service has told of since it was asked for,
  ///   holds less than half of the list before, or is for another event than the lists before.
  /// - Parameter isWhole: false where something of the list is known to be missing.
  package func note(
    _ preload: CompletedPreload, eventID: String, list: PassList? = nil, isWhole: Bool = true
  ) async throws(StoreError) {
    var isComplete = false
    if let list, isWhole {
      isComplete = try await read { try Self.isComplete(list, preload, eventID, in: $0) }
    }
    let kind = list?.kind ?? .pass
    try await write(on: pool) { [isComplete] database in
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO preloads (event_id, kind, finished_at, passes) VALUES (?, ?, ?, ?)
          """,
        arguments: [
          eventID, kind.rawValue, preload.finishedAt.timeIntervalSince1970, preload.passes,
        ])
      guard let list else { return }
      try database.execute(
        sql: "UPDATE lists SET passes = ?, is_complete = ? WHERE number = ?",
        arguments: [preload.passes, isComplete, list.number])
      // Two are compared; what was before is over.
      try database.execute(
        sql: """
          DELETE FROM lists WHERE event_id = ?1 AND kind = ?3 AND number < ?2 AND number NOT IN (
            SELECT max(number) FROM lists
            WHERE event_id = ?1 AND kind = ?3 AND number < ?2 AND passes IS NOT NULL
            UNION ALL SELECT max(number) FROM lists
            WHERE event_id = ?1 AND kind = ?3 AND is_complete = 1)
          """,
        arguments: [eventID, list.number, kind.rawValue])
    }
    try await tidy()
  }

  private static func isComplete(
    _ list: PassList, _ preload: CompletedPreload, _ eventID: String, in database: Database
  ) throws -> Bool {
    let before = try Int.fetchOne(
      database,
      sql: """
        SELECT passes FROM lists
        WHERE event_id = ? AND kind = ? AND number < ? AND passes IS NOT NULL
        ORDER BY number DESC LIMIT 1
        """,
      arguments: [eventID, list.kind.rawValue, list.number])
    if let before, preload.passes * 2 < before { return false }
    // It answers about another event.
    if preload.passes > 0,
      try !hasTonight("listed_in = ?2", list, eventID, in: database),
      try hasTonight("listed_in < ?2", list, eventID, in: database)
    {
      return false
    }
    let confirmed = try String.fetchCursor(
      database,
      sql: """
        SELECT pass FROM passes
        WHERE event_id = ?1 AND kind = ?3 AND coalesce(listed_in, 0) < ?2
          AND received_order > (SELECT asked_order FROM lists WHERE number = ?2)
          AND NOT EXISTS (
            SELECT 1 FROM passes AS others
            WHERE others.code = passes.code AND others.kind = ?3 AND others.listed_in >= ?2)
        """,
      arguments: [eventID, list.number, list.kind.rawValue])
    while let text = try confirmed.next() {
      if try !PassText.decode(text).usages(forEvent: eventID).isEmpty { return false }
    }
    return true
  }

  /// Whether one of the event's stored passes of the list's kind that the lists of a condition held is
  /// for the event.
  private static func hasTonight(
    _ condition: String, _ list: PassList, _ eventID: String, in database: Database
  ) throws -> Bool {
    let passes = try String.fetchCursor(
      database,
      sql: "SELECT pass FROM passes WHERE event_id = ?1 AND kind = ?3 AND \(condition)",
      arguments: [eventID, list.number, list.kind.rawValue])
    while let text = try passes.next() {
      if try !PassText.decode(text).usages(forEvent: eventID).isEmpty { return true }
    }
    return false
  }

  /// The newest list of an event's passes of a kind that was fetched to its end; nil where there was
  /// none.
  package func lastPreload(
    eventID: String, kind: PassKind = .pass
  ) async throws(StoreError) -> CompletedPreload? {
    try await read { database in
      try Row.fetchOne(
        database, sql: "SELECT finished_at, passes FROM preloads WHERE event_id = ? AND kind = ?",
        arguments: [eventID, kind.rawValue]
      ).map {
        CompletedPreload(
          finishedAt: Date(timeIntervalSince1970: $0["finished_at"]), passes: $0["passes"])
      }
    }
  }

  private static func newestComplete(
    eventID: String, kind: PassKind, in database: Database
  ) throws -> (number: Int64, askedOrder: Double)? {
    try Row.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT number, asked_order FROM lists
          WHERE event_id = ? AND kind = ? AND is_complete = 1
          ORDER BY number DESC LIMIT 1
          """),
      arguments: [eventID, kind.rawValue]
    ).map { ($0["number"], $0["asked_order"]) }
  }

  /// Whether a complete list of its kind that was asked for after the pass's own answer lacks it. A
  /// pass that is not for tonight stands in no list of tonight.
  static func isLeftOut(
    _ row: StoredRow, ofTonight eventID: String, in database: Database
  ) throws -> Bool {
    guard let list = try newestComplete(eventID: eventID, kind: row.kind, in: database),
      row.order < list.askedOrder, row.listedIn < list.number,
      !row.pass.usages(forEvent: eventID).isEmpty
    else { return false }
    return try !isListed(
      code: row.pass.code, kind: row.kind, since: list.number, in: database)
  }

  /// Under whatever `_id`.
  private static func isListed(
    code: String, kind: PassKind, since number: Int64, in database: Database
  ) throws -> Bool {
    try String.fetchAll(
      database.cachedStatement(
        sql: "SELECT code FROM passes WHERE code = ? AND kind = ? AND listed_in >= ?"),
      arguments: [code, kind.rawValue, number]
    ).contains { $0.utf8.elementsEqual(code.utf8) }
  }

  /// Found by the code: without the sign, SQLite goes through all passes of the event.
  static func codesAlike(of kinds: [PassKind]) -> String {
    "SELECT code FROM passes WHERE code = ? AND kind IN \(kinds.sqlList) AND +event_id = ?"
  }

  /// What tonight's stored passes of some kinds have that is, or is nearly, a code of which the service says that
  /// it knows none; nil where they have nothing. Costs about as much in a million passes as in a
  /// thousand.
  package func lookalike(
    of code: String, eventID: String, kinds: [PassKind] = [.pass]
  ) async throws(StoreError) -> Lookalike? {
    try await read { database in
      let isListed = try kinds.contains { kind in
        guard let list = try Self.newestComplete(eventID: eventID, kind: kind, in: database) else {
          return false
        }
        return try Self.isListed(code: code, kind: kind, since: list.number, in: database)
      }
      if isListed { return .listed }
      let others = try String.fetchAll(
        database.cachedStatement(sql: Self.codesAlike(of: kinds)), arguments: [code, eventID])
      if others.contains(where: { isSameCode($0, code) && !$0.utf8.elementsEqual(code.utf8) }) {
        return .otherCase
      }
      func hasCode(
        in ranges: [CodeRange], where isIt: (String) -> Bool
      ) throws -> Bool {
        try ranges.contains { range in
          try String.fetchAll(
            database.cachedStatement(sql: range.search(of: kinds)),
            arguments: [range.beginning, range.beginning + "\u{10FFFF}", eventID]
          ).contains(where: isIt)
        }
      }
      if try hasCode(in: OtherCase.ranges(for: code), where: { OtherCase.is(code, of: $0) }) {
        return .otherCase
      }
      if try hasCode(in: CutCode.ranges(for: code), where: { CutCode.is(code, cutOf: $0) }) {
        return .longer
      }
      return nil
    }
  }
}

/// A list of all passes of a kind of an event that was fetched to its end.
package struct CompletedPreload: Sendable, Equatable {
  package var finishedAt: Date
  package var passes: Int

  package init(finishedAt: Date, passes: Int) {
    self.finishedAt = finishedAt
    self.passes = passes
  }
}
