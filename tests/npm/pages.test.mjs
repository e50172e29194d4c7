// The JavaScript on every page runs, each block by itself, and its types compile, in an empty project with nothing but the packed package.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { bin, pack, project, root, run } from "./host.mjs";
import { newer } from "./newer.mjs";

const folder = project("pages", pack("pages"));
const docs = readdirSync(join(root, "docs"), { recursive: true })
  .filter((file) => file.endsWith(".md"))
  .map((file) => `docs/${file}`)
  .sort();
const pages = ["bindings-wasm/npm/README.md", "README.md", ...docs];
const blocks = (language, files = pages) =>
  files.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/^```(\w+)\n(.*?)^```$/gms)]
      .filter(([, found]) => found === language)
      .map(([, , text]) => text),
  );

blocks("js").forEach((source, index) => {
  test(`block ${index + 1} runs and prints what it says`, () => {
    const file = `block${index + 1}.mjs`;
    writeFileSync(join(folder, file), source);
    const lines = run(newer, ["--disable-warning=ExperimentalWarning", file], { cwd: folder }).split("\n");
    const said = [...source.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map(([, comment]) => comment);
    for (const line of said) assert.ok(lines.includes(line), `${line}: not in\n${lines.join("\n")}`);
  });
});

// What shows an error is wrong on purpose; what runs in Node alone has types of its own.
// The guides leave out the types of their own functions.
const typed = () =>
  blocks(
    "js",
    pages.filter((file) => !file.startsWith("docs/guides/")),
  )
    .filter((source) => !source.includes("isTenantryError"))
    .map((source) => source.replace("node:assert/strict", "./assert.mjs"));

test("its types compile, those of the quick starts too", () => {
  writeFileSync(
    join(folder, "assert.d.mts"),
    "declare const assert: { (value: unknown): asserts value; deepEqual(one: unknown, other: unknown): void };\nexport default assert;\n",
  );
  const sources = [...blocks("ts"), ...typed()];
  assert.ok(blocks("ts").length > 0 && typed().length > 2);
  const files = sources.map((_, index) => `types${index + 1}.mts`);
  for (const [index, source] of sources.entries()) writeFileSync(join(folder, files[index]), source);
  run(
    join(bin, "tsc"),
    [
      "--noEmit",
      "--strict",
      "--exactOptionalPropertyTypes",
      "--module",
      "node20",
      "--target",
      "es2022",
      "--lib",
      "es2022,dom",
      "--types",
      "",
      ...files,
    ],
    { cwd: folder },
  );
});
