// The class `Tenantry`: a world, and all its rules.
import { Acting } from "./acting.js";
import { handed, made, request, told } from "./answer.js";
import { InstanceLostError, current } from "./lost.js";
import { World } from "./tenantry.js";
import { bytesOrDocument, command, document, nothing, rows } from "./values.js";

class Tenantry {
  #world;
  #life;
  #open = () => {
    if (this.#world === undefined) throw new Error("this Tenantry has been freed");
    if (this.#life !== current()) throw new InstanceLostError();
    return this.#world;
  };

  constructor(options) {
    this.#world = options instanceof World ? options : made(World.open, command, options ?? null);
    this.#life = current();
  }

  static example() {
    return new Tenantry(made(World.example, nothing));
  }

  static restore(snapshot, options) {
    return new Tenantry(kept(World.restore, snapshot, options));
  }

  static fold(events, options) {
    return new Tenantry(kept(World.fold, events, options));
  }

  execute(asked, context) {
    return request(this.#open, "execute", command, asked, context);
  }

  query(asked, context) {
    return request(this.#open, "query", command, asked, context);
  }

  authorize(call, context) {
    return request(this.#open, "authorize", command, call, context);
  }

  explain(call, context) {
    return request(this.#open, "explain", command, call, context);
  }

  preview(asked, context) {
    return request(this.#open, "preview", command, asked, context);
  }

  authorizeBatch(calls, context) {
    return request(this.#open, "authorize_batch", document, calls, context);
  }

  requirements(asked, context) {
    return request(this.#open, "requirements", command, asked, context);
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

  actingAs(actor) {
    return new Acting(this.#open, actor);
  }

  free() {
    // A lost one has nothing to give back: its memory is gone as a whole.
    if (this.#life === current()) this.#world?.free();
    this.#world = undefined;
  }
}

/** A world from what was kept of one. */
function kept(make, given, options) {
  return made(make, () => {
    bytesOrDocument(given);
    command(options ?? null);
  });
}

if (Symbol.dispose !== undefined) Tenantry.prototype[Symbol.dispose] = Tenantry.prototype.free;

export { Tenantry };
