"""Rows between the core and the tables: what `load` takes, and the columns of what an outcome changes."""

import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple, TypeAlias

Key: TypeAlias = list[Any]
"""`[kind, …parts]`, as the core asks for it."""


class Found(NamedTuple):
    """A row of `tenantry_rows`; `due` only where it was looked for as a row that is due."""

    key: str
    revision: int
    body: str
    due: int | None


class Write(NamedTuple):
    """What a commit writes, as the columns of the tables."""

    revision: int
    guards: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    events: list[dict[str, Any]]
    effects: list[dict[str, Any]]
    erasures: list[Any]


def write_of(outcome: dict[str, Any]) -> Write:
    """Takes what is for the database out of an outcome."""
    guards, changes = outcome.pop("guards"), outcome.pop("changes")
    erasures = [effect for effect in outcome["effects"] if effect["effect"] in ERASURES]
    return Write(
        revision=secrets.randbelow(2**53 - 1) + 1,
        guards=[{"key": text_of(guard["key"]), "revision": guard["revision"]} for guard in guards],
        changes=[change_of(change["key"], change["base"], change["row"]) for change in changes],
        events=[event_of(event) for event in outcome["events"]],
        effects=[effect_of(effect) for effect in outcome["effects"] if effect["effect"] not in ERASURES],
        erasures=erasures,
    )


ERASURES = {"redact_user", "redact_account", "purge_user"}
"""Effects that a store carries out itself, on its own events. All others wait in the outbox."""


def change_of(key: Key, base: Mapping[str, Any] | None, row: dict[str, Any] | None) -> dict[str, Any]:
    due = row and row["next_due_at"]
    return {
        "key": text_of(key),
        "base": base and base["revision"],
        "kind": key[0],
        "organization_id": row and row.get("organization_id"),
        "environment": row and row.get("environment"),
        "place": key[-1],
        "next_due_at": millis(due) if due else None,
        "body": row and text_of(row),
    }


def event_of(event: dict[str, Any]) -> dict[str, Any]:
    return {
        "stream_kind": event["stream"]["kind"],
        "stream_id": event["stream"]["id"],
        "sequence": event["sequence"],
        "name": event["event"],
        "acting_user": event["actor"].get("registered_user_id"),
        "linked_by": event.get("linked_by"),
        "event": text_of(event),
    }


def effect_of(effect: dict[str, Any]) -> dict[str, Any]:
    user = effect.get("owner", {}).get("registered_user_id")
    return {"registered_user_id": user, "effect": text_of(effect)}


def loadable(keys: Mapping[str, Key], found: Iterable[Found], portion: int) -> str:
    """The rows that were found for keys, as `load` takes them: absent ones too, ranges and what is due as complete."""
    rows = {row.key: f'{{"key":{row.key},"revision":{row.revision},"row":{row.body}}}' for row in found}
    for text, key in keys.items():
        if key[0] == "due":
            instants = [row.due for row in found if row.due is not None]
            # Where there are as many as were looked for, there may be more after the last of them.
            text = text_of(["due", instant(max(instants))]) if len(instants) >= portion else text
        if text not in rows:
            rows[text] = f'{{"key":{text},"row":null}}'
    return f"[{','.join(rows.values())}]"


text_of = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
"""A value as JSON text; of a key the canonical one."""

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def millis(text: str) -> int:
    return (datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH) // timedelta(milliseconds=1)


def instant(millis: int) -> str:
    return (EPOCH + timedelta(milliseconds=millis)).isoformat()
