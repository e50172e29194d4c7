"""The backend over real HTTP: a server of its own on a free port, stopped and started again."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

KEY = {"type": "access_key", "organization_id": "org_demo", "environment": "production"}
KEYS = {
    "manage": {**KEY, "scopes": ["management"]},
    "run": {**KEY, "scopes": ["runtime"]},
}
USERS = "/api/v1/registered-users"


@contextmanager
def served(state: Path) -> Iterator[httpx.Client]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "--port",
        str(port),
        "--log-level",
        "warning",
        "backend:app",
    ]
    environment = {
        **os.environ,
        "TENANTRY_STATE": str(state),
        "TENANTRY_KEYS": json.dumps(KEYS),
    }
    server = subprocess.Popen(command, cwd=Path(__file__).parent, env=environment)
    try:
        headers = {"Authorization": "Bearer manage"}
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers=headers, trust_env=False
        ) as client:
            for _ in range(200):
                try:
                    client.get("/openapi.json")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield client
    finally:
        server.terminate()
        server.wait(10)


def test_the_backend_from_creation_to_deletion_across_a_restart(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with served(state) as client:
        created = client.post(
            USERS, json={"origin_user_id": "user_1", "origin_user_name": "Alice"}
        )
        assert created.status_code == 201
        user = created.json()["registered_user_id"]
        assert client.post(USERS, json={"origin_user_id": "user_1"}).status_code == 200
        patched = client.patch(
            f"{USERS}/{user}", json={"origin_user_name": "Alice Chen"}
        )
        assert (patched.status_code, patched.json()["version"]) == (200, 2)
        assert {USERS, USERS + "/{registered_user_id}"} <= set(
            client.get("/openapi.json").json()["paths"]
        )
        assert client.get("/docs").status_code == 200
    with served(state) as client:
        assert client.get(f"{USERS}/{user}").json()["origin_user_name"] == "Alice Chen"
        call = {
            "registered_user_id": user,
            "tool_pack_id": "support",
            "tool": "slack__post_message",
        }
        denied = client.post(
            "/api/v1/tool-calls", json=call, headers={"Authorization": "Bearer run"}
        )
        assert (denied.status_code, denied.json()["code"]) == (
            403,
            "credential_required",
        )
        assert client.delete(f"{USERS}/{user}").json()["registered_user_id"] == user
        assert client.get(f"{USERS}/{user}").status_code == 404


def test_refusals_have_their_status_and_both_renderings(tmp_path: Path) -> None:
    with served(tmp_path / "state.json") as client:
        wrong = client.post(USERS, json={"origin_user_id": ""})
        assert wrong.status_code == 400
        assert wrong.json()["error"]["code"] == "origin_user_id_required"
        problem = client.post(
            USERS,
            json={"origin_user_id": ""},
            headers={"Accept": "application/problem+json"},
        )
        assert problem.headers["content-type"] == "application/problem+json"
        assert problem.json()["violations"][0]["pointer"] == "/origin_user_id"
        for headers, status in [
            ({"Authorization": "Bearer x"}, 401),
            ({"Authorization": "Bearer run"}, 403),
        ]:
            assert (
                client.post(
                    USERS, json={"origin_user_id": "a"}, headers=headers
                ).status_code
                == status
            )
        for body in (b"{", b"[]", b"\xff", b"[" * 100_000):
            assert client.post(USERS, content=body).status_code == 400
