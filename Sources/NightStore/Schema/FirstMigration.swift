extension Schema {
  /// Times are in seconds since 1970. Texts that the service wrote are kept as JSON, which holds any
  /// of them unchanged; the columns beside it are for finding.
  static let first = """
    PRAGMA application_id = \(applicationID);

    CREATE TABLE passes (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      code TEXT NOT NULL COLLATE NOCASE,
      event_id TEXT NOT NULL,
      fetched_at REAL NOT NULL,
      search_text TEXT NOT NULL,
      pass TEXT NOT NULL
    ) STRICT;
    CREATE INDEX passes_by_code ON passes (code);
    CREATE INDEX passes_by_event ON passes (event_id, fetched_at);

    CREATE TABLE unknown_codes (
      code TEXT NOT NULL PRIMARY KEY,
      fetched_at REAL NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE events (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT,
      starts_at REAL,
      ends_at REAL,
      fetched_at REAL NOT NULL
    ) STRICT;

    CREATE TABLE rates (
      event_id TEXT NOT NULL PRIMARY KEY,
      rates TEXT NOT NULL,
      fetched_at REAL NOT NULL
    ) STRICT;

    CREATE TABLE admissions (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL CHECK (kind IN ('counted', 'by_hand')),
      event_id TEXT,
      pass_id TEXT,
      code TEXT COLLATE NOCASE,
      pass_type TEXT,
      sequence INTEGER NOT NULL CHECK (sequence >= 1),
      allowed INTEGER CHECK (allowed >= 0),
      used INTEGER CHECK (used >= 0),
      people INTEGER NOT NULL CHECK (people >= 1),
      at REAL NOT NULL,
      door TEXT NOT NULL,
      answered_at REAL,
      is_stored_answer INTEGER NOT NULL CHECK (is_stored_answer IN (0, 1)),
      undone_at REAL,
      reported_at REAL,
      acknowledged_at REAL,
      acknowledged_people INTEGER CHECK (acknowledged_people >= 1),
      UNIQUE (pass_id, event_id, sequence),
      CHECK (
        kind = 'by_hand' OR (
          pass_id IS NOT NULL AND event_id IS NOT NULL AND answered_at IS NOT NULL
          AND allowed IS NOT NULL AND used IS NOT NULL AND people <= allowed - used)),
      CHECK ((acknowledged_at IS NULL) = (acknowledged_people IS NULL)),
      CHECK (acknowledged_at IS NULL OR reported_at IS NOT NULL)
    ) STRICT;
    CREATE INDEX admissions_by_code ON admissions (code, event_id) WHERE pass_id IS NULL;
    CREATE INDEX admissions_in ON admissions (event_id, door, people) WHERE undone_at IS NULL;
    CREATE INDEX admissions_by_door ON admissions (door, id) WHERE undone_at IS NULL;
    CREATE INDEX admissions_with_code ON admissions (event_id, at) WHERE code IS NOT NULL;

    CREATE TRIGGER admissions_never_exceed BEFORE INSERT ON admissions
    WHEN NEW.kind = 'counted' AND NEW.used < (
      SELECT total(people) FROM admissions
      WHERE pass_id = NEW.pass_id AND event_id = NEW.event_id AND undone_at IS NULL
        AND (reported_at IS NULL OR reported_at >= NEW.answered_at))
    BEGIN
      SELECT RAISE(ABORT, 'fewer people used than are in');
    END;
    CREATE TRIGGER admissions_stay BEFORE DELETE ON admissions
    BEGIN
      SELECT RAISE(ABORT, 'an admission is undone, never deleted');
    END;
    CREATE TRIGGER admissions_stay_undone BEFORE UPDATE OF undone_at, people ON admissions
    WHEN OLD.undone_at IS NOT NULL
    BEGIN
      SELECT RAISE(ABORT, 'what is undone stays undone');
    END;

    CREATE TABLE journal (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at REAL NOT NULL,
      action TEXT NOT NULL
        CHECK (action IN ('scan', 'repeat', 'look', 'by_hand', 'undo', 'people')),
      event_id TEXT,
      door TEXT NOT NULL,
      code TEXT,
      pass_type TEXT,
      verdict TEXT CHECK (verdict IN ('admit', 'refuse', 'unverified')),
      reason TEXT,
      source TEXT CHECK (source IN ('live', 'cache', 'none')),
      failure TEXT
        CHECK (failure IN ('unauthorized', 'rate_limited', 'service_error', 'offline')),
      age_seconds REAL CHECK (age_seconds >= 0),
      latency_ms REAL CHECK (latency_ms >= 0),
      people INTEGER NOT NULL CHECK (people >= 0),
      admission_id INTEGER REFERENCES admissions (id),
      CHECK ((verdict IS NULL) = (reason IS NULL)),
      CHECK ((people = 0) = (admission_id IS NULL))
    ) STRICT;
    CREATE INDEX journal_by_event ON journal (event_id, at);
    CREATE INDEX journal_with_code ON journal (event_id, at) WHERE code IS NOT NULL;
    CREATE INDEX journal_by_admission ON journal (admission_id) WHERE admission_id IS NOT NULL;

    CREATE TRIGGER journal_stays BEFORE DELETE ON journal
    BEGIN
      SELECT RAISE(ABORT, 'the journal is only added to');
    END;
    CREATE TRIGGER journal_stays_as_it_is BEFORE UPDATE OF
      id, at, action, event_id, door, pass_type, verdict, reason, source, failure, age_seconds,
      latency_ms, people, admission_id ON journal
    BEGIN
      SELECT RAISE(ABORT, 'the journal is only added to');
    END;
    CREATE TRIGGER journal_forgets_codes BEFORE UPDATE OF code ON journal
    WHEN NEW.code IS NOT NULL
    BEGIN
      SELECT RAISE(ABORT, 'a code can only be forgotten');
    END;
    """
}
