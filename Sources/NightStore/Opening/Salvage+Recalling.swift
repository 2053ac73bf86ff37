import FoundationEssentials
import GRDB

/// Each admission stands in its table and in the journal: what one of them has lost, the other tells.
extension Salvage {
  /// Admissions that cannot be read, as the journal has them: their guests are in.
  func recallLostAdmissions() throws {
    let lost = try Int64.fetchAll(
      target,
      sql: """
        SELECT DISTINCT admission_id FROM journal
        WHERE admission_id IS NOT NULL AND admission_id NOT IN (SELECT id FROM admissions)
        ORDER BY admission_id
        """)
    let now = Date().timeIntervalSince1970
    for id in lost {
      do {
        // A statement that failed would fail for the next one as well: one of their own each.
        try target.execute(sql: Self.recalling, arguments: ["id": id, "now": now])
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
        // Its line says something that cannot be. Whoever came is in all the same, and the line needs
        // its admission.
        try target.execute(sql: Self.recallingPlainly, arguments: ["id": id])
      }
    }
    // A report names its pass.
    try target.execute(
      sql: """
        DELETE FROM outbox WHERE admission_id NOT IN (
          SELECT id FROM admissions WHERE pass_id IS NOT NULL AND event_id IS NOT NULL)
        """)
  }

  /// The first line is its making, unless that is lost, too; the last one has the newest number of
  /// people. Of an older version's line, which does not tell the pass, it is found by its code, and
  /// the admission stands as one by hand. When the service took a report is not known: not after
  /// now, and a stored answer that may be older is taken not to have it.
  private static let recalling = """
    WITH lines AS (SELECT * FROM journal WHERE admission_id = :id),
      people AS (SELECT people FROM lines ORDER BY id DESC LIMIT 1),
      first AS (
        SELECT *, pass_id IS NOT NULL AND event_id IS NOT NULL AND answered_at IS NOT NULL
          AND allowed - used >= (SELECT people FROM people) AS is_counted
        FROM lines ORDER BY id LIMIT 1),
      known AS (
        SELECT coalesce(first.pass_id, (
          SELECT min(passes.id) FROM passes
          WHERE passes.code = first.code COLLATE BINARY AND passes.id <> passes.code
            AND passes.kind = coalesce(first.pass_kind, 'pass')
          HAVING count(*) = 1)) AS id
        FROM first),
      told AS (SELECT state = 'acknowledged' AS surely FROM outbox
        WHERE admission_id = :id AND (state = 'acknowledged' OR may_have_arrived OR is_under_way))
    INSERT INTO admissions (
      id, kind, event_id, pass_kind, pass_id, code, pass_type, sequence, allowed, used, people, at, door,
      answered_at, counted_in, counted_at, is_stored_answer,
      undone_at, reported_at, reported_people, acknowledged_at, acknowledged_people, entry_id, origin)
    SELECT :id, iif(coalesce(is_counted, 0), 'counted', 'by_hand'), event_id,
      coalesce(pass_kind, 'pass'), (SELECT id FROM known), code, pass_type,
      1 + coalesce((
        SELECT max(sequence) FROM admissions AS others
        WHERE others.pass_id = (SELECT id FROM known) AND others.event_id = first.event_id), 0),
      allowed, used, (SELECT people FROM people), at, door,
      answered_at, counted_in, iif(counted_in IS NULL, NULL, answered_at),
      coalesce(source = 'cache', 0),
      (SELECT max(at) FROM lines WHERE action = 'undo'),
      (SELECT :now FROM told), (SELECT people FROM people, told),
      (SELECT :now FROM told WHERE surely), (SELECT people FROM people, told WHERE surely),
      \(entryID), origin
    FROM first
    """

  /// Another admission may have got the name by a stale page.
  private static let entryID = """
    (SELECT entry_id FROM first WHERE entry_id NOT IN (
      SELECT entry_id FROM admissions WHERE entry_id IS NOT NULL))
    """

