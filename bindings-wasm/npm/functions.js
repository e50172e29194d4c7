// What needs no instance.
import { accepted, failure, made, text } from "./answer.js";
import { canonical_json, error_catalog, lifecycle_diagram, subset_of, violations } from "./tenantry.js";
import { Fault, command, document, send } from "./values.js";

function validate(given, policy) {
  let commandRead = false;
  const write = () => {
    command(given);
    commandRead = true;
    command(policy ?? null);
  };
  try {
    const list = accepted(send(write, violations));
    return list === "" ? [] : JSON.parse(list);
  } catch (error) {
    const failed = failure(error);
    // A command that is no JSON is told like any other that is wrong; a policy that is none is thrown.
    if (error instanceof Fault && !commandRead) return failed.violations;
    throw failed;
  }
}

function canonicalJson(value) {
  return text(document, canonical_json, value);
}

function subsetOf(parent, child) {
  const write = () => {
    command(parent, "/parent");
    command(child, "/child");
  };
  return JSON.parse(text(write, subset_of));
}

function lifecycleDiagram(machine) {
  return made(() => accepted(lifecycle_diagram(typeof machine === "string" ? machine : typeof machine)), () => {});
}

let catalog;

function errorCatalog() {
  catalog ??= error_catalog();
  return JSON.parse(catalog);
}

export { canonicalJson, errorCatalog, lifecycleDiagram, subsetOf, validate };
