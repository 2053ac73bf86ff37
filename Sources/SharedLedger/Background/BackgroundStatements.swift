import Admission
import CheckIn

/// What is asked of the server beside the scans.
enum BackgroundStatements {
  static let prepared = [
    AdmissionRow.record, probe, tables, changes, ofDoor, confirmed, takeBack, lastLine, beginLines,
    addLine,
    endLines, now, beat, doors,
  ]

  static let probe = Statement.Prepared(
    name: "probe",
    sql: """
      SELECT ledger, version, current_setting('transaction_read_only')::boolean,
        has_table_privilege('doorcheck.admissions', 'INSERT')
          AND has_table_privilege('doorcheck.admissions', 'UPDATE')
          AND has_table_privilege('doorcheck.doors', 'INSERT')
          AND has_table_privilege('doorcheck.doors', 'UPDATE')
          AND has_table_privilege('doorcheck.journal', 'INSERT')
      FROM doorcheck.meta
      """)

  static let tables = Statement.Prepared(
    name: "tables", sql: "SELECT to_regclass('doorcheck.admissions')::oid::text")

  // MARK: Admissions

  /// What changed after a snapshot of the transactions that had ended ($1) and, of those, after the last
  /// row of the page before ($3, $4).
  ///
  /// A transaction may begin before another one and end after it. So a change is new where its
  /// transaction had not ended in the snapshot, whatever its number. A server that has not come as far as
  /// the snapshot was restored from a backup: all is new.
  static let changes = Statement.Prepared(
    name: "changes",
    sql: """
      WITH start AS (
        SELECT CASE WHEN pg_snapshot_xmax($1::pg_snapshot)
            > pg_snapshot_xmax(pg_current_snapshot())
          THEN pg_snapshot '1:1:' ELSE $1::pg_snapshot END AS seen)
      SELECT pg_current_snapshot(), change.*
      FROM (SELECT 1) AS always LEFT JOIN LATERAL (
        SELECT \(AdmissionRow.columns), changed_by, sequence
        FROM doorcheck.admissions
        WHERE (changed_by, sequence) > ($3::xid8, $4::bigint)
          AND changed_by >= (SELECT pg_snapshot_xmin(seen) FROM start)
          AND NOT pg_visible_in_snapshot(changed_by, (SELECT seen FROM start))
          AND door_id <> $2::text
        ORDER BY changed_by, sequence
        LIMIT $5::bigint) AS change ON true
      """)

  /// Rows of one answer.
  static let changesOfAPage = 500

  static func changes(_ cursor: ChangeCursor, besides doorID: String) -> Statement {
    .run(
      changes,
      [
        cursor.seen, Statement.value(doorID), cursor.page?.changedBy ?? "0",
        cursor.page?.sequence ?? "0", Statement.value(changesOfAPage),
      ])
  }

  /// Those that are changes. The first column is the snapshot, the last two are the place of the row.
  static func changedRows(_ answer: Answer) -> [[String?]] {
    answer.rows.filter { $0.count > 3 && $0[$0.count - 1] != nil }
  }

  static func changed(_ row: [String?]) -> LedgerAdmission? {
    AdmissionRow.admission(Array(row.dropFirst()))
  }

  static let ofDoor = Statement.Prepared(
    name: "of_door",
    sql: """
      SELECT \(AdmissionRow.columns) FROM doorcheck.admissions
      WHERE door_id = $1::text AND recorded_at >= \(TimeSQL.time(2)) ORDER BY sequence
      """)

  static let confirmed = Statement.Prepared(
    name: "confirmed",
    sql: """
      SELECT id FROM doorcheck.admissions
      WHERE door_id = $1::text AND recorded_at >= \(TimeSQL.time(2)) AND (confirmed
        OR recorded_at < (SELECT last_seen FROM doorcheck.doors WHERE id = $1::text))
      """)

  static let takeBack = Statement.Prepared(
    name: "take_back",
    sql: """
      UPDATE doorcheck.admissions
      SET undone_at = \(TimeSQL.time(3)), revision = revision + 1,
        changed_by = pg_current_xact_id()
      WHERE id = ANY ($1::text[]) AND door_id = $2::text AND undone_at IS NULL AND NOT confirmed
      """)

  // MARK: The journal

  static let lastLine = Statement.Prepared(
    name: "last_line", sql: "SELECT last_line FROM doorcheck.doors WHERE id = $1::text")

