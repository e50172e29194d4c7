"""Stores in PostgreSQL, by psycopg 3: `PostgresStore`, and `AsyncPostgresStore` for `await`."""

import asyncio
import os
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, TypeVar, cast

try:
    from psycopg import AsyncConnection, AsyncCursor, Connection, Cursor, OperationalError, errors
    from psycopg_pool import AsyncConnectionPool, ConnectionPool
except ImportError as missing:
    raise ImportError("for PostgreSQL, install `tenantry[postgresql]`") from missing

from ._erasure import erase
from ._plan import Plan
from ._read import read
from ._rows import Found, Key, Write, text_of
from ._steps import Statement, Steps
from ._store import AsyncStore, Store, StoreError

T = TypeVar("T")

CONFLICTS = (errors.SerializationFailure, errors.DeadlockDetected, errors.UniqueViolation)
"""The errors that mean that another writer came first. The steps go on from there."""


class PostgresStore(Store):
    """The state in a PostgreSQL database, which any number of threads, processes and machines serve. Call `migrate` before
    the first use: it makes the tables in the first schema of the connections' `search_path`."""

    def __init__(
        self, conninfo: str, *, policy: Any = None, row_format: int | None = None, min_size: int = 1, max_size: int = 10
    ) -> None:
        super().__init__(Plan(PostgresDialect(), policy, row_format))
        self._conninfo, self._min_size, self._max_size = conninfo, min_size, max_size
        self._pool: ConnectionPool[Connection[Any]] | None = None
        self._process = os.getpid()

    def close(self) -> None:
        """Closes all connections."""
        if self._pool is not None and self._process == os.getpid():
            self._pool.close()
        self._pool = None

    def _connections(self) -> "ConnectionPool[Connection[Any]]":
        if self._process != os.getpid():
            # Those of the parent are the parent's: neither used in a forked child nor closed.
            _left.append(self._pool)
            self._pool, self._process = None, os.getpid()
        if self._pool is None:
            self._pool = ConnectionPool(
                self._conninfo,
                min_size=self._min_size,
                max_size=self._max_size,
                kwargs=AUTOCOMMIT,
                configure=_configure,
                open=True,
            )
        return self._pool

    def _run(self, steps: Steps[T]) -> T:
        try:
            statement = next(steps)
        except StopIteration as done:  # It needs no row.
            return cast(T, done.value)
        pool = self._connections()
        for left in range(self._max_size, -1, -1):
            with pool.connection() as db:
                try:
                    found = _found(db.cursor(), statement)
                except OperationalError:
                    # One that broke while nobody used it, and nothing is begun yet: the next one.
                    if db.closed and left:
                        continue
                    raise
                return _carry_out(db, steps, found)
        raise AssertionError("the last one was raised")


def _found(cursor: Cursor[Any], statement: Statement) -> list[Any]:
    if statement.many:
        cursor.executemany(_sql(statement), statement.parameters)
        return []
    cursor.execute(_sql(statement), statement.parameters or None)
    return cursor.fetchall() if cursor.description else []


def _carry_out(db: Connection[Any], steps: Steps[T], found: list[Any]) -> T:
    try:
        statement = steps.send(found)
        while True:
            try:
                found = _found(db.cursor(), statement)
            except CONFLICTS as conflict:
                statement = steps.throw(conflict)
            else:
                statement = steps.send(found)
    except StopIteration as done:
        return cast(T, done.value)


class AsyncPostgresStore(AsyncStore):
    """The same for `await`, on any event loop, one at a time."""

    def __init__(
        self, conninfo: str, *, policy: Any = None, row_format: int | None = None, min_size: int = 1, max_size: int = 10
    ) -> None:
        super().__init__(Plan(PostgresDialect(), policy, row_format))
        self._conninfo, self._min_size, self._max_size = conninfo, min_size, max_size
        self._pool: AsyncConnectionPool[AsyncConnection[Any]] | None = None
        self._of: Any = None

    async def close(self) -> None:
        """Closes all connections."""
        pool, self._pool, self._of = self._pool, None, None
        if pool is not None:
            await pool.close()

    async def _connections(self) -> "AsyncConnectionPool[AsyncConnection[Any]]":
        here = os.getpid(), asyncio.get_running_loop()
        if self._pool is None or self._of != here:
            # Those of another process or loop are of no use here.
            _left.append(self._pool)
            self._pool, self._of = (
                AsyncConnectionPool(
                    self._conninfo,
                    min_size=self._min_size,
                    max_size=self._max_size,
                    kwargs=AUTOCOMMIT,
                    configure=_configure_later,
                    open=False,
                ),
                here,
            )
        pool = self._pool
        await pool.open()
        return pool

    async def _run(self, steps: Steps[T]) -> T:
        try:
            statement = next(steps)
        except StopIteration as done:
            return cast(T, done.value)
        pool = await self._connections()
        for left in range(self._max_size, -1, -1):
            async with pool.connection() as db:
                try:
                    found = await _found_later(db.cursor(), statement)
                except OperationalError:
                    if db.closed and left:
                        continue
                    raise
                return await _carry_out_later(db, steps, found)
        raise AssertionError("the last one was raised")


