import GRDB

/// How long the service did not answer at all, at one door or more, from what was noted of it and from
/// the scans themselves. Two doors that were offline together count once; an answer that failed (429,
/// 5xx, a refused key) is an answer. Each door counts between its own first and last line in the event's
/// journal: of the time before and after, when the box may have been off, nobody knows.
struct OfflineSpans {
  /// Two scans without an answer that lie further apart than this, in seconds, say nothing of the
  /// time between them.
  private static let longestSilence = 300.0

  /// From each door's first line in the event's journal to its last.
  private var doors: [String: ClosedRange<Double>] = [:]
  private var spans: [ClosedRange<Double>] = []

  static func total(eventID: String, in database: Database) throws -> Duration {
    var spans = OfflineSpans()
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT door, min(at) AS first, max(at) AS last FROM journal
        WHERE event_id = ? AND origin IS NULL GROUP BY door
        """,
      arguments: [eventID])
    for row in rows { spans.doors[row["door"]] = row["first"]...row["last"] }
    guard let last = spans.doors.values.map(\.upperBound).max() else { return .zero }
    try spans.readStatus(in: database, until: last)
    try spans.readScans(eventID: eventID, in: database)
    return .seconds(spans.total)
  }

  private mutating func readStatus(in database: Database, until last: Double) throws {
    let rows = try Row.fetchCursor(
      database, sql: "SELECT door, at, status FROM service_status WHERE at <= ? ORDER BY door, id",
      arguments: [last])
    var open: (door: String, since: Double)?
    while let row = try rows.next() {
      let (door, at): (String, Double) = (row["door"], row["at"])
      let isOffline: Bool = row["status"] == "offline"
      if let span = open, span.door != door {
        // Never seen to end.
        add(at: span.door, from: span.since, to: last)
        open = nil
      }
      if isOffline {
        if open == nil { open = (door, at) }
      } else if let span = open {
        add(at: door, from: span.since, to: at)
        open = nil
      }
    }
    if let span = open { add(at: span.door, from: span.since, to: last) }
  }

  private mutating func readScans(eventID: String, in database: Database) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT door, at, failure = 'offline' AS is_offline FROM journal
        WHERE event_id = ? AND (failure IS NOT NULL OR source = 'live') AND origin IS NULL
        ORDER BY door, id
        """,
      arguments: [eventID])
    var before: (door: String, at: Double)?
    while let row = try rows.next() {
      let (door, at): (String, Double) = (row["door"], row["at"])
      let isOffline: Bool = row["is_offline"] ?? false
      if isOffline, let before, before.door == door, at - before.at <= Self.longestSilence {
        add(at: door, from: before.at, to: at)
      }
      before = isOffline ? (door, at) : nil
    }
  }

  private mutating func add(at door: String, from start: Double, to end: Double) {
    guard let night = doors[door] else { return }
    let (start, end) = (max(start, night.lowerBound), min(end, night.upperBound))
    if start < end { spans.append(start...end) }
  }

  /// Seconds covered by any span.
  private var total: Double {
    var total = 0.0
    var covered = -Double.infinity
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      let start = max(covered, span.lowerBound)
      if start < span.upperBound {
        total += span.upperBound - start
        covered = span.upperBound
      }
    }
    return total
  }
}
