"""A backend on Tenantry: registered users by HTTP, and a gate for tool calls.

    uvicorn --app-dir examples/fastapi-backend backend:app

Every request authenticates with a bearer token. The state is one file, written whole and moved into place before a
request is answered, so that a restart finds what was answered.
"""

import json
import os
import threading
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, Request
from fastapi.responses import JSONResponse
from tenantry import Acting, Tenantry, TenantryError


class Store:
    """One world, kept in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.world = (
            Tenantry.restore(path.read_bytes()) if path.exists() else Tenantry.example()
        )

    def execute(self, acting: Acting, command: Any) -> Any:
        """Executes and keeps: commands one after the other, so that no older state overwrites a newer one."""
        with self._lock:
            outcome = acting.execute(command)
            if outcome["events"]:
                self._keep()
            return outcome["response"]

    def _keep(self) -> None:
        new = self._path.with_suffix(".new")
        with new.open("wb") as file:
            file.write(self.world.snapshot())
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._path)


def make_app(path: Path, keys: dict[str, Any]) -> FastAPI:
    """The backend; `keys` says for each bearer token what its actor is."""
    store = Store(path)
    app = FastAPI(title="Registered users", version="1")

    @app.exception_handler(TenantryError)
    def refuse(request: Request, error: TenantryError) -> JSONResponse:
        """Problem details for whoever asks for them, else the plain error body."""
        if "application/problem+json" in request.headers.get("accept", ""):
            return JSONResponse(
                error.to_problem(), error.status, media_type="application/problem+json"
            )
        return JSONResponse(error.to_error_body(), error.status)

    def caller(authorization: Annotated[str, Header()] = "") -> Acting:
        # Nobody in particular is refused by the core, in the core's own words.
        return store.world.acting_as(
            keys.get(authorization.removeprefix("Bearer "), {"type": "anonymous"})
        )

    Caller = Annotated[Acting, Depends(caller)]

    async def body(request: Request) -> dict[str, Any]:
        """What is no object becomes an unknown field, which the core refuses."""
        try:
            given = json.loads(await request.body())
        except (ValueError, RecursionError):
            given = None
        return given if isinstance(given, dict) else {"body": None}

    Body = Annotated[dict[str, Any], Depends(body)]

    @app.post("/api/v1/registered-users", status_code=201)
    def create(acting: Caller, given: Body) -> JSONResponse:
        """Creates a registered user (201), or finds the one that has this `origin_user_id` (200)."""
        response = store.execute(acting, {**given, "command": "create_registered_user"})
        return JSONResponse(response, 201 if response["created"] else 200)

    @app.get("/api/v1/registered-users/{registered_user_id}")
    def get(acting: Caller, registered_user_id: str) -> Any:
        return acting.query(
            {"query": "get_registered_user", "registered_user_id": registered_user_id}
        )

    @app.patch("/api/v1/registered-users/{registered_user_id}")
    def update(acting: Caller, registered_user_id: str, patch: Body) -> Any:
        command = {
            "command": "update_registered_user",
            "registered_user_id": registered_user_id,
            "patch": patch,
        }
        return store.execute(acting, command)["registered_user"]

    @app.delete("/api/v1/registered-users/{registered_user_id}")
    def delete(acting: Caller, registered_user_id: str) -> Any:
        return store.execute(
            acting,
            {
                "command": "delete_registered_user",
                "registered_user_id": registered_user_id,
            },
        )

    @app.post("/api/v1/tool-calls")
    def start_tool_call(acting: Caller, given: Body) -> JSONResponse:
        """The gate: 200 and a `tool_call_id`, or the denial with its own status; recorded either way."""
        response = store.execute(acting, {**given, "command": "start_tool_call"})
        return JSONResponse(response, 200 if response else response["status"])

    return app


app = make_app(
    Path(os.environ.get("TENANTRY_STATE", "state.json")),
    json.loads(os.environ.get("TENANTRY_KEYS", "{}")),
)
