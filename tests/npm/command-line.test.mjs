// The command that the packed package installs: the same bytes as the Rust binary gives, by the cases that all languages run.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { closeSync, copyFileSync, cpSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pack, project, root, scenarios } from "./host.mjs";

const folder = project("cli", pack("command-line"));
const cases = join(folder, "cases");
cpSync(join(root, "tests/command-line"), cases, { recursive: true });
const program = join(folder, "node_modules/.bin/tenantry");

/** A text as the cases have it: its lines, each of which ends. */
function lines(text) {
  assert.ok(text === "" || text.endsWith("\n"), text);
  return text.split("\n").slice(0, -1);
}

for (const wanted of JSON.parse(readFileSync(join(cases, "cases.json"), "utf8"))) {
  test(`tenantry ${wanted.args}`, () => {
    const input = wanted.stdin ? readFileSync(join(cases, wanted.stdin)) : "";
    const done = spawnSync(program, wanted.args.split(" ").filter(Boolean), { cwd: cases, encoding: "utf8", input });
    const ran = { ...wanted, status: done.status, stdout: lines(done.stdout), stderr: lines(done.stderr) };
    for (const file of Object.keys(wanted.writes ?? {})) {
      ran.writes = { ...ran.writes, [file]: lines(readFileSync(join(cases, file), "utf8")) };
    }
    assert.deepEqual(ran, wanted);
  });
}

test("the package has scenarios and the schema", () => {
  const [first] = scenarios();
  const done = spawnSync(program, ["simulate", "--json", `node_modules/tenantry/scenarios/${first.name}`], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(done.stdout, `${first.transcript}\n`);
  const resolved = (name) => readFileSync(createRequire(join(folder, "/")).resolve(`tenantry/${name}`), "utf8");
  assert.equal(resolved(`scenarios/${first.name}`).trimEnd(), first.scenario);
  assert.equal(resolved("schema.json"), readFileSync(join(root, "schema/tenantry.schema.json"), "utf8"));
});

test("what cannot be written down has failed", () => {
  writeFileSync(join(folder, "out.json"), "");
  const unwritable = openSync(join(folder, "out.json"), "r");
  for (const args of [["errors"], ["secret"]]) {
    assert.notEqual(spawnSync(program, args, { stdio: ["ignore", unwritable, "ignore"] }).status, 0);
  }
  closeSync(unwritable);
});

test("a reader who has seen enough is no failure", () => {
  const done = spawnSync("bash", ["-c", `( ${program} errors; echo $? >&2 ) | true`], { encoding: "utf8" });
  assert.equal(done.stderr, "0\n");
});

test("secrets are long, and differ", () => {
  const [one, other] = [0, 1].map(() => spawnSync(program, ["secret"], { encoding: "utf8" }).stdout);
  assert.match(one, /^ort_[\w-]{43}\n$/);
  assert.notEqual(one, other);
});

test("npx finds it", () => {
  const done = spawnSync("npx", ["--no", "--", "tenantry", "--version"], { cwd: folder, encoding: "utf8" });
  assert.equal(done.stdout, `tenantry ${JSON.parse(readFileSync(join(folder, "node_modules/tenantry/package.json"))).version}\n`);
});

test("playground is handed over, with its arguments", () => {
  const done = spawnSync(program, ["playground", "--port", "none"], { encoding: "utf8" });
  assert.deepEqual([done.status, done.stderr], [2, "usage: tenantry playground [--port NUMBER] [--no-open]\n"]);
});

test("watching goes on when the file changes, and ends by an interrupt", { timeout: 60_000 }, async () => {
  const watched = join(folder, "watched.json");
  copyFileSync(join(cases, "fails.scenario.json"), watched);
  const watching = spawn(process.execPath, [join(folder, "node_modules/tenantry/bin.js"), "simulate", "--watch", watched]);
  let seen = "";
  const prints = (text) =>
    new Promise((found) => {
      const look = (data = "") => {
        seen += data;
        if (seen.includes(text)) found(watching.stdout.off("data", look));
      };
      watching.stdout.on("data", look);
      look();
    });
  const ended = new Promise((exit) => watching.once("exit", (_, name) => exit(name)));
  await prints("4 steps: 2 passed, 2 failed\n");
  copyFileSync(join(cases, "passes.scenario.json"), watched);
  await prints("8 steps: 8 passed\n");
  watching.kill("SIGINT");
  assert.equal(await ended, "SIGINT");
});
