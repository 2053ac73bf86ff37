import Foundation
import GRDB

/// A commit of one small row that is on the disk when it returns, and nothing else.
final class DurableCommit {
  private let pool: DatabasePool

  /// - Throws: `BenchmarkFailure` when the database does not promise to sync.
  init(folder: String) throws {
    pool = try DatabasePool(path: "\(folder)/yardstick.sqlite")
    try pool.writeWithoutTransaction { database in
      // After opening: the pool's own WAL set-up makes it NORMAL.
      try database.execute(sql: "PRAGMA synchronous = FULL")
      let level = try Int.fetchOne(database, sql: "PRAGMA synchronous")
      let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode")
      guard level == 2, mode == "wal" else {
        throw BenchmarkFailure("synchronous is \(level ?? -1), the journal \(mode ?? "unknown")")
      }
      try database.execute(
        sql: "CREATE TABLE entry (id INTEGER PRIMARY KEY, code TEXT, people INTEGER, at REAL)")
    }
  }

  func measure(_ code: String) throws -> Duration {
    let start = ContinuousClock.now
    try pool.write { database in
      try database.execute(
        sql: "INSERT INTO entry (code, people, at) VALUES (?, 1, ?)",
        arguments: [code, Date().timeIntervalSince1970])
    }
    return start.duration(to: .now)
  }
}
