"""The same world for everybody: users, a tool pack of three connectors, credentials for two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tenantry import Acting

USERS = 1_000
PACK = "support"
TOOLS = {"slack": ["post_message", "list_channels"], "jira": ["create_issue"], "github": ["open_issue"]}
NAMES = [f"{connector}__{tool}" for connector, tools in TOOLS.items() for tool in tools]
LINKED = ["slack", "jira"]


def is_active(number: int) -> bool:
    return number % 10 != 9


def linked(number: int) -> list[str]:
    return LINKED if number % 10 != 8 else []


IDS = [f"0195a7c2-1f00-7000-8000-{number:012}" for number in range(USERS)]
"""Ids as ours are, for the others."""

BODY = {
    "command": "create_registered_user",
    "origin_user_id": "user_a3f9b2",
    "origin_user_name": "Ada Lovelace",
    "origin_user_email": "ada@example.com",
    "shared_credential_group": {
        "origin_company_id": "acme_corp",
        "origin_company_name": "Acme Corporation",
        "custom_groupings": {"region": "emea", "plan": "enterprise"},
    },
    "user_type": "HUMAN",
}
FAULTY = {**BODY, "origin_user_id": 42, "user_type": "ROBOT"}


def ours() -> tuple[Acting, list[str]]:
    """A handle on our instance, and the ids of its users."""
    from tenantry import Tenantry

    acme = Tenantry.example().acting_as({"type": "system", "organization_id": "org_demo", "environment": "test"})
    for connector, tools in TOOLS.items():
        acme.execute({"command": "put_connector", "connector": connector, "tools": tools})
    connectors: Any = [{"connector": connector} for connector in TOOLS]
    acme.execute({"command": "put_tool_pack", "tool_pack_id": PACK, "name": "Support", "connectors": connectors})
    users = []
    for number in range(USERS):
        created = acme.execute({"command": "create_registered_user", "origin_user_id": f"user_{number}"})
        user = created["response"]["registered_user_id"]
        for connector in linked(number):
            started = acme.execute({"command": "start_link", "registered_user_id": user, "connector": connector})
            link = started["response"]["link_session_id"]
            acme.execute({"command": "complete_link", "link_session_id": link})
        if not is_active(number):
            patch: Any = {"is_active": False}
            acme.execute({"command": "update_registered_user", "registered_user_id": user, "patch": patch})
        users.append(user)
    return acme, users


def calls(users: list[str]) -> list[tuple[str, str]]:
    """Each user with each tool, in an order that no cache foresees."""
    return [
        (users[number * 7 % USERS], NAMES[number * 7 // USERS % len(NAMES)]) for number in range(USERS * len(NAMES))
    ]
