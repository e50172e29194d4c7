// The organization that the gateway serves: its catalogue and users. Doing it again changes nothing.
const ORGANIZATION = { organization_id: "org_demo", environment: "test" };

/** Answers a handle for the host, and a function from a token to its registered user. `store` is a store or an instance. */
export async function setUp(store, { connectors, tool_pack_id, tokens }) {
  try {
    const { organization_id } = ORGANIZATION;
    await store.actingAs({ type: "system" }).createOrganization({ organization_id, name: "Demo" });
  } catch (error) {
    if (error.code !== "organization_exists") throw error;
  }
  const acme = store.actingAs({ type: "system", ...ORGANIZATION });
  for (const [connector, { tools }] of Object.entries(connectors)) {
    await acme.putConnector({ connector, tools: Object.keys(tools) });
  }
  const entries = Object.keys(connectors).map((connector) => ({ connector }));
  await acme.putToolPack({ tool_pack_id, name: "Tools of the gateway", connectors: entries });
  const users = new Map();
  for (const [token, origin_user_id] of Object.entries(tokens)) {
    users.set(token, (await acme.createRegisteredUser({ origin_user_id })).registered_user_id);
  }
  return { acme, authenticate: (token) => users.get(token) };
}
