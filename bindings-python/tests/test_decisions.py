"""Decisions: `allows`, `code`, `codes` and `authorize` always agree, and what denies is falsy."""

import copy
import pickle
from datetime import datetime, timezone
from itertools import product

import pytest
from tenantry import Acting, Decision, Tenantry, TenantryError, UsageError, error_catalog


def linked(acme: Acting) -> str:
    created = acme.execute({"command": "create_registered_user", "origin_user_id": "linked"})
    user = created["response"]["registered_user_id"]
    started = acme.execute({"command": "start_link", "registered_user_id": user, "connector": "slack"})
    acme.execute({"command": "complete_link", "link_session_id": started["response"]["link_session_id"]})
    return user


def call(user: object, pack: object, tool: object) -> dict[str, object]:
    return {"registered_user_id": user, "tool_pack_id": pack, "tool": tool}


def test_a_decision_is_falsy_where_it_denies(acme: Acting, user: str) -> None:
    denied = acme.authorize(call(user, "support", "slack__post_message"))
    assert isinstance(denied, Decision)
    assert not denied
    assert denied["effect"] == "deny"
    assert denied.code == denied["code"] == "credential_required"
    allowed = acme.authorize(call(linked(acme), "support", "slack__post_message"))
    assert allowed
    assert allowed["effect"] == "allow"
    assert allowed.code is None


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, Decision.copy, lambda one: pickle.loads(pickle.dumps(one))]
)
def test_a_copy_of_a_decision_is_as_falsy(acme: Acting, user: str, again) -> None:
    denied = again(acme.authorize(call(user, "support", "slack__post_message")))
    assert isinstance(denied, Decision)
    assert not denied
    assert again(acme.authorize(call(linked(acme), "support", "slack__post_message")))


def test_a_started_call_is_falsy_where_it_was_denied(acme: Acting, user: str) -> None:
    key = {"type": "access_key", "organization_id": "org_demo", "environment": "test", "scopes": ["runtime"]}
    start = {"command": "start_tool_call", "tool_pack_id": "support", "tool": "slack__post_message"}
    context = {"actor": key}
    world = Tenantry.example()
    acme = world.acting_as({"type": "system", "organization_id": "org_demo", "environment": "test"})
    denied = acme.execute({"command": "create_registered_user", "origin_user_id": "denied"})
    denied = world.execute({**start, "registered_user_id": denied["response"]["registered_user_id"]}, context)
    allowed = world.execute({**start, "registered_user_id": linked(acme)}, context)
    assert not denied["response"]
    assert allowed["response"]
    assert allowed["response"]["tool_call_id"].startswith("call_")


def test_d_6_a_batch_is_falsy_place_by_place(acme: Acting, user: str) -> None:
    calls = [call(linked(acme), "support", "slack__post_message"), call(user, "support", "slack__post_message"), {}]
    batch = acme.authorize_batch(calls)
    assert [bool(place) for place in batch] == [True, False, False]
    assert batch[0] == acme.authorize(calls[0])
    assert batch[1] == acme.authorize(calls[1])
    assert batch[2].code == "invalid_request"
    assert batch[2]["rejection"]["pointer"] == "/registered_user_id"


def test_the_hot_path_agrees_with_authorize(acme: Acting, user: str) -> None:
    users = [linked(acme), user, "0189c3e0-0000-7000-8000-000000000000", "", "x" * 300, "\ud800", None, 5]
    packs = ["support", "engineering", "nope", "", "\x00", 1.5, "\udfff"]
    tools = ["slack__post_message", "slack__nope", "zoom__x", "slack", "Slack__X", "", [], "\ud800"]
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


def test_codes_take_three_lists_of_one_length(acme: Acting, user: str) -> None:
    assert acme.codes([], [], []) == b""
    assert acme.codes(iter([user]), (pack for pack in ["support"]), ("slack__x",)) == bytes([27])
    with pytest.raises(TenantryError, match="the three lists have different lengths"):
        acme.codes([user], ["support"], [])
    with pytest.raises(UsageError, match="expected a list of texts, not a text"):
        acme.codes("a", "b", "c")
    with pytest.raises(TypeError):
        acme.codes(1, [], [])


def test_a_decision_is_of_its_instant(acme: Acting) -> None:
    created = acme.execute({"command": "create_registered_user", "origin_user_id": "brief"}, {"now": 0})
    user = created["response"]["registered_user_id"]
    started = acme.execute({"command": "start_link", "registered_user_id": user, "connector": "slack"}, {"now": 0})
    link = {"command": "complete_link", "link_session_id": started["response"]["link_session_id"]}
    acme.execute({**link, "expires_at": 2000}, {"now": 1000})
    one = (user, "support", "slack__post_message")
    for now, code in [
        (1999, "allow"),
        (2000, "reauth_required"),
        ("1970-01-01T00:00:01.999Z", "allow"),
        (datetime(1970, 1, 1, 0, 0, 2, tzinfo=timezone.utc), "reauth_required"),
        (None, "reauth_required"),
        ("soon", "invalid_request"),
        (datetime(1970, 1, 1), "invalid_request"),
        (1.5, "invalid_request"),
        ([], "invalid_request"),
    ]:
        assert acme.code(*one, now) == code
        assert acme.allows(*one, now=now) == (code == "allow")
        assert list(acme.codes(*([part] for part in one), now)) == [
            0 if code == "allow" else next(row["number"] for row in error_catalog() if row["code"] == code)
        ]
