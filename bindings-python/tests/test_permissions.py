"""C-7: what an actor may do, as `may` and `permissions()` tell it."""

from typing import Any

import pytest
from tenantry import AuthenticationError, NotFoundError, Tenantry, UsageError, ValidationError, permissions

SYSTEM: dict[str, Any] = {"type": "system", "organization_id": "org_demo", "environment": "test"}


def key(*scopes: str, **more: Any) -> dict[str, Any]:
    return {"type": "access_key", "organization_id": "org_demo", "environment": "test", "scopes": list(scopes)} | more


def test_c_7_may_answers_by_the_table() -> None:
    world = Tenantry.example()
    table = permissions()
    for scope in ("management", "runtime"):
        acting = world.acting_as(key(scope))  # type: ignore[arg-type]
        for name in dict.fromkeys(row["request"] for row in table):
            keys = [row["permitted"]["access_key"] for row in table if row["request"] == name]
            could = any(
                needed is not None
                and (needed["scopes"] is None or scope in needed["scopes"])
                and needed["environment"] != "production"
                for needed in keys
            )
            assert acting.may(name) is could, name
            assert world.may(name, {"actor": key(scope)}) is could  # type: ignore[typeddict-item]
            assert world.may(name, {"actor": SYSTEM}) is True  # type: ignore[typeddict-item]


def test_c_7_each_call_of_permissions_gives_a_table_of_its_own() -> None:
    permissions()[0]["permitted"]["system"] = False
    assert all(row["permitted"]["system"] for row in permissions())


def test_c_7_an_unknown_name_is_told_with_the_one_that_was_meant() -> None:
    acme: Any = Tenantry.example().acting_as(SYSTEM)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="unknown request `start_lnk`; did you mean `start_link`") as caught:
        acme.may("start_lnk")
    assert caught.value.pointer == "/request_name"
    for value in (None, 7, b"start_link", ["start_link"], "\ud800"):
        with pytest.raises(UsageError) as misused:
            acme.may(value)
        assert misused.value.pointer == "/request_name"


def test_c_7_an_actor_that_is_not_what_it_says_is_refused() -> None:
    now = "2026-01-31T10:00:00Z"
    expired: Any = Tenantry.example().acting_as(key("runtime", expires_at=now))  # type: ignore[arg-type]
    with pytest.raises(AuthenticationError):
        expired.may("authorize", {"now": now})
    assert expired.may("authorize", {"now": "2026-01-31T09:59:59Z"})


def test_c_7_an_instance_with_rows_asks_for_the_actor_s_own() -> None:
    world: Any = Tenantry(rows=True)
    context = {"actor": SYSTEM}
    with pytest.raises(UsageError, match="was not loaded"):
        world.may("start_link", context)
    (row,) = world.requirements({"may": "start_link"}, context)
    assert row == ["organization", "org_demo"]
    world.load([{"key": row, "revision": 0, "row": None}])
    with pytest.raises(NotFoundError):
        world.may("start_link", context)


def test_c_7_a_management_key_explains() -> None:
    acting: Any = Tenantry.example().acting_as(key("management"))  # type: ignore[arg-type]
    user = acting.create_registered_user
    assert acting.may("explain") and not acting.may("authorize")
    call = {"registered_user_id": user(origin_user_id="a")["registered_user_id"], "tool_pack_id": "support"}
    why = acting.explain(call | {"tool": "slack__post_message"})
    assert why["decision"].code == "credential_required"
    assert why["checks"][0]["compared"] == {"authenticated": True, "may_decide": False}
