// Values of another realm, as `vm`, an `<iframe>` or a test runner has them, are what they are at home.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { pack, project } from "./host.mjs";

const { Tenantry, UsageError, canonicalJson } = createRequire(join(project("realms", pack("realms")), "/"))("tenantry");
const realm = createContext({});
const there = (source) => runInContext(`(${source})`, realm);

const snapshot = Tenantry.example().snapshot();
const system = there('{ type: "system", organization_id: "org_demo", environment: "test" }');

test("plain objects, arrays and dates", () => {
  assert.equal(canonicalJson(there("{ a: [1, { b: null }], c: Object.create(null) }")), '{"a":[1,{"b":null}],"c":{}}');
  const acme = Tenantry.restore(there(snapshot)).actingAs(system);
  const created = acme.execute(there('{ command: "create_test_user" }'), there('{ now: new Date("2026-01-31T10:00:00Z") }'));
  assert.equal(created.response.registered_user.created_at, "2026-01-31T10:00:00Z");
});

test("buffers and views", () => {
  for (const view of ["buffer", "bytes", "new DataView(buffer)", "shared"]) {
    const bytes = there(
      "(text) => { const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt()); const { buffer } = bytes; const shared = new SharedArrayBuffer(bytes.length); new Uint8Array(shared).set(bytes); return " +
        view +
        "; }",
    )(snapshot);
    assert.equal(Tenantry.restore(bytes).snapshot(), snapshot);
  }
  const acme = Tenantry.example().actingAs(system);
  acme.execute({ command: "create_test_user" }, { entropy: there("new Uint8Array(16)") });
});

test("what is refused at home is refused from there", () => {
  const wrong = [
    "new Map()",
    "new Set()",
    "new (class Money { get amount() { return 1; } })()",
    "new (class Point { toJSON() {} })()",
    "new Date(NaN)",
    "Promise.resolve()",
    "new Error()",
    "() => {}",
  ];
  for (const source of wrong) {
    assert.throws(
      () => canonicalJson([there(source)]),
      (error) => error instanceof UsageError && error.pointer === "/0",
      source,
    );
  }
});
