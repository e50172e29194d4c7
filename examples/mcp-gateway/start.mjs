// node start.mjs: serves what `GATEWAY_CONNECTORS` and `GATEWAY_TOKENS` say, with its state in the file `GATEWAY_DB`.
import { readFileSync } from "node:fs";
import { SqliteStore } from "tenantry/stores/sqlite";
import { createGateway } from "./server.mjs";
import { setUp } from "./setup.mjs";

const { GATEWAY_CONNECTORS, GATEWAY_TOKENS, GATEWAY_DB = "gateway.db", PORT = "8100" } = process.env;
const connectors = JSON.parse(readFileSync(GATEWAY_CONNECTORS, "utf8"));
const tool_pack_id = "gateway";

const store = new SqliteStore(GATEWAY_DB);
store.migrate();
setInterval(() => store.sweep(), 60_000).unref();
const host = await setUp(store, { connectors, tool_pack_id, tokens: JSON.parse(GATEWAY_TOKENS) });
const address = await createGateway({ ...host, connectors, tool_pack_id }).listen(Number(PORT));
console.log(`${address}/mcp`);
