// What needs no instance.
import { answer } from "./answer.js";
import * as core from "./tenantry.js";
import { command, document, nothing } from "./values.js";

function validate(given, policy) {
  const write = () => {
    command(given);
    command(policy ?? null, "/policy");
  };
  return JSON.parse(answer(write, (start, end) => core.validate(start, end) ?? "[]"));
}

function canonicalJson(value) {
  return answer(document, core.canonical_json, value);
}

function simulate(scenario) {
  return JSON.parse(answer(document, core.simulate, scenario));
}

function story(transcript) {
  return JSON.parse(answer(document, core.story, transcript));
}

function redact(event) {
  return JSON.parse(answer(command, core.redact, event));
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
  return JSON.parse(answer(write, core.subset_of));
}

function lifecycleDiagram(machine) {
  const name = typeof machine === "string" ? machine : typeof machine;
  return JSON.parse(answer(nothing, () => core.lifecycle_diagram(name)));
}

function lifecycle(machine) {
  const name = typeof machine === "string" ? machine : typeof machine;
  return JSON.parse(answer(nothing, () => core.lifecycle(name)));
}

// The command of a remedy's step, with what only the caller knows.
function fill(step, values) {
  const write = () => {
    command(step, "", true);
    command(values ?? null, "/values", true);
  };
  return JSON.parse(answer(write, core.fill));
}

function permissions() {
  return JSON.parse(answer(nothing, core.permissions));
}

function version() {
  return answer(nothing, core.version);
}

let catalog;

function errorCatalog() {
  catalog ??= answer(nothing, core.error_catalog);
  return JSON.parse(catalog);
}

export {
  canonicalJson,
  errorCatalog,
  fill,
  lifecycle,
  lifecycleDiagram,
  permissions,
  redact,
  registrationSecret,
  simulate,
  story,
  subsetOf,
  validate,
  version,
};
