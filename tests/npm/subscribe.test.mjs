// What a callback throws undoes nothing, and is thrown where nobody catches it.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pack, project, run } from "./host.mjs";

test("what a callback throws is uncaught, and the command stands", () => {
  const folder = project("subscribe", pack("subscribe"));
  const source = `
    import { Tenantry } from "tenantry";
    process.on("uncaughtException", (error) => console.log("uncaught", error.message));
    const world = Tenantry.example();
    const acme = world.actingAs({ type: "system", organization_id: "org_demo", environment: "test" });
    world.subscribe(() => { throw new Error("a projection is broken"); });
    world.subscribe((events) => console.log("heard", events.length));
    console.log("created", acme.createRegisteredUser({ origin_user_id: "user_1" }).created);
    console.log("version", acme.findRegisteredUser({ origin_user_id: "user_1" }).version);`;
  writeFileSync(join(folder, "main.mjs"), source);
  const lines = run("node", ["main.mjs"], { cwd: folder }).trim().split("\n");
  assert.deepEqual(lines, ["heard 1", "created true", "version 1", "uncaught a projection is broken"]);
});
