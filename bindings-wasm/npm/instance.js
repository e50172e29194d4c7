// The class `Tenantry`: a world, and all its rules.
import { failure, plain } from "./answer.js";
import { World } from "./tenantry.js";
import { command, context, send } from "./values.js";

// Asks by `ask(start, end, now)` about a command, query or call in a context.
function request(ask, asked, given, actor) {
  try {
    return plain(send(both, (start, end) => ask(start, end, Date.now()), asked, given, actor));
  } catch (error) {
    throw failure(error);
  }
}

function both(asked, given, actor) {
  command(asked);
  context(given, actor);
}

class Tenantry {
  #world;

  constructor(options) {
    this.#world = options instanceof World ? options : open(options ?? null);
  }

  execute(command, context) {
    const world = this.#world;
    return request((start, end, now) => world.execute(start, end, now), command, context);
  }

  query(query, context) {
    const world = this.#world;
    return request((start, end, now) => world.query(start, end, now), query, context);
  }

  free() {
    this.#world.free();
  }
}

if (Symbol.dispose !== undefined) Tenantry.prototype[Symbol.dispose] = Tenantry.prototype.free;

function open(options) {
  try {
    return send(command, World.open, options);
  } catch (error) {
    throw failure(error);
  }
}

export { Tenantry };
