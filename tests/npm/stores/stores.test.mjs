// Stores: what is kept in a database is decided as the whole state in memory decides it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { after, describe, test } from "node:test";
import { inspect } from "node:util";
import { CALL, DAY, furnish, HOST, installed, link, postgresql, START, SYSTEM, scratch, using } from "./world.mjs";

const tenantry = installed("stores");
const { canonicalJson, isTenantryError, PostgresStore, SqliteStore, Tenantry, TenantryError, UsageError, withToolCall } =
  tenantry;
const path = scratch();
const schema = postgresql();
const kinds = {
  SQLite: () => new SqliteStore(path()),
  PostgreSQL: async () => new PostgresStore(await schema()),
};

// A story, as commands in the life of a user, each at its instant; `known` has the ids that were answered.
function story(known) {
  const shared_credential_group = { origin_company_id: "acme\u2028", origin_company_name: 'A "quoted" one' };
  const custom_groupings = { region: "emea", 10: "ten", 9: "nine", ["__proto__"]: "own" };
  const create = { command: "create_registered_user", origin_user_id: "user'1\\", origin_user_name: "Älice 😀" };
  const own = { registered_user_id: known.registered_user_id ?? null };
  const session = { link_session_id: known.link_session_id ?? null };
  const connectors = [{ connector: "slack", auth_scope: "SHARED" }];
  const sweep = { command: "advance_time", limit: 100 };
  return [
    [0, SYSTEM, { command: "create_organization", organization_id: "org_demo", name: "Demo" }],
    [0, HOST, { command: "put_connector", connector: "slack", tools: ["post_message"] }],
    [0, HOST, { command: "put_tool_pack", tool_pack_id: "support", name: "S", connectors }],
    [1, HOST, { ...create, shared_credential_group, custom_groupings }],
    [2, HOST, { command: "update_registered_user", ...own, patch: { origin_user_name: "Alice Chen" } }],
    [3, HOST, { command: "start_link", ...own, connector: "slack", tool_pack_id: "support" }],
    [4, HOST, { command: "complete_link", ...session, expires_at: START + 5 * DAY + 500 }],
    [5, HOST, { command: "start_tool_call", ...own, ...CALL }],
    [6, HOST, { command: "start_tool_call", ...own, ...CALL, tool: "slack__nothing" }],
    [7, HOST, { command: "start_link", ...own, connector: "slack" }],
    [DAY, SYSTEM, sweep],
    [6 * DAY, SYSTEM, sweep],
    [7 * DAY, HOST, { command: "delete_registered_user", ...own }],
    [98 * DAY, SYSTEM, sweep],
  ];
}

const QUERIES = [
  { query: "list_registered_users" },
  { query: "list_registered_users", origin_company_id: "acme\u2028" },
  { query: "list_companies", after: "a\0b" },
  { query: "list_credentials" },
  { query: "list_connectors", limit: 1 },
  { query: "list_users" },
  { query: "find_registered_user", origin_user_id: "user'1\\" },
];

async function assertAskedAlike(store, whole, user, now) {
  const call = { registered_user_id: user, ...CALL };
  const three = [user, CALL.tool_pack_id, CALL.tool];
  const lists = [[user, "x", "\ud800"], Array(3).fill(CALL.tool_pack_id), Array(3).fill(CALL.tool)];
  const asked = [
    ...QUERIES.map((query) => (acting) => acting.query(query, { now })),
    (acting) => acting.authorize(call, { now }),
    (acting) => acting.authorize(JSON.stringify(call), JSON.stringify({ now })),
    (acting) => acting.authorizeBatch([call, { tool: "x" }, call], { now: new Date(now) }),
    (acting) => acting.authorizeBatch(Buffer.from(JSON.stringify([call])), Buffer.from(JSON.stringify({ now }))),
    (acting) => acting.explain(call, { now }),
    (acting) => acting.explain({ tool: "x" }, { now }),
    (acting) => acting.allows(...three, now),
    (acting) => acting.code(...three, now),
    async (acting) => [...(await acting.codes(...lists, now))],
    (acting) => acting.may("start_link", { now }),
    (acting) => acting.may("create_user", { now }),
    async (acting) => (await acting.listCompanies({ limit: 1 }, { now })).items,
    (acting) => acting.queryJson("{", { now }),
    (acting) => acting.executeJson('{"command":"create_registered_user","origin_user_id":""}', { now }),
  ];
  const runtime = { type: "access_key", organization_id: "org_demo", environment: "test", scopes: ["runtime"] };
  const anonymous = { type: "anonymous" }; // What it asks may need no row at all.
  for (const actor of [HOST, runtime, anonymous]) {
    for (const ask of asked) assert.equal(await answer(ask, store.actingAs(actor)), await answer(ask, whole.actingAs(actor)));
  }
}

