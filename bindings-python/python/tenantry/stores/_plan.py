"""What a store does, in steps that any database can carry out."""

import json
import secrets
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from .._tenantry import Acting, Tenantry
from ..errors import TenantryError
from ._hints import Hints
from ._rows import Found, loadable, text_of, write_of
from ._steps import Dialect, Statement, Steps

T = TypeVar("T")

PORTION = 100
"""How many of the rows that are due are looked at together, so that a long wait ends in many short transactions."""

ATTEMPTS = 6
"""How often a command is decided. If others wrote first each time, everybody else waits the last time."""

ALL = "SELECT key, revision, body FROM tenantry_rows"


class Plan:
    def __init__(self, dialect: Dialect, policy: Any, row_format: int | None) -> None:
        self.dialect = dialect
        self.options = {"policy": policy, "row_format": row_format, "rows": True}
        self.hints = Hints()
        self.instance()  # Reports a malformed policy now, not at the first request.

    def instance(self) -> Tenantry:
        return Tenantry(**self.options)

    def prepare(self, acting: Acting, requests: list[tuple[Any, Any]]) -> Steps[None]:
        """Loads the rows that requests need. Each round reads all of them anew, in one statement: so a request is decided
        on what was there at one moment, without a transaction around the rounds."""
        asked, missing = [], []
        for request in requests:
            try:
                needed = acting.requirements(*request)
            except TenantryError:
                continue  # It is malformed, needs no row, and is refused where it is carried out, in its own words.
            if needed:
                asked.append(request)
                missing += needed
        keys: dict[str, Any] = {}
        portion, first = PORTION, None
        while missing:
            if any(key[0] == "due" for key in missing) and first:
                portion *= 2  # The first rows that are due were too few.
            keys |= {text_of(key): key for key in missing}
            if first is None:
                first = tuple(keys)
                keys |= self.hints.after(first)
            found = yield from self.dialect.read(keys, portion)
            acting.abandon()
            acting.load(loadable(keys, found, portion))
            missing = [key for request in asked for key in acting.requirements(*request)]
        if first is not None:
            self.hints.learn(first, keys)

    def ask(self, actor: Any, requests: list[tuple[Any, Any]], answer: Callable[[Acting], T]) -> Steps[T]:
        """Answers what changes nothing."""
        acting = self.instance().acting_as(actor)
        yield from self.prepare(acting, requests)
        return answer(acting)

    def execute(self, actor: Any, command: Any, context: Any) -> Steps[Any]:
        """Executes a command, and keeps what it changes: all of it or, where it is refused, nothing."""
        acting = self.instance().acting_as(actor)
        write = None
        for attempt in range(ATTEMPTS):
            # Asked and executed with the same entropy, a command mints the same ids.
            whole = settled(context, entropy=True)
            locked = write is not None or not self.dialect.optimistic
            if locked:
                last = attempt == ATTEMPTS - 1
                yield from self.dialect.lock(
                    write.guards if write else [], write.changes if write and not last else None
                )
            yield from self.prepare(acting, [(command, whole)])
            outcome = acting.execute(command, whole)
            write = write_of(outcome)
            if not write.changes or (yield from self.dialect.commit(write, locked)):
                return outcome
        raise AssertionError("the last attempt has no rival")

    def sweep(self, now: Any, limit: int) -> Steps[int]:
        """Writes down what time has brought, in portions."""
        done = 0
        while True:
            command = {"command": "advance_time", "limit": limit}
            outcome = yield from self.execute({"type": "system"}, command, {"now": now})
            processed: int = outcome["response"]["processed"]
            done += processed
            if processed < limit:
                return done

    def next_due(self) -> Steps[int | None]:
        ((due,),) = yield Statement("SELECT min(next_due_at) FROM tenantry_rows")
        return cast(int | None, due)

    def events(self, after: int, limit: int, record: Callable[[int, Any], T]) -> Steps[list[T]]:
        found = yield from self.dialect.events(after, limit)
        return [record(position, json.loads(event)) for position, event in found]

    def take_effects(self, limit: int, seconds: float, record: Callable[[int, Any], T]) -> Steps[list[T]]:
        now = clock()
        found = yield from self.dialect.take_effects(now, now + int(seconds * 1000), limit)
        return [record(number, json.loads(effect)) for number, effect in sorted(found)]

    def effect_done(self, number: int) -> Steps[None]:
        yield Statement("DELETE FROM tenantry_outbox WHERE number = ?", [number])

    def snapshot(self) -> Steps[bytes]:
        found = yield Statement(ALL)
        instance = self.instance()
        instance.load(loadable({}, [Found(key, revision, body, None) for key, revision, body in found], PORTION))
        return instance.snapshot()


def settled(context: Any, entropy: bool = False) -> Any:
    """A context with its instant, and with its randomness where ids are minted: what asks and what answers must not differ.
    One that is not of this form, the core refuses."""
    if context is None:
        context = {}
    elif isinstance(context, (str, bytes, bytearray, memoryview)):
        try:
            context = json.loads(bytes(context) if isinstance(context, memoryview) else context)
        except ValueError:
            return context
    try:
        given = dict(context)
    except (TypeError, ValueError):
        return context
    if given.get("now") is None:
        given["now"] = clock()
    if entropy and given.get("entropy") is None:
        given["entropy"] = secrets.token_hex(16)
    return given


def clock() -> int:
    return time.time_ns() // 1_000_000
