"""What a store offers, with and without `await`: the same lines, whose types are in the stub."""

import json
from collections.abc import Iterator
from types import FunctionType
from typing import Any, NamedTuple

from .. import _methods, _tenantry
from ._plan import PORTION, Plan, settled


class StoredEvent(NamedTuple):
    """An event, and where it stands among all."""

    position: int
    event: Any


class TakenEffect(NamedTuple):
    """An effect to be carried out elsewhere, and the number to call `effect_done` with."""

    number: int
    effect: Any


class _Store:
    """The state of all organizations in a database."""

    _acting: Any

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def _run(self, steps: Any) -> Any:
        raise NotImplementedError

    def migrate(self):
        """Makes the tables where there are none; refuses those of another version. Call it before the first use, from as many processes as you like."""
        return self._run(self._plan.dialect.migrate())

    def acting_as(self, actor):
        """A handle on the store that has its actor already."""
        self._plan.instance().acting_as(actor)  # Reports a malformed actor now.
        return self._acting(self, actor)

    def sweep(self, *, now=None, limit=PORTION):
        """Writes down what time has brought, `limit` things a transaction; answers how many things it were. Call it now and
        then: deadlines apply at their instant, this has data erased."""
        return self._run(self._plan.sweep(now, limit))

    def next_due(self):
        """The earliest instant at which a sweep would do something, in milliseconds since 1970."""
        return self._run(self._plan.next_due())

    def events(self, *, after=0, limit=1000):
        """The events after a position, in the order of their positions. None that comes later gets a position before them."""
        return self._run(self._plan.events(after, limit, StoredEvent))

    def take_effects(self, *, limit=10, seconds=60):
        """Effects to be carried out elsewhere, which nobody else takes for so many seconds. Those that are not done by then
        are taken again."""
        return self._run(self._plan.take_effects(limit, seconds, TakenEffect))

    def effect_done(self, number):
        """Marks an effect as carried out."""
        return self._run(self._plan.effect_done(number))

    def snapshot(self):
        """The snapshot of all rows, the same bytes as of a state in memory: `Tenantry.restore` takes it."""
        return self._run(self._plan.snapshot())


class _Acting:
    """An actor bound to a store."""

    def __init__(self, store, actor):
        self._store, self._actor = store, actor

    def __repr__(self):
        return repr(self._store._plan.instance().acting_as(self._actor))

    def execute(self, command, context=None):
        return self._store._run(self._store._plan.execute(self._actor, command, context))

    def query(self, query, context=None):
        return self._ask([query], context, lambda acting, whole: acting.query(query, whole))

    def authorize(self, call, context=None):
        return self._ask([call], context, lambda acting, whole: acting.authorize(call, whole))

    def authorize_batch(self, calls, context=None):
        return self._ask(_value(calls), context, lambda acting, whole: acting.authorize_batch(calls, whole))

    def explain(self, call, context=None):
        request = {"explain": _value(call)}
        return self._ask([request], context, lambda acting, whole: acting.explain(call, whole))

    def may(self, request_name, context=None):
        return self._ask([{"may": request_name}], context, lambda acting, whole: acting.may(request_name, whole))

    def allows(self, registered_user_id, tool_pack_id, tool, now=None):
        call = (registered_user_id, tool_pack_id, tool)
        return self._ask([_call(*call)], {"now": now}, lambda acting, whole: acting.allows(*call, whole["now"]))

    def code(self, registered_user_id, tool_pack_id, tool, now=None):
        call = (registered_user_id, tool_pack_id, tool)
        return self._ask([_call(*call)], {"now": now}, lambda acting, whole: acting.code(*call, whole["now"]))

    def codes(self, registered_user_ids, tool_pack_ids, tools, now=None):
        given = [list(one) if isinstance(one, Iterator) else one for one in (registered_user_ids, tool_pack_ids, tools)]
        lists = [one.to_pylist() if hasattr(one, "to_pylist") else one for one in given]
        # What is no list, the core refuses.
        calls = list(map(_call, *lists)) if all(hasattr(one, "__iter__") for one in lists) else []
        return self._ask(calls, {"now": now}, lambda acting, whole: acting.codes(*given, whole["now"]))

    def _ask(self, requests, context, answer):
        whole = settled(context)
        requests = [(request, whole) for request in requests]
        return self._store._run(self._store._plan.ask(self._actor, requests, lambda acting: answer(acting, whole)))


def _call(registered_user_id, tool_pack_id, tool):
    return {"registered_user_id": registered_user_id, "tool_pack_id": tool_pack_id, "tool": tool}


def _value(given):
    """What JSON text says. What is no JSON, the core refuses."""
    if isinstance(given, str | bytes | bytearray | memoryview):
        try:
            return json.loads(bytes(given) if isinstance(given, memoryview) else given)
        except ValueError:
            return []
    return given


for _name, _made in vars(_Acting).items():
    if not _name.startswith("_"):
        _made.__doc__ = getattr(_tenantry.Acting, _name).__doc__


class StoreActing(_Acting):
    """An actor bound to a store."""


class AsyncStoreActing(_Acting):
    """An actor bound to a store, for `await`."""


class Store(_Store):
    """The state of all organizations in a database."""

    _acting = StoreActing


class AsyncStore(_Store):
    """The state of all organizations in a database, for `await`."""

    _acting = AsyncStoreActing


async def _execute(acting, name, fields, now, entropy):
    outcome = await acting.execute(_methods._request("command", name, fields), {"now": now, "entropy": entropy})
    return outcome["response"]


async def _query(acting, name, fields, now):
    return await acting.query(_methods._request("query", name, fields), {"now": now})


async def _pages(acting, name, fields, now):
    after = _methods._ABSENT
    while after is not None:
        page = await _query(acting, name, fields | {"after": after}, now)
        for item in page["items"]:
            yield item
        after = page["next"]


# The same methods, ending in these instead.
_AWAITED = vars(_methods) | {"_execute": _execute, "_query": _query, "_pages": _pages}

for _method in _methods.METHODS:
    setattr(StoreActing, _method.__name__, _method)
    _awaited = FunctionType(_method.__code__, _AWAITED, _method.__name__)
    _awaited.__kwdefaults__, _awaited.__doc__ = _method.__kwdefaults__, _method.__doc__
    setattr(AsyncStoreActing, _method.__name__, _awaited)


class StoreError(Exception):
    """The database is not one that this version serves."""

    @staticmethod
    def check(version):
        """Raises it where the tables are of another version."""
        if version != 1:
            raise StoreError(f"the tables are of version {version}, this release serves version 1")
