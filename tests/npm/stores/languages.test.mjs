// A service in Python and a worker in Node share one database: what one has written, the other reads and continues.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { CALL, DAY, furnish, HOST, installed, postgresql, root, START, scratch } from "./world.mjs";

const { PostgresStore, SqliteStore, Tenantry } = installed("languages");
const path = scratch();
const schema = postgresql();

// Answers calls of a store's or a handle's methods, one a line.
const SERVICE = `
import json, sys
from tenantry.stores import SqliteStore
from tenantry.stores.postgresql import PostgresStore
kind, address = sys.argv[1:]
store = {"SQLite": SqliteStore, "PostgreSQL": PostgresStore}[kind](address)
for line in sys.stdin:
    actor, method, fields = json.loads(line)
    answer = getattr(store.acting_as(actor) if actor else store, method)(**fields)
    answer = answer.decode() if isinstance(answer, bytes) else answer
    print(json.dumps(answer, default=lambda decision: decision.to_dict()), flush=True)
`;

function service(kind, address) {
  const child = spawn(join(root, "target/venv/bin/python"), ["-c", SERVICE, kind, address], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  after(() => child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const call = async (actor, method, fields = {}) => {
    child.stdin.write(`${JSON.stringify([actor, method, fields])}\n`);
    return JSON.parse((await lines.next()).value);
  };
  return { store: (method, fields) => call(null, method, fields), acme: (method, fields) => call(HOST, method, fields) };
}

async function share(node, python) {
  await python.store("migrate");
  await node.migrate(); // finds the tables
  await furnish(node);
  const acme = node.actingAs(HOST);

  // Python creates and starts to link, Node completes it; Node finds the user that Python has created.
  const group = { origin_company_id: "größe\u2028", origin_company_name: 'A "quoted" one' };
  const create = {
    origin_user_id: "user'1\\ 😀",
    shared_credential_group: group,
    custom_groupings: { 10: "ten", 9: "nine" },
    now: START,
  };
  const { registered_user_id } = await python.acme("create_registered_user", create);
  const { now, ...fields } = create;
  const again = await acme.createRegisteredUser(fields, { now });
  assert.deepEqual([again.created, again.registered_user_id], [false, registered_user_id]);
  const { link_session_id } = await python.acme("start_link", { registered_user_id, connector: "slack", now });
  await acme.completeLink({ link_session_id, external_account_id: "U1" }, { now });

  // Both decide alike, at any instant; a call that one has started, the other finishes.
  const call = { registered_user_id, ...CALL };
  for (const at of [now, now + 100 * DAY]) {
    const asked = await python.acme("authorize", { call, context: { now: at } });
    assert.deepEqual(JSON.parse(JSON.stringify(await acme.authorize(call, { now: at }))), asked);
  }
  const { tool_call_id } = await acme.startToolCall(call, { now });
  await python.acme("finish_tool_call", { registered_user_id, tool_call_id, result: "completed", now });
  const listed = (await python.acme("list_registered_users", { now })).items;
  assert.deepEqual((await acme.listRegisteredUsers({}, { now })).items, listed);

  // One outbox, one sequence of positions: what Node's worker takes, Python's does not.
  await python.acme("delete_registered_user", { registered_user_id, now });
  const [{ number, effect }] = await node.takeEffects({ seconds: 600 });
  assert.deepEqual([effect.effect, await python.store("take_effects")], ["revoke_upstream", []]);
  await node.effectDone(number);
  const events = await node.events();
  assert.deepEqual(
    await python.store("events"),
    events.map(({ position, event }) => [position, event]),
  );

  // What Python's command was to erase, and what Node's sweep is to, is gone for both.
  assert.ok(!JSON.stringify(events).includes("U1"));
  assert.equal(await node.nextDue(), await python.store("next_due"));
  assert.equal(await node.sweep({ now: now + 100 * DAY }), 1);
  const left = (await python.store("events")).map(([, event]) => event);
  assert.deepEqual(
    left.filter(({ stream }) => stream.id === registered_user_id).map(({ event }) => event),
    ["registered_user_purged"],
  );
  assert.equal(await node.snapshot(), await python.store("snapshot"));
  assert.equal(Tenantry.fold(left).snapshot(), await node.snapshot());
}

// Both write at the same time: they take each other's locks.
async function together(node, python) {
  const acme = node.actingAs(HOST);
  const shared_credential_group = { origin_company_id: "globex" };
  const ids = (language) =>
    Array.from({ length: 20 }, (_, number) => ({ origin_user_id: `${language} ${number}`, shared_credential_group }));
  const fromPython = (async () => {
    for (const fields of ids("python")) await python.acme("create_registered_user", fields);
  })();
  for (const fields of ids("node")) {
    await acme.createRegisteredUser(fields);
    await new Promise(setImmediate);
  }
  await fromPython;
  const { items } = await acme.listCompanies();
  assert.equal(items.find(({ origin_company_id }) => origin_company_id === "globex").members, 40);
}

test("SQLite is shared by Python and Node", async () => {
  const file = path();
  const node = new SqliteStore(file);
  const python = service("SQLite", file);
  await share(node, python);
  await together(node, python);
  node.close();
});

test("PostgreSQL is shared by Python and Node", async () => {
  const connection = await schema();
  const { host, port, user, database, options } = connection;
  const node = new PostgresStore(connection);
  const python = service("PostgreSQL", `host=${host} port=${port} user=${user} dbname=${database} options='${options}'`);
  await share(node, python);
  await together(node, python);
  await node.close();
});
