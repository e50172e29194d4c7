"""A store in a SQLite file, by the standard library."""

import os
import sqlite3
from collections import deque
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, cast

from ._erasure import erase
from ._plan import Plan
from ._read import read
from ._rows import Found, Key, Write, text_of
from ._steps import Statement, Steps
from ._store import Store, StoreError

T = TypeVar("T")


class SqliteStore(Store):
    """The state in a file, which any number of threads and processes serve. Call `migrate` before the first use.

    What is erased is overwritten in the file, free pages included. That holds as long as the file has no write-ahead log."""

    def __init__(
        self, path: str | Path, *, policy: Any = None, row_format: int | None = None, timeout: float = 30
    ) -> None:
        if str(path) in ("", ":memory:"):
            raise ValueError("a store needs a file: in memory, use `Tenantry()`")
        super().__init__(Plan(SqliteDialect(), policy, row_format))
        self._path, self._timeout = path, timeout
        self._idle: deque[sqlite3.Connection] = deque()
        self._process = os.getpid()

    def _run(self, steps: Steps[T]) -> T:
        db = self._connection()
        try:
            result = _carry_out(db, steps)
        except BaseException:
            db.close()  # Which also rolls back.
            raise
        if db.in_transaction:
            db.rollback()
        self._idle.append(db)
        return result

    def close(self) -> None:
        """Closes the connections that nobody uses."""
        while self._idle:
            self._idle.pop().close()

    def _connection(self) -> sqlite3.Connection:
        if self._process != os.getpid():
            # A connection must not be used in a forked child, nor closed: that would drop the parent's locks.
            _left.extend(self._idle)
            self._idle, self._process = deque(), os.getpid()
        try:
            return self._idle.pop()
        except IndexError:
            db = sqlite3.connect(self._path, self._timeout, isolation_level=None, check_same_thread=False)
            db.execute("PRAGMA secure_delete = ON")
            return db


_left: list[sqlite3.Connection] = []


def _carry_out(db: sqlite3.Connection, steps: Steps[T]) -> T:
    found: list[Any] | None = None
    try:
        while True:
            statement = next(steps) if found is None else steps.send(found)
            run = db.executemany if statement.many else db.execute
            found = run(statement.sql, statement.parameters).fetchall()
    except StopIteration as done:
        return cast(T, done.value)


class SqliteDialect:
    """One writer at a time: a command is decided while it holds off all others, so that no guard can break."""

    optimistic = False

    def migrate(self) -> Steps[None]:
        yield Statement("BEGIN IMMEDIATE")
        there = yield Statement("SELECT 1 FROM sqlite_master WHERE name = 'tenantry_store'")
        if there:
            ((version,),) = yield Statement("SELECT version FROM tenantry_store")
            StoreError.check(version)
        else:
            script = files(__package__).joinpath("sqlite.sql").read_text("utf-8")
            for sql in script.split(";\n"):
                yield Statement(sql)
        yield Statement("COMMIT")

    def lock(self, guards: Any, changes: Any) -> Steps[None]:
        yield Statement("BEGIN IMMEDIATE")

    def read(self, keys: Mapping[str, Key], portion: int) -> Steps[list[Found]]:
        return (yield from read(keys, portion, "key IN (SELECT value FROM json_each(?))", text_of))

    def commit(self, write: Write, locked: bool) -> Steps[bool]:
        gone = [[change["key"]] for change in write.changes if change["body"] is None]
        present = [{**change, "revision": write.revision} for change in write.changes if change["body"] is not None]
        if gone:
            yield Statement("DELETE FROM tenantry_rows WHERE key = ?", gone, many=True)
        yield Statement(PUT, present, many=True)
        yield Statement(insert("tenantry_events", EVENT), write.events, many=True)
        yield Statement(insert("tenantry_outbox", EFFECT), write.effects, many=True)
        for effect in write.erasures:
            yield from erase(effect)
        yield Statement("COMMIT")
        return True

    def events(self, after: int, limit: int) -> Steps[list[Any]]:
        after_it = "SELECT position, event FROM tenantry_events WHERE position > ? ORDER BY position LIMIT ?"
        return (yield Statement(after_it, [after, limit]))

    def take_effects(self, now: int, until: int, limit: int) -> Steps[list[Any]]:
        free = "SELECT number FROM tenantry_outbox WHERE taken_until <= ? ORDER BY number LIMIT ?"
        take = f"UPDATE tenantry_outbox SET taken_until = ? WHERE number IN ({free}) RETURNING number, effect"
        return (yield Statement(take, [until, now, limit]))


def insert(table: str, columns: Iterable[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(f':{column}' for column in columns)})"


ROW = ("key", "revision", "kind", "organization_id", "environment", "place", "next_due_at", "body")
EVENT = ("stream_kind", "stream_id", "sequence", "name", "acting_user", "linked_by", "event")
EFFECT = ("registered_user_id", "effect")
CHANGED = ", ".join(f"{column} = excluded.{column}" for column in ROW[1:])
PUT = f"{insert('tenantry_rows', ROW)} ON CONFLICT (key) DO UPDATE SET {CHANGED}"
