// Values out: canonical JSON becomes plain objects, rejections become errors.
import { TenantryError } from "./error.js";
import { refuse } from "./tenantry.js";
import { Fault } from "./values.js";

const REJECTED = "!";

// What the core's text says.
function plain(text) {
  return JSON.parse(accepted(text));
}

// The text itself, unless it is a rejection.
function accepted(text) {
  if (text.startsWith(REJECTED)) throw rejection(text);
  return text;
}

function rejection(text, options) {
  const [rejected, internal] = JSON.parse(text.slice(REJECTED.length));
  const error = new TenantryError(rejected, options);
  error.internal = internal;
  return error;
}

// The error for whatever a call threw: a fault of a value on its way in, or a rejection's text.
function failure(thrown) {
  if (thrown instanceof Fault) {
    const options = thrown.cause === undefined ? undefined : { cause: thrown.cause };
    return rejection(refuse(thrown.pointer, thrown.message), options);
  }
  return typeof thrown === "string" ? rejection(thrown) : thrown;
}

export { accepted, failure, plain };
