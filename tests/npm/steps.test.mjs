// Random steps, hostile ones among them, answered in Node and in a browser with the very bytes that Rust gives.
// `make steps` writes the file: STEPS says how many, SEED which.
import assert from "node:assert/strict";
import { appendFileSync, copyFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { browser, pack, project, root, serve, titleOf } from "./host.mjs";

const file = join(root, "target/steps.jsonl");
const folder = project("steps", pack("steps"));
const steps = readFileSync(file, "utf8");
const count = steps.trimEnd().split("\n").length;

/** A row of the table that `make prove` prints. */
function report(judge, cases) {
  const row = { judge, cases, differences: 0, reason: "none" };
  console.log(`judge: ${judge}: ${cases} cases, 0 differ`);
  if (process.env.PROOF_REPORT) appendFileSync(process.env.PROOF_REPORT, `${JSON.stringify(row)}\n`);
}

test("s_1: Node takes every step as Rust does, byte for byte", async () => {
  const { takeAll } = await import(pathToFileURL(join(folder, "app/steps.js")));
  assert.equal(takeAll(steps), count);
  report("Rust against Node: random steps", count);
});

test("s_1: a browser takes every step as Rust does, byte for byte", async () => {
  cpSync(join(folder, "node_modules/tenantry"), join(folder, "app/tenantry"), { recursive: true });
  copyFileSync(file, join(folder, "app/steps.jsonl"));
  writeFileSync(
    join(folder, "app/steps.html"),
    `<!doctype html><title>loading</title>
<script type="importmap">{ "imports": { "tenantry": "./tenantry/index.js" } }</script>
<script type="module">
  import { takeAll } from "./steps.js";
  const file = await (await fetch("./steps.jsonl")).text();
  try { document.title = takeAll(file) + " steps"; } catch (error) { document.title = error.message; }
</script>`,
  );
  const [chrome, site] = [await browser(), await serve(join(folder, "app"))];
  try {
    assert.deepEqual(await titleOf(chrome, `${site.address}/steps.html`, 600_000), { title: `${count} steps`, faults: [] });
  } finally {
    site.close();
    await chrome.close();
  }
  report("Rust against Chromium: random steps", count);
});
