// The surface: what each method gives, and what it throws.
import * as tenantry from "tenantry";
import { equal, misused, refused, said } from "./expect.js";

const {
  Tenantry,
  TenantryError,
  canonicalJson,
  errorCatalog,
  fill,
  isTenantryError,
  lifecycle,
  lifecycleDiagram,
  permissions,
  redact,
  subsetOf,
  validate,
} = tenantry;

const NOW = "2026-01-31T10:00:00Z";
const system = { type: "system", organization_id: "org_demo", environment: "test" };
const CALL = { tool_pack_id: "support", tool: "slack__post_message" };

function world() {
  const tenantry = Tenantry.example();
  const acme = tenantry.actingAs(system);
  const user = acme.execute({ command: "create_registered_user", origin_user_id: "user_a3f9b2" }, { now: NOW }).response
    .registered_user_id;
  return { tenantry, acme, user, call: { registered_user_id: user, ...CALL } };
}

function link(acme, user) {
  const { link_session_id } = acme.execute(
    { command: "start_link", registered_user_id: user, connector: "slack" },
    { now: NOW },
  ).response;
  return acme.execute({ command: "complete_link", link_session_id }, { now: NOW });
}

// What a call throws, as a text.
function thrown(run) {
  try {
    return `nothing: ${run()}`;
  } catch (error) {
    return String(error);
  }
}

const cases = [];
const test = (name, run) => cases.push([name, run]);

test("the quick start: denied, explained, linked, allowed", () => {
  const { acme, user, call } = world();
  equal(acme.allows(user, "support", "slack__post_message"), false);
  const { decision, remedies } = acme.explain(call);
  equal([decision.code, remedies[0].steps[0].kind], ["credential_required", "link"]);
  link(acme, user);
  equal(acme.allows(user, "support", "slack__post_message"), true);
  equal(acme.authorize(call).effect, "allow");
});

test("a callback hears of each accepted command after it, in order, until it is ended", () => {
  const { tenantry, acme } = world();
  const heard = [];
  const names = (events) => events.map(({ event }) => event).join();
  const end = tenantry.subscribe((events, effects) => {
    heard.push(`first ${names(events)} ${effects.length}`);
    if (events[0]?.event === "registered_user_created") acme.putConnector({ connector: "zoom", tools: ["call"] });
  });
  const other = tenantry.subscribe((events) => heard.push(`second ${names(events)}`));
  acme.execute({ command: "create_test_user" }).events.length = 0;
  refused(() => acme.createRegisteredUser({ origin_user_id: "" }));
  acme.preview({ command: "delete_connector", connector: "zoom" });
  end();
  end();
  tenantry.execute({ command: "delete_connector", connector: "zoom" }, { actor: system });
  other();
  acme.createTestUser();
  equal(heard, [
    "first registered_user_created 0",
    "second registered_user_created",
    "first connector_put 0",
    "second connector_put",
    "second connector_deleted",
  ]);
});

test("what is subscribed must be a function, and only a living world is subscribed to", () => {
  const { tenantry } = world();
  equal(
    thrown(() => tenantry.subscribe("console.log")),
    "TypeError: expected a function",
  );
  tenantry.free();
  equal(
    thrown(() => tenantry.subscribe(() => {})),
    "Error: this Tenantry has been freed",
  );
});

test("a step is filled in, and an open parameter is named", () => {
  const { acme, user } = world();
  const call = { registered_user_id: user, tool_pack_id: "engineering", tool: "jira__create_issue" };
  const [step] = acme.explain(call).remedies[0].steps;
  const error = refused(() => acme.execute(step.command));
  equal(error.pointer, "/patch/shared_credential_group/origin_company_id");
  equal(error.violations[0].message, "`origin_company_id` is a remedy's parameter without a value: set it with `fill`");
  equal(misused(() => fill(step)).message.includes("the parameter `origin_company_id` has no value"), true);
  equal(misused(() => fill(step, { company: "acme" })).pointer, "/values/company");
  acme.execute(fill(step, { origin_company_id: "company_demo" }));
  equal(acme.code(user, "engineering", "jira__create_issue"), "credential_required");
});

test("an explanation shows as a table, and is JSON without it", () => {
  const { acme, call } = world();
  const explanation = acme.explain(call);
  const lines = String(explanation).split("\n");
  equal(lines[0].startsWith("deny: credential_required: "), true);
  equal(lines.filter((line) => line.startsWith("| \u2713 |")).length, 8);
  equal(explanation[Symbol.for("nodejs.util.inspect.custom")](), String(explanation));
  equal(Object.keys(explanation).sort(), ["checks", "decision", "remedies"]);
});