async function answer(ask, acting) {
  try {
    return canonicalJson(await ask(acting));
  } catch (error) {
    if (!isTenantryError(error)) throw error;
    return canonicalJson(error.toJSON());
  }
}

for (const [kind, make] of Object.entries(kinds)) {
  describe(kind, () => {
    const made = [];
    const empty = async () => {
      const store = await make();
      await store.migrate();
      made.push(store);
      return store;
    };
    after(() => Promise.all(made.map((store) => store.close())));

    test("h_1 a store answers as the whole state does, and its events are the journal", async () => {
      const store = await empty();
      const whole = new Tenantry({ journal: "memory" });
      const known = {};
      for (const number of story(known).keys()) {
        const [since, actor, command] = story(known)[number];
        const context = { now: START + since, entropy: number.toString(16).padStart(32, "0") };
        const outcome = await store.actingAs(actor).execute(command, context);
        assert.equal(canonicalJson(outcome), canonicalJson(whole.actingAs(actor).execute(command, context)));
        for (const [name, value] of Object.entries(outcome.response)) if (name.endsWith("_id")) known[name] = value;
        assert.equal(await store.snapshot(), whole.snapshot());
        const journal = whole.query({ query: "journal", limit: 200 }, { actor: SYSTEM, now: context.now }).items;
        const events = (await store.events()).map(({ event }) => event);
        assert.equal(canonicalJson(events), canonicalJson(journal));
        await assertAskedAlike(store, whole, known.registered_user_id ?? "nobody", context.now);
      }
      assert.deepEqual([whole.nextDue(), await store.nextDue()], [null, null]);
      assert.equal((await store.events()).at(-1).event.event, "registered_user_purged");
    });

    test("what is refused changes nothing", async () => {
      const store = await furnish(await empty());
      const before = [await store.snapshot(), await store.events()];
      const acme = store.actingAs(HOST);
      await assert.rejects(async () => acme.createRegisteredUser({ origin_user_id: "" }), TenantryError);
      await assert.rejects(async () => acme.getRegisteredUser({ registered_user_id: "nobody" }), { status: 404 });
      class Hidden {
        get now() {
          return START;
        }
      }
      for (const mistake of [
        () => store.actingAs({ type: "nobody" }),
        () => acme.allows(null, "support", "slack__post_message"),
        () => acme.codes("user", ["support"], ["slack__post_message"]),
        () => acme.query({ query: "list_companies" }, { now: "yesterday" }),
        () => acme.query({ query: "list_companies" }, 3),
        () => acme.query({ query: "list_companies" }, new Hidden()),
      ]) {
        await assert.rejects(async () => mistake(), UsageError, String(mistake));
      }
      assert.deepEqual([await store.snapshot(), await store.events()], before);
    });

    test("due things come in their order, to the millisecond", async () => {
      const store = await furnish(await empty());
      const acme = store.actingAs(HOST);
      const users = [];
      const at = 4_000_000_000_000;
      for (const offset of [0, 500, 1, 1000, 999]) {
        const { registered_user_id } = await acme.createRegisteredUser({ origin_user_id: `user_${offset}` });
        await link(acme, registered_user_id, undefined, { expires_at: at + offset });
        users.push(registered_user_id);
      }
      const last = (await store.events()).at(-1).position;
      const expired = async () => {
        const events = (await store.events({ after: last })).map(({ event }) => event);
        return events.filter(({ event }) => event === "credential_expired").map(({ stream }) => stream.id);
      };
      assert.notEqual(await store.nextDue(), null);
      await store.sweep({ now: at - 1 });
      assert.deepEqual([await expired(), await store.nextDue()], [[], at]);
      assert.equal(await store.sweep({ now: at + 500, limit: 1 }), 3);
      assert.deepEqual(await expired(), [users[0], users[2], users[1]]);
      await store.sweep({ now: at + 1000, limit: 1 });
      assert.deepEqual((await expired()).slice(3), [users[4], users[3]]);
    });

    test("more things are due at one instant than a portion has", async () => {
      const store = await furnish(await empty());
      const acme = store.actingAs(HOST);
      for (let number = 0; number < 150; number++) {
        const { registered_user_id } = await acme.createRegisteredUser({ origin_user_id: `user_${number}` }, { now: START });
        await acme.startLink({ registered_user_id, connector: "slack" }, { now: START });
      }
      assert.equal(await store.sweep({ now: START + DAY, limit: 7 }), 150);
      const users = [];
      for await (const user of acme.iterRegisteredUsers({ limit: 40 })) users.push(user.origin_user_id);
      assert.equal(new Set(users).size, 150);
    });

    test("what concerns others waits until it is done", async () => {
      const store = await furnish(await empty());
      const acme = store.actingAs(HOST);
      const { registered_user_id } = await acme.createRegisteredUser({ origin_user_id: "user_1" });
      await link(acme, registered_user_id);
      await acme.deleteRegisteredUser({ registered_user_id });
      for (const seconds of [Number.POSITIVE_INFINITY, 1e300, Number.NaN, null, "60"])
        await assert.rejects(async () => store.takeEffects({ seconds }), RangeError);
      const [taken] = await store.takeEffects({ seconds: 0 });
      assert.deepEqual([taken.effect.effect, taken.effect.owner.registered_user_id], ["revoke_upstream", registered_user_id]);
      assert.deepEqual(await store.takeEffects({ seconds: 60 }), [taken]);
      assert.deepEqual(await store.takeEffects(), []);
      await store.effectDone(taken.number);
      assert.deepEqual(await store.takeEffects({ seconds: 0 }), []);
    });

    test("ru_13 a purge takes the user out of what it has done elsewhere", async () => {
      const store = await furnish(await empty());
      const acme = store.actingAs(HOST);
      const connectors = [{ connector: "slack", auth_scope: "SHARED" }];
      await acme.putToolPack({ tool_pack_id: "shared", name: "S", connectors }, { now: START });
      const shared_credential_group = { origin_company_id: "acme" };
      const ids = [];
      for (const origin_user_id of ["user_1", "user_2"]) {
        ids.push(
          (await acme.createRegisteredUser({ origin_user_id, shared_credential_group }, { now: START })).registered_user_id,
        );
      }
      const session = { registered_user_id: ids[0], connector: "slack", tool_pack_id: "shared" };
      const { link_session_id } = await acme.startLink(session, { now: START });
      await acme.completeLink({ link_session_id }, { now: START });
      const naming = async () =>
        (await store.events()).map(({ event }) => event).filter((event) => JSON.stringify(event).includes(ids[0]));
      assert.ok((await naming()).length > 2);
      await acme.deleteRegisteredUser({ registered_user_id: ids[0] }, { now: START });
      await store.sweep({ now: START + 92 * DAY });
      assert.deepEqual(
        (await naming()).map(({ event }) => event),
        ["registered_user_purged"],
      );
      const events = (await store.events()).map(({ event }) => event);
      assert.ok(events.some(({ stream }) => stream.id === ids[1]));
      assert.equal(Tenantry.fold(events).snapshot(), await store.snapshot());
    });

    test("stores that migrate at once or again change nothing, and a newer database is refused", async () => {
      const store = await empty();
      await Promise.all([1, 2, 3].map(() => store.migrate()));
      const before = await (await furnish(store)).snapshot();
      await store.migrate();
      assert.equal(await store.snapshot(), before);
      await store._run(one("UPDATE tenantry_store SET version = 2"));
      const newer = {
        name: "StoreError",
        message: "the tables are of version 2, this release serves version 1",
      };
      await assert.rejects(async () => store.migrate(), newer);
    });

    test("a handle says whose it is, is no JSON, and starts and finishes tool calls", async () => {
      const store = await furnish(await empty());
      const acme = store.actingAs(HOST);
      assert.equal(inspect({ acme }), "{ acme: <Acting system org_demo/test> }");
      assert.throws(() => JSON.stringify(acme), /snapshot\(\)/);
      const { registered_user_id } = await acme.createRegisteredUser({ origin_user_id: "user_1" });
      const call = { registered_user_id, ...CALL };
      await assert.rejects(
        withToolCall(acme, call, () => assert.fail("it ran")),
        { code: "credential_required" },
      );
      await link(acme, registered_user_id);
      assert.equal(await withToolCall(acme, call, ({ owner }) => owner.scope), "INDIVIDUAL");
      const names = (await store.events()).map(({ event }) => event.event).slice(-2);
      assert.deepEqual(names, ["tool_call_started", "tool_call_finished"]);
    });
  });
}

