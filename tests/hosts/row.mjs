// What the rows of the table of hosts share: one project with all tools and the packed package, in which each row is a folder;
// and what their apps consist of.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pack, run } from "../npm/host.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const archive = pack(`hosts-${basename(process.argv[1], ".test.mjs")}`);
export const project = dirname(archive);
export const modules = join(project, "node_modules");

// Hard links: a bundler sees the project of a user, with all tools installed in it, and nothing is copied.
run("cp", ["-al", join(here, "node_modules"), modules]);
for (const file of ["package.json", "package-lock.json"]) cpSync(join(here, file), join(project, file));
mkdirSync(join(modules, "tenantry"));
run("tar", ["-xf", archive, "--strip-components=1", "-C", join(modules, "tenantry")]);

// The lines that a user copies, and what they say.
export const lines = `import { Tenantry } from "tenantry";
const acme = Tenantry.example().actingAs({ type: "system", organization_id: "org_demo", environment: "test" });
const said = acme.code("nobody", "support", "slack__post_message");`;
export const required = lines.replace('import { Tenantry } from "tenantry"', 'const { Tenantry } = require("tenantry")');
export const expected = "registered_user_not_found";

/** A page whose title tells what it and its worker say. The message to the worker goes off at once. */
export const page = {
  "index.html": '<!doctype html><title>loading</title><script type="module" src="./page.js"></script>',
  "page.js": `${lines}
const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => (document.title = said + ", " + data);
worker.onerror = ({ message }) => (document.title = "worker failed: " + message);
worker.postMessage("well?");`,
  "worker.js": `${lines}
self.onmessage = ({ data }) => postMessage(data + " " + said);`,
};
export const shown = { title: `${expected}, well? ${expected}`, faults: [] };

/** Makes a row's folder, with these files. */
export function row(name, files) {
  const folder = join(project, name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries({ "package.json": '{ "private": true, "type": "module" }', ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/** Moves what was built away from the project and all its modules, and runs it there. */
export function runElsewhere(folder, command, args) {
  const away = mkdtempSync(join(tmpdir(), "tenantry-"));
  cpSync(folder, away, { recursive: true });
  try {
    assert.ok(!readdirSync(away).includes("node_modules"));
    return run(command, args, { cwd: away }).trim();
  } finally {
    rmSync(away, { recursive: true });
  }
}

/** Starts a server and waits until it prints its address; answers that, and how to stop it. */
export async function serverOf(command, args, options) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], detached: true, ...options });
  let text = "";
  const address = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      text += chunk;
      const [found] = /http:\/\/(localhost|127\.0\.0\.1):\d+/.exec(text) ?? [];
      if (found !== undefined) resolve(found.replace("localhost", "127.0.0.1"));
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("exit", () => reject(new Error(text)));
  });
  return { address, close: () => process.kill(-child.pid) };
}
