package import FoundationEssentials
import GRDB

extension NightStore {
  /// Forgets names, passes and codes of events that ended before `date`; of an event without a known
  /// end, what is older than `date`. Admissions and the journal stay, without codes.
  ///
  /// Where anything went, the whole file is written anew, during which scans wait: not for the
  /// busiest hour.
  package func purge(eventsEndedBefore date: Date) async throws(StoreError) -> PurgeResult {
    let limit = date.timeIntervalSince1970
    var result = PurgeResult()
    for rows in PurgedRows.allCases {
      for old in try await read({ try rows.old(in: $0, before: limit) }) {
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
    result.files = files.deleteSetAside(before: date)
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
