// What needs no instance.
import { answer } from "./answer.js";
import { canonical_json, core_version, error_catalog, lifecycle_diagram, permission_table, run, subset_of, tell, violations, without_profile } from "./tenantry.js";
import { command, document, nothing } from "./values.js";

function validate(given, policy) {
  const write = () => {
    command(given);
    command(policy ?? null, "/policy");
  };
  return JSON.parse(answer(write, (start, end) => violations(start, end) ?? "[]"));
}

function canonicalJson(value) {
  return answer(document, canonical_json, value);
}

function simulate(scenario) {
  return JSON.parse(answer(document, run, scenario));
}

function story(transcript) {
  return JSON.parse(answer(document, tell, transcript));
}

function redact(event) {
  return JSON.parse(answer(command, without_profile, event));
}

// 43 letters of 64 kinds: 256 bits, and a little more.
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function registrationSecret() {
  const random = crypto.getRandomValues(new Uint8Array(43));
  return `ort_${Array.from(random, (byte) => LETTERS[byte & 63]).join("")}`;
}

function subsetOf(parent, child) {
  const write = () => {
    command(parent, "/parent");
    command(child, "/child");
  };
  return JSON.parse(answer(write, subset_of));
}

function lifecycleDiagram(machine) {
  const name = typeof machine === "string" ? machine : typeof machine;
  return JSON.parse(answer(nothing, () => lifecycle_diagram(name)));
}

function permissions() {
  return JSON.parse(answer(nothing, permission_table));
}

function version() {
  return answer(nothing, core_version);
}

let catalog;

function errorCatalog() {
  catalog ??= answer(nothing, error_catalog);
  return JSON.parse(catalog);
}

export { canonicalJson, errorCatalog, lifecycleDiagram, permissions, redact, registrationSecret, simulate, story, subsetOf, validate, version };
