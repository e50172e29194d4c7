# Generated from `xtask/src/schema/stores.pyi` and the declarations in the core.
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias, TypeVar, overload

from .. import types as t
from ._plan import Plan

_R = TypeVar("_R")
_Text: TypeAlias = str | bytes | bytearray | memoryview
_ActingContext: TypeAlias = t.ActingContext | _Text | None

class StoreError(Exception):
    """The database is not one that this version serves."""

    @staticmethod
    def check(version: int) -> None:
        """Raises it where the tables are of another version."""

class StoredEvent(NamedTuple):
    """An event, and where it stands among all."""

    position: int
    event: t.Event

class TakenEffect(NamedTuple):
    """An effect to be carried out elsewhere, and the number to call `effect_done` with."""

    number: int
    effect: t.Effect

#twice
class Store:
    """The state of all organizations in a database."""

    def __init__(self, plan: Plan) -> None: ...
    def acting_as(self, actor: t.Actor | _Text) -> StoreActing:
        """A handle on the store that has its actor already."""

    def migrate(self) -> None:
        """Makes the tables where there are none; refuses those of another version. Call it before the first use, from as many processes as you like."""

    def sweep(self, *, now: t.Time | None = None, limit: int = 100) -> int:
        """Writes down what time has brought, `limit` things a transaction; answers how many things it were. Call it now and
        then: deadlines apply at their instant, this has data erased."""

    def next_due(self) -> int | None:
        """The earliest instant at which a sweep would do something, in milliseconds since 1970."""

    def events(self, *, after: int = 0, limit: int = 1000) -> list[StoredEvent]:
        """The events after a position, in the order of their positions. None that comes later gets a position before them."""

    def take_effects(self, *, limit: int = 10, seconds: float = 60) -> list[TakenEffect]:
        """Effects to be carried out elsewhere, which nobody else takes for so many seconds. Those that are not done by then
        are taken again."""

    def effect_done(self, number: int) -> None:
        """Marks an effect as carried out."""

    def snapshot(self) -> bytes:
        """The snapshot of all rows, the same bytes as of a state in memory: `Tenantry.restore` takes it."""

class StoreActing:
    """An actor bound to a store."""

    def __init__(self, store: Store, actor: t.Actor | _Text) -> None: ...
    #methods
    #each command def execute(self, command: REQUEST, context: _ActingContext = None) -> t.Outcome[ANSWER]: ...
    @overload
    def execute(self, command: t.Command[_R], context: _ActingContext = None) -> t.Outcome[_R]: ...
    @overload
    def execute(self, command: t.AnyCommand | _Text, context: _ActingContext = None) -> t.AnyOutcome: ...
    #each query def query(self, query: REQUEST, context: _ActingContext = None) -> ANSWER: ...
    @overload
    def query(self, query: t.Query[_R], context: _ActingContext = None) -> _R: ...
    @overload
    def query(self, query: t.AnyQuery | _Text, context: _ActingContext = None) -> t.Answer: ...
    def authorize(self, call: t.ToolCall | _Text, context: _ActingContext = None) -> t.Decision: ...
    def authorize_batch(self, calls: list[t.ToolCall] | tuple[t.ToolCall, ...] | _Text, context: _ActingContext = None) -> list[t.BatchItem]: ...
    def explain(self, call: t.ToolCall | _Text, context: _ActingContext = None) -> t.Explanation: ...
    def may(self, request_name: t.RequestName, context: _ActingContext = None) -> bool: ...
    def allows(
        self, registered_user_id: t.Id, tool_pack_id: str, tool: str, now: t.Time | None = None
    ) -> bool: ...
    def code(
        self, registered_user_id: t.Id, tool_pack_id: str, tool: str, now: t.Time | None = None
    ) -> Literal["allow"] | t.Code: ...
    def codes(
        self,
        registered_user_ids: Iterable[t.Id],
        tool_pack_ids: Iterable[str],
        tools: Iterable[str],
        now: t.Time | None = None,
    ) -> bytes: ...
