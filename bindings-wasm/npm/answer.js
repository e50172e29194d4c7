// Values out: canonical JSON becomes plain objects.
import { accepted, failure } from "./error.js";
import { context, nothing, send } from "./values.js";

// Calls a method of the world that `open` answers with the bound actor, the request that `write` writes, and a context.
function request(open, method, write, asked, given) {
  let now;
  const both = () => {
    write(asked);
    context(given);
    now = Date.now();
  };
  return JSON.parse(call(open, both, (core, start, end) => core.world[method](core.bound, start, end, now)));
}

// Calls the core that `open` answers with what `write` writes. Where that is refused, the core is never asked: the
// request that rows were loaded for is given up.
function call(open, write, enter) {
  open();
  let core;
  const all = () => {
    write();
    core = open(); // again: a getter may have freed it
  };
  try {
    return answer(all, (start, end) => enter(core, start, end));
  } catch (error) {
    if (core === undefined) abandon(open);
    throw error;
  }
}

// Gives up the request that rows were loaded for. Where the instance is freed or lost meanwhile, nothing is left of it.
function abandon(open) {
  try {
    ask(open, "abandon");
  } catch {
    return;
  }
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
  call(
    open,
    () => write(value),
    (core, start, end) => core.world[method](start, end),
  );
}

export { abandon, answer, ask, call, give, request };
