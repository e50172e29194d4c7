-- What a commit erases is in no file afterwards: freed bytes are overwritten, and there is no write-ahead log, which
-- would hold them, as would the pages that wait for it, until a checkpoint that any reader can hold up.
PRAGMA secure_delete = ON;
PRAGMA journal_mode = DELETE;

BEGIN IMMEDIATE;

-- The state, one row for each thing. `key` is what a `RowKey` prints as: ["registered_user","…"].
-- `revision` is the number of the commit that wrote the row, so that none comes twice for a key.
-- `next_due_at` is in milliseconds: as text, instants would not sort (10:00:00Z, 10:00:00.500Z).
CREATE TABLE IF NOT EXISTS rows (
    key         TEXT PRIMARY KEY,
    revision    INTEGER NOT NULL,
    row         TEXT NOT NULL,
    next_due_at INTEGER,
    -- What lists go by; a place is compared by code points.
    kind            TEXT GENERATED ALWAYS AS (key ->> '$[0]') VIRTUAL,
    organization_id TEXT GENERATED ALWAYS AS (row ->> '$.organization_id') VIRTUAL,
    environment     TEXT GENERATED ALWAYS AS (row ->> '$.environment') VIRTUAL,
    place           TEXT GENERATED ALWAYS AS (key ->> '$[#-1]') VIRTUAL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS rows_in_lists ON rows (kind, organization_id, environment, place);
CREATE INDEX IF NOT EXISTS rows_due ON rows (next_due_at) WHERE next_due_at IS NOT NULL;

-- The journal, in the order of the commits. No stream has the same sequence twice.
CREATE TABLE IF NOT EXISTS events (
    position    INTEGER PRIMARY KEY AUTOINCREMENT,
    stream_kind TEXT NOT NULL,
    stream_id   TEXT NOT NULL,
    sequence    INTEGER NOT NULL,
    acting_user TEXT GENERATED ALWAYS AS (event ->> '$.actor.registered_user_id') VIRTUAL,
    linked_by   TEXT GENERATED ALWAYS AS (event ->> '$.linked_by') VIRTUAL,
    event       TEXT NOT NULL,
    UNIQUE (stream_kind, stream_id, sequence)
);
CREATE INDEX IF NOT EXISTS events_acting_user ON events (acting_user) WHERE acting_user IS NOT NULL;
CREATE INDEX IF NOT EXISTS events_linked_by ON events (linked_by) WHERE linked_by IS NOT NULL;

-- What is still to be done elsewhere: grants to revoke at third parties. A worker takes them from here. What is left of
-- a user goes with its purge.
CREATE TABLE IF NOT EXISTS outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    effect   TEXT NOT NULL
);

-- The number of the last commit.
CREATE TABLE IF NOT EXISTS commits (last INTEGER NOT NULL);
INSERT INTO commits SELECT 0 WHERE NOT EXISTS (SELECT * FROM commits);

COMMIT;