test("a lifecycle is data", () => {
  const { start, states, refusals } = lifecycle("tool_call");
  equal([start, states], ["open", ["open", "ended"]]);
  equal(refusals, [{ code: "tool_call_not_found", state: "ended", trigger: "finish_tool_call" }]);
  for (const machine of ["nonsense", undefined, {}]) equal(refused(() => lifecycle(machine)).code, "invalid_request");
});

test("the example takes options, and has a group and a company", () => {
  const tenantry = Tenantry.example({ policy: { documentation_base_url: "https://docs.example" }, journal: "memory" });
  const acme = tenantry.actingAs(system);
  equal(
    [...acme.iterGroups()].map(({ group_id }) => group_id),
    ["engineers"],
  );
  equal(
    [...acme.iterCompanies()].map(({ origin_company_id }) => origin_company_id),
    ["company_demo"],
  );
  const { items } = tenantry.query({ query: "journal", limit: 200 }, { actor: { type: "system" } });
  equal(Tenantry.fold(items).snapshot(), tenantry.snapshot());
  equal(refused(() => Tenantry.example({ rows: true })).pointer, "/rows");
});

test("an instance is not cloned without a word", () => {
  const { tenantry, acme } = world();
  for (const instance of [tenantry, acme]) {
    equal(thrown(() => JSON.stringify(instance)).startsWith("TypeError: "), true);
    equal(thrown(() => structuredClone(instance)).includes("could not be cloned"), true);
  }
});

test("a handle acts on the living world, and answers as the world itself", () => {
  const { tenantry, acme, user, call } = world();
  const context = { now: NOW, actor: system };
  link(acme, user);
  equal(acme.authorize(call, { now: NOW }), tenantry.authorize(call, context));
  equal(acme.explain(call, { now: NOW }), tenantry.explain(call, context));
  equal(acme.query({ query: "list_connectors" }, { now: NOW }), tenantry.query({ query: "list_connectors" }, context));
  const revoke = { command: "revoke_credential", owner: { scope: "INDIVIDUAL", registered_user_id: user }, connector: "slack" };
  const preview = tenantry.preview(revoke, context);
  equal(preview.impact.total > 0, true);
  equal(acme.preview(revoke, { now: NOW }), preview);
  const { impact, ...outcome } = preview;
  equal(canonicalJson(tenantry.execute(revoke, context)), canonicalJson(outcome));
  equal(acme.allows(user, "support", "slack__post_message"), false);
});

test("allows, code and codes agree with authorize, malformed calls included", () => {
  const { acme, user } = world();
  link(acme, user);
  const numbers = new Map([["allow", 0], ...errorCatalog().map((row) => [row.code, row.number])]);
  const calls = [
    [user, "support", "slack__post_message"],
    [user, "support", "slack__post_message"],
    [user, "support", "jira__create_issue"],
    [user, "engineering", "slack__no_such_tool"],
    ["nobody", "support", "slack__post_message"],
    [user, "no such pack", "slack__post_message"],
    [user, "support", "not a tool"],
    ["", "support", "slack__post_message"],
    [user, "x".repeat(256), "slack__post_message"],
    [user, "über", "slack__post_message"],
    [user, "a\ud800", "slack__post_message"],
    ["", "über", ""],
  ];
  const wanted = calls.map(([registered_user_id, tool_pack_id, tool]) => {
    try {
      const decision = acme.authorize({ registered_user_id, tool_pack_id, tool }, { now: NOW });
      return decision.code ?? "allow";
    } catch (error) {
      return error.code;
    }
  });
  equal([wanted[0], wanted.at(-1)], ["allow", "invalid_request"]);
  equal(
    calls.map((call) => acme.code(...call, NOW)),
    wanted,
  );
  equal(
    calls.map((call) => acme.allows(...call, NOW)),
    wanted.map((code) => code === "allow"),
  );
  const lists = [0, 1, 2].map((place) => calls.map((call) => call[place]));
  const codes = acme.codes(...lists, NOW);
  equal([codes instanceof Uint8Array, [...codes]], [true, wanted.map((code) => numbers.get(code))]);
});

