-- The tables of a store in PostgreSQL, version 1: the same for every language. A store runs this in one transaction.

-- The version of these tables, and the position of the last event that has one.
CREATE TABLE tenantry_store (
    version  integer NOT NULL,
    position bigint NOT NULL
);
INSERT INTO tenantry_store VALUES (1, 0);

-- The state, one row for each thing.
CREATE TABLE tenantry_rows (
    key             text COLLATE "C" PRIMARY KEY, -- as canonical JSON: ["registered_user","0199…"]
    revision        bigint NOT NULL,              -- drawn at random by the commit that wrote it, so that none comes back
    kind            text COLLATE "C" NOT NULL,    -- the first part of the key
    organization_id text COLLATE "C",
    environment     text COLLATE "C",
    place           text COLLATE "C" NOT NULL,    -- the last part of the key: where the row stands in its list
    next_due_at     bigint,                       -- milliseconds: as text, 10:00:00.500Z would come before 10:00:00Z
    body            text NOT NULL                 -- the row itself, as JSON
) WITH (fillfactor = 80);
CREATE INDEX tenantry_rows_listed ON tenantry_rows (kind, organization_id, environment, place);
CREATE INDEX tenantry_rows_due ON tenantry_rows (next_due_at) WHERE next_due_at IS NOT NULL;
-- Accounts are also listed across organizations.
CREATE INDEX tenantry_rows_accounts ON tenantry_rows (place) WHERE kind = 'account';

-- The journal. No stream has the same sequence twice.
CREATE TABLE tenantry_events (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    position    bigint UNIQUE, -- given by the first reader: numbers become visible out of their order, positions do not
    stream_kind text COLLATE "C" NOT NULL,
    stream_id   text COLLATE "C" NOT NULL,
    sequence    bigint NOT NULL,
    name        text NOT NULL,
    acting_user text COLLATE "C", -- the registered user that acted,
    linked_by   text COLLATE "C", -- or that linked a credential of others: a purge takes both out
    event       text NOT NULL,
    UNIQUE (stream_kind, stream_id, sequence)
) WITH (fillfactor = 90);
CREATE INDEX tenantry_events_new ON tenantry_events (number) WHERE position IS NULL;
CREATE INDEX tenantry_events_acting_user ON tenantry_events (acting_user) WHERE acting_user IS NOT NULL;
CREATE INDEX tenantry_events_linked_by ON tenantry_events (linked_by) WHERE linked_by IS NOT NULL;

-- What is to be done elsewhere. Who takes an effect has it until `taken_until`, in milliseconds.
CREATE TABLE tenantry_outbox (
    number             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    registered_user_id text COLLATE "C", -- with the purge of this user the effect goes, too
    taken_until        bigint NOT NULL DEFAULT 0,
    effect             text NOT NULL
);
CREATE INDEX tenantry_outbox_user ON tenantry_outbox (registered_user_id) WHERE registered_user_id IS NOT NULL;

-- Keeps others from changing `read`, and from reading or changing `changed`, until the transaction ends. These are locks on
-- the keys, not on the rows: what is absent can be locked as well, and to lock what everybody reads writes nothing. Always in
-- the same order, so that nobody waits in a circle.
CREATE FUNCTION tenantry_lock(read text[], changed text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    everything CONSTANT bigint := hashtextextended('tenantry', 0);
    wanted record;
BEGIN
    -- Many locks are one lock on everything: their table is small.
    IF cardinality(read) + cardinality(changed) > 1000 THEN
        PERFORM pg_advisory_xact_lock(everything);
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(everything);
    FOR wanted IN
        SELECT hashtextextended(key, 0) AS number, bool_or(alone) AS alone
        FROM (SELECT unnest(read) AS key, false AS alone UNION ALL SELECT unnest(changed), true) AS keys
        GROUP BY 1 ORDER BY 1
    LOOP
        IF wanted.alone THEN
            PERFORM pg_advisory_xact_lock(wanted.number);
        ELSE
            PERFORM pg_advisory_xact_lock_shared(wanted.number);
        END IF;
    END LOOP;
END $$;

-- Keeps everybody else from committing until the transaction ends.
CREATE FUNCTION tenantry_lock_everything() RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('tenantry', 0));
$$;

