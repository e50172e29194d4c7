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
  return JSON.parse(text(both, (start, end) => world[method](start, end, now)));
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

// What the world that `open` gives answers without being given anything.
function told(open, method) {
  const world = open();
  return made(() => world[method](), nothing);
}

// Hands the world's method what `write` writes.
function handed(open, method, write, value) {
  open();
  let world;
  const all = () => {
    write(value);
    world = open();
  };
  text(all, (start, end) => world[method](start, end));
}

export { handed, made, request, text, told };
