import GRDB

/// What the box remembers: passes, admissions, the journal, events and rates, in one SQLite file that
/// several processes may have open at once.
///
/// Three connections write, so that none waits in line behind another's work: the ledger, whose
/// commits are synced before they return; the journal, for scans that let nobody in and what
/// became of reports; and the pool's, for everything that comes from the service.
package final class NightStore: Sendable {
  /// How long a statement waits for another process, in seconds.
  package static let busyTimeout = 2.0

  /// How many rows one transaction in the background writes, so that no scan waits long for it.
  static let rowsAtOnce = 100

  let files: StoreFiles
  let identity: StoreIdentity
  let ledger: DatabaseQueue
  let journal: DatabaseQueue
  /// A pool, or where the store is open for reading alone, its one connection.
  let pool: any DatabaseWriter

  init(
    files: StoreFiles, identity: StoreIdentity, ledger: DatabaseQueue, journal: DatabaseQueue,
    pool: any DatabaseWriter
  ) {
    self.files = files
    self.identity = identity
    self.ledger = ledger
    self.journal = journal
    self.pool = pool
  }

  /// The file.
  package var path: String { files.path }

  /// `PRAGMA synchronous` as the connection that records admissions reads it back: 2 is FULL.
  package func synchronousLevel() async throws(StoreError) -> Int {
    try await onQueue(of: ledger) { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
  }

  /// Moves what the log holds into the file, as far as nobody is in the way. Blocks no scan.
  package func tidy() async throws(StoreError) {
    try await onQueue(of: pool) { _ = try? $0.checkpoint(.passive) }
  }

  /// Ends the use of the store; nothing may be asked of it afterwards.
  package func close() {
    // One that cannot be closed now is closed when it is released.
    try? ledger.close()
    try? journal.close()
    try? pool.close()
  }
}

// MARK: - Access

extension NightStore {
  /// Runs `work` on a connection's own queue, outside any transaction.
  ///
  /// The callbacks are used rather than GRDB's `async` methods: those end with the task, and a
  /// cancelled task would leave open whether an admission was committed.
  func onQueue<Value: Sendable>(
    of writer: any DatabaseWriter, _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
      writer.asyncWriteWithoutTransaction { database in
        continuation.resume(
          returning: Result { try work(database) }.mapError { StoreError($0) })
      }
    }
    return try result.get()
  }

  /// Runs `work` in one transaction that holds the write lock from its beginning.
  func write<Value: Sendable>(
    on writer: any DatabaseWriter, _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    let (files, identity) = (files, identity)
    return try await onQueue(of: writer) { database in
      try database.immediately {
        try files.requireInPlace(identity)
        return try work($0)
      }
    }
  }

  /// Leaves a gap between two transactions in the background. Whoever waits for the write lock looks
  /// for it every millisecond, and would otherwise find it taken again.
  func letOthersWrite() async {
    try? await Task.sleep(for: .milliseconds(2))
  }

  /// Reads the newest committed state, beside any writer.
  func read<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
      pool.asyncRead { database in
        continuation.resume(
          returning: Result { try work(database.get()) }.mapError { StoreError($0) })
      }
    }
    return try result.get()
  }
}

extension Database {
  /// Runs `work` between BEGIN IMMEDIATE and COMMIT, or takes everything back.
  func immediately<Value>(_ work: (Database) throws -> Value) throws -> Value {
    try beginAlone()
    do {
      let value = try work(self)
      try commit()
      return value
    } catch {
      rollBackIfNeeded()
      throw error
    }
  }

  /// Begins a transaction that holds the write lock, once no other connection does.
  func beginAlone() throws {
    // One that could not be rolled back then may be able to be now.
    rollBackIfNeeded()
    try beginTransaction(.immediate)
  }

  /// After some errors, SQLite has already rolled back by itself.
  func rollBackIfNeeded() {
    if isInsideTransaction { try? rollback() }
  }
}
