// Values out: canonical JSON becomes plain objects, rejections become errors.
import { TenantryError } from "./error.js";
import { refuse } from "./tenantry.js";
import { Fault, context, send } from "./values.js";

const REJECTED = "!";

// Asks the world's method about what `write` writes, in a context.
function request(world, method, write, asked, given, actor) {
  const both = () => {
    write(asked);
    context(given, actor);
  };
  const call = (start, end) => world[method](start, end, Date.now());
  return JSON.parse(text(both, call));
}

// The text that a call answers about what `write` writes of the two values.
function text(write, call, one, two) {
  try {
    return accepted(send(write, call, one, two));
  } catch (error) {
    throw failure(error);
  }
}

// What a call makes that answers no text.
function made(call, write, value) {
  try {
    return send(write, call, value);
  } catch (error) {
    throw failure(error);
  }
}

// The text itself, unless it is a rejection.
function accepted(answer) {
  if (answer.startsWith(REJECTED)) throw rejection(answer);
  return answer;
}

function rejection(answer, options) {
  const [rejected, internal] = JSON.parse(answer.slice(REJECTED.length));
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

export { accepted, failure, made, request, text };
