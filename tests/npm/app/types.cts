// Compiled, never run: the shipped types resolve for CommonJS.
import tenantry = require("tenantry");
import manual = require("tenantry/manual");
import postgres = require("tenantry/stores/postgres");
import sqlite = require("tenantry/stores/sqlite");
import testing = require("tenantry/testing");

const text: string = tenantry.version();
manual.initialize(new Uint8Array());
new sqlite.SqliteStore("tenantry.db").migrate();
new postgres.PostgresStore("postgresql://localhost/tenantry").migrate().then(() => testing.checkStore("file:///store.mjs"));
export = text;
