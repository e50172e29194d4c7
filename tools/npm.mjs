// tools/npm.mjs SOURCE PAGE PACKAGE: makes the npm package of the core and the hand-written modules, which `xtask npm` has put
// together in SOURCE, and of the playground's PAGE. Each entry becomes a file of its own, as an ES module and as CommonJS; the ES modules share another one.
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { deflateRawSync } from "node:zlib";

const [source, page, folder] = process.argv.slice(2);
const tools = createRequire(new URL("../tests/npm/package.json", import.meta.url));
const { buildSync } = tools("esbuild");
const fflate = dirname(tools.resolve("fflate/package.json"));

const core = readFileSync(join(source, "tenantry.wasm"));
const packed = deflateRawSync(core, { level: 9 }).toString("base64");
writeFileSync(join(source, "packed.js"), `export const packed =\n  "${packed}";\nexport const size = ${core.length};\n`);

rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, "cjs"), { recursive: true });
const plain = [
  "LICENSE-APACHE",
  "LICENSE-MIT",
  "README.md",
  "THIRD-PARTY-LICENSES",
  "bin.js",
  "cli.js",
  "cli_bg.wasm",
  "errors.json",
  "package.json",
  "playground.js",
  "tenantry.wasm",
];
const ofStores = ["stores/postgres.d.ts", "stores/sqlite.d.ts", "stores/store.d.ts", "testing/index.d.ts"];
const types = ["index.d.ts", "manual.d.ts", "tenantry.wasm.d.ts", "types.d.ts", ...ofStores];
for (const name of [...plain, ...types]) cpSync(join(source, name), join(folder, name));
for (const name of types) cpSync(join(source, name), join(folder, "cjs", name));

// The service worker is for sites that people visit again, not for a port that another program has next.
cpSync(page, join(folder, "playground"), { recursive: true, filter: (file) => basename(file) !== "offline.js" });
cpSync("examples/scenarios", join(folder, "scenarios"), { recursive: true });
cpSync("schema/tenantry.schema.json", join(folder, "schema.json"));

const build = (format, outdir, entries, options) =>
  buildSync({
    absWorkingDir: resolve(source),
    entryPoints: entries.map((name) => `${name}.js`),
    outdir: resolve(folder, outdir),
    bundle: true,
    format,
    target: "es2022",
    external: ["*.wasm", "*.wasm?module"],
    alias: { fflate: join(fflate, "esm/browser.js") },
    legalComments: "none",
    logLevel: "warning",
    ...options,
  });
build("esm", ".", ["index", "manual", "workerd", "edge-light"], { splitting: true, chunkNames: "shared" });
build("cjs", "cjs", ["index", "manual"], { platform: "node" });

// Stores are for Node alone, and take the core by the package's own name: so they have the one that their importer has.
const stores = ["stores/sqlite", "stores/postgres"];
const testing = ["testing/index", "testing/racer", "testing/writer"];
const apart = { platform: "node", outbase: resolve(source), external: ["pg", "tenantry"], loader: { ".sql": "text" } };
build("esm", ".", stores, { ...apart, splitting: true, chunkNames: "stores/shared" });
build("esm", ".", testing, apart);
build("cjs", "cjs", stores, apart);
build("cjs", "cjs", testing, {
  ...apart,
  define: { "import.meta.url": "here" },
  banner: { js: 'const here = require("node:url").pathToFileURL(__filename).href;' },
});
writeFileSync(join(folder, "cjs/package.json"), '{ "type": "commonjs" }\n');

// Importers in Node get what `require` gets, so that a process never holds two instances.
const names = Object.keys(createRequire(import.meta.url)(resolve(folder, "cjs/index.js"))).join(", ");
writeFileSync(join(folder, "node.js"), `import api from "./cjs/index.js";\n\nexport const { ${names} } = api;\n`);

// The inflating half of fflate is within `index.js`.
const { version, license } = tools("fflate/package.json");
const text = readFileSync(join(fflate, "LICENSE"), "utf8");
appendFileSync(
  join(folder, "THIRD-PARTY-LICENSES"),
  `\nIt also holds a part of the npm package fflate ${version}: ${license}\n\n${text}`,
);
