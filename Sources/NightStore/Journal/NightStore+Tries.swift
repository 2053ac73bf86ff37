package import FoundationEssentials
import GRDB

extension NightStore {
  /// How often a pass was refused as used for an event before `date`, at any door that records here.
  /// Reads the event's lines once.
  package func refusalsAsUsed(
    code: String, eventID: String, before date: Date
  ) async throws(StoreError) -> Int {
    try await read { database in
      try Int.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT count(*) FROM journal
            WHERE event_id = ? AND code IS NOT NULL AND at < ? AND code = ? COLLATE NOCASE
              AND action = 'scan' AND reason = 'already_used'
            """),
        arguments: [eventID, date.timeIntervalSince1970, code]) ?? 0
    }
  }
}
