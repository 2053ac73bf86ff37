import Admission
import Dispatch
import FoundationEssentials
import GRDB
import Synchronization

/// Tonight's admissions in memory, as the store has them, whoever recorded them: when the file is lost,
/// or a part of it cannot be read, nobody who is in comes in again.
///
/// It is a database of its own with the store's tables, so that what asks the store can ask it.
final class TonightsCopy: Sendable {
  private let memory: DatabaseQueue
  /// The newest line of the journal that was looked at, and when reports were.
  private let progress = Mutex((line: Int64(0), reportsAt: ContinuousClock.now))
  private let isDue = Mutex(false)

  /// Of so many newest admissions, those of tonight are kept.
  private static let most = 20_000
  /// Seconds: an admission since then is one of tonight.
  private static let night: TimeInterval = 36 * 3600
  private static let pauseOfReports: Duration = .seconds(10)

  /// Reads what the store in the file at `path` has, and looks whether its parts agree.
  /// - Throws: `StoreError.damaged` where they do not.
  init(path: String, now: Date) throws {
    var configuration = Configuration()
    configuration.label = "tonight"
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(1)
    configuration.allowsUnsafeTransactions = true
    memory = try DatabaseQueue(configuration: configuration)
    try Schema.migrator.migrate(memory)
    let line = try memory.inDatabase { database in
      for trigger in try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
      {
        try database.execute(sql: "DROP TRIGGER \(trigger)")
      }
      try database.execute(sql: "ATTACH DATABASE ? AS night", arguments: [path])
      // Each page of it is read once.
      try database.execute(sql: "PRAGMA night.cache_size = -128")
      // In one look: a line that comes in between would count as looked at.
      return try Self.inOneLook(database) {
        try Self.load(from: $0, since: now.addingTimeInterval(-Self.night))
        return try Self.newestLine(of: "night", in: $0)
      }
    }
    progress.withLock { $0.line = line }
  }

  private static func inOneLook<Value>(
    _ database: Database, _ work: (Database) throws -> Value
  ) throws -> Value {
    do {
      return try database.inOneLook(work)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      // The store's own tables would never have taken it.
      throw StoreError.damaged(detail: error.message ?? "a row is not of its table")
    }
  }

  private static func newestLine(of schema: String, in database: Database) throws -> Int64 {
    try Int64.fetchOne(
      database.cachedStatement(sql: "SELECT max(id) FROM \(schema).journal")) ?? 0
  }

  /// By their tables alone: an index may be wrong.
  private static func load(from database: Database, since earliest: Date) throws {
    try database.execute(
      sql: """
        INSERT INTO main.admissions
        WITH newest AS (
            SELECT id, event_id, at FROM night.admissions NOT INDEXED ORDER BY id DESC LIMIT :most),
          events AS (SELECT DISTINCT event_id FROM (SELECT * FROM newest LIMIT 100))
        SELECT * FROM night.admissions NOT INDEXED
        WHERE id IN (SELECT id FROM newest WHERE at >= :earliest OR event_id IN events)
        ORDER BY id
        """,
      arguments: ["most": most, "earliest": earliest.timeIntervalSince1970])
    try database.execute(
      sql: """
        INSERT INTO main.journal SELECT * FROM night.journal NOT INDEXED
        WHERE id >= coalesce(
            (SELECT min(journal.id) FROM night.journal
              WHERE admission_id = (SELECT min(id) FROM main.admissions)), 0)
          AND admission_id >= coalesce((SELECT min(id) FROM main.admissions), 0)
        ORDER BY id;
        INSERT INTO main.outbox SELECT * FROM night.outbox
        WHERE admission_id IN (SELECT id FROM main.admissions);
        DELETE FROM main.store;
        INSERT INTO main.store SELECT * FROM night.store;
        """)
    try requireAgreement(in: database)
  }

