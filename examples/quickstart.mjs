// The quick start in JavaScript.
import { Tenantry } from "tenantry";

const acme = Tenantry.example().actingAs({ type: "system", organization_id: "org_demo", environment: "test" });
const user = acme.execute({ command: "create_registered_user", origin_user_id: "user_a3f9b2" }).response.registered_user_id;

console.log(acme.allows(user, "support", "slack__post_message")); // false: nobody has linked slack
const { remedies } = acme.explain({ registered_user_id: user, tool_pack_id: "support", tool: "slack__post_message" });
console.log(remedies[0].steps.map((step) => step.kind)); // [ 'link' ]

const { link_session_id } = acme.execute({ command: "start_link", registered_user_id: user, connector: "slack" }).response;
acme.execute({ command: "complete_link", link_session_id });
console.log(acme.allows(user, "support", "slack__post_message")); // true
