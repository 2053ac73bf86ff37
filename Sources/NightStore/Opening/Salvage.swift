import GRDB

/// Takes over what a damaged store still tells, above all who is in: who was forgotten would be let
/// in a second time.
struct Salvage {
  let source: Database
  let target: Database
  let deadline: ContinuousClock.Instant

  /// Beyond it, in seconds, what can be fetched anew is left.
  private static let patience = 1.5

  /// In the order in which they refer to each other, and the least important last. Lists of passes
  /// that were complete are no more: `preloads` stays empty.
  private static let tables = [
    "admissions", "outbox", "journal", "events", "service_status", "rates", "passes",
  ]

  /// What an admission had to keep to when it was made need not hold of it as it has become since.
  private static let triggerOfNewAdmissions = "admissions_never_exceed"

  /// Copies in one transaction, and changes nothing in the damaged file. One that cannot be read at
  /// all gives nothing.
  /// - Parameters:
  ///   - path: of the damaged file.
  ///   - queue: of a store with all its tables.
  /// - Returns: how many admissions the store has now.
  /// - Throws: where the new store cannot be written.
  static func copy(from path: String, to queue: DatabaseQueue) throws -> Int {
    let deadline = ContinuousClock.now + .seconds(patience)
    guard let damaged = openDamaged(path) else { return 0 }
    return try damaged.inDatabase { source in
      try queue.inDatabase { target in
        try target.immediately {
          try Salvage(source: source, target: $0, deadline: deadline).copy()
          return try Int.fetchOne($0, sql: "SELECT count(*) FROM admissions") ?? 0
        }
      }
    }
  }

  private static func openDamaged(_ path: String) -> DatabaseQueue? {
    // SQLite would delete the log of an empty file.
    guard (FileStatus(of: path)?.size ?? 0) > 0 else { return nil }
    let files = StoreFiles(path: path)
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(NightStore.busyTimeout)
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cell_size_check = ON") }
    let hasLog = (FileStatus(of: files.log)?.size ?? 0) > 0
    // Told that nobody writes, SQLite makes no files beside it.
    return try? DatabaseQueue(
      path: hasLog ? path : files.unchangingAddress, configuration: configuration)
  }

  private func copy() throws {
    let trigger = try String.fetchOne(
      target, sql: "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?",
      arguments: [Self.triggerOfNewAdmissions])
    try target.execute(sql: "DROP TRIGGER IF EXISTS \(Self.triggerOfNewAdmissions)")
    // An entry may come over whose admission does not.
    try target.execute(sql: "PRAGMA defer_foreign_keys = ON")
    for table in Self.tables { try copy(table) }
    try recallLostAdmissions()
    if let trigger { try target.execute(sql: trigger) }
    try keepNumbersApart()
  }

  private func copy(_ table: String) throws {
    let columns = try commonColumns(of: table)
    guard !columns.isEmpty else { return }
    let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let insertion = try target.makeStatement(
      sql: "INSERT INTO \(table) (\(names)) VALUES (\(marks))")
    let isFetchable = table == "passes"
    try DamagedTable(name: table, columns: columns, database: source)
      .forEachRow(until: deadline) { row in
        if isFetchable, ContinuousClock.now > deadline { return }
        guard Self.isSound(row, of: table) else { return }
        do {
          try insertion.execute(arguments: StatementArguments(row.databaseValues.dropFirst()))
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
          // Not what was written, or there already.
        }
      }
  }

  /// An older version's file has fewer columns, and perhaps not the table.
  private func commonColumns(of table: String) throws -> [String] {
    let columns = "SELECT name FROM pragma_table_info('\(table)')"
    guard let there = try? String.fetchAll(source, sql: columns) else { return [] }
    return try String.fetchAll(target, sql: columns).filter(there.contains)
  }

  /// Whether what the service wrote can still be read: it would fail each look-up later.
  private static func isSound(_ row: Row, of table: String) -> Bool {
    func text(_ column: String) -> String? {
      let value: DatabaseValue? = row[column]
      return value.flatMap(String.fromDatabaseValue)
    }
    return switch table {
    case "passes": text("pass").flatMap { try? PassText.decode($0) } != nil
    case "journal":
      // An admission is made up for each; the key is as good as that of its table.
      (row["admission_id"] as DatabaseValue?).flatMap(Int64.fromDatabaseValue)
        .map(DamagedTable.keys.contains) ?? true
    case "rates": text("rates").flatMap { try? RateText.decode($0) } != nil
    default: true
    }
  }

  /// A number that was given to an admission which is lost is not given to another one.
  private func keepNumbersApart() throws {
    for table in ["admissions", "journal"] {
      let newest = try? Int64.fetchOne(
        source, sql: "SELECT seq FROM sqlite_sequence WHERE name = ?", arguments: [table])
      guard let newest, DamagedTable.keys.contains(newest) else { continue }
      try target.execute(
        sql: """
          INSERT INTO sqlite_sequence (name, seq)
          SELECT ?1, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)
          """,
        arguments: [table])
      try target.execute(
        sql: "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?",
        arguments: [newest, table])
    }
  }
}
