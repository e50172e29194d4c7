// An actor bound once to a living world: all of its requests less the actor, and the hot path.
import { made, request, text } from "./answer.js";
import { Bound, error_catalog, millis } from "./tenantry.js";
import { Fault, again, command, decide, document, threes, walked } from "./values.js";

class Acting {
  #world;
  #actor;
  #bound;

  // `world` answers the world, or throws once it has been freed.
  constructor(world, actor) {
    world();
    this.#world = world;
    // Read twice from one walk, so that both are the same actor whatever a getter says.
    this.#actor = made(walked, command, actor);
    this.#bound = made(Bound.read, again, this.#actor);
  }

  execute(asked, context) {
    return request(this.#world(), "execute", command, asked, context, this.#actor);
  }

  query(asked, context) {
    return request(this.#world(), "query", command, asked, context, this.#actor);
  }

  authorize(call, context) {
    return request(this.#world(), "authorize", command, call, context, this.#actor);
  }

  explain(call, context) {
    return request(this.#world(), "explain", command, call, context, this.#actor);
  }

  preview(asked, context) {
    return request(this.#world(), "preview", command, asked, context, this.#actor);
  }

  authorizeBatch(calls, context) {
    return request(this.#world(), "authorize_batch", document, calls, context, this.#actor);
  }

  requirements(asked, context) {
    return request(this.#world(), "requirements", command, asked, context, this.#actor);
  }

  load(rows) {
    const world = this.#world();
    text(document, (start, end) => world.load(start, end), rows);
  }

  snapshot() {
    return this.#world().snapshot();
  }

  nextDue() {
    return this.#world().next_due() ?? null;
  }

  allows(user, pack, tool, now) {
    return decide(this.#world(), this.#bound, user, pack, tool, instant(now)) === 0;
  }

  code(user, pack, tool, now) {
    const number = decide(this.#world(), this.#bound, user, pack, tool, instant(now));
    return number === undefined ? "invalid_request" : codeOf(number);
  }

  codes(users, packs, tools, now) {
    const world = this.#world();
    const at = instant(now);
    let calls;
    const write = () => {
      calls = [users, packs, tools].map((list) => (Array.isArray(list) ? list.length : -1));
      if (calls[0] < 0 || calls[1] !== calls[0] || calls[2] !== calls[0]) {
        throw new Fault("", "expected three arrays of one length");
      }
      threes(users, packs, tools, calls[0]);
    };
    return made((start, end) => world.numbers(this.#bound, start, end, calls[0], at), write);
  }
}

let codes;

function codeOf(number) {
  if (codes === undefined) {
    codes = ["allow"];
    for (const row of JSON.parse(error_catalog())) codes[row.number] = row.code;
  }
  return codes[number];
}

// An instant in milliseconds since 1970; NaN, which is none, for what is no time.
function instant(now) {
  if (now === undefined || now === null) return Date.now();
  if (typeof now === "number") return now;
  if (typeof now === "string") return millis(now);
  try {
    return Date.prototype.getTime.call(now);
  } catch {
    return NaN;
  }
}

export { Acting };
