// What is built for browsers, opened in one: each page with a worker, to which a message goes off at once.
import assert from "node:assert/strict";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, run, serve, titleOf } from "../npm/host.mjs";
import { expected, lines, modules, page, row, serverOf, shown } from "./row.mjs";

let chrome;
before(async () => (chrome = await browser()));
after(() => chrome.close());

async function open(folder, file = "index.html") {
  const site = await serve(folder);
  const seen = await titleOf(chrome, `${site.address}/${file}`);
  site.close();
  return seen;
}

for (const version of [5, 6, 7, 8]) {
  test(`Vite ${version}: the development server, and what it builds`, async () => {
    const folder = row(`vite${version}`, page);
    const { build, createServer } = await import(`vite${version}`);
    const server = await createServer({ root: folder, logLevel: "error", server: { port: 0, host: "127.0.0.1" } });
    await server.listen();
    const seen = await titleOf(chrome, server.resolvedUrls.local[0]);
    await server.close();
    assert.deepEqual(seen, shown);
    await build({ root: folder, logLevel: "error" });
    assert.deepEqual(await open(join(folder, "dist")), shown);
  });
}

for (const [tool, name] of [
  ["webpack", "webpack"],
  ["Rspack", "@rspack/core"],
]) {
  test(`${tool}, with a worker`, async () => {
    const folder = row(`${tool.toLowerCase()}-page`, page);
    const { default: pack } = await import(name);
    await new Promise((resolve, reject) =>
      pack(
        { mode: "production", context: folder, entry: "./page.js", output: { path: join(folder, "dist"), filename: "page.js" } },
        (error, stats) => {
          if (error || stats.hasErrors()) reject(error ?? new Error(stats.toString()));
          else resolve();
        },
      ),
    );
    cpSync(join(folder, "index.html"), join(folder, "dist/index.html"));
    assert.deepEqual(await open(join(folder, "dist")), shown);
  });
}

test("Parcel, with a worker", async () => {
  const folder = row("parcel", page);
  run(join(modules, ".bin/parcel"), ["build", "index.html", "--no-cache", "--no-autoinstall", "--dist-dir", "dist"], {
    cwd: folder,
  });
  assert.deepEqual(await open(join(folder, "dist")), shown);
});

test("bun build, for a browser", async () => {
  const folder = row("bun-page", { "index.html": page["index.html"], "page.js": `${lines}\ndocument.title = said;` });
  mkdirSync(join(folder, "out"));
  run(join(modules, ".bin/bun"), ["build", "page.js", "--target=browser", "--outdir=out"], { cwd: folder });
  cpSync(join(folder, "index.html"), join(folder, "out/index.html"));
  assert.deepEqual(await open(join(folder, "out")), { title: expected, faults: [] });
});

test("Next.js: server component, route handler, client component, and an edge route", async () => {
  const folder = row("next", {
    "package.json": '{ "private": true }',
    "app/layout.js": "export default ({ children }) => <html><body>{children}</body></html>;",
    "app/page.js": `import Client from "./client.js";\n${lines}\nexport const dynamic = "force-dynamic";\nexport default () => <main>server {said}, <Client /></main>;`,
    "app/client.js": `"use client";\nimport { useEffect } from "react";\n${lines}\nexport default function Client() {\n  useEffect(() => { document.title = said; }, []);\n  return <b>client {said}</b>;\n}`,
    "app/route/route.js": `${lines}\nexport const dynamic = "force-dynamic";\nexport const GET = () => new Response(said);`,
    "app/edge/route.js": `${lines}\nexport const runtime = "edge";\nexport const GET = () => new Response(said);`,
  });
  const { NODE_ENV, ...env } = process.env; // which Vite has set
  const options = { cwd: folder, env: { ...env, NEXT_TELEMETRY_DISABLED: "1" } };
  const next = join(modules, "next/dist/bin/next");
  run("node", [next, "build"], options);
  const server = await serverOf("node", [next, "start", "--port", "0", "--hostname", "127.0.0.1"], options);
  try {
    const html = (await (await fetch(server.address)).text()).replaceAll("<!-- -->", "");
    assert.ok(html.includes(`server ${expected}, <b>client ${expected}</b>`), html);
    for (const path of ["route", "edge"]) assert.equal(await (await fetch(`${server.address}/${path}`)).text(), expected, path);
    const { title } = await titleOf(chrome, server.address);
    assert.equal(title, expected);
  } finally {
    server.close();
  }
});
