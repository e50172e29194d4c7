// For gateways, which let agents' calls through: a call from start to finish, problems for clients, and tools' full names.
import { isTenantryError, TenantryError } from "./error.js";
import { errorCatalog } from "./functions.js";

// Between the connector's name, which holds none, and the tool's.
const BETWEEN = "__";

async function withToolCall(acting, call, run) {
  const started = await acting.startToolCall(call);
  if (!started.allowed) throw denied(started);
  let answer;
  try {
    answer = await run(started);
  } catch (error) {
    await finish(acting, call, started, "failed");
    throw error;
  }
  await finish(acting, call, started, "completed");
  return answer;
}

// A call that lapsed while its tool ran cannot be finished any more. What the tool gave goes back all the same: it has run.
async function finish(acting, { registered_user_id }, { tool_call_id }, result) {
  try {
    await acting.finishToolCall({ registered_user_id, tool_call_id, result });
  } catch (error) {
    if (error.code !== "tool_call_not_found") throw error;
  }
}

function problem(given, options) {
  if (isTenantryError(given)) return given.toProblem();
  return given?.effect === "deny" ? denied(given, options).toProblem() : undefined;
}

// What a denial would be as the rejection of a request.
function denied({ code, status, message, what_to_do, user_message }, options) {
  const { kind, retryable } = errorCatalog().find((row) => row.code === code);
  return new TenantryError({ code, status, kind, message, what_to_do, user_message, retryable }, options);
}

function fullName(connector, tool) {
  return connector + BETWEEN + tool;
}

function splitFullName(name) {
  const at = name.indexOf(BETWEEN);
  return at < 0 ? null : { connector: name.slice(0, at), tool: name.slice(at + BETWEEN.length) };
}

export { fullName, problem, splitFullName, withToolCall };