test("a decision is on the strings of its own call, whichever were there before", () => {
  const { acme, user } = world();
  link(acme, user);
  const other = acme.execute({ command: "create_registered_user", origin_user_id: "another" }, { now: NOW }).response
    .registered_user_id;
  const choices = [
    [user, other, "", "nobody", "\ud800"],
    ["support", "engineering", "über", ""],
    ["slack__post_message", "jira__create_issue", "slack__", "x".repeat(300)],
  ];
  const codes = errorCatalog().reduce((codes, { number, code }) => codes.with(number, code), Array(256).fill("allow"));
  for (let index = 0; index < 400; index++) {
    const call = choices.map((list, place) => list[(index * (7 + 4 * place) + (index >> 3)) % list.length]);
    equal(acme.code(...call, NOW), codes[acme.codes(...call.map((string) => [string]), NOW)[0]]);
  }
});

test("codes takes three arrays of one length, and nothing else", () => {
  const { acme } = world();
  equal([...acme.codes([], [], [])], []);
  const throwing = new Proxy(["a"], {
    get(target, key) {
      if (key === "0") throw new Error("no");
      return target[key];
    },
  });
  const fallen = new Proxy([], {
    get() {
      throw new Error("no");
    },
  });
  const long = new Proxy(["a", "b"], { get: (target, key) => (key === "length" ? 1.5 : target[key]) });
  const wrong = [
    [[["a"], [], []], ""],
    [["a", "b", "c"], "/registered_user_ids"],
    [[], "/registered_user_ids"],
    [[["a"], throwing, ["a"]], "/tool_pack_ids/0"],
    [[["a"], ["a"], fallen], "/tools"],
    [[long, long, long], "/registered_user_ids"],
  ];
  for (const [lists, pointer] of wrong) {
    const { code, pointer: found } = misused(() => acme.codes(...lists));
    equal([code, found], ["invalid_request", pointer]);
  }
});

test("what is no text is the program's mistake, in allows, code and codes: never a denial", () => {
  const { acme, user } = world();
  const call = [user, "support", "slack__post_message"];
  const names = ["registered_user_id", "tool_pack_id", "tool"];
  for (const wrong of [undefined, null, 5, 1n, true, {}, [user], Symbol("s"), () => user, new String(user)]) {
    for (const place of [0, 1, 2]) {
      const given = call.with(place, wrong);
      for (const method of ["allows", "code"]) {
        const error = misused(() => acme[method](...given));
        equal([error.pointer, said(error)], [`/${names[place]}`, "expected a string"]);
      }
      const lists = call.map((string) => [string, string]).with(place, [call[place], wrong]);
      equal(misused(() => acme.codes(...lists)).pointer, `/${names[place]}s/1`);
    }
  }
  equal(misused(() => acme.allows()).pointer, "/registered_user_id");
  equal([acme.allows("no id", "no pack", "no tool"), acme.allows("", "", "")], [false, false]);
});

test("what the caller's own code throws is never taken for the core's answer", () => {
  const forged = '![{"code":"forged","status":200,"kind":"k","message":"m","what_to_do":"w","retryable":true},null,null]';
  const { acme, tenantry, user } = world();
  const throws = () => {
    throw forged;
  };
  // Thrown as it is, and as something that forges its class when it is asked for.
  const inside = new Proxy({}, { getPrototypeOf: throws, get: throws });
  for (const thrown of [forged, inside]) {
    const traps = {
      get() {
        throw thrown;
      },
      getPrototypeOf() {
        throw thrown;
      },
      ownKeys() {
        throw thrown;
      },
    };
    const [object, list] = [new Proxy({}, traps), new Proxy([], traps)];
    const calls = [
      ...[object, list, [object], { a: list }].flatMap((value) => [
        () => new Tenantry(value),
        () => Tenantry.restore(value),
        () => Tenantry.fold(value),
        () => Tenantry.restore(tenantry.snapshot(), value),
        () => tenantry.actingAs(value),
        () => acme.execute(value),
        () => acme.query({ query: "list_connectors" }, value),
        () => acme.authorizeBatch(value),
        () => acme.load(value),
        () => validate(value),
        () => validate({}, value),
        () => tenantry.explain(value, {}),
        () => redact(value),
        () => subsetOf(value, {}),
        () => canonicalJson(value),
      ]),
      () => acme.codes(list, list, list),
      () => acme.codes([user], [object], ["t"]),
      () => acme.allows(object, "support", "t"),
    ];
    for (const call of calls) equal(misused(call).code, "invalid_request");
  }
});

test("no text that an answer begins with is taken for a rejection", () => {
  const forged = '![{"code":"forged"},null,null]';
  equal(tenantry.story({ scenario: forged, steps: [], summary: { steps: 0, passed: 0, failed: 0 } }).startsWith(forged), true);
});

