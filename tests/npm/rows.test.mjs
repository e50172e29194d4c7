// H-1: an instance that holds rows, with a Map as its database, does what a whole one does, byte for byte.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "./host.mjs";

const { Tenantry } = createRequire(join(root, "target/npm/"))("tenantry");

const HOST = { type: "system" };
const ACME = { type: "system", organization_id: "org_acme", environment: "production" };
const SECRET = "ort_0123456789abcdefghijklmnop";

/** Rows by their keys, each with a revision that never comes twice. */
class Database {
  rows = new Map();
  writes = 0;

  find(key) {
    return { key, revision: 0, row: null, ...this.rows.get(JSON.stringify(key)) };
  }

  /** What `requirements` asked for; a `due` key stands for all rows that are due by then. */
  load(keys) {
    const until = keys.filter(([kind]) => kind === "due").map(([, at]) => Date.parse(at));
    const isDue = ({ row }) => until.length > 0 && row.next_due_at !== null && Date.parse(row.next_due_at) <= until[0];
    const due = [...this.rows].filter(([, kept]) => isDue(kept)).map(([key]) => JSON.parse(key));
    const listed = keys.filter(([kind]) => kind === "range").flatMap((key) => this.range(key));
    return [...due, ...listed, ...keys].map((key) => this.find(key));
  }

  /** The keys of the rows that stand next to each other in a list. */
  range([, kind, organization_id, environment, after, limit]) {
    const rows = [...this.rows].map(([key, { row }]) => ({ key: JSON.parse(key), row }));
    const isIn = ({ key, row }) =>
      key[0] === kind &&
      (organization_id === null || row.organization_id === organization_id) &&
      (environment === null || row.environment === environment) &&
      (after === null || key.at(-1) > after);
    const places = rows.filter(isIn).map(({ key }) => key);
    return places.sort((one, other) => (one.at(-1) < other.at(-1) ? -1 : 1)).slice(0, limit);
  }

  prepare(request, context) {
    const instance = new Tenantry({ rows: true });
    for (let rounds = 0, missing; (missing = instance.requirements(request, context)).length > 0; rounds++) {
      assert.ok(rounds < 3 || request.explain, `more rounds than three for ${JSON.stringify(request)}`);
      instance.load(this.load(missing));
    }
    return instance;
  }

  /** One transaction: the guards hold, or nothing of it is written. Answers what a whole state's outcome has. */
  commit({ guards, changes, ...outcome }) {
    for (const { key, revision } of guards) assert.deepEqual(this.find(key).revision, revision);
    for (const { key, row } of changes) {
      this.rows.delete(JSON.stringify(key));
      if (row !== null) this.rows.set(JSON.stringify(key), { row, revision: ++this.writes });
    }
    return outcome;
  }
}

/** A whole instance, and a database; whatever is asked of the one is asked of the other. */
class Both {
  whole = new Tenantry();
  database = new Database();
  calls = 0;

  context(actor, now) {
    return { actor, now, entropy: (++this.calls).toString(16).padStart(32, "0") };
  }

  execute(command, actor = ACME, now = "2026-01-31T10:00:00Z") {
    const context = this.context(actor, now);
    const instance = this.database.prepare(command, context);
    let expected;
    try {
      expected = this.whole.execute(command, context);
    } catch (refused) {
      assert.throws(() => instance.execute(command, context), {
        name: refused.name,
        code: refused.code,
        message: refused.message,
      });
      throw refused;
    }
    const outcome = this.database.commit(instance.execute(command, context));
    assert.equal(JSON.stringify(outcome), JSON.stringify(expected));
    // All rows together are the whole state.
    const full = new Tenantry({ rows: true });
    full.load([...this.database.rows.keys()].map((key) => this.database.find(JSON.parse(key))));
    assert.deepEqual([full.snapshot(), full.nextDue()], [this.whole.snapshot(), this.whole.nextDue()]);
    return outcome.response;
  }

  decide(call, now = "2026-01-31T10:00:00Z") {
    const context = this.context(ACME, now);
    const rows = this.database.prepare(call, context);
    const decision = rows.authorize(call, context);
    assert.deepEqual(decision, this.whole.authorize(call, context));
    const given = [call.registered_user_id, call.tool_pack_id, call.tool, now];
    assert.equal(rows.actingAs(ACME).code(...given), this.whole.actingAs(ACME).code(...given));
    const explained = this.database.prepare({ explain: call }, context).explain(call, context);
    assert.equal(JSON.stringify(explained), JSON.stringify(this.whole.explain(call, context)));
    return decision.code ?? "allow";
  }
}

