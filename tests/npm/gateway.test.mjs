// What gateways use: a tool call from start to finish, problems, full names, and the table of errors without the core.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pack, project } from "./host.mjs";

const folder = project("gateway", pack("gateway"));
const require = createRequire(join(folder, "/"));
const {
  Tenantry,
  TenantryError,
  errorCatalog,
  fullName,
  isTenantryError,
  problem,
  splitFullName,
  withToolCall,
} = require("tenantry");

function world({ linked }) {
  const acme = Tenantry.restore(Tenantry.example().snapshot(), { journal: "memory" }).actingAs({
    type: "system",
    organization_id: "org_demo",
    environment: "test",
  });
  const { registered_user_id } = acme.createRegisteredUser({ origin_user_id: "ada" });
  if (linked) acme.completeLink({ link_session_id: acme.startLink({ registered_user_id, connector: "slack" }).link_session_id });
  const call = { registered_user_id, tool_pack_id: "support", tool: "slack__post_message" };
  const finished = () =>
    [...acme.iterJournal({})].filter(({ event }) => event.startsWith("tool_call_")).map(({ event, result }) => result ?? event);
  return { acme, call, finished };
}

test("a tool call that is allowed is started, run and completed", async () => {
  const { acme, call, finished } = world({ linked: true });
  const answer = await withToolCall(acme, call, async ({ owner, connector }) => [owner.scope, connector, finished()]);
  assert.deepEqual(answer, ["INDIVIDUAL", "slack", ["tool_call_started"]]);
  assert.deepEqual(finished(), ["tool_call_started", "completed"]);
});

test("a tool that fails is finished as failed, and its own error comes out", async () => {
  const { acme, call, finished } = world({ linked: true });
  for (const run of [() => assert.fail("at once"), async () => assert.fail("later")]) {
    await assert.rejects(withToolCall(acme, call, run), assert.AssertionError);
  }
  assert.deepEqual(finished(), ["tool_call_started", "failed", "tool_call_started", "failed"]);
});

test("a tool that is denied is never run, and its denial is an error of the package", async () => {
  const { acme, call, finished } = world({ linked: false });
  const denied = await withToolCall(acme, call, () => assert.fail("it ran")).catch((error) => error);
  assert.ok(denied instanceof TenantryError);
  assert.deepEqual(
    [denied.code, denied.status, denied.kind, finished()],
    ["credential_required", 403, "permission", ["tool_call_denied"]],
  );
  const malformed = withToolCall(acme, { ...call, tool: "slack" }, () => assert.fail("it ran"));
  await assert.rejects(malformed, (error) => isTenantryError(error) && error.status === 400);
});

test("a call that lapsed or whose user left while its tool ran still gives what the tool gave", async () => {
  const { acme, call } = world({ linked: true });
  const late = Date.now() + 365 * 24 * 3600 * 1000;
  assert.equal(await withToolCall(acme, call, () => acme.advanceTime({}, { now: late }) && "done"), "done");
});

test("there is a problem for denials and errors alike, and of nothing else", () => {
  const { acme, call } = world({ linked: false });
  const denial = acme.authorize(call);
  const shown = problem(denial, { documentationBaseUrl: "https://docs.example/" });
  assert.deepEqual(
    [shown.status, shown.code, shown.what_to_do, shown.type],
    [denial.status, denial.code, denial.what_to_do, "https://docs.example/credential_required"],
  );
  assert.deepEqual([typeof shown.user_message, shown.user_message], ["string", denial.user_message]);
  assert.deepEqual(problem(JSON.parse(JSON.stringify(denial))), { ...shown, type: "about:blank" });
  let error;
  try {
    acme.execute({ command: "create_registered_user" });
  } catch (thrown) {
    error = thrown;
  }
  assert.deepEqual(problem(error), error.toProblem());
  for (const other of [new Error("x"), { effect: "allow" }, null, undefined, "x"]) assert.equal(problem(other), undefined);
});

test("full names are parted where the core parts them", () => {
  const { acme, call } = world({ linked: true });
  for (const [connector, tool] of [
    ["slack", "post_message"],
    ["aws", "aws___search"],
    ["a.b-c", "x__y"],
    ["a", "_b"],
  ]) {
    assert.deepEqual(splitFullName(fullName(connector, tool)), { connector, tool });
    acme.putConnector({ connector, tools: [tool] });
  }
  acme.putToolPack({ tool_pack_id: "all", name: "All", connectors: [{ connector: "aws", auth_scope: "NONE" }] });
  const { connector, tool } = acme.authorize({ ...call, tool_pack_id: "all", tool: fullName("aws", "aws___search") });
  assert.deepEqual([connector, tool], ["aws", "aws__aws___search"]);
  assert.equal(splitFullName("slack"), null);
});

test("requests as text have methods of their own", () => {
  const { acme } = world({ linked: false });
  const command = '{"command":"create_registered_user","origin_user_id":"grace"}';
  assert.equal(acme.previewJson(command).response.created, true);
  assert.equal(acme.executeJson(Buffer.from(command)).response.created, true);
  assert.equal(acme.queryJson('{"query":"list_registered_users","status":"active"}').items.at(-1).origin_user_id, "grace");
});

test("the table of errors lies in the package as data", () => {
  assert.deepEqual(require("tenantry/errors.json"), errorCatalog());
  assert.ok(readFileSync(require.resolve("tenantry/errors.json"), "utf8").includes('"what_to_do"'));
});
