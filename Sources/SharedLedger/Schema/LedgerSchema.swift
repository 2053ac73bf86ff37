/// The ledger's tables, version by version. What was set up once is never edited: a change is a
/// migration of its own.
enum LedgerSchema {
  /// The one that this program reads and writes.
  static var version: Int { migrations.count }

  /// Each brings the schema from the version of its index to the next.
  static let migrations: [[String]] = [first]

  /// Texts compare byte by byte in every locale, so that an index outlives the system's next one.
  private static let first = [
    "CREATE SCHEMA IF NOT EXISTS doorcheck",
    """
    CREATE TABLE doorcheck.meta (
      only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      ledger uuid NOT NULL DEFAULT gen_random_uuid(),
      version integer NOT NULL,
      made_at timestamptz NOT NULL DEFAULT now()
    )
    """,
    """
    CREATE TABLE doorcheck.admissions (
      id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{32}$'),
      sequence bigint GENERATED ALWAYS AS IDENTITY,
      revision bigint NOT NULL CHECK (revision >= 1),
      changed_by xid8 NOT NULL DEFAULT pg_current_xact_id(),
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      confirmed boolean NOT NULL DEFAULT false,
      door_id text COLLATE "C" NOT NULL,
      door text COLLATE "C" NOT NULL,
      event_id text COLLATE "C",
      passage text COLLATE "C" NOT NULL,
      kind text COLLATE "C",
      pass_id text COLLATE "C",
      code text COLLATE "C",
      code_key text COLLATE "C" GENERATED ALWAYS AS (lower(code)) STORED,
      pass_type text COLLATE "C",
      allowed bigint,
      used bigint,
      pass_allows bigint,
      people bigint NOT NULL CHECK (people >= 0),
      back bigint NOT NULL DEFAULT 0 CHECK (back >= 0),
      gone bigint NOT NULL DEFAULT 0 CHECK (gone >= 0),
      unseen bigint NOT NULL DEFAULT 0 CHECK (unseen BETWEEN 0 AND gone),
      most_gone bigint,
      at timestamptz NOT NULL,
      clock_offset double precision,
      undone_at timestamptz,
      counted_in bigint,
      reported_at timestamptz,
      reported_people bigint,
      acknowledged_at timestamptz,
      acknowledged_people bigint,
      stored_answer boolean NOT NULL,
      reason text COLLATE "C" NOT NULL,
      CHECK ((kind IS NULL) = (pass_id IS NULL))
    )
    """,
    // A barcode may be longer than what an index takes.
    "CREATE INDEX admissions_by_pass ON doorcheck.admissions (\"left\"(pass_id, 200))",
    "CREATE INDEX admissions_by_code ON doorcheck.admissions (\"left\"(code_key, 200))",
    "CREATE INDEX admissions_by_change ON doorcheck.admissions (changed_by, sequence)",
    "CREATE INDEX admissions_by_door ON doorcheck.admissions (door_id, recorded_at)",
    """
    CREATE TABLE doorcheck.doors (
      id text COLLATE "C" PRIMARY KEY,
      name text COLLATE "C" NOT NULL,
      event_id text COLLATE "C",
      rules text COLLATE "C" NOT NULL DEFAULT '',
      version text COLLATE "C" NOT NULL DEFAULT '',
      last_seen timestamptz,
      ended boolean NOT NULL DEFAULT false,
      is_alone boolean NOT NULL DEFAULT false,
      clock_offset double precision,
      last_line bigint NOT NULL DEFAULT 0,
      direction text COLLATE "C" NOT NULL DEFAULT 'in'
    )
    """,
    """
    CREATE TABLE doorcheck.journal (
      door_id text COLLATE "C" NOT NULL,
      number bigint NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      at timestamptz NOT NULL,
      action text COLLATE "C" NOT NULL,
      event_id text COLLATE "C",
      door text COLLATE "C" NOT NULL,
      code text COLLATE "C",
      pass_type text COLLATE "C",
      verdict text COLLATE "C",
      reason text COLLATE "C",
      people bigint NOT NULL,
      admission_id text COLLATE "C",
      PRIMARY KEY (door_id, number)
    )
    """,
  ]
}
