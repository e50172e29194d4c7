// An actor bound once to a living world: all of its requests less the actor, and the hot path.
import { answer, handed, request, told } from "./answer.js";
import { decide } from "./decide.js";
import { batch, decision, explanation, outcome } from "./decision.js";
import { current } from "./lost.js";
import { Bound, error_catalog, millis } from "./tenantry.js";
import { actor, again, command, document, nothing, rows, three, threes, walked } from "./values.js";

class Acting {
  #open;
  #actor;
  #read;
  #life = current();

  // `open` answers the world, or throws once it is freed or lost.
  constructor(open, given) {
    open();
    this.#open = open;
    // Read from one walk, so that it is the same actor for every call whatever a getter says.
    this.#actor = answer(actor, walked, given);
    answer(again, Bound.read, this.#actor).free();
  }

  // The world, and the actor as the core has read it: not before it is needed, since only the collector frees it.
  #bound() {
    const world = this.#open();
    this.#read ??= answer(again, Bound.read, this.#actor);
    return world;
  }

  free() {
    if (this.#life === current()) this.#read?.free(); // with what is lost, all of its memory is gone
    this.#read = undefined;
    this.#open = freed;
  }

  execute(asked, context) {
    return outcome(request(this.#open, "execute", command, asked, context, this.#actor));
  }

  query(asked, context) {
    return request(this.#open, "query", command, asked, context, this.#actor);
  }

  authorize(call, context) {
    return decision(request(this.#open, "authorize", command, call, context, this.#actor));
  }

  explain(call, context) {
    return explanation(request(this.#open, "explain", command, call, context, this.#actor));
  }

  preview(asked, context) {
    return outcome(request(this.#open, "preview", command, asked, context, this.#actor));
  }

  authorizeBatch(calls, context) {
    return batch(request(this.#open, "authorize_batch", document, calls, context, this.#actor));
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
    return number === undefined ? this.#numbers(three, user, pack, tool, at)[0] : number;
  }

  codes(users, packs, tools, now) {
    return this.#numbers(threes, users, packs, tools, instant(now));
  }

  #numbers(write, users, packs, tools, at) {
    let world = this.#bound();
    let calls;
    const all = () => {
      calls = write(users, packs, tools);
      world = this.#open(); // again: a getter may have freed it
    };
    return answer(all, (start, end) => world.numbers(this.#read, start, end, calls, at));
  }
}

if (Symbol.dispose !== undefined) Acting.prototype[Symbol.dispose] = Acting.prototype.free;

function freed() {
  throw new Error("this handle has been freed");
}

let codes;

function codeOf(number) {
  if (codes === undefined) {
    codes = ["allow"];
    for (const row of JSON.parse(answer(nothing, error_catalog))) codes[row.number] = row.code;
  }
  return codes[number];
}

// An instant in milliseconds since 1970; NaN, which is none, for what is no time.
function instant(now) {
  if (now === undefined || now === null) return Date.now();
  if (typeof now === "number") return now;
  if (typeof now === "string") return answer(nothing, () => millis(now));
  try {
    return Date.prototype.getTime.call(now);
  } catch {
    return NaN;
  }
}

export { Acting };
