"""The quick start in Python."""

from tenantry import Tenantry

acme = Tenantry.example().acting_as({"type": "system", "organization_id": "org_demo", "environment": "test"})
created = acme.execute({"command": "create_registered_user", "origin_user_id": "user_a3f9b2"})
user = created["response"]["registered_user_id"]
call = (user, "support", "slack__post_message")
print("allowed at first:", acme.allows(*call), "-", acme.code(*call))

started = acme.execute({"command": "start_link", "registered_user_id": user, "connector": "slack"})
acme.execute({"command": "complete_link", "link_session_id": started["response"]["link_session_id"]})
print("allowed once slack is linked:", acme.allows(*call))
