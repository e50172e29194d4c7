"""Measures commands and decisions on stores beside tables by hand with the same guarantees: unique ids, counts, one order
of events per stream. Both in turns, so that what else the machine does hits both alike.

    target/venv/bin/python benches/python/stores.py
"""

import json
import secrets
import sqlite3
import statistics
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from tenantry.stores import SqliteStore
from tenantry.stores.postgresql import PostgresStore

sys.path.insert(0, str(Path(__file__).parents[2] / "bindings-python/tests"))
import postgres

HOST: Any = {"type": "system", "organization_id": "org_demo", "environment": "test"}
COMPANY: Any = {"origin_company_id": "acme"}
ROUNDS, EACH = 25, 20

TABLES = """
CREATE TABLE users (id TEXT PRIMARY KEY, organization TEXT, environment TEXT, origin_id TEXT, name TEXT, company TEXT,
    status TEXT, sequence BIGINT, UNIQUE (organization, origin_id));
CREATE TABLE companies (organization TEXT, environment TEXT, id TEXT, members BIGINT,
    PRIMARY KEY (organization, environment, id));
CREATE TABLE credentials (user_id TEXT, connector TEXT, status TEXT, expires_at BIGINT, PRIMARY KEY (user_id, connector));
CREATE TABLE packs (organization TEXT, id TEXT, connector TEXT, tools TEXT, PRIMARY KEY (organization, id, connector));
CREATE TABLE calls (id TEXT PRIMARY KEY, user_id TEXT, due_at BIGINT);
CREATE TABLE events (stream TEXT, sequence BIGINT, event TEXT, PRIMARY KEY (stream, sequence));
INSERT INTO companies VALUES ('org_demo', 'test', 'acme', 0);
INSERT INTO packs VALUES ('org_demo', 'support', 'slack', '["post"]');
"""


class ByHand:
    """The same on tables: what a service would write for itself."""

    def __init__(self, run: Callable[..., Any], begin: str) -> None:
        self.run, self.begin = run, begin

    def create(self, origin: str) -> str:
        id = str(uuid.uuid4())
        self.run(self.begin)
        found = self.run("SELECT id FROM users WHERE organization = ? AND origin_id = ?", "org_demo", origin)
        if found:
            self.run("COMMIT")
            return found[0][0]
        self.run("INSERT INTO users VALUES (?, 'org_demo', 'test', ?, NULL, 'acme', 'active', 1)", id, origin)
        self.run("UPDATE companies SET members = members + 1 WHERE organization = 'org_demo' AND id = 'acme'")
        event = {"event": "created", "user": id, "origin_user_id": origin, "at": time.time()}
        self.run("INSERT INTO events VALUES (?, 1, ?)", id, json.dumps(event))
        self.run("COMMIT")
        return id

    def allows(self, user: str) -> bool:
        found = self.run(DECIDE, user, "org_demo", "support")
        return bool(found) and self.decided(found[0])

    def decided(self, row: Any) -> bool:
        user, tools, credential, expires = row
        live = credential == "active" and (expires is None or expires > time.time() * 1000)
        return user == "active" and "post" in json.loads(tools) and live

    def start_call(self, user: str) -> bool:
        self.run(self.begin)
        found = self.run(DECIDE, user, "org_demo", "support")
        allowed = bool(found) and self.decided(found[0])
        ((sequence,),) = self.run("UPDATE users SET sequence = sequence + 1 WHERE id = ? RETURNING sequence", user)
        call = secrets.token_hex(8)
        if allowed:
            self.run("INSERT INTO calls VALUES (?, ?, ?)", call, user, int(time.time() * 1000) + 600_000)
        event = {"event": "started" if allowed else "denied", "user": user, "call": call, "at": time.time()}
        self.run("INSERT INTO events VALUES (?, ?, ?)", user, sequence, json.dumps(event))
        self.run("COMMIT")
        return allowed

    def link(self, user: str) -> None:
        self.run("INSERT INTO credentials VALUES (?, 'slack', 'active', NULL)", user)


DECIDE = """SELECT u.status, p.tools, c.status, c.expires_at FROM users u
JOIN packs p ON p.organization = u.organization LEFT JOIN credentials c ON c.user_id = u.id AND c.connector = p.connector
WHERE u.id = ? AND u.organization = ? AND p.id = ?"""


class Stored:
    def __init__(self, store: Any) -> None:
        store.migrate()
        store.acting_as({"type": "system"}).create_organization(organization_id="org_demo", name="Demo")
        self.acme = store.acting_as(HOST)
        self.acme.put_connector(connector="slack", tools=["post"])
        self.acme.put_tool_pack(tool_pack_id="support", name="S", connectors=[{"connector": "slack"}])

    def create(self, origin: str) -> str:
        created = self.acme.create_registered_user(origin_user_id=origin, shared_credential_group=COMPANY)
        return created["registered_user_id"]

    def allows(self, user: str) -> bool:
        return self.acme.allows(user, "support", "slack__post")

    def start_call(self, user: str) -> bool:
        return bool(self.acme.start_tool_call(registered_user_id=user, tool_pack_id="support", tool="slack__post"))

    def link(self, user: str) -> None:
        session = self.acme.start_link(registered_user_id=user, connector="slack")["link_session_id"]
        self.acme.complete_link(link_session_id=session)


def compare(name: str, by_hand: ByHand, stored: Stored) -> None:
    times: dict[str, list[tuple[float, float]]] = {"create": [], "allows": [], "start_call": []}
    for number in range(ROUNDS):
        users = []
        for operation, measured in times.items():
            pair = []
            for side, subject in enumerate((by_hand, stored)):
                if operation == "create":
                    given = [f"user_{number}_{each}" for each in range(EACH)]
                else:
                    given = users[side]
                started = time.perf_counter()
                answers = [getattr(subject, operation)(one) for one in given]
                pair.append((time.perf_counter() - started) / EACH * 1e6)
                if operation == "create":
                    users.append(answers)
                    for user in answers[:-1]:
                        subject.link(user)
                else:
                    assert answers == [True] * (EACH - 1) + [False]
            measured.append((pair[0], pair[1]))
    for operation, pairs in times.items():
        by, here = (statistics.median(one) for one in zip(*pairs, strict=True))
        ratio = statistics.median(here / by for by, here in pairs)
        print(f"{name:12} {operation:10} by hand {by:7.0f} µs   store {here:7.0f} µs   ratio {ratio:.2f}")


def sqlite(folder: Path) -> None:
    db = sqlite3.connect(folder / "hand.db", isolation_level=None)
    db.execute("PRAGMA secure_delete = ON")
    db.executescript(TABLES)
    store = SqliteStore(folder / "store.db")
    compare("SQLite", ByHand(lambda sql, *given: db.execute(sql, given).fetchall(), "BEGIN IMMEDIATE"), Stored(store))


def postgresql() -> None:
    with postgres.server() as conninfo, psycopg.connect(conninfo, autocommit=True) as db:

        def run(sql: str, *given: Any) -> list[Any]:
            cursor = db.execute(sql.replace("?", "%s"), given or None)
            return cursor.fetchall() if cursor.description else []

        run(TABLES)
        compare("PostgreSQL", ByHand(run, "BEGIN"), Stored(PostgresStore(conninfo)))


if __name__ == "__main__":
    with TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        sqlite(Path(folder))
    postgresql()
