// Decisions that say in one word whether the call may be made, and explanations that show why.
import { answer } from "./answer.js";
import { explanation_table } from "./tenantry.js";
import { document } from "./values.js";

// Any object is truthy in JavaScript, even a denial: `allowed` is what to ask. It is not enumerable, so that a decision
// has the same JSON in every language. A copy loses it: there it is undefined, which allows nothing.
function decision(given) {
  return Object.defineProperty(given, "allowed", { value: given.effect === "allow" });
}

// What `execute` or `preview` answers, where the response to a command is a decision.
function outcome(given) {
  if (typeof given.response?.effect === "string") decision(given.response);
  return given;
}

// Consoles show it as a table. Neither member is enumerable: none is in its JSON.
function explanation(given) {
  decision(given.decision);
  return Object.defineProperties(given, { toString: shown, [Symbol.for("nodejs.util.inspect.custom")]: shown });
}

const shown = {
  value() {
    return JSON.parse(answer(document, explanation_table, this));
  },
};

function batch(given) {
  return given.map(decision);
}

export { batch, decision, explanation, outcome };