  /// What the journal says of admissions is what their table says. Of another door's, the ledger that it
  /// comes from says it better.
  private static func requireAgreement(in database: Database) throws {
    let missing = """
      SELECT count(*) FROM main.journal AS line
      WHERE admission_id NOT IN (SELECT id FROM main.admissions)
        AND NOT EXISTS (SELECT 1 FROM night.admissions WHERE id = line.admission_id)
      """
    let corrected = """
      SELECT count(*) FROM (
        SELECT admission_id AS id, people, back, gone, sum(action = 'undo') > 0 AS undone, max(id)
        FROM main.journal GROUP BY admission_id) AS line
        JOIN main.admissions AS row ON row.id = line.id
      WHERE row.origin IS NULL AND (line.undone = 0
          AND (line.people, line.back, line.gone) <> (row.people, row.back, row.gone)
        OR line.undone > (row.undone_at IS NOT NULL))
      """
    for (sql, detail) in [
      (missing, "admissions that the journal has are missing"),
      (corrected, "admissions are not as the journal has them"),
    ] where try Int.fetchOne(database, sql: sql) != 0 {
      throw StoreError.damaged(detail: detail)
    }
    let newest = try Int64.fetchOne(database, sql: "SELECT max(id) FROM main.admissions") ?? 0
    guard newest > Schema.mostLookedAt else { return }
    let unfound = """
      SELECT count(*) FROM main.admissions AS row
      WHERE pass_id IS NOT NULL AND event_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM night.admissions AS found
        WHERE found.pass_id = row.pass_id AND found.event_id = row.event_id AND +found.id = row.id)
        OR code IS NOT NULL AND event_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM night.admissions AS found
        WHERE found.code = row.code AND found.event_id = row.event_id AND +found.id = row.id)
      """
    if try Int.fetchOne(database, sql: unfound) != 0 {
      throw StoreError.damaged(detail: "admissions are missing from an index")
    }
  }

  // MARK: Keeping up

  /// Takes over what anybody has recorded since.
  /// - Throws: `StoreError.damaged` where the store has less than it had.
  func keepUp() throws {
    let now = ContinuousClock.now
    let (line, reportsAt) = progress.withLock { $0 }
    let newest = try memory.inDatabase { database in
      try Self.inOneLook(database) { database in
        let newest = try Self.newestLine(of: "night", in: database)
        if newest < line { throw StoreError.damaged(detail: "it was overwritten by an older one") }
        if newest > line { try Self.copyAdmissions(since: line, in: database) }
        if now - reportsAt > Self.pauseOfReports { try Self.copyReports(in: database) }
        return newest
      }
    }
    progress.withLock { progress in
      progress.line = newest
      if now - reportsAt > Self.pauseOfReports { progress.reportsAt = now }
    }
  }

  /// The same, at once, on a thread of its own: on the one that has just committed, it would keep whoever
  /// goes on with the verdict from the core. Once for all that came meanwhile. What goes wrong is found
  /// by whoever looks after the store.
  func keepUpSoon() {
    let isNew = isDue.withLock { isDue in
      defer { isDue = true }
      return !isDue
    }
    guard isNew else { return }
    DispatchQueue.global(qos: .utility).async { [self] in
      memory.inDatabase { keepUpIfDue(in: $0) }
    }
  }

  /// Before anything is read: what is due by then is in the copy, whichever thread comes first.
  private func keepUpIfDue(in database: Database) {
    let wasDue = isDue.withLock { isDue in
      defer { isDue = false }
      return isDue
    }
    guard wasDue else { return }
    let line = progress.withLock { $0.line }
    let newest = try? Self.inOneLook(database) { database in
      let newest = try Self.newestLine(of: "night", in: database)
      if newest > line { try Self.copyAdmissions(since: line, in: database) }
      return newest
    }
    if let newest { progress.withLock { $0.line = max($0.line, newest) } }
  }

