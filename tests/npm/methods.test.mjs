// A method for each command and query.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { inspect } from "node:util";
import { root } from "./host.mjs";

const { Tenantry, TenantryError, UsageError } = createRequire(join(root, "target/npm/"))("tenantry");
const acting = () => Tenantry.example().actingAs({ type: "system", organization_id: "org_demo", environment: "test" });

test("a command answers its response, a query itself", () => {
  const acme = acting();
  const { created, registered_user } = acme.createRegisteredUser({ origin_user_id: "alice", origin_user_name: "Alice" });
  assert.deepEqual([created, registered_user.origin_user_name], [true, "Alice"]);
  assert.deepEqual(acme.findRegisteredUser({ origin_user_id: "alice" }), registered_user);
  assert.deepEqual(acme.listRegisteredUsers({ status: "active" }).items.at(-1), registered_user);
  assert.equal(acme.getOrganization().organization_id, "org_demo");
});

test("now and entropy may be given", () => {
  const context = { now: "2031-01-01T00:00:00Z", entropy: "00".repeat(16) };
  const { registered_user } = acting().createRegisteredUser({ origin_user_id: "alice" }, context);
  assert.equal(registered_user.created_at, "2031-01-01T00:00:00Z");
});

test("a wrong field is one rejection that names it", () => {
  const refused = (fields) => () => acting().createRegisteredUser(fields);
  assert.throws(
    refused({ origin_user_id: "alice", origin_user_nam: "Alice" }),
    (error) => error instanceof TenantryError && error.pointer === "/origin_user_nam",
  );
  assert.throws(refused(), (error) => error.code === "origin_user_id_required");
  for (const given of ["alice", ["alice"], new Map([["origin_user_id", "alice"]]), 1]) {
    assert.throws(refused(given), (error) => error instanceof TenantryError || error instanceof UsageError, String(given));
  }
});

test("all pages are walked, one at a time", () => {
  const acme = acting();
  for (let number = 0; number < 120; number += 1) acme.createRegisteredUser({ origin_user_id: `user ${number}` });
  assert.equal(acme.listRegisteredUsers().items.length, 50);
  assert.equal(new Set([...acme.iterRegisteredUsers()].map((user) => user.registered_user_id)).size, 121);
  const [first] = acme.iterRegisteredUsers({ limit: 1 });
  assert.deepEqual(first, acme.listRegisteredUsers({ limit: 1 }).items[0]);
});

test("the methods are those that the types have", () => {
  const types = readFileSync(join(root, "bindings-wasm/npm/types.d.ts"), "utf8");
  const declared = [...types.split("export interface Requests {")[1].matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
  const acme = acting();
  assert.equal(declared.length, 44 + 12);
  for (const name of declared) assert.equal(acme[name]?.name, name);
  // What keeps it from being cloned.
  assert.deepEqual(Object.keys(acme), ["uncloneable"]);
});

test("a console shows what it is, and nothing makes an empty object of it", () => {
  const world = Tenantry.example();
  const acme = world.actingAs({ type: "system", organization_id: "org_demo", environment: "test" });
  assert.equal(`${world}`, "<Tenantry: 1 organization, 1 user>");
  acme.createRegisteredUser({ origin_user_id: "alice" });
  assert.equal(inspect(world), "<Tenantry: 1 organization, 2 users>");
  assert.equal(inspect({ acme }), "{ acme: <Acting system org_demo/test> }");
  assert.throws(() => JSON.stringify(world), /snapshot\(\)/);
  assert.throws(() => JSON.stringify({ acme }), /snapshot\(\)/);
  world.free();
  assert.equal(inspect(world), "<Tenantry: freed>");
});
