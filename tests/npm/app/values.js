// Values in: what is taken, what is refused and where, and that the instance goes on working.
import { canonicalJson, Tenantry, validate } from "tenantry";
import { equal, misused, refused, said } from "./expect.js";

const system = { type: "system", organization_id: "org_demo", environment: "test" };
const NOW = "2026-01-31T10:00:00Z";

const nested = (depth, inner) => (depth === 0 ? inner : [nested(depth - 1, inner)]);
const cycle = {};
cycle.self = cycle;
const revoked = Proxy.revocable({}, {});
revoked.revoke();

// Their names are given, since a bundler shortens them.
class Money {
  static name = "Money";
  #amount = 5;
  get amount() {
    return this.#amount;
  }
}
class Point {
  static name = "Point";
  toJSON() {
    return [1, 2];
  }
}
class Tags extends Array {
  static name = "Tags";
  toJSON() {
    return this.join();
  }
}
const lying = (length) => new Proxy(["a", "b"], { get: (target, key) => (key === "length" ? length : target[key]) });

// A value in the place of a field, where below the field it is at fault, and what is said: of what JSON text could have …
const REFUSED = {
  "a cycle": [cycle, "/self".repeat(31), "nested more than 32 levels deep"],
  "too deep": [nested(32, 1), "/0".repeat(31), "nested more than 32 levels deep"],
  "a lone surrogate": [["a", "b\ud800"], "/1", "the string contains a lone surrogate, so it is not valid Unicode"],
  "a lone surrogate, late": [`${"x".repeat(5000)}\udc00`, "", "the string contains a lone surrogate, so it is not valid Unicode"],
  "a lone surrogate in a key": [{ "\ud800": 1 }, "", "the string contains a lone surrogate, so it is not valid Unicode"],
  "not a number": [NaN, "", "NaN is not valid JSON"],
  infinity: [[-Infinity], "/0", "infinity is not valid JSON"],
};
// … and of what only a program can hand over.
const MISUSED = {
  "a getter that throws": [
    {
      get a() {
        throw new RangeError("no");
      },
    },
    "/a",
    "reading it threw an error",
  ],
  "a proxy that throws": [
    new Proxy(
      { a: 1 },
      {
        get() {
          throw new Error("no");
        },
      },
    ),
    "/a",
    "reading it threw an error",
  ],
  "a proxy without keys": [
    new Proxy(
      {},
      {
        ownKeys() {
          throw new Error("no");
        },
      },
    ),
    "",
    "reading it threw an error",
  ],
  "a revoked proxy": [revoked.proxy, "", "reading it threw an error"],
  "a bigint": [{ "a/b~": 1n }, "/a~1b~0", "a bigint is not a JSON value"],
  "a function": [() => {}, "", "a function is not a JSON value"],
  "a class": [class {}, "", "a function is not a JSON value"],
  "a symbol": [Symbol("s"), "", "a symbol is not a JSON value"],
  // biome-ignore lint/suspicious/noSparseArray: a hole is the case
  "a hole": [[1, , 3], "/1", "undefined is not a JSON value"],
  "undefined in an array": [[undefined], "/0", "undefined is not a JSON value"],
  "a map": [new Map([["a", 1]]), "", "`Map` is not a JSON value; pass a plain object or an array"],
  "a set": [new Set(), "", "`Set` is not a JSON value; pass a plain object or an array"],
  "a typed array": [new Uint8Array(2), "", "`Uint8Array` is not a JSON value; pass a plain object or an array"],
  "a promise": [Promise.resolve(), "", "`Promise` is not a JSON value; pass a plain object or an array"],
  "a boxed string": [new String("a"), "", "`String` is not a JSON value; pass a plain object or an array"],
  "an error": [new Error("a"), "", "`Error` is not a JSON value; pass a plain object or an array"],
  "an invalid date": [[new Date(NaN)], "/0", "the date is invalid"],
  "a sparse array of millions": [new Array(4_000_000_000), "/0", "undefined is not a JSON value"],
  "a class with an accessor": [
    new Money(),
    "",
    "`Money` is not a plain object; pass a plain object with the members that you need",
  ],
  "a class that inherits one": [
    [
      new (class extends Money {
        static name = "Price";
      })(),
    ],
    "/0",
    "`Price` is not a plain object; pass a plain object with the members that you need",
  ],
  "a class with toJSON": [
    { at: new Point() },
    "/at",
    "`Point` is not a plain object; pass a plain object with the members that you need",
  ],
  "an array with toJSON": [Tags.of("a"), "", "`Tags` is not a plain object; pass a plain object with the members that you need"],
  "an object that claims to be a date": [{ a: Object.create({ [Symbol.toStringTag]: "Date" }) }, "/a", "the date is invalid"],
};
for (const length of [1.5, -1, 2 ** 32, NaN, "2", undefined, 2n, { valueOf: () => 2 }]) {
  MISUSED[`an array of the length ${String(length)} (${typeof length})`] = [
    lying(length),
    "",
    "the `length` of an array must be an integer below 2^32",
  ];
}

