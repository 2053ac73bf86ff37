package import Admission
package import FoundationEssentials
import GRDB

/// The store as far as it holds what the shared ledger does.
///
/// All of it is written on the journal's connection: no scan waits in line behind it, and what a power
/// cut takes back is asked for, or delivered, again.
extension NightStore {
  private static let writtenAtOnce = 50

  /// The id of the store, by which the ledger knows the door.
  package var doorID: String { connections.doorID }

  package func cursor(ofLedger id: String) async throws(StoreError) -> String? {
    if let cursor = connections.place.cursor(ofLedger: id) { return cursor }
    return try await read { database in
      try StoreRow.fetch(database).flatMap { $0.ledgerID == id ? $0.cursor : nil }
    }
  }

  package func record(
    _ admissions: [LedgerAdmission], cursor: String?, ofLedger id: String,
    clockOffset offset: TimeInterval?
  ) async throws(StoreError) -> Bool {
    let (place, doorID) = (connections.place, doorID)
    if place.isDue(cursor: cursor, ofLedger: id, offset: offset) {
      // What is taken over is brought to this clock by it.
      try await note(nil, ofLedger: id, clockOffset: offset)
    }
    let news =
      admissions.isEmpty
      ? [] : try await read { try Self.news(of: admissions, thisDoor: doorID, in: $0) }
    let isChanged = !news.isEmpty
    try await change(news) { try OthersAdmission.takeOver($0, in: $1) }
    if isChanged {
      connections.keepCopyUp()
      logSync.due()
    }
    // Only now: whoever was interrupted reads all of it again.
    if isChanged || place.isDue(cursor: cursor, ofLedger: id, offset: offset) {
      try await note(cursor, ofLedger: id, clockOffset: offset)
    } else {
      place.advance(to: cursor, ofLedger: id)
    }
    return isChanged
  }

  /// - Parameter cursor: nil leaves it where it is.
  private func note(
    _ cursor: String?, ofLedger id: String, clockOffset offset: TimeInterval?
  ) async throws(StoreError) {
    let row = try await write(on: journal) { database in
      let row = try StoreRow.use(ledger: id, in: database)
      try database.cachedStatement(
        sql: """
          UPDATE store SET cursor = coalesce(?, cursor), clock_offset = coalesce(?, clock_offset)
          """
      ).execute(arguments: [cursor, offset])
      return row
    }
    connections.place.note(
      cursor: cursor ?? row?.cursor, ofLedger: id, offset: offset ?? row?.clockOffset)
  }

  // MARK: This door's own

