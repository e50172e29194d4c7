// What a store does, in steps that any database can carry out: a generator yields each statement, `{ sql, parameters }` with `?`
// for each parameter, and is sent its rows. So the same steps serve SQLite and PostgreSQL, with and without `await`.
import { isTenantryError, Tenantry } from "tenantry";
import { Hints } from "./hints.js";
import { loadable, parted, textOf } from "./rows.js";

// How many of the rows that are due are looked at together, so that a long wait ends in many short transactions.
const PORTION = 100;

// How often a command is decided. If others wrote first each time, everybody else waits the last time.
const ATTEMPTS = 6;

class Plan {
  #options;
  #hints = new Hints();

  // A dialect has what databases do differently:
  // `optimistic`: whether a command is first decided beside others, and holds off nobody while it is;
  // `migrate()`; `lock(guards, changes)`, which begins a transaction that keeps others from changing these rows, null meaning
  // all rows; `read(keys, portion)`: the rows of keys, by their texts, as they are at one moment;
  // `commit(write, locked)`, which writes all or, where a guard does not hold, nothing, and answers which;
  // `events(after, limit)`; `takeEffects(now, until, limit)`.
  constructor(dialect, { policy = null, row_format = null } = {}) {
    this.dialect = dialect;
    this.#options = structuredClone({ policy, row_format, rows: true });
    new Tenantry(this.#options).free(); // Reports a malformed policy now, not at the first request.
  }

  // Hands a fresh instance, with the actor bound, to steps that need one; its memory is given back when they end.
  *within(actor, steps) {
    const instance = new Tenantry(this.#options);
    let acting;
    try {
      acting = instance.actingAs(actor);
      return yield* steps(acting);
    } finally {
      acting?.free();
      instance.free();
    }
  }

  // How the actor is shown. Reports a malformed one.
  describe(actor) {
    const instance = new Tenantry(this.#options);
    let acting;
    try {
      acting = instance.actingAs(actor);
      return String(acting);
    } finally {
      acting?.free();
      instance.free();
    }
  }

  // Loads the rows that requests need. Each round reads all of them anew, in one statement: so a request is decided on what
  // was there at one moment, without a transaction around the rounds.
  *#prepare(acting, requests, context) {
    const asked = [];
    let missing = [];
    for (const request of requests) {
      try {
        const needed = acting.requirements(request, context);
        if (needed.length > 0) asked.push(request);
        missing.push(...needed);
      } catch (refused) {
        // It is malformed, needs no row, and is refused where it is carried out, in its own words.
        if (!isTenantryError(refused)) throw refused;
      }
    }
    const keys = new Map();
    let first;
    let before;
    let portion = PORTION;
    while (missing.length > 0) {
      // The first rows that are due were too few.
      if (first !== undefined && missing.some(([kind]) => kind === "due")) portion *= 2;
      for (const key of missing) keys.set(textOf(key), key);
      if (first === undefined) {
        before = new Set(keys.keys());
        first = [...before].join();
        for (const [text, key] of this.#hints.after(first)) keys.set(text, key);
      }
      const found = yield* this.dialect.read(keys, portion);
      acting.abandon();
      acting.load(loadable(keys, found, portion));
      missing = asked.flatMap((request) => acting.requirements(request, context));
    }
    if (first !== undefined) this.#hints.learn(first, before, keys);
  }

  // Answers what changes nothing.
  *ask(actor, requests, context, answer) {
    const plan = this;
    return yield* this.within(actor, function* (acting) {
      yield* plan.#prepare(acting, requests, context);
      return answer(acting, context);
    });
  }

  // Executes a command, and keeps what it changes: all of it or, where it is refused, nothing.
  *execute(actor, command, context) {
    const plan = this;
    return yield* this.within(actor, function* (acting) {
      let write;
      for (let left = ATTEMPTS - 1; ; left--) {
        // Asked and executed with the same entropy, a command mints the same ids.
        const whole = settled(context, true);
        const locked = write !== undefined || !plan.dialect.optimistic;
        if (locked) yield* plan.dialect.lock(write?.guards ?? [], left > 0 ? (write?.changes ?? []) : null);
        yield* plan.#prepare(acting, [command], whole);
        const decided = parted(acting.execute(command, whole));
        write = decided.write;
        if (write.changes.length === 0 || (yield* plan.dialect.commit(write, locked))) return decided.outcome;
        if (left === 0) throw new Error("other writers changed the same rows on every attempt: nothing was committed");
      }
    });
  }

  // Writes down what time has brought, in portions.
  *sweep(now, limit) {
    for (let done = 0; ; ) {
      const { response } = yield* this.execute({ type: "system" }, { command: "advance_time", limit }, { now });
      done += response.processed;
      if (response.processed < limit) return done;
    }
  }

  *nextDue() {
    const [{ due }] = yield { sql: "SELECT min(next_due_at) AS due FROM tenantry_rows" };
    return due === null ? null : Number(due);
  }

  *events(after, limit) {
    const found = yield* this.dialect.events(after, limit);
    return found.map(({ position, event }) => ({ position: Number(position), event: JSON.parse(event) }));
  }

  *takeEffects(limit, seconds) {
    const now = Date.now();
    const until = now + Math.trunc(seconds * 1000);
    // Beyond what a deadline may be, nobody would ever take them again.
    if (typeof seconds !== "number" || !Number.isSafeInteger(until)) throw new RangeError(`not a number of seconds: ${seconds}`);
    const found = yield* this.dialect.takeEffects(now, until, limit);
    const taken = found.map(({ number, effect }) => ({ number: Number(number), effect: JSON.parse(effect) }));
    return taken.sort((one, other) => one.number - other.number);
  }

  *effectDone(number) {
    yield { sql: "DELETE FROM tenantry_outbox WHERE number = ?", parameters: [number] };
  }

  *snapshot() {
    const found = yield { sql: "SELECT key, revision, body FROM tenantry_rows" };
    const instance = new Tenantry(this.#options);
    try {
      instance.load(loadable(new Map(), found, PORTION));
      return instance.snapshot();
    } finally {
      instance.free();
    }
  }
}

// A context with its instant, and with its randomness where ids are minted: what asks and what answers must not differ. One
// that is not of this form, the core refuses.
function settled(context, mints = false) {
  const given = parsed(context) ?? {};
  if (Object.prototype.toString.call(given) !== "[object Object]") return context;
  const whole = { ...given, now: given.now ?? Date.now() };
  if (mints) whole.entropy = given.entropy ?? crypto.getRandomValues(new Uint8Array(16));
  // Keeps the prototype, so that the core can refuse instances of classes.
  return Object.create(Object.getPrototypeOf(given), Object.getOwnPropertyDescriptors(whole));
}

// What JSON text, or the bytes of it, says; anything else as it is. What is no JSON, the core refuses.
function parsed(given) {
  try {
    if (typeof given === "string") return JSON.parse(given);
    const isBytes = ArrayBuffer.isView(given) || given instanceof ArrayBuffer || given instanceof SharedArrayBuffer;
    return isBytes ? JSON.parse(new TextDecoder().decode(given)) : given;
  } catch {
    return given;
  }
}

export { Plan, PORTION, parsed, settled };
