// The packed package loads in each kind of host, with no call to initialise it.
import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build, createServer } from "vite";
import { bin, browser, pack, project, root, run, serve, titleOf } from "./host.mjs";

const archive = pack("package");
const folder = project("app", archive);
const version = JSON.parse(readFileSync(join(folder, "node_modules/tenantry/package.json"))).version;
const { cases } = await import(pathToFileURL(join(folder, "app/check.js")));
const found = `${version}, ${cases.length} cases`;

let chrome;
before(async () => (chrome = await browser()));
after(() => chrome.close());

const node = (file, source) => {
  writeFileSync(join(folder, file), source);
  return run("node", [file], { cwd: folder }).trim();
};

test("the core is shipped as one wasm file, the command line as another, both small and without this machine's paths", () => {
  const files = run("tar", ["-tf", archive]).split("\n");
  const names = files.filter((file) => file.endsWith(".wasm"));
  assert.deepEqual(names.sort(), ["package/cli_bg.wasm", "package/tenantry.wasm"]);
  for (const [name, most] of [
    ["tenantry.wasm", 544], // 300 KiB is the aim
    ["cli_bg.wasm", 800],
  ]) {
    const wasm = readFileSync(join(folder, "node_modules/tenantry", name));
    assert.ok(gzipSync(wasm).length <= most * 1024, `${name}: ${gzipSync(wasm).length} bytes gzipped`);
    assert.ok(!wasm.includes(`${homedir()}/`) && !wasm.includes(root));
  }
});

test("no bundler comes upon the command line", () => {
  const entries = [
    "index.js",
    "manual.js",
    "workerd.js",
    "edge-light.js",
    "shared.js",
    "node.js",
    "cjs/index.js",
    "package.json",
  ];
  for (const file of entries) {
    const text = readFileSync(join(folder, "node_modules/tenantry", file), "utf8");
    assert.ok(!/\bcli(_bg)?\.(js|wasm)/.test(text), file);
  }
});

test("the licences of all that is linked in come along", () => {
  const licences = readFileSync(join(folder, "node_modules/tenantry/THIRD-PARTY-LICENSES"), "utf8");
  const tree = [
    "tree",
    "--quiet",
    "--locked",
    "--package",
    "tenantry-wasm",
    "--package",
    "tenantry-cli-wasm",
    "--edges",
    "normal,no-proc-macro",
    "--prefix",
    "none",
  ];
  const listed = run("cargo", [...tree, "--target", "wasm32-unknown-unknown"], { cwd: root })
    .split("\n")
    .filter((line) => line !== ""); // one stands between the two
  const linked = new Map(listed.map((line) => line.split(" ")).filter(([name]) => !name.startsWith("tenantry")));
  for (const name of ["clap_builder", "wasm-bindgen", "sha2", "zeroize"]) assert.ok(linked.has(name), name);
  for (const [name, version] of linked) {
    const crate = `${name} ${version.slice(1)}`;
    assert.ok(licences.includes(`\n${crate}: `), crate);
    assert.ok(licences.includes(`\n${crate}, LICENSE`), crate);
  }
  for (const text of ["Permission is hereby granted, free of charge", "TERMS AND CONDITIONS FOR USE, REPRODUCTION"])
    assert.ok(licences.includes(text));
  assert.ok(licences.includes("npm package fflate") && licences.includes("Arjun Barrett"));
  assert.ok(!licences.includes(`${homedir()}/`) && !licences.includes(root));
});

// Each by itself in Node; all at once, by `check`, in every other kind of host.
for (const [name, run] of cases) test(name, run);

test("node imports it as an ES module", () => {
  assert.equal(node("esm.mjs", 'import { check } from "./app/check.js"; console.log(check());'), found);
});

test("node requires it as CommonJS, without warning", () => {
  const source =
    'const t = require("tenantry"); try { new t.Tenantry("x"); } catch (e) { console.log(t.version(), e instanceof t.TenantryError); }';
  writeFileSync(join(folder, "cjs.cjs"), source);
  assert.equal(
    run("node", ["--throw-deprecation", "--no-experimental-require-module", "cjs.cjs"], { cwd: folder }).trim(),
    `${version} true`,
  );
});

test("node's two kinds of importers share one instance", () => {
  const source =
    'import { createRequire } from "node:module"; import * as t from "tenantry"; console.log(createRequire(import.meta.url)("tenantry").TenantryError === t.TenantryError);';
  assert.equal(node("both.mjs", source), "true");
});

