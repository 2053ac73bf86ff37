package import FoundationEssentials
import GRDB
import Glibc

/// How closely a store is looked at when it is opened.
package enum StoreCheck: Sendable {
  /// The whole of a small file; of a larger one, the ends of every table.
  case quick
  /// The whole file: after `StoreError.damaged`.
  case thorough
}

/// A store, and what happened on the way to it.
package struct OpenedStore: Sendable {
  package let store: NightStore
  /// The damaged store that this new one took the place of.
  package let setAside: SetAside?
}

extension NightStore {
  /// A file up to this size in bytes is looked at whole even by a quick check.
  static let smallFile = 4 << 20

  /// Opens the store in the file at `path`, or makes one. A damaged one is set aside first.
  /// - Parameter now: stands in the name of a damaged store.
  package static func open(
    path: String, now: Date, checking check: StoreCheck = .quick
  ) throws(StoreError) -> OpenedStore {
    try open(path: path, now: now, checking: check, unless: nil)
  }

  /// - Throws: `isFolder` or `notAFile` where something else is in the place of one of the store's
  ///   files, the database itself or one that SQLite makes beside it.
  package static func requireFiles(path: String) throws(StoreError) {
    try StoreFiles(path: path).requireFiles()
  }

  /// - Parameter suspect: a store that is set aside if it is still the one at the path.
  static func open(
    path: String, now: Date, checking check: StoreCheck, unless suspect: SuspectStore?
  ) throws(StoreError) -> OpenedStore {
    let files = StoreFiles(path: path)
    try files.requireFiles()
    try files.prepareFolder()
    return try OpeningLock.hold(folder: files.folder) { () throws(StoreError) in
      if let interrupted = try files.interruptedSetAside() {
        return try replace(interrupted, files, now: now)
      }
      do throws(StoreError) {
        if let suspect, suspect.isAt(files) { throw .damaged(detail: suspect.detail) }
        if isBeheaded(files) { throw .damaged(detail: "a log without its database") }
        if isLogBroken(files) { throw .damaged(detail: "a broken log") }
        let store = try open(files, checking: check, now: now)
        unlink(files.successor)
        return OpenedStore(store: store, setAside: nil)
      } catch .damaged(let detail) {
        try files.beginSuccessor()
        return try replace(try files.setAside(at: now, detail: detail), files, now: now)
      }
    }
  }

  /// Begins a new store with what can be read of the one that was set aside. It gets its name when it
  /// has all: were this interrupted, the next opening would do it again.
  private static func replace(
    _ setAside: SetAside, _ files: StoreFiles, now: Date
  ) throws(StoreError) -> OpenedStore {
    var setAside = setAside
    do throws(StoreError) {
      setAside.admissions = try fillSuccessor(of: files, from: setAside.path)
    } catch {
      switch error {
      case .full, .readOnly, .busy: throw error
      case .isFolder, .notAFile, .folderUnusable, .gone, .damaged, .newer, .older, .foreign,
        .failed:
        // It shall not keep the door without a store for ever.
        try files.beginSuccessor(anew: true)
      }
    }
    if rename(files.successor, files.path) != 0 { throw .readOnly }
    return OpenedStore(store: try open(files, checking: .quick, now: now), setAside: setAside)
  }

  private static func fillSuccessor(
    of files: StoreFiles, from damaged: String
  ) throws(StoreError) -> Int {
    do {
      let queue = try DatabaseQueue(
        path: files.successor, configuration: configuration("successor", .late))
      try queue.inDatabase { try set($0, synchronous: .full) }
      try Schema.migrator.migrate(queue)
      let admissions = try Salvage.copy(from: StoreFiles(path: damaged), to: queue)
      try queue.close()
      return admissions
    } catch {
      throw StoreError(error)
    }
  }

  /// An empty or missing file with a log beside it: SQLite would delete the log without a word.
  private static func isBeheaded(_ files: StoreFiles) -> Bool {
    (FileStatus(of: files.path)?.size ?? 0) == 0 && (FileStatus(of: files.log)?.size ?? 0) > 0
  }

  /// Somebody who has the store open may be writing it while it is read: what they have half written is
  /// whole a moment later.
  static func isLogBroken(_ files: StoreFiles) -> Bool {
    guard let broken = WriteAheadLog(path: files.log).firstBroken else { return false }
    usleep(20_000)
    return WriteAheadLog(path: files.log).firstBroken == broken
  }

  private static func open(
    _ files: StoreFiles, checking check: StoreCheck, now: Date
  ) throws(StoreError) -> NightStore {
    if FileStatus(of: files.path) == nil { try files.create() }
    files.closeToOthers()
    try files.requireWritable()
    do {
      // The first look changes nothing: the file may be somebody else's, or a newer version's.
      let ledger = try DatabaseQueue(
        path: files.path, configuration: configuration("ledger", .late))
      let isCurrent = try ledger.inDatabase { try Schema.isCurrent($0) }
      let pool = try DatabasePool(path: files.path, configuration: configuration("pool", .early))
      if !isCurrent { try migrate(pool) }
      let journal = try DatabaseQueue(
        path: files.path, configuration: configuration("journal", .early))
      try ledger.inDatabase { database in
        try Schema.probe(database)
        if check == .thorough || (FileStatus(of: files.path)?.size ?? 0) <= smallFile {
          try Schema.checkWhole(database)
        }
        try Schema.checkLedger(database)
        // Setting WAL up turns it to NORMAL on the connection that did, so this comes last.
        try set(database, synchronous: .full)
      }
      try journal.inDatabase { try set($0, synchronous: .normal) }
      var reading = configuration("look-ups", .late)
      reading.readonly = true
      let lookUps = try DatabaseQueue(path: files.path, configuration: reading)
      let unsaved = try recordUnsavedIfPossible(beside: files, on: ledger)
      let store = NightStore(
        files: files,
        connections: StoreConnections(
          identity: StoreIdentity(files: files), ledger: ledger, journal: journal, pool: pool,
          lookUps: lookUps, doorID: try journal.inDatabase { try StoreRow.id(in: $0) },
          tonight: try TonightsCopy(path: files.path, now: now)))
      if let unsaved { store.note(unsaved) }
      return store
    } catch {
      throw StoreError(error)
    }
  }

