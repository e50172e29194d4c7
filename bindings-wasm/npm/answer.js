// Values out: canonical JSON becomes plain objects.
import { accepted, failure } from "./error.js";
import { context, nothing, send } from "./values.js";

// Calls a method of the world that `open` answers with the bound actor, the request that `write` writes, and a context.
function request(open, method, write, asked, given) {
  open();
  let core;
  let now;
  const both = () => {
    write(asked);
    context(given);
    now = Date.now();
    core = open(); // again: a getter may have freed it
  };
  return JSON.parse(answer(both, (start, end) => core.world[method](core.bound, start, end, now)));
}

// Calls the core with the arguments that `write` writes of the two values.
function answer(write, call, one, two) {
  try {
    return accepted(send(write, call, one, two));
  } catch (error) {
    throw failure(error);
  }
}

// Calls a method without arguments of the world that `open` answers.
function ask(open, method) {
  const { world } = open();
  return answer(nothing, () => world[method]());
}

// Calls a method that has no context and no answer with what `write` writes.
function give(open, method, write, value) {
  open();
  let core;
  const all = () => {
    write(value);
    core = open();
  };
  answer(all, (start, end) => core.world[method](start, end));
}

export { answer, ask, give, request };
