"""The state as rows: decided as the whole state decides, safe among threads and processes, erased where it must be."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import rows
from rows import SYSTEM, Store
from tenantry import NotFoundError, Tenantry, ValidationError
from upkeep import set_up

HOST = {**SYSTEM, "organization_id": "org_demo", "environment": "test"}
DAY = 86_400_000
START = 1_000_000_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tenantry.db"


@pytest.fixture
def store(path: Path) -> Store:
    store = Store(path)
    set_up(store)
    return store


def table(path: Path, select: str) -> list[Any]:
    with sqlite3.connect(path) as db:
        return db.execute(select).fetchall()


def create(store: Store, origin: str, now: int | None = None) -> str:
    command = {"command": "create_registered_user", "origin_user_id": origin, "origin_user_email": "alice@acme.example"}
    return store.execute(HOST, command, now)["response"]["registered_user_id"]


def link(store: Store, user: str, now: int | None = None, **more: Any) -> str:
    started = store.execute(HOST, {"command": "start_link", "registered_user_id": user, "connector": "slack"}, now)
    session = started["response"]["link_session_id"]
    store.execute(HOST, {"command": "complete_link", "link_session_id": session, **more}, now)
    return session


def story(user: str | None = None, session: str | None = None, company: str = "acme") -> Iterator[tuple[int, Any]]:
    """Commands of every kind that these routes send, each at its instant."""
    group = {"origin_company_id": company, "origin_company_name": "Acme"}
    own = {"registered_user_id": user}
    create = {"command": "create_registered_user", "origin_user_id": "user_1", "origin_user_name": "Alice"}
    yield 0, {**create, "shared_credential_group": group, "custom_groupings": {"region": "emea"}}
    yield 1, {"command": "update_registered_user", **own, "patch": {"origin_user_name": "Alice Chen"}}
    yield 2, {"command": "start_link", **own, "connector": "slack"}
    yield 3, {"command": "complete_link", "link_session_id": session, "expires_at": START + 5 * DAY + 500}
    yield 4, {"command": "start_tool_call", **own, "tool_pack_id": "support", "tool": "slack__post_message"}
    yield 5, {"command": "start_tool_call", **own, "tool_pack_id": "support", "tool": "slack__nothing"}
    yield DAY, {"command": "advance_time", "limit": 100}
    yield 6 * DAY, {"command": "advance_time", "limit": 100}
    yield 7 * DAY, {"command": "delete_registered_user", **own}
    yield 98 * DAY, {"command": "advance_time", "limit": 100}


def test_h_1_rows_decide_as_the_whole_state_does_and_the_table_is_its_journal(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(rows.secrets, "token_hex", lambda _: drawn.append(f"{len(drawn) + 1:032x}") or drawn[-1])
    store, whole = Store(path), Tenantry(journal="memory")

    def both(actor: Any, command: Any, since_start: int) -> Any:
        now = START + since_start
        outcome = store.execute(actor, command, now)
        expected = whole.execute(command, {"actor": actor, "now": now, "entropy": drawn[-1]})
        assert {name: outcome[name] for name in expected} == expected
        return outcome["response"]

    both(SYSTEM, {"command": "create_organization", "organization_id": "org_demo", "name": "Demo"}, 0)
    both(HOST, {"command": "put_connector", "connector": "slack", "tools": ["post_message"]}, 0)
    pack = {"command": "put_tool_pack", "tool_pack_id": "support", "name": "S", "connectors": [{"connector": "slack"}]}
    both(HOST, pack, 0)
    known: dict[str, str] = {}
    steps = len(list(story()))
    for number in range(steps):
        now, command = list(story(known.get("registered_user_id"), known.get("link_session_id")))[number]
        response = both(SYSTEM if command["command"] == "advance_time" else HOST, command, now)
        answer = response if isinstance(response, dict) else response.to_dict()
        known |= {name: value for name, value in answer.items() if name.endswith("_id")}
        kept = [json.loads(event) for (event,) in table(path, "SELECT event FROM events ORDER BY number")]
        journal = whole.query({"query": "journal", "limit": 200}, {"actor": SYSTEM, "now": START + now})
        assert kept == journal["items"]
    assert [event["event"] for event in kept][-2:] == ["company_created", "registered_user_purged"]
    assert whole.next_due() is None
    assert table(path, "SELECT count(*) FROM rows WHERE next_due_at IS NOT NULL") == [(0,)]
    keys = [json.loads(key)[0] for (key,) in table(path, "SELECT key FROM rows")]
    assert sorted(keys) == ["company", "company_id", "connector", "organization", "tool_pack"]


def test_a_rejection_changes_nothing(path: Path, store: Store) -> None:
    before = table(path, "SELECT * FROM rows"), table(path, "SELECT * FROM events")
    with pytest.raises(ValidationError):
        store.execute(HOST, {"command": "create_registered_user", "origin_user_id": ""})
    with pytest.raises(NotFoundError):
        store.query(HOST, {"query": "get_registered_user", "registered_user_id": "nobody"})
    assert (table(path, "SELECT * FROM rows"), table(path, "SELECT * FROM events")) == before
    with pytest.raises(ValidationError):
        Store(path, {"retention_days": -1})


@pytest.mark.parametrize("rivals", [1, rows.OPTIMISTIC, 100])
def test_whoever_was_slower_decides_again(store: Store, monkeypatch: pytest.MonkeyPatch, rivals: int) -> None:
    user = create(store, "user_1")
    decisions, loaded = [], Store._loaded

    def rename(name: str) -> Any:
        patch = {"origin_user_name": name}
        return store.execute(HOST, {"command": "update_registered_user", "registered_user_id": user, "patch": patch})

    class Overtaken:
        """A rival writes between the reading and the writing, but for the last time, when it is locked out."""

        def __init__(self, acting: Any) -> None:
            self.acting = acting

        def execute(self, *given: Any) -> Any:
            decisions.append(given)
            if len(decisions) <= min(rivals, rows.OPTIMISTIC):
                rival = threading.Thread(target=rename, args=(f"rival {len(decisions)}",))
                rival.start()
                rival.join()
            return self.acting.execute(*given)

    def overtaken(self: Store, *given: Any) -> Any:
        acting = loaded(self, *given)
        return Overtaken(acting) if threading.current_thread() is threading.main_thread() else acting

    monkeypatch.setattr(Store, "_loaded", overtaken)
    last = rename("last")["response"]["registered_user"]
    beaten = min(rivals, rows.OPTIMISTIC)
    assert len(decisions) == beaten + 1
    assert (last["origin_user_name"], last["version"]) == ("last", 1 + beaten + 1)


def create_many(path: Path) -> list[str]:
    store = Store(path)
    return [create(store, f"user_{number}") for number in range(20)]


@pytest.mark.parametrize(
    "pool", [lambda: ThreadPoolExecutor(6), lambda: ProcessPoolExecutor(3, mp_context=get_context("spawn"))]
)
def test_threads_and_processes_share_a_file(path: Path, store: Store, pool: Callable[[], Any]) -> None:
    with pool() as workers:
        seen = list(workers.map(create_many, [path] * 6))
    assert all(users == seen[0] for users in seen)
    assert len(set(seen[0])) == 20
    created = "SELECT count(*) FROM events WHERE name = 'registered_user_created'"
    assert table(path, created) == [(20,)]
    gaps = "SELECT 1 FROM events GROUP BY stream_kind, stream_id HAVING max(sequence) != count(*)"
    assert table(path, gaps) == []


PERSONAL = ["user_secret_1", "alice@acme.example", "Alice Chen", "emea_secret", "U-external-1", "she told us why"]


def life(store: Store, origin: str) -> tuple[str, list[str]]:
    """The life of a user up to its deletion, with rows and events that grow: the user, and what it was given ids for."""
    create = {"command": "create_registered_user", "origin_user_id": origin, "origin_user_email": PERSONAL[1]}
    user = store.execute(HOST, create, now=START)["response"]["registered_user_id"]
    own = {"registered_user_id": user}
    for number in range(5):
        patch = {"origin_user_name": PERSONAL[2] * 9, "custom_groupings": {f"key {number}": PERSONAL[3] * 20}}
        store.execute(HOST, {"command": "update_registered_user", **own, "patch": patch}, now=START)
    started = store.execute(HOST, {"command": "start_link", **own, "connector": "slack"}, now=START)["response"]
    session = {"link_session_id": started["link_session_id"]}
    store.execute(HOST, {"command": "fail_link", **session, "reason": PERSONAL[5]}, now=START)
    other = link(store, user, now=START, external_account_id=PERSONAL[4])
    again = link(store, user, now=START, external_account_id=PERSONAL[4])
    store.execute(HOST, {"command": "set_retention_hold", **own, "held": True, "reason": PERSONAL[5]}, now=START)
    store.execute(HOST, {"command": "set_retention_hold", **own, "held": False, "reason": PERSONAL[5]}, now=START)
    call = {"command": "start_tool_call", **own, "tool_pack_id": "support", "tool": "slack__post_message"}
    started = store.execute(HOST, call, now=START)["response"]
    store.execute(HOST, {"command": "delete_registered_user", **own}, now=START + DAY)
    return user, [*session.values(), other, again, started.tool_call_id]


def test_ru_12_13_what_is_erased_is_nowhere_in_the_files(path: Path, store: Store) -> None:
    idle = sqlite3.connect(path)
    idle.execute("SELECT * FROM rows").fetchall()
    # Many, so that pages split, move and are freed.
    lives = [life(store, f"{PERSONAL[0]} {number}") for number in range(6)]
    waiting = "".join(effect for (effect,) in table(path, "SELECT effect FROM outbox"))
    assert waiting.count('"revoke_upstream"') == len(lives)
    # Only the outbox still names an account at a third party: that of the grant to be revoked there (CR-7).
    assert [text for text in PERSONAL if text.encode() in whole(path)] == [PERSONAL[4]]
    assert all(PERSONAL[4] not in event for (event,) in table(path, "SELECT event FROM events"))
    store.sweep(now=START + 92 * DAY)
    for text in [*PERSONAL, *(thing for _, things in lives for thing in things)]:
        assert text.encode() not in whole(path), text
    users = {user for user, _ in lives}
    records = table(path, "SELECT stream_id, name FROM events WHERE stream_kind = 'registered_user'")
    assert sorted(records) == [(user, "registered_user_purged") for user in sorted(users)]
    # That record is all that names the user.
    with store._connected() as db:
        db.execute("DELETE FROM events WHERE name = 'registered_user_purged'")
    assert [user for user in users if user.encode() in whole(path)] == []
    idle.close()


def whole(path: Path) -> bytes:
    """All files of the database, whatever they are called, as they are while others have it open."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


