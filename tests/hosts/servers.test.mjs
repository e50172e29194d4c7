// Hosts on servers and desks: runtimes, test runners, and bundles for them, which are run away from their modules.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root, run } from "../npm/host.mjs";
import { expected, lines, modules, required, row, runElsewhere, serverOf } from "./row.mjs";

const bin = (name) => join(modules, ".bin", name);
const main = { "main.js": `${lines}\nconsole.log(said);`, "main.cjs": `${required}\nconsole.log(said);` };

for (const version of [20, 22, 24]) {
  test(`Node ${version} imports and requires it`, () => {
    const folder = row(`node${version}`, main);
    const node = join(modules, `node${version}/bin/node`);
    assert.match(run(node, ["--version"]), new RegExp(`^v${version}\\.`));
    for (const file of Object.keys(main))
      assert.equal(run(node, ["--throw-deprecation", file], { cwd: folder }).trim(), expected);
  });
}

test("tsx runs it, as an ES module and as CommonJS", () => {
  const folder = row("tsx", { "main.mts": main["main.js"], "main.cts": main["main.js"] });
  for (const file of ["main.mts", "main.cts"]) assert.equal(run(bin("tsx"), [file], { cwd: folder }).trim(), expected);
});

test("vitest", () => {
  const folder = row("vitest", {
    "it.test.js": `import { expect, test } from "vitest";\n${lines}\ntest("it", () => expect(said).toBe("${expected}"));`,
  });
  assert.match(run(bin("vitest"), ["run"], { cwd: folder }), /1 passed/);
});

test("vitest runs scenarios, by the lines of the docs", () => {
  const read = (...path) => readFileSync(join(root, ...path), "utf8");
  const [lines] = read("docs/command-line.md").match(/^import { simulate.*?^}\);$/ms);
  const scenarios = ["passes.scenario.json", "fails.scenario.json"];
  const files = scenarios.map((name) => [name, read("tests/command-line", name)]);
  const folder = row("vitest-scenarios", { "scenarios.test.js": lines, ...Object.fromEntries(files) });
  // On Node 20, Vitest breaks off where it shows a failure.
  const node = join(modules, "node24/bin/node");
  const env = { ...process.env, NO_COLOR: "1" };
  const done = spawnSync(node, [join(modules, "vitest/vitest.mjs"), "run"], { cwd: folder, encoding: "utf8", env });
  assert.match(done.stdout, /1 failed \| 1 passed/);
  assert.match(done.stdout + done.stderr, /✗ 2 .* refused organization_exists/);
});

test("jest, also with jsdom", () => {
  const source = `${required}\ntest("it", () => expect(said).toBe("${expected}"));`;
  const files = {
    "package.json": '{ "private": true }',
    "it.test.js": source,
    "dom.test.js": `/** @jest-environment jsdom */\n${source}`,
  };
  run(bin("jest"), ["--ci", "--no-watchman", "--runInBand"], { cwd: row("jest", files) });
});

test("bundles by webpack and Rspack for Node", async () => {
  for (const [tool, load] of [
    ["webpack", () => import("webpack")],
    ["rspack", () => import("@rspack/core")],
  ]) {
    const folder = row(`${tool}-node`, main);
    const { default: pack } = await load();
    const shared = { mode: "production", target: "node20", context: folder };
    await built(pack, { ...shared, entry: "./main.js", output: { path: join(folder, "cjs"), filename: "out.cjs" } });
    await built(pack, { ...shared, entry: "./main.cjs", output: { path: join(folder, "required"), filename: "out.cjs" } });
    await built(pack, {
      ...shared,
      entry: "./main.js",
      experiments: { outputModule: true },
      output: { path: join(folder, "esm"), filename: "out.mjs", module: true, library: { type: "module" } },
    });
    for (const out of ["cjs/out.cjs", "required/out.cjs", "esm/out.mjs"]) {
      const [name, file] = out.split("/");
      assert.equal(runElsewhere(join(folder, name), "node", [file]), expected, out);
    }
  }
});

function built(pack, options) {
  return new Promise((resolve, reject) =>
    pack(options, (error, stats) => {
      if (error || stats.hasErrors()) reject(error ?? new Error(stats.toString()));
      else resolve();
    }),
  );
}

test("bundles by ncc", () => {
  const folder = row("ncc", main);
  for (const file of Object.keys(main)) {
    const out = `out-${file}`;
    run(bin("ncc"), ["build", file, "--out", out], { cwd: folder });
    const [built] = readdirSync(join(folder, out)).filter((name) => name.startsWith("index."));
    assert.equal(runElsewhere(join(folder, out), "node", [built]), expected, file);
  }
});

test("a bundle by Vite for a server", async () => {
  const folder = row("vite-ssr", main);
  const { build } = await import("vite8");
  await build({ root: folder, logLevel: "error", ssr: { noExternal: true }, build: { ssr: "main.js" } });
  assert.equal(runElsewhere(join(folder, "dist"), "node", ["main.js"]), expected);
});

test("Bun runs it, bundles it, and compiles it into a program", () => {
  const folder = row("bun", main);
  const bun = (...args) => run(bin("bun"), args, { cwd: folder }).trim();
  for (const file of Object.keys(main)) assert.equal(bun(file), expected);
  bun("build", "main.js", "--target=bun", "--outdir=out");
  assert.equal(runElsewhere(join(folder, "out"), bin("bun"), ["main.js"]), expected);
  bun("build", "main.js", "--compile", "--outfile=program/main");
  assert.equal(runElsewhere(join(folder, "program"), "./main", []), expected);
});

test("Deno runs it without any permission", () => {
  const folder = row("deno", main);
  for (const file of Object.keys(main))
    assert.equal(run(bin("deno"), ["run", "--no-prompt", file], { cwd: folder }).trim(), expected);
});

test("Cloudflare: wrangler builds it, workerd runs it", async () => {
  const folder = row("wrangler", {
    "worker.js": `${lines}\nexport default { fetch: () => new Response(said) };`,
    "wrangler.json": '{ "name": "it", "main": "worker.js", "compatibility_date": "2026-01-01" }',
  });
  // It wants Node 22.
  const server = await serverOf(
    join(modules, "node24/bin/node"),
    [join(modules, "wrangler/bin/wrangler.js"), "dev", "--port", "0", "--ip", "127.0.0.1"],
    {
      cwd: folder,
      env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" },
    },
  );
  try {
    assert.equal(await (await fetch(server.address)).text(), expected);
  } finally {
    server.close();
  }
});
