// Decisions that say in one word whether the call may be made.

// Any object is truthy in JavaScript, even a denial: `allowed` is what to ask. It is not enumerable, so that a decision
// has the same JSON in every language. A copy loses it: there it is undefined, which allows nothing.
function decision(answer) {
  return Object.defineProperty(answer, "allowed", { value: answer.effect === "allow" });
}

// What `execute` or `preview` answers, where the response to a command is a decision.
function outcome(answer) {
  if (typeof answer.response?.effect === "string") decision(answer.response);
  return answer;
}

function explanation(answer) {
  decision(answer.decision);
  return answer;
}

function batch(answer) {
  return answer.map(decision);
}

export { batch, decision, explanation, outcome };
