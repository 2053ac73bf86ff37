package import FoundationEssentials
import GRDB

extension NightStore {
  /// Takes entries to report whose time has come, oldest first, and keeps other processes from
  /// taking them until `lease` seconds have passed. Exactly one of `acknowledge`, `retry` and
  /// `refuse` is to follow for each; after a crash they come again when the lease ends.
  package func claimDueReports(
    now: Date, lease: TimeInterval, limit: Int = 20
  ) async throws(StoreError) -> [DueReport] {
    let now = now.timeIntervalSince1970
    return try await write(on: ledger) { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT a.id, a.pass_id, a.event_id, o.option_id, a.people, o.attempts + 1 AS attempt
          FROM outbox AS o JOIN admissions AS a ON a.id = o.admission_id
          WHERE o.state = 'waiting' AND o.next_try_at <= ?
          ORDER BY o.next_try_at, a.id LIMIT ?
          """,
        arguments: [now, limit])
      for row in rows {
        let id: Int64 = row["id"]
        // An attempt that nobody has told the end of may have arrived.
        try database.execute(
          sql: """
            UPDATE outbox SET attempts = attempts + 1, next_try_at = ?, may_have_arrived = max(
              may_have_arrived,
              (SELECT reported_at IS NOT NULL FROM admissions WHERE id = admission_id))
            WHERE admission_id = ?
            """,
          arguments: [now + lease, id])
        try database.execute(
          sql: "UPDATE admissions SET reported_at = coalesce(reported_at, ?) WHERE id = ?",
          arguments: [now, id])
      }
      return rows.map { row in
        DueReport(
          admissionID: row["id"], passID: row["pass_id"], eventID: row["event_id"],
          optionID: row["option_id"], people: row["people"], attempt: row["attempt"])
      }
    }
  }

  /// The earliest time at which an entry will be due; nil where none waits.
  package func nextReportDue() async throws(StoreError) -> Date? {
    try await read { database in
      try Double.fetchOne(
        database, sql: "SELECT min(next_try_at) FROM outbox WHERE state = 'waiting'"
      ).map(Date.init(timeIntervalSince1970:))
    }
  }

  /// The service has counted these people in: answers asked for after `date` contain them.
  package func acknowledge(_ report: DueReport, at date: Date) async throws(StoreError) {
    try await write(on: ledger) { database in
      // Also where it was taken back meanwhile: the service counts it all the same.
      try database.execute(
        sql: """
          UPDATE admissions SET acknowledged_at = ?, acknowledged_people = ? WHERE id = ?
          """,
        arguments: [date.timeIntervalSince1970, report.people, report.admissionID])
      try Self.end(report, "acknowledged", in: database)
    }
  }

  /// The report failed and is to be tried again.
  /// - Parameter mayHaveArrived: false only where the request cannot have reached the service.
  package func retry(
    _ report: DueReport, at next: Date, mayHaveArrived: Bool
  ) async throws(StoreError) {
    try await write(on: ledger) { database in
      try Self.end(report, nil, in: database, mayHaveArrived: mayHaveArrived)
      try database.execute(
        sql: "UPDATE outbox SET next_try_at = ? WHERE admission_id = ? AND state = 'waiting'",
        arguments: [next.timeIntervalSince1970, report.admissionID])
    }
  }

  /// The service will not take the report; it is not tried again.
  /// - Parameter reason: a few words for staff; no names.
  package func refuse(_ report: DueReport, reason: String) async throws(StoreError) {
    try await write(on: ledger) { database in
      try Self.end(report, "refused", in: database, refusal: reason)
    }
  }

  /// Entries of an event that staff may have to look at, by time.
  package func reportCases(eventID: String) async throws(StoreError) -> [ReportCase] {
    try await read { try Self.reportCases(eventID: eventID, in: $0) }
  }

  static func reportCases(eventID: String, in database: Database) throws -> [ReportCase] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT a.*, o.state, o.refusal, o.may_have_arrived,
          (SELECT code FROM journal WHERE admission_id = a.id LIMIT 1) AS scanned_code
        FROM admissions AS a JOIN outbox AS o ON o.admission_id = a.id
        WHERE a.event_id = ?
        ORDER BY a.at, a.id
        """,
      arguments: [eventID]
    ).compactMap(ReportCase.init)
  }

  /// - Parameter state: nil where it goes on waiting.
  private static func end(
    _ report: DueReport, _ state: String?, in database: Database, mayHaveArrived: Bool = false,
    refusal: String? = nil
  ) throws {
    let id = report.admissionID
    if let state {
      // One that was taken back stays withdrawn, unless the service has taken it.
      try database.execute(
        sql: """
          UPDATE outbox SET state = ?, next_try_at = NULL, refusal = ?
          WHERE admission_id = ? AND state = 'waiting'
          """,
        arguments: [state, refusal, id])
      if state == "acknowledged" { return }
    }
    if mayHaveArrived {
      try database.execute(
        sql: "UPDATE outbox SET may_have_arrived = 1 WHERE admission_id = ?", arguments: [id])
    } else {
      // If no attempt can have arrived, the service knows nothing of this entry.
      try database.execute(
        sql: """
          UPDATE admissions SET reported_at = NULL
          WHERE id = ? AND acknowledged_at IS NULL
            AND (SELECT may_have_arrived FROM outbox WHERE admission_id = id) = 0
          """,
        arguments: [id])
    }
  }
}

extension ReportCase {
  /// Nil where there is nothing to look at.
  fileprivate init?(_ row: Row) {
    let people: Int = row["people"]
    let acknowledged: Int? = row["acknowledged_people"]
    let reportedAt: Double? = row["reported_at"]
    let undoneAt: Double? = row["undone_at"]
    let state: String = row["state"]
    let kind: Kind
    if undoneAt != nil {
      guard reportedAt != nil else { return nil }
      kind = .undoneAfterReport(isCertain: acknowledged != nil)
    } else if let acknowledged {
      guard acknowledged != people else { return nil }
      kind = .changedAfterReport(acknowledged: acknowledged)
    } else if state == "refused" {
      kind = .refused(row["refusal"])
    } else {
      kind = .waiting
    }
    self.init(
      kind: kind, admissionID: row["id"], passID: row["pass_id"], code: row["scanned_code"],
      people: people, at: Date(timeIntervalSince1970: row["at"]), door: row["door"])
  }
}