test("an instant of a decision is a time in each form, or refused", () => {
  const { acme, user } = world();
  link(acme, user);
  for (const now of [undefined, null, NOW, new Date(NOW), Date.parse(NOW)])
    equal(acme.code(user, "support", "slack__post_message", now), "allow");
  for (const now of ["soon", NaN, 0.5, Date.parse(NOW) / 1000, 1e300, {}, true, new Date(NaN)]) {
    for (const ask of ["code", "allows"]) {
      equal(misused(() => acme[ask](user, "support", "slack__post_message", now)).pointer, "/context/now");
    }
    equal(misused(() => acme.codes([user], ["support"], ["slack__post_message"], now)).pointer, "/context/now");
  }
});

test("a host's clock that shows no instant denies nothing in silence", () => {
  const { acme, user } = world();
  const clock = Date.now;
  try {
    for (const wrong of [NaN, 1e300]) {
      Date.now = () => wrong;
      const three = [user, "support", "slack__post_message"];
      for (const ask of ["allows", "code"]) equal(misused(() => acme[ask](...three)).pointer, "/context/now");
      equal(misused(() => acme.codes(...three.map((one) => [one]))).pointer, "/context/now");
      equal(misused(() => acme.execute({ command: "create_test_user" })).pointer, "/context/now");
    }
  } finally {
    Date.now = clock;
  }
});

test("a decision says `allowed`, whatever answers it, and has the JSON of the wire", () => {
  const { tenantry, acme, user, call } = world();
  const start = { command: "start_tool_call", ...call };
  const context = { now: NOW, actor: system };
  const ask = (asker, context) => [
    asker.authorize(call, context),
    asker.explain(call, context).decision,
    ...asker.authorizeBatch([call, { ...call, tool: "x" }], context),
    asker.preview(start, context).response,
    asker.execute(start, context).response,
  ];
  for (const allowed of [false, true]) {
    if (allowed) link(acme, user);
    for (const decisions of [ask(acme, { now: NOW }), ask(tenantry, context)]) {
      equal(
        decisions.map((decision) => decision.allowed),
        [allowed, allowed, allowed, false, allowed, allowed],
      );
      for (const decision of decisions) {
        equal([Object.keys(decision).includes("allowed"), "allowed" in JSON.parse(JSON.stringify(decision))], [false, false]);
        // A copy allows nothing.
        equal([{ ...decision }.allowed, structuredClone(decision).allowed], [undefined, undefined]);
      }
      equal(JSON.parse(canonicalJson(decisions[0])).effect, allowed ? "allow" : "deny");
    }
  }
});

test("a batch holds the rejection in a malformed call's place", () => {
  const { acme, call } = world();
  const [decision, malformed] = acme.authorizeBatch([call, { ...call, tool: 5 }]);
  equal([decision.code, malformed.rejection.pointer], ["credential_required", "/tool"]);
  equal(refused(() => acme.authorizeBatch({})).code, "invalid_request");
});

test("a rejection is an error with all that the core says", () => {
  const command = { command: "create_registered_user", origin_user_id: 42, orign_user_name: "Ada" };
  const error = refused(() => new Tenantry().execute(command, { actor: system }));
  equal([error.name, String(error)], ["TenantryError", `TenantryError: ${error.message}`]);
  equal(
    [error.code, error.status, error.kind, error.retryable, error.pointer],
    ["invalid_request", 400, "validation", false, "/origin_user_id"],
  );
  equal(
    error.violations.map((violation) => violation.pointer),
    ["/origin_user_id", "/orign_user_name"],
  );
  equal([typeof error.whatToDo, error.userMessage], ["string", null]);
  equal(JSON.parse(JSON.stringify(error)), {
    code: error.code,
    status: 400,
    kind: error.kind,
    message: error.violations[0].message,
    what_to_do: error.whatToDo,
    retryable: false,
    pointer: error.pointer,
    violations: error.violations,
  });
  equal(error.message, error.violations.map(({ code, pointer, message }) => `${code} at ${pointer}: ${message}`).join("; "));
  equal(
    [error.message.includes("send numbers as strings"), error.message.includes("did you mean `origin_user_name`?")],
    [true, true],
  );
  const again = new TenantryError(error.toJSON());
  equal([again.toJSON(), again.message], [error.toJSON(), error.message]);
  equal([isTenantryError(new Error("no")), isTenantryError(null), isTenantryError({ code: "x" })], [false, false, false]);
});

test("what an end user can act on has a message for the user", () => {
  const error = refused(() =>
    new Tenantry().execute({ command: "create_organization", name: "A" }, { actor: { type: "anonymous" } }),
  );
  const message = errorCatalog().find((row) => row.code === "not_authenticated").user_message;
  equal([error.code, typeof message, error.userMessage], ["not_authenticated", "string", message]);
  const renderings = [error.toJSON(), error.toProblem(), error.toErrorBody().error, new TenantryError(error.toJSON()).toJSON()];
  equal(
    renderings.map(({ user_message }) => user_message),
    [message, message, message, message],
  );
});

