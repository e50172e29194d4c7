// The steps of `tests/src/steps/`, as JavaScript takes them: each answer is the bytes that Rust gave.
import { canonicalJson, redact, subsetOf, Tenantry, TenantryError, UsageError, validate } from "tenantry";
import { argument } from "./hostile.js";

let world;
let began;

const CALLS = {
  restore(snapshot, options) {
    world?.free();
    world = Tenantry.restore(snapshot, options);
    began = world.snapshot();
    return began;
  },
  execute: (command, context) => canonicalJson(world.execute(command, context)),
  query: (query, context) => canonicalJson(world.query(query, context)),
  authorize: (call, context) => canonicalJson(world.authorize(call, context)),
  authorize_batch: (calls, context) => canonicalJson(world.authorizeBatch(calls, context)),
  explain: (call, context) => canonicalJson(world.explain(call, context)),
  preview: (command, context) => canonicalJson(world.preview(command, context)),
  validate: (command, policy) => canonicalJson(validate(command, policy)),
  subset_of: (parent, child) => canonicalJson(subsetOf(parent, child)),
  redact: (event) => canonicalJson(redact(event)),
  may: (name, context) => String(world.may(name, context)),
  snapshot: () => world.snapshot(),
  restored: (snapshot, options) => written(Tenantry.restore(snapshot, options)),
  folded: (events) => written(Tenantry.fold(events, { onto: began })),
};

function written(instance) {
  const snapshot = instance.snapshot();
  instance.free();
  return snapshot;
}

function taken(call, given) {
  try {
    return { answer: CALLS[call](...given.map(argument)) };
  } catch (error) {
    if (error instanceof TenantryError) return { refused: { whose: "client", rejection: canonicalJson(error.toJSON()) } };
    if (!(error instanceof UsageError)) throw error;
    const { code, message, pointer } = error.toJSON();
    return { refused: { whose: "program", code, message, pointer: pointer ?? null } };
  }
}

/** Takes the steps of a file; answers how many, or throws at the first that differs. */
export function takeAll(file) {
  const lines = file.trimEnd().split("\n");
  for (const [index, line] of lines.entries()) {
    const { call, given, answer, refused } = JSON.parse(line);
    const found = canonicalJson(taken(call, given));
    const wanted = canonicalJson(refused === undefined ? { answer } : { refused });
    if (found !== wanted) throw new Error(`step ${index}, ${call}: ${line.slice(0, 4000)}\n found ${found}\nwanted ${wanted}`);
  }
  return lines.length;
}
