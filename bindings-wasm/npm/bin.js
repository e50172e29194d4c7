#!/usr/bin/env node
// The command line: runs scenarios as the Rust example does, and makes registration secrets.
import { readFileSync } from "node:fs";
import { canonicalJson, isTenantryError, registrationSecret, simulate, story, version } from "./node.js";

const USAGE = `usage: tenantry simulate [--json] FILE…
       tenantry secret
       tenantry --version`;

const [command, ...args] = process.argv.slice(2);
const options = args.filter((arg) => arg.startsWith("-"));
const files = args.filter((arg) => !arg.startsWith("-"));

process.stdout.on("error", () => {}); // a reader that has seen enough, such as `head`, is no failure

if (command === "simulate" && files.length > 0 && options.every((option) => option === "--json")) {
  process.exitCode = Math.max(...files.map((file, index) => told(file, index, options.length > 0)));
} else if (command === "secret" && args.length === 0) {
  console.log(registrationSecret());
} else if (command === "--version" && args.length === 0) {
  console.log(version());
} else {
  console.error(USAGE);
  process.exitCode = 2;
}

// Tells what a file's scenario did. Answers 1 where a step did not do what was expected of it, 2 where the
// file is not a scenario.
function told(file, index, json) {
  let transcript;
  try {
    transcript = simulate(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(file)));
  } catch (error) {
    for (const fault of faults(error)) console.error(`${file}: ${fault}`);
    return 2;
  }
  const between = index > 0 ? "\n" : "";
  process.stdout.write(json ? `${canonicalJson(transcript)}\n` : between + story(transcript));
  return transcript.summary.failed > 0 ? 1 : 0;
}

function faults(error) {
  if (error.code === "ERR_ENCODING_INVALID_ENCODED_DATA") return ["stream did not contain valid UTF-8"];
  if (error.errno !== undefined) {
    const [, reason] = /^\w+: (.*?)(?:,|$)/.exec(error.message) ?? [, error.message];
    return [`${reason[0].toUpperCase()}${reason.slice(1)} (os error ${-error.errno})`];
  }
  if (!isTenantryError(error)) return [error.message];
  return error.violations.map(({ pointer, message }) => (pointer === "" ? message : `${pointer}: ${message}`));
}
