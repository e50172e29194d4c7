"""What no host may let through (`tests/hostile.json`), as Python gives it: the same as Rust and JavaScript."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tenantry import Tenantry, TenantryError, UsageError, redact, simulate, subset_of, validate

FILE = json.loads((Path(__file__).parents[2] / "tests" / "hostile.json").read_text())
SYSTEM = {"type": "system", "organization_id": "org_demo", "environment": "test"}


CALLS: dict[str, Callable[..., Any]] = {
    "restore": lambda snapshot, given: Tenantry.restore(snapshot, **given),
    "fold": lambda events, given: Tenantry.fold(events, **given),
    "acting_as": lambda actor: Tenantry.example().acting_as(actor),
    "execute": lambda command, context: Tenantry.example().execute(command, context),
    "query": lambda query, context: Tenantry.example().query(query, context),
    "authorize": lambda call, context: Tenantry.example().authorize(call, context).to_dict(),
    "authorize_batch": lambda calls, context: Tenantry.example().authorize_batch(calls, context),
    "redact": redact,
    "simulate": simulate,
    "read_rejection": TenantryError,
    "now": lambda now: Tenantry.example().acting_as(SYSTEM).code("u", "support", "slack__post_message", now),
    "load": lambda rows: Tenantry(rows=True).load(rows),
    "subset_of": subset_of,
    "new": lambda given: Tenantry(**given),
}


def snapshot(given: dict[str, Any]) -> Any:
    state = json.loads(Tenantry.example().snapshot())
    if "put" in given:
        *path, last = given["put"][0].split("/")[1:]
        here = state
        for key in path:
            here = here[int(key) if isinstance(here, list) else key]
        here[last] = made(given["put"][1])
    return state


def nested(levels: int) -> Any:
    inner: list[Any] = []
    for _ in range(levels - 1):
        inner = [inner]
    return inner


NOTATIONS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "NaN": lambda _: float("nan"),
    "Infinity": lambda _: float("inf"),
    "-Infinity": lambda _: float("-inf"),
    "lone_surrogate": lambda _: "\ud800",
    "lone_surrogate_key": lambda _: {"\ud800": 1},
    "instant": lambda given: datetime.fromisoformat(given["at"].replace("Z", "+00:00")),
    "text": lambda given: given["of"] * given["times"],
    "nested": lambda given: nested(given["levels"]),
    "snapshot": snapshot,
}


def made(given: Any) -> Any:
    if isinstance(given, list):
        return [made(item) for item in given]
    if not isinstance(given, dict):
        return given
    if "$host" in given:
        return NOTATIONS[given["$host"]](given)
    return {key: made(value) for key, value in given.items()}


def argument(given: dict[str, Any]) -> Any:
    return "".join(of * times for of, times in given["text"]) if "text" in given else made(given["value"])


def refusal(whose: str, code: str, pointer: str | None, message: str) -> dict[str, Any]:
    return {"refused": {"whose": whose, "code": code, "pointer": pointer, "message": message}}


def outcome(entry: dict[str, Any]) -> dict[str, Any]:
    values = [argument(given) for given in entry["given"]]
    try:
        if entry["call"] == "validate":
            violations = validate(*values)
            first = violations[0] if violations else None
            return refusal("client", first["code"], first["pointer"], first["message"]) if first else {"accepted": True}
        answer = CALLS[entry["call"]](*values)
    except UsageError as error:
        return refusal("program", error.code, error.pointer, error.message)
    except TenantryError as error:
        return refusal("client", error.code, error.pointer, error.message)
    if "show" not in entry:
        return {"accepted": True}
    for key in entry["show"].split("/")[1:]:
        answer = answer[int(key)] if isinstance(answer, list) else answer.get(key)
    return {"accepted": answer}


ran = set()


@pytest.mark.parametrize("entry", FILE["entries"], ids=lambda entry: f"{entry['name']} ({entry['call']})"[:80])
def test_hostile_input_is_refused_as_the_file_says(entry: dict[str, Any]) -> None:
    ran.add((entry["name"], entry["call"]))
    expected = {key: entry[key] for key in ("refused", "accepted") if key in entry}
    assert outcome(entry) == expected


def test_every_entry_has_run() -> None:
    assert len(ran) == FILE["count"]
