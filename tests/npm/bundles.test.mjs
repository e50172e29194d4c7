// Bundles by esbuild and Rollup, without a plugin for the package: for browsers, and for Node, where they run away from all modules.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import resolve from "@rollup/plugin-node-resolve";
import { build } from "esbuild";
import { rollup } from "rollup";
import { browser, pack, project, run, serve, titleOf } from "./host.mjs";
import { newer } from "./newer.mjs";

const folder = project("bundles", pack("bundles"));
const away = mkdtempSync(join(tmpdir(), "tenantry-"));
const lines = (load) => `${load}
const acme = Tenantry.example().actingAs({ type: "system", organization_id: "org_demo", environment: "test" });
const said = acme.code("nobody", "support", "slack__post_message");`;
const expected = "registered_user_not_found";

const imported = lines('import { Tenantry } from "tenantry";');
const sources = {
  "main.js": `${imported}\nconsole.log(said);`,
  "main.cjs": `${lines('const { Tenantry } = require("tenantry");')}\nconsole.log(said);`,
  "page.js": `${imported}\ndocument.title = said;`,
  "echo.js": `${imported}\nself.onmessage = ({ data }) => postMessage(data + " " + said);`,
  "thread.js": `import { parentPort } from "node:worker_threads";\n${imported}\nparentPort.on("message", (data) => parentPort.postMessage(data + " " + said));`,
  "threads.js":
    'import { Worker } from "node:worker_threads";\nconst worker = new Worker(new URL("./thread.js", import.meta.url));\nworker.on("message", (data) => { console.log(data); worker.terminate(); });\nworker.postMessage("well?");',
};
for (const [file, text] of Object.entries(sources)) writeFileSync(join(folder, file), text);

let chrome;
before(async () => (chrome = await browser()));
after(() => {
  rmSync(away, { recursive: true });
  return chrome.close();
});

async function bundle(tool, source, file, format, platform) {
  const [input, output] = [join(folder, source), join(away, tool, file)];
  if (tool === "esbuild") {
    await build({ entryPoints: [input], outfile: output, bundle: true, format, platform, logLevel: "error" });
  } else {
    const graph = await rollup({
      input,
      plugins: [resolve({ browser: platform === "browser" })],
      onwarn: (warning) => assert.fail(warning.message),
    });
    await graph.write({ file: output, format });
  }
  return output;
}

async function open(files, headers) {
  const site = join(away, "site");
  mkdirSync(site, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(site, file), text);
  const server = await serve(site, headers);
  const seen = await titleOf(chrome, `${server.address}/index.html`);
  server.close();
  return seen;
}

for (const tool of ["esbuild", "rollup"]) {
  test(`${tool}: bundles for Node, as an ES module and as CommonJS, without anything beside them`, async () => {
    for (const [source, file, format] of [
      ["main.js", "out.mjs", "esm"],
      ["main.js", "out.cjs", "cjs"],
      ["main.cjs", "required.cjs", "cjs"],
    ]) {
      if (tool === "rollup" && source === "main.cjs") continue; // it reads ES modules only
      const output = await bundle(tool, source, file, format, "node");
      assert.equal(run("node", [output], { cwd: away }).trim(), expected, file);
    }
  });

  test(`${tool}: bundles for a page, as a module and as a classic script, and for a worker`, async () => {
    for (const [format, type] of [
      ["esm", "module"],
      ["iife", "text/javascript"],
    ]) {
      const page = await bundle(tool, "page.js", "page.js", format, "browser");
      const worker = await bundle(tool, "echo.js", "worker.js", format, "browser");
      mkdirSync(join(away, "site"), { recursive: true });
      for (const [from, to] of [
        [page, "page.js"],
        [worker, "worker.js"],
      ])
        cpSync(from, join(away, "site", to));
      const script = `<script type="${type}" src="./page.js"></script>`;
      assert.deepEqual(await open({ "index.html": `<!doctype html><title>loading</title><body>${script}` }), {
        title: expected,
        faults: [],
      });
      const work = `const worker = new Worker("./worker.js", { type: "${format === "esm" ? "module" : "classic"}" }); worker.onmessage = ({ data }) => (document.title = data); worker.postMessage("well?");`;
      assert.deepEqual(await open({ "index.html": `<!doctype html><title>loading</title><script>${work}</script>` }), {
        title: `well? ${expected}`,
        faults: [],
      });
    }
  });
}

const stored = (load) => `${load}
try { new SqliteStore("nowhere", { policy: 5 }); } catch (error) { console.log(error instanceof TenantryError, error.pointer); }`;
const storing = {
  "stored.mjs": stored('import { TenantryError } from "tenantry";\nimport { SqliteStore } from "tenantry/stores/sqlite";'),
  "stored.cjs": stored(
    'const { TenantryError } = require("tenantry");\nconst { SqliteStore } = require("tenantry/stores/sqlite");',
  ),
};

test("a store has the core that its importer has, also in a bundle, and no page has a store", async () => {
  for (const [file, text] of Object.entries(storing)) {
    writeFileSync(join(folder, file), text);
    const args = ["--disable-warning=ExperimentalWarning"];
    assert.equal(run(newer, [...args, file], { cwd: folder }).trim(), "true /policy", file);
    for (const format of ["esm", "cjs"]) {
      const output = await bundle("esbuild", file, `${file}.${format === "esm" ? "mjs" : "cjs"}`, format, "node");
      assert.equal(run(newer, [...args, output], { cwd: away }).trim(), "true /policy", output);
    }
  }
  const page = readFileSync(await bundle("esbuild", "page.js", "whole.js", "esm", "browser"), "utf8");
  assert.ok(page.includes("registered_user") && !page.includes("sqlite") && !page.includes("tenantry_rows"));
});

test("worker_threads of Node miss no message", () => {
  assert.equal(run("node", ["threads.js"], { cwd: folder }).trim(), `well? ${expected}`);
});

test("a service worker starts, as a module without a bundler", async () => {
  cpSync(join(folder, "node_modules/tenantry"), join(away, "site/tenantry"), { recursive: true });
  const seen = await open({
    "service.js": `${imported.replace('"tenantry"', '"./tenantry/index.js"')}\nself.onmessage = ({ source, data }) => source.postMessage(data + " " + said);`,
    "index.html": `<!doctype html><title>loading</title><script type="module">
      navigator.serviceWorker.onmessage = ({ data }) => (document.title = data);
      await navigator.serviceWorker.register("./service.js", { type: "module" });
      (await navigator.serviceWorker.ready).active.postMessage("well?");
    </script>`,
  });
  assert.deepEqual(seen, { title: `well? ${expected}`, faults: [] });
});

test("a page with a content security policy needs wasm-unsafe-eval and no more", async () => {
  cpSync(join(folder, "node_modules/tenantry"), join(away, "site/tenantry"), { recursive: true });
  const files = {
    "page.js": sources["page.js"].replace('"tenantry"', '"./tenantry/index.js"'),
    "index.html": '<!doctype html><title>loading</title><script type="module" src="./page.js"></script>',
  };
  const policy = (script) => ({ "content-security-policy": `default-src 'none'; script-src 'self'${script}` });
  assert.deepEqual(await open(files, policy(" 'wasm-unsafe-eval'")), { title: expected, faults: [] });
  const { faults } = await open({ ...files, "index.html": files["index.html"].replace("loading", "without") }, policy(""));
  assert.match(faults.join(), /Content Security Policy/);
});
