import FoundationEssentials
import GRDB

extension Salvage {
  /// Admissions that cannot be read, as the journal has them: their guests are in. What the pass
  /// allowed is not in it, so they stand as those that were let in by hand.
  func recallLostAdmissions() throws {
    let lost = try Int64.fetchAll(
      target,
      sql: """
        SELECT DISTINCT admission_id FROM journal
        WHERE admission_id IS NOT NULL AND admission_id NOT IN (SELECT id FROM admissions)
        ORDER BY admission_id
        """)
    let recall = try target.makeStatement(sql: Self.recalling)
    let now = Date().timeIntervalSince1970
    for id in lost { try recall.execute(arguments: ["id": id, "now": now]) }
    // A report names its pass.
    try target.execute(
      sql: """
        DELETE FROM outbox WHERE admission_id NOT IN (
          SELECT id FROM admissions WHERE pass_id IS NOT NULL AND event_id IS NOT NULL)
        """)
  }

  /// The first line is its making, unless that is lost, too; the last one has the newest number of
  /// people. When the service took a report is not known: not after now, and a stored answer that
  /// may be older is taken not to have it.
  private static let recalling = """
    WITH lines AS (SELECT * FROM journal WHERE admission_id = :id),
      first AS (SELECT * FROM lines ORDER BY id LIMIT 1),
      known AS (
        SELECT passes.id FROM passes, first
        WHERE passes.code = first.code COLLATE BINARY AND passes.id <> passes.code
        GROUP BY passes.code HAVING count(*) = 1),
      told AS (SELECT state = 'acknowledged' AS surely FROM outbox
        WHERE admission_id = :id AND (state = 'acknowledged' OR may_have_arrived OR is_under_way)),
      people AS (SELECT people FROM lines ORDER BY id DESC LIMIT 1)
    INSERT INTO admissions (
      id, kind, event_id, pass_id, code, pass_type, sequence, people, at, door, is_stored_answer,
      undone_at, reported_at, reported_people, acknowledged_at, acknowledged_people)
    SELECT :id, 'by_hand', event_id, (SELECT id FROM known),
      code, pass_type,
      1 + coalesce((
        SELECT max(sequence) FROM admissions AS others
        WHERE others.pass_id = (SELECT id FROM known) AND others.event_id = first.event_id), 0),
      (SELECT people FROM people), at, door, coalesce(source = 'cache', 0),
      (SELECT max(at) FROM lines WHERE action = 'undo'),
      (SELECT :now FROM told), (SELECT people FROM people, told),
      (SELECT :now FROM told WHERE surely), (SELECT people FROM people, told WHERE surely)
    FROM first
    """
}
