// Hostile objects against the walker and its reader: what comes out is the value that one fair look at each member
// gave, or a refusal. Never anything else, and never another actor.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { types } from "node:util";
import { pack, project } from "./host.mjs";

// The package asks for its instance once, as it is loaded.
let memory;
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...given) {
    super(...given);
    ({ memory } = this.exports);
  }
};
const { Tenantry, TenantryError, UsageError, canonicalJson, validate } = createRequire(join(project("fuzz", pack("fuzz")), "/"))(
  "tenantry",
);

const SEED = Number(process.env.FUZZ_SEED ?? 20260131);
const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 6_000);

/** A small generator of random numbers, the same everywhere: mulberry32. */
function generator(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count) => Math.floor(next() * count);
  return { below, one: (list) => list[below(list.length)], chance: (part) => next() < part };
}

// --- what is hostile --------------------------------------------------------------------------------

// Bytes that the reader would take for the end of one argument and another actor after it.
const FORGED = [
  `${"\0".repeat(11)}\x08\x06\x01\0\0\0\x04\0\0\0type\x04\x06\0\0\0system\x06\0\0\0\0`,
  "\x06\x01\0\0\0\x04\0\0\0type\x04\x06\0\0\0system".padEnd(64, "\x06\0\0\0\0"),
  '\x07\x10\0\0\0{"type":"system"}',
];
const STRINGS = [
  "",
  "a",
  "é",
  "😀",
  "x".repeat(47),
  "x".repeat(48),
  "ü".repeat(300),
  '\u2028\0"\\',
  "__proto__",
  "constructor",
  "toJSON",
  "length",
  "entropy",
  "0",
  "~/",
  "\ud800",
  "\udc00x",
  ...FORGED,
];
const LENGTHS = [
  0,
  1,
  2,
  3,
  1.5,
  -1,
  -0,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53,
  NaN,
  Infinity,
  "2",
  null,
  undefined,
  2n,
  true,
  { valueOf: () => 1 },
];

class Getters {
  get a() {
    return 1;
  }
}
class Jsonish {
  a = 1;
  toJSON() {
    return 2;
  }
}
class Plain {
  a = 1;
  method() {}
}

// Whatever has been asked twice would get something else the second time: each answer is remembered where it was given.
class World {
  constructor(random, disturb) {
    this.random = random;
    this.disturb = disturb;
    this.nodes = 0;
  }

  /** A value, hostile or not; `depth` bounds it. */
  value(depth) {
    const { random } = this;
    this.nodes += 1;
    const kind = random.below(depth > 0 && this.nodes < 60 ? 20 : 8);
    switch (kind) {
      case 0:
        return random.one([null, true, false]);
      case 1:
        return random.one([0, -0, 1.5, 2 ** 53, 5e-324, -1, NaN, Infinity, 1e21]);
      case 2:
      case 3:
      case 4:
        return random.one(STRINGS);
      case 5:
        return random.chance(0.7) ? "plain" : random.one([undefined, 1n, Symbol("s"), () => {}, class {}]);
      case 6:
        return random.chance(0.6)
          ? 7
          : random.one([
              new Map([[1, 2]]),
              new Set(),
              new Date(1_700_000_000_001),
              new Date(NaN),
              new Uint8Array(3),
              new DataView(new ArrayBuffer(2)),
              Promise.resolve(),
              new String("s"),
              new Getters(),
              new Jsonish(),
              new Plain(),
              Object.create(new Getters()),
            ]);
      case 7:
        return { length: random.one(LENGTHS), 0: "an array-like" };
      case 8:
      case 9:
        return Array.from({ length: random.below(4) }, () => this.value(depth - 1));
      case 10:
      case 11:
        return Object.fromEntries(
          Array.from({ length: random.below(4) }, (_, index) => [this.key(index), this.value(depth - 1)]),
        );
      case 12:
        return Object.assign(Object.create(null), { a: this.value(depth - 1) });
      case 13:
      case 14:
        return this.getters(depth);
      case 15:
      case 16:
        return this.proxy([], depth);
      default:
        return this.proxy({}, depth);
    }
  }

  key(index) {
    return this.random.chance(0.8) ? `k${index}` : this.random.one(STRINGS);
  }

  /** Getters that answer differently each time, and do something meanwhile. */
  getters(depth) {
    const object = this.random.chance(0.3) ? [] : {};
    for (let index = 0, count = this.random.below(4); index < count; index++) {
      Object.defineProperty(object, Array.isArray(object) ? index : this.key(index), {
        get: () => this.answer(object, depth),
        enumerable: this.random.chance(0.9),
        configurable: true,
      });
    }
    return object;
  }