  /// Every admission and correction has a line in the journal, but for departures that met nobody.
  private static func copyAdmissions(since line: Int64, in database: Database) throws {
    for sql in [
      """
      INSERT OR REPLACE INTO main.admissions SELECT * FROM night.admissions WHERE id IN (
        SELECT admission_id FROM night.journal NOT INDEXED
        WHERE id > ? AND admission_id IS NOT NULL)
        OR id > (SELECT coalesce(max(id), 0) FROM main.admissions)
      """,
      """
      INSERT OR REPLACE INTO main.journal
      SELECT * FROM night.journal WHERE id > ? AND admission_id IS NOT NULL
      """,
    ] {
      try database.cachedStatement(sql: sql).execute(arguments: [line])
    }
  }

  private static func copyReports(in database: Database) throws {
    for sql in [
      """
      INSERT OR REPLACE INTO main.admissions
      SELECT now.* FROM main.admissions AS before JOIN night.admissions AS now USING (id)
      WHERE now.reported_at IS NOT before.reported_at OR now.revision <> before.revision
        OR now.acknowledged_at IS NOT before.acknowledged_at
        OR now.reported_people IS NOT before.reported_people
      """,
      """
      INSERT OR REPLACE INTO main.outbox SELECT * FROM night.outbox
      WHERE admission_id IN (SELECT id FROM main.admissions)
      """,
      "INSERT OR REPLACE INTO main.store SELECT * FROM night.store",
    ] {
      try database.cachedStatement(sql: sql).execute()
    }
  }

  /// Ends its use of the file.
  func close() { try? memory.close() }

  /// Asks it as the store would be asked.
  func read<Value>(_ work: (Database) throws -> Value) throws -> Value {
    try memory.inDatabase { database in
      keepUpIfDue(in: database)
      return try work(database)
    }
  }

  // MARK: Comparing

  /// - Parameter found: the pass's `numbersStanding` in the store.
  /// - Throws: `StoreError.damaged` where the store does not find an admission of a pass, or
  ///   on its code, that it has.
  func requireFound(_ pass: PassAtEvent, among found: [Int64], in store: Database) throws {
    let known = try memory.inDatabase { try pass.numbersStanding(in: $0) }
    if known.isEmpty { return }
    let found = Set(found)
    for id in known where !found.contains(id) {
      // Somebody else may have taken it back just now.
      let undoneAt = try Double.fetchOne(
        store, sql: "SELECT undone_at FROM admissions NOT INDEXED WHERE id = ?", arguments: [id])
      if undoneAt == nil { throw StoreError.damaged(detail: "an admission is not found any more") }
    }
  }

  /// - Throws: `StoreError.damaged` where the file, read anew, lacks what it had.
  func requireWhole(in file: Database) throws {
    let known = try read { try Int64.fetchSet($0, sql: "SELECT id FROM admissions") }
    guard let first = known.min(), let last = known.max() else { return }
    let found = try Int64.fetchSet(
      file, sql: "SELECT id FROM admissions NOT INDEXED WHERE id BETWEEN ? AND ?",
      arguments: [first, last])
    if !known.isSubset(of: found) { throw StoreError.damaged(detail: "it lacks what it had") }
  }

  // MARK: Writing

  /// Writes down what a store lacks that took the place of the one which this is the copy of.
  /// - Returns: how many admissions it got.
  func write(to store: Database) throws -> Int {
    let (id, admissions, lines, reports) = try read { database in
      try (
        StoreRow.fetch(database)?.id,
        Row.fetchAll(database, sql: "SELECT * FROM admissions ORDER BY id"),
        Row.fetchAll(database, sql: "SELECT * FROM journal ORDER BY id"),
        Row.fetchAll(database, sql: "SELECT * FROM outbox")
      )
    }
    return try store.immediately {
      let merge = LedgerMerge(store: $0)
      try merge.goOn(asStore: id)
      return try merge.add(admissions, lines: lines, reports: reports)
    }
  }
}
