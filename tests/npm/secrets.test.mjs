// No password or registration secret stays anywhere in WebAssembly's memory, however the call ended.
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
const { Tenantry, TenantryError, UsageError, simulate, validate } = createRequire(join(project("secrets", pack("secrets")), "/"))(
  "tenantry",
);

// Built at run time, so that it stands in no constant; each test has one of its own.
let made = 0;
const fresh = () => ["Correct", "Horse", made++, Math.random().toString(36).slice(2), "Battery"].join("-");

const system = { type: "system", organization_id: "org_demo", environment: "test" };
const command = (password, rest = {}) =>
  Object.defineProperties(
    { command: "create_user", name: "Ada", email: "ada@a.example", password, role: "admin" },
    Object.getOwnPropertyDescriptors(rest),
  );
const large = () => "x".repeat(3_000_000); // the inbox moves, and is not kept
const moves = (acme) =>
  acme.execute({
    command: "create_test_user",
    origin_user_name: "é".repeat(60_000).slice(0, 200),
    get custom_groupings() {
      fails(() => acme.execute({ a: "y".repeat(900_000) }));
      return {};
    },
  });

function stays(secret) {
  const all = Buffer.from(memory.buffer);
  assert.ok(all.includes("create_user"), "nothing can be found at all"); // a constant of the core
  return all.includes(secret.slice(0, 12)) || all.includes(secret.slice(-12));
}

const fails = (run) => assert.throws(run, (error) => error instanceof TenantryError || error instanceof UsageError);

const CALLS = {
  "an accepted command": (acme, secret) => acme.execute(command(secret)),
  "a refused command": (acme, secret) => fails(() => acme.execute(command(secret, { role: "emperor" }))),
  "a password that is too short": (acme, secret) => fails(() => acme.execute(command(secret.slice(0, 12), {}))),
  "a registration secret": (acme, secret) =>
    acme.execute({ command: "issue_registration_token", organization_id: "org_demo", secret: `ort_${secret}` }),
  "an unknown registration secret": (_acme, secret, world) => {
    const join = { organization_id: "org_demo", org_token: `ort_${secret}`, role: undefined };
    fails(() => world.execute(command("Correct-Horse-9", join), { actor: { type: "anonymous" } }));
  },
  "a function behind it": (acme, secret) => fails(() => acme.execute(command(secret, { metadata: { a: () => {} } }))),
  "a bigint far behind it": (acme, secret) =>
    fails(() => acme.execute(command(secret, { metadata: { a: Array(9_000).fill("filler"), b: 1n } }))),
  "a getter that throws behind it": (acme, secret) =>
    fails(() =>
      acme.execute(
        command(secret, {
          get metadata() {
            throw new Error("no");
          },
        }),
      ),
    ),
  "a context that cannot be read": (acme, secret) => fails(() => acme.execute(command(secret), { now: Symbol("s") })),
  "an inbox that moves, accepted": (acme, secret) => fails(() => acme.execute(command(secret, { metadata: { a: large() } }))),
  "an inbox that moves, and a bigint": (acme, secret) =>
    fails(() => acme.execute(command(secret, { metadata: { a: "x".repeat(900_000), b: 1n } }))),
  "a command that is too large": (acme, secret) =>
    fails(() => acme.execute(command(secret, { metadata: { a: Array(9).fill(large()) } }))),
  "memory that grows meanwhile": (acme, secret) =>
    acme.execute(
      command(secret, {
        get metadata() {
          memory.grow(1);
          return { a: 1 };
        },
      }),
    ),
  "memory that grows meanwhile, and a bigint": (acme, secret) =>
    fails(() =>
      acme.execute(
        command(secret, {
          get metadata() {
            memory.grow(1);
            return { a: 1n };
          },
        }),
      ),
    ),
  "memory that grows, and a getter that throws": (acme, secret) =>
    fails(() =>
      acme.execute(
        command(secret, {
          get metadata() {
            memory.grow(1);
            throw new Error("no");
          },
        }),
      ),
    ),
  "a call inside a getter of another call": (acme, secret) =>
    acme.execute({
      command: "create_test_user",
      get origin_user_name() {
        fails(() => acme.execute(command(secret, { metadata: { a: 1n } })));
        acme.execute(command(secret));
        return "Ada";
      },
    }),
  "another call inside its own getter": (acme, secret) =>
    fails(() =>
      acme.execute(
        command(secret, {
          get metadata() {
            moves(acme);
            return 1n;
          },
        }),
      ),
    ),
  "a getter that frees the instance": (acme, secret, world) =>
    assert.throws(
      () =>
        acme.execute(
          command(secret, {
            get metadata() {
              world.free();
              return {};
            },
          }),
        ),
      /freed/,
    ),
  "JSON text": (acme, secret) => acme.execute(JSON.stringify(command(secret))),
  "JSON text with escapes": (acme, secret) => acme.execute(JSON.stringify(command(secret)).replaceAll("-", "\\u002d")),
  "JSON text that breaks off": (acme, secret) => fails(() => acme.execute(JSON.stringify(command(secret)).slice(0, -1))),
  "the bytes of JSON text": (acme, secret) => acme.execute(new TextEncoder().encode(JSON.stringify(command(secret)))),
  "an unknown field": (acme, secret) => fails(() => acme.execute(command(secret, { passwort: 5 }))),
  validate: (_acme, secret) => validate(command(secret)),
  "validate with a policy that is none": (_acme, secret) => fails(() => validate(command(secret), { retention_days: 1n })),
  preview: (acme, secret) => acme.preview(command(secret)),
  "a batch of calls": (acme, secret) => acme.authorizeBatch([command(secret)]),
  "a scenario": (_acme, secret) =>
    fails(() =>
      simulate({
        scenario: "x",
        start: "2026-01-31T10:00:00Z",
        seed: "1",
        actors: {},
        steps: [{ as: "nobody", execute: command(secret) }],
      }),
    ),
};

for (const [name, call] of Object.entries(CALLS)) {
  test(name, () => {
    const world = Tenantry.example();
    const acme = world.actingAs(system);
    const secret = fresh();
    call(acme, secret, world);
    assert.equal(stays(secret), false);
  });
}
