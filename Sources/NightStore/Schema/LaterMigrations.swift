extension Schema {
  /// `may_have_arrived`: an earlier attempt ended without an answer.
  static let second = """
    CREATE TABLE outbox (
      admission_id INTEGER PRIMARY KEY REFERENCES admissions (id),
      option_id TEXT,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'acknowledged', 'refused', 'withdrawn')),
      attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
      may_have_arrived INTEGER NOT NULL DEFAULT 0 CHECK (may_have_arrived IN (0, 1)),
      next_try_at REAL,
      refusal TEXT,
      CHECK ((state = 'waiting') = (next_try_at IS NOT NULL)),
      CHECK ((state = 'refused') = (refusal IS NOT NULL))
    ) STRICT;
    CREATE INDEX outbox_due ON outbox (next_try_at) WHERE state = 'waiting';
    """

  static let third = """
    CREATE TABLE service_status (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at REAL NOT NULL,
      door TEXT NOT NULL,
      status TEXT NOT NULL
        CHECK (status IN ('connecting', 'live', 'failing', 'offline', 'key_refused'))
    ) STRICT;
    CREATE INDEX service_status_by_time ON service_status (at);

    CREATE TABLE preloads (
      event_id TEXT NOT NULL PRIMARY KEY,
      finished_at REAL NOT NULL,
      passes INTEGER NOT NULL CHECK (passes >= 0)
    ) STRICT;
    """
  /// `counted_in`: people of the pass whom the service had counted in, as far as that was known
  /// before it was first told of this admission; `counted_at`: when that was asked for.
  /// `reported_people`: the most people that the service was told of.
  /// `is_under_way`: an attempt whose end nobody has told.
  static let fourth = """
    ALTER TABLE admissions ADD COLUMN counted_in INTEGER CHECK (counted_in >= 0);
    ALTER TABLE admissions ADD COLUMN counted_at REAL;
    ALTER TABLE admissions ADD COLUMN reported_people INTEGER CHECK (reported_people >= 1);
    ALTER TABLE outbox ADD COLUMN is_under_way INTEGER NOT NULL DEFAULT 0
      CHECK (is_under_way IN (0, 1));
    ALTER TABLE outbox ADD COLUMN last_failure TEXT;
    """

  /// An admission counts for its pass and for its code. An empty `pass_id`, which the service may
  /// give, tells nobody from anybody.
  static let fifth = """
    UPDATE admissions SET code = (
      SELECT code FROM journal WHERE admission_id = admissions.id AND code IS NOT NULL LIMIT 1)
    WHERE code IS NULL;
    DROP INDEX admissions_by_code;
    CREATE INDEX admissions_by_code ON admissions (code, event_id) WHERE code IS NOT NULL;

    DROP TRIGGER admissions_never_exceed;
    CREATE TRIGGER admissions_never_exceed BEFORE INSERT ON admissions
    WHEN NEW.kind = 'counted' AND NEW.used < (
      SELECT total(people) FROM admissions
      WHERE (pass_id = NEW.pass_id AND NEW.pass_id <> '' OR code = NEW.code)
        AND event_id = NEW.event_id AND undone_at IS NULL
        AND (reported_at IS NULL OR reported_at >= NEW.answered_at))
    BEGIN
      SELECT RAISE(ABORT, 'fewer people used than are in');
    END;
    """

  /// What else the row of an admission holds stands in its line, too: what is lost of one of them,
  /// the other still tells.
  static let sixth = """
    ALTER TABLE journal ADD COLUMN pass_id TEXT;
    ALTER TABLE journal ADD COLUMN allowed INTEGER CHECK (allowed >= 0);
    ALTER TABLE journal ADD COLUMN used INTEGER CHECK (used >= 0);
    ALTER TABLE journal ADD COLUMN answered_at REAL;
    ALTER TABLE journal ADD COLUMN counted_in INTEGER CHECK (counted_in >= 0);
    """

  /// `received_order`: see `AnswerOrder`; what an older version stored came before all else.
  /// `lists`: each list of an event's passes; `asked_order` of its first request, `passes` once it
  /// was fetched to its end. `listed_in`: the newest list that held the pass.
  /// `passes_by_code_end` finds codes whose beginning was not read.
  static let seventh = """
    CREATE TABLE boots (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      boot_id TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE lists (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      event_id TEXT NOT NULL,
      asked_order REAL NOT NULL,
      passes INTEGER CHECK (passes >= 0),
      is_complete INTEGER NOT NULL DEFAULT 0 CHECK (is_complete IN (0, 1))
    ) STRICT;
    CREATE INDEX lists_by_event ON lists (event_id, is_complete, number);
    ALTER TABLE passes ADD COLUMN received_order REAL NOT NULL DEFAULT 0;
    ALTER TABLE passes ADD COLUMN listed_in INTEGER;
    ALTER TABLE unknown_codes ADD COLUMN received_order REAL NOT NULL DEFAULT 0;
    CREATE INDEX passes_by_code_end ON passes (substr(code, 3) COLLATE NOCASE);
    """

  /// The columns of this name beside the times: see `AnswerOrder`. Where one of two is unknown, the
  /// times are compared, as an older version did.
  static let eighth = """
    ALTER TABLE passes ADD COLUMN asked_order REAL;
    ALTER TABLE admissions ADD COLUMN answered_order REAL;
    ALTER TABLE admissions ADD COLUMN counted_order REAL;
    ALTER TABLE admissions ADD COLUMN reported_order REAL;
    ALTER TABLE admissions ADD COLUMN acknowledged_order REAL;

    DROP TRIGGER admissions_never_exceed;
    CREATE TRIGGER admissions_never_exceed BEFORE INSERT ON admissions
    WHEN NEW.kind = 'counted' AND NEW.used < (
      SELECT total(people) FROM admissions
      WHERE (pass_id = NEW.pass_id AND NEW.pass_id <> '' OR code = NEW.code)
        AND event_id = NEW.event_id AND undone_at IS NULL
        AND (reported_at IS NULL
          OR coalesce(reported_order >= NEW.answered_order, reported_at >= NEW.answered_at)))
    BEGIN
      SELECT RAISE(ABORT, 'fewer people used than are in');
    END;
    """

  /// `kind`, `pass_kind`: of `PassKind`; all that was there before are passes.
  ///
  /// Two kinds may have the same `_id`, so that `passes`, which can be fetched anew, is copied;
  /// `admissions` is not: a `sequence` goes on over all kinds of an `_id`. What was reported of one kind
  /// stands in no answer about another.
  static let ninth = """
    ALTER TABLE passes RENAME TO passes_before;
    CREATE TABLE passes (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      code TEXT NOT NULL COLLATE NOCASE,
      event_id TEXT NOT NULL,
      fetched_at REAL NOT NULL,
      search_text TEXT NOT NULL,
      pass TEXT NOT NULL,
      received_order REAL NOT NULL DEFAULT 0,
      listed_in INTEGER,
      asked_order REAL,
      kind TEXT NOT NULL DEFAULT 'pass',
      UNIQUE (kind, id)
    ) STRICT;
    INSERT INTO passes (
      number, id, code, event_id, fetched_at, search_text, pass, received_order, listed_in,
      asked_order)
    SELECT number, id, code, event_id, fetched_at, search_text, pass, received_order, listed_in,
      asked_order
    FROM passes_before ORDER BY number;
    DROP TABLE passes_before;
    CREATE INDEX passes_by_code ON passes (code, kind);
    CREATE INDEX passes_by_event ON passes (event_id, fetched_at);
    CREATE INDEX passes_by_code_end ON passes (substr(code, 3) COLLATE NOCASE);

    ALTER TABLE unknown_codes RENAME TO unknown_codes_before;
    CREATE TABLE unknown_codes (
      code TEXT NOT NULL,
      kind TEXT NOT NULL,
      fetched_at REAL NOT NULL,
      received_order REAL NOT NULL,
      PRIMARY KEY (code, kind)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO unknown_codes (code, kind, fetched_at, received_order)
    SELECT code, 'pass', fetched_at, received_order FROM unknown_codes_before;
    DROP TABLE unknown_codes_before;

    ALTER TABLE lists ADD COLUMN kind TEXT NOT NULL DEFAULT 'pass';
    ALTER TABLE journal ADD COLUMN pass_kind TEXT;
    ALTER TABLE admissions ADD COLUMN pass_kind TEXT NOT NULL DEFAULT 'pass';

    ALTER TABLE preloads RENAME TO preloads_before;
    CREATE TABLE preloads (
      event_id TEXT NOT NULL,
      finished_at REAL NOT NULL,
      passes INTEGER NOT NULL CHECK (passes >= 0),
      kind TEXT NOT NULL DEFAULT 'pass',
      PRIMARY KEY (event_id, kind)
    ) STRICT;
    INSERT INTO preloads (event_id, finished_at, passes)
    SELECT event_id, finished_at, passes FROM preloads_before;
    DROP TABLE preloads_before;

    ALTER TABLE rates RENAME TO rates_before;
    CREATE TABLE rates (
      event_id TEXT NOT NULL,
      rates TEXT NOT NULL,
      fetched_at REAL NOT NULL,
      kind TEXT NOT NULL DEFAULT 'pass',
      PRIMARY KEY (event_id, kind)
    ) STRICT;
    INSERT INTO rates (event_id, rates, fetched_at)
    SELECT event_id, rates, fetched_at FROM rates_before;
    DROP TABLE rates_before;

    DROP TRIGGER admissions_never_exceed;
    CREATE TRIGGER admissions_never_exceed BEFORE INSERT ON admissions
    WHEN NEW.kind = 'counted' AND NEW.used < (
      SELECT total(people) FROM admissions
      WHERE (pass_id = NEW.pass_id AND pass_kind = NEW.pass_kind AND NEW.pass_id <> ''
          OR code = NEW.code)
        AND event_id = NEW.event_id AND undone_at IS NULL
        AND (reported_at IS NULL OR pass_kind <> NEW.pass_kind
          OR coalesce(reported_order >= NEW.answered_order, reported_at >= NEW.answered_at)))
    BEGIN
      SELECT RAISE(ABORT, 'fewer people used than are in');
    END;
    """

  /// Several doors: what each admission is called in every store and ledger, and whose it is.
  ///
  /// `store.id` is the door's name among the others; by `mark` its row is known in a damaged file; `ledger_id` says to which ledger `cursor` and
  /// `admissions.delivered` belong; `clock_offset`: seconds by which this box's clock is ahead of its.
  /// `origin`: the id of the door that recorded it; NULL: this store's own. `revision` grows with each
  /// change, by the time in milliseconds: one that a power cut took back, and the ledger has, is not given
  /// again. `delivered` is the one that the ledger has, NULL where there is none to deliver it to.
  /// `pass_allows`: what the pass itself allowed, where more than that were in already; NULL: `allowed`.
  /// `told_people`: of how many people on its pass, too many and at several doors, staff were told.
  static let tenth = """
    CREATE TABLE store (
      number INTEGER PRIMARY KEY CHECK (number = 1),
      mark TEXT NOT NULL DEFAULT 'store' CHECK (mark = 'store'),
      id TEXT NOT NULL CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*'),
      ledger_id TEXT,
      cursor TEXT,
      clock_offset REAL
    ) STRICT;
    INSERT INTO store (number, id) VALUES (1, lower(hex(randomblob(16))));

    ALTER TABLE admissions ADD COLUMN entry_id TEXT
      CHECK (length(entry_id) = 32 AND entry_id NOT GLOB '*[^0-9a-f]*');
    ALTER TABLE admissions ADD COLUMN origin TEXT CHECK (origin <> '');
    ALTER TABLE admissions ADD COLUMN revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 0);
    ALTER TABLE admissions ADD COLUMN delivered INTEGER CHECK (delivered >= 0);
    ALTER TABLE admissions ADD COLUMN clock_offset REAL;
    ALTER TABLE admissions ADD COLUMN told_people INTEGER;
    ALTER TABLE admissions ADD COLUMN pass_allows INTEGER CHECK (pass_allows >= 0);
    ALTER TABLE journal ADD COLUMN entry_id TEXT;
    ALTER TABLE journal ADD COLUMN origin TEXT;

    UPDATE admissions SET entry_id = lower(hex(randomblob(16)));
    UPDATE journal SET entry_id = (SELECT entry_id FROM admissions WHERE id = admission_id)
    WHERE admission_id IS NOT NULL;

    CREATE UNIQUE INDEX admissions_by_entry ON admissions (entry_id);
    CREATE INDEX admissions_undelivered ON admissions (id) WHERE delivered < revision;

    CREATE TRIGGER admissions_get_entry_id AFTER INSERT ON admissions WHEN NEW.entry_id IS NULL
    BEGIN
      UPDATE admissions SET entry_id = lower(hex(randomblob(16))) WHERE id = NEW.id;
    END;
    CREATE TRIGGER admissions_count_revisions AFTER UPDATE OF
      people, undone_at, reported_at, reported_people, acknowledged_at, acknowledged_people
    ON admissions
    WHEN OLD.origin IS NULL AND (
      NEW.people <> OLD.people OR NEW.undone_at IS NOT OLD.undone_at
      OR NEW.reported_at IS NOT OLD.reported_at
      OR NEW.reported_people IS NOT OLD.reported_people
      OR NEW.acknowledged_at IS NOT OLD.acknowledged_at
      OR NEW.acknowledged_people IS NOT OLD.acknowledged_people)
    BEGIN
      UPDATE admissions SET revision = max(revision + 1,
        CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)) WHERE id = NEW.id;
    END;

    DROP TRIGGER admissions_stay_undone;
    CREATE TRIGGER admissions_stay_undone BEFORE UPDATE OF undone_at, people ON admissions
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

    -- Another door judged without this one's people, or before them: who came in there is in.
    DROP TRIGGER admissions_never_exceed;
    CREATE TRIGGER admissions_never_exceed BEFORE INSERT ON admissions
    WHEN NEW.kind = 'counted' AND NEW.origin IS NULL AND NEW.used < (
      SELECT total(people) FROM admissions
      WHERE (pass_id = NEW.pass_id AND pass_kind = NEW.pass_kind AND NEW.pass_id <> ''
          OR code = NEW.code)
        AND event_id = NEW.event_id AND undone_at IS NULL
        AND (reported_at IS NULL OR pass_kind <> NEW.pass_kind
          OR coalesce(reported_order >= NEW.answered_order, reported_at >= NEW.answered_at)))
    BEGIN
      SELECT RAISE(ABORT, 'fewer people used than are in');
    END;
    """
}