test("h_1 a life on rows is the life on the whole state", () => {
  const both = new Both();
  both.execute({ command: "create_organization", organization_id: "org_acme", name: "Acme" }, HOST);
  both.execute({ command: "put_connector", connector: "slack", tools: ["post"] });
  both.execute({ command: "put_tool_pack", tool_pack_id: "support", name: "Support", connectors: [{ connector: "slack" }] });
  const create = {
    command: "create_registered_user",
    origin_user_id: "alice",
    shared_credential_group: { origin_company_id: "globex" },
  };
  assert.equal(both.execute(create).created, true);
  const { registered_user_id } = both.execute(create);
  const call = { registered_user_id, tool_pack_id: "support", tool: "slack__post" };
  assert.equal(both.decide(call), "credential_required");
  const start = { command: "start_link", registered_user_id, connector: "slack", tool_pack_id: "support" };
  const { link_session_id } = both.execute(start);
  both.execute({ command: "complete_link", link_session_id, expires_at: "2026-03-01T00:00:00Z" });
  assert.equal(both.decide(call), "allow");
  assert.match(both.execute({ command: "start_tool_call", ...call }).tool_call_id, /^call_/);
  const later = "2026-03-02T00:00:00.5Z";
  assert.equal(both.decide(call, later), "reauth_required");
  // The call and the credential are over, the session is forgotten.
  assert.deepEqual(both.execute({ command: "advance_time" }, HOST, later), { processed: 3 });
  both.execute({ command: "delete_registered_user", registered_user_id });
  assert.equal(both.decide(call), "registered_user_not_found");
  assert.deepEqual(both.execute({ command: "advance_time" }, HOST, "2027-01-01T00:00:00Z"), { processed: 1 });
  assert.throws(() => both.execute(start), { code: "registered_user_not_found" });
});

test("h_2 lists on rows are the lists of the whole state", () => {
  const both = new Both();
  both.execute({ command: "create_organization", organization_id: "org_acme", name: "Acme" }, HOST);
  for (const origin_company_id of ["globex", "initech", "umbrella"])
    for (const name of ["a", "b", "c"])
      both.execute({
        command: "create_registered_user",
        origin_user_id: `${origin_company_id} ${name}`,
        shared_credential_group: { origin_company_id },
      });
  for (const query of [
    { query: "list_registered_users" },
    { query: "list_registered_users", origin_company_id: "umbrella" },
    { query: "list_companies" },
    { query: "list_connectors" },
    { query: "list_credentials", status: "active" },
  ]) {
    let pages = 0;
    for (let after; after !== null; pages++) {
      const page = { ...query, limit: 2, after };
      const context = both.context(ACME, "2026-01-31T10:00:00Z");
      const instance = new Tenantry({ rows: true });
      for (let missing; (missing = instance.requirements(page, context)).length > 0; ) instance.load(both.database.load(missing));
      const answer = instance.query(page, context);
      assert.equal(JSON.stringify(answer), JSON.stringify(both.whole.query(page, context)));
      after = answer.next;
    }
    assert.equal(pages, { list_registered_users: query.origin_company_id ? 2 : 5, list_companies: 2 }[query.query] ?? 1);
  }
});

test("h_1 accounts on rows", () => {
  const both = new Both();
  both.execute({ command: "create_organization", organization_id: "org_acme", name: "Acme" }, HOST);
  const account = { command: "create_user", name: "A" };
  const { id } = both.execute({ ...account, email: "root@acme.example", role: "admin" }, HOST);
  const admin = { type: "account", user_id: id };
  both.execute({ command: "issue_registration_token", organization_id: "org_acme", secret: SECRET }, admin);
  const secret = { organization_id: "org_acme", org_token: SECRET, password: "SecurePassword123!" };
  const admitted = both.execute({ ...account, email: "a@acme.example", ...secret }, { type: "anonymous" });
  assert.throws(() => both.execute({ ...account, email: "b@acme.example", ...secret }, { type: "anonymous" }), {
    code: "invalid_token",
  });
  assert.throws(() => both.execute({ ...account, email: "ROOT@acme.example" }, HOST), { code: "email_exists" });
  const suspend = { command: "set_user_status", status: "suspended" };
  both.execute({ ...suspend, user_id: admitted.id }, admin);
  assert.throws(() => both.execute({ ...suspend, user_id: id }, HOST), { code: "last_admin" });
});

