"""What erasing effects ask for, on the table of events."""

import json
from collections.abc import Callable
from typing import Any

from .._tenantry import redact
from ._rows import text_of
from ._steps import Statement, Steps


def erase(effect: Any) -> Steps[None]:
    """Carries out an effect, in the transaction of the command that has it."""
    if effect["effect"] == "purge_user":
        yield from purge(effect["registered_user_id"])
    elif effect["effect"] == "redact_account":
        yield from rewrite("stream_kind = 'account' AND stream_id = ?", [effect["user_id"]], redact)
    else:
        yield from rewrite("stream_kind = 'registered_user' AND stream_id = ?", [effect["registered_user_id"]], redact)


def purge(user: str) -> Steps[None]:
    """Deletes every trace of a user except the record of the purge. What still waits in the outbox goes, too: the token
    with which it would have been done elsewhere is to be erased now."""

    def without_user(event: Any) -> Any:
        if event["actor"].get("registered_user_id") == user:
            event["actor"]["registered_user_id"] = None
        if event.get("linked_by") == user:
            event["linked_by"] = None
        return event

    yield Statement(
        "DELETE FROM tenantry_events"
        " WHERE stream_kind = 'registered_user' AND stream_id = ? AND name <> 'registered_user_purged'",
        [user],
    )
    yield from rewrite("acting_user = ? OR linked_by = ?", [user, user], without_user)
    yield Statement("UPDATE tenantry_events SET acting_user = NULL WHERE acting_user = ?", [user])
    yield Statement("UPDATE tenantry_events SET linked_by = NULL WHERE linked_by = ?", [user])
    yield Statement("DELETE FROM tenantry_outbox WHERE registered_user_id = ?", [user])


def rewrite(where: str, parameters: list[str], change: Callable[[Any], Any]) -> Steps[None]:
    named = "stream_kind, stream_id, sequence"
    found = yield Statement(f"SELECT {named}, event FROM tenantry_events WHERE {where}", parameters)
    changed = [[text_of(change(json.loads(event))), *stream] for *stream, event in found]
    if changed:
        its = "stream_kind = ? AND stream_id = ? AND sequence = ?"
        yield Statement(f"UPDATE tenantry_events SET event = ? WHERE {its}", changed, many=True)
