// Snapshots from JavaScript to Rust and back: the same bytes.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pack, project, root, run } from "./host.mjs";

const { Tenantry } = createRequire(join(project("roundtrip", pack("roundtrip")), "/"))("tenantry");
const system = { type: "system", organization_id: "org_demo", environment: "test" };

const env = { ...process.env, CARGO_TARGET_DIR: join(root, "target") };
run("cargo", ["build", "--quiet", "--package", "tenantry-examples", "--example", "roundtrip"], {
  cwd: root,
  env,
  stdio: "inherit",
});

/** Restores a snapshot in Rust and writes it again. */
function rust(snapshot) {
  const { status, stdout, stderr } = spawnSync(join(root, "target/debug/examples/roundtrip"), {
    input: snapshot,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** Something of everything that a state holds, and texts that are hard to write alike. */
function rich(acme) {
  const hard = 'é\u0000\u007f\u2028\uffff😀"\\/';
  const shared_credential_group = {
    origin_company_id: "ünï😀",
    origin_company_name: hard,
    custom_groupings: { "😀": hard, "\uffff": "", z: "a" },
  };
  const [kept, gone] = ["a", "b"].map(
    (origin_user_id) =>
      acme.execute({ command: "create_registered_user", origin_user_id, origin_user_name: hard, shared_credential_group })
        .response.registered_user_id,
  );
  for (const link of [{}, { external_account_id: "é\u2028\uffff😀", expires_at: new Date(253402300799999) }]) {
    const { link_session_id } = acme.execute({ command: "start_link", registered_user_id: kept, connector: "slack" }).response;
    acme.execute({ command: "complete_link", link_session_id, ...link });
  }
  acme.execute({ command: "start_link", registered_user_id: kept, connector: "jira", tool_pack_id: "support" });
  acme.execute({ command: "start_tool_call", registered_user_id: kept, tool_pack_id: "support", tool: "slack__post_message" });
  acme.execute({ command: "delete_registered_user", registered_user_id: gone });
  acme.execute({ command: "set_retention_hold", registered_user_id: gone, held: true, reason: hard });
  const rule = { all: [{ attribute: "😀", in: [hard, ""] }, { not: { user_type: "SYSTEM" } }, { any: [] }] };
  acme.execute({ command: "put_group", group_id: "g/~", name: hard, rule });
  const numbers = [0.1, -0, 1e-7, 5e-324, 123456789.125, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 1];
  const metadata = JSON.parse(JSON.stringify({ "": { [hard]: [null, true] }, own: numbers }).replace("own", "__proto__"));
  const account = {
    command: "create_user",
    name: hard,
    email: "a@b.example",
    external_id: "x",
    role: "admin",
    password: "Correct-Horse-9",
  };
  acme.execute({ ...account, metadata });
  const token = { command: "issue_registration_token", organization_id: "org_demo", secret: `ort_${"x".repeat(40)}` };
  acme.execute({ ...token, max_uses: null, role: "organization_admin", expires_at: 4_000_000_000_001 });
}

test("a snapshot goes to Rust and back as the same bytes (S-1)", () => {
  const world = Tenantry.example();
  for (const change of [() => {}, rich]) {
    change(world.actingAs(system));
    const snapshot = world.snapshot();
    const there = rust(snapshot);
    assert.deepEqual(there, { status: 0, stdout: snapshot, stderr: "" });
    assert.equal(Tenantry.restore(there.stdout).snapshot(), snapshot);
  }
  assert.ok(world.snapshot().includes("😀") && world.snapshot().includes("__proto__"));
});

test("both refuse alike what is no snapshot (S-2)", () => {
  const snapshot = Tenantry.example().snapshot();
  for (const wrong of [
    "",
    "{}",
    '{"format":"x"}',
    "[".repeat(200),
    snapshot.replace('"slack"', '"slick"'),
    Buffer.from([0xff]),
  ]) {
    const { status, stdout, stderr } = rust(wrong);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.throws(
      () => Tenantry.restore(wrong),
      (error) => {
        assert.deepEqual(JSON.parse(JSON.stringify(error)), JSON.parse(stderr));
        return true;
      },
    );
  }
});
