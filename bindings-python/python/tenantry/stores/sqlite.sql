-- The tables of a store in SQLite, version 1: the same for every language. A store runs this in one transaction.

-- The version of these tables.
CREATE TABLE tenantry_store (
    version INTEGER NOT NULL
);
INSERT INTO tenantry_store VALUES (1);

-- The state, one row for each thing.
CREATE TABLE tenantry_rows (
    key             TEXT PRIMARY KEY,  -- as canonical JSON: ["registered_user","0199…"]
    revision        INTEGER NOT NULL,  -- drawn at random by the commit that wrote it, so that no revision comes back
    kind            TEXT NOT NULL,     -- the first part of the key
    organization_id TEXT,
    environment     TEXT,
    place           TEXT NOT NULL,     -- the last part of the key: where the row stands in its list, by code points
    next_due_at     INTEGER,           -- milliseconds: as text, 10:00:00.500Z would come before 10:00:00Z
    body            TEXT NOT NULL      -- the row itself, as JSON
);
CREATE INDEX tenantry_rows_listed ON tenantry_rows (kind, organization_id, environment, place);
CREATE INDEX tenantry_rows_due ON tenantry_rows (next_due_at) WHERE next_due_at IS NOT NULL;
-- Accounts are also listed across organizations.
CREATE INDEX tenantry_rows_accounts ON tenantry_rows (place) WHERE kind = 'account';

-- The journal, in the order in which it happened. No stream has the same sequence twice.
CREATE TABLE tenantry_events (
    position    INTEGER PRIMARY KEY AUTOINCREMENT,
    stream_kind TEXT NOT NULL,
    stream_id   TEXT NOT NULL,
    sequence    INTEGER NOT NULL,
    name        TEXT NOT NULL,
    acting_user TEXT,  -- the registered user that acted,
    linked_by   TEXT,  -- or that linked a credential of others: a purge takes both out
    event       TEXT NOT NULL,
    UNIQUE (stream_kind, stream_id, sequence)
);
CREATE INDEX tenantry_events_acting_user ON tenantry_events (acting_user) WHERE acting_user IS NOT NULL;
CREATE INDEX tenantry_events_linked_by ON tenantry_events (linked_by) WHERE linked_by IS NOT NULL;

-- What is to be done elsewhere. Who takes an effect has it until `taken_until`, in milliseconds.
CREATE TABLE tenantry_outbox (
    number             INTEGER PRIMARY KEY AUTOINCREMENT,
    registered_user_id TEXT,  -- with the purge of this user the effect goes, too
    taken_until        INTEGER NOT NULL DEFAULT 0,
    effect             TEXT NOT NULL
);
CREATE INDEX tenantry_outbox_user ON tenantry_outbox (registered_user_id) WHERE registered_user_id IS NOT NULL;