test("both public renderings are the core's, with the address of the instance's policy", () => {
  const tenantry = new Tenantry({ policy: { documentation_base_url: "https://docs.acme.example/errors/" } });
  const command = { command: "create_registered_user", origin_user_name: 7 };
  const context = { actor: system };
  const error = refused(() => tenantry.execute(command, context));
  const address = "https://docs.acme.example/errors/origin_user_id_required";
  const { code, violations, pointer, whatToDo: what_to_do } = error;
  const message = said(error);
  equal(
    canonicalJson(error.toErrorBody()),
    canonicalJson({ error: { type: "validation", code, message, documentation_url: address } }),
  );
  const { title, ...problem } = error.toProblem();
  equal(title, errorCatalog().find((row) => row.code === code).meaning);
  equal(
    canonicalJson(problem),
    canonicalJson({ type: address, status: 400, detail: message, code, what_to_do, retryable: false, pointer, violations }),
  );
  const plain = refused(() => new Tenantry().execute(command, context));
  equal([plain.toErrorBody().error.documentation_url, plain.toProblem().type], [null, "about:blank"]);
  tenantry.free();
  equal(error.toErrorBody().error.documentation_url, address);
});

test("a rejection travels as its wire form, and is an error again (structuredClone keeps no class)", () => {
  const error = refused(() => new Tenantry().execute({ command: "advance_tiem" }, { actor: system }));
  const wire = structuredClone(error.toJSON());
  const again = new TenantryError(wire, { documentationBaseUrl: "https://docs.acme.example/", cause: error });
  equal([again.toJSON(), isTenantryError(again), again.cause === error], [wire, true, true]);
  equal(again.toProblem().type, `https://docs.acme.example/${error.code}`);
  equal(refused(() => new TenantryError({ ...wire, code: "no_such_code" }).toProblem()).pointer, "/code");
});

test("the guard takes nothing else, whatever it does", () => {
  const throwing = new Proxy(
    {},
    {
      get() {
        throw new Error("no");
      },
      getPrototypeOf() {
        throw new Error("no");
      },
    },
  );
  equal([throwing, undefined, Symbol("s"), "invalid_request", () => {}].map(isTenantryError), Array(5).fill(false));
});

test("a rejection's internal part is for the host's eyes only (AC-3)", () => {
  const tenantry = Tenantry.example();
  const command = {
    command: "create_user",
    name: "Ada",
    email: "ada@example.com",
    password: "Correct-Horse-7",
    organization_id: "org_demo",
    org_token: "ort_unknown_unknown_unknown",
  };
  const error = refused(() => tenantry.execute(command, { actor: { type: "anonymous" } }));
  equal([error.code, typeof error.internal, Object.keys(error).includes("internal")], ["invalid_token", "string", false]);
  equal(JSON.stringify(error).includes(error.internal), false);
});

test("validate looks at form alone, under the given policy", () => {
  const command = { command: "create_user", name: "Ada", email: "ada@example.com", password: "short" };
  equal(
    validate(command).every(({ code }) => code === "weak_password"),
    true,
  );
  const policy = { password: { min_length: 8, require: [] } };
  equal(validate({ ...command, password: "longenough" }, policy), []);
  equal(refused(() => validate(command, { retention_days: -1 })).code, "invalid_request");
  equal(misused(() => validate(command, { retention_days: 1n })).code, "invalid_request");
});

test("child keys are compared with their parents (C-4)", () => {
  const parent = { type: "access_key", organization_id: "org_demo", environment: "test", scopes: ["runtime"] };
  equal(subsetOf(parent, parent), []);
  const [violation] = subsetOf(parent, { ...parent, scopes: ["runtime", "management"] });
  equal([violation.code, violation.pointer], ["key_exceeds_parent", "/scopes/1"]);
  equal(misused(() => subsetOf(parent, { ...parent, expires_at: 1n })).pointer, "/child/expires_at");
});

