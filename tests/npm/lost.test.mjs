// A call that breaks off inside WebAssembly loses every instance, which say so; the package goes on working.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { pack, project } from "./host.mjs";

const PAGES = 256; // of 64 KiB: 16 MiB, all that the module under test may have
const system = { type: "system", organization_id: "org_demo", environment: "test" };

const folder = project("lost", pack("lost"));
const require = createRequire(join(folder, "/"));
const { InstanceLostError, Tenantry, initialize, isTenantryError, simulate, validate } = await import(
  pathToFileURL(join(folder, "node_modules/tenantry/manual.js"))
);
initialize(new WebAssembly.Module(limited(readFileSync(require.resolve("tenantry/tenantry.wasm")))));

/** The module with a maximum of memory, which it has none of. */
function limited(wasm) {
  const number = (at) => {
    let [value, shift] = [0, 0];
    for (let byte = 0x80; byte & 0x80; shift += 7) value |= ((byte = wasm[at++]) & 0x7f) << shift;
    return [value, at];
  };
  const bytes = (value) => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...bytes(value >> 7)]);
  for (let at = 8, size; at < wasm.length; at += size) {
    const [start, id] = [at, wasm[at]];
    [size, at] = number(at + 1);
    if (id !== 5) continue;
    const [least] = number(at + 2);
    assert.deepEqual([wasm[at], wasm[at + 1]], [1, 0]); // one memory without a maximum
    const memory = [1, 1, ...bytes(least), ...bytes(PAGES)];
    return Buffer.concat([wasm.subarray(0, start), Buffer.from([5, memory.length, ...memory]), wasm.subarray(at + size)]);
  }
  throw new Error("no memory section");
}

let world;
let acme;
let snapshot;
beforeEach(() => {
  world = Tenantry.example();
  acme = world.actingAs(system);
  acme.execute({ command: "create_registered_user", origin_user_id: "user_a3f9b2" });
  snapshot = world.snapshot();
});

const lost = (error) => error instanceof InstanceLostError && error.name === "InstanceLostError" && !isTenantryError(error);

/** All that was made before says that it is lost; what is made now works, and holds what was kept. */
function everythingIsLostAndWorks() {
  for (const call of [
    () => world.snapshot(),
    () => world.nextDue(),
    () => acme.allows("a", "b", "c"),
    () => acme.codes(["a"], ["b"], ["c"]),
    () => world.actingAs(system),
    () => acme.execute({ command: "advance_time" }),
  ]) {
    assert.throws(call, lost);
  }
  world.free();
  assert.throws(() => world.snapshot(), { message: "this Tenantry has been freed" });
  const restored = Tenantry.restore(snapshot);
  assert.equal(restored.snapshot(), snapshot);
  assert.equal(restored.actingAs(system).allows("a", "b", "c"), false);
  assert.equal(validate({ command: "advance_time" }).length, 0);
}

test("a scenario that memory cannot hold", () => {
  for (let round = 0; round < 3; round++) {
    assert.throws(
      () => simulate(`[${"0,".repeat(1_000_000)}0]`),
      (error) => lost(error) && error.cause instanceof WebAssembly.RuntimeError,
    );
  }
  everythingIsLostAndWorks();
});

test("an argument that finds no room is refused, and nothing is lost", () => {
  assert.throws(
    () => simulate("x".repeat(PAGES << 16)),
    (error) => isTenantryError(error) && error.toJSON().message === "too large for this host",
  );
  assert.equal(world.snapshot(), snapshot);
});

test("one instance too many", () => {
  const worlds = [];
  assert.throws(() => {
    for (;;) worlds.push(Tenantry.restore(snapshot));
  }, lost);
  assert.ok(worlds.length > 10);
  for (const each of worlds) assert.throws(() => each.snapshot(), lost);
  everythingIsLostAndWorks();
});

test("a getter inside whose call everything was lost: the outer call is lost, too", () => {
  const breaks = () => assert.throws(() => simulate(`[${"0,".repeat(1_000_000)}0]`), lost);
  const command = {
    command: "create_registered_user",
    get origin_user_id() {
      breaks();
      return "b";
    },
  };
  assert.throws(() => acme.execute(command), lost);
  everythingIsLostAndWorks();
  assert.throws(
    () =>
      new Tenantry({
        policy: {
          get retention_days() {
            breaks();
            return 1;
          },
        },
      }),
    lost,
  );
});

test("a stack that ends inside a call: it is done, or not begun, or the instance is lost", () => {
  let done = 0;
  const descend = () => {
    try {
      acme.execute({ command: "create_test_user" });
      done += 1;
    } catch (error) {
      assert.ok(lost(error) || isTenantryError(error) || error instanceof RangeError, String(error));
    }
    descend();
  };
  assert.throws(descend, RangeError);
  assert.ok(done > 0);
  let users;
  try {
    users = JSON.parse(world.snapshot()).registered_users.length;
  } catch (error) {
    assert.ok(lost(error), String(error));
    return everythingIsLostAndWorks();
  }
  assert.equal(users, done + 1);
});
