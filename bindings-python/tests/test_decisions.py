"""Decisions: `allows`, `code`, `codes` and `authorize` always agree, and what denies is false."""

import copy
import io
import json
import pickle
import pprint
import uuid
from datetime import datetime, timezone, tzinfo
from itertools import product
from types import MappingProxyType
from typing import Any

import pytest
from conftest import SYSTEM
from fastapi.encoders import jsonable_encoder
from tenantry import (
    Acting,
    Allow,
    BatchRejection,
    Decision,
    Deny,
    StartedToolCall,
    Tenantry,
    TenantryError,
    UsageError,
    error_catalog,
)

HOST = {"type": "system"}


def linked(acme: Acting) -> str:
    created = acme.execute({"command": "create_registered_user", "origin_user_id": "linked"})
    user = created["response"]["registered_user_id"]
    started = acme.execute({"command": "start_link", "registered_user_id": user, "connector": "slack"})
    acme.execute({"command": "complete_link", "link_session_id": started["response"]["link_session_id"]})
    return user


def call(user: object, pack: object, tool: object) -> dict[str, object]:
    return {"registered_user_id": user, "tool_pack_id": pack, "tool": tool}


SUPPORT = ("support", "slack__post_message")
RUNTIME = {"type": "access_key", "organization_id": "org_demo", "environment": "test", "scopes": ["runtime"]}


def decisions(world: Tenantry, acme: Acting, user: str) -> list[Allow | Deny]:
    """One of each class, in the order allow, started, deny, rejection."""
    start = {"command": "start_tool_call", **call(linked(acme), *SUPPORT)}
    started = world.execute(start, {"actor": RUNTIME})["response"]
    batch = acme.authorize_batch([call(linked(acme), *SUPPORT), call(user, *SUPPORT), {}])
    return [batch[0], started, *batch[1:]]


def test_a_decision_that_denies_is_false_and_says_why(acme: Acting, user: str) -> None:
    denied = acme.authorize(call(user, *SUPPORT))
    assert isinstance(denied, Decision)
    assert type(denied) is Deny
    assert not denied
    assert denied.allowed is False
    assert (denied.effect, denied.code, denied.status) == ("deny", "credential_required", 403)
    (row,) = (row for row in error_catalog() if row["code"] == denied.code)
    assert (denied.message, denied.what_to_do) == (row["meaning"], row["what_to_do"])
    assert denied.user_message == row["user_message"] == denied.to_problem()["user_message"]
    assert (denied.kind, denied.retryable) == (row["kind"], row["retryable"])
    assert denied.to_dict() == {
        name: getattr(denied, name) for name in ["effect", "code", "status", "message", "what_to_do", "user_message"]
    }


def test_a_decision_that_allows_is_true_and_says_how(acme: Acting) -> None:
    user = linked(acme)
    allowed = acme.authorize(call(user, *SUPPORT))
    assert type(allowed) is Allow
    assert isinstance(allowed, Decision)
    assert allowed
    assert allowed.allowed is True
    assert (allowed.effect, allowed.code, allowed.scope) == ("allow", None, "INDIVIDUAL")
    assert allowed.owner == {"scope": "INDIVIDUAL", "registered_user_id": user}
    assert (allowed.connector, allowed.tool) == ("slack", "slack__post_message")
    assert allowed.to_dict() == {
        name: getattr(allowed, name) for name in ["effect", "scope", "owner", "connector", "tool"]
    }


def test_a_denial_is_rendered_like_a_rejection() -> None:
    world = Tenantry(policy={"documentation_base_url": "https://docs.acme.example/"})
    world.execute({"command": "create_organization", "organization_id": "org_demo", "name": "A"}, {"actor": HOST})
    denied = world.acting_as(SYSTEM).authorize(call("0189c3e0-0000-7000-8000-000000000000", *SUPPORT))
    assert not denied
    address = f"https://docs.acme.example/{denied.code}"
    assert denied.to_error_body() == {
        "error": {
            "type": "not_found",
            "code": "registered_user_not_found",
            "message": denied.message,
            "documentation_url": address,
        }
    }
    problem = denied.to_problem()
    assert (problem["type"], problem["status"], problem["what_to_do"]) == (address, 404, denied.what_to_do)


