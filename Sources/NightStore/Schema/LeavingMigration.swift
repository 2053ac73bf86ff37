extension Schema {
  /// Out and in again. `people` of an admission are those who came in by it for the first time.
  ///
  /// `back`: people who came in by it again; `outside`: people of its pass who were outside before it and
  /// might do so. `gone`: people who left by it; `unseen`: of these, those whom no door saw come in;
  /// `most_gone`: the most who may have left by it, NULL: all; `inside`: people who were inside before it,
  /// as far as was known. A departure of nobody stays, where another door's admission may yet arrive.
  ///
  /// SQLite cannot change what a table checks, so both are made anew, in the place of those that were; the
  /// old columns keep their places, by which a damaged file is read.
  static let eleventh = """
    CREATE TEMP TABLE given_before AS SELECT name, seq FROM sqlite_sequence;
    CREATE TEMP TABLE admissions_before AS SELECT * FROM admissions;
    DROP TABLE admissions;
    CREATE TABLE admissions (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL CHECK (kind IN ('counted', 'by_hand', 'left', 'counter')),
      event_id TEXT,
      pass_id TEXT,
      code TEXT COLLATE NOCASE,
      pass_type TEXT,
      sequence INTEGER NOT NULL CHECK (sequence >= 1),
      allowed INTEGER CHECK (allowed >= 0),
      used INTEGER CHECK (used >= 0),
      people INTEGER NOT NULL CHECK (people >= 0),
      at REAL NOT NULL,
      door TEXT NOT NULL,
      answered_at REAL,
      is_stored_answer INTEGER NOT NULL CHECK (is_stored_answer IN (0, 1)),
      undone_at REAL,
      reported_at REAL,
      acknowledged_at REAL,
      acknowledged_people INTEGER CHECK (acknowledged_people >= 1),
      counted_in INTEGER CHECK (counted_in >= 0),
      counted_at REAL,
      reported_people INTEGER CHECK (reported_people >= 1),
      answered_order REAL,
      counted_order REAL,
      reported_order REAL,
      acknowledged_order REAL,
      pass_kind TEXT NOT NULL DEFAULT 'pass',
      entry_id TEXT CHECK (length(entry_id) = 32 AND entry_id NOT GLOB '*[^0-9a-f]*'),
      origin TEXT CHECK (origin <> ''),
      revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 0),
      delivered INTEGER CHECK (delivered >= 0),
      clock_offset REAL,
      told_people INTEGER,
      pass_allows INTEGER CHECK (pass_allows >= 0),
      back INTEGER NOT NULL DEFAULT 0 CHECK (back >= 0),
      outside INTEGER NOT NULL DEFAULT 0 CHECK (outside >= 0),
      gone INTEGER NOT NULL DEFAULT 0 CHECK (gone >= 0),
      unseen INTEGER NOT NULL DEFAULT 0 CHECK (unseen BETWEEN 0 AND gone),
      most_gone INTEGER CHECK (most_gone >= 0),
      inside INTEGER CHECK (inside >= 0),
      UNIQUE (pass_id, event_id, sequence),
      CHECK (
        CASE kind
        WHEN 'counted' THEN
          pass_id IS NOT NULL AND event_id IS NOT NULL AND answered_at IS NOT NULL
          AND allowed IS NOT NULL AND used IS NOT NULL AND gone = 0
          AND people + back BETWEEN 1 AND allowed - used
        WHEN 'by_hand' THEN people + back >= 1 AND gone = 0
        WHEN 'left' THEN people = 0 AND back = 0 AND allowed IS NULL AND used IS NULL
        ELSE pass_id IS NULL AND code IS NULL AND people + gone = 1 AND back = 0 END),
      CHECK ((acknowledged_at IS NULL) = (acknowledged_people IS NULL)),
      CHECK (acknowledged_at IS NULL OR reported_at IS NOT NULL)
    ) STRICT;
    INSERT INTO admissions (
      id, kind, event_id, pass_id, code, pass_type, sequence, allowed, used, people, at, door,
      answered_at, is_stored_answer, undone_at, reported_at, acknowledged_at, acknowledged_people,
      counted_in, counted_at, reported_people, answered_order, counted_order, reported_order,
      acknowledged_order, pass_kind, entry_id, origin, revision, delivered, clock_offset,
      told_people, pass_allows)
    SELECT id, kind, event_id, pass_id, code, pass_type, sequence, allowed, used, people, at, door,
      answered_at, is_stored_answer, undone_at, reported_at, acknowledged_at, acknowledged_people,
      counted_in, counted_at, reported_people, answered_order, counted_order, reported_order,
      acknowledged_order, pass_kind, entry_id, origin, revision, delivered, clock_offset,
      told_people, pass_allows
    FROM admissions_before ORDER BY id;
    -- A number that was given is not given again.
    DELETE FROM sqlite_sequence WHERE name = 'admissions';
    INSERT INTO sqlite_sequence (name, seq) SELECT name, seq FROM given_before WHERE name = 'admissions';
    DROP TABLE admissions_before;

    CREATE INDEX admissions_by_code ON admissions (code, event_id) WHERE code IS NOT NULL;
    -- With all that a sum over it reads.
    CREATE INDEX admissions_in
    ON admissions (event_id, door, people, back, gone, unseen, undone_at) WHERE undone_at IS NULL;
    CREATE INDEX admissions_by_door ON admissions (door, id) WHERE undone_at IS NULL;
    CREATE INDEX admissions_with_code ON admissions (event_id, at) WHERE code IS NOT NULL;
    CREATE UNIQUE INDEX admissions_by_entry ON admissions (entry_id);
    CREATE INDEX admissions_undelivered ON admissions (id) WHERE delivered < revision;
    CREATE INDEX admissions_left ON admissions (event_id) WHERE kind = 'left' AND origin IS NULL;

    -- Whoever left, and may come back, is not among those used.
    CREATE TRIGGER admissions_never_exceed BEFORE INSERT ON admissions
    WHEN NEW.kind = 'counted' AND NEW.origin IS NULL AND NEW.used + NEW.outside < (
      SELECT total(people) FROM admissions
      WHERE (pass_id = NEW.pass_id AND pass_kind = NEW.pass_kind AND NEW.pass_id <> ''
          OR code = NEW.code)
        AND event_id = NEW.event_id AND undone_at IS NULL
        AND (reported_at IS NULL OR pass_kind <> NEW.pass_kind
          OR coalesce(reported_order >= NEW.answered_order, reported_at >= NEW.answered_at)))
    BEGIN
      SELECT RAISE(ABORT, 'fewer people used than are in');
    END;
    CREATE TRIGGER admissions_stay BEFORE DELETE ON admissions
    BEGIN
      SELECT RAISE(ABORT, 'an admission is undone, never deleted');
    END;
    CREATE TRIGGER admissions_stay_undone BEFORE UPDATE OF undone_at, people, back, gone ON admissions
    WHEN OLD.undone_at IS NOT NULL AND OLD.origin IS NULL
    BEGIN
      SELECT RAISE(ABORT, 'what is undone stays undone');
    END;
    CREATE TRIGGER admissions_stay_whose_they_are BEFORE UPDATE OF entry_id, origin ON admissions
    WHEN OLD.entry_id IS NOT NULL
      AND (NEW.entry_id IS NOT OLD.entry_id OR NEW.origin IS NOT OLD.origin)
    BEGIN
      SELECT RAISE(ABORT, 'an admission stays the one it is');
    END;
    CREATE TRIGGER admissions_get_entry_id AFTER INSERT ON admissions WHEN NEW.entry_id IS NULL
    BEGIN
      UPDATE admissions SET entry_id = lower(hex(randomblob(16))) WHERE id = NEW.id;
    END;
    CREATE TRIGGER admissions_count_revisions AFTER UPDATE OF
      people, back, gone, unseen, most_gone, undone_at, reported_at, reported_people,
      acknowledged_at, acknowledged_people
    ON admissions
    WHEN OLD.origin IS NULL AND (
      NEW.people <> OLD.people OR NEW.back <> OLD.back OR NEW.gone <> OLD.gone
      OR NEW.unseen <> OLD.unseen OR NEW.most_gone IS NOT OLD.most_gone
      OR NEW.undone_at IS NOT OLD.undone_at
      OR NEW.reported_at IS NOT OLD.reported_at
      OR NEW.reported_people IS NOT OLD.reported_people
      OR NEW.acknowledged_at IS NOT OLD.acknowledged_at
      OR NEW.acknowledged_people IS NOT OLD.acknowledged_people)
    BEGIN
      UPDATE admissions SET revision = max(revision + 1,
        CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)) WHERE id = NEW.id;
    END;

    CREATE TEMP TABLE journal_before AS SELECT * FROM journal;
    DROP TABLE journal;
    CREATE TABLE journal (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at REAL NOT NULL,
      action TEXT NOT NULL CHECK (
        action IN ('scan', 'repeat', 'look', 'by_hand', 'counter', 'undo', 'people')),
      event_id TEXT,
      door TEXT NOT NULL,
      code TEXT,
      pass_type TEXT,
      verdict TEXT CHECK (verdict IN ('admit', 'refuse', 'unverified', 'out')),
      reason TEXT,
      source TEXT CHECK (source IN ('live', 'cache', 'none')),
      failure TEXT
        CHECK (failure IN ('unauthorized', 'rate_limited', 'service_error', 'offline')),
      age_seconds REAL CHECK (age_seconds >= 0),
      latency_ms REAL CHECK (latency_ms >= 0),
      people INTEGER NOT NULL CHECK (people >= 0),
      admission_id INTEGER REFERENCES admissions (id),
      pass_id TEXT,
      allowed INTEGER CHECK (allowed >= 0),
      used INTEGER CHECK (used >= 0),
      answered_at REAL,
      counted_in INTEGER CHECK (counted_in >= 0),
      pass_kind TEXT,
      entry_id TEXT,
      origin TEXT,
      back INTEGER NOT NULL DEFAULT 0 CHECK (back >= 0),
      gone INTEGER NOT NULL DEFAULT 0 CHECK (gone >= 0),
      CHECK ((verdict IS NULL) = (reason IS NULL)),
      -- A departure may turn out to have been nobody's.
      CHECK (
        (people + back + gone = 0) = (admission_id IS NULL)
        OR admission_id IS NOT NULL AND action IN ('undo', 'people'))
    ) STRICT;
    INSERT INTO journal (
      id, at, action, event_id, door, code, pass_type, verdict, reason, source, failure,
      age_seconds, latency_ms, people, admission_id, pass_id, allowed, used, answered_at,
      counted_in, pass_kind, entry_id, origin)
    SELECT id, at, action, event_id, door, code, pass_type, verdict, reason, source, failure,
      age_seconds, latency_ms, people, admission_id, pass_id, allowed, used, answered_at,
      counted_in, pass_kind, entry_id, origin
    FROM journal_before ORDER BY id;
    DELETE FROM sqlite_sequence WHERE name = 'journal';
    INSERT INTO sqlite_sequence (name, seq) SELECT name, seq FROM given_before WHERE name = 'journal';
    DROP TABLE journal_before;

    CREATE INDEX journal_by_event ON journal (event_id, at);
    CREATE INDEX journal_with_code ON journal (event_id, at) WHERE code IS NOT NULL;
    CREATE INDEX journal_by_admission ON journal (admission_id) WHERE admission_id IS NOT NULL;

    CREATE TRIGGER journal_stays BEFORE DELETE ON journal
    BEGIN
      SELECT RAISE(ABORT, 'the journal is only added to');
    END;
    CREATE TRIGGER journal_stays_as_it_is BEFORE UPDATE OF
      id, at, action, event_id, door, pass_type, verdict, reason, source, failure, age_seconds,
      latency_ms, people, admission_id, back, gone ON journal
    BEGIN
      SELECT RAISE(ABORT, 'the journal is only added to');
    END;
    CREATE TRIGGER journal_forgets_codes BEFORE UPDATE OF code ON journal
    WHEN NEW.code IS NOT NULL
    BEGIN
      SELECT RAISE(ABORT, 'a code can only be forgotten');
    END;
    DROP TABLE given_before;
    """
}
