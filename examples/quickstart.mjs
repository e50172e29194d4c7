// The quick start in JavaScript.
import { Tenantry } from "tenantry";

const acme = Tenantry.example().actingAs({ type: "system", organization_id: "org_demo", environment: "test" });
const { registered_user_id: user } = acme.createRegisteredUser({ origin_user_id: "user_a3f9b2" });

console.log(acme.allows(user, "support", "slack__post_message")); // false: nobody has linked slack
const { remedies } = acme.explain({ registered_user_id: user, tool_pack_id: "support", tool: "slack__post_message" });
console.log(remedies[0].steps.map((step) => step.kind)); // [ 'link' ]

const { link_session_id } = acme.startLink({ registered_user_id: user, connector: "slack" });
acme.completeLink({ link_session_id });
console.log(acme.allows(user, "support", "slack__post_message")); // true