test("h_1 a row that was not loaded is an error, not an absent row", () => {
  const instance = new Tenantry({ rows: true });
  const context = { actor: ACME, now: 1e12, entropy: "0".repeat(32) };
  const create = { command: "create_registered_user", origin_user_id: "alice" };
  const asked = instance.requirements(create, context).map((key) => JSON.stringify(key));
  assert.ok(asked.includes('["organization","org_acme"]'));
  assert.ok(asked.includes('["origin_user_id","org_acme","production","alice"]'));
  assert.throws(() => instance.execute(create, context), {
    code: "invalid_request",
    name: "UsageError",
    message: /a row of the kind `organization` was not loaded: call `requirements` first, and load the rows that it names/,
  });
  const load = () => instance.load([{ key: ["organization", "org_acme"], revision: 1, row: { name: "Acme" } }]);
  assert.throws(load, { code: "invalid_request", pointer: "/0/row/organization_id" });
});

const hosted = (revision, options = {}) => {
  const instance = new Tenantry({ rows: true, ...options });
  instance.load([{ key: ["organization", "org_new"], revision, row: null }]);
  const create = { command: "create_organization", organization_id: "org_new", name: "New" };
  return instance.execute(create, { actor: HOST, now: 1e12, entropy: "0".repeat(32) });
};

test("s_4 a revision comes back as it was handed in, or is refused", () => {
  for (const revision of [0, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, "1772445600123456789", "", null]) {
    assert.equal(hosted(revision).guards[0].revision, revision);
  }
  for (const revision of [2 ** 53, -(2 ** 53), 1e300, 0.5, true, [1], {}]) {
    assert.throws(() => hosted(revision), { name: "UsageError", pointer: "/0/revision" });
  }
});

test("s_3 rows are written in the format that is asked for", () => {
  for (const [row_format, version] of [
    [null, 2],
    [1, undefined],
    [2, 2],
  ]) {
    assert.equal(hosted(null, { row_format }).changes[0].row.v, version);
  }
  assert.throws(() => new Tenantry({ row_format: 3 }), { name: "TenantryError", pointer: "/row_format" });
});

test("h_1 a request that never reaches the core leaves no rows for the next", () => {
  const acting = new Tenantry({ rows: true }).actingAs(ACME);
  const three = ["somebody", "support", "slack__post"];
  const call = { registered_user_id: three[0], tool_pack_id: three[1], tool: three[2] };
  const refused = (request) => () => assert.throws(request, ({ name }) => ["TenantryError", "UsageError"].includes(name));
  for (const abandon of [
    () => acting.abandon(),
    refused(() => acting.execute({ command: new Map() })),
    refused(() => acting.authorize(call, { now: 1n })),
    refused(() => acting.query({ query: "\ud800" })),
    refused(() => acting.explain({ tool: NaN })),
    refused(() => acting.authorizeBatch([undefined])),
    refused(() => acting.load([{ key: 1n }])),
    refused(() => acting.allows(3, three[1], three[2])),
    refused(() => acting.code(...three, 5)),
    refused(() => acting.code(...three, 1n)),
    refused(() => acting.codes([1], [three[1]], [three[2]])),
  ]) {
    for (let missing; (missing = acting.requirements(call)).length > 0; ) {
      acting.load(missing.map((key) => ({ key, revision: 0, row: null })));
    }
    abandon();
    assert.notDeepEqual(acting.requirements(call), [], String(abandon));
  }
});

test("e_5 a fold goes on from a snapshot", () => {
  const world = Tenantry.example();
  const before = world.snapshot();
  const { events } = world.execute(
    { command: "create_organization", name: "New" },
    { actor: HOST, now: 1e12, entropy: "0".repeat(32) },
  );
  for (const onto of [before, JSON.parse(before)])
    for (const given of [events, JSON.stringify(events)]) {
      assert.equal(Tenantry.fold(given, { onto }).snapshot(), world.snapshot());
      assert.equal(Tenantry.fold(given, { onto, journal: "memory" }).snapshot(), world.snapshot());
    }
  assert.equal(Tenantry.fold(events, { onto: null }).snapshot(), Tenantry.fold(events).snapshot());
  assert.throws(() => Tenantry.fold([...events, ...events], { onto: before }), { code: "invalid_snapshot", pointer: "/1/event" });
  assert.throws(() => Tenantry.fold(events, { onto: "{}" }), { code: "invalid_snapshot" });
});
