"""Explanations as they are shown, and the steps of their remedies."""

import pytest
from tenantry import Acting, TenantryError, UsageError, fill
from tenantry.types import ToolCall


def test_an_explanation_is_shown_as_a_table(acme: Acting, user: str) -> None:
    call: ToolCall = {"registered_user_id": user, "tool_pack_id": "support", "tool": "slack__post_message"}
    explanation = acme.explain(call)
    lines = repr(explanation).splitlines()
    assert lines[0].startswith("deny: credential_required: ")
    assert [line[2] for line in lines if line.startswith("| ") and "| check" not in line] == ["✓"] * 8 + ["✗"]
    assert lines[-1] == "1. link (for this user)"
    assert explanation._repr_markdown_() == repr(explanation)
    assert isinstance(explanation, dict) and set(explanation) == {"decision", "checks", "remedies"}
    explanation["checks"] = {1}
    assert "'checks': {1}" in repr(explanation)


def test_a_step_is_filled_in_and_an_open_one_is_named(acme: Acting, user: str) -> None:
    call: ToolCall = {"registered_user_id": user, "tool_pack_id": "engineering", "tool": "jira__create_issue"}
    step = acme.explain(call)["remedies"][0]["steps"][0]
    with pytest.raises(TenantryError, match="`origin_company_id` is a remedy's parameter without a value") as refused:
        acme.execute(step["command"])
    assert refused.value.pointer == "/patch/shared_credential_group/origin_company_id"
    with pytest.raises(UsageError, match="the parameter `origin_company_id` has no value"):
        fill(step)
    with pytest.raises(UsageError, match="unknown field `company`"):
        fill(step, company="acme")
    acme.execute(fill(step, origin_company_id="company_demo"))
    assert acme.code(user, "engineering", "jira__create_issue") == "credential_required"
