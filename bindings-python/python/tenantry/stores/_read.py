"""The one statement that reads all rows that are wanted."""

from collections.abc import Callable, Mapping
from typing import Any

from ._rows import Found, Key, millis
from ._steps import Statement, Steps

COLUMNS = "SELECT key, revision, body, CAST(NULL AS bigint) FROM tenantry_rows WHERE"

# The first of the rows that are due, and all that are due at the same instant as the last of them.
DUE = """SELECT key, revision, body, next_due_at FROM tenantry_rows WHERE next_due_at <= coalesce(
    (SELECT next_due_at FROM tenantry_rows WHERE next_due_at <= ? ORDER BY next_due_at LIMIT 1 OFFSET ?), ?)"""


def read(keys: Mapping[str, Key], portion: int, among: str, given: Callable[[list[str]], Any]) -> Steps[list[Found]]:
    """The rows of keys as they are at one moment; `among` is the condition that a key is among those `given`."""
    selects, parameters, plain = [], [], []
    for text, key in keys.items():
        if key[0] == "range":
            sql, wanted = in_range(*key[1:])
        elif key[0] == "due":
            until = millis(key[1])
            sql, wanted = DUE, [until, portion - 1, until]
        else:
            plain.append(text)
            continue
        selects.append(sql)
        parameters += wanted
    if plain:
        selects.append(f"{COLUMNS} {among}")
        parameters.append(given(plain))
    found = yield Statement(" UNION ALL ".join(selects), parameters)
    return list(map(Found._make, found))


def in_range(
    kind: str, organization_id: str | None, environment: str | None, after: str | None, limit: int
) -> tuple[str, list[Any]]:
    """The rows that stand next to each other in a list."""
    # The kind is one of the core's words, and stands in the text for the index that serves it alone.
    where, parameters = f"kind = '{kind}'", []
    # What is null is not looked at. No id is empty, and none holds a NUL, which PostgreSQL would not take.
    wanted = {
        "organization_id =": organization_id,
        "environment =": environment,
        "place >": (after or "").split("\0")[0],
    }
    for column, value in wanted.items():
        if value is not None:
            where += f" AND {column} ?"
            parameters.append(value)
    return f"SELECT * FROM ({COLUMNS} {where} ORDER BY place LIMIT ?) AS listed", [*parameters, limit]
