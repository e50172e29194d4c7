// Measures the built npm package beside a floor in plain JavaScript and beside its peers, each case in a
// process of its own, one after the other in the same run. Tells the quietest tenth's slowest batch,
// since machines are seldom idle, and ratios to the floor.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { CASES } from "./cases.mjs";

const [work, name] = process.argv.slice(2);

if (name === undefined) {
  for (const [work, cases] of Object.entries(CASES)) {
    console.log(`\n${work}`);
    let floor;
    for (const name of Object.keys(cases)) {
      const micros = Number(execFileSync("node", [import.meta.filename, work, name], { encoding: "utf8" }));
      floor ??= micros;
      console.log(
        `  ${name.padEnd(24)} ${micros.toFixed(micros < 1 ? 3 : 1).padStart(9)} µs ${`× ${(micros / floor).toFixed(1)}`.padStart(10)}`,
      );
    }
  }
  const folder = new URL("./node_modules/tenantry/", import.meta.url);
  const kibibytes = (bytes) => `${Math.round(bytes / 1024)} KiB`;
  const sizes = (bytes) =>
    `${kibibytes(bytes.length)}, gzip ${kibibytes(gzipSync(bytes, { level: 9 }).length)}, brotli ${kibibytes(brotliCompressSync(bytes).length)}`;
  const modules = [...new Set(loaded(folder, "index.js"))].map((name) => readFileSync(new URL(name, folder)));
  const [{ size, unpackedSize }] = JSON.parse(
    execFileSync("npm", ["pack", "--dry-run", "--json", fileURLToPath(folder)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  );
  console.log(`\nthe wasm file: ${sizes(readFileSync(new URL("tenantry.wasm", folder)))}`);
  console.log(`the modules that a browser loads: ${sizes(Buffer.concat(modules))}`);
  console.log(`the package as npm packs it: ${kibibytes(unpackedSize)}, ${kibibytes(size)} packed`);
} else {
  const { run, pieces = 1 } = await CASES[work][name]();
  console.log(measured(run) / pieces);
}

/** A module and all that it imports. */
function loaded(folder, name) {
  const imports = readFileSync(new URL(name, folder), "utf8").matchAll(/^(?:import|export) [^;]*from "\.\/([^"]*)";$/gm);
  return [name, ...[...imports].flatMap(([, imported]) => loaded(folder, imported))];
}

/** Microseconds of one run, from many batches, each short enough to be seldom interrupted. */
function measured(run) {
  const BATCH = 2; // milliseconds
  let runs = 1;
  for (let took = 0; took < BATCH; runs *= 2) took = timed(run, runs);
  timed(run, runs * 400); // until both compilers, of JavaScript and of WebAssembly, are done
  const times = Array.from({ length: 301 }, () => timed(run, runs) / runs).sort((one, other) => one - other);
  return times[30] * 1000;
}

function timed(run, runs) {
  const start = performance.now();
  for (let count = 0; count < runs; count++) run();
  return performance.now() - start;
}
