"""Stores: what is kept in a database is decided as the whole state in memory decides it."""

import asyncio
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from tenantry import NotFoundError, Tenantry, TenantryError, UsageError, ValidationError
from tenantry.stores import SqliteStore, Store, StoreError
from tenantry.stores.postgresql import AsyncPostgresStore, PostgresStore

SYSTEM: Any = {"type": "system"}
HOST: Any = {**SYSTEM, "organization_id": "org_demo", "environment": "test"}
DAY = 86_400_000
START = 1_000_000_000_000
CALL = {"tool_pack_id": "support", "tool": "slack__post_message"}


# In memory, where there is such a folder: a disk is waited for at every commit.
SHM = Path("/dev/shm")


@pytest.fixture
def path() -> Iterator[Path]:
    with TemporaryDirectory(dir=SHM if SHM.is_dir() else None) as folder:
        yield Path(folder) / "tenantry.db"


@pytest.fixture(params=["sqlite", "postgresql", "postgresql, awaited"])
def empty(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A store of each kind; what is awaited is awaited on a loop of its own."""
    if request.param == "sqlite":
        store: Any = SqliteStore(request.getfixturevalue("path"))
    else:
        conninfo = request.getfixturevalue("postgresql")()
        store = PostgresStore(conninfo) if request.param == "postgresql" else Awaited(AsyncPostgresStore(conninfo))
    store.migrate()
    yield store
    store.close()


@pytest.fixture
def store(empty: Any) -> Any:
    return furnish(empty)


@pytest.fixture
def file(path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(path)
    store.migrate()
    yield store
    store.close()


class Awaited:
    """An asynchronous store or handle, whose answers are waited for."""

    def __init__(self, store: Any, loop: Any = None) -> None:
        self.store, self.loop = store, loop or asyncio.new_event_loop()

    def __getattr__(self, name: str) -> Any:
        def call(*given: Any, **named: Any) -> Any:
            answer = getattr(self.store, name)(*given, **named)
            if hasattr(answer, "__aiter__"):
                return self.loop.run_until_complete(self.all(answer))
            return self.loop.run_until_complete(answer)

        return call

    async def all(self, answers: Any) -> list[Any]:
        return [answer async for answer in answers]

    def acting_as(self, actor: Any) -> "Awaited":
        return Awaited(self.store.acting_as(actor), self.loop)

    def close(self) -> None:
        self.loop.run_until_complete(self.store.close())
        self.loop.close()


def furnish(store: Store) -> Store:
    store.acting_as(SYSTEM).create_organization(organization_id="org_demo", name="Demo", now=START)
    acme = store.acting_as(HOST)
    acme.put_connector(connector="slack", tools=["post_message"], now=START)
    acme.put_tool_pack(tool_pack_id="support", name="S", connectors=[{"connector": "slack"}], now=START)
    return store


def link(acme: Any, user: str, now: int | None = None, **more: Any) -> str:
    session = acme.start_link(registered_user_id=user, connector="slack", now=now)["link_session_id"]
    acme.complete_link(link_session_id=session, now=now, **more)
    return session


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=lambda decision: decision.to_dict())


def story(known: dict[str, str]) -> Iterator[tuple[int, Any, Any]]:
    """Commands in the life of a user, each at its instant; `known` has the ids that were answered."""
    group = {"origin_company_id": "acme\u2028", "origin_company_name": 'A "quoted" one'}
    create = {"command": "create_registered_user", "origin_user_id": "user'1\\", "origin_user_name": "Älice 😀"}
    yield 0, SYSTEM, {"command": "create_organization", "organization_id": "org_demo", "name": "Demo"}
    yield 0, HOST, {"command": "put_connector", "connector": "slack", "tools": ["post_message"]}
    pack = {"tool_pack_id": "support", "name": "S", "connectors": [{"connector": "slack", "auth_scope": "SHARED"}]}
    yield 0, HOST, {"command": "put_tool_pack", **pack}
    yield 1, HOST, {**create, "shared_credential_group": group, "custom_groupings": {"region": "emea"}}
    own = {"registered_user_id": known.get("registered_user_id")}
    yield 2, HOST, {"command": "update_registered_user", **own, "patch": {"origin_user_name": "Alice Chen"}}
    yield 3, HOST, {"command": "start_link", **own, "connector": "slack", "tool_pack_id": "support"}
    session = {"link_session_id": known.get("link_session_id")}
    yield 4, HOST, {"command": "complete_link", **session, "expires_at": START + 5 * DAY + 500}
    yield 5, HOST, {"command": "start_tool_call", **own, **CALL}
    yield 6, HOST, {"command": "start_tool_call", **own, **CALL, "tool": "slack__nothing"}
    yield 7, HOST, {"command": "start_link", **own, "connector": "slack"}
    yield DAY, SYSTEM, {"command": "advance_time", "limit": 100}
    yield 6 * DAY, SYSTEM, {"command": "advance_time", "limit": 100}
    yield 7 * DAY, HOST, {"command": "delete_registered_user", **own}
    yield 98 * DAY, SYSTEM, {"command": "advance_time", "limit": 100}


QUERIES: list[Any] = [
    {"query": "list_registered_users"},
    {"query": "list_registered_users", "origin_company_id": "acme\u2028"},
    {"query": "list_companies", "after": "a\0b"},
    {"query": "list_credentials"},
    {"query": "list_connectors", "limit": 1},
    {"query": "list_users"},
    {"query": "find_registered_user", "origin_user_id": "user'1\\"},
]


def test_h_1_a_store_answers_as_the_whole_state_does_and_its_events_are_the_journal(empty: Store) -> None:
    whole, known = Tenantry(journal="memory"), dict[str, str]()
    for number in range(len(list(story({})))):
        since, actor, command = list(story(known))[number]
        context: Any = {"now": START + since, "entropy": f"{number:032x}"}
        outcome, expected = (on.acting_as(actor).execute(command, context) for on in (empty, whole))
        assert canonical(outcome) == canonical(expected)
        response: Any = outcome["response"]
        answer = response if isinstance(response, dict) else response.to_dict()
        known |= {name: value for name, value in answer.items() if name.endswith("_id")}
        assert empty.snapshot() == whole.snapshot()
        journal = whole.query({"query": "journal", "limit": 200}, {"actor": SYSTEM, "now": START + since})["items"]
        assert [event for _, event in empty.events()] == journal
        assert_asked_alike(empty, whole, known.get("registered_user_id", "nobody"), {"now": START + since})
    assert (whole.next_due(), empty.next_due()) == (None, None)
    assert empty.events()[-1].event["event"] == "registered_user_purged"


def assert_asked_alike(store: Store, whole: Tenantry, user: str, context: Any) -> None:
    call: Any = {"registered_user_id": user, **CALL}
    three = (user, CALL["tool_pack_id"], CALL["tool"])
    lists = ([user, "x", "\ud800"], [CALL["tool_pack_id"]] * 3, [CALL["tool"]] * 3)
    asked = [
        *[lambda acting, query=query: acting.query(query, context) for query in QUERIES],
        lambda acting: acting.authorize(call, context),
        lambda acting: acting.authorize(json.dumps(call), json.dumps(context)),
        lambda acting: acting.authorize_batch([call, {"tool": "x"}, call], context),
        lambda acting: acting.explain(call, context),
        lambda acting: acting.explain({"tool": "x"}, context),
        lambda acting: acting.allows(*three, now=context["now"]),
        lambda acting: acting.code(*three, now=context["now"]),
        lambda acting: acting.codes(*lists, now=context["now"]).hex(),
        lambda acting: acting.codes(*map(iter, lists), now=context["now"]).hex(),
        lambda acting: acting.may("start_link", context),
        lambda acting: acting.may("create_user", context),
        lambda acting: list(acting.iter_companies(limit=1, now=context["now"])),
        lambda acting: acting.query("{", context),
        lambda acting: acting.execute({"command": "create_registered_user", "origin_user_id": ""}, context),
    ]
    runtime: Any = {"type": "access_key", "organization_id": "org_demo", "environment": "test", "scopes": ["runtime"]}
    anonymous: Any = {"type": "anonymous"}  # What it asks may need no row at all.
    for actor in (HOST, runtime, anonymous):
        for ask in asked:
            assert answer(ask, store.acting_as(actor)) == answer(ask, whole.acting_as(actor))


def answer(ask: Any, acting: Any) -> str:
    try:
        return canonical(ask(acting))
    except TenantryError as refused:
        return canonical(refused.to_dict())


def test_what_is_refused_changes_nothing(store: Store) -> None:
    before = store.snapshot(), store.events()
    acme = store.acting_as(HOST)
    with pytest.raises(ValidationError):
        acme.create_registered_user(origin_user_id="")
    with pytest.raises(NotFoundError):
        acme.get_registered_user(registered_user_id="nobody")
    for mistake in (
        lambda: store.acting_as({"type": "nobody"}),  # type: ignore[typeddict-item]
        lambda: acme.allows(None, "support", "slack__post_message"),  # type: ignore[arg-type]
        lambda: acme.codes("user", ["support"], ["slack__post_message"]),
        lambda: acme.query({"query": "list_companies"}, {"now": "yesterday"}),
        lambda: acme.query({"query": "list_companies"}, 3),  # type: ignore[call-overload]
    ):
        with pytest.raises(UsageError):
            mistake()
    assert (store.snapshot(), store.events()) == before
    for make in (SqliteStore, PostgresStore, AsyncPostgresStore):
        with pytest.raises(ValidationError):
            make("nowhere", policy={"retention_days": -1})


def test_due_things_come_in_their_order_to_the_millisecond(store: Store) -> None:
    acme = store.acting_as(HOST)
    users = [acme.create_registered_user(origin_user_id=f"user_{number}")["registered_user_id"] for number in range(5)]
    at = 4_000_000_000_000
    for user, offset in zip(users, (0, 500, 1, 1000, 999), strict=True):
        link(acme, user, expires_at=at + offset)
    last = store.events()[-1].position

    def expired() -> list[str]:
        events = [event for _, event in store.events(after=last)]
        return [event["stream"]["id"] for event in events if event["event"] == "credential_expired"]

    assert store.next_due() is not None
    store.sweep(now=at - 1)
    assert (expired(), store.next_due()) == ([], at)
    assert store.sweep(now=at + 500, limit=1) == 3
    assert expired() == [users[0], users[2], users[1]]
    store.sweep(now=at + 1000, limit=1)
    assert expired()[3:] == [users[4], users[3]]


def test_more_things_are_due_at_one_instant_than_a_portion_has(store: Store) -> None:
    acme = store.acting_as(HOST)
    for number in range(250):
        user = acme.create_registered_user(origin_user_id=f"user_{number}", now=START)["registered_user_id"]
        acme.start_link(registered_user_id=user, connector="slack", now=START)
    assert store.sweep(now=START + DAY, limit=7) == 250


def test_what_concerns_others_waits_until_it_is_done(store: Store) -> None:
    acme = store.acting_as(HOST)
    user = acme.create_registered_user(origin_user_id="user_1")["registered_user_id"]
    link(acme, user)
    acme.delete_registered_user(registered_user_id=user)
    (taken,) = store.take_effects(seconds=0)
    owner = {"scope": "INDIVIDUAL", "registered_user_id": user}
    grant = {"owner": owner, "connector": "slack", "generation": 1, "external_account_id": None}
    assert taken.effect["id"].startswith(f"registered_user:{user}:")
    assert {**taken.effect, "id": "", "at": ""} == {"effect": "revoke_upstream", "id": "", "at": "", **grant}
    assert store.take_effects(seconds=60) == [taken]
    assert store.take_effects() == []
    store.effect_done(taken.number)
    assert store.take_effects(seconds=0) == []


def test_ru_13_a_purge_takes_the_user_out_of_what_it_has_done_elsewhere(empty: Store) -> None:
    store = furnish(empty)
    acme = store.acting_as(HOST)
    group: Any = {"origin_company_id": "acme"}
    acme.put_tool_pack(
        tool_pack_id="shared", name="S", connectors=[{"connector": "slack", "auth_scope": "SHARED"}], now=START
    )
    user, other = (
        acme.create_registered_user(origin_user_id=name, shared_credential_group=group, now=START)["registered_user_id"]
        for name in ("user_1", "user_2")
    )
    started = acme.start_link(registered_user_id=user, connector="slack", tool_pack_id="shared", now=START)
    acme.complete_link(link_session_id=started["link_session_id"], now=START)
    assert sum(user in json.dumps(event) for _, event in store.events()) > 2
    acme.delete_registered_user(registered_user_id=user, now=START)
    store.sweep(now=START + 92 * DAY)
    named = [event["event"] for _, event in store.events() if user in json.dumps(event)]
    assert named == ["registered_user_purged"]
    assert any(event["stream"]["id"] == other for _, event in store.events())
    assert Tenantry.fold([event for _, event in store.events()]).snapshot() == store.snapshot()


def race(*racing: Callable[[], Any]) -> None:
    with ThreadPoolExecutor(len(racing)) as threads:
        for done in [threads.submit(one) for one in racing]:
            done.result()


def test_migrating_twice_or_at_once_changes_nothing_and_a_newer_database_is_refused(
    path: Path, postgresql: Callable[[], str]
) -> None:
    conninfo = postgresql()
    for make, set_version in (
        (lambda: SqliteStore(path), lambda sql: sqlite3.connect(path, isolation_level=None).execute(sql)),
        (lambda: PostgresStore(conninfo), lambda sql: psycopg.connect(conninfo, autocommit=True).execute(sql)),
    ):
        stores: list[Any] = [make() for _ in range(4)]
        race(*(store.migrate for store in stores))
        before = furnish(stores[0]).snapshot()
        race(*(store.migrate for store in stores))
        assert stores[1].snapshot() == before
        set_version("UPDATE tenantry_store SET version = 2")
        with pytest.raises(StoreError, match="version 2, this release serves version 1"):
            stores[2].migrate()
        for store in stores:
            store.close()


def test_a_store_in_memory_is_none() -> None:
    with pytest.raises(ValueError, match="in memory, use"):
        SqliteStore(":memory:")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_forked_child_goes_on_with_connections_of_its_own(kind: str, request: pytest.FixtureRequest) -> None:
    if kind == "sqlite":
        store: Any = request.getfixturevalue("file")
    else:
        store = PostgresStore(request.getfixturevalue("postgresql")())
        store.migrate()
    furnish(store)
    acme = store.acting_as(HOST)
    acme.create_registered_user(origin_user_id="parent")
    child = os.fork()
    if child == 0:
        try:
            acme.create_registered_user(origin_user_id="child")
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    assert {user["origin_user_id"] for user in acme.iter_registered_users()} == {"parent", "child"}
    store.close()


def test_connections_that_the_server_has_cut_are_replaced(postgresql: Callable[[], str]) -> None:
    conninfo = postgresql()
    store = PostgresStore(conninfo, min_size=3)
    store.migrate()
    acme = furnish(store).acting_as(HOST)
    for _ in range(3):
        with psycopg.connect(conninfo, autocommit=True) as db:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            db.execute(f"{others} AND backend_type = 'client backend'")
        acme.create_registered_user(origin_user_id="user_1")
        assert len(list(acme.iter_registered_users())) == 1
    store.close()


PERSONAL = ["user_secret_1", "alice@acme.example", "Alice Chen", "emea_secret", "U-external-1", "she told us why"]


def life(store: Store, origin: str) -> tuple[str, list[str]]:
    """The life of a user up to its deletion, with rows and events that grow: the user, and what it was given ids for."""
    acme = store.acting_as(HOST)
    created = acme.create_registered_user(origin_user_id=origin, origin_user_email=PERSONAL[1], now=START)
    user = created["registered_user_id"]
    for number in range(5):
        patch: Any = {"origin_user_name": PERSONAL[2] * 9, "custom_groupings": {f"key {number}": PERSONAL[3] * 12}}
        acme.update_registered_user(registered_user_id=user, patch=patch, now=START)
    failed = acme.start_link(registered_user_id=user, connector="slack", now=START)["link_session_id"]
    acme.fail_link(link_session_id=failed, reason=PERSONAL[5], now=START)
    sessions = [failed, *(link(acme, user, START, external_account_id=PERSONAL[4]) for _ in range(2))]
    acme.set_retention_hold(registered_user_id=user, held=True, reason=PERSONAL[5], now=START)
    acme.set_retention_hold(registered_user_id=user, held=False, reason=PERSONAL[5], now=START)
    started = acme.start_tool_call(
        registered_user_id=user, tool_pack_id="support", tool="slack__post_message", now=START
    )
    assert started
    acme.delete_registered_user(registered_user_id=user, now=START + DAY)
    return user, [*sessions, started.tool_call_id]


def test_ru_12_13_what_is_erased_is_nowhere_in_the_files(file: SqliteStore, path: Path) -> None:
    store = furnish(file)

    def kept(text: str) -> bool:
        """In any file of the database, as it is while others have it open."""
        return any(text.encode() in file.read_bytes() for file in path.parent.iterdir())

    # Many, so that pages split, move and are freed.
    lives = [life(store, f"{PERSONAL[0]} {number}") for number in range(6)]
    # Only the outbox still names an account at a third party: that of the grant to be revoked there (CR-7).
    assert [text for text in PERSONAL if kept(text)] == [PERSONAL[4]]
    assert all(PERSONAL[4] not in json.dumps(event) for _, event in store.events())
    store.sweep(now=START + 92 * DAY)
    for text in [*PERSONAL, *(thing for _, things in lives for thing in things)]:
        assert not kept(text), text
    purged = [event["stream"]["id"] for _, event in store.events() if event["event"] == "registered_user_purged"]
    assert sorted(purged) == sorted(user for user, _ in lives)


def test_a_decision_is_one_statement_and_a_usual_command_is_two(
    postgresql: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = PostgresStore(postgresql())
    store.migrate()
    acme = furnish(store).acting_as(HOST)
    company: Any = {"origin_company_id": "acme"}
    user = acme.create_registered_user(origin_user_id="user_1", shared_credential_group=company)["registered_user_id"]
    link(acme, user)
    sent: list[str] = []
    execute = psycopg.Cursor.execute
    monkeypatch.setattr(psycopg.Cursor, "execute", lambda *given: sent.append(given[1]) or execute(*given))

    def statements(ask: Callable[[], Any]) -> int:
        ask()
        sent.clear()  # What a user's rows lead to, the store remembers.
        ask()
        return len(sent)

    call: Any = {"registered_user_id": user, **CALL}
    assert statements(lambda: acme.authorize(call)) == 1
    assert statements(lambda: acme.allows(user, *CALL.values())) == 1
    assert statements(lambda: acme.codes([user] * 9, ["support"] * 9, ["slack__post_message"] * 9)) == 1
    assert statements(lambda: acme.get_registered_user(registered_user_id=user)) == 1
    assert statements(lambda: acme.start_tool_call(**call)) == 2
    assert statements(lambda: acme.start_link(registered_user_id=user, connector="slack")) == 2
    others = iter(["user_2", "user_3", "user_4", "user_5"])

    def rename() -> None:
        acme.update_registered_user(registered_user_id=user, patch={"origin_user_name": next(others)})

    assert statements(rename) == 2
    create: Any = {"shared_credential_group": company}
    assert statements(lambda: acme.create_registered_user(origin_user_id=next(others), **create)) == 2
    store.close()
