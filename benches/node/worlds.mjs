// The same world for everybody: users of one company, a tool pack of three connectors, credentials for two.
export const USERS = 1_000;
export const TOOLS = { slack: ["post_message", "list_channels"], jira: ["create_issue"], github: ["open_issue"] };
export const LINKED = ["slack", "jira"];
export const PACK = "support";

export const BODY = {
  command: "create_registered_user",
  origin_user_id: "user_a3f9b2",
  origin_user_name: "Ada Lovelace",
  origin_user_email: "ada@example.com",
  shared_credential_group: {
    origin_company_id: "acme_corp",
    origin_company_name: "Acme Corporation",
    custom_groupings: { region: "emea", plan: "enterprise" },
  },
  user_type: "HUMAN",
};
export const FAULTY = { ...BODY, origin_user_id: 42, user_type: "ROBOT" };

const SYSTEM = { type: "system", organization_id: "org_demo", environment: "test" };

/** Ours: the instance, its handle, and the ids of its users. */
export async function ours() {
  const { Tenantry } = await import("tenantry");
  const world = Tenantry.example();
  const acme = world.actingAs(SYSTEM);
  for (const [connector, tools] of Object.entries(TOOLS)) acme.execute({ command: "put_connector", connector, tools });
  const connectors = Object.keys(TOOLS).map((connector) => ({ connector }));
  acme.execute({ command: "put_tool_pack", tool_pack_id: PACK, name: "Support", connectors });
  const users = Array.from({ length: USERS }, (_, index) => {
    const created = acme.execute({ command: "create_registered_user", origin_user_id: `user_${index}` });
    const { registered_user_id } = created.response;
    for (const connector of LINKED) {
      const { link_session_id } = acme.execute({ command: "start_link", registered_user_id, connector }).response;
      acme.execute({ command: "complete_link", link_session_id });
    }
    return registered_user_id;
  });
  return { world, acme, users };
}

/** Ids as ours are, for the others. */
export const ids = Array.from({ length: USERS }, (_, index) => `0195a7c2-1f00-7000-8000-${String(index).padStart(12, "0")}`);
