"""The backend over real HTTP: servers of their own on free ports, stopped and started again.

Whatever is answered is held against the page that the server itself shows."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import pytest
from openapi_spec_validator import validate as validate_page
from tenantry.stores import SqliteStore

KEY = {"type": "access_key", "organization_id": "org_demo", "environment": "production"}
KEYS = {
    "manage": {**KEY, "scopes": ["management"]},
    "test": {**KEY, "scopes": ["management"], "environment": "test"},
    "run": {**KEY, "scopes": ["runtime"]},
}
USERS = "/api/v1/registered-users"
CALLS = "/api/v1/tool-calls"
RUN = {"Authorization": "Bearer run"}
PROBLEM = {"Accept": "application/problem+json"}


class Client(httpx.Client):
    """Holds each answer against the page."""

    page: Any = None

    def request(self, method: str, url: Any, **more: Any) -> httpx.Response:
        response = super().request(method, url, **more)
        if self.page is not None and str(url).startswith("/api/"):
            self.hold(method, str(url).partition("?")[0], response)
        return response

    def hold(self, method: str, url: str, response: httpx.Response) -> None:
        paths = {path: re.sub(r"\{\w+\}", "[^/]+", path) for path in self.page["paths"]}
        (path,) = [path for path, pattern in paths.items() if re.fullmatch(pattern, url)]
        described = self.page["paths"][path][method.lower()]["responses"]
        media = response.headers["content-type"]
        schema_of(self.page, described[str(response.status_code)]["content"][media]["schema"]).validate(response.json())


def schema_of(page: Any, schema: Any) -> Any:
    return jsonschema_rs.validator_for({**schema, "components": page["components"]})


@contextmanager
def served(db: Path, policy: Any = None) -> Iterator[Client]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    factory = ["--factory", "backend:from_environment"]
    command = [sys.executable, "-m", "uvicorn", "--port", port, "--log-level", "warning", *factory]
    settings = {"TENANTRY_DB": str(db), "TENANTRY_KEYS": json.dumps(KEYS), "TENANTRY_POLICY": json.dumps(policy or {})}
    server = subprocess.Popen(command, cwd=Path(__file__).parent, env={**os.environ, **settings})
    headers = {"Authorization": "Bearer manage"}
    try:
        with Client(base_url=f"http://127.0.0.1:{port}", headers=headers, trust_env=False, timeout=60) as client:
            for _ in range(600):
                try:
                    client.page = client.get("/openapi.json").json()
                    break
                except httpx.TransportError:
                    assert server.poll() is None, "the server has stopped"
                    time.sleep(0.1)
            yield client
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with served(tmp_path_factory.mktemp("db") / "tenantry.db") as client:
        yield client


def test_the_story_of_a_user_across_restarts(tmp_path: Path) -> None:
    db = tmp_path / "tenantry.db"
    with served(db) as client:
        created = client.post(USERS, json={"origin_user_id": "user_1", "origin_user_name": "Alice"})
        assert (created.status_code, created.json()["created"]) == (201, True)
        user = created.json()["registered_user_id"]
        again = client.post(USERS, json={"origin_user_id": "user_1", "origin_user_name": "Bob"})
        assert (again.status_code, again.json()["ignored"]) == (200, ["origin_user_name"])
        patched = client.patch(f"{USERS}/{user}?expected_version=1", json={"origin_user_name": "Alice Chen"})
        assert (patched.status_code, patched.json()["version"]) == (200, 2)
        call = {"registered_user_id": user, "tool_pack_id": "support", "tool": "slack__post_message"}
        denied = client.post(CALLS, json=call, headers=RUN)
        assert (denied.status_code, denied.json()["code"]) == (403, "credential_required")
        started = client.post(f"{USERS}/{user}/links", json={"connector": "slack", "tool_pack_id": "support"})
        session = started.json()["link_session_id"]
    with served(db) as client:
        assert client.get(f"{USERS}/{user}").json()["origin_user_name"] == "Alice Chen"
        completed = client.post(f"/api/v1/links/{session}/complete", json={"external_account_id": "U1"})
        assert completed.json()["credential"]["status"] == "active"
        assert client.post(f"/api/v1/links/{session}/complete", json={}).status_code == 409
        allowed = client.post(CALLS, json=call, headers=RUN)
        assert (allowed.status_code, allowed.json()["effect"]) == (200, "allow")
        finish = f"{CALLS}/{allowed.json()['tool_call_id']}/finish"
        result = {"registered_user_id": user, "result": "completed"}
        assert client.post(finish, json=result, headers=RUN).status_code == 200
        assert client.post(finish, json=result, headers=RUN).status_code == 404
        assert client.delete(f"{USERS}/{user}?expected_version=1").status_code == 409
        assert client.delete(f"{USERS}/{user}?expected_version=2").status_code == 200
        assert client.get(f"{USERS}/{user}").status_code == 404
        assert client.patch(f"{USERS}/{user}", json={}).status_code == 404
        assert client.post(CALLS, json=call, headers=RUN).status_code == 404


def test_what_time_has_brought_is_written_down_by_itself(tmp_path: Path) -> None:
    db, policy = tmp_path / "tenantry.db", {"retention_days": 0}
    with served(db, policy) as client:
        user = client.post(USERS, json={"origin_user_id": "user_1"}).json()["registered_user_id"]
        assert client.delete(f"{USERS}/{user}").status_code == 200
    with served(db, policy) as client:
        for _ in range(300):
            names = [event["event"] for _, event in SqliteStore(db).events() if event["stream"]["id"] == user]
            if names == ["registered_user_purged"]:
                return
            time.sleep(0.1)
    raise AssertionError(names)


def test_p_5_a_refusal_tells_all_that_is_wrong_in_both_renderings(client: Client) -> None:
    wrong = {"origin_user_id": "", "origin_user_emial": "x", "user_type": "ROBOT"}
    plain = client.post(USERS, json=wrong)
    assert plain.status_code == 400
    assert plain.json()["error"]["code"] == "origin_user_id_required"
    problem = client.post(USERS, json=wrong, headers=PROBLEM)
    assert (problem.status_code, problem.headers["content-type"]) == (400, "application/problem+json")
    reported = [(violation["code"], violation["pointer"]) for violation in problem.json()["violations"]]
    assert reported == [
        ("origin_user_id_required", "/origin_user_id"),
        ("invalid_request", "/user_type"),
        ("invalid_request", "/origin_user_emial"),
    ]


def test_each_status_for_its_reason(client: Client) -> None:
    create = {"origin_user_id": "taken"}
    user = client.post(USERS, json=create).json()["registered_user_id"]
    nobody = client.post(USERS, json=create, headers={"Authorization": "Bearer nobody"})
    assert (nobody.status_code, nobody.headers["www-authenticate"]) == (401, "Bearer")
    assert client.post(USERS, json=create, headers={"Authorization": ""}).status_code == 401
    assert client.post(USERS, json=create, headers=RUN).status_code == 403
    elsewhere = {"Authorization": "Bearer test"}
    assert client.get(f"{USERS}/{user}", headers=elsewhere).status_code == 404
    taken = client.post(USERS, json=create, headers=elsewhere | PROBLEM)
    assert (taken.status_code, taken.json()["code"]) == (409, "origin_user_id_taken")
    conflict = client.patch(f"{USERS}/{user}?expected_version=7", json={"origin_user_name": "x"})
    assert (conflict.status_code, conflict.json()["error"]["code"]) == (409, "version_conflict")
    for version in ("", "x", "-1", "1.5", "9" * 400):
        refused = client.patch(f"{USERS}/{user}?expected_version={version}", json={}, headers=PROBLEM)
        assert (refused.status_code, refused.json()["pointer"]) == (400, "/expected_version"), version


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "not well-formed JSON"),
        (b"{", "not well-formed JSON"),
        (b"[]", "expected an object, found an array"),
        (b"null", "expected an object, found null"),
        (b"\xff", "not well-formed UTF-8"),
        (b'{"origin_user_name": "a", "origin_user_name": "b"}', "is given twice"),
        (b'{"origin_user_name": NaN}', "not well-formed JSON"),
        (b'{"origin_user_name": "\\ud800"}', "surrogate"),
        (b"[" * 100_000, "nested more than 32 levels deep"),
        (b'{"origin_user_name": ' + b"9" * 5000 + b"}", "within the range of doubles"),
    ],
)
def test_er_2_whatever_is_sent_the_answer_is_the_core_s(client: Client, raw: bytes, message: str) -> None:
    for method, url in (("POST", USERS), ("PATCH", USERS + "/x")):
        refused = client.request(method, url, content=raw, headers=PROBLEM)
        assert refused.status_code == 400
        assert any(message in violation["message"] for violation in refused.json()["violations"]), refused.text


def answer_to_a_head(client: Client, request: str, authorization: str, length: int = 100) -> str:
    """The first line that the server answers to a head alone: the body is announced, and never sent."""
    head = f"{request} HTTP/1.1\r\nHost: x\r\nAuthorization: {authorization}\r\nContent-Length: {length}\r\n"
    with socket.create_connection((client.base_url.host, client.base_url.port or 0), timeout=60) as connection:
        connection.sendall(f"{head}Expect: 100-continue\r\n\r\n".encode())
        return connection.recv(1 << 16).decode().partition("\r\n")[0]


@pytest.mark.parametrize("authorization", ["", "Bearer nobody", "Basic bWFuYWdlOg==", "Bearer"])
@pytest.mark.parametrize("length", [0, 100, 1 << 40])
def test_c_1_nobody_is_refused_before_anything_else_is_read(client: Client, authorization: str, length: int) -> None:
    for request in (
        f"POST {USERS}",
        f"PATCH {USERS}/x",
        f"PATCH {USERS}/x?expected_version=x&expected_version=1.5",
        f"PATCH {USERS}/%ff?expected_version=%ff",
        f"DELETE {USERS}/x?expected_version=x",
        f"POST {CALLS}",
        f"POST {CALLS}/x/finish",
        f"POST {USERS}/x/links",
        "POST /api/v1/links/x/complete",
    ):
        answer = answer_to_a_head(client, request, authorization, length)
        assert answer == "HTTP/1.1 401 Unauthorized", request
    wrong = client.patch(f"{USERS}/x?expected_version=x", content=b"{", headers={"Authorization": authorization})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (401, "not_authenticated")
    assert wrong.headers["www-authenticate"] == "Bearer"


def test_a_body_is_read_where_the_caller_is_known_and_it_is_not_too_large(client: Client) -> None:
    def answer(length: int) -> str:
        return answer_to_a_head(client, f"POST {USERS}", "Bearer manage", length)

    limit = 1 << 20
    assert answer(limit) == "HTTP/1.1 100 Continue"
    assert answer(limit + 1).startswith("HTTP/1.1 413 ")
    client.page, page = None, client.page
    assert client.post(USERS, content=b" " * (limit + 1)).status_code == 413
    assert client.post(USERS, content=iter([b" " * limit, b" "])).status_code == 413
    client.page = page


def test_ru_1_of_many_who_create_the_same_user_at_two_servers_one_does(tmp_path: Path) -> None:
    db = tmp_path / "tenantry.db"
    with served(db) as one, served(db) as other:
        create = {"origin_user_id": "same"}
        with ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(lambda number: (one, other)[number % 2].post(USERS, json=create), range(48)))
        assert sorted(answer.status_code for answer in answers) == [200] * 47 + [201]
        (user,) = {answer.json()["registered_user_id"] for answer in answers}
        with ThreadPoolExecutor(8) as pool:
            patches = pool.map(
                lambda number: (one, other)[number % 2].patch(
                    f"{USERS}/{user}", json={"origin_user_name": str(number)}
                ),
                range(24),
            )
            assert sorted(patch.json()["version"] for patch in patches) == list(range(2, 26))


def test_the_page_tells_the_truth(client: Client) -> None:
    assert client.get("/docs").status_code == 200
    page = client.page
    validate_page(page)
    assert "HTTPBearer" in page["components"]["securitySchemes"]
    operations = [
        (path, method, operation) for path, methods in page["paths"].items() for method, operation in methods.items()
    ]
    assert len(operations) == 8
    for path, method, operation in operations:
        assert operation["security"] == [{"HTTPBearer": []}]
        assert "422" not in operation["responses"]
        for status, described in operation["responses"].items():
            media = {"application/json"} if status.startswith("2") else {"application/json", "application/problem+json"}
            assert set(described["content"]) == media, (path, status)
            assert all(body["schema"] for body in described["content"].values())
        assert {"400", "401", "403"} <= set(operation["responses"])
        assert ("requestBody" in operation) == (method in ("post", "patch"))
        for body in operation.get("requestBody", {}).get("content", {}).values():
            assert body["examples"]
            for example in body["examples"].values():
                schema_of(page, body["schema"]).validate(example["value"])
            assert not schema_of(page, body["schema"]).is_valid({"unknown": 1})


def test_the_examples_of_the_page_work(client: Client) -> None:
    def examples(path: str, method: str = "post") -> list[Any]:
        described = client.page["paths"][path][method]["requestBody"]["content"]["application/json"]["examples"]
        return [example["value"] for example in described.values()]

    user = ""
    for body in examples(USERS):
        created = client.post(USERS, json=body)
        assert created.status_code == 201
        user = created.json()["registered_user_id"]
    for body in examples(USERS + "/{registered_user_id}", "patch"):
        assert client.patch(f"{USERS}/{user}", json=body).status_code == 200
    for body in examples(USERS + "/{registered_user_id}/links"):
        session = client.post(f"{USERS}/{user}/links", json=body).json()["link_session_id"]
        (complete,) = examples("/api/v1/links/{link_session_id}/complete")
        assert client.post(f"/api/v1/links/{session}/complete", json=complete).status_code == 200
    (call,), (finish,) = examples(CALLS), examples(CALLS + "/{tool_call_id}/finish")
    allowed = client.post(CALLS, json={**call, "registered_user_id": user}, headers=RUN)
    end = f"{CALLS}/{allowed.json()['tool_call_id']}/finish"
    assert client.post(end, json={**finish, "registered_user_id": user}, headers=RUN).status_code == 200
