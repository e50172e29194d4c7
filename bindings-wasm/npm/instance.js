// The class `Tenantry`: a world, and all its rules.
import { Acting } from "./acting.js";
import { made, request, text } from "./answer.js";
import { World } from "./tenantry.js";
import { bytesOrDocument, command, document } from "./values.js";

class Tenantry {
  #world;

  constructor(options) {
    this.#world = options instanceof World ? options : made(World.open, command, options ?? null);
  }

  static example() {
    return new Tenantry(World.example());
  }

  static restore(snapshot, options) {
    const write = () => {
      bytesOrDocument(snapshot);
      command(options ?? null);
    };
    return new Tenantry(made(World.restore, write));
  }

  execute(asked, context) {
    return request(this.#open(), "execute", command, asked, context);
  }

  query(asked, context) {
    return request(this.#open(), "query", command, asked, context);
  }

  authorize(call, context) {
    return request(this.#open(), "authorize", command, call, context);
  }

  explain(call, context) {
    return request(this.#open(), "explain", command, call, context);
  }

  preview(asked, context) {
    return request(this.#open(), "preview", command, asked, context);
  }

  authorizeBatch(calls, context) {
    return request(this.#open(), "authorize_batch", document, calls, context);
  }

  requirements(asked, context) {
    return request(this.#open(), "requirements", command, asked, context);
  }

  load(rows) {
    const world = this.#open();
    text(document, (start, end) => world.load(start, end), rows);
  }

  snapshot() {
    return this.#open().snapshot();
  }

  nextDue() {
    return this.#open().next_due() ?? null;
  }

  actingAs(actor) {
    return new Acting(() => this.#open(), actor);
  }

  free() {
    this.#world?.free();
    this.#world = undefined;
  }

  #open() {
    if (this.#world === undefined) throw new Error("this Tenantry has been freed");
    return this.#world;
  }
}

if (Symbol.dispose !== undefined) Tenantry.prototype[Symbol.dispose] = Tenantry.prototype.free;

export { Tenantry };
