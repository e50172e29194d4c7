"""What the type checkers accept; the test runs it as well."""

import uuid
from datetime import datetime, timezone
from typing import TypeVar

from tenantry import (
    Allow,
    BatchRejection,
    Decision,
    Deny,
    NotFoundError,
    StartedToolCall,
    Tenantry,
    TenantryError,
    fill,
    lifecycle,
    permissions,
    subset_of,
    validate,
)
from tenantry.stores import AsyncStore, SqliteStore
from tenantry.types import (
    AccessKeyActor,
    Actor,
    AnyCommand,
    Code,
    Command,
    Context,
    CreateRegisteredUser,
    DenyDict,
    Event,
    KeyRestriction,
    Outcome,
    Owner,
    Policy,
    Problem,
    Rejection,
    Rule,
    ToolCall,
)
from typing_extensions import assert_type

policy: Policy = {"retention_days": 30, "password": {"min_length": 16, "require": ["digit"]}}
world = Tenantry(policy=policy, journal="memory")
system: Context = {"actor": {"type": "system"}}
organization = world.execute({"command": "create_organization", "name": "Acme"}, system)["response"]["organization"]
organization_id: str = organization["organization_id"]

acme = world.acting_as({"type": "system", "organization_id": organization_id, "environment": "production"})
create: CreateRegisteredUser = {
    "command": "create_registered_user",
    "origin_user_id": "user_1",
    "origin_user_name": None,
    "shared_credential_group": {"origin_company_id": "c", "custom_groupings": {"team": "red"}},
}
outcome = acme.execute(create, {"now": datetime.now(timezone.utc), "entropy": None})
user_id: str = outcome["response"]["registered_user_id"]
version: int = outcome["response"]["registered_user"]["version"]
events: list[Event] = outcome["events"]
for event in events:
    if event["event"] == "registered_user_created":
        origin_user_id: str | None = event["origin_user_id"]

commands: list[AnyCommand] = [
    {"command": "update_registered_user", "registered_user_id": uuid.UUID(user_id), "patch": {"user_type": None}},
    {"command": "put_connector", "connector": "slack", "tools": ["post_message"]},
]
for command in commands:
    acme.execute(command, {"now": 1_900_000_000_000})
rule: Rule = {"all": [{"attribute": "team", "in": ["red"]}, {"not": {"user_type": "SYSTEM"}}]}
acme.execute({"command": "put_group", "group_id": "reds", "name": "Reds", "rule": rule})
acme.execute(
    {
        "command": "put_tool_pack",
        "tool_pack_id": "support",
        "name": "Support",
        "connectors": [{"connector": "slack", "auth_scope": "SHARED"}],
        "group_ids": ["reds"],
    }
)
lost = acme.preview({"command": "delete_tool_pack", "tool_pack_id": "support"})["impact"]["lose"]

user = acme.query({"query": "get_registered_user", "registered_user_id": user_id})
group = user["shared_credential_group"]
name: str | None = group["origin_company_name"] if group is not None else None
next_page: str | None = acme.query({"query": "list_registered_users", "status": "active", "limit": 10})["next"]

call: ToolCall = {"registered_user_id": user_id, "tool_pack_id": "support", "tool": "slack__post_message"}
decision: Decision = acme.authorize(call)
code: Code | None = decision.code
if not decision:
    assert_type(decision, Deny)
    denial: tuple[Code, int, str, str] = (decision.code, decision.status, decision.message, decision.what_to_do)
    for_the_user: str | None = decision.user_message
    problem: Problem = decision.to_problem()
    written: DenyDict = decision.to_dict()
else:
    assert_type(decision, Allow)
    grant: tuple[Owner | None, str, str] = (decision.owner, decision.connector, decision.tool)
if decision.allowed is True:
    assert_type(decision, Allow)
else:
    assert_type(decision, Deny)
if decision.effect == "deny":
    assert_type(decision, Deny)
for place in acme.authorize_batch([call]):
    if isinstance(place, BatchRejection):
        rejection: Rejection = place.rejection
    elif not place:
        assert_type(place, Deny)
    else:
        assert_type(place, Allow)