-- Writes what a command has changed, if the rows that it was decided on are still what they were: {key, revision|null}, null for
-- a row that was not there. It answers whether it has.
CREATE FUNCTION tenantry_commit(guards jsonb, changes jsonb, events jsonb, effects jsonb, new_revision bigint)
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    done bigint;
    written bigint := 0;
BEGIN
    IF current_setting('transaction_isolation') = 'repeatable read' THEN
        RAISE EXCEPTION 'a commit must see what was committed while it waited: use READ COMMITTED or SERIALIZABLE';
    END IF;
    PERFORM tenantry_lock(
        ARRAY(SELECT guard ->> 'key' FROM jsonb_array_elements(guards) AS guard),
        ARRAY(SELECT change ->> 'key' FROM jsonb_array_elements(changes) AS change)
    );
    -- A statement of its own, which sees what was committed while the locks were waited for.
    IF EXISTS (
        SELECT FROM jsonb_to_recordset(guards) AS guard (key text, revision bigint)
        LEFT JOIN tenantry_rows AS present ON present.key = guard.key
        WHERE present.revision IS DISTINCT FROM guard.revision
    ) THEN
        RETURN false;
    END IF;

    -- Compare and set: whoever writes without these locks makes this fail, not go wrong.
    UPDATE tenantry_rows AS present
    SET revision = new_revision, organization_id = change.organization_id, environment = change.environment,
        next_due_at = change.next_due_at, body = change.body
    FROM jsonb_to_recordset(changes) AS change (
        key text, base bigint, organization_id text, environment text, next_due_at bigint, body text
    )
    WHERE present.key = change.key AND present.revision = change.base AND change.body IS NOT NULL;
    GET DIAGNOSTICS done = ROW_COUNT;
    written := written + done;
    IF written < jsonb_array_length(changes) THEN
        DELETE FROM tenantry_rows AS present
        USING jsonb_to_recordset(changes) AS change (key text, base bigint, body text)
        WHERE present.key = change.key AND present.revision = change.base AND change.body IS NULL;
        GET DIAGNOSTICS done = ROW_COUNT;
        written := written + done;
        INSERT INTO tenantry_rows
        SELECT key, new_revision, kind, organization_id, environment, place, next_due_at, body
        FROM jsonb_to_recordset(changes) AS change (
            key text, base bigint, kind text, organization_id text, environment text, place text, next_due_at bigint,
            body text
        )
        WHERE base IS NULL AND body IS NOT NULL;
        GET DIAGNOSTICS done = ROW_COUNT;
        written := written + done;
        IF written <> jsonb_array_length(changes) THEN
            RAISE EXCEPTION 'a row was changed by somebody who does not take its lock' USING ERRCODE = '40001';
        END IF;
    END IF;

    INSERT INTO tenantry_events (stream_kind, stream_id, sequence, name, acting_user, linked_by, event)
    SELECT stream_kind, stream_id, sequence, name, acting_user, linked_by, event
    FROM ROWS FROM (
        jsonb_to_recordset(events) AS (
            stream_kind text, stream_id text, sequence bigint, name text, acting_user text, linked_by text, event text
        )
    ) WITH ORDINALITY
    ORDER BY ordinality;
    IF jsonb_array_length(effects) > 0 THEN
        INSERT INTO tenantry_outbox (registered_user_id, effect)
        SELECT registered_user_id, effect FROM jsonb_to_recordset(effects) AS given (registered_user_id text, effect text);
    END IF;
    RETURN true;
END $$;

-- Gives positions to the events that have none. Whoever sees an event sees all that it came after, and those have smaller
-- numbers; so positions are given in the order in which things happened, and none is given before one that a reader has seen.
CREATE FUNCTION tenantry_give_positions() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    last bigint;
    given bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM tenantry_events WHERE position IS NULL) THEN
        RETURN;
    END IF;
    SELECT position INTO last FROM tenantry_store FOR UPDATE;
    WITH new AS (
        SELECT number, last + row_number() OVER (ORDER BY number) AS position
        FROM tenantry_events WHERE position IS NULL ORDER BY number LIMIT 10000
    )
    UPDATE tenantry_events AS event SET position = new.position FROM new WHERE event.number = new.number;
    GET DIAGNOSTICS given = ROW_COUNT;
    UPDATE tenantry_store SET position = last + given;
END $$;