@pytest.mark.parametrize(
    "write",
    [
        json.dumps,
        lambda one: json.dumps(one, indent=1),
        lambda one: json.dump(one, io.StringIO()),
        lambda one: json.dumps({"decision": one}, sort_keys=True),
        jsonable_encoder,
        dict,
        list,
        vars,
        lambda one: one["code"],
        lambda one: one | {},
        lambda one: {**one},
    ],
)
def test_what_would_write_a_decision_by_accident_fails(world: Tenantry, acme: Acting, user: str, write: Any) -> None:
    for one in decisions(world, acme, user):
        with pytest.raises((TypeError, ValueError)):
            write(one)


def test_a_denial_is_written_whole(world: Tenantry, acme: Acting, user: str) -> None:
    for one in decisions(world, acme, user)[2:]:
        answer = one.to_dict()
        assert answer["effect"] == "deny"
        out = io.StringIO()
        json.dump(answer, out, indent=1)
        assert json.loads(out.getvalue()) == json.loads(json.dumps(answer)) == answer
        assert f"code={one.code!r}" in repr(one)
        assert f"code={one.code!r}" in pprint.pformat(one)
        with pytest.raises(TypeError):
            json.dumps(acme.explain(call(user, *SUPPORT)))


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_copy_of_a_decision_is_as_it_was(world: Tenantry, acme: Acting, user: str, again: Any) -> None:
    made = decisions(world, acme, user)
    assert [type(one) for one in made] == [Allow, StartedToolCall, Deny, BatchRejection]
    for one in made:
        same = again(one)
        assert type(same) is type(one)
        assert (same, hash(same), bool(same), same.to_dict()) == (one, hash(one), bool(one), one.to_dict())
        if not one:
            assert same.to_problem() == one.to_problem()
    assert len(set(made)) == len(set(map(repr, made))) == 4


def test_nothing_of_a_decision_can_be_changed(world: Tenantry, acme: Acting, user: str) -> None:
    for one in decisions(world, acme, user):
        before = repr(one)
        for name in ["allowed", "effect", "code", "message", "owner", "rejection", "anything"]:
            with pytest.raises(AttributeError):
                setattr(one, name, "x")
        one.to_dict()["effect"] = "changed"
        if one:
            one.owner["scope"] = "changed"
        assert repr(one) == before


def test_a_started_call_is_false_where_it_was_denied(world: Tenantry, acme: Acting, user: str) -> None:
    start = {"command": "start_tool_call", "tool_pack_id": "support", "tool": "slack__post_message"}
    denied = world.execute({**start, "registered_user_id": user}, {"actor": RUNTIME})["response"]
    allowed = world.execute({**start, "registered_user_id": linked(acme)}, {"actor": RUNTIME})["response"]
    assert type(denied) is Deny
    assert (bool(denied), denied.code) == (False, "credential_required")
    assert isinstance(allowed, StartedToolCall)
    assert isinstance(allowed, Allow)
    assert allowed
    assert allowed.tool_call_id.startswith("call_")
    assert allowed.to_dict() == {**acme.authorize(call(linked(acme), *SUPPORT)).to_dict()} | {
        "tool_call_id": allowed.tool_call_id
    }
    previewed = acme.preview({**start, "registered_user_id": user})["response"]
    assert previewed == denied


def test_d_3_an_explanation_holds_the_decision(acme: Acting, user: str) -> None:
    for one in (user, linked(acme)):
        assert acme.explain(call(one, *SUPPORT))["decision"] == acme.authorize(call(one, *SUPPORT))


def test_d_6_a_batch_is_false_place_by_place(acme: Acting, user: str) -> None:
    calls = [call(linked(acme), *SUPPORT), call(user, *SUPPORT), {}]
    batch = acme.authorize_batch(calls)
    assert [bool(place) for place in batch] == [True, False, False]
    assert [place.allowed for place in batch] == [True, False, False]
    assert batch[0] == acme.authorize(calls[0])
    assert batch[1] == acme.authorize(calls[1])
    malformed = batch[2]
    # Whoever looks no closer sees a denial.
    assert isinstance(malformed, Deny)
    assert (malformed.effect, malformed.code, malformed.status) == ("deny", "invalid_request", 400)
    assert isinstance(malformed, BatchRejection)
    with pytest.raises(TenantryError) as caught:
        acme.authorize({})
    assert malformed.rejection == caught.value.to_dict()
    assert malformed.to_problem() == caught.value.to_problem()
    assert malformed.rejection["pointer"] == "/registered_user_id"