def test_a_purge_takes_the_user_out_of_what_it_has_done_elsewhere(path: Path) -> None:
    store = Store(path, {"retention_days": 0})
    set_up(store)
    user, other = create(store, "user_1"), create(store, "user_2")
    with sqlite3.connect(path) as db:
        # No route of this example lets a user act in another stream; the journal of one that does may hold it.
        actor = {"type": "registered_user", "registered_user_id": user, "environment": "test"}
        event = {"event": "x", "stream": {"kind": "company", "id": "c"}, "sequence": 1, "actor": actor}
        linked = {**event, "sequence": 2, "actor": {"type": "system"}, "linked_by": user}
        rows.events.append(db, [event, linked])
    store.execute(HOST, {"command": "delete_registered_user", "registered_user_id": user})
    store.sweep()
    acted, linked = table(path, "SELECT event, named FROM events WHERE name = 'x' ORDER BY sequence")
    assert json.loads(acted[0])["actor"]["registered_user_id"] is None
    assert json.loads(linked[0])["linked_by"] is None
    assert (acted[1], linked[1]) == (None, None)
    assert table(path, f"SELECT count(*) FROM events WHERE stream_id = '{other}'") == [(1,)]


def test_due_things_come_in_their_order_to_the_millisecond(path: Path, store: Store) -> None:
    users = [create(store, f"user_{number}") for number in range(5)]
    instants = [(4_000_000_000_000 + offset) for offset in (0, 500, 1, 1000, 999)]
    for user, instant in zip(users, instants, strict=True):
        link(store, user, expires_at=instant)
    store.sweep(4_000_000_000_000 - 1)
    expired = "SELECT stream_id FROM events WHERE name = 'credential_expired' ORDER BY number"
    assert table(path, expired) == []
    store.sweep(4_000_000_000_500, at_once=1)
    assert table(path, expired) == [(users[0],), (users[2],), (users[1],)]
    store.sweep(4_000_000_001_000, at_once=1)
    assert table(path, expired)[3:] == [(users[4],), (users[3],)]


def test_what_concerns_others_waits_until_it_is_done(store: Store) -> None:
    user = create(store, "user_1")
    link(store, user)
    store.execute(HOST, {"command": "delete_registered_user", "registered_user_id": user})

    def fail(effect: Any) -> None:
        raise OSError("unreachable")

    with pytest.raises(OSError):
        store.deliver(fail)
    told: list[Any] = []
    store.deliver(told.append)
    store.deliver(told.append)
    owner = {"scope": "INDIVIDUAL", "registered_user_id": user}
    grant = {"owner": owner, "connector": "slack", "generation": 1, "external_account_id": None}
    (effect,) = told
    assert effect.pop("id").startswith(f"registered_user:{user}:") and effect.pop("at")
    assert effect == {"effect": "revoke_upstream", **grant}