  /// Another program of the same door waits here.
  static let beginLines = Statement.Prepared(
    name: "begin_lines",
    sql: """
      INSERT INTO doorcheck.doors AS door (id, name) VALUES ($1::text, $2::text)
      ON CONFLICT (id) DO UPDATE SET last_line = door.last_line
      """)

  static let addLine = Statement.Prepared(
    name: "add_line",
    sql: """
      INSERT INTO doorcheck.journal (door_id, number, at, action, event_id, door, code, pass_type,
        verdict, reason, people, admission_id)
      SELECT $1::text, $2::bigint, \(TimeSQL.time(3)), $4::text, $5::text, $6::text, $7::text,
        $8::text, $9::text, $10::text, $11::bigint, $12::text
      WHERE $2::bigint > (SELECT last_line FROM doorcheck.doors WHERE id = $1::text)
      ON CONFLICT (door_id, number) DO NOTHING
      """)

  static let endLines = Statement.Prepared(
    name: "end_lines",
    sql: """
      UPDATE doorcheck.doors SET last_line = $2::bigint
      WHERE id = $1::text AND last_line < $2::bigint
      """)

  // MARK: The doors

  static let now = Statement.Prepared(
    name: "now", sql: "SELECT \(TimeSQL.microseconds("clock_timestamp()"))")

  static let beat = Statement.Prepared(
    name: "beat",
    sql: """
      INSERT INTO doorcheck.doors AS door
        (id, name, event_id, rules, version, last_seen, ended, is_alone, clock_offset,
          direction)
      VALUES ($1::text, $2::text, $3::text, $4::text, $5::text, clock_timestamp(), $6::boolean,
        $7::boolean, $8::double precision, $9::text)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, event_id = excluded.event_id,
        rules = excluded.rules, version = excluded.version, last_seen = excluded.last_seen,
        ended = excluded.ended, is_alone = excluded.is_alone, clock_offset = excluded.clock_offset,
        direction = excluded.direction
      """)

  static let doors = Statement.Prepared(
    name: "doors",
    sql: """
      SELECT id, name, \(TimeSQL.microseconds("last_seen")),
        extract(epoch FROM clock_timestamp() - last_seen)::double precision,
        (SELECT least(coalesce(sum(people), 0), 9223372036854775807)::bigint FROM doorcheck.admissions
          WHERE door_id = doors.id AND undone_at IS NULL
            AND event_id IS NOT DISTINCT FROM doors.event_id),
        (SELECT count(*) FROM doorcheck.journal
          WHERE door_id = doors.id AND action = 'scan'
            AND event_id IS NOT DISTINCT FROM doors.event_id),
        ended, is_alone, clock_offset, event_id, rules, direction,
        (SELECT least(coalesce(sum(gone), 0), 9223372036854775807)::bigint FROM doorcheck.admissions
          WHERE door_id = doors.id AND undone_at IS NULL
            AND event_id IS NOT DISTINCT FROM doors.event_id)
      FROM doorcheck.doors AS doors
      WHERE last_seen > clock_timestamp() - interval '24 hours'
      ORDER BY id = $1::text DESC NULLS LAST, name, id
      """)

  /// Nothing that a door of today checks in for.
  private static let isOld = """
    recorded_at < clock_timestamp() - $1::bigint * interval '1 day'
    AND event_id IS DISTINCT FROM $2::text
    AND (event_id IS NULL OR event_id NOT IN (
      SELECT event_id FROM doorcheck.doors
      WHERE event_id IS NOT NULL AND last_seen > clock_timestamp() - interval '24 hours'))
    """

  /// Once a day, so they are not prepared.
  static func deleteOld(days: Int, but eventID: String?) -> [Statement] {
    let values = [Statement.value(max(0, days)), Statement.value(eventID)]
    return [
      .once("DELETE FROM doorcheck.admissions WHERE \(isOld)", values),
      .once("DELETE FROM doorcheck.journal WHERE \(isOld)", values),
      .once(
        """
        DELETE FROM doorcheck.doors AS door
        WHERE last_seen < clock_timestamp() - ($1::bigint + 1) * interval '1 day'
          AND NOT EXISTS (SELECT FROM doorcheck.admissions WHERE door_id = door.id)
          AND NOT EXISTS (SELECT FROM doorcheck.journal WHERE door_id = door.id)
        """, [values[0]]),
    ]
  }
}
