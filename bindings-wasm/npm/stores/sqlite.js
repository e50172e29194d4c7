// A store in a SQLite file, by Node itself (22.5 or later).
import { DatabaseSync } from "node:sqlite";
import { erase } from "./erasure.js";
import { StoreError } from "./error.js";
import { read } from "./read.js";
import { textOf } from "./rows.js";
import schema from "./sqlite.sql";
import { Store } from "./store.js";

const MAX_TIMEOUT = 2_147_483; // seconds; SQLite counts milliseconds in 32 bits

class SqliteStore extends Store {
  #path;
  #timeout;
  #idle = []; // connections that nobody uses: more than one only where a getter of a request asks the store itself

  constructor(path, options = {}) {
    // Node takes a string of this form for an address, which may mean memory, too.
    const memory = ["", ":memory:"].includes(String(path)) || (typeof path === "string" && path.startsWith("file:"));
    if (memory) throw new TypeError("a store needs a file: in memory, use `new Tenantry()`");
    super(dialect, options);
    this.#path = path;
    this.#timeout = options.timeout ?? 30;
    if (!(this.#timeout >= 0 && this.#timeout <= MAX_TIMEOUT)) throw new RangeError(`not a number of seconds: ${this.#timeout}`);
  }

  close() {
    for (const db of this.#idle.splice(0)) db.close();
  }

  _run(steps) {
    const db = this.#idle.pop() ?? this.#connect();
    let open = false; // a transaction
    try {
      let step = steps.next();
      while (!step.done) {
        const { sql, parameters = [] } = step.value;
        const found = db.prepare(sql).all(...parameters);
        open = sql.startsWith("BEGIN") || (open && sql !== "COMMIT");
        step = steps.next(found);
      }
      return step.value;
    } finally {
      steps.return();
      this.#release(db, open);
    }
  }

  #release(db, open) {
    try {
      if (open) db.exec("ROLLBACK");
      this.#idle.push(db);
    } catch {
      db.close(); // which also rolls back
    }
  }

  #connect() {
    const db = new DatabaseSync(this.#path);
    // What is erased is overwritten in the file, free pages included.
    db.exec(`PRAGMA busy_timeout = ${Math.trunc(this.#timeout * 1000)}; PRAGMA secure_delete = ON`);
    return db;
  }
}

if (Symbol.dispose !== undefined) SqliteStore.prototype[Symbol.dispose] = SqliteStore.prototype.close;

// One writer at a time: a command is decided while it holds off all others, so that no guard can break.
const dialect = {
  optimistic: false,

  *migrate() {
    yield { sql: "BEGIN IMMEDIATE" };
    const there = yield { sql: "SELECT 1 FROM sqlite_master WHERE name = 'tenantry_store'" };
    if (there.length > 0) {
      const [row] = yield { sql: "SELECT version FROM tenantry_store" };
      StoreError.check(row?.version);
    } else {
      for (const sql of schema.trim().split(";\n")) yield { sql };
    }
    yield { sql: "COMMIT" };
  },

  *lock() {
    yield { sql: "BEGIN IMMEDIATE" };
  },

  *read(keys, portion) {
    return yield* read(keys, portion, "key IN (SELECT value FROM json_each(?))", textOf);
  },

  *commit({ revision, changes, events, effects, erasures }) {
    for (const change of changes) {
      if (change.body === null) yield { sql: "DELETE FROM tenantry_rows WHERE key = ?", parameters: [change.key] };
      else yield { sql: PUT, parameters: values({ ...change, revision }, ROW) };
    }
    for (const event of events) yield { sql: insert("tenantry_events", EVENT), parameters: values(event, EVENT) };
    for (const effect of effects) yield { sql: insert("tenantry_outbox", EFFECT), parameters: values(effect, EFFECT) };
    for (const effect of erasures) yield* erase(effect);
    yield { sql: "COMMIT" };
    return true;
  },

  *events(after, limit) {
    const sql = "SELECT position, event FROM tenantry_events WHERE position > ? ORDER BY position LIMIT ?";
    return yield { sql, parameters: [after, limit] };
  },

  *takeEffects(now, until, limit) {
    const free = "SELECT number FROM tenantry_outbox WHERE taken_until <= ? ORDER BY number LIMIT ?";
    const sql = `UPDATE tenantry_outbox SET taken_until = ? WHERE number IN (${free}) RETURNING number, effect`;
    return yield { sql, parameters: [until, now, limit] };
  },
};

function insert(table, columns) {
  return `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
}

function values(row, columns) {
  return columns.map((column) => row[column]);
}

const ROW = ["key", "revision", "kind", "organization_id", "environment", "place", "next_due_at", "body"];
const EVENT = ["stream_kind", "stream_id", "sequence", "name", "acting_user", "linked_by", "event"];
const EFFECT = ["registered_user_id", "effect"];
const changed = ROW.slice(1).map((column) => `${column} = excluded.${column}`);
const PUT = `${insert("tenantry_rows", ROW)} ON CONFLICT (key) DO UPDATE SET ${changed.join(", ")}`;

export { SqliteStore, StoreError };
