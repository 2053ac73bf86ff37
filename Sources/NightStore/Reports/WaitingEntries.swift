import Admission
import Foundation
import GRDB

/// What ends of the program kept in files beside the store, and no start has recorded yet.
package struct WaitingEntries: Sendable, Equatable {
  private(set) var all: [UnsavedEntry] = []
  /// Lines, or files, that cannot be read: so many entries at least are missing.
  package private(set) var unreadable = 0

  package init() {}

  /// Reads them, and leaves them as they are.
  /// - Parameter path: the store's file.
  package init(besideStore path: String) {
    let files = UnsavedFiles(store: path)
    for path in files.all() {
      if let contents = files.read(path) {
        all += contents.entries
        unreadable += contents.unreadable
      } else if access(path, F_OK) == 0 {
        unreadable += 1
      }
    }
  }

  package var isEmpty: Bool { all.isEmpty }

  /// How many entries, scans that let nobody in among them.
  package var count: Int { all.count }

  /// How many of them are an event's.
  package func count(eventID: String) -> Int {
    all.count { $0.scan.eventID == eventID }
  }

  /// Records them as the next start will. What is there already stays as it is.
  func record(in database: Database) throws {
    for entry in all {
      do {
        try database.inSavepoint {
          switch entry {
          case .admission(let admission): try NightStore.record(admission, in: database)
          case .scan(let record, let reason):
            try NightStore.recordOnce(record, reason, in: database)
          }
          return .commit
        }
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
        // The store would not take this one; the others count.
        continue
      }
    }
  }
}

extension UnsavedEntry {
  fileprivate var scan: ScanRecord {
    switch self {
    case .admission(let admission): admission.scan
    case .scan(let record, _): record
    }
  }
}

extension NightStore {
  /// Opens the store in the file at `path` for a report. What waits beside it to be recorded is in
  /// what is read, and nothing is written: where there is such a thing, the store is copied into
  /// memory and recorded there.
  package static func openForReport(
    path: String
  ) throws(StoreError) -> (store: NightStore, waiting: WaitingEntries) {
    // Before the store: what is recorded meanwhile is found there.
    let waiting = WaitingEntries(besideStore: path)
    let store = try openForReading(path: path)
    guard !waiting.isEmpty else { return (store, waiting) }
    do {
      let memory = try DatabaseQueue()
      try store.ledger.backup(to: memory)
      try memory.inDatabase { database in
        try database.immediately { try waiting.record(in: $0) }
      }
      let copy = NightStore(
        files: store.files,
        connections: StoreConnections(
          identity: store.connections.identity, ledger: memory, journal: memory, pool: memory,
          lookUps: memory, doorID: store.doorID))
      store.close()
      return (copy, waiting)
    } catch {
      store.close()
      throw StoreError(error)
    }
  }
}
