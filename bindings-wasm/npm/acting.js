// An actor bound once to a living world: all of its requests less the actor, and the hot path.
import { handed, made, request, told } from "./answer.js";
import { decide } from "./decide.js";
import { Bound, error_catalog, millis } from "./tenantry.js";
import { Fault, actor, again, command, document, nothing, rows, threes, walked } from "./values.js";

class Acting {
  #open;
  #actor;
  #read;

  // `open` answers the world, or throws once it is freed or lost.
  constructor(open, given) {
    open();
    this.#open = open;
    // Read from one walk, so that it is the same actor for every call whatever a getter says.
    this.#actor = made(walked, actor, given);
    made(Bound.read, again, this.#actor).free();
  }

  // The world, and the actor as the core has read it: not before it is needed, since only the collector frees it.
  #bound() {
    const world = this.#open();
    this.#read ??= made(Bound.read, again, this.#actor);
    return world;
  }

  execute(asked, context) {
    return request(this.#open, "execute", command, asked, context, this.#actor);
  }

  query(asked, context) {
    return request(this.#open, "query", command, asked, context, this.#actor);
  }

  authorize(call, context) {
    return request(this.#open, "authorize", command, call, context, this.#actor);
  }

  explain(call, context) {
    return request(this.#open, "explain", command, call, context, this.#actor);
  }

  preview(asked, context) {
    return request(this.#open, "preview", command, asked, context, this.#actor);
  }

  authorizeBatch(calls, context) {
    return request(this.#open, "authorize_batch", document, calls, context, this.#actor);
  }

  requirements(asked, context) {
    return request(this.#open, "requirements", command, asked, context, this.#actor);
  }

  load(given) {
    handed(this.#open, "load", rows, given);
  }

  snapshot() {
    return told(this.#open, "snapshot");
  }

  nextDue() {
    return told(this.#open, "next_due") ?? null;
  }

  allows(user, pack, tool, now) {
    return this.#number(user, pack, tool, now) === 0;
  }

  code(user, pack, tool, now) {
    return codeOf(this.#number(user, pack, tool, now));
  }

  #number(user, pack, tool, now) {
    const at = instant(now);
    const number = decide(this.#bound(), this.#read, user, pack, tool, at);
    return number === undefined ? this.codes([user], [pack], [tool], at)[0] : number;
  }

  codes(users, packs, tools, now) {
    let world = this.#bound();
    const at = instant(now);
    let calls;
    const write = () => {
      calls = [users, packs, tools].map((list) => (Array.isArray(list) ? list.length : -1));
      if (calls[0] < 0 || calls[1] !== calls[0] || calls[2] !== calls[0]) {
        throw new Fault("", "expected three arrays of one length", true);
      }
      threes(users, packs, tools, calls[0]);
      world = this.#open(); // again: a getter may have freed it
    };
    return made((start, end) => world.numbers(this.#read, start, end, calls[0], at), write);
  }
}

let codes;

function codeOf(number) {
  if (codes === undefined) {
    codes = ["allow"];
    for (const row of JSON.parse(made(error_catalog, nothing))) codes[row.number] = row.code;
  }
  return codes[number];
}

// An instant in milliseconds since 1970; NaN, which is none, for what is no time.
function instant(now) {
  if (now === undefined || now === null) return Date.now();
  if (typeof now === "number") return now;
  if (typeof now === "string") return made(() => millis(now), nothing);
  try {
    return Date.prototype.getTime.call(now);
  } catch {
    return NaN;
  }
}

export { Acting };
