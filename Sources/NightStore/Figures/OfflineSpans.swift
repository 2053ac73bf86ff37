import GRDB

/// How long the service did not answer at all, at one door or more, from what was noted of it and from
/// the scans themselves. An answer that failed (429, 5xx, a refused key) is an answer. A span that was
/// never seen to end lasted until that door's last line in the event's journal; nobody knows of the
/// time after it, when the box may have been off.
struct OfflineSpans {
  /// Two scans without an answer that lie further apart than this, in seconds, say nothing of the
  /// time between them.
  private static let longestSilence = 300.0

  private var spans: [ClosedRange<Double>] = []

  /// Within the event's first and last line in the journal.
  static func total(eventID: String, in database: Database) throws -> Duration {
    let row = try Row.fetchOne(
      database, sql: "SELECT min(at) AS first, max(at) AS last FROM journal WHERE event_id = ?",
      arguments: [eventID])
    guard let first: Double = row?["first"], let last: Double = row?["last"] else { return .zero }
    var spans = OfflineSpans()
    try spans.readStatus(eventID: eventID, in: database, until: last)
    try spans.readScans(eventID: eventID, in: database)
    return .seconds(spans.total(within: first...last))
  }

  private mutating func readStatus(
    eventID: String, in database: Database, until last: Double
  ) throws {
    let ends = try Row.fetchAll(
      database, sql: "SELECT door, max(at) AS last FROM journal WHERE event_id = ? GROUP BY door",
      arguments: [eventID]
    ).reduce(into: [String: Double]()) { $0[$1["door"]] = $1["last"] }
    let rows = try Row.fetchCursor(
      database, sql: "SELECT door, at, status FROM service_status WHERE at <= ? ORDER BY door, id",
      arguments: [last])
    var open: (door: String, since: Double)?
    while let row = try rows.next() {
      let (door, at): (String, Double) = (row["door"], row["at"])
      let isOffline: Bool = row["status"] == "offline"
      if let span = open, span.door != door {
        if let end = ends[span.door] { add(from: span.since, to: end) }
        open = nil
      }
      if isOffline {
        if open == nil { open = (door, at) }
      } else if let span = open {
        add(from: span.since, to: at)
        open = nil
      }
    }
    if let span = open, let end = ends[span.door] { add(from: span.since, to: end) }
  }

  private mutating func readScans(eventID: String, in database: Database) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT door, at, failure = 'offline' AS is_offline FROM journal
        WHERE event_id = ? AND (failure IS NOT NULL OR source = 'live') ORDER BY door, id
        """,
      arguments: [eventID])
    var before: (door: String, at: Double)?
    while let row = try rows.next() {
      let (door, at): (String, Double) = (row["door"], row["at"])
      let isOffline: Bool = row["is_offline"] ?? false
      if isOffline, let before, before.door == door, at - before.at <= Self.longestSilence {
        add(from: before.at, to: at)
      }
      before = isOffline ? (door, at) : nil
    }
  }

  private mutating func add(from start: Double, to end: Double) {
    if start <= end { spans.append(start...end) }
  }

  /// Seconds covered by any span; two doors that were offline together count once.
  private func total(within night: ClosedRange<Double>) -> Double {
    var total = 0.0
    var covered = night.lowerBound
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      let start = max(covered, span.lowerBound)
      let end = min(night.upperBound, span.upperBound)
      if start < end {
        total += end - start
        covered = end
      }
    }
    return total
  }
}
