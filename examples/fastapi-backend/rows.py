"""The state as rows in SQLite, so that any number of threads and processes serve one file.

A request is decided on the few rows that it needs: `requirements` names them, `load` hands them in. The rows that it
changes are written in one transaction, if those that it was decided on are still what they were; else it is decided
again. The same three steps fit any database that has transactions.
"""

import json
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import events
from tenantry import Acting, Tenantry
from tenantry.types import ActingContext, Actor, Policy, SystemActor

TABLES = """
CREATE TABLE IF NOT EXISTS rows (
    key TEXT PRIMARY KEY,       -- the key as canonical JSON: ["registered_user","0199…"]
    revision INTEGER NOT NULL,  -- the number of the event that wrote it last: no number comes twice
    next_due_at INTEGER,        -- milliseconds: as texts, 10:00:00.5Z would come before 10:00:00Z
    row TEXT NOT NULL,
    -- What lists go by; a place is compared by code points.
    kind TEXT GENERATED ALWAYS AS (json_extract(key, '$[0]')) VIRTUAL,
    organization_id TEXT GENERATED ALWAYS AS (json_extract(row, '$.organization_id')) VIRTUAL,
    environment TEXT GENERATED ALWAYS AS (json_extract(row, '$.environment')) VIRTUAL,
    place TEXT GENERATED ALWAYS AS (json_extract(key, '$[#-1]')) VIRTUAL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS rows_in_lists ON rows (kind, organization_id, environment, place);
CREATE INDEX IF NOT EXISTS rows_due ON rows (next_due_at) WHERE next_due_at IS NOT NULL;
"""

SYSTEM: SystemActor = {"type": "system"}

PORTION = 100
"""How many of the rows that are due are looked at together, so that a long wait ends in many short transactions."""

OPTIMISTIC = 4
"""How often a request is decided beside others. If they were quicker each time, it locks them out."""


