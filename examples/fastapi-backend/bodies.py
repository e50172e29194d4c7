"""What comes with a request, read strictly: what is not JSON, the core refuses in its own words."""

import json
from typing import Any

from fastapi import HTTPException, Request
from tenantry import Tenantry

LIMIT = 1 << 20
"""Bytes of a body; the core takes no larger command either."""


async def body(request: Request) -> dict[str, Any]:
    """The object in a body. One that is announced as too large is not read at all."""
    if int(request.headers.get("content-length", 0)) > LIMIT:
        raise HTTPException(413)
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LIMIT:
            raise HTTPException(413)
    try:
        given = json.loads(raw, object_pairs_hook=_object, parse_constant=_constant)
    except (ValueError, RecursionError):
        given = None
    if isinstance(given, dict):
        return given
    # As a command it is refused for what it is: no object, not well formed, a key given twice.
    Tenantry().execute(raw, {"actor": {"type": "anonymous"}})
    raise HTTPException(400)


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    given = dict(members)
    if len(given) < len(members):
        raise ValueError("a key is given twice")
    return given


def _constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def number(text: str | None) -> int | str | None:
    """A number from the query; what is none goes on as it is, for the core to refuse."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 20 else text