  /// Where the file cannot be written now, each scan tries again before it is judged.
  private static func recordUnsavedIfPossible(
    beside files: StoreFiles, on ledger: DatabaseQueue
  ) throws -> UnsavedNews? {
    do {
      return try recordUnsaved(beside: files, on: ledger)
    } catch {
      switch StoreError(error) {
      case .busy, .full, .readOnly, .failed: return nil
      case .isFolder, .notAFile, .folderUnusable, .gone, .damaged, .newer, .older, .foreign:
        throw error
      }
    }
  }

  private static func migrate(_ pool: DatabasePool) throws {
    do {
      try Schema.migrator.migrate(pool)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
      // A table is there although the list of migrations lacks it, or the other way round.
      throw StoreError.damaged(detail: error.message ?? "the tables are not those of a store")
    }
  }

  // MARK: Reading alone

  /// Opens the store in the file at `path` for reading alone, where it cannot be written or is not to
  /// be: nothing is made, migrated, set aside or locked. Whatever would write throws `readOnly`.
  /// - Parameter check: nil where only the ends of every table are looked at.
  package static func openForReading(
    path: String, checking check: StoreCheck? = nil
  ) throws(StoreError) -> NightStore {
    let files = StoreFiles(path: path)
    guard FileStatus(of: path) != nil else {
      throw .folderUnusable(path: path, reason: String(cString: strerror(errno)))
    }
    try files.requireFiles()
    do {
      return try openForReading(files, at: path, checking: check)
    } catch {
      // Without its log and index beside it, and where they cannot be made, SQLite must be told that
      // nobody writes.
      let log = FileStatus(of: files.log)?.size ?? 0
      guard error is DatabaseError, log == 0 else { throw StoreError(error) }
      do {
        return try openForReading(files, at: files.unchangingAddress, checking: check)
      } catch {
        throw StoreError(error)
      }
    }
  }

  private static func openForReading(
    _ files: StoreFiles, at address: String, checking check: StoreCheck?
  ) throws -> NightStore {
    var configuration = configuration("reader", .late)
    configuration.readonly = true
    let reader = try DatabaseQueue(path: address, configuration: configuration)
    let doorID = try reader.inDatabase { database in
      guard try Schema.isCurrent(database) else { throw StoreError.older }
      try Schema.probe(database)
      if let check {
        if check == .thorough || (FileStatus(of: files.path)?.size ?? 0) <= smallFile {
          try Schema.checkWhole(database)
        }
        try Schema.checkLedger(database)
      }
      return try StoreRow.fetch(database)?.id ?? ""
    }
    return NightStore(
      files: files,
      connections: StoreConnections(
        identity: StoreIdentity(files: files), ledger: reader, journal: reader, pool: reader,
        lookUps: reader, doorID: doorID))
  }

  private enum Synchronous: Int {
    case normal = 1
    case full = 2
  }

  private static func set(_ database: Database, synchronous level: Synchronous) throws {
    try database.execute(sql: "PRAGMA synchronous = \(level.rawValue)")
    let actual = try Int.fetchOne(database, sql: "PRAGMA synchronous")
    guard actual == level.rawValue else {
      throw StoreError.failed(code: 0, message: "synchronous is \(actual ?? -1)")
    }
  }

  /// After how many pages in the log a connection moves them into the file, once its commit is done.
  private enum Checkpoints: Int {
    /// Where nobody waits for the commit. The log begins anew then, in the room on the disk that it has:
    /// to sync what makes it longer takes twice the time.
    case early = 1000
    /// Admissions are not to wait: this is for when none of the others does it.
    case late = 4000
  }

  /// KiB of the file that each connection may keep in memory, of which there are seven. The system keeps it
  /// as well.
  static let mostKept = 384

  private static func configuration(_ label: String, _ checkpoints: Checkpoints) -> Configuration {
    var configuration = Configuration()
    configuration.label = label
    configuration.busyMode = Patience().busyMode
    configuration.maximumReaderCount = 2
    // A rollback that fails on a broken disk is not to end the program, as GRDB otherwise does.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { database in
      // What is deleted is overwritten, and nothing of it goes to a temporary file.
      try database.execute(
        sql: """
          PRAGMA cache_size = -\(mostKept);
          PRAGMA secure_delete = ON;
          PRAGMA temp_store = MEMORY;
          PRAGMA wal_autocheckpoint = \(checkpoints.rawValue);
          """)
    }
    return configuration
  }
}
