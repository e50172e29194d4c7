// A store in PostgreSQL, by the package `pg`.
import pg from "pg";
import { erase } from "./erasure.js";
import { StoreError } from "./error.js";
import schema from "./postgresql.sql";
import { read } from "./read.js";
import { textOf } from "./rows.js";
import { AsyncStore } from "./store.js";

// The errors that mean that another writer came first: serialization_failure, deadlock_detected, unique_violation. The
// steps go on from there.
const CONFLICTS = ["40001", "40P01", "23505"];
const isConflict = ({ code }) => CONFLICTS.includes(code);

// Rows are found by their keys: planning that for each list of keys takes longer than finding them.
const PLAN_ONCE = "SET plan_cache_mode = force_generic_plan";

class PostgresStore extends AsyncStore {
  #config;
  #pool;

  constructor(connection, options = {}) {
    super(dialect, options);
    const config = typeof connection === "string" ? { connectionString: connection } : connection;
    this.#config = { max: 10, allowExitOnIdle: true, ...config, onConnect: (db) => db.query(PLAN_ONCE) };
  }

  async close() {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.end();
  }

  #connect() {
    if (this.#pool === undefined) {
      this.#pool = new pg.Pool(this.#config);
      // One that breaks while nobody uses it is gone from the pool, and missed by nobody.
      this.#pool.on("error", () => {});
    }
    return this.#pool.connect();
  }

  async _run(steps) {
    let db;
    let open = false; // a transaction
    let broken = false;
    try {
      let left = this.#config.max; // connections that may be broken
      let step = steps.next();
      for (let isFirst = true; !step.done; ) {
        db ??= await this.#connect();
        const { sql } = step.value;
        let found;
        try {
          found = await db.query(queryOf(step.value));
        } catch (error) {
          broken = isCut(error);
          if (isConflict(error)) {
            step = steps.throw(error);
            continue;
          }
          // It broke while nobody used it, and nothing is begun yet: the next one.
          if (!broken || !isFirst || left === 0) throw error;
          db.release(true);
          [db, broken] = [undefined, false];
          left -= 1;
          continue;
        }
        isFirst = false;
        open = sql === "BEGIN" || (open && sql !== "COMMIT" && sql !== "ROLLBACK");
        step = steps.next(found.rows);
      }
      if (open) {
        await db.query("ROLLBACK");
        open = false;
      }
      return step.value;
    } finally {
      steps.return();
      db?.release(open || broken);
    }
  }
}

if (Symbol.asyncDispose !== undefined) PostgresStore.prototype[Symbol.asyncDispose] = PostgresStore.prototype.close;

// Whether the connection is of no more use: whatever does not come from the database, and its words before it hangs up.
function isCut(error) {
  return !(error instanceof pg.DatabaseError) || /^(08|57P)/.test(error.code);
}

const names = new Map();
const MOST_NAMES = 100; // lists have statements of several forms

// Statements with parameters are prepared, under names that are the same on each connection.
function queryOf({ sql, parameters }) {
  if (parameters === undefined) return { text: sql };
  let number = 0;
  const text = sql.replaceAll("?", () => `$${++number}`);
  if (!names.has(text) && names.size < MOST_NAMES) names.set(text, `tenantry_${names.size}`);
  return { name: names.get(text), text, values: parameters };
}

// Any number of writers: a command is decided while others are, and decided again if one of them wrote first.
const dialect = {
  optimistic: true,

  *migrate() {
    yield { sql: "BEGIN" };
    yield { sql: "SELECT pg_advisory_xact_lock(hashtextextended('tenantry', 0))" };
    const [{ there }] = yield { sql: "SELECT to_regclass('tenantry_store') IS NOT NULL AS there" };
    if (there) {
      const [row] = yield { sql: "SELECT version FROM tenantry_store" };
      StoreError.check(row?.version);
    } else {
      yield { sql: schema };
    }
    yield { sql: "COMMIT" };
  },

  *lock(guards, changes) {
    yield { sql: "BEGIN" };
    if (changes !== null) {
      try {
        const parameters = [guards.map(({ key }) => key), changes.map(({ key }) => key)];
        yield { sql: "SELECT tenantry_lock(?::text[], ?::text[])", parameters };
        return;
      } catch (error) {
        if (!isConflict(error)) throw error;
        yield { sql: "ROLLBACK" };
        yield { sql: "BEGIN" };
      }
    }
    yield { sql: "SELECT tenantry_lock_everything()" };
  },

  *read(keys, portion) {
    return yield* read(keys, portion, "key = ANY(?::text[])", (plain) => plain);
  },

  *commit({ revision, guards, changes, events, effects, erasures }, locked) {
    const begun = locked || erasures.length > 0;
    const parameters = [...[guards, changes, events, effects].map((list) => textOf(list)), revision];
    try {
      if (begun && !locked) yield { sql: "BEGIN" };
      const sql = "SELECT tenantry_commit(?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, ?::bigint) AS done";
      const [{ done }] = yield { sql, parameters };
      if (done) for (const effect of erasures) yield* erase(effect);
      if (begun) yield { sql: done ? "COMMIT" : "ROLLBACK" };
      return done;
    } catch (error) {
      if (!isConflict(error)) throw error;
      if (begun) yield { sql: "ROLLBACK" };
      return false;
    }
  },

  *events(after, limit) {
    yield { sql: "SELECT tenantry_give_positions()" };
    const sql = "SELECT position, event FROM tenantry_events WHERE position > ? ORDER BY position LIMIT ?";
    return yield { sql, parameters: [after, limit] };
  },

  *takeEffects(now, until, limit) {
    const free = "SELECT number FROM tenantry_outbox WHERE taken_until <= ? ORDER BY number LIMIT ? FOR UPDATE SKIP LOCKED";
    const sql = `UPDATE tenantry_outbox SET taken_until = ? WHERE number IN (${free}) RETURNING number, effect`;
    return yield { sql, parameters: [until, now, limit] };
  },
};

export { PostgresStore, StoreError };
