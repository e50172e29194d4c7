"""What outlives a process: snapshots, pickles, rows."""

import copy
import json
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from conftest import SYSTEM
from tenantry import Tenantry, TenantryError, ValidationError, redact

FORMATS = sorted((Path(__file__).parents[2] / "tests/formats").glob("v*/*snapshot.json"))


def test_s_2_a_snapshot_restores_to_the_same_bytes(world: Tenantry, user: str) -> None:
    snapshot = world.snapshot()
    assert (
        json.dumps(json.loads(snapshot), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == snapshot
    )
    for form in (snapshot, snapshot.decode(), json.loads(snapshot), bytearray(snapshot)):
        again = Tenantry.restore(form, policy={"retention_days": 1}, journal="memory")
        assert again.snapshot() == snapshot
        acme = again.acting_as(SYSTEM)
        assert acme.snapshot() == snapshot
        deleted = acme.execute({"command": "delete_registered_user", "registered_user_id": user}, {"now": 10**12})
        assert deleted["response"]["purge_at"] == "2001-09-10T01:46:40Z"


@pytest.mark.parametrize("path", FORMATS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_s_3_what_rust_has_written_loads_and_is_written_the_same_in_its_format(path: Path) -> None:
    text = path.read_text().rstrip("\n")
    kept = json.loads(text)["format_version"]
    world = Tenantry.restore(text, row_format=kept)
    assert world.snapshot() == text.encode()
    assert pickle.loads(pickle.dumps(world)).snapshot() == text.encode()
    assert json.loads(Tenantry.restore(text).snapshot())["format_version"] >= kept


@pytest.mark.parametrize("wrong", [b"\xff", b"{", "[]", {"a": float("nan")}, {}, None, "\ud800"])
def test_s_2_what_is_no_snapshot_is_refused(wrong: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        Tenantry.restore(wrong)
    assert caught.value.code == "invalid_snapshot"
    assert caught.value.pointer is not None


def test_e_1_a_journal_folds_to_the_same_bytes() -> None:
    world = Tenantry(journal="memory")
    events: list[Any] = []

    def keep(command: Any, actor: Any = SYSTEM) -> Any:
        outcome = world.execute(command, {"actor": actor})
        events.extend(outcome["events"])
        return outcome["response"]

    keep({"command": "create_organization", "organization_id": "org_demo", "name": "Demo"}, {"type": "system"})
    group = {"origin_company_id": "acme"}
    create = {"command": "create_registered_user", "origin_user_id": "user_1", "shared_credential_group": group}
    user = keep(create)["registered_user_id"]
    keep({"command": "update_registered_user", "registered_user_id": user, "patch": {"is_active": False}})
    asked = world.query({"query": "journal"}, {"actor": SYSTEM})["items"]
    for form in (events, tuple(events), asked, json.dumps(events), json.dumps(events).encode()):
        assert Tenantry.fold(form, policy={"retention_days": 1}).snapshot() == world.snapshot()
    again = Tenantry.fold(events, journal="memory")
    assert again.query({"query": "journal"}, {"actor": SYSTEM})["items"] == asked
    with pytest.raises(ValidationError) as caught:
        Tenantry.fold(events[:2] + events[3:])
    assert (caught.value.code, caught.value.pointer) == ("invalid_snapshot", "/2/stream")
    for wrong in ("{", {}, None, [{}]):
        with pytest.raises(ValidationError) as caught:
            Tenantry.fold(wrong)  # type: ignore[arg-type]
        assert caught.value.code == "invalid_snapshot"


def test_ru_12_events_redacted_as_the_effect_asks_are_those_of_the_journal_in_memory() -> None:
    world = Tenantry(journal="memory")
    create = {"command": "create_organization", "organization_id": "org_demo", "name": "Demo"}
    world.execute(create, {"actor": {"type": "system"}})
    acme = world.acting_as(SYSTEM)
    profile = {"origin_user_id": "user_1", "origin_user_name": "Alice", "custom_groupings": {"region": "EU"}}
    user = acme.execute({"command": "create_registered_user", **profile})["response"]["registered_user_id"]
    patch = {"origin_user_name": "Alice B.", "user_type": "SYSTEM"}
    acme.execute({"command": "update_registered_user", "registered_user_id": user, "patch": patch})

    def journal() -> Any:
        return acme.query({"query": "journal", "registered_user_id": user})["items"]

    before = journal()
    acme.execute({"command": "delete_registered_user", "registered_user_id": user})
    redacted = [redact(event) for event in before]
    assert redacted == journal()[: len(before)]
    assert "Alice" in json.dumps(before) and "Alice" not in json.dumps(redacted)
    assert [redact(event) for event in redacted] == redacted
    with pytest.raises(ValidationError) as caught:
        redact({"event": "registered_user_created"})  # type: ignore[typeddict-item]
    assert caught.value.code == "invalid_request"


def through_pickle(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, through_pickle])
def test_copies_have_state_and_policy(again: Callable[[Any], Any]) -> None:
    world = Tenantry(policy={"retention_days": 2, "documentation_base_url": "https://docs.example/"}, journal="memory")
    create = {"command": "create_organization", "organization_id": "org_demo", "name": "A"}
    world.execute(create, {"actor": {"type": "system"}})
    other = again(world)
    assert other.snapshot() == world.snapshot()
    with pytest.raises(TenantryError) as caught:
        other.execute(create, {"actor": {"type": "system"}})
    assert caught.value.to_problem()["type"] == "https://docs.example/organization_exists"
    acme = other.acting_as(SYSTEM)
    user = acme.execute({"command": "create_test_user"})["response"]["registered_user_id"]
    deleted = acme.execute({"command": "delete_registered_user", "registered_user_id": user}, {"now": 10**12})
    assert deleted["response"]["purge_at"] == "2001-09-11T01:46:40Z"
    assert other.snapshot() != world.snapshot()


def test_a_pickle_that_was_tampered_with_is_refused(world: Tenantry) -> None:
    make, (snapshot, options) = world.__reduce__()
    assert make(snapshot, options).snapshot() == snapshot
    for wrong in (
        (b"{}", options),
        (b"\xff", options),
        (snapshot[:-1], options),
        (snapshot, "{"),
        (snapshot, '{"x":1}'),
    ):
        with pytest.raises(ValidationError):
            make(*wrong)


def size(world: Tenantry) -> int:
    return len(world.snapshot())


def test_other_processes_get_their_own(world: Tenantry) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert set(pool.map(size, [world] * 2)) == {len(world.snapshot())}


def decide(hosted: Tenantry, rows: dict[str, Any], command: Any, context: Any) -> Any:
    for _ in range(10):
        missing = hosted.requirements(command, context)
        if not missing:
            break
        loaded = [(key, rows.get(json.dumps(key), (None, 0))) for key in missing]
        hosted.load([{"key": key, "revision": revision, "row": row} for key, (row, revision) in loaded])
    outcome = hosted.execute(command, context)
    for guard in outcome["guards"]:
        assert rows.get(json.dumps(guard["key"]), (None, 0))[1] == guard["revision"]
    for change in outcome["changes"]:
        key = json.dumps(change["key"])
        rows[key] = (change["row"], rows.get(key, (None, 0))[1] + 1)
    return outcome


def test_h_1_rows_decide_as_the_whole_state_does() -> None:
    rows: dict[str, Any] = {}
    whole = Tenantry()
    system = {"type": "system"}
    commands = [
        ({"command": "create_organization", "organization_id": "org_demo", "name": "A"}, system),
        ({"command": "create_registered_user", "origin_user_id": "u"}, SYSTEM),
        ({"command": "create_registered_user", "origin_user_id": "u"}, SYSTEM),
        ({"command": "put_connector", "connector": "slack", "tools": ["a"]}, SYSTEM),
    ]
    for number, (command, actor) in enumerate(commands):
        context = {"actor": actor, "now": 10**12 + number, "entropy": f"{number:032x}"}
        outcome = decide(Tenantry(rows=True), rows, command, context)
        expected = whole.execute(command, context)
        assert {name: outcome[name] for name in expected} == expected
    with pytest.raises(TypeError, match="in row mode"):
        pickle.dumps(Tenantry(rows=True))
