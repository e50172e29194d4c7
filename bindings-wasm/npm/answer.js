// Values out: canonical JSON becomes plain objects.
import { accepted, failure } from "./error.js";
import { context, nothing, send } from "./values.js";

// Asks the method of the world that `open` gives about what `write` writes, in a context.
function request(open, method, write, asked, given, actor) {
  open();
  let world;
  let now;
  const both = () => {
    write(asked);
    context(given, actor);
    now = Date.now();
    world = open(); // again: a getter may have freed it
  };
  return JSON.parse(answer(both, (start, end) => world[method](start, end, now)));
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
  const world = open();
  return answer(nothing, () => world[method]());
}

// Hands the world's method what `write` writes.
function handed(open, method, write, value) {
  open();
  let world;
  const all = () => {
    write(value);
    world = open();
  };
  answer(all, (start, end) => world[method](start, end));
}

export { answer, handed, request, told };
