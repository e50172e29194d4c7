// What a store offers, with and without `await`: the same lines, of which `_run` answers at once or a promise.
import { addAwaitedMethods, addMethods } from "../methods.js";
import { Plan, PORTION, parsed, settled } from "./plan.js";

class AnyStore {
  #plan;
  #handle;

  constructor(dialect, options, Handle) {
    this.#plan = new Plan(dialect, options);
    this.#handle = Handle;
  }

  migrate() {
    return this._run(this.#plan.dialect.migrate());
  }

  actingAs(actor) {
    return new this.#handle(this.#plan, (steps) => this._run(steps), actor);
  }

  sweep({ now, limit = PORTION } = {}) {
    return this._run(this.#plan.sweep(now, limit));
  }

  nextDue() {
    return this._run(this.#plan.nextDue());
  }

  events({ after = 0, limit = 1000 } = {}) {
    return this._run(this.#plan.events(after, limit));
  }

  takeEffects({ limit = 10, seconds = 60 } = {}) {
    return this._run(this.#plan.takeEffects(limit, seconds));
  }

  effectDone(number) {
    return this._run(this.#plan.effectDone(number));
  }

  snapshot() {
    return this._run(this.#plan.snapshot());
  }
}

// An actor bound to a store.
class AnyActing {
  #plan;
  #run;
  #actor;
  #shown;

  constructor(plan, run, actor) {
    this.#shown = plan.describe(actor); // Reports a malformed actor now.
    this.#actor = structuredClone(actor);
    this.#plan = plan;
    this.#run = run;
  }

  execute(command, context) {
    return this.#run(this.#plan.execute(this.#actor, command, context));
  }

  executeJson(command, context) {
    return this.execute(command, context);
  }

  query(query, context) {
    return this.#ask([query], context, (acting, whole) => acting.query(query, whole));
  }

  queryJson(query, context) {
    return this.query(query, context);
  }

  authorize(call, context) {
    return this.#ask([call], context, (acting, whole) => acting.authorize(call, whole));
  }

  authorizeBatch(calls, context) {
    const each = parsed(calls);
    return this.#ask(Array.isArray(each) ? each : [], context, (acting, whole) => acting.authorizeBatch(calls, whole));
  }

  explain(call, context) {
    return this.#ask([{ explain: parsed(call) }], context, (acting, whole) => acting.explain(call, whole));
  }

  may(requestName, context) {
    return this.#ask([{ may: requestName }], context, (acting, whole) => acting.may(requestName, whole));
  }

  allows(user, pack, tool, now) {
    return this.#ask([call(user, pack, tool)], { now }, (acting, whole) => acting.allows(user, pack, tool, whole.now));
  }

  code(user, pack, tool, now) {
    return this.#ask([call(user, pack, tool)], { now }, (acting, whole) => acting.code(user, pack, tool, whole.now));
  }

  codes(users, packs, tools, now) {
    const lists = [users, packs, tools];
    // What is no list, the core refuses.
    const calls = lists.every(Array.isArray) ? users.map((user, index) => call(user, packs[index], tools[index])) : [];
    return this.#ask(calls, { now }, (acting, whole) => acting.codes(...lists, whole.now));
  }

  #ask(requests, context, answer) {
    return this.#run(this.#plan.ask(this.#actor, requests, settled(context), answer));
  }

  toString() {
    return this.#shown;
  }

  toJSON() {
    throw new TypeError("a bound actor is not JSON; the store's snapshot() gives the state");
  }
}

AnyActing.prototype[Symbol.for("nodejs.util.inspect.custom")] = AnyActing.prototype.toString;

function call(registered_user_id, tool_pack_id, tool) {
  return { registered_user_id, tool_pack_id, tool };
}

class StoreActing extends AnyActing {}
class AsyncStoreActing extends AnyActing {}

addMethods(StoreActing.prototype);
addAwaitedMethods(AsyncStoreActing.prototype);

class Store extends AnyStore {
  constructor(dialect, options) {
    super(dialect, options, StoreActing);
  }
}

class AsyncStore extends AnyStore {
  constructor(dialect, options) {
    super(dialect, options, AsyncStoreActing);
  }
}

export { AsyncStore, Store };
