import Admission
import FoundationEssentials
import GRDB
import Glibc

/// In which order answers were received, by any process of this box, whatever its wall clock read: by
/// the number of the start of the machine, then by the seconds since. Three years lie between two
/// numbers.
enum AnswerOrder {
  private static let between = 1e8

  private static let bootID: String = {
    var bytes = [UInt8](repeating: 0, count: 64)
    let file = Glibc.open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "unknown" }
    defer { _ = Glibc.close(file) }
    let count = Glibc.read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)).filter { $0 > 0x20 }, as: UTF8.self)
  }()

  /// The place of what happened at `uptime`, in seconds on the monotonic clock.
  static func of(uptime: TimeInterval, in database: Database) throws -> Double {
    let number = "SELECT number FROM boots WHERE boot_id = ?"
    if let known = try Int64.fetchOne(
      database.cachedStatement(sql: number), arguments: [bootID])
    {
      return Double(known) * between + uptime
    }
    try database.execute(sql: "INSERT INTO boots (boot_id) VALUES (?)", arguments: [bootID])
    return Double(database.lastInsertedRowID) * between + uptime
  }

  static func of(_ moment: AnswerMoment, in database: Database) throws -> Double {
    switch moment {
    case .stored(let order): order
    case .uptime(let uptime): try of(uptime: uptime, in: database)
    }
  }

  /// The same where nothing may be written: a start of the machine of which nothing is stored comes
  /// after all others.
  static func read(_ moment: AnswerMoment, in database: Database) throws -> Double {
    switch moment {
    case .stored(let order): return order
    case .uptime(let uptime):
      let number = try Int64.fetchOne(
        database,
        sql:
          "SELECT coalesce((SELECT number FROM boots WHERE boot_id = ?), max(number) + 1) FROM boots",
        arguments: [bootID])
      return Double(number ?? 1) * between + uptime
    }
  }

  /// From now on, everything comes after `newest`.
  static func leaveBehind(_ newest: Double, in database: Database) throws {
    let known = try Int64.fetchOne(database, sql: "SELECT max(number) FROM boots") ?? 0
    guard newest.isFinite, newest >= Double(known) * between, newest < 1e15 else { return }
    let number = Int64(newest / between)
    // This start's own number may be the lost one: it gets a new one.
    try database.execute(sql: "DELETE FROM boots WHERE boot_id = ?", arguments: [bootID])
    try database.execute(
      sql: "INSERT OR IGNORE INTO boots (number, boot_id) VALUES (?, ?)",
      arguments: [number, "lost \(number)"])
  }

  /// Seconds on the monotonic clock.
  static func uptime() -> TimeInterval {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
