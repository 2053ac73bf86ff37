package import Admission
package import FoundationEssentials
import GRDB

extension NightStore {
  /// Forgets names, passes and codes of events that ended before `date`. One without a known end is
  /// over a day after its start; of one of which nobody knows even that, what is older than `date` goes.
  /// Admissions and the journal stay, without codes.
  ///
  /// Where anything went, the whole file is written anew, during which scans wait: not for the
  /// busiest hour.
  /// - Parameters:
  ///   - date: must come from a clock that somebody has confirmed.
  ///   - tonight: whose rows stay, however old; and what belongs to no event stays from its hours on.
  package func purge(
    eventsEndedBefore date: Date, sparing tonight: Event? = nil
  ) async throws(StoreError) -> PurgeResult {
    // Stores that were set aside tonight hold tonight's.
    let date = min(date, tonight.map { $0.hoursBegin ?? date - 86_400 } ?? date)
    let limit = date.timeIntervalSince1970
    let spared = tonight?.id
    var result = PurgeResult()
    for rows in PurgedRows.allCases {
      for old in try await read({ try rows.old(in: $0, before: limit) }) {
        if let spared, old.eventID == spared { continue }
        var gone = 0
        repeat {
          gone = try await write(on: pool) { database in
            let gone = try rows.purge(old, in: database)
            // Outlives a crash, and another process in the way: the next purge goes on from here.
            if gone > 0 { try RemnantMark.set(true, in: database) }
            return gone
          }
          result.count(gone, of: rows)
          await letOthersWrite()
        } while gone == Self.rowsAtOnce
      }
    }
    result.files =
      files.deleteSetAside(before: date) + UnsavedFiles(files).deleteSetAside(before: date)
    result.isOffTheDisk = try await removeRemnants()
    return result
  }

  /// SQLite overwrites what is deleted, yet copies of it stay in the gaps of pages that were split or
  /// joined before, and in the log. Only a new file and an empty log have none.
  /// - Returns: false where another process, or the disk, was in the way.
  private func removeRemnants() async throws(StoreError) -> Bool {
    do {
      try await onQueue(of: pool) { database in
        guard try RemnantMark.isSet(in: database) else { return }
        try database.execute(sql: "VACUUM")
        _ = try database.checkpoint(.truncate)
        try RemnantMark.set(false, in: database)
      }
      return true
    } catch .busy, .full {
      return false
    }
  }
}

/// Says in the file itself that it may hold copies of what was purged: `PRAGMA user_version`, of
/// which migrations make no use.
private enum RemnantMark {
  static func isSet(in database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "PRAGMA user_version") != 0
  }

  static func set(_ isSet: Bool, in database: Database) throws {
    try database.execute(sql: "PRAGMA user_version = \(isSet ? 1 : 0)")
  }
}

/// What a purge has taken away.
package struct PurgeResult: Sendable, Equatable {
  package var passes = 0
  /// Codes in the journal and the ledger.
  package var codes = 0
  /// Files of damaged stores, and of what could not be read beside them, that had been set aside.
  package var files = 0
  /// False where another process or a full disk kept the file from being written anew without
  /// remnants: the next purge does it.
  package var isOffTheDisk = true
}