function* one(sql) {
  return yield { sql };
}

test("a policy that is malformed, and a file in memory, are refused at once", () => {
  for (const Kind of [SqliteStore, PostgresStore]) {
    assert.throws(() => new Kind("nowhere", { policy: { retention_days: -1 } }), TenantryError);
  }
  assert.throws(() => new SqliteStore(":memory:"), /in memory, use/);
});

test("ru_12 ru_13 what is erased is nowhere in the files of SQLite", async () => {
  const file = path();
  const store = new SqliteStore(file);
  store.migrate();
  await furnish(store);
  const acme = store.actingAs(HOST);
  const personal = ["user_secret", "alice@acme.example", "Alice Chen", "emea_secret", "a private reason"];
  const kept = () => {
    const files = readdirSync(dirname(file)).map((name) => readFileSync(`${dirname(file)}/${name}`));
    return personal.filter((text) => files.some((bytes) => bytes.includes(text)));
  };
  const users = [];
  for (let number = 0; number < 6; number++) {
    const fields = { origin_user_id: `${personal[0]} ${number}`, origin_user_email: personal[1] };
    const { registered_user_id } = acme.createRegisteredUser(fields, { now: START });
    for (let time = 0; time < 5; time++) {
      const patch = { origin_user_name: personal[2].repeat(9), custom_groupings: { [`key ${time}`]: personal[3].repeat(12) } };
      acme.updateRegisteredUser({ registered_user_id, patch }, { now: START });
    }
    const { link_session_id } = acme.startLink({ registered_user_id, connector: "slack" }, { now: START });
    acme.failLink({ link_session_id, reason: personal[4] }, { now: START });
    users.push(registered_user_id, link_session_id);
  }
  assert.deepEqual(kept(), personal);
  for (const registered_user_id of users.filter((_, index) => index % 2 === 0)) {
    acme.deleteRegisteredUser({ registered_user_id }, { now: START + DAY });
  }
  assert.deepEqual(kept(), []);
  store.sweep({ now: START + 92 * DAY });
  store.close();
  const bytes = readFileSync(file);
  for (const session of users.filter((_, index) => index % 2)) assert.ok(!bytes.includes(session));
});

