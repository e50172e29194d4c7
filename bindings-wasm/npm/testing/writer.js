// A process that writes a common history: commands at random on what all of them share, each answer noted before the next one.
import { openSync, writeSync } from "node:fs";
import { isTenantryError } from "tenantry";
import { placeOf } from "./place.js";

const COMPANIES = ["globex", "initech", "umbrella"];
const [module, organization_id, path, millis] = process.argv.slice(2);

write().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);

async function write() {
  const store = await (await import(module)).default();
  const acme = store.actingAs({ type: "system", organization_id, environment: "test" });
  const log = openSync(path, "a");
  const sessions = [];
  for (const end = Date.now() + Number(millis); Date.now() < end; ) {
    try {
      const { events } = await acme.execute(await command(acme, sessions));
      sessions.push(...events.filter(({ event }) => event === "link_session_started").map((event) => event.link_session_id));
      writeSync(log, `${JSON.stringify(events.map(placeOf))}\n`);
    } catch (error) {
      if (!isTenantryError(error)) throw error;
    }
  }
}

// Any command that changes a user, a company or the organization.
async function command(acme, sessions) {
  const shared_credential_group = { origin_company_id: any(COMPANIES) };
  const origin_user_id = `user_${Math.trunc(Math.random() * 8)}`;
  const create = { command: "create_registered_user", origin_user_id, shared_credential_group };
  const { items: users } = await acme.listRegisteredUsers({ limit: 20 });
  if (users.length === 0 || Math.random() < 0.2) return create;
  const user = { registered_user_id: any(users).registered_user_id };
  const session = { link_session_id: any(sessions) ?? "none" };
  const patch = any([{ shared_credential_group }, { is_active: false }, { is_active: true }]);
  const link = { command: "start_link", ...user, connector: "slack", tool_pack_id: any([null, "shared"]) };
  return any([
    { command: "update_registered_user", ...user, patch },
    { command: "delete_registered_user", ...user },
    link,
    link,
    { command: "complete_link", ...session },
    { command: "start_tool_call", ...user, tool_pack_id: "shared", tool: "slack__read" },
    { command: "delete_company", origin_company_id: shared_credential_group.origin_company_id },
    { command: "put_connector", connector: "slack", tools: ["read", any(["write", "post"])] },
    { command: "advance_time", limit: 10 },
  ]);
}

function any(list) {
  return list[Math.trunc(Math.random() * list.length)];
}
