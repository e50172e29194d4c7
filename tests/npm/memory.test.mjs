// A million calls leave WebAssembly's memory as large as it was.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pack, project } from "./host.mjs";

// The package asks for its instance once, as it is loaded.
let memory;
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...given) {
    super(...given);
    ({ memory } = this.exports);
  }
};
const { Tenantry, validate } = createRequire(join(project("memory", pack("memory")), "/"))("tenantry");

const system = { type: "system", organization_id: "org_demo", environment: "test" };
const world = Tenantry.example();
const acme = world.actingAs(system);
const user = acme.execute({ command: "create_registered_user", origin_user_id: "user_a3f9b2" }).response.registered_user_id;

function rounds(count) {
  for (let round = 0; round < count; round++) {
    acme.allows(user, "support", "slack__post_message");
    acme.allows(user, "support", "not a tool");
    validate({ command: "create_test_user", origin_user_name: "Ada" });
    validate('{"command":"create_test_user","origin_user_name":5}');
    if (round % 100 === 0) {
      new Tenantry().free();
      for (let request = 0; request < 10; request++) {
        const handle = world.actingAs(system);
        handle.nextDue();
        handle.free();
      }
      acme.execute({
        command: "update_registered_user",
        registered_user_id: user,
        patch: { origin_user_name: `Ada ${round % 7}` },
      });
      assert.throws(() => acme.execute({ command: "create_test_user", origin_user_name: 1n }));
    }
  }
}

test("a million calls do not make memory grow", () => {
  rounds(1_000);
  const before = memory.buffer.byteLength;
  rounds(250_000);
  assert.equal(memory.buffer.byteLength, before);
});

const key = {
  type: "access_key",
  organization_id: "org_demo",
  environment: "test",
  scopes: ["runtime"],
  registered_user_ids: Array.from({ length: 50 }, () => user),
};

/** Runs it so often, and answers how often memory has grown meanwhile. */
function growths(count, run) {
  let [steps, before] = [0, memory.buffer];
  for (let round = 0; round < count; round++) {
    run();
    if (memory.buffer !== before) steps += 1;
    before = memory.buffer;
  }
  return steps;
}

// Each growth gives JavaScript another buffer of the whole memory, which its collector counts as so much more.
test("a handle for each of many requests: memory grows in few steps, and not at all where they are freed", () => {
  const { byteLength } = memory.buffer;
  const freed = growths(40_000, () => {
    const handle = world.actingAs(key);
    handle.allows(user, "support", "slack__post_message");
    handle.free();
  });
  assert.ok(freed <= 1, `${freed} steps`);
  const handles = [];
  const steps = growths(40_000, () => {
    const handle = world.actingAs(key);
    handle.allows(user, "support", "slack__post_message");
    handles.push(handle);
  });
  assert.ok(memory.buffer.byteLength > 8 * byteLength, "nothing is measured");
  assert.ok(steps < 30, `${steps} steps`);
  for (const handle of handles) handle.free();
});

test("a world of many users is built in few steps", () => {
  const large = new Tenantry();
  large.execute({ command: "create_organization", organization_id: "org_demo", name: "Demo" }, { actor: { type: "system" } });
  const host = large.actingAs(system);
  let made = 0;
  const steps = growths(40_000, () => host.execute({ command: "create_registered_user", origin_user_id: `user_${made++}` }));
  const restored = growths(1, () => Tenantry.restore(large.snapshot()).free());
  assert.ok(steps + restored < 30, `${steps} steps`);
  large.free();
});

test("a large argument's memory is used again", () => {
  const large = { command: "create_test_user", origin_user_name: "x".repeat(5_000_000) };
  validate(large);
  const before = memory.buffer.byteLength;
  for (let round = 0; round < 20; round++) assert.equal(validate(large).length, 1);
  assert.equal(memory.buffer.byteLength, before);
});
