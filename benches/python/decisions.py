"""May this user call this tool of this pack now?"""

import json
from collections.abc import Callable
from itertools import cycle
from typing import Any

from case import Case
from worlds import IDS, NAMES, PACK, TOOLS, calls, is_active, linked, ours

AT_ONCE = 100
"""Calls of one run, so that going round costs next to nothing."""


def asked(users: list[str]) -> list[tuple[str, str, str]]:
    """Each user with each tool, and what nobody may. The users are the same ones, whatever their ids."""
    known = [(user, PACK, name) for user, name in calls(users)]
    return [*known, (users[0], PACK, "slack__nothing"), (users[0], "nothing", NAMES[0]), ("nobody", PACK, NAMES[0])]


def decision(decide: Callable[[str, str, str], bool], users: list[str]) -> Case:
    """Asked one at a time."""
    known = asked(users)
    blocks = cycle([known[start : start + AT_ONCE] for start in range(0, len(known) - AT_ONCE, AT_ONCE)])

    def run() -> None:
        for user, pack, name in next(blocks):
            decide(user, pack, name)

    return Case(run, lambda: digits([decide(*one) for one in known]), AT_ONCE)


def digits(allowed: list[bool]) -> str:
    if not all(isinstance(one, bool) for one in allowed):
        raise TypeError("an answer is True or False")
    return hex(int("".join("01"[one] for one in allowed), 2))


def by_hand() -> Case:
    packs = {PACK: {connector: set(tools) for connector, tools in TOOLS.items()}}
    users = {user: (is_active(number), dict.fromkeys(linked(number), "active")) for number, user in enumerate(IDS)}

    def decide(user: str, pack: str, name: str) -> bool:
        known = users.get(user)
        if known is None or not known[0]:
            return False
        connector, _, tool = name.partition("__")
        connectors = packs.get(pack)
        tools = connectors and connectors.get(connector)
        return tools is not None and tool in tools and known[1].get(connector) == "active"

    return decision(decide, IDS)


def allows() -> Case:
    acme, users = ours()
    return decision(acme.allows, users)


def allows_at() -> Case:
    acme, users = ours()
    now = 1_900_000_000_000
    return decision(lambda user, pack, name: acme.allows(user, pack, name, now), users)


def authorize() -> Case:
    acme, users = ours()

    def decide(user: str, pack: str, name: str) -> bool:
        return bool(acme.authorize({"registered_user_id": user, "tool_pack_id": pack, "tool": name}))

    return decision(decide, users)


def codes() -> Case:
    acme, users = ours()
    calls = asked(users)
    lists = [[one[part] for one in calls] for part in range(3)]
    return Case(lambda: acme.codes(*lists), lambda: digits([not code for code in acme.codes(*lists)]), len(calls))


CEDAR = """
permit (principal, action == Action::"call", resource)
when { principal.active && resource in context.pack && principal.linked.contains(resource.connector) };
"""


def cedar_user(number: int) -> Any:
    attrs = {"active": is_active(number), "linked": linked(number)}
    return {"uid": {"type": "User", "id": IDS[number]}, "attrs": attrs, "parents": []}


def cedar_tools() -> list[Any]:
    pack = {"type": "Pack", "id": PACK}
    tools = [
        {"uid": {"type": "Tool", "id": name}, "attrs": {"connector": name.partition("__")[0]}, "parents": [pack]}
        for name in NAMES
    ]
    return [{"uid": pack, "attrs": {}, "parents": []}, *tools]


def cedar_world() -> Any:
    """Everything parsed beforehand, as its documentation advises."""
    import cedarpy

    world = [*cedar_tools(), *map(cedar_user, range(len(IDS)))]
    return cedarpy, cedarpy.PolicySet.from_str(CEDAR), cedarpy.Entities.from_json_str(json.dumps(world))


def cedar_request(user: str, pack: str, name: str) -> Any:
    return {
        "principal": {"type": "User", "id": user},
        "action": {"type": "Action", "id": "call"},
        "resource": {"type": "Tool", "id": name},
        "context": {"pack": {"__entity": {"type": "Pack", "id": pack}}},
    }


def cedar() -> Case:
    cedarpy, policies, entities = cedar_world()
    return decision(lambda *call: bool(cedarpy.is_authorized(cedar_request(*call), policies, entities).allowed), IDS)


def cedar_user_by_user() -> Case:
    """With the entities of the call alone, parsed anew each time: a large set is copied for each call."""
    cedarpy, policies, _ = cedar_world()
    tools, numbers = cedar_tools(), {user: number for number, user in enumerate(IDS)}

    def decide(user: str, pack: str, name: str) -> bool:
        known = [cedar_user(numbers[user])] if user in numbers else []
        needed = [*known, tools[0], *(tool for tool in tools[1:] if tool["uid"]["id"] == name)]
        return bool(cedarpy.is_authorized(cedar_request(user, pack, name), policies, needed).allowed)

    return decision(decide, IDS)


def cedar_batch() -> Case:
    cedarpy, policies, entities = cedar_world()
    requests = [cedar_request(*call) for call in asked(IDS)]

    def decide(some: list[Any]) -> list[bool]:
        return [bool(one.allowed) for one in cedarpy.is_authorized_batch(some, policies, entities)]

    return Case(lambda: decide(requests[:AT_ONCE]), lambda: digits(decide(requests)), AT_ONCE)


CASBIN = """
[request_definition]
r = sub, pack, tool
[policy_definition]
p = sub, pack, tool
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && r.pack == p.pack && r.tool == p.tool
"""


def casbin() -> Case:
    """A line for each thing that a user may: all of the work is done beforehand, but for finding the line."""
    from casbin import FastEnforcer
    from casbin.model import FastModel

    model = FastModel([0])
    model.load_model_from_text(CASBIN)
    enforcer = FastEnforcer(model, cache_key_order=[0])
    for number, user in enumerate(IDS):
        may = linked(number) if is_active(number) else []
        enforcer.add_policies([(user, PACK, f"{connector}__{tool}") for connector in may for tool in TOOLS[connector]])
    return decision(enforcer.enforce, IDS)


ONE = {
    "plain Python, dicts": by_hand,
    "tenantry allows": allows,
    "tenantry allows, given an instant": allows_at,
    "tenantry codes": codes,
    "tenantry authorize": authorize,
    "cedarpy, parsed beforehand": cedar,
    "cedarpy, the call's entities": cedar_user_by_user,
    "cedarpy batch, parsed beforehand": cedar_batch,
    "casbin FastEnforcer": casbin,
}