const cases = [
  [REFUSED, refused],
  [MISUSED, misused],
].flatMap(([values, fails]) =>
  Object.entries(values).map(([name, [value, below, message]]) => [
    `${name} is refused at its place`,
    () => {
      const world = Tenantry.example();
      const before = world.query({ query: "list_tool_packs" }, { actor: system });
      const command = { command: "create_registered_user", origin_user_id: value };
      const error = fails(() => world.execute(command, { actor: system }));
      equal([error.code, error.pointer, said(error)], ["invalid_request", `/origin_user_id${below}`, message]);
      if (fails === refused) equal(validate(command), error.violations);
      else equal(misused(() => validate(command)).pointer, error.pointer);
      // A context is always the program's own.
      const context = misused(() => world.execute({ command: "advance_time" }, { actor: { type: value } }));
      // One level deeper than in the command.
      if (!message.includes("deep")) equal([context.pointer, said(context)], [`/context/actor/type${below}`, message]);
      misused(() => world.actingAs({ type: "system", organization_id: value }));
      equal(world.query({ query: "list_tool_packs" }, { actor: system }), before);
    },
  ]),
);

const taken = (name, run) => cases.push([name, run]);

taken("what is read stays as it was when the error is thrown on", () => {
  const cause = new Error("mine");
  const error = misused(() => validateThrown(cause));
  if (error.cause !== cause) throw new Error("the cause is lost");
});

function validateThrown(cause) {
  return new Tenantry({
    get policy() {
      throw cause;
    },
  });
}

taken("nesting of 32 levels passes the walk, of 120 in a document", () => {
  equal(validate({ command: "create_test_user", origin_user_name: nested(31, 1) }).length, 1);
  equal(canonicalJson(nested(120, 1)).length, 241);
  equal(said(refused(() => canonicalJson(nested(121, 1)))), "nested more than 120 levels deep");
});

taken("undefined members are absent", () => {
  equal(validate({ command: "create_test_user", origin_user_name: undefined, other: undefined }), []);
});

taken("objects without prototype, of plain classes, and well-behaved proxies are objects", () => {
  class Command {
    command = "create_test_user";
    // biome-ignore lint/correctness/noUnusedPrivateClassMembers: what is not to be seen from outside
    #secret = 1;
    describe() {
      return this.command;
    }
  }
  const bare = Object.assign(Object.create(null), { command: "create_test_user" });
  for (const command of [bare, new Command(), new Proxy({ command: "create_test_user" }, {}), Object.freeze({ ...bare })]) {
    equal(validate(command), []);
  }
});

