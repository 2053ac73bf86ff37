package import Admission
package import FoundationEssentials
import GRDB

extension NightStore {
  /// Seconds: what is due later than this was put off by a clock that has been set back since.
  static let longestReportPause: TimeInterval = 3900

  /// Takes entries to report whose time has come, oldest first, and keeps other processes from
  /// taking them until `lease` seconds have passed. Exactly one of `acknowledge`, `retry` and
  /// `refuse` is to follow for each; after a crash they come again when the lease ends.
  package func claimDue(
    at moment: Moment, lease: TimeInterval, limit: Int
  ) async throws(StoreError) -> [EntryReport] {
    let now = moment.wall.timeIntervalSince1970
    return try await write(on: ledger) { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT a.id, a.pass_kind, a.pass_id, a.event_id, coalesce(a.code, '') AS code, a.at,
            o.option_id, a.people, o.attempts + 1 AS attempt, o.is_under_way, a.reported_at,
            a.counted_at, a.counted_order
          FROM outbox AS o JOIN admissions AS a ON a.id = o.admission_id
          WHERE o.state = 'waiting' AND (o.next_try_at <= ? OR o.next_try_at > ?)
          ORDER BY o.next_try_at, a.id LIMIT ?
          """,
        arguments: [now, now + Self.longestReportPause, limit])
      let order =
        rows.isEmpty ? nil : try AnswerOrder.of(uptime: moment.uptime, in: database)
      for row in rows {
        let id: Int64 = row["id"]
        // An attempt that nobody has told the end of may have arrived.
        try database.execute(
          sql: """
            UPDATE outbox SET attempts = attempts + 1, next_try_at = ?, is_under_way = 1,
              may_have_arrived = max(may_have_arrived, is_under_way)
            WHERE admission_id = ?
            """,
          arguments: [now + lease, id])
        let reportedAt: Double? = row["reported_at"]
        if reportedAt == nil {
          try Self.noteCount(for: row, before: Stamp(now, order: order), in: database)
        }
        try database.execute(
          sql: """
            UPDATE admissions SET reported_at = coalesce(reported_at, ?1),
              reported_order = iif(reported_at IS NULL, ?2, reported_order),
              reported_people = max(coalesce(reported_people, 1), people)
            WHERE id = ?3
            """,
          arguments: [now, order, id])
      }
      return rows.map { row in
        EntryReport(
          admissionID: row["id"], kind: PassKind(rawValue: row["pass_kind"]) ?? .pass,
          passID: row["pass_id"], code: row["code"], eventID: row["event_id"],
          optionID: row["option_id"], people: row["people"],
          enteredAt: Date(timeIntervalSince1970: row["at"]), attempt: row["attempt"],
          wasInterrupted: row["is_under_way"])
      }
    }
  }

  /// What the service had counted in before it is told of an entry: the newest stored answer knows
  /// better than the one by which the entry was judged.
  private static func noteCount(
    for row: Row, before now: Stamp, in database: Database
  ) throws {
    let (kind, passID): (String, String) = (row["pass_kind"], row["pass_id"])
    let eventID: String = row["event_id"]
    let judged = Stamp(row, "counted")
    let stored = try Row.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT pass, fetched_at AS asked_at, asked_order FROM passes WHERE kind = ? AND id = ?
          """),
      // As it is stored.
      arguments: [kind, passID.isEmpty ? row["code"] : passID])
    guard let stored, let asked = Stamp(stored, "asked"), !now.isBefore(asked),
      judged.map({ !asked.isBefore($0) }) ?? true,
      let pass = try? PassText.decode(stored["pass"])
    else { return }
    let id: Int64 = row["id"]
    try database.execute(
      sql: "UPDATE admissions SET counted_in = ?, counted_at = ?, counted_order = ? WHERE id = ?",
      arguments: [pass.peopleCountedIn(eventID: eventID), asked.wall, asked.order, id])
  }

  /// The earliest time at which an entry will be due; nil where none waits.
  package func nextDue(now: Date) async throws(StoreError) -> Date? {
    let due = try await read { database in
      try Double.fetchOne(
        database, sql: "SELECT min(next_try_at) FROM outbox WHERE state = 'waiting'"
      ).map(Date.init(timeIntervalSince1970:))
    }
    return due.map { $0.timeIntervalSince(now) > Self.longestReportPause ? now : $0 }
  }

  // What came of a report is not synced, so that no admission waits for it: after a power cut it is
  // one whose end nobody has told.

  /// The service has counted these people in: answers asked for after `moment` contain them.
  package func acknowledge(
    _ report: EntryReport, at moment: Moment
  ) async throws(StoreError) {
    try await write(on: journal) { database in
      let order = try AnswerOrder.of(uptime: moment.uptime, in: database)
      // Also where it was taken back meanwhile: the service counts it all the same.
      try database.execute(
        sql: """
          UPDATE admissions
          SET acknowledged_at = ?, acknowledged_order = ?, acknowledged_people = ? WHERE id = ?
          """,
        arguments: [moment.wall.timeIntervalSince1970, order, report.people, report.admissionID])
      try Self.end(report, "acknowledged", in: database)
    }
  }

  /// The report failed and is to be tried again.
  /// - Parameters:
  ///   - mayHaveArrived: false only where the request cannot have reached the service.
  ///   - reason: why it failed, in a few words for staff; no names.
  package func retry(
    _ report: EntryReport, at next: Date, mayHaveArrived: Bool, reason: String?
  ) async throws(StoreError) {
    try await write(on: journal) { database in
      try Self.end(report, nil, in: database, mayHaveArrived: mayHaveArrived)
      try database.execute(
        sql: """
          UPDATE outbox SET next_try_at = ?, last_failure = ?
          WHERE admission_id = ? AND state = 'waiting'
          """,
        arguments: [next.timeIntervalSince1970, reason, report.admissionID])
    }
  }

  /// The report is not tried again.
  /// - Parameters:
  ///   - reason: a few words for staff; no names.
  ///   - mayHaveArrived: false where the service said that it does not take it.
  package func refuse(
    _ report: EntryReport, reason: String, mayHaveArrived: Bool
  ) async throws(StoreError) {
    try await write(on: journal) { database in
      try Self.end(
        report, "refused", in: database, mayHaveArrived: mayHaveArrived, refusal: reason)
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
        SELECT a.*, o.state, o.refusal, o.last_failure, o.may_have_arrived, o.is_under_way,
          (SELECT code FROM journal WHERE admission_id = a.id LIMIT 1) AS scanned_code,
          EXISTS (
            SELECT 1 FROM admissions AS other
            WHERE other.pass_kind = a.pass_kind AND other.pass_id = a.pass_id
              AND other.event_id = a.event_id AND other.id <> a.id AND other.undone_at IS NULL
          ) AS has_others
        FROM admissions AS a JOIN outbox AS o ON o.admission_id = a.id
        WHERE a.event_id = ? AND (o.state <> 'withdrawn' OR a.undone_at IS NOT NULL)
        ORDER BY a.at, a.id
        """,
      arguments: [eventID]
    ).compactMap(ReportCase.init)
  }

  /// - Parameter state: nil where it goes on waiting.
  private static func end(
    _ report: EntryReport, _ state: String?, in database: Database, mayHaveArrived: Bool = false,
    refusal: String? = nil
  ) throws {
    let id = report.admissionID
    try database.execute(
      sql: "UPDATE outbox SET is_under_way = 0 WHERE admission_id = ?", arguments: [id])
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
          UPDATE admissions SET reported_at = NULL, reported_order = NULL
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
    let passID: String? = row["pass_id"]
    let passKind = passID == nil ? nil : PassKind(rawValue: row["pass_kind"])
    // That somebody has come is true as long as anybody has, however many.
    let isToldPeople = passKind?.isReportedByPeople ?? true
    let kind: Kind
    if undoneAt != nil {
      guard reportedAt != nil, isToldPeople || !row["has_others"] else { return nil }
      kind = .undoneAfterReport(isCertain: acknowledged != nil)
    } else if let acknowledged {
      guard acknowledged != people, isToldPeople else { return nil }
      kind = .changedAfterReport(acknowledged: acknowledged)
    } else if state == "refused" {
      kind = .refused(row["refusal"], mayBeCounted: row["may_have_arrived"])
    } else {
      kind = .waiting(row["is_under_way"] ? "sent, and no answer yet" : row["last_failure"])
    }
    self.init(
      kind: kind, admissionID: row["id"], passKind: passKind, passID: passID,
      code: row["scanned_code"], people: people, at: Date(timeIntervalSince1970: row["at"]),
      door: row["door"])
  }
}
