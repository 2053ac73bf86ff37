import GRDB
import Synchronization
import Waiting

/// What the box remembers: passes, admissions, the journal, events and rates, in one SQLite file that
/// several processes may have open at once.
///
/// Three connections write, so that none waits in line behind another's work: the ledger, whose
/// commits are synced before they return; the journal, for scans that let nobody in and what
/// became of reports; and the pool's, for everything that comes from the service. One more reads what
/// scans wait for.
package final class NightStore: Sendable {
  /// How long a statement waits for another process, in seconds.
  package static let busyTimeout = 2.0

  /// How many rows one transaction in the background writes, so that no scan waits long for it.
  static let rowsAtOnce = 100

  let files: StoreFiles
  private let current: Mutex<StoreConnections>
  /// What is not used any more, and yet open: SQLite deletes a log by its name when it closes a
  /// file, and the name may be another store's by now.
  private let retired = Mutex<[StoreConnections]>([])
  private let trouble = Mutex(StoreTrouble())
  private let unsavedNews = Mutex(UnsavedNews())
  private let troubleFound = Signal()
  private let renewalTried = Signal()
  let logSync: LogSync

  init(files: StoreFiles, connections: StoreConnections) {
    self.files = files
    current = Mutex(connections)
    logSync = LogSync(log: files.log)
  }

  var connections: StoreConnections { current.withLock { $0 } }
  var ledger: DatabaseQueue { connections.ledger }
  var journal: DatabaseQueue { connections.journal }
  var pool: any DatabaseWriter { connections.pool }
  var tonight: TonightsCopy? { connections.tonight }

  /// Goes on with another store's connections.
  func adopt(_ other: NightStore) {
    let connections = other.connections
    let before = current.withLock { current in
      defer { current = connections }
      return current
    }
    retired.withLock { $0.append(before) }
  }

  /// From now on this is the store's id.
  func go(onAs doorID: String) { current.withLock { $0.doorID = doorID } }

  /// How many times it went on in another file, which may lack passes and events that the one before
  /// had.
  package var renewals: Int { retired.withLock(\.count) }

  /// Whoever looks after the store waits for it.
  func note(_ error: StoreError, in connections: StoreConnections) {
    switch error {
    case .gone, .damaged:
      trouble.withLock { $0.note(error, in: connections) }
      troubleFound.send()
    case .isFolder, .notAFile, .folderUnusable, .readOnly, .full, .busy, .newer, .older, .foreign,
      .failed:
      break
    }
  }

  /// What was found wrong with the connections that are used now.
  var knownTrouble: StoreError? {
    let connections = connections
    return trouble.withLock { $0.found(in: connections) }
  }

  /// Waits until something is found wrong, or so long.
  package func waitForTrouble(for patience: Duration) async {
    await troubleFound.wait(for: patience) { knownTrouble == nil }
  }

  /// Whoever waits for another file to take this one's place looks again.
  func renewalWasTried() { renewalTried.send() }

  /// Whether the file that it uses is the one at its path, and nothing was found wrong with that.
  package var isWhole: Bool {
    knownTrouble == nil && StoreIdentity(files: files) == connections.identity
  }

  /// Whether somebody else put another file at its path, and may have recorded admissions there.
  package var isReplaced: Bool {
    let now = StoreIdentity(files: files)
    return now.isThere && !now.hasSameFile(as: connections.identity)
  }

  /// Waits until it goes on in another file, could not, or so long.
  /// - Returns: `isWhole`.
  package func waitUntilWhole(for patience: Duration) async -> Bool {
    await renewalTried.wait(for: patience) { !isWhole }
    return isWhole
  }

  func note(_ news: UnsavedNews) {
    unsavedNews.withLock {
      $0.entries += news.entries
      $0.setAside += news.setAside
    }
  }

  /// What was recorded of that which an earlier end could not save, once; nil where there is no news.
  package func collectUnsavedNews() -> UnsavedNews? {
    let news = unsavedNews.withLock { news in
      defer { news = UnsavedNews() }
      return news
    }
    return news == UnsavedNews() ? nil : news
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
    let connections = connections
    connections.tonight?.close()
    // The last one moves the log into the file, which one that reads alone cannot.
    try? connections.lookUps.close()
    try? connections.ledger.close()
    try? connections.journal.close()
    try? connections.pool.close()
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
    let connections = connections
    let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
      writer.asyncWriteWithoutTransaction { database in
        continuation.resume(
          returning: Result { try work(database) }.mapError { StoreError($0) })
      }
    }
    if case .failure(let error) = result { note(error, in: connections) }
    return try result.get()
  }

  /// Runs `work` in one transaction that holds the write lock from its beginning.
  func write<Value: Sendable>(
    on writer: any DatabaseWriter, _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    let (files, connections) = (files, connections)
    // Another store may have taken its place since it was asked for.
    guard connections.hold(writer) else { throw .gone }
    let value = try await onQueue(of: writer) { database in
      try database.immediately {
        try files.requireInPlace(connections.identity)
        return try work($0)
      }
    }
    if writer === connections.ledger { connections.keepCopyUp() }
    return value
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
    let connections = connections
    let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
      connections.pool.asyncRead { database in
        continuation.resume(
          returning: Result { try work(database.get()) }.mapError { StoreError($0) })
      }
    }
    if case .failure(let error) = result { note(error, in: connections) }
    return try result.get()
  }

  /// The same for what a scan waits for: with one hand-over, where the pool's readers take two.
  /// - Parameter told: is called once, on any thread.
  func look<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value,
    told: @escaping @Sendable (Result<Value, StoreError>) -> Void
  ) {
    let connections = connections
    connections.lookUps.asyncUnsafeRead { [self] database in
      let result = Result { try database.get().inOneLook(work) }.mapError { StoreError($0) }
      if case .failure(let error) = result { note(error, in: connections) }
      told(result)
    }
  }

  /// The same, awaited.
  func look<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    let result = await withCheckedContinuation { continuation in
      look(work) { continuation.resume(returning: $0) }
    }
    return try result.get()
  }

  /// The same as `read`. Where the file cannot be read, the copy of tonight's admissions in memory is.
  /// - Parameter check: throws where the file does not tell all.
  func readOfTonight<Value: Sendable>(
    checking check: (@Sendable (Database) throws -> Void)? = nil,
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    do {
      return try await read { database in
        try check?(database)
        return try work(database)
      }
    } catch {
      guard let tonight, let value = try? tonight.read(work) else { throw error }
      return value
    }
  }
}

extension Database {
  /// Runs `work` between BEGIN IMMEDIATE and COMMIT, or takes everything back.
  func immediately<Value>(_ work: (Database) throws -> Value) throws -> Value {
    try beginAlone()
    return try committing(work)
  }

  /// Runs `work` on one state of the file. GRDB's own transactions compile their statements each time.
  func inOneLook<Value>(_ work: (Database) throws -> Value) throws -> Value {
    rollBackIfNeeded()
    try cachedStatement(sql: "BEGIN DEFERRED").execute()
    return try committing(work)
  }

  /// Ends the transaction that is open with what `work` did, or takes everything back.
  private func committing<Value>(_ work: (Database) throws -> Value) throws -> Value {
    do {
      let value = try work(self)
      try commitAlone()
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
    try cachedStatement(sql: "BEGIN IMMEDIATE").execute()
  }

  /// Ends it. GRDB's own `commit` would compile the statement each time.
  func commitAlone() throws { try cachedStatement(sql: "COMMIT").execute() }

  /// After some errors, SQLite has already rolled back by itself.
  func rollBackIfNeeded() {
    if isInsideTransaction { try? rollback() }
  }
}
