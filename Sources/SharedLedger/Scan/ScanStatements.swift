import Admission
import CheckIn

/// What is asked of the server for a scan.
enum ScanStatements {
  static let begin = Statement.Prepared(name: "begin", sql: "BEGIN")
  static let commit = Statement.Prepared(name: "commit", sql: "COMMIT")
  static let rollback = Statement.Prepared(name: "rollback", sql: "ROLLBACK")

  /// Until the end of the transaction, in the order given.
  static let lock = Statement.Prepared(
    name: "lock",
    sql: "SELECT count(pg_advisory_xact_lock(key)) FROM unnest($1::bigint[]) AS key")

  /// A statement of its own after the lock: it sees what was committed while it waited.
  static let read = Statement.Prepared(
    name: "read",
    sql: """
      SELECT \(AdmissionRow.columns) FROM doorcheck.admissions
      WHERE event_id = $1::text AND (
        ($3::text <> '' AND "left"(pass_id, 200) = "left"($3::text, 200)
          AND pass_id = $3::text AND kind = $2::text)
        OR ($4::text <> '' AND "left"(code_key, 200) = "left"(lower($4::text COLLATE "C"), 200)
          AND code_key = lower($4::text COLLATE "C")))
      ORDER BY sequence
      """)

  static let confirm = Statement.Prepared(
    name: "confirm",
    sql: "UPDATE doorcheck.admissions SET confirmed = true WHERE id = $1::text AND NOT confirmed")

  static let prepared = [
    begin, commit, rollback, lock, read, BackgroundStatements.changes, confirm, AdmissionRow.record,
  ]

  /// The position of `lock` in `hold`.
  static let lockIndex = 1

  /// Takes the pass and reads who came in on it, in one round trip. That the server is there is heard
  /// before the lock is had.
  /// - Parameter place: nil, or where the changes are to be read from, while nobody else counts all.
  static func hold(_ pass: PassAtEvent, countingAllSince place: PlaceInChanges? = nil)
    -> [Statement]
  {
    var keys = LockKey.keys(of: pass)
    // Behind the passes' for everybody, so that no two doors wait for each other.
    if place != nil { keys.append(LockKey.key(ofEvent: pass.eventID)) }
    return [
      .run(begin, isAnsweredAtOnce: true),
      .run(lock, ["{\(keys.map { "\($0)" }.joined(separator: ","))}"]),
      .run(
        read,
        [
          Statement.value(pass.eventID), pass.kind.rawValue, Statement.value(pass.id),
          Statement.value(pass.code),
        ]),
    ]
      + (place.map { [BackgroundStatements.changes(ChangeCursor($0.cursor), besides: $0.doorID)] }
        ?? [])
  }

  /// What came of `hold`.
  struct Found {
    var admissions: [LedgerAdmission]
    var news: [LedgerAdmission]

    init(_ answers: [Answer]) {
      admissions = answers.dropFirst(2).first?.rows.compactMap(AdmissionRow.admission) ?? []
      news =
        answers.dropFirst(3).first.map(BackgroundStatements.changedRows)?
        .compactMap(BackgroundStatements.changed) ?? []
    }
  }
}