async def _found_later(cursor: AsyncCursor[Any], statement: Statement) -> list[Any]:
    if statement.many:
        await cursor.executemany(_sql(statement), statement.parameters)
        return []
    await cursor.execute(_sql(statement), statement.parameters or None)
    return await cursor.fetchall() if cursor.description else []


async def _carry_out_later(db: AsyncConnection[Any], steps: Steps[T], found: list[Any]) -> T:
    try:
        statement = steps.send(found)
        while True:
            try:
                found = await _found_later(db.cursor(), statement)
            except CONFLICTS as conflict:
                statement = steps.throw(conflict)
            else:
                statement = steps.send(found)
    except StopIteration as done:
        return cast(T, done.value)


AUTOCOMMIT = {"autocommit": True}

PLAN_ONCE = "SET plan_cache_mode = force_generic_plan"
"""Rows are found by their keys: planning that for each list of keys takes longer than finding them."""


def _configure(db: Connection[Any]) -> None:
    db.execute(PLAN_ONCE)


async def _configure_later(db: AsyncConnection[Any]) -> None:
    await db.execute(PLAN_ONCE)


_left: list[Any] = []
"""Pools that are of no use here any more, and not this process's to close."""


def _sql(statement: Statement) -> Any:
    return statement.sql.replace("?", "%s")


def array(texts: list[str]) -> str:
    """An array as PostgreSQL writes it: the general way of the driver takes longer than the rest of a read."""
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"


class PostgresDialect:
    """Any number of writers: a command is decided while others are, and decided again if one of them wrote first."""

    optimistic = True

    def migrate(self) -> Steps[None]:
        yield Statement("BEGIN")
        yield Statement("SELECT pg_advisory_xact_lock(hashtextextended('tenantry', 0))")
        ((there,),) = yield Statement("SELECT to_regclass('tenantry_store') IS NOT NULL")
        if there:
            ((version,),) = yield Statement("SELECT version FROM tenantry_store")
            StoreError.check(version)
        else:
            yield Statement(files(__package__).joinpath("postgresql.sql").read_text("utf-8"))
        yield Statement("COMMIT")

    def lock(self, guards: list[dict[str, Any]], changes: list[dict[str, Any]] | None) -> Steps[None]:
        yield Statement("BEGIN")
        if changes is not None:
            keys = [[guard["key"] for guard in guards], [change["key"] for change in changes]]
            try:
                yield Statement("SELECT tenantry_lock(?::text[], ?::text[])", keys)
                return
            except CONFLICTS:
                yield Statement("ROLLBACK")
                yield Statement("BEGIN")
        yield Statement("SELECT tenantry_lock_everything()")

    def read(self, keys: Mapping[str, Key], portion: int) -> Steps[list[Found]]:
        return (yield from read(keys, portion, "key = ANY(?::text[])", array))

    def commit(self, write: Write, locked: bool) -> Steps[bool]:
        begun = locked or bool(write.erasures)
        lists = [text_of(one) for one in (write.guards, write.changes, write.events, write.effects)]
        try:
            if begun and not locked:
                yield Statement("BEGIN")
            commit = "SELECT tenantry_commit(?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, ?::bigint)"
            ((done,),) = yield Statement(commit, [*lists, write.revision])
            if done:
                for effect in write.erasures:
                    yield from erase(effect)
            if begun:
                yield Statement("COMMIT" if done else "ROLLBACK")
            return bool(done)
        except CONFLICTS:
            if begun:
                yield Statement("ROLLBACK")
            return False

    def events(self, after: int, limit: int) -> Steps[list[Any]]:
        yield Statement("SELECT tenantry_give_positions()")
        after_it = "SELECT position, event FROM tenantry_events WHERE position > ? ORDER BY position LIMIT ?"
        return (yield Statement(after_it, [after, limit]))

    def take_effects(self, now: int, until: int, limit: int) -> Steps[list[Any]]:
        free = (
            "SELECT number FROM tenantry_outbox WHERE taken_until <= ? ORDER BY number LIMIT ? FOR UPDATE SKIP LOCKED"
        )
        take = f"UPDATE tenantry_outbox SET taken_until = ? WHERE number IN ({free}) RETURNING number, effect"
        return (yield Statement(take, [until, now, limit]))
