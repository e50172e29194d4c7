// What each kind of host runs: all cases. Answers how many passed, or what failed.
import { version } from "tenantry";
import { cases as hostile } from "./hostile.js";
import { cases as scenarios } from "./scenarios.js";
import { cases as surface } from "./surface.js";
import { cases as values } from "./values.js";

const cases = [...surface, ...values, ...hostile, ...scenarios];

function check() {
  const failed = [];
  for (const [name, run] of cases) {
    try {
      run();
    } catch (error) {
      failed.push(`${name}: ${error.stack}`);
    }
  }
  return failed.length > 0 ? failed.join("\n") : `${version()}, ${cases.length} cases`;
}

export { cases, check };