  package func undelivered(
    ofLedger id: String, atMost count: Int
  ) async throws(StoreError) -> [LedgerAdmission] {
    try await use(ledger: id)
    let doorID = doorID
    return try await read { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: """
            \(Self.ownAsTheyStand) WHERE a.delivered < a.revision ORDER BY a.id LIMIT ?
            """),
        arguments: [count]
      ).map { LedgerAdmission($0, doorID: doorID) }
    }
  }

  /// One of this door's own as it stands; nil where the store does not hold it.
  package func admission(_ id: AdmissionID) async throws(StoreError) -> LedgerAdmission? {
    let doorID = doorID
    return try await read { database in
      try Row.fetchOne(
        database.cachedStatement(
          sql: "\(Self.ownAsTheyStand) WHERE a.entry_id = ? AND a.origin IS NULL"),
        arguments: [id.rawValue]
      ).map { LedgerAdmission($0, doorID: doorID) }
    }
  }

  private static let ownAsTheyStand = """
    SELECT a.*, coalesce(a.clock_offset, store.clock_offset) AS known_offset, (
      SELECT reason FROM journal
      WHERE admission_id = a.id AND action IN ('scan', 'by_hand', 'counter') ORDER BY id LIMIT 1
    ) AS reason
    FROM store CROSS JOIN admissions AS a
    """

  package func noteDelivered(
    _ admissions: [LedgerAdmission], toLedger id: String
  ) async throws(StoreError) {
    if admissions.isEmpty { return }
    try await use(ledger: id)
    try await write(on: journal) { database in
      let statement = try database.cachedStatement(
        sql: """
          UPDATE admissions SET delivered = ?1
          WHERE entry_id = ?2 AND origin IS NULL AND delivered < ?1
          """)
      for admission in admissions {
        try statement.execute(arguments: [admission.revision, admission.id.rawValue])
      }
    }
  }

  package func deliverAgain(
    since: Date, but held: [AdmissionID: Int64], toLedger id: String
  ) async throws(StoreError) {
    try await use(ledger: id)
    let changed = try await read { database in
      let offset = try StoreRow.fetch(database)?.clockOffset ?? 0
      let since = since.timeIntervalSince1970 + offset - ClockShift.least
      return try Row.fetchAll(
        database,
        sql: """
          SELECT id, entry_id, delivered FROM admissions
          WHERE origin IS NULL AND (at >= ?1 OR undone_at >= ?1)
          """,
        arguments: [since]
      ).compactMap { row -> (id: Int64, revision: Int64)? in
        let name: String = row["entry_id"]
        let revision = AdmissionID(rawValue: name).flatMap { held[$0] } ?? 0
        let delivered: Int64 = row["delivered"] ?? 0
        return revision == delivered ? nil : (row["id"], revision)
      }
    }
    try await change(changed) { rows, database in
      // What the ledger has of later changes, this store has lost: it stands as it does here.
      let statement = try database.cachedStatement(
        sql: """
          UPDATE admissions SET delivered = ?1, revision = iif(revision < ?1, ?1 + 1, revision)
          WHERE id = ?2
          """)
      for row in rows { try statement.execute(arguments: [row.revision, row.id]) }
    }
  }

  /// Writes so much at once as no scan waits long for.
  private func change<Item: Sendable>(
    _ items: [Item], _ work: @escaping @Sendable ([Item], Database) throws -> Void
  ) async throws(StoreError) {
    var rest = items[...]
    while !rest.isEmpty {
      let some = rest.prefix(Self.writtenAtOnce)
      rest = rest.dropFirst(some.count)
      try await write(on: journal) { try work(Array(some), $0) }
      if !rest.isEmpty { await letOthersWrite() }
    }
  }

  package func lacking(_ ids: [AdmissionID]) async throws(StoreError) -> [AdmissionID] {
    // What an end kept beside it will be in it, and may have been shown. Read before the store is.
    let kept = UnsavedAdmissions(beside: files).ids
    return try await read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT 1 FROM admissions WHERE entry_id = ?")
      return try ids.filter {
        try !kept.contains($0) && Row.fetchOne(statement, arguments: [$0.rawValue]) == nil
      }
    }
  }

  package func lines(
    after number: Int64, atMost count: Int
  ) async throws(StoreError) -> [LedgerLine] {
    try await read { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT line.*, coalesce(line.entry_id, made.entry_id) AS made_id
            FROM journal AS line LEFT JOIN admissions AS made ON made.id = line.admission_id
            WHERE line.id > ? AND line.origin IS NULL ORDER BY line.id LIMIT ?
            """),
        arguments: [number, count]
      ).map(LedgerLine.init)
    }
  }

  private func use(ledger id: String) async throws(StoreError) {
    if connections.place.isDue(cursor: nil, ofLedger: id, offset: nil) {
      try await note(nil, ofLedger: id, clockOffset: nil)
    }
  }
}

extension LedgerAdmission {
  /// One of the store's own.
  fileprivate init(_ row: Row, doorID: String) {
    func date(_ name: String) -> Date? {
      let seconds: Double? = row[name]
      return seconds.map(Date.init(timeIntervalSince1970:))
    }
    let id: String = row["entry_id"]
    let (kind, passKind): (String, String) = (row["kind"], row["pass_kind"])
    let reason: String? = row["reason"]
    self.init(
      // The table takes no other one.
      id: AdmissionID(rawValue: id) ?? .new(), revision: row["revision"], doorID: doorID,
      door: row["door"], eventID: row["event_id"],
      passage: Passage(rawValue: kind) ?? .counted,
      kind: PassKind(rawValue: passKind) ?? .pass, passID: row["pass_id"], code: row["code"],
      passType: row["pass_type"], allowed: row["allowed"], used: row["used"],
      people: row["people"], at: date("at") ?? .distantPast, clockOffset: row["known_offset"],
      undoneAt: date("undone_at"), countedIn: row["counted_in"],
      isStoredAnswer: row["is_stored_answer"],
      reason: reason.flatMap(Reason.init) ?? (kind == Passage.left.rawValue ? .left : .valid))
    passAllows = row["pass_allows"]
    (back, gone, unseen) = (row["back"], row["gone"], row["unseen"])
    mostGone = row["most_gone"]
    reportedAt = date("reported_at")
    reportedPeople = reportedAt == nil ? nil : row["reported_people"]
    acknowledgedAt = date("acknowledged_at")
    acknowledgedPeople = row["acknowledged_people"]
  }
}

extension LedgerLine {
  fileprivate init(_ row: Row) {
    let id: String? = row["made_id"]
    let reason: String? = row["reason"]
    // What was no code may be anything that somebody typed, and is nobody's business elsewhere.
    let code: String? = reason == Reason.unreadableCode.rawValue ? nil : row["code"]
    self.init(
      number: row["id"], at: Date(timeIntervalSince1970: row["at"]), action: row["action"],
      eventID: row["event_id"], door: row["door"], code: code, passType: row["pass_type"],
      verdict: row["verdict"], reason: reason, people: row["people"],
      admissionID: id.flatMap(AdmissionID.init(rawValue:)))
  }
}
