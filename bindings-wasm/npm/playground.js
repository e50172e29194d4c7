// The playground: serves the page and the package's own core to a browser on this machine.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const USAGE = "usage: tenantry playground [--port NUMBER] [--no-open]";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".md": "text/markdown",
  ".wasm": "application/wasm",
};

const PACKAGE = fileURLToPath(new URL(".", import.meta.url));
const PAGE = resolve(PACKAGE, "playground");

/** Serves until the process is asked to end. Answers the exit status: 1 where the port cannot be had, 2 for wrong usage. */
export async function playground(args) {
  const options = read(args);
  if (options === null) {
    console.error(USAGE);
    return 2;
  }
  const server = createServer(answer);
  try {
    await new Promise((listening, failed) => server.once("error", failed).listen(options.port, "127.0.0.1", listening));
  } catch (error) {
    console.error(`port ${options.port}: ${error.code}`);
    return 1;
  }
  const address = `http://127.0.0.1:${server.address().port}/`;
  console.log(`${address} (Ctrl+C ends it)`);
  if (options.open) open(address);
  await new Promise((asked) => process.once("SIGINT", asked).once("SIGTERM", asked));
  server.close();
  server.closeAllConnections();
  return 0;
}

function read(args) {
  try {
    const options = { port: { type: "string", default: "0" }, "no-open": { type: "boolean", default: false } };
    const { values } = parseArgs({ args, options });
    const port = Number(values.port);
    return /^\d+$/.test(values.port) && port < 65536 ? { port, open: !values["no-open"] } : null;
  } catch {
    return null;
  }
}

async function answer({ method, url }, response) {
  if (method !== "GET" && method !== "HEAD") return response.writeHead(405, { allow: "GET, HEAD" }).end();
  const file = fileOf(url);
  try {
    const body = await readFile(file);
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-length": body.length, "cache-control": "no-store" });
    response.end(method === "GET" ? body : undefined);
  } catch {
    response.writeHead(404).end();
  }
}

// The file that an address names: of the page, or below `/tenantry/` of the package. Undefined where it is in neither.
function fileOf(url) {
  try {
    const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
    const core = path.startsWith("/tenantry/");
    const root = core ? resolve(PACKAGE) : PAGE;
    const file = resolve(root, `.${core ? path.slice("/tenantry".length) : path === "/" ? "/index.html" : path}`);
    return file.startsWith(root + sep) ? file : undefined;
  } catch {
    return undefined;
  }
}

// Where there is no browser, the printed address is all there is.
function open(address) {
  const [command, ...args] = { darwin: ["open"], win32: ["cmd", "/c", "start", ""] }[process.platform] ?? ["xdg-open"];
  const opener = spawn(command, [...args, address], { stdio: "ignore", detached: true });
  opener.on("error", () => {});
  opener.unref();
}
