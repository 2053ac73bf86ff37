import Admission
import FoundationEssentials
import GRDB

extension PassKind {
  /// Whether the service is told of each admission how many people came in. Otherwise it is told once
  /// that somebody has come, and need not count how many (FourvenuesAPI: Tickets, guest lists and
  /// bookings).
  var isReportedByPeople: Bool {
    switch self {
    case .pass, .ticket, .list: true
    case .booking: false
    }
  }

  /// Whether the service is told of it by its `_id`; otherwise by its code.
  var isReportedByID: Bool {
    switch self {
    case .pass, .list, .booking: true
    case .ticket: false
    }
  }
}

/// What is reported once goes with the first admission, and on to the next one where that is taken back
/// in time.
enum ReportedOnce {
  /// Others of the same pass and event than `:id` of which the service was told, by whatever door, or is
  /// to be by this one: whether another one reports at all nobody knows.
  private static let others = """
    SELECT 1 FROM admissions AS other LEFT JOIN outbox ON admission_id = other.id
    WHERE other.pass_kind = :kind AND other.pass_id = :pass AND other.event_id = :event
      AND other.id <> :id
      AND (state <> 'withdrawn' OR acknowledged_at IS NOT NULL
        OR other.origin IS NOT NULL AND reported_at IS NOT NULL)
    """

  /// Whether an admission needs no report of its own.
  static func isTold(
    _ pass: PassAtEvent, besides id: Int64, in database: Database
  ) throws -> Bool {
    if pass.kind.isReportedByPeople { return false }
    return try Bool.fetchOne(
      database, sql: "SELECT EXISTS (\(others))",
      arguments: [
        "kind": pass.kind.rawValue, "pass": pass.id, "event": pass.eventID, "id": id,
      ]) ?? false
  }

  /// One was taken back whose report had not been sent: the next that stands is reported instead.
  static func passOnReport(
    of undone: RecordedAdmission, at now: Date, in database: Database
  ) throws {
    guard let kind = undone.kind, !kind.isReportedByPeople, let passID = undone.passID,
      let eventID = undone.eventID
    else { return }
    try database.execute(
      sql: """
        INSERT INTO outbox (admission_id, option_id, state, next_try_at)
        SELECT next.id, withdrawn.option_id, 'waiting', :now
        FROM outbox AS withdrawn, admissions AS made, (
          SELECT min(id) AS id FROM admissions
          WHERE pass_kind = :kind AND pass_id = :pass AND event_id = :event AND undone_at IS NULL
            AND kind = 'counted' AND people > 0 AND origin IS NULL AND id NOT IN (SELECT admission_id FROM outbox)) AS next
        WHERE withdrawn.admission_id = :id AND withdrawn.state = 'withdrawn' AND made.id = :id
          AND made.acknowledged_at IS NULL AND next.id IS NOT NULL AND NOT EXISTS (\(others))
        """,
      arguments: [
        "kind": kind.rawValue, "pass": passID, "event": eventID, "id": undone.id,
        "now": now.timeIntervalSince1970,
      ])
  }
}
