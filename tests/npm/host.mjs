// What the tests share: an empty project with the packed package installed, a static server, a browser.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const bin = fileURLToPath(new URL("./node_modules/.bin/", import.meta.url));

export function run(command, args, options) {
  return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], ...options });
}

/** Packs the built package as `npm publish` would, into a folder of the test's own; answers the archive's path. */
export function pack(test) {
  const work = join(root, "target/npm-test", test);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const [{ filename }] = JSON.parse(
    run("npm", ["pack", "--json", "--pack-destination", work, join(root, "target/npm/node_modules/tenantry")]),
  );
  return join(work, filename);
}

/** A project of its own, outside every other one's `node_modules`, with nothing but the package. */
export function project(name, archive) {
  const folder = join(dirname(archive), name);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", archive], { cwd: folder });
  cpSync(new URL("./app", import.meta.url), join(folder, "app"), { recursive: true });
  writeFileSync(
    join(folder, "app/hostile.data.js"),
    `export const hostile = JSON.parse(${JSON.stringify(readFileSync(join(root, "tests/hostile.json"), "utf8"))});\n`,
  );
  writeFileSync(join(folder, "app/scenarios.data.js"), `export const scenarios = ${JSON.stringify(scenarios())};\n`);
  return folder;
}

/** Every scenario with its checked-in transcript, as text. */
export function scenarios() {
  const read = (...path) => readFileSync(join(root, ...path), "utf8").trimEnd();
  return readdirSync(join(root, "examples/scenarios")).map((name) => ({
    name,
    scenario: read("examples/scenarios", name),
    transcript: read("tests/transcripts", name),
  }));
}

const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/** Serves a folder's files, and nothing else, with these headers. */
export async function serve(folder, headers = {}) {
  const server = createServer((request, response) => {
    const path = join(folder, new URL(request.url, "http://localhost").pathname.replace(/\/$/, "/index.html"));
    try {
      const body = readFileSync(path);
      response.writeHead(200, { ...headers, "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Starts the browser that `tools/chromium.sh` finds. */
export function browser() {
  const executablePath = run(join(root, "tools/chromium.sh"), [], { stdio: ["ignore", "pipe", "inherit"] }).trim();
  return chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Opens the address and waits until the page has set its title; answers title and what went wrong. */
export async function titleOf(chrome, address, timeout = 15000) {
  const page = await chrome.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}`));
  page.on("response", (response) => {
    if (response.status() >= 400 && !response.url().endsWith("/favicon.ico"))
      faults.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(address);
  await page.waitForFunction(() => document.title !== "loading", undefined, { timeout }).catch(() => {});
  const title = await page.title();
  await page.close();
  return { title, faults };
}
