// A scenario as a file, and as a test in each of the three languages.
export interface Export {
  label: string;
  file: string;
  text(scenario: string): string;
}

const name = "playground";

export const exports: Export[] = [
  { label: "Scenario", file: `${name}.json`, text: (scenario) => (scenario.endsWith("\n") ? scenario : `${scenario}\n`) },
  { label: "Rust test", file: `${name}.rs`, text: rust },
  { label: "JavaScript test", file: `${name}.test.mjs`, text: javascript },
  { label: "Python test", file: `test_${name}.py`, text: python },
];

function rust(scenario: string): string {
  const marks = "#".repeat(longest(scenario, /"(#*)/g) + 1);
  return `//! Needs the crate \`tenantry\`.

const SCENARIO: &str = r${marks}"${scenario.trim()}"${marks};

#[test]
fn every_step_does_what_is_expected_of_it() {
    let scenario = tenantry::json::parse_document(SCENARIO).expect("JSON");
    let transcript = tenantry::simulate(&scenario).expect("a scenario");
    assert_eq!(transcript.summary().failed, 0, "{}", transcript.story());
}
`;
}

function javascript(scenario: string): string {
  return `// Needs the package \`tenantry\`. Run it by \`node --test\`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { simulate, story } from "tenantry";

const scenario = ${scenario.trim()};

test(scenario.scenario, () => {
  const transcript = simulate(scenario);
  assert.equal(transcript.summary.failed, 0, story(transcript));
});
`;
}

function python(scenario: string): string {
  return `"""Needs the package \`tenantry\`. Run it by \`pytest\`."""

import json

import tenantry

SCENARIO = ${JSON.stringify(JSON.stringify(JSON.parse(scenario)))}


def test_every_step_does_what_is_expected_of_it():
    transcript = tenantry.simulate(json.loads(SCENARIO))
    assert transcript["summary"]["failed"] == 0, tenantry.story(transcript)
`;
}

function longest(text: string, pattern: RegExp): number {
  return Math.max(0, ...Array.from(text.matchAll(pattern), ([, found]) => found!.length));
}

export function download({ file, text }: Export, scenario: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text(scenario)], { type: "text/plain" }));
  link.download = file;
  link.click();
  URL.revokeObjectURL(link.href);
}