def test_the_hot_path_agrees_with_authorize(acme: Acting, user: str) -> None:
    users = [linked(acme), user, "0189c3e0-0000-7000-8000-000000000000", "", "x" * 300, "\ud800"]
    packs = ["support", "engineering", "nope", "", "\x00", "\udfff"]
    tools = ["slack__post_message", "slack__nope", "zoom__x", "slack", "Slack__X", "", "\ud800"]
    numbers = {"allow": 0, **{row["code"]: row["number"] for row in error_catalog()}}
    calls = list(product(users, packs, tools))
    reached = set()
    for one in calls:
        try:
            expected = acme.authorize(call(*one)).code or "allow"
        except TenantryError as error:
            expected = error.code
        assert acme.code(*one) == expected, one
        assert acme.allows(*one) == (expected == "allow")
        assert acme.codes(*([part] for part in one)) == bytes([numbers[expected]])
        reached.add(expected)
    assert acme.codes(*zip(*calls, strict=True)) == bytes(numbers[acme.code(*one)] for one in calls)
    assert reached >= {"allow", "credential_required", "tool_pack_not_found", "registered_user_not_found"}
    assert reached >= {"invalid_request", "tool_not_in_tool_pack", "connector_not_in_tool_pack"}


def test_h_1_a_call_that_is_not_well_formed_unicode_is_answered_like_any_other() -> None:
    row = {"organization_id": "org_demo", "name": "Demo", "connectors": 0, "tool_packs": 0, "groups": 0, "sequence": 1}
    asks: Any = (Acting.allows, Acting.code, lambda acting, *call: acting.codes(*([part] for part in call)))
    for ask, malformed in zip(asks, (False, "invalid_request", b"\x01"), strict=True):
        for place in range(3):
            call = ["user", *SUPPORT]
            call[place] = "\ud800"
            instance = Tenantry(rows=True)
            instance.load([{"key": ["organization", "org_demo"], "revision": 1, "row": row}])
            assert ask(instance.acting_as(SYSTEM), *call) == malformed
            # The rows have served: the next request asks for its own.
            assert instance.requirements({"query": "get_organization"}, {"actor": SYSTEM})
            # The program's own mistake comes first, in every language.
            with pytest.raises(UsageError) as caught:
                ask(instance.acting_as(HOST), *call)
            assert caught.value.pointer == "/context/actor/organization_id"


def test_codes_take_three_lists_of_one_length(acme: Acting, user: str) -> None:
    assert acme.codes([], [], []) == b""
    assert acme.codes(iter([user]), (pack for pack in ["support"]), ("slack__x",)) == bytes([27])
    with pytest.raises(UsageError, match="the three lists have different lengths"):
        acme.codes([user], ["support"], [])


@pytest.mark.parametrize("wrong", [None, 3, 1.5, True, b"a", bytearray(b"a"), ["a"], {"a": 1}, object, datetime.now()])
def test_what_is_no_text_is_a_mistake_and_no_denial(acme: Acting, user: str, wrong: Any) -> None:
    right = (user, *SUPPORT)
    for place, name in enumerate(["registered_user_id", "tool_pack_id", "tool"]):
        call = [*right[:place], wrong, *right[place + 1 :]]
        for ask in (acme.allows, acme.code):
            with pytest.raises(UsageError, match="expected a string, found") as caught:
                ask(*call)
            assert caught.value.pointer == f"/{name}"
        lists: list[Any] = [[part, part] for part in right]
        lists[place][1] = wrong
        with pytest.raises(UsageError, match="expected a string, found") as caught:
            acme.codes(*lists)
        assert caught.value.pointer == f"/{name}s/1"


class Table:
    """As pandas has it: one by one come the names of its columns."""

    ndim = 2

    def __iter__(self) -> Any:
        return iter("a")


