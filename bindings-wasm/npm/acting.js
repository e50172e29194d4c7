// An actor bound once to a living world: all requests without the actor, and the hot path.
import { abandon, answer, ask, call, give, request } from "./answer.js";
import { notCloned } from "./clone.js";
import { decide } from "./decide.js";
import { batch, decision, explanation, outcome } from "./decision.js";
import { three, threes } from "./lists.js";
import { current } from "./lost.js";
import { addMethods } from "./methods.js";
import { Bound, error_catalog, read_now } from "./tenantry.js";
import { actor, command, document, nothing, plain, rows, word } from "./values.js";

class Acting {
  #core; // the world, and the actor as the core has read it: once, so that no getter can change it between calls
  #generation;
  #subscribers;
  #open;

  // `open` answers the world, or throws once it is freed or lost.
  constructor(open, given) {
    open();
    const bound = answer(actor, Bound.read, given);
    const { world, subscribers } = open();
    this.#core = { world, bound };
    this.#subscribers = subscribers;
    notCloned(this);
    this.#generation = current();
    this.#open = () => {
      if (this.#core === undefined) throw new Error("this handle has been freed");
      open();
      return this.#core;
    };
  }

  free() {
    if (this.#core !== undefined && this.#generation === current()) this.#core.bound.free();
    this.#core = undefined;
  }

  execute(asked, context) {
    const given = outcome(request(this.#open, "execute", command, asked, context));
    this.#subscribers.tell(given);
    return given;
  }

  executeJson(asked, context) {
    return this.execute(asked, context);
  }

  query(asked, context) {
    return request(this.#open, "query", command, asked, context);
  }

  queryJson(asked, context) {
    return this.query(asked, context);
  }

  authorize(call, context) {
    return decision(request(this.#open, "authorize", command, call, context));
  }

  explain(call, context) {
    return explanation(request(this.#open, "explain", command, call, context));
  }

  preview(asked, context) {
    return outcome(request(this.#open, "preview", command, asked, context));
  }

  previewJson(asked, context) {
    return this.preview(asked, context);
  }

  authorizeBatch(calls, context) {
    return batch(request(this.#open, "authorize_batch", document, calls, context));
  }

  may(requestName, context) {
    return request(this.#open, "may", word, requestName, context);
  }

  requirements(asked, context) {
    return request(this.#open, "requirements", command, asked, context);
  }

  load(given) {
    give(this.#open, "load", rows, given);
  }

  abandon() {
    ask(this.#open, "abandon");
  }

  snapshot() {
    return ask(this.#open, "snapshot");
  }

  toString() {
    return this.#core === undefined ? "<Acting: freed>" : answer(nothing, () => this.#core.bound.describe());
  }

  toJSON() {
    throw new TypeError("a bound actor cannot be serialized; call snapshot() for the state");
  }

  nextDue() {
    return ask(this.#open, "next_due") ?? null;
  }

  allows(user, pack, tool, now) {
    return this.#number(user, pack, tool, now) === 0;
  }

  code(user, pack, tool, now) {
    return codeOf(this.#number(user, pack, tool, now));
  }

  #number(user, pack, tool, now) {
    const at = this.#instant(now);
    const { world, bound } = this.#open();
    const number = decide(world, bound, user, pack, tool, at);
    return number === undefined ? this.#numbers(three, user, pack, tool, at)[0] : number;
  }

  codes(users, packs, tools, now) {
    return this.#numbers(threes, users, packs, tools, this.#instant(now));
  }

  // An instant in milliseconds since 1970.
  #instant(now) {
    if (now === undefined || now === null) return Date.now();
    try {
      return answer(plain, read_now, now);
    } catch (error) {
      abandon(this.#open);
      throw error;
    }
  }

  #numbers(write, users, packs, tools, at) {
    let calls;
    const all = () => {
      calls = write(users, packs, tools);
    };
    return call(this.#open, all, (core, start, end) => core.world.numbers(core.bound, start, end, calls, at));
  }
}

addMethods(Acting.prototype);
Acting.prototype[Symbol.for("nodejs.util.inspect.custom")] = Acting.prototype.toString;
if (Symbol.dispose !== undefined) Acting.prototype[Symbol.dispose] = Acting.prototype.free;

let codes;

function codeOf(number) {
  if (codes === undefined) {
    codes = ["allow"];
    for (const row of JSON.parse(answer(nothing, error_catalog))) codes[row.number] = row.code;
  }
  return codes[number];
}

export { Acting };
