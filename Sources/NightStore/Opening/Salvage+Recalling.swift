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
      newest AS (SELECT people, back, gone FROM lines ORDER BY id DESC LIMIT 1),
      first AS (
        SELECT *, pass_id IS NOT NULL AND event_id IS NOT NULL AND answered_at IS NOT NULL
          AND allowed - used >= (SELECT people + back FROM newest) AS is_counted
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
      undone_at, reported_at, reported_people, acknowledged_at, acknowledged_people, entry_id, origin,
      back, outside, gone, most_gone, inside)
    SELECT :id, CASE WHEN EXISTS (SELECT 1 FROM lines WHERE action = 'counter') THEN 'counter'
        WHEN newest.people + newest.back = 0 THEN 'left'
        WHEN is_counted THEN 'counted' ELSE 'by_hand' END, event_id,
      coalesce(pass_kind, 'pass'), (SELECT id FROM known), code, pass_type,
      1 + coalesce((
        SELECT max(sequence) FROM admissions AS others
        WHERE others.pass_id = (SELECT id FROM known) AND others.event_id = first.event_id), 0),
      allowed, used, newest.people, at, door,
      answered_at, counted_in, iif(counted_in IS NULL, NULL, answered_at),
      coalesce(source = 'cache', 0),
      (SELECT max(at) FROM lines WHERE action = 'undo'),
      (SELECT :now FROM told), (SELECT max(1, newest.people) FROM told),
      (SELECT :now FROM told WHERE surely), (SELECT max(1, newest.people) FROM told WHERE surely),
      \(entryID), origin, newest.back, newest.back, newest.gone,
      iif(newest.people + newest.back = 0, newest.gone, NULL),
      iif(newest.people + newest.back = 0, newest.gone, NULL)
    FROM first, newest
    """

  /// Another admission may have got the name by a stale page.
  private static let entryID = """
    (SELECT entry_id FROM first WHERE entry_id NOT IN (
      SELECT entry_id FROM admissions WHERE entry_id IS NOT NULL))
    """

  /// Only that somebody came, or left, on what, and how many.
  private static let recallingPlainly = """
    WITH lines AS (SELECT * FROM journal WHERE admission_id = :id),
      newest AS (SELECT people, back, gone FROM lines ORDER BY id DESC LIMIT 1),
      first AS (SELECT * FROM lines ORDER BY id LIMIT 1)
    INSERT INTO admissions (
      id, kind, event_id, pass_kind, pass_id, code, pass_type, sequence, people, at, door, is_stored_answer,
      undone_at, entry_id, origin, back, gone)
    SELECT :id, iif(newest.people + newest.back > 0, 'by_hand', 'left'), event_id, coalesce(pass_kind, 'pass'), pass_id, code, pass_type,
      1 + coalesce((
        SELECT max(sequence) FROM admissions AS others
        WHERE others.pass_id = first.pass_id AND others.event_id = first.event_id), 0),
      newest.people, at, door, 0,
      (SELECT max(at) FROM lines WHERE action = 'undo'),
      iif(length(entry_id) = 32 AND entry_id NOT GLOB '*[^0-9a-f]*', \(entryID), NULL),
      nullif(origin, ''), newest.back, iif(newest.people + newest.back > 0, 0, newest.gone)
    FROM first, newest
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
          SELECT admission_id AS id, people, back, gone, max(id) AS line FROM journal
          WHERE admission_id IS NOT NULL GROUP BY admission_id)
        UPDATE admissions SET people = newest.people, back = newest.back, gone = newest.gone,
          unseen = min(unseen, newest.gone)
        FROM newest
        WHERE newest.id = admissions.id
          AND (newest.people, newest.back, newest.gone)
            <> (admissions.people, admissions.back, admissions.gone)
          AND undone_at IS NULL AND origin IS NULL
          AND CASE kind
            WHEN 'by_hand' THEN newest.people + newest.back > 0 AND newest.gone = 0
            WHEN 'counted' THEN newest.people + newest.back BETWEEN 1 AND allowed - used
              AND newest.gone = 0
            WHEN 'left' THEN newest.people + newest.back = 0
            ELSE 0 END
          -- It is what an earlier line says; otherwise it is the last line that is lost. Of a departure
          -- that met nobody at first, no line says so.
          AND (EXISTS (
              SELECT 1 FROM journal AS earlier
              WHERE earlier.admission_id = admissions.id AND earlier.people = admissions.people
                AND earlier.back = admissions.back AND earlier.gone = admissions.gone)
            OR kind = 'left' AND admissions.gone = 0 AND NOT EXISTS (
              SELECT 1 FROM journal AS made
              WHERE made.admission_id = admissions.id AND made.action = 'scan'));
        """)
    try store.execute(sql: completing)
  }

  private static let completing = """
    INSERT INTO journal (
      at, action, event_id, door, code, pass_kind, pass_type, verdict, reason, source, people,
      admission_id, pass_id, allowed, used, answered_at, counted_in, entry_id, origin, back, gone)
    SELECT at, CASE kind WHEN 'counted' THEN 'scan' WHEN 'left' THEN 'scan' ELSE kind END, event_id,
      door,
      coalesce(code, (
        SELECT passes.code FROM passes WHERE passes.id = pass_id AND passes.kind = pass_kind)),
      iif(pass_id IS NULL, NULL, pass_kind), pass_type,
      CASE kind WHEN 'counted' THEN 'admit' WHEN 'left' THEN 'out' END,
      CASE kind WHEN 'counted' THEN 'valid' WHEN 'left' THEN 'left' END,
      iif(kind IN ('counted', 'left'), iif(is_stored_answer, 'cache', 'live'), NULL), people, id,
      pass_id, allowed, used, answered_at, counted_in, entry_id, origin, back, gone
    FROM admissions
    -- A departure that met nobody at first has a line of its own, which names no admission.
    WHERE people + back + gone > 0 AND id NOT IN (
      SELECT admission_id FROM journal
      WHERE admission_id IS NOT NULL
        AND (action NOT IN ('undo', 'people') OR admissions.kind = 'left'))
    ORDER BY id;

    INSERT INTO journal (
      at, action, event_id, door, code, pass_kind, pass_type, people, admission_id, entry_id, origin,
      back, gone)
    SELECT at, 'people', event_id, door, code, iif(pass_id IS NULL, NULL, pass_kind), pass_type,
      people, id, entry_id, origin, back, gone
    FROM admissions
    WHERE (people, back, gone) <> (
      SELECT people, back, gone FROM journal
      WHERE admission_id = admissions.id ORDER BY journal.id DESC LIMIT 1)
    ORDER BY id;

    INSERT INTO journal (
      at, action, event_id, door, code, pass_kind, pass_type, people, admission_id, entry_id, origin,
      back, gone)
    SELECT undone_at, 'undo', event_id, door, code, iif(pass_id IS NULL, NULL, pass_kind),
      pass_type, people, id, entry_id, origin, back, gone
    FROM admissions
    WHERE undone_at IS NOT NULL
      AND NOT EXISTS (
        SELECT 1 FROM journal WHERE admission_id = admissions.id AND action = 'undo')
    ORDER BY id;
    """
}