test("c_7: may answers by the table of permissions", () => {
  const { tenantry, acme } = world();
  const key = { type: "access_key", organization_id: "org_demo", environment: "test", scopes: ["runtime"] };
  const runtime = tenantry.actingAs(key);
  const table = permissions();
  for (const { request } of table) {
    const rows = table.filter((row) => row.request === request);
    const needed = rows.map((row) => row.permitted.access_key).filter((needed) => needed !== null);
    const could = needed.some(
      ({ scopes, environment }) => (scopes === null || scopes.includes("runtime")) && environment !== "production",
    );
    equal([request, runtime.may(request), tenantry.may(request, { actor: key })], [request, could, could]);
    equal(acme.may(request), true);
  }
  equal(table.find((row) => row.request === "start_link" && row.when === "it has no `tool_pack_id`").permitted.access_key, {
    environment: null,
    scopes: ["management"],
    without: ["tool_pack_ids"],
  });
});

test("c_7: an unknown name, an actor that is not what it says, and what is no name", () => {
  const { tenantry, acme } = world();
  const unknown = refused(() => acme.may("start_lnk"));
  equal(
    [unknown.code, unknown.pointer, said(unknown)],
    ["invalid_request", "/request_name", "unknown request `start_lnk`; did you mean `start_link`?"],
  );
  const key = { type: "access_key", organization_id: "org_demo", environment: "test", scopes: [], expires_at: NOW };
  equal(refused(() => tenantry.actingAs(key).may("authorize", { now: NOW })).code, "not_authenticated");
  for (const value of [undefined, null, 7, {}, ["start_link"], Symbol("s"), 1n])
    equal(misused(() => acme.may(value)).pointer, "/request_name");
  equal(misused(() => acme.may("\ud800")).pointer, "/request_name");
  equal(misused(() => tenantry.may("start_link", {})).pointer, "/context/actor");
});

test("c_7: an instance with rows asks for the actor's own", () => {
  const rows = new Tenantry({ rows: true });
  const context = { actor: system };
  equal(misused(() => rows.may("start_link", context)).code, "invalid_request");
  const keys = rows.requirements({ may: "start_link" }, context);
  equal(keys, [["organization", "org_demo"]]);
  rows.load([{ key: keys[0], revision: 0, row: null }]);
  equal(refused(() => rows.may("start_link", context)).code, "organization_not_found");
});

test("lifecycles are drawn", () => {
  equal(lifecycleDiagram("credential").startsWith("stateDiagram-v2"), true);
  for (const machine of ["nonsense", undefined, {}, Symbol("s")])
    equal(refused(() => lifecycleDiagram(machine)).code, "invalid_request");
});

test("the table of errors has a number of one byte for each code", () => {
  const numbers = errorCatalog().map(({ number }) => number);
  equal([new Set(numbers).size, numbers.every((number) => 0 < number && number < 256)], [numbers.length, true]);
});

test("time has something to do next, or has not", () => {
  const { tenantry, acme, user } = world();
  equal(tenantry.nextDue(), null);
  acme.execute({ command: "start_link", registered_user_id: user, connector: "slack" }, { now: NOW });
  equal([tenantry.nextDue(), acme.nextDue()], ["2026-01-31T10:30:00Z", "2026-01-31T10:30:00Z"]);
});

test("a snapshot restores to the same state, from text, any bytes or an object", () => {
  const { tenantry, acme, user, call } = world();
  link(acme, user);
  const snapshot = tenantry.snapshot();
  equal(acme.snapshot(), snapshot);
  for (const given of [snapshot, ...inAnyBytes(snapshot), JSON.parse(snapshot)]) {
    const restored = Tenantry.restore(given, { policy: { retention_days: 1 } });
    equal(restored.snapshot(), snapshot);
    equal(restored.authorize(call, { now: NOW, actor: system }).effect, "allow");
    restored.free();
  }
  const [detached, lying] = [new Uint8Array(8), new TextEncoder().encode(snapshot)];
  structuredClone(detached, { transfer: [detached.buffer] });
  equal(misused(() => Tenantry.restore(detached)).code, "invalid_request");
  Object.defineProperties(lying, {
    length: { value: 5 },
    byteLength: { value: 2 ** 31 },
    buffer: { value: new ArrayBuffer(1) },
    [Symbol.toStringTag]: { value: "Map" },
  });
  equal(Tenantry.restore(lying).snapshot(), snapshot);
});

// A text in each kind of buffer and view, with something else around it.
function inAnyBytes(text) {
  const bytes = new TextEncoder().encode(text);
  const even = new TextEncoder().encode(text.padEnd(text.length + (bytes.length % 2)));
  const within = (Buffer, start, end) => new Uint8Array(new Buffer(start + bytes.length + end)).fill(0xff);
  const kinds = [ArrayBuffer, globalThis.SharedArrayBuffer].filter(Boolean);
  return [bytes, bytes.buffer, new Uint16Array(even.buffer), new Uint8ClampedArray(bytes)].concat(
    kinds.flatMap((Buffer) => {
      const around = within(Buffer, 3, 5);
      around.set(bytes, 3);
      const exact = within(Buffer, 0, 0);
      exact.set(bytes);
      return [
        exact.buffer,
        around.subarray(3, 3 + bytes.length),
        new DataView(around.buffer, 3, bytes.length),
        new Int8Array(around.buffer, 3, bytes.length),
      ];
    }),
  );
}

