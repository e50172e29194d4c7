#!/usr/bin/env node
// The command line: the same program as everywhere, in `cli.js`, on Node's files and streams.
import { readFileSync, readSync, statSync, writeFileSync, writeSync } from "node:fs";
import { isatty } from "node:tty";

const args = process.argv.slice(2);

if (args[0] === "playground" && !args.some((arg) => arg === "--help" || arg === "-h")) {
  const { playground } = await import("./playground.js");
  process.exitCode = await playground(args.slice(1));
} else {
  const { run } = await import("./cli.js");
  process.exitCode = run(args, {
    read: (file) => readFileSync(file),
    readInput: readAll,
    write: writeFileSync,
    out: (text) => writeAll(1, Buffer.from(text)),
    err(text) {
      try {
        writeAll(2, Buffer.from(text));
      } catch {
        // Nobody is left to hear that it failed.
      }
    },
    isTerminal: () => isatty(1),
    variable: (name) => process.env[name],
    now: Date.now,
    entropy: (length) => crypto.getRandomValues(new Uint8Array(length)),
    sleep,
    modified(file) {
      try {
        return statSync(file).mtimeMs;
      } catch {
        return undefined;
      }
    },
    schema: () => readFileSync(new URL("./schema.json", import.meta.url), "utf8"),
  });
}

function sleep(millis) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millis);
}

// A stream gives and takes as much as it can. One that another program has made non-blocking says when it cannot.
function readAll() {
  const chunks = [];
  const chunk = Buffer.alloc(65_536);
  for (let length = -1; length !== 0; ) {
    try {
      length = readSync(0, chunk);
      chunks.push(Buffer.from(chunk.subarray(0, length)));
    } catch (error) {
      if (error.code === "EOF") break; // at the end of a Windows console's input
      if (error.code !== "EAGAIN") throw error;
      sleep(5);
    }
  }
  return Buffer.concat(chunks);
}

function writeAll(stream, bytes) {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(stream, bytes, written);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
      sleep(5);
    }
  }
}
