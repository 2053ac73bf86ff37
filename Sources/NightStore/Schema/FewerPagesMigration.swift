extension Schema {
  /// Each index is one more page that a green writes and syncs. Those that go served what nobody waits for
  /// (the purge, taking the newest admission back), which reads the table, or another index, instead.
  ///
  /// The rule of new admissions is the same. It looks for the pass and its code, not at everybody at the
  /// event: the sign before `event_id` keeps SQLite from an index that begins with it.
  static let twelfth = """
    DROP INDEX admissions_with_code;
    DROP INDEX admissions_by_door;
    DROP INDEX journal_with_code;

    DROP TRIGGER admissions_never_exceed;
    CREATE TRIGGER admissions_never_exceed BEFORE INSERT ON admissions
    WHEN NEW.kind = 'counted' AND NEW.origin IS NULL AND NEW.used + NEW.outside < (
      SELECT total(people) FROM admissions
      WHERE (pass_id = NEW.pass_id AND pass_kind = NEW.pass_kind AND NEW.pass_id <> ''
          OR code = NEW.code)
        AND +event_id = NEW.event_id AND undone_at IS NULL
        AND (reported_at IS NULL OR pass_kind <> NEW.pass_kind
          OR coalesce(reported_order >= NEW.answered_order, reported_at >= NEW.answered_at)))
    BEGIN
      SELECT RAISE(ABORT, 'fewer people used than are in');
    END;
    """
}