test("bytes of JSON text are taken for any argument, and as entropy", () => {
  const { tenantry, acme } = world();
  const json = (value) => new TextEncoder().encode(JSON.stringify(value));
  equal(canonicalJson(json({ b: 1, a: [] })), '{"a":[],"b":1}');
  equal(validate(json({ command: "create_test_user" })), []);
  equal(said(refused(() => canonicalJson(new Uint8Array([0xff])))), "not well-formed UTF-8");
  const create = { command: "create_test_user" };
  const [bytes, text] = [new Uint8Array(16).fill(0xab), "ab".repeat(16)].map((entropy) => {
    const [copy, context] = [Tenantry.restore(tenantry.snapshot()), { now: NOW, actor: system, entropy }];
    return copy.execute(json(create), context).response.registered_user_id;
  });
  equal(bytes, text);
  for (const entropy of [new Uint8Array(15), new ArrayBuffer(0), new DataView(new ArrayBuffer(17))]) {
    equal(misused(() => acme.execute(create, { entropy })).pointer, "/context/entropy");
  }
  // Nowhere else, where it would be altered without a word.
  equal(misused(() => acme.execute({ ...create, entropy: new Uint8Array(16) })).pointer, "/entropy");
  equal(misused(() => acme.execute({ ...create, origin_user_name: new Uint8Array(16) })).pointer, "/origin_user_name");
  equal(misused(() => acme.execute(create, { actor: { entropy: new Uint8Array(16) } })).pointer, "/context/actor/entropy");
});

test("e_1: a journal folds to the same state, as the host keeps its events or as the query gives them", () => {
  const tenantry = new Tenantry({ journal: "memory" });
  const kept = [];
  const keep = (command, actor = system) => {
    const outcome = tenantry.execute(command, { now: NOW, actor });
    kept.push(...outcome.events);
    return outcome.response;
  };
  keep({ command: "create_organization", organization_id: "org_demo", name: "Demo" }, { type: "system" });
  const created = {
    command: "create_registered_user",
    origin_user_id: "user_a3f9b2",
    shared_credential_group: { origin_company_id: "acme" },
  };
  const { registered_user_id } = keep(created);
  keep({ command: "update_registered_user", registered_user_id, patch: { is_active: false } });
  const asked = tenantry.query({ query: "journal" }, { now: NOW, actor: system }).items;
  for (const events of [kept, asked, JSON.stringify(kept), new TextEncoder().encode(JSON.stringify(kept))]) {
    equal(Tenantry.fold(events).snapshot(), tenantry.snapshot());
  }
  equal(Tenantry.fold(kept, { journal: "memory" }).query({ query: "journal" }, { now: NOW, actor: system }).items, asked);
  const gap = refused(() => Tenantry.fold(kept.toSpliced(2, 1)));
  equal([gap.code, gap.pointer], ["invalid_snapshot", "/2/stream"]);
  for (const wrong of ["", {}, null, [{}]]) equal(refused(() => Tenantry.fold(wrong)).code, "invalid_snapshot");
  equal(refused(() => Tenantry.fold([], { rows: true })).pointer, "/rows");
});

test("ru_12: events that the host redacts as the effect asks are those of the journal in memory", () => {
  const tenantry = new Tenantry({ journal: "memory" });
  tenantry.execute(
    { command: "create_organization", organization_id: "org_demo", name: "Demo" },
    { now: NOW, actor: { type: "system" } },
  );
  const acme = tenantry.actingAs(system);
  const created = acme.execute(
    { command: "create_registered_user", origin_user_id: "user_1", origin_user_name: "Alice" },
    { now: NOW },
  );
  const { registered_user_id } = created.response;
  const { effects, events } = acme.execute({ command: "delete_registered_user", registered_user_id }, { now: NOW });
  equal(effects, [{ at: events.at(-1).at, effect: "redact_user", id: events.at(-1).id, registered_user_id }]);
  const [event] = acme.query({ query: "journal", registered_user_id }, { now: NOW }).items;
  equal(redact(created.events[0]), event);
  equal(redact(JSON.stringify(event)), event);
  equal([created.events[0].origin_user_name, event.origin_user_name], ["Alice", null]);
  equal(refused(() => redact({ event: "registered_user_created" })).code, "invalid_request");
});

