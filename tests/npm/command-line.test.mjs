// The command that the packed package installs.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pack, project, root, scenarios } from "./host.mjs";

const folder = project("cli", pack("command-line"));
const [first, second] = scenarios();
const file = ({ name }) => join(root, "examples/scenarios", name);

function tenantry(...args) {
  const { status, stdout, stderr } = spawnSync("node_modules/.bin/tenantry", args, { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

test("simulate prints transcripts, a line each", () => {
  const wanted = { status: 0, stdout: `${first.transcript}\n${second.transcript}\n`, stderr: "" };
  assert.deepEqual(tenantry("simulate", "--json", file(first), file(second)), wanted);
});

test("simulate reads the standard input, and the package has scenarios and the schema", () => {
  const options = { cwd: folder, encoding: "utf8", input: first.scenario };
  assert.equal(spawnSync("node_modules/.bin/tenantry", ["simulate", "--json", "-"], options).stdout, `${first.transcript}\n`);
  assert.deepEqual(
    tenantry("simulate", "--json", `node_modules/tenantry/scenarios/${second.name}`).stdout,
    `${second.transcript}\n`,
  );
  const resolved = (name) => readFileSync(createRequire(join(folder, "/")).resolve(`tenantry/${name}`), "utf8");
  assert.equal(resolved(`scenarios/${first.name}`).trimEnd(), first.scenario);
  assert.equal(resolved("schema.json"), readFileSync(join(root, "schema/tenantry.schema.json"), "utf8"));
});

test("simulate tells stories, with an empty line between", () => {
  const one = tenantry("simulate", file(first)).stdout;
  const other = tenantry("simulate", file(second)).stdout;
  assert.ok(one.split("\n").length > JSON.parse(first.scenario).steps.length);
  assert.deepEqual(tenantry("simulate", file(first), file(second)), { status: 0, stdout: `${one}\n${other}`, stderr: "" });
});

test("the exit status is 1 where a step surprised, 2 where a file is no scenario", () => {
  const step = { as: "host", execute: { command: "create_organization", name: "Acme" }, expect: { code: "forbidden" } };
  const surprised = {
    scenario: "surprised",
    start: "2026-01-31T10:00:00Z",
    seed: "1",
    actors: { host: { type: "system" } },
    steps: [step],
  };
  writeFileSync(join(folder, "surprised.json"), JSON.stringify(surprised));
  writeFileSync(join(folder, "wrong.json"), '{"scenario": "x"}');
  assert.equal(tenantry("simulate", "surprised.json").status, 1);
  const wrong = tenantry("simulate", "wrong.json", "surprised.json");
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /^wrong\.json: \/start: `start` is required$/m);
  writeFileSync(join(folder, "latin.json"), Buffer.from([0x22, 0xe9, 0x22]));
  for (const [file, fault] of [
    ["missing.json", "No such file or directory (os error 2)"],
    ["latin.json", "stream did not contain valid UTF-8"],
  ]) {
    assert.deepEqual(tenantry("simulate", file), { status: 2, stdout: "", stderr: `${file}: ${fault}\n` });
  }
});

test("what cannot be written down has failed", () => {
  writeFileSync(join(folder, "out.json"), "");
  const unwritable = openSync(join(folder, "out.json"), "r");
  const options = { cwd: folder, stdio: ["ignore", unwritable, "ignore"] };
  for (const args of [["simulate", "--json", file(first)], ["secret"]]) {
    assert.notEqual(spawnSync("node_modules/.bin/tenantry", args, options).status, 0);
  }
  closeSync(unwritable);
});

test("secrets are long, and differ", () => {
  const [one, other] = [tenantry("secret"), tenantry("secret")].map(({ stdout }) => stdout.trim());
  assert.match(one, /^ort_[\w-]{43}$/);
  assert.notEqual(one, other);
});

test("npx finds it", () => {
  assert.match(
    spawnSync("npx", ["--no", "tenantry", "--version"], { cwd: folder, encoding: "utf8" }).stdout,
    /^\d+\.\d+\.\d+\n$/,
  );
});

const usage = "usage: tenantry simulate [--json] FILE…\n       tenantry secret\n       tenantry --help | --version\n";

test("anything else is told how to", () => {
  for (const args of [[], ["simulate"], ["simulate", "--xml", "a"], ["secret", "x"], ["help", "x"], ["--version", "x"]]) {
    assert.deepEqual(tenantry(...args), { status: 2, stdout: "", stderr: usage });
  }
});

test("who asks for help or the version gets it on the standard output", () => {
  for (const args of [["--help"], ["-h"], ["help"], ["simulate", "--help"], ["secret", "-h"]]) {
    const { status, stdout, stderr } = tenantry(...args);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.ok(stdout.startsWith(`${usage}\nsimulate runs scenarios`), stdout);
  }
  const { status, stdout } = tenantry("--version");
  assert.deepEqual(
    [status, stdout],
    [0, `${JSON.parse(readFileSync(join(folder, "node_modules/tenantry/package.json"))).version}\n`],
  );
});

test("nothing in a file reaches the terminal raw", () => {
  const unseen = "\u001b[31m\u009b1m\u007f\u202ex\u2066y\u2028z";
  const seen = "\\u{1b}[31m\\u{9b}1m\\u{7f}\\u{202e}x\\u{2066}y\\u{2028}z";
  writeFileSync(join(folder, "pointers.json"), JSON.stringify({ [unseen]: 1 }));
  assert.ok(tenantry("simulate", "pointers.json").stderr.includes(`pointers.json: /${seen}: `));
  const empty = { scenario: unseen, start: "2026-01-31T10:00:00Z", seed: "1", actors: {}, steps: [] };
  writeFileSync(join(folder, "unseen.json"), JSON.stringify(empty));
  assert.ok(tenantry("simulate", "unseen.json").stdout.startsWith(`${seen}\n\n`));
});
