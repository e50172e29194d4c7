// Every request and every answer of the checked-in transcripts is of the type that the package tells.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { bin, pack, project, run, scenarios } from "./host.mjs";

const folder = project("types", pack("transcripts"));

// What a step asks by each member, and the types of the request and of what it answers.
const TYPES = {
  execute: ({ command }) => [`Commands["${command}"]`, `Outcomes["${command}"]`],
  preview: ({ command }) => [`Commands["${command}"]`, `Previews["${command}"]`],
  query: ({ query }) => [`Queries["${query}"]`, `Answers["${query}"]`],
  authorize: () => ["ToolCall", "Decision"],
  authorize_batch: () => ["object[]", "BatchItem[]"], // each may be malformed
  explain: () => ["ToolCall", "Explanation"],
};

function typed({ request, result }) {
  const member = Object.keys(TYPES).find((member) => member in request);
  if (member === undefined) return result === null ? [] : [[result, 'Outcomes["advance_time"]']];
  const [asked, answered] = TYPES[member](request[member]);
  // What was refused may have been asked wrongly.
  if (result?.violations !== undefined) return [[result, "Rejection"]];
  return [
    [request[member], asked],
    [result, result?.code !== undefined && result.effect === undefined ? "Rejection" : answered],
  ];
}

/** As TypeScript source: a decision with `allowed`, which is in no JSON. */
function source(value) {
  const allowed = { allow: true, deny: false };
  return JSON.stringify(value, (_, member) =>
    member?.effect in allowed
      ? { allowed: allowed[member.effect], ...member }
      : member?.rejection !== undefined
        ? { allowed: false, ...member }
        : member,
  );
}

test("the types of all requests and answers in the transcripts hold", () => {
  const lines = scenarios().map(({ name, transcript }) => {
    const values = JSON.parse(transcript)
      .steps.flatMap(typed)
      .map(([value, type]) => `(${source(value)}) satisfies ${type};\n`);
    return `// ${name}\n${values.join("")}(${transcript}) satisfies Transcript;\n`;
  });
  const imports =
    "Answers, BatchItem, Commands, Decision, Explanation, Outcomes, Previews, Queries, Rejection, ToolCall, Transcript";
  writeFileSync(join(folder, "transcripts.mts"), `import type { ${imports} } from "tenantry";\n\n${lines.join("\n")}`);
  run(
    join(bin, "tsc"),
    ["--noEmit", "--strict", "--module", "node20", "--target", "es2022", "--lib", "es2022", "--types", "", "transcripts.mts"],
    { cwd: folder },
  );
});