test("what is no snapshot is refused", () => {
  const snapshot = Tenantry.example().snapshot();
  for (const wrong of ["", "{}", snapshot.slice(0, -1), new Uint8Array([0xff]), new Uint8Array(), {}, null]) {
    equal(refused(() => Tenantry.restore(wrong)).code, "invalid_snapshot");
  }
  equal(refused(() => Tenantry.restore(NaN)).code, "invalid_snapshot");
  for (const wrong of [undefined, { format: 1n }]) equal(misused(() => Tenantry.restore(wrong)).code, "invalid_request");
  equal(refused(() => Tenantry.restore(snapshot, { journal: "disk" })).pointer, "/journal");
});

test("commands are decided on the rows that they ask for (H-1)", () => {
  const [whole, partial] = [new Tenantry(), new Tenantry({ rows: true })];
  const rows = new Map(); // the host's database
  const commands = [
    { command: "create_organization", organization_id: "org_demo", name: "Demo" },
    { command: "create_registered_user", origin_user_id: "user_a3f9b2" },
    { command: "create_registered_user", origin_user_id: "user_a3f9b2" },
  ];
  commands.forEach((command, index) => {
    const actor = index === 0 ? { type: "system" } : system;
    const context = { now: NOW, actor, entropy: String(index).repeat(32) };
    for (let missing; (missing = partial.requirements(command, context)).length > 0; ) {
      partial.load(missing.map((key) => ({ key, revision: 1, row: rows.get(JSON.stringify(key)) ?? null })));
    }
    const { guards, changes, ...outcome } = partial.execute(command, context);
    equal(guards.length > 0, true);
    for (const { key, row } of changes) rows.set(JSON.stringify(key), row);
    equal(canonicalJson(outcome), canonicalJson(whole.execute(command, context)));
  });
  equal(rows.size > 0, true);
  equal(misused(() => partial.load([{ key: 1n }])).pointer, "/0/key");
});

test("a freed instance says so, and so do its handles", () => {
  const { tenantry, acme } = world();
  tenantry.free();
  tenantry.free();
  for (const run of [() => tenantry.nextDue(), () => acme.allows("a", "b", "c"), () => tenantry.actingAs(system)]) {
    let message;
    try {
      run();
    } catch (error) {
      message = error.message;
    }
    equal(message, "this Tenantry has been freed");
  }
  if (Symbol.dispose) new Tenantry()[Symbol.dispose]();
});

test("a freed handle says so, and the instance lives on", () => {
  const { tenantry, acme, user, call } = world();
  const other = tenantry.actingAs(system);
  for (const asked of [false, true]) {
    const handle = tenantry.actingAs(system);
    if (asked) handle.allows(user, "support", "slack__post_message");
    handle.free();
    handle.free();
    for (const run of [
      () => handle.nextDue(),
      () => handle.allows("a", "b", "c"),
      () => handle.codes([], [], []),
      () => handle.authorize(call),
      () => handle.load([]),
    ]) {
      let message;
      try {
        run();
      } catch (error) {
        message = error.message;
      }
      equal(message, "this handle has been freed");
    }
  }
  equal(
    [acme.code(user, "support", "slack__post_message"), other.authorize(call).code],
    ["credential_required", "credential_required"],
  );
  if (Symbol.dispose) other[Symbol.dispose]();
});

test("a getter that frees the instance gets an error that says so", () => {
  const { tenantry } = world();
  const command = {
    get command() {
      tenantry.free();
      return "advance_time";
    },
  };
  let message;
  try {
    tenantry.execute(command, { actor: system });
  } catch (error) {
    message = error.message;
  }
  equal([message, validate(command)], ["this Tenantry has been freed", []]);
  const handle = Tenantry.example().actingAs(system);
  for (const run of [
    () =>
      handle.execute({
        get command() {
          handle.free();
          return "advance_time";
        },
      }),
    () => handle.codes(new Proxy([], { get: () => handle.free() ?? 0 }), [], []),
  ]) {
    try {
      run();
    } catch (error) {
      message = error.message;
    }
    equal(message, "this handle has been freed");
  }
});

test("options are read, and wrong ones refused", () => {
  for (const options of [undefined, null, {}, { journal: "memory", policy: { retention_days: 1 } }, '{"journal":"none"}'])
    new Tenantry(options).free();
  for (const options of [{ polcy: {} }, { journal: "disk" }, [], 5, "text"])
    equal(refused(() => new Tenantry(options)).code, "invalid_request");
});

export { cases };
