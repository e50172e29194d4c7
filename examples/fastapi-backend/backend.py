"""A backend on Tenantry: registered users by HTTP, their links, and a gate for tool calls.

    uvicorn --factory --app-dir examples/fastapi-backend backend:from_environment

The routes only translate: who calls, which command, which status. What is decided is the core's, the state is kept by a
store, and what the page at `/docs` tells is in `openapi.py`.
"""

import json
import os
from pathlib import Path
from typing import Annotated, Any

from bodies import body, number
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from openapi import answers, document, shape, takes
from tenantry import Tenantry, TenantryError
from tenantry.stores import SqliteStore
from tenantry.types import Actor, Policy
from upkeep import upkeep

USERS = "/api/v1/registered-users"
USER = USERS + "/{registered_user_id}"
CALLS = "/api/v1/tool-calls"


def make_app(path: Path, keys: dict[str, Actor], policy: Policy | None = None) -> FastAPI:
    """The backend on a file; `keys` says for each bearer token what its actor is."""
    store = SqliteStore(path, policy=policy)

    async def actor(
        token: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))],
    ) -> Actor:
        """Who calls, by the header alone."""
        if token and token.credentials in keys:
            return keys[token.credentials]
        # A request that anybody can form: the core refuses who makes it, in its own words.
        Tenantry().query({"query": "list_users"}, {"actor": {"type": "anonymous"}})
        raise HTTPException(401)

    # For every route, before its parameters and its body: an unknown caller costs no more than reading a header.
    known = [Depends(actor)]
    app = FastAPI(title="Registered users", version="1", lifespan=upkeep(store), dependencies=known)
    app.openapi = lambda: document(app)  # type: ignore[method-assign]

    @app.exception_handler(TenantryError)
    def refuse(request: Request, error: TenantryError) -> JSONResponse:
        """Problem details for whoever asks for them, else the plain error body."""
        headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
        if "application/problem+json" in request.headers.get("accept", ""):
            return JSONResponse(error.to_problem(), error.status, headers, "application/problem+json")
        return JSONResponse(error.to_error_body(), error.status, headers)

    Caller = Annotated[Actor, Depends(actor)]
    Body = Annotated[dict[str, Any], Depends(body)]

    def execute(caller: Actor, command: str, given: dict[str, Any], **from_path: Any) -> Any:
        """What the path says comes last, so that no body can say otherwise."""
        whole: Any = {**given, **from_path, "command": command}
        return store.acting_as(caller).execute(whole)["response"]

    @app.post(
        USERS,
        openapi_extra=takes("CreateRegisteredUser"),
        responses=answers(
            400, 401, 403, 409, _200=shape("RegisteredUserCreation"), _201=shape("RegisteredUserCreation")
        ),
    )
    def create_registered_user(caller: Caller, given: Body) -> JSONResponse:
        """Creates a registered user (201), or finds the one that has this `origin_user_id` (200)."""
        response = execute(caller, "create_registered_user", given)
        return JSONResponse(response, 201 if response["created"] else 200)

    @app.get(USER, responses=answers(400, 401, 403, 404, _200=shape("RegisteredUser")))
    def get_registered_user(caller: Caller, registered_user_id: str) -> JSONResponse:
        """A registered user that is not deleted."""
        return JSONResponse(store.acting_as(caller).get_registered_user(registered_user_id=registered_user_id))

    @app.patch(
        USER,
        openapi_extra=takes("RegisteredUserPatch"),
        responses=answers(400, 401, 403, 404, 409, _200=shape("RegisteredUser")),
    )
    def update_registered_user(
        caller: Caller, registered_user_id: str, given: Body, expected_version: str | None = None
    ) -> JSONResponse:
        """A JSON merge patch: absent is unchanged, null is cleared. `is_active: false` revokes the user's credentials."""
        from_path = {"registered_user_id": registered_user_id, "expected_version": number(expected_version)}
        return JSONResponse(execute(caller, "update_registered_user", {"patch": given}, **from_path)["registered_user"])

    @app.delete(USER, responses=answers(400, 401, 403, 404, 409, _200=shape("RegisteredUserDeletion")))
    def delete_registered_user(
        caller: Caller, registered_user_id: str, expected_version: str | None = None
    ) -> JSONResponse:
        """Deletes for ever: the profile is erased at once, everything else at `purge_at`."""
        from_path = {"registered_user_id": registered_user_id, "expected_version": number(expected_version)}
        return JSONResponse(execute(caller, "delete_registered_user", {}, **from_path))

    @app.post(
        USER + "/links",
        openapi_extra=takes("StartLink", elsewhere="registered_user_id"),
        responses=answers(400, 401, 403, 404, 409, _200=shape("LinkStart")),
    )
    def start_link(caller: Caller, registered_user_id: str, given: Body) -> JSONResponse:
        """Begins to link an account at a third party; that is where the user is sent now."""
        return JSONResponse(execute(caller, "start_link", given, registered_user_id=registered_user_id))

    @app.post(
        "/api/v1/links/{link_session_id}/complete",
        openapi_extra=takes("CompleteLink", elsewhere="link_session_id"),
        responses=answers(400, 401, 403, 404, 409, _200=shape("CredentialAnswer")),
    )
    def complete_link(caller: Caller, link_session_id: str, given: Body) -> JSONResponse:
        """The third party has granted: the credential is active."""
        return JSONResponse(execute(caller, "complete_link", given, link_session_id=link_session_id))

    @app.post(
        CALLS,
        openapi_extra=takes("StartToolCall"),
        responses=answers(400, 401, 403, 404, 409, denial=True, _200=shape("StartedToolCall")),
    )
    def start_tool_call(caller: Caller, given: Body) -> JSONResponse:
        """The gate: a `tool_call_id`, or the denial with its own status. It is recorded either way."""
        decision = execute(caller, "start_tool_call", given)
        return JSONResponse(decision.to_dict(), 200 if decision else decision.status)

    @app.post(
        CALLS + "/{tool_call_id}/finish",
        openapi_extra=takes("FinishToolCall", elsewhere="tool_call_id"),
        responses=answers(400, 401, 403, 404, _200=shape("ToolCallFinish")),
    )
    def finish_tool_call(caller: Caller, tool_call_id: str, given: Body) -> JSONResponse:
        """Tells how a call ended."""
        return JSONResponse(execute(caller, "finish_tool_call", given, tool_call_id=tool_call_id))

    return app


def from_environment() -> FastAPI:
    path = Path(os.environ.get("TENANTRY_DB", "tenantry.db"))
    keys, policy = (json.loads(os.environ.get(name, "{}")) for name in ("TENANTRY_KEYS", "TENANTRY_POLICY"))
    return make_app(path, keys, policy)
