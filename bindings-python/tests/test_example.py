"""The example world, and lifecycles as data."""

import pytest
from conftest import SYSTEM
from tenantry import Tenantry, TenantryError, lifecycle


def test_a_lifecycle_is_data() -> None:
    table = lifecycle("tool_call")
    assert (table["start"], table["states"]) == ("open", ["open", "ended"])
    refused = {"state": "ended", "trigger": "finish_tool_call", "code": "tool_call_not_found"}
    assert table["refusals"] == [refused]
    with pytest.raises(TenantryError, match="unknown lifecycle `user`"):
        lifecycle("user")


def test_the_example_takes_options_and_has_a_group_and_a_company() -> None:
    world = Tenantry.example(policy={"documentation_base_url": "https://docs.example"}, journal="memory")
    acme = world.acting_as(SYSTEM)
    assert [group["group_id"] for group in acme.iter_groups()] == ["engineers"]
    assert [company["origin_company_id"] for company in acme.iter_companies()] == ["company_demo"]
    decision = acme.authorize(
        {"registered_user_id": "nobody", "tool_pack_id": "support", "tool": "slack__post_message"}
    )
    assert not decision and decision.to_problem()["type"].startswith("https://docs.example")
    events = world.query({"query": "journal", "limit": 200}, {"actor": {"type": "system"}})["items"]
    assert Tenantry.fold(events).snapshot() == world.snapshot() == Tenantry.example().snapshot()


def test_the_example_holds_no_rows_and_refuses_what_no_instance_takes() -> None:
    for options in ({"rows": True}, {"policy": {"retention_days": -1}}):
        with pytest.raises(TenantryError):
            Tenantry.example(**options)  # type: ignore[arg-type]
