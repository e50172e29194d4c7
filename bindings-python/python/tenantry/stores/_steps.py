"""Work with a database as steps: a generator yields each statement and is sent its rows. So the same steps serve SQLite
and PostgreSQL, with and without `await`."""

from collections.abc import Generator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar

from ._rows import Found, Key, Write

T = TypeVar("T")


class Statement(NamedTuple):
    """SQL with `?` for each parameter."""

    sql: str
    parameters: Sequence[Any] = ()
    many: bool = False
    """Whether it is carried out for each of many lists of parameters."""


Steps: TypeAlias = Generator[Statement, list[Any], T]


class Dialect(Protocol):
    """What the databases do differently."""

    optimistic: bool
    """Whether a command is first decided beside others, and holds off nobody while it is."""

    def migrate(self) -> Steps[None]: ...

    def lock(self, guards: list[dict[str, Any]], changes: list[dict[str, Any]] | None) -> Steps[None]:
        """Begins a transaction that keeps others from changing these rows; none means all rows."""
        ...

    def read(self, keys: Mapping[str, Key], portion: int) -> Steps[list[Found]]:
        """The rows of keys, by their texts, as they are at one moment."""
        ...

    def commit(self, write: Write, locked: bool) -> Steps[bool]:
        """Writes all or nothing. Where a guard does not hold, nothing."""
        ...

    def events(self, after: int, limit: int) -> Steps[list[Any]]: ...

    def take_effects(self, now: int, until: int, limit: int) -> Steps[list[Any]]: ...
