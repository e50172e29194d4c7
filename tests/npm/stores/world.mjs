// What the tests of stores share: the packed package with `pg` beside it, databases of the test's own, and a small organization.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { pack, project, root } from "../host.mjs";

export { root };

export const SYSTEM = { type: "system" };
export const HOST = { ...SYSTEM, organization_id: "org_demo", environment: "test" };
export const START = 1_000_000_000_000;
export const DAY = 86_400_000;
export const CALL = { tool_pack_id: "support", tool: "slack__post_message" };

/** The package as a project has it that uses its stores. */
export function installed(test) {
  const folder = project("stores", pack(test));
  const modules = fileURLToPath(new URL("../node_modules", import.meta.url));
  symlinkSync(join(modules, "pg"), join(folder, "node_modules/pg"));
  const require = createRequire(join(folder, "/"));
  const { SqliteStore, StoreError } = require("tenantry/stores/sqlite");
  return {
    folder,
    ...require("tenantry"),
    SqliteStore,
    StoreError,
    ...require("tenantry/stores/postgres"),
    ...require("tenantry/testing"),
  };
}

/** A folder in memory, where there is such a place: a disk is waited for at every commit. */
export function scratch() {
  let folder;
  for (const place of ["/dev/shm", tmpdir()]) {
    try {
      folder = mkdtempSync(join(place, "tenantry-stores-"));
      break;
    } catch {}
  }
  after(() => rmSync(folder, { recursive: true }));
  let files = 0;
  return () => join(folder, `${++files}.db`);
}

/** A PostgreSQL server that ends with the tests: answers how to connect to an empty schema, another one each time. */
export function postgresql() {
  let server;
  let address;
  before(async () => {
    server = spawn("python3", [join(root, "bindings-python/tests/postgres.py")], { stdio: ["pipe", "pipe", "inherit"] });
    address = await new Promise((resolve, reject) => {
      server.stdout.once("data", (line) =>
        resolve(
          Object.fromEntries(
            String(line)
              .trim()
              .split(" ")
              .map((part) => part.split("=")),
          ),
        ),
      );
      server.once("exit", (code) => reject(new Error(`no PostgreSQL to test with: ${code}`)));
    });
  });
  after(() => new Promise((resolve) => server.once("exit", resolve).stdin.end()));
  let schemas = 0;
  return async (script) => {
    const { host, port, user, dbname: database } = address;
    const schema = `store_${++schemas}`;
    const connection = { host, port: Number(port), user, database, options: `-c search_path=${schema}` };
    await using(connection, async (db) => {
      await db.query(`CREATE SCHEMA ${schema}`);
      if (script !== undefined) await db.query(script);
    });
    return connection;
  };
}

export async function using(connection, run) {
  const db = new pg.Client(connection);
  db.on("error", () => {});
  await db.connect();
  try {
    return await run(db);
  } finally {
    await db.end();
  }
}

/** A module whose default export makes a store. */
export function moduleOf(folder, name, kind, ...given) {
  const subpath = { SqliteStore: "sqlite", PostgresStore: "postgres" }[kind];
  const make = `new ${kind}(${given.map((each) => JSON.stringify(each)).join(", ")})`;
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, `import { ${kind} } from "tenantry/stores/${subpath}";\nexport default () => ${make};\n`);
  return `file://${file}`;
}

export async function furnish(store) {
  await store.actingAs(SYSTEM).createOrganization({ organization_id: "org_demo", name: "Demo" }, { now: START });
  const acme = store.actingAs(HOST);
  await acme.putConnector({ connector: "slack", tools: ["post_message"] }, { now: START });
  const connectors = [{ connector: "slack" }];
  await acme.putToolPack({ tool_pack_id: "support", name: "S", connectors }, { now: START });
  return store;
}

export async function link(acme, registered_user_id, now = START, more = {}) {
  const { link_session_id } = await acme.startLink({ registered_user_id, connector: "slack" }, { now });
  await acme.completeLink({ link_session_id, ...more }, { now });
  return link_session_id;
}
