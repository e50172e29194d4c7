#!/usr/bin/env node
// The command line: runs scenarios as the Rust example does, and makes registration secrets.
import { readFileSync } from "node:fs";
import { canonicalJson, isTenantryError, registrationSecret, simulate, story, version } from "./node.js";

const USAGE = `usage: tenantry simulate [--json] FILE…
       tenantry secret
       tenantry --help | --version`;

const HELP = `${USAGE}

simulate runs scenarios and tells what happened; with --json it prints their transcripts, a line each. - is the standard input.
secret makes a registration secret.

exit status: 0; 1 where a step did not do what was expected of it; 2 where a file is not a scenario, or the usage is wrong`;

const all = process.argv.slice(2);
const [command, ...args] = all;
const options = args.filter((arg) => arg.startsWith("-") && arg !== "-");
const files = args.filter((arg) => !options.includes(arg));

// A reader that has seen enough, such as `head`, is no failure; a full disk is one.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
});

if (all.includes("--help") || all.includes("-h") || (command === "help" && args.length === 0)) {
  console.log(HELP);
} else if (command === "--version" && args.length === 0) {
  console.log(version());
} else if (command === "simulate" && files.length > 0 && options.every((option) => option === "--json")) {
  process.exitCode = Math.max(...files.map((file, index) => run(file, index, options.length > 0)));
} else if (command === "secret" && args.length === 0) {
  console.log(registrationSecret());
} else {
  console.error(USAGE);
  process.exitCode = 2;
}

// Runs a file's scenario and prints what it did. Answers 1 if a step did not meet its expectation, 2 if the file is
// not a scenario.
function run(file, index, json) {
  let transcript;
  try {
    transcript = simulate(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(file === "-" ? process.stdin.fd : file)),
    );
  } catch (error) {
    for (const fault of faults(error)) console.error(visible(`${file}: ${fault}`));
    return 2;
  }
  const between = index > 0 ? "\n" : "";
  process.stdout.write(json ? `${canonicalJson(transcript)}\n` : between + story(transcript));
  return transcript.summary.failed > 0 ? 1 : 0;
}

function faults(error) {
  if (error.code === "ERR_ENCODING_INVALID_ENCODED_DATA") return ["stream did not contain valid UTF-8"];
  if (error.errno !== undefined) {
    const [, reason] = /^\w+: (.*?)(?:,|$)/.exec(error.message) ?? ["", error.message];
    return [`${reason[0].toUpperCase()}${reason.slice(1)} (os error ${-error.errno})`];
  }
  if (!isTenantryError(error)) return [error.message];
  return error.violations.map(({ pointer, message }) => (pointer === "" ? message : `${pointer}: ${message}`));
}

// A file says nothing to the terminal: what would move the cursor or reorder the line is escaped, as stories do it.
function visible(text) {
  const escaped = (character) => `\\u{${character.codePointAt(0).toString(16)}}`;
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, escaped);
}
