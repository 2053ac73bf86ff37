package import FoundationEssentials
import GRDB

/// Looks after a store while it is open. Blocks; not for a thread that others wait for.
extension NightStore {
  /// Looks whether the store is still what was opened, and takes note of what others recorded.
  /// - Parameter since: what this returned last time; nil: never.
  /// - Throws: `gone` or `damaged`: then `renew` goes on with another file.
  package func keepUp(since before: StoreTraces?) throws(StoreError) -> StoreTraces {
    let connections = connections
    if let error = knownTrouble { throw error }
    guard let tonight = connections.tonight else { return StoreTraces(files: files) }
    try files.requireInPlace(connections.identity)
    let traces = StoreTraces(files: files)
    do {
      if let unsaved = try Self.recordUnsaved(beside: files, on: connections.ledger) {
        note(unsaved)
      }
      try tonight.keepUp()
      // Before the first look it has just been opened.
      if let before, traces.calls(forALookAfter: before) { try lookAnew(at: tonight) }
    } catch {
      let error = StoreError(error)
      switch error {
      case .gone, .damaged: throw error
      case .isFolder, .notAFile, .folderUnusable, .readOnly, .full, .busy, .newer, .older, .foreign,
        .failed:
        break
      }
    }
    if let before, !traces.calls(forALookAfter: before) { return before }
    return traces
  }

  /// Open connections remember pages, and would not see what has become of the file.
  private func lookAnew(at tonight: TonightsCopy) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.prepareDatabase {
      try $0.execute(sql: "PRAGMA cache_size = -\(Self.mostKept)")
    }
    let eye = try DatabaseQueue(path: path, configuration: configuration)
    try eye.inDatabase { database in
      guard try Schema.isCurrent(database) else {
        throw StoreError.damaged(detail: "it was overwritten by an older one")
      }
      try Schema.probe(database)
      if (FileStatus(of: path)?.size ?? 0) <= Self.smallFile { try Schema.checkWhole(database) }
      try Schema.checkLedger(database)
      try tonight.requireWhole(in: database)
    }
  }

  /// Goes on with the file at the path, or a new one, and writes down there whom it lacks.
  ///
  /// Until this returns, scans are judged by what is in memory.
  /// - Parameter error: what `keepUp` threw.
  /// - Throws: where there is no file that can be written yet.
  package func renew(after error: StoreError, now: Date) throws(StoreError) -> RenewedStore {
    defer { renewalWasTried() }
    let connections = connections
    // A file that was deleted or moved can still be read.
    try? connections.tonight?.keepUp()
    var suspect: SuspectStore?
    if case .damaged(let detail) = error {
      suspect = SuspectStore(identity: connections.identity, detail: detail)
    }
    let opened = try Self.open(path: path, now: now, checking: .quick, unless: suspect)
    do {
      var added = 0
      if let tonight = connections.tonight {
        added = try opened.store.ledger.inDatabase { try tonight.write(to: $0) }
        opened.store.go(onAs: try opened.store.ledger.inDatabase { try StoreRow.id(in: $0) })
        try opened.store.tonight?.keepUp()
      }
      adopt(opened.store)
      return RenewedStore(setAside: opened.setAside, added: added)
    } catch {
      throw StoreError(error)
    }
  }
}

/// What became of a store that was lost or damaged while it was open.
package struct RenewedStore: Sendable {
  /// Nil where nothing was left to set aside.
  package let setAside: SetAside?
  /// How many admissions it has from memory.
  package let added: Int
}

/// What can be seen of a store's files from outside.
package struct StoreTraces: Sendable {
  private let file: FileStatus.Trace?
  private let log: FileStatus.Trace?
  private let at = ContinuousClock.now

  /// Each scan changes the log; it is looked at so often at most.
  private static let pause: Duration = .seconds(10)

  init(files: StoreFiles) {
    file = FileStatus(of: files.path)?.trace
    log = FileStatus(of: files.log)?.trace
  }

  func calls(forALookAfter before: StoreTraces) -> Bool {
    if file != before.file { return true }
    guard log != before.log else { return false }
    return (log?.size ?? 0) < (before.log?.size ?? 0) || at - before.at > Self.pause
  }
}