class Store:
    def __init__(self, path: Path, policy: Policy | None = None) -> None:
        self._path = path
        self._policy = policy
        Tenantry(policy=policy)  # Reports a malformed policy now, not at the first request.
        with self._connected() as db:
            # No write-ahead log: it, and the pages that wait for it, would hold what a commit has erased until a
            # checkpoint that any reader can hold up.
            db.execute("PRAGMA journal_mode = DELETE")
            db.executescript(TABLES + events.TABLES)

    def execute(self, actor: Actor, command: Any, now: int | None = None, alone: bool = False) -> Any:
        """Executes a command and keeps what it changes. A `TenantryError` has changed nothing."""
        with self._connected() as db:
            for attempt in range(OPTIMISTIC + 1):
                # Asked and executed with the same entropy, a command mints the same ids.
                context: ActingContext = {
                    "now": time.time_ns() // 1_000_000 if now is None else now,
                    "entropy": secrets.token_hex(16),
                }
                if alone or attempt == OPTIMISTIC:
                    with transaction(db, "IMMEDIATE"):
                        outcome = self._loaded(db, actor, command, context).execute(command, context)
                        keep(db, outcome)
                        return outcome
                with transaction(db, "DEFERRED"):
                    acting = self._loaded(db, actor, command, context)
                outcome = acting.execute(command, context)
                if not outcome["changes"]:
                    return outcome
                with transaction(db, "IMMEDIATE"):
                    if all(holds(db, guard) for guard in outcome["guards"]):
                        keep(db, outcome)
                        return outcome
        raise AssertionError("the last attempt has no rival")

    def query(self, actor: Actor, query: Any) -> Any:
        """Answers a query, lists included."""
        context: ActingContext = {"now": time.time_ns() // 1_000_000}
        with self._connected() as db, transaction(db, "DEFERRED"):
            acting = self._loaded(db, actor, query, context)
        return acting.query(query, context)

    def sweep(self, now: int | None = None, at_once: int = PORTION) -> None:
        """Writes down what time has brought: it holds already, this erases what is to be erased."""
        command = {"command": "advance_time", "limit": at_once}
        # Guards hold the rows that were read. One that becomes due meanwhile was not: nobody else may write.
        while self.execute(SYSTEM, command, now, alone=True)["response"]["processed"] == at_once:
            pass

    def deliver(self, carry_out: Callable[[Any], None]) -> None:
        """Hands over the effects that concern others, each at least once."""
        with self._connected() as db:
            for number, effect in db.execute("SELECT number, effect FROM outbox ORDER BY number").fetchall():
                carry_out(json.loads(effect))
                db.execute("DELETE FROM outbox WHERE number = ?", [number])

    def _loaded(self, db: sqlite3.Connection, actor: Actor, request: Any, context: ActingContext) -> Acting:
        """An instance that holds the rows that the request needs, all as they were at one moment."""
        acting = Tenantry(policy=self._policy, rows=True).acting_as(actor)
        portion = PORTION
        while missing := acting.requirements(request, context):
            acting.load([row for key in missing for row in find(db, key, portion)])
            portion *= 2  # Where the first rows that are due were too few, more of them.
        return acting

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        try:
            # What is erased is overwritten in the file, free pages included.
            db.execute("PRAGMA secure_delete = ON")
            yield db
        finally:
            db.close()


@contextmanager
def transaction(db: sqlite3.Connection, kind: str) -> Iterator[None]:
    with db:
        db.execute(f"BEGIN {kind}")
        yield


def find(db: sqlite3.Connection, key: list[Any], portion: int) -> Iterator[Any]:
    """The row of a key, or that there is none."""
    if key[0] == "due":
        yield from find_due(db, key, portion)
        return
    if key[0] == "range":
        yield from find_range(db, key)
        return
    found = db.execute("SELECT revision, row FROM rows WHERE key = ?", [text_of(key)]).fetchone()
    revision, row = found or (0, "null")
    yield {"key": key, "revision": revision, "row": json.loads(row)}


def find_due(db: sqlite3.Connection, key: list[Any], portion: int) -> Iterator[Any]:
    """The rows that are due first, and up to which instant these are all."""
    until = millis(key[1])
    last = "SELECT next_due_at FROM rows WHERE next_due_at <= ? ORDER BY next_due_at LIMIT 1 OFFSET ?"
    found = db.execute(last, [until, portion - 1]).fetchone()
    if found and found[0] < until:
        until, key = found[0], ["due", instant(found[0])]
    for text, revision, row in db.execute("SELECT key, revision, row FROM rows WHERE next_due_at <= ?", [until]):
        yield {"key": json.loads(text), "revision": revision, "row": json.loads(row)}
    yield {"key": key, "row": None}


def find_range(db: sqlite3.Connection, key: list[Any]) -> Iterator[Any]:
    """The rows that stand next to each other in a list."""
    _, kind, organization_id, environment, after, limit = key
    wanted = {"kind": kind, "organization_id": organization_id, "environment": environment}
    # What is null is not looked at. No id is empty.
    where = " AND ".join(f"{column} = :{column}" for column, value in wanted.items() if value is not None)
    select = f"SELECT key, revision, row FROM rows WHERE {where} AND place > :after ORDER BY place LIMIT :limit"
    for text, revision, row in db.execute(select, {**wanted, "after": after or "", "limit": limit}):
        yield {"key": json.loads(text), "revision": revision, "row": json.loads(row)}
    yield {"key": key, "row": None}


def holds(db: sqlite3.Connection, guard: Any) -> bool:
    """Whether a row is still the one that was loaded."""
    found = db.execute("SELECT revision FROM rows WHERE key = ?", [text_of(guard["key"])]).fetchone()
    return bool((found or (0,))[0] == guard["revision"])


def keep(db: sqlite3.Connection, outcome: Any) -> None:
    """Writes events and changes, erases what is to be erased: all of it within the present transaction."""
    revision = events.append(db, outcome["events"])
    for change in outcome["changes"]:
        key, row = text_of(change["key"]), change["row"]
        if row is None:
            db.execute("DELETE FROM rows WHERE key = ?", [key])
        else:
            due = millis(row["next_due_at"]) if row["next_due_at"] else None
            db.execute(
                "REPLACE INTO rows (key, revision, next_due_at, row) VALUES (?, ?, ?, ?)",
                [key, revision, due, text_of(row)],
            )
    for effect in outcome["effects"]:
        events.carry_out(db, effect)


def text_of(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def millis(text: str) -> int:
    return (datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH) // timedelta(milliseconds=1)


def instant(millis: int) -> str:
    return (EPOCH + timedelta(milliseconds=millis)).isoformat()