  proxy(target, depth) {
    const { random } = this;
    const items = random.below(4);
    const list = Array.isArray(target);
    const traps = {
      get: (_, key) => {
        if (typeof key === "symbol") return random.chance(0.95) ? undefined : random.one([...STRINGS, 5]);
        if (list && key === "length") return random.chance(0.6) ? items : random.one(LENGTHS);
        return this.answer(target, depth);
      },
      ownKeys: () => {
        this.disturb();
        const keys = Array.from({ length: items }, (_, index) => this.key(index));
        if (random.chance(0.1)) keys.push(...keys); // twice, which no object may have
        if (random.chance(0.1)) keys.push(Symbol("s"));
        return list ? [...keys, "length"] : keys;
      },
      getOwnPropertyDescriptor: (_, key) =>
        random.chance(0.95) && !(list && key === "length")
          ? { value: "not this", enumerable: random.chance(0.9), configurable: true }
          : Reflect.getOwnPropertyDescriptor(target, key),
      getPrototypeOf: () =>
        random.chance(0.9)
          ? Object.getPrototypeOf(target)
          : random.one([
              null,
              Array.prototype,
              Object.prototype,
              Date.prototype,
              Map.prototype,
              Getters.prototype,
              Plain.prototype,
              new Proxy({}, traps),
            ]),
      has: () => random.chance(0.5),
    };
    for (const trap of Object.keys(traps)) {
      if (random.chance(0.15)) delete traps[trap];
      else if (random.chance(0.03))
        traps[trap] = () => {
          throw random.one([
            '![{"code":"forged"},null,null]',
            new Error("no"),
            undefined,
            new Proxy(
              {},
              {
                getPrototypeOf() {
                  throw "!";
                },
              },
            ),
          ]);
        };
    }
    const proxy = new Proxy(target, traps);
    return random.chance(0.2) ? new Proxy(proxy, {}) : proxy;
  }

  answer(_object, depth) {
    this.disturb();
    if (this.random.chance(0.03)) throw this.random.one(['![{"code":"forged"},null,null]', new TypeError("no"), null]);
    return this.random.chance(0.1) ? undefined : this.value(depth - 1);
  }
}

/**
 * Watches an object through a proxy: what each look has shown. `seen` is the JSON value of one fair look at each member,
 * `twice` tells that something was looked at again.
 */
function watched(value) {
  if (typeof value !== "object" || value === null) return { value, seen: () => value, twice: () => false };
  const members = new Map();
  let length;
  let keys;
  let lengths = 0;
  let again = false;
  const list = Array.isArray(value);
  // Its own target, so that no invariant of a proxy stands between what is asked and what is answered.
  const target = list ? [] : {};
  const proxy = new Proxy(target, {
    get: (_, key) => {
      const found = value[key];
      if (typeof key === "symbol") return found;
      if (list && key === "length") {
        lengths += 1;
        length = found;
        return found;
      }
      if (members.has(key)) again = true;
      const inner = watched(found);
      members.set(key, inner);
      return inner.value;
    },
    ownKeys: () => {
      if (keys !== undefined) again = true;
      keys = Object.keys(value);
      return list ? [...keys, "length"] : keys;
    },
    getOwnPropertyDescriptor: (_, key) =>
      list && key === "length"
        ? Reflect.getOwnPropertyDescriptor(target, key)
        : { value: "not this", enumerable: true, configurable: true },
    getPrototypeOf: () => Object.getPrototypeOf(value),
  });
  const seen = () => {
    if (list) return Array.from({ length }, (_, index) => members.get(String(index)).seen());
    const result = {};
    for (const key of keys) {
      const member = members.get(key).seen();
      if (member !== undefined)
        Object.defineProperty(result, key, { value: member, enumerable: true, configurable: true, writable: true });
    }
    return result;
  };
  const twice = () => again || lengths > 1 || [...members.values()].some((member) => member.twice());
  // Of these a proxy is none any more.
  const builtIn = !list && !types.isProxy(value) && Object.prototype.toString.call(value) !== "[object Object]";
  return builtIn ? { value, seen: () => value, twice: () => false } : { value: proxy, seen, twice };
}

// --- the tests --------------------------------------------------------------------------------------

const system = { type: "system", organization_id: "org_demo", environment: "test" };
const world = Tenantry.example();
const acme = world.actingAs(system);
const account = acme.execute({
  command: "create_user",
  name: "M",
  email: "m@a.example",
  role: "member",
  password: "Correct-Horse-9",
}).response;
const member = world.actingAs({ type: "account", user_id: account.id });
const create = { command: "create_user", name: "N", email: "n@a.example", role: "admin" };

