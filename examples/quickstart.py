"""The quick start in Python."""

from tenantry import Tenantry

acme = Tenantry.example().acting_as({"type": "system", "organization_id": "org_demo", "environment": "test"})
user = acme.create_registered_user(origin_user_id="user_a3f9b2")["registered_user_id"]

print(acme.allows(user, "support", "slack__post_message"))  # False: nobody has linked slack
why = acme.explain(
    {
        "registered_user_id": user,
        "tool_pack_id": "support",
        "tool": "slack__post_message",
    }
)
print([step["kind"] for step in why["remedies"][0]["steps"]])  # ['link']

session = acme.start_link(registered_user_id=user, connector="slack")
acme.complete_link(link_session_id=session["link_session_id"])
print(acme.allows(user, "support", "slack__post_message"))  # True
