// What no host may let through (`tests/hostile.json`), as JavaScript gives it: the same as Rust and Python.
import { redact, simulate, subsetOf, Tenantry, TenantryError, UsageError, validate } from "tenantry";
import { equal } from "./expect.js";
import { hostile } from "./hostile.data.js";

const SYSTEM = { type: "system", organization_id: "org_demo", environment: "test" };
const CALLS = {
  new: (options) => void new Tenantry(options),
  restore: (snapshot, options) => void Tenantry.restore(snapshot, options),
  fold: (events, options) => void Tenantry.fold(events, options),
  acting_as: (actor) => void Tenantry.example().actingAs(actor),
  execute: (command, context) => Tenantry.example().execute(command, context),
  query: (query, context) => Tenantry.example().query(query, context),
  authorize: (call, context) => Tenantry.example().authorize(call, context),
  authorize_batch: (calls, context) => Tenantry.example().authorizeBatch(calls, context),
  redact: (event) => redact(event),
  simulate: (scenario) => simulate(scenario),
  read_rejection: (rejection) => void new TenantryError(rejection).toProblem(),
  now: (now) => void Tenantry.example().actingAs(SYSTEM).code("u", "support", "slack__post_message", now),
  load: (rows) => new Tenantry({ rows: true }).load(rows),
  subset_of: (parent, child) => void subsetOf(parent, child),
};

const NOTATIONS = {
  NaN: () => NaN,
  Infinity: () => Infinity,
  "-Infinity": () => -Infinity,
  lone_surrogate: () => "\ud800",
  lone_surrogate_key: () => ({ "\ud800": 1 }),
  instant: ({ at }) => new Date(at),
  text: ({ of, times }) => of.repeat(times),
  nested: ({ levels }) => Array.from({ length: levels - 1 }).reduce((inner) => [inner], []),
  snapshot({ put }) {
    const snapshot = JSON.parse(Tenantry.example().snapshot());
    if (put === undefined) return snapshot;
    const path = put[0].split("/").slice(1);
    const last = path.pop();
    path.reduce((here, key) => here[key], snapshot)[last] = made(put[1]);
    return snapshot;
  },
};

function made(given) {
  if (Array.isArray(given)) return given.map(made);
  if (typeof given !== "object" || given === null) return given;
  if (!Object.hasOwn(given, "$host")) return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, made(value)]));
  if (!Object.hasOwn(NOTATIONS, given.$host)) throw new Error(`unknown notation ${given.$host}`);
  return NOTATIONS[given.$host](given);
}

function argument({ text, value }) {
  return text === undefined ? made(value) : text.map(([of, times]) => of.repeat(times)).join("");
}

function refusal(whose, { code, pointer, message }) {
  return { code, message, pointer: pointer ?? null, whose };
}

function outcome({ call, given, show }) {
  const values = given.map(argument);
  try {
    if (call === "validate") {
      const [violation] = validate(...values);
      return violation === undefined ? { accepted: true } : { refused: refusal("client", violation) };
    }
    const answer = CALLS[call](...values);
    return { accepted: show === undefined ? true : at(answer, show) };
  } catch (error) {
    if (error instanceof UsageError) return { refused: refusal("program", error.toJSON()) };
    if (error instanceof TenantryError) return { refused: refusal("client", error.toJSON()) };
    throw error;
  }
}

function at(answer, pointer) {
  return (
    pointer
      .split("/")
      .slice(1)
      .reduce((here, key) => here?.[key], answer) ?? null
  );
}

let ran = 0;
const cases = hostile.entries.map((entry) => [
  `hostile: ${entry.name} (${entry.call})`,
  () => {
    ran++;
    const { refused, accepted } = entry;
    equal(outcome(entry), refused === undefined ? { accepted } : { refused: refusal(refused.whose, refused) });
  },
]);
cases.push(["hostile: every entry has run", () => equal(ran, hostile.count)]);

export { argument, cases };