/** Does what a getter of the caller's may do meanwhile. */
function disturbing(random) {
  let depth = 0;
  return () => {
    if (depth > 0 || !random.chance(0.2)) return;
    depth += 1;
    try {
      const large = "é".repeat(random.one([10, 5_000, 60_000]));
      random.one([
        () => memory.grow(0), // gives it another `ArrayBuffer`, too, and stays small
        () => canonicalJson([large]),
        () => assert.throws(() => canonicalJson([large, NaN]), TenantryError),
        () => assert.throws(() => canonicalJson([large, 1n]), UsageError),
        () => assert.equal(acme.allows("nobody", "support", "slack__post_message"), false),
        () => member.codes(["nobody"], ["süpport"], ["slack__post_message"]),
        () => acme.query({ query: "list_connectors" }),
        () => world.actingAs(system),
      ])();
    } finally {
      depth -= 1;
    }
  };
}

/** Runs it; `undefined` where it was refused, and nothing but a refusal may be thrown. */
function unlessRefused(run) {
  try {
    return run();
  } catch (error) {
    assert.ok(error instanceof TenantryError || error instanceof UsageError, `thrown: ${String(error)}`);
    assert.notEqual(error.code, "forged");
    // Faults of the package's own, however well they end.
    assert.doesNotMatch(error.message, /damaged/);
    assert.ok(!/detached|bounds/.test(error.cause?.message), error.cause?.stack);
    return undefined;
  }
}

function rounds(count, run) {
  for (let round = 0; round < count; round++) {
    const seed = SEED + round;
    const random = generator(seed);
    try {
      run(random, new World(random, disturbing(random)));
    } catch (error) {
      error.message = `FUZZ_SEED=${seed} FUZZ_ROUNDS=1: ${error.message}`;
      throw error;
    }
  }
}

test("what comes out is what one fair look has seen, or a refusal", () => {
  let [taken, refused] = [0, 0];
  rounds(ROUNDS, (_, hostile) => {
    const { value, seen, twice } = watched(hostile.value(5));
    if (typeof value === "string") return; // JSON text
    const out = unlessRefused(() => canonicalJson(value));
    assert.equal(twice(), false, "something was looked at twice");
    if (out === undefined) return (refused += 1);
    taken += 1;
    assert.deepEqual(JSON.parse(out), JSON.parse(JSON.stringify(seen())));
  });
  assert.ok(taken > ROUNDS / 10 && refused > ROUNDS / 10, `${taken} taken, ${refused} refused`);
});

test("without anybody who watches, it is as sound", () => {
  rounds(ROUNDS, (_random, hostile) => {
    const value = hostile.value(6);
    if (typeof value === "string") return;
    const out = unlessRefused(() => canonicalJson([value]));
    if (out !== undefined) assert.equal(canonicalJson(JSON.parse(out)), out);
    unlessRefused(() => validate(value));
    unlessRefused(() => Tenantry.restore(value).free());
  });
});

test("a handle's actor is its own, whatever is handed to it", () => {
  assert.throws(() => member.execute(create), { code: "forbidden" });
  const before = world.snapshot();
  rounds(ROUNDS, (random, hostile) => {
    const value = random.chance(0.5)
      ? { ...create, email: `a${random.below(1e9)}@a.example`, metadata: hostile.value(4) }
      : hostile.value(5);
    const context = random.chance(0.5) ? undefined : hostile.value(3);
    const method = random.one(["execute", "execute", "preview", "query", "authorize", "explain", "authorizeBatch"]);
    const answer = unlessRefused(() => member[method](value, context));
    if (answer === undefined) return;
    assert.equal(method, "authorizeBatch"); // which answers a list, of nothing allowed
    for (const item of answer) assert.equal(item.allowed, false);
  });
  assert.equal(world.snapshot(), before);
});

test("codes decides on the strings that were there at one look, or refuses", () => {
  const strings = ["nobody", "support", "slack__post_message", "über", "\ud800", ""];
  rounds(ROUNDS / 4, (random) => {
    const disturb = disturbing(random);
    const calls = random.below(5);
    const lists = [0, 1, 2].map(() => {
      const seen = [];
      const list = new Proxy([], {
        get: (_, key) => {
          disturb();
          if (key === "length") return random.chance(0.9) ? calls : random.one(LENGTHS);
          return (seen[key] = random.chance(0.97) ? random.one(strings) : random.one([5, null, undefined, {}]));
        },
      });
      return { list, seen };
    });
    const found = unlessRefused(() => acme.codes(...lists.map(({ list }) => list)));
    if (found === undefined) return;
    const wanted = acme.codes(...lists.map(({ seen }) => seen));
    assert.deepEqual(found, wanted);
  });
});
