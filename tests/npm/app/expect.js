// What the cases need of an assertion library, wherever they run.
import { isTenantryError, TenantryError, UsageError } from "tenantry";

function equal(found, wanted) {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`found ${one}, wanted ${other}`);
}

// Runs what must be refused, as somebody's request would be; answers the error.
function refused(run) {
  return thrown(run, (error) => error instanceof TenantryError && error instanceof Error && isTenantryError(error));
}

// Runs what only a program can do wrong; answers the error.
function misused(run) {
  return thrown(run, (error) => error instanceof UsageError && error.name === "UsageError" && !isTenantryError(error));
}

function thrown(run, expected) {
  let given;
  try {
    given = run();
  } catch (error) {
    if (!expected(error)) throw error;
    return error;
  }
  throw new Error(`not refused: ${JSON.stringify(given)}`);
}

// The bare message, which `error.message` tells together with code, place and whatever else is wrong.
function said(error) {
  return error.toJSON().message;
}

export { equal, misused, refused, said };