  /// Only that somebody came, on what, and how many.
  private static let recallingPlainly = """
    WITH lines AS (SELECT * FROM journal WHERE admission_id = :id),
      first AS (SELECT * FROM lines ORDER BY id LIMIT 1)
    INSERT INTO admissions (
      id, kind, event_id, pass_kind, pass_id, code, pass_type, sequence, people, at, door, is_stored_answer,
      undone_at, entry_id, origin)
    SELECT :id, 'by_hand', event_id, coalesce(pass_kind, 'pass'), pass_id, code, pass_type,
      1 + coalesce((
        SELECT max(sequence) FROM admissions AS others
        WHERE others.pass_id = first.pass_id AND others.event_id = first.event_id), 0),
      (SELECT people FROM lines ORDER BY id DESC LIMIT 1), at, door, 0,
      (SELECT max(at) FROM lines WHERE action = 'undo'),
      iif(length(entry_id) = 32 AND entry_id NOT GLOB '*[^0-9a-f]*', \(entryID), NULL),
      nullif(origin, '')
    FROM first
    """

  /// Makes the two agree on each admission. A page may have come over as it was before a correction;
  /// the other one has it. What the journal lacks, it gets.
  static func bringTogether(in store: Database) throws {
    try store.execute(
      sql: """
        -- An older version's admissions had it in the journal alone.
        UPDATE admissions SET code = (
          SELECT code FROM journal WHERE admission_id = admissions.id AND code IS NOT NULL LIMIT 1)
        WHERE code IS NULL;

        UPDATE admissions SET undone_at = (
          SELECT max(at) FROM journal WHERE admission_id = admissions.id AND action = 'undo')
        WHERE undone_at IS NULL AND origin IS NULL
          AND id IN (SELECT admission_id FROM journal WHERE action = 'undo');

        WITH newest AS (
          SELECT admission_id AS id, people, max(id) AS line FROM journal
          WHERE admission_id IS NOT NULL GROUP BY admission_id)
        UPDATE admissions SET people = newest.people FROM newest
        WHERE newest.id = admissions.id AND newest.people <> admissions.people
          AND undone_at IS NULL AND origin IS NULL AND (kind = 'by_hand' OR newest.people <= allowed - used)
          -- It is what an earlier line says; otherwise it is the last line that is lost.
          AND EXISTS (
            SELECT 1 FROM journal AS earlier
            WHERE earlier.admission_id = admissions.id AND earlier.people = admissions.people);
        """)
    try store.execute(sql: completing)
  }

  private static let completing = """
    INSERT INTO journal (
      at, action, event_id, door, code, pass_kind, pass_type, verdict, reason, source, people,
      admission_id, pass_id, allowed, used, answered_at, counted_in, entry_id, origin)
    SELECT at, iif(kind = 'by_hand', 'by_hand', 'scan'), event_id, door,
      coalesce(code, (
        SELECT passes.code FROM passes WHERE passes.id = pass_id AND passes.kind = pass_kind)),
      iif(pass_id IS NULL, NULL, pass_kind), pass_type,
      iif(kind = 'by_hand', NULL, 'admit'), iif(kind = 'by_hand', NULL, 'valid'),
      iif(kind = 'by_hand', NULL, iif(is_stored_answer, 'cache', 'live')), people, id,
      pass_id, allowed, used, answered_at, counted_in, entry_id, origin
    FROM admissions
    WHERE id NOT IN (
      SELECT admission_id FROM journal
      WHERE admission_id IS NOT NULL AND action NOT IN ('undo', 'people'))
    ORDER BY id;

    INSERT INTO journal (
      at, action, event_id, door, code, pass_kind, pass_type, people, admission_id, entry_id, origin)
    SELECT at, 'people', event_id, door, code, iif(pass_id IS NULL, NULL, pass_kind), pass_type,
      people, id, entry_id, origin
    FROM admissions
    WHERE people <> (
      SELECT people FROM journal WHERE admission_id = admissions.id ORDER BY journal.id DESC LIMIT 1)
    ORDER BY id;

    INSERT INTO journal (
      at, action, event_id, door, code, pass_kind, pass_type, people, admission_id, entry_id, origin)
    SELECT undone_at, 'undo', event_id, door, code, iif(pass_id IS NULL, NULL, pass_kind),
      pass_type, people, id, entry_id, origin
    FROM admissions
    WHERE undone_at IS NOT NULL
      AND NOT EXISTS (
        SELECT 1 FROM journal WHERE admission_id = admissions.id AND action = 'undo')
    ORDER BY id;
    """
}
