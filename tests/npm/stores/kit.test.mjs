// The kit that tries stores: these hold, and stores with a part taken out do not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { installed, moduleOf, postgresql, root, scratch } from "./world.mjs";

const { folder, SqliteStore, checkStore } = installed("kit");
const path = scratch();
const schema = postgresql();

// Time for others between the look at the guards and the writing.
const AFTER_GUARDS = "    -- Compare and set";
const slow = (seconds) => [AFTER_GUARDS, `    PERFORM pg_sleep(${seconds});\n${AFTER_GUARDS}`];

async function altered(name, ...alterations) {
  let script = readFileSync(join(root, "stores/schema/postgresql.sql"), "utf8");
  for (const [old, other] of alterations) {
    assert.ok(script.includes(old), old);
    script = script.replaceAll(old, other);
  }
  return moduleOf(folder, name, "PostgresStore", { ...(await schema(script)), max: 2 });
}

test("SQLite holds", async () => {
  const file = path();
  const store = new SqliteStore(file);
  store.migrate();
  store.close();
  await checkStore(moduleOf(folder, "sqlite", "SqliteStore", file), { rounds: 3, seconds: 2 });
});

test("PostgreSQL holds, however slow it is", async () => {
  await checkStore(await altered("postgresql", slow(0.003)), { rounds: 2, seconds: 2 });
});

const FAULTS = {
  "without guards": {
    message: /the environments that have one `origin_user_id`/,
    alterations: [["present.revision IS DISTINCT FROM guard.revision", "false"]],
  },
  "without locks": {
    // Whoever writes the same rows is found by the compare-and-set, and may lose to the end.
    message: /the environments that have one `origin_user_id`|an exception other than a refusal/,
    alterations: [
      slow(0.02),
      ["PERFORM pg_advisory_xact_lock_shared", "PERFORM abs"],
      ["PERFORM pg_advisory_xact_lock", "PERFORM abs"],
    ],
  },
  "with positions from a sequence": {
    message: /whoever followed the events has missed some/,
    rounds: 0,
    alterations: [
      // Some commits take longer than others.
      ["    RETURN true", "    PERFORM pg_sleep(random() / 10);\n    RETURN true"],
      [
        "(stream_kind, stream_id, sequence, name, acting_user, linked_by, event)\n    SELECT",
        "(stream_kind, stream_id, sequence, name, acting_user, linked_by, event, position)\n    SELECT",
      ],
      ["linked_by, event\n    FROM ROWS", "linked_by, event, nextval('tenantry_events_number_seq')\n    FROM ROWS"],
    ],
  },
};

for (const [name, { message, alterations, rounds = 3 }] of Object.entries(FAULTS)) {
  test(`the kit finds a store ${name}`, async () => {
    const module = await altered(name.replaceAll(" ", "-"), ...alterations);
    await assert.rejects(checkStore(module, { rounds, seconds: 2 }), { message });
  });
}