test("the guard knows the errors of another copy of the package", () => {
  cpSync(join(folder, "node_modules/tenantry"), join(folder, "copy"), { recursive: true });
  const source =
    'import * as one from "tenantry"; import * as other from "./copy/node.js"; try { new other.Tenantry("x"); } catch (e) { console.log(e instanceof one.TenantryError, one.isTenantryError(e), e.toProblem().status); }';
  assert.equal(node("copies.mjs", source), "false true 400");
});

test("a host that holds the compiled module hands it to tenantry/manual", () => {
  const source = `
    import { readFileSync } from "node:fs";
    import { createRequire } from "node:module";
    import { initialize, validate, version } from "tenantry/manual";
    for (const early of [version, () => validate({})]) try { early(); } catch (error) { console.log(error.message.includes("initialize")); }
    const path = createRequire(import.meta.url).resolve("tenantry/tenantry.wasm");
    try { initialize(new Uint8Array(8)); } catch (error) { console.log(error.name); }
    console.log(initialize(new WebAssembly.Module(readFileSync(path))), initialize("another"));
    console.log(version());`;
  assert.equal(node("manual.mjs", source), `true\ntrue\nCompileError\ntrue false\n${version}`);
});

test("init of tenantry/manual awaits bytes, a response, a promise of one, and a module of another realm", () => {
  const sources = {
    bytes: "bytes",
    response: 'new Response(bytes, { headers: { "content-type": "application/wasm" } })',
    promise: "Promise.resolve(new Response(bytes))",
    foreign: 'runInNewContext("new WebAssembly.Module(bytes)", { bytes })',
  };
  for (const [name, source] of Object.entries(sources)) {
    const lines = `
      import { readFileSync } from "node:fs";
      import { createRequire } from "node:module";
      import { runInNewContext } from "node:vm";
      import { init, version } from "tenantry/manual";
      const bytes = readFileSync(createRequire(import.meta.url).resolve("tenantry/tenantry.wasm"));
      console.log(await Promise.all([init(${source}), init(bytes)]), version());`;
    assert.equal(node(`init-${name}.mjs`, lines), `[ true, false ] ${version}`);
  }
});

test("a page without a bundler loads it, and its worker", async () => {
  cpSync(join(folder, "app"), join(folder, "plain"), { recursive: true });
  for (const file of readdirSync(join(folder, "plain")).filter((file) => file.endsWith(".js"))) {
    const source = readFileSync(join(folder, "plain", file), "utf8");
    writeFileSync(join(folder, "plain", file), source.replace('"tenantry"', '"/node_modules/tenantry/index.js"'));
  }
  const site = await serve(folder);
  const seen = await titleOf(chrome, `${site.address}/plain/index.html`);
  site.close();
  assert.deepEqual(seen, { title: `page ${found}, worker ${found}`, faults: [] });
});

test("the README's page streams the core", async () => {
  const [, page] = readFileSync(join(root, "bindings-wasm/npm/README.md"), "utf8").match(/^```html\n(.*?)^```$/ms);
  writeFileSync(join(folder, "streamed.html"), `<!doctype html><title>loading</title>${page}`);
  const site = await serve(folder);
  const seen = await titleOf(chrome, `${site.address}/streamed.html`);
  site.close();
  assert.deepEqual(seen, { title: version, faults: [] });
});

test("vite builds it without a plugin, worker included", async () => {
  await build({ root: join(folder, "app"), logLevel: "error" });
  const site = await serve(join(folder, "app/dist"));
  const seen = await titleOf(chrome, `${site.address}/index.html`);
  site.close();
  assert.deepEqual(seen, { title: `page ${found}, worker ${found}`, faults: [] });
});

test("vite's development server serves it without a plugin", async () => {
  const server = await createServer({ root: join(folder, "app"), logLevel: "error", server: { port: 0, host: "127.0.0.1" } });
  await server.listen();
  const seen = await titleOf(chrome, server.resolvedUrls.local[0]);
  await server.close();
  assert.deepEqual(seen, { title: `page ${found}, worker ${found}`, faults: [] });
});

test("its types resolve for both kinds of module, and under a bundler", () => {
  const strict = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom", "--types", ""];
  for (const kind of ["node16", "node20", "nodenext"])
    run(join(bin, "tsc"), [...strict, "--module", kind, "app/types.mts", "app/types.cts"], { cwd: folder });
  run(join(bin, "tsc"), [...strict, "--module", "esnext", "--moduleResolution", "bundler", "app/types.mts"], { cwd: folder });
});

test("publint and attw find nothing wrong", () => {
  run(join(bin, "publint"), ["--strict", archive]);
  run(join(bin, "attw"), [archive, "--profile", "strict"]);
});