test("connections that the server has cut are replaced", async () => {
  const connection = await schema();
  const store = new PostgresStore({ ...connection, max: 3 });
  await store.migrate();
  const acme = (await furnish(store)).actingAs(HOST);
  const create = () => acme.createRegisteredUser({ origin_user_id: "user_1" });
  await Promise.all([create(), create(), create()]);
  const others =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'";
  for (let time = 0; time < 3; time++) {
    await using(connection, (db) => db.query(others));
    assert.equal((await create()).created, false);
    assert.equal((await acme.listRegisteredUsers()).items.length, 1);
  }
  await store.close();
});

test("a decision is one statement, and a usual command is two", async () => {
  const store = new PostgresStore(await schema());
  await store.migrate();
  const acme = (await furnish(store)).actingAs(HOST);
  const shared_credential_group = { origin_company_id: "acme" };
  const { registered_user_id: user } = await acme.createRegisteredUser({ origin_user_id: "user_1", shared_credential_group });
  await link(acme, user);
  const run = store._run.bind(store);
  let sent = 0;
  store._run = (steps) => run(counted(steps));
  function* counted(steps) {
    for (let step = steps.next(); ; sent++) {
      if (step.done) return step.value;
      step = steps.next(yield step.value);
    }
  }
  const statements = async (ask) => {
    await ask(1);
    sent = 0; // What a user's rows lead to, the store remembers.
    await ask(2);
    return sent;
  };
  const call = { registered_user_id: user, ...CALL };
  assert.equal(await statements(() => acme.authorize(call)), 1);
  assert.equal(await statements(() => acme.allows(user, CALL.tool_pack_id, CALL.tool)), 1);
  assert.equal(await statements(() => acme.codes(...Object.values(call).map((each) => Array(9).fill(each)))), 1);
  assert.equal(await statements(() => acme.getRegisteredUser({ registered_user_id: user })), 1);
  assert.equal(await statements(() => acme.startToolCall(call)), 2);
  assert.equal(await statements(() => acme.startLink({ registered_user_id: user, connector: "slack" })), 2);
  const rename = (time) => acme.updateRegisteredUser({ registered_user_id: user, patch: { origin_user_name: `name ${time}` } });
  assert.equal(await statements(rename), 2);
  const create = (time) => acme.createRegisteredUser({ origin_user_id: `more ${time}`, shared_credential_group });
  assert.equal(await statements(create), 2);
  await store.close();
});
