// Values out: canonical JSON becomes plain objects.
import { accepted, failure } from "./error.js";
import { context, nothing, send } from "./values.js";

// Asks the method of the world that `open` gives, with who is bound, about what `write` writes, in a context.
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

// What a call answers about what `write` writes of the two values.
function answer(write, call, one, two) {
  try {
    return accepted(send(write, call, one, two));
  } catch (error) {
    throw failure(error);
  }
}

// What the world that `open` gives answers without being given anything.
function told(open, method) {
  const { world } = open();
  return answer(nothing, () => world[method]());
}

// Hands the world's method what `write` writes.
function handed(open, method, write, value) {
  open();
  let core;
  const all = () => {
    write(value);
    core = open();
  };
  answer(all, (start, end) => core.world[method](start, end));
}

export { answer, handed, request, told };
