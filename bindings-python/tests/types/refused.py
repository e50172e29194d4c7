"""What the type checkers refuse: each line that ends in `# refused`, and no other."""

from tenantry import Tenantry, TenantryError, lifecycle_diagram, types

world = Tenantry()
context: types.Context = {"actor": {"type": "system"}}
acme = world.acting_as({"type": "system"})

Tenantry(policies={})  # refused
Tenantry(journal="disk")  # refused
Tenantry(policy={"retention_day": 1})  # refused
world.execute({"command": "create_organization", "name": "A"})  # refused
world.execute({"command": "create_organisation", "name": "A"}, context)  # refused
world.execute({"command": "create_registered_user"}, context)  # refused
world.execute({"command": "create_test_user", "origin_user_id": "x"}, context)  # refused
world.execute({"command": "set_user_status", "user_id": "usr_1", "status": "asleep"}, context)  # refused
world.query({"query": "get_user"}, context)  # refused
world.acting_as({"type": "access_key"})  # refused
acme.execute({"command": "create_organization", "name": "A"}, {"actor": {"type": "system"}})  # refused
acme.execute({"command": "create_organization", "name": "A"})["response"]["organisation"]  # refused
acme.allows("a", "b")  # refused
acme.allows("a", "b", "c", now=1.5)  # refused
acme.codes("a", "b", 5)  # refused
lifecycle_diagram("user")  # refused
acme.may("start_lnk")  # refused
world.may("start_link")  # refused
decision = acme.authorize({"registered_user_id": "a", "tool_pack_id": "b", "tool": "c"})
print(decision["code"])  # refused
print(decision.status)  # refused
if not decision:
    print(decision.owner)  # refused
    print(decision.codes)  # refused
    decision.code = "forbidden"  # refused
else:
    print(decision.message)  # refused
    print(decision.tool_call_id)  # refused
call: types.StartToolCall = {"command": "start_tool_call", "registered_user_id": "a", "tool_pack_id": "b", "tool": "c"}
started = acme.execute(call)["response"]
print(started.tool_call_id)  # refused
if not started:
    print(started.tool_call_id)  # refused
patch: types.RegisteredUserPatch = {"is_active": None}  # refused
rule: types.Rule = {"attribute": "team", "equal": "red"}  # refused
try:
    pass
except TenantryError as error:
    code: types.Code = "not_a_code"  # refused
    error.status = "400"  # refused
acme.create_registered_user(origin_user_idd="x", origin_user_id="x")  # refused
acme.create_registered_user()  # refused
acme.create_registered_user(origin_user_id="x")["creatd"]  # refused
acme.list_registered_users(status="asleep")  # refused
