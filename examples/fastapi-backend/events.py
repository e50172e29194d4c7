"""The events in a table: the record of what happened, and what must be erased from it."""

import json
import sqlite3
from collections.abc import Callable
from typing import Any

import tenantry

TABLES = """
CREATE TABLE IF NOT EXISTS events (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    stream_kind TEXT NOT NULL,
    stream_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    name TEXT NOT NULL,
    named TEXT,  -- the registered user that acted, or whose link made a credential of others
    event TEXT NOT NULL,
    UNIQUE (stream_kind, stream_id, sequence)
);
CREATE INDEX IF NOT EXISTS events_named ON events (named) WHERE named IS NOT NULL;
CREATE TABLE IF NOT EXISTS outbox (number INTEGER PRIMARY KEY, effect TEXT NOT NULL);
"""


def append(db: sqlite3.Connection, events: list[Any]) -> int | None:
    """Keeps events; the number of the last one."""
    number = None
    for event in events:
        stream, named = event["stream"], event["actor"].get("registered_user_id") or event.get("linked_by")
        number = db.execute(
            "INSERT INTO events (stream_kind, stream_id, sequence, name, named, event) VALUES (?, ?, ?, ?, ?, ?)",
            [stream["kind"], stream["id"], event["sequence"], event["event"], named, json.dumps(event)],
        ).lastrowid
    return number


def carry_out(db: sqlite3.Connection, effect: Any) -> None:
    """Does what an effect asks for here. What concerns others waits in the outbox until it is done."""
    match effect["effect"]:
        case "redact_user":
            redact(db, "registered_user", effect["registered_user_id"])
        case "redact_account":
            redact(db, "account", effect["user_id"])
        case "purge_user":
            purge(db, effect["registered_user_id"])
        case _:
            db.execute("INSERT INTO outbox (effect) VALUES (?)", [json.dumps(effect)])


def redact(db: sqlite3.Connection, kind: str, stream: str) -> None:
    """Takes what is personal out of all events of a deleted user's or account's stream; which fields these are, the
    core knows."""
    rewrite(db, "stream_kind = ? AND stream_id = ?", [kind, stream], tenantry.redact)


def purge(db: sqlite3.Connection, user: str) -> None:
    """Deletes every trace of a user except the record of the purge. What still waits in the outbox goes, too: the token
    with which it would have been done elsewhere is to be erased now."""

    def without_user(event: Any) -> Any:
        if "registered_user_id" in event["actor"]:
            event["actor"]["registered_user_id"] = None
        if "linked_by" in event:
            event["linked_by"] = None
        return event

    db.execute(
        "DELETE FROM events"
        " WHERE stream_kind = 'registered_user' AND stream_id = ? AND name != 'registered_user_purged'",
        [user],
    )
    rewrite(db, "named = ?", [user], without_user)
    db.execute("UPDATE events SET named = NULL WHERE named = ?", [user])
    db.execute("DELETE FROM outbox WHERE effect ->> '$.owner.registered_user_id' = ?", [user])


def rewrite(db: sqlite3.Connection, where: str, found_by: list[str], change: Callable[[Any], Any]) -> None:
    for number, text in db.execute(f"SELECT number, event FROM events WHERE {where}", found_by).fetchall():
        event = json.dumps(change(json.loads(text)))
        db.execute("UPDATE events SET event = ? WHERE number = ?", [event, number])
