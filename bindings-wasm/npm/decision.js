// Decisions that say in one word whether the call may be made.

// An object is always true in JavaScript, a denial, too: `allowed` is what to ask. It is not enumerable, so that a
// decision has the same JSON here as everywhere; where it is lost, in a copy, it is undefined and nothing is allowed.
function decision(told) {
  return Object.defineProperty(told, "allowed", { value: told.effect === "allow" });
}

// What `execute` or `preview` answers, where the response to a command is a decision.
function outcome(told) {
  if (typeof told.response?.effect === "string") decision(told.response);
  return told;
}

function explanation(told) {
  decision(told.decision);
  return told;
}

function batch(told) {
  return told.map(decision);
}

export { batch, decision, explanation, outcome };
