// The class `Tenantry`: a world, and all its rules.
import { Acting } from "./acting.js";
import { answer, ask, give, request } from "./answer.js";
import { notCloned } from "./clone.js";
import { batch, decision, explanation, outcome } from "./decision.js";
import { current, InstanceLostError } from "./lost.js";
import { Subscribers } from "./subscribers.js";
import { Bound, World } from "./tenantry.js";
import { command, document, nothing, rows, word } from "./values.js";

class Tenantry {
  #core; // the world, and no bound actor
  #generation;
  #subscribers = new Subscribers();
  #open = () => {
    if (this.#core === undefined) throw new Error("this Tenantry has been freed");
    if (this.#generation !== current()) throw new InstanceLostError();
    return this.#core;
  };

  constructor(options) {
    const world = Ready.worldOf(options) ?? answer(command, World.open, options ?? null);
    this.#core = { world, bound: answer(nothing, Bound.nobody), subscribers: this.#subscribers };
    notCloned(this);
    this.#generation = current();
  }

  static example(options) {
    return new Tenantry(new Ready(answer(command, World.example, options ?? null)));
  }

  static restore(snapshot, options) {
    return new Tenantry(stored(World.restore, snapshot, options));
  }

  static fold(events, options) {
    if (typeof options?.onto !== "string" && typeof options?.onto !== "object")
      return new Tenantry(stored(World.fold, events, options));
    const { onto, ...rest } = options;
    return new Tenantry(onto === null ? stored(World.fold, events, rest) : stored(World.fold, { onto, events }, rest));
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
    return this.#core === undefined ? "<Tenantry: freed>" : ask(this.#open, "describe");
  }

  toJSON() {
    throw new TypeError("a Tenantry cannot be serialized; call snapshot() for its state, and restore it with Tenantry.restore()");
  }

  nextDue() {
    return ask(this.#open, "next_due") ?? null;
  }

  subscribe(callback) {
    this.#open();
    return this.#subscribers.add(callback);
  }

  actingAs(actor) {
    return new Acting(this.#open, actor);
  }

  free() {
    // A lost one has nothing to free: its whole memory is gone.
    if (this.#core !== undefined && this.#generation === current()) {
      this.#core.world.free();
      this.#core.bound.free();
    }
    this.#core = undefined;
  }
}

// A world for the constructor. The class is private to this module, so callers cannot forge one.
class Ready {
  #world;

  constructor(world) {
    this.#world = world;
  }

  static worldOf(given) {
    return typeof given === "object" && given !== null && #world in given ? given.#world : undefined;
  }
}

// A world from a snapshot or events.
function stored(make, given, options) {
  const write = () => {
    document(given);
    command(options ?? null);
  };
  return new Ready(answer(write, make));
}

Tenantry.prototype[Symbol.for("nodejs.util.inspect.custom")] = Tenantry.prototype.toString;
if (Symbol.dispose !== undefined) Tenantry.prototype[Symbol.dispose] = Tenantry.prototype.free;

export { Tenantry };
