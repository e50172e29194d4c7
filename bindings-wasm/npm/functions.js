// What needs no instance.
import { accepted, failure, text } from "./answer.js";
import { canonical_json, error_catalog, violations } from "./tenantry.js";
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

let catalog;

function errorCatalog() {
  catalog ??= error_catalog();
  return JSON.parse(catalog);
}

export { canonicalJson, errorCatalog, validate };
