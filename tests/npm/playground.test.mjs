// The playground that the packed package serves.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { browser, pack, project } from "./host.mjs";

const folder = project("app", pack("playground"));
const opened = join(folder, "opened");
writeFileSync(join(folder, "xdg-open"), `#!/bin/sh\nprintf %s "$1" > "${opened}"\n`);
chmodSync(join(folder, "xdg-open"), 0o755);
const SOURCE = `import { playground } from "./node_modules/tenantry/playground.js";
process.exitCode = await playground(process.argv.slice(1));`;

function start(...args) {
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  return spawn(process.execPath, ["--input-type=module", "-e", SOURCE, "--", ...args], { cwd: folder, env });
}

/** Serves while `use` runs; answers the exit status after SIGINT. */
async function served(args, use) {
  const server = start(...args);
  const [line] = await once(server.stdout, "data");
  const address = /^http:\/\/127\.0\.0\.1:\d+\//.exec(line)[0];
  try {
    await use(address);
  } finally {
    server.kill("SIGINT");
  }
  return (await once(server, "exit"))[0];
}

/** Without the tidying of paths that `fetch` does. */
async function get(address, path, method = "GET") {
  const { hostname, port } = new URL(address);
  const asked = request({ hostname, port, path, method }).end();
  const [{ statusCode, headers }] = await once(asked, "response");
  asked.destroy();
  return [statusCode, headers["content-type"]];
}

test("it serves the page and the package's core, with their types, until it is interrupted", async () => {
  const status = await served(["--no-open"], async (address) => {
    assert.deepEqual(await get(address, "/"), [200, "text/html"]);
    assert.deepEqual(await get(address, "/index.html?x#y", "HEAD"), [200, "text/html"]);
    const page = readFileSync(join(folder, "node_modules/tenantry/playground/index.html"), "utf8");
    for (const [, , path, type] of page.matchAll(/(src|href)="\.(\/assets\/\S+\.(js|css))"/g)) {
      assert.deepEqual(await get(address, path), [200, type === "js" ? "text/javascript" : "text/css"]);
    }
    assert.deepEqual(await get(address, "/tenantry/index.js"), [200, "text/javascript"]);
    assert.deepEqual(await get(address, "/tenantry/tenantry.wasm"), [200, "application/wasm"]);
  });
  assert.equal(status, 0);
});

test("nothing outside of the page and the package is served, and nothing is taken", async () => {
  writeFileSync(join(folder, "secret.json"), "{}");
  await served(["--no-open"], async (address) => {
    const up = ["../", "..%2f", "%2e%2e/", "..\\", "%2e%2e%5c", "%252e%252e/"];
    const paths = up.flatMap((step) => [
      `/${step}package.json`,
      `/tenantry/${step.repeat(2)}secret.json`,
      `/assets/${step.repeat(4)}secret.json`,
    ]);
    for (const path of [
      ...paths,
      "//etc/passwd",
      "/tenantry//etc/passwd",
      "/tenantry/",
      "/assets",
      "/%00",
      "/%",
      "/offline.js",
    ]) {
      assert.deepEqual(await get(address, path), [404, undefined], path);
    }
    assert.deepEqual(await get(address, "/", "POST"), [405, undefined]);
  });
});

test("it opens the browser, unless it shall not", async () => {
  await served(["--no-open"], () => new Promise((over) => setTimeout(over, 300)));
  assert.ok(!existsSync(opened));
  await served([], async (address) => {
    while (!existsSync(opened) || readFileSync(opened, "utf8") !== address) await new Promise(setImmediate);
  });
});

test("a port of one's choice; one that is taken is status 1, and what is no port is status 2", async () => {
  await served(["--no-open"], async (address) => {
    const { port } = new URL(address);
    const second = start("--no-open", "--port", port);
    const [[said], [status]] = await Promise.all([once(second.stderr, "data"), once(second, "exit")]);
    assert.deepEqual([String(said), status], [`port ${port}: EADDRINUSE\n`, 1]);
  });
  for (const args of [["--port", "65536"], ["--port=-1"], ["--port", "x"], ["--port"], ["file"], ["--open"]]) {
    const wrong = start(...args);
    const [[said], [status]] = await Promise.all([once(wrong.stderr, "data"), once(wrong, "exit")]);
    assert.deepEqual([String(said), status], ["usage: tenantry playground [--port NUMBER] [--no-open]\n", 2]);
  }
});

test("a browser runs the first story on it, and keeps no service worker", async () => {
  const chrome = await browser();
  await served(["--no-open"], async (address) => {
    const page = await chrome.newPage();
    const faults = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    await page.goto(address);
    await page.getByRole("button", { name: /^Ana, support, slack: allow/ }).waitFor();
    assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
    assert.deepEqual(faults, []);
  });
  await chrome.close();
});