explained = acme.explain(call)["decision"]
if not explained:
    assert_type(explained, Deny)


def start() -> str:
    started = acme.start_tool_call(**call)
    if not started:
        assert_type(started, Deny)
        return started.code
    assert_type(started, StartedToolCall)
    return started.tool_call_id


allowed: bool = acme.allows(user_id, "support", "slack__post_message", now=datetime.now(timezone.utc))
reason = acme.code(user_id, "support", "slack__post_message")
assert (reason == "allow") == allowed
numbers: bytes = acme.codes([user_id], ["support"], ["slack__post_message"])
for remedy in acme.explain({"registered_user_id": user_id, "tool_pack_id": "support", "tool": "slack__x"})["remedies"]:
    complete: bool = remedy["complete"]

key: AccessKeyActor = {
    "type": "access_key",
    "organization_id": organization_id,
    "environment": "test",
    "scopes": ["management", "runtime"],
}
assert subset_of(key, key) == []
for row in permissions():
    assert_type(acme.may(row["request"]), bool)
    needed = row["permitted"]["access_key"]
    restrictions: list[KeyRestriction] = needed["without"] if needed is not None else []
assert validate('{"command": "create_test_user"}') == []
try:
    acme.query({"query": "find_registered_user", "origin_user_id": "nobody"})
except NotFoundError as error:
    not_found: Code = error.code
except TenantryError as error:
    status: int = error.status

made = acme.create_registered_user(origin_user_id="user_9", origin_user_name="Nine")
assert_type(made["created"], bool)
for user in acme.iter_registered_users(status="active", limit=10):
    assert_type(user["version"], int)
assert_type(acme.list_companies()["next"], str | None)
for remedy in acme.explain({"registered_user_id": "nobody", "tool_pack_id": "p", "tool": "a__b"})["remedies"]:
    for step in remedy["steps"]:
        if step["kind"] == "link" and "command" in step:
            assert_type(acme.execute(step["command"])["response"]["link_session_id"], str)


def stored(store: SqliteStore) -> None:
    acme = store.acting_as({"type": "system", "organization_id": "org_acme", "environment": "test"})
    assert_type(acme.create_registered_user(origin_user_id="user_1")["registered_user_id"], str)
    assert_type(acme.execute(create)["response"]["created"], bool)
    assert_type(acme.authorize({"registered_user_id": "x", "tool_pack_id": "p", "tool": "a__b"}), Decision)
    for position, event in store.events(after=3):
        assert_type(position, int)
        assert_type(event["sequence"], int)


async def awaited(store: AsyncStore) -> None:
    acme = store.acting_as({"type": "system", "organization_id": "org_acme", "environment": "test"})
    assert_type((await acme.create_registered_user(origin_user_id="user_1"))["registered_user_id"], str)
    async for user in acme.iter_registered_users():
        assert_type(user["version"], int)
    assert_type(await store.sweep(), int)
    assert_type((await store.take_effects())[0].number, int)


R = TypeVar("R")


def audited(actor: Actor, command: Command[R]) -> Outcome[R]:
    """What wraps `execute` keeps the answer's type."""
    return world.acting_as(actor).execute(command)


system_in_production: Actor = {"type": "system", "organization_id": organization_id, "environment": "production"}
assert_type(audited(system_in_production, create)["response"]["created"], bool)
one: CreateRegisteredUser = CreateRegisteredUser(command="create_registered_user", origin_user_id="user_1")
assert_type(audited(system_in_production, one)["events"], list[Event])

for remedy in acme.explain({"registered_user_id": "nobody", "tool_pack_id": "p", "tool": "a__b"})["remedies"]:
    for step in remedy["steps"]:
        if step["kind"] == "set_company" and "command" in step:
            open_id = step["command"]["patch"]["shared_credential_group"]["origin_company_id"]
            acme.execute(fill(step, origin_company_id="acme"))
ended: list[str] = lifecycle("tool_call")["states"]
heard: list[int] = []
unsubscribe = world.subscribe(lambda events, effects: heard.append(len(events) + len(effects)))
unsubscribe()