taken("keys that objects inherit are ordinary data (ER-3)", () => {
  const text = '{"__proto__":{"a":1},"constructor":2,"toString":3}';
  equal(canonicalJson(text), text);
  equal(canonicalJson(JSON.parse(text)), text);
  const acme = Tenantry.example().actingAs(system);
  const created = acme.execute(
    `{"command":"create_registered_user","origin_user_id":"__proto__","custom_groupings":{"__proto__":"x"}}`,
  );
  const groupings = created.response.registered_user.custom_groupings;
  equal([Object.hasOwn(groupings, "__proto__"), Object.keys(groupings)], [true, ["__proto__"]]);
});

taken("strings come through whole, whatever is in them", () => {
  for (const string of ["", "é", 'a\u0000b"\\\n', "😀", `${"x".repeat(47)}é`, "ü".repeat(100_000), "x".repeat(3_000_000)]) {
    equal(canonicalJson({ [string]: [string] }), JSON.stringify({ [string]: [string] }));
  }
});

taken("numbers come through as ECMAScript prints them", () => {
  for (const number of [0, -0, 1, -1.5, 1e21, 5e-324, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE]) {
    equal(canonicalJson([number]), JSON.stringify([number]));
  }
});

taken("a command of more than 1 MiB is refused, however it is built (ER-2)", () => {
  let doubling = "x".repeat(64);
  for (let level = 0; level < 28; level++) doubling = [doubling, doubling];
  for (const value of ["x".repeat(1 << 20), doubling, Array(1 << 20).fill(0)]) {
    const [violation] = validate({ command: "create_test_user", origin_user_name: value });
    equal([violation.pointer, violation.message], ["", "larger than 1 MiB of canonical JSON"]);
  }
});

taken("JSON text is taken as strictly", () => {
  equal(validate('{"command":"create_test_user"}'), []);
  for (const text of [
    "",
    "{",
    '{"command":"create_test_user","command":"create_test_user"}',
    '{"a":"\\ud800"}',
    "\ud800",
    "[NaN]",
  ]) {
    const [violation] = validate(text);
    equal(violation.code, "invalid_request");
  }
});

taken("dates and milliseconds are instants where one is due, and nowhere else", () => {
  const world = Tenantry.example();
  const at = (now) => world.execute({ command: "create_test_user" }, { now, actor: system }).response.registered_user.created_at;
  equal([at(NOW), at(new Date(NOW)), at(Date.parse(NOW))], [NOW, NOW, NOW]);
  const text = JSON.stringify({ now: Date.parse(NOW), actor: system });
  equal(world.execute({ command: "create_test_user" }, text).response.registered_user.created_at, NOW);
  equal(misused(() => world.execute({ command: "create_test_user" }, { now: 0.5, actor: system })).pointer, "/context/now");
  const [violation] = validate({ command: "create_registered_user", origin_user_id: "a", custom_groupings: { from: 5 } });
  equal([violation.code, violation.pointer], ["invalid_custom_groupings", "/custom_groupings/from"]);
});

taken("now and entropy come from the host when left out", () => {
  const acme = Tenantry.example().actingAs(system);
  const before = Date.now();
  const [one, other] = [1, 2].map(() => acme.execute({ command: "create_test_user" }).response.registered_user);
  if (one.registered_user_id === other.registered_user_id) throw new Error("the same id twice");
  const at = Date.parse(one.created_at);
  if (!(before <= at && at <= Date.now())) throw new Error(`created at ${one.created_at}`);
});

taken("a call inside a getter of another call is its own", () => {
  const world = Tenantry.example();
  const acme = world.actingAs(system);
  let inner;
  const command = {
    command: "create_registered_user",
    get origin_user_id() {
      inner = acme.execute({ command: "create_registered_user", origin_user_id: "x".repeat(200), custom_groupings: { a: "b" } });
      return "outer";
    },
    origin_user_name: "Outer",
  };
  const outer = acme.execute(command).response.registered_user;
  equal([outer.origin_user_id, outer.origin_user_name], ["outer", "Outer"]);
  equal(inner.response.registered_user.origin_user_id, "x".repeat(200));
});

export { cases };