@pytest.mark.parametrize(
    "wrong", ["abc", b"abc", {"a": 1}, MappingProxyType({"a": 1}), {"a"}, frozenset("a"), 3, None, Table()]
)
def test_what_is_no_list_is_a_mistake(acme: Acting, wrong: Any) -> None:
    for place, name in enumerate(["registered_user_ids", "tool_pack_ids", "tools"]):
        lists: list[Any] = [["a"]] * 3
        lists[place] = wrong
        with pytest.raises(UsageError, match="expected a list of strings, found") as caught:
            acme.codes(*lists)
        assert caught.value.pointer == f"/{name}"


class Column:
    """A column as Arrow has it: one by one its items are scalars of its own."""

    def __init__(self, items: list[str | None]) -> None:
        self.items = items

    def __iter__(self) -> Any:
        return iter([object() for _ in self.items])

    def to_pylist(self) -> list[str | None]:
        return self.items


def test_codes_take_columns(acme: Acting, user: str) -> None:
    users = [linked(acme), user]
    columns = [Column(items) for items in (users, ["support"] * 2, ["slack__post_message"] * 2)]
    expected = acme.codes(*(column.items for column in columns))
    assert acme.codes(*columns) == expected
    assert expected[0] == 0
    columns[2].items[1] = None
    with pytest.raises(UsageError, match="expected a string, found `NoneType`") as caught:
        acme.codes(*columns)
    assert caught.value.pointer == "/tools/1"


class Interrupting(tzinfo):
    def utcoffset(self, _: Any) -> Any:
        raise KeyboardInterrupt


class Leaving(uuid.UUID):
    def __getattribute__(self, name: str) -> Any:
        raise SystemExit


def test_an_interrupt_is_no_denial(acme: Acting, user: str) -> None:
    now = datetime(2026, 1, 1, tzinfo=Interrupting())
    for ask in (acme.allows, acme.code, lambda *call: acme.codes(*([part] for part in call[:3]), *call[3:])):
        with pytest.raises(KeyboardInterrupt):
            ask(user, *SUPPORT, now)
        with pytest.raises(SystemExit):
            ask(Leaving(int=1), *SUPPORT)


def test_a_decision_is_of_its_instant(acme: Acting) -> None:
    start = 10**12
    created = acme.execute({"command": "create_registered_user", "origin_user_id": "brief"}, {"now": start})
    user = created["response"]["registered_user_id"]
    started = acme.execute({"command": "start_link", "registered_user_id": user, "connector": "slack"}, {"now": start})
    link = {"command": "complete_link", "link_session_id": started["response"]["link_session_id"]}
    acme.execute({**link, "expires_at": start + 2000}, {"now": start + 1000})
    one = (user, "support", "slack__post_message")
    for now, code in [
        (start + 1999, "allow"),
        (start + 2000, "reauth_required"),
        ("2001-09-09T01:46:41.999Z", "allow"),
        (datetime(2001, 9, 9, 1, 46, 42, tzinfo=timezone.utc), "reauth_required"),
        (None, "reauth_required"),
    ]:
        assert acme.code(*one, now) == code
        assert acme.allows(*one, now=now) == (code == "allow")
        assert list(acme.codes(*([part] for part in one), now)) == [
            0 if code == "allow" else next(row["number"] for row in error_catalog() if row["code"] == code)
        ]
    for wrong in ["soon", datetime(1970, 1, 1), 1.5, start // 1000, start / 1000, [], float("nan"), 10**30, object()]:
        for ask in (acme.allows, acme.code, lambda *call, now: acme.codes(*([part] for part in call), now)):
            with pytest.raises(UsageError):
                ask(*one, now=wrong)


def test_a_call_that_needs_no_credential_has_no_owner(acme: Acting, user: str) -> None:
    acme.put_connector(connector="clock", tools=["now"])
    acme.put_tool_pack(tool_pack_id="free", name="Free", connectors=[{"connector": "clock", "auth_scope": "NONE"}])
    decision = acme.authorize({"registered_user_id": user, "tool_pack_id": "free", "tool": "clock__now"})
    assert isinstance(decision, Allow)
    assert (decision.owner, decision.to_dict()["owner"]) == (None, None)
