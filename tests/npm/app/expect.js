// What the cases need of an assertion library, wherever they run.
import { TenantryError, UsageError, isTenantryError } from "tenantry";

function equal(found, wanted) {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`found ${one}, wanted ${other}`);
}

// Runs what must be refused; answers the error.
function refused(run) {
  let given;
  try {
    given = run();
  } catch (error) {
    if (!(error instanceof TenantryError && error instanceof Error && isTenantryError(error))) throw error;
    return error;
  }
  throw new Error(`not refused: ${JSON.stringify(given)}`);
}

// Runs what is a mistake of the program's own; answers the error.
function misused(run) {
  let given;
  try {
    given = run();
  } catch (error) {
    if (!(error instanceof UsageError && error instanceof Error && !isTenantryError(error))) throw error;
    return error;
  }
  throw new Error(`not refused: ${JSON.stringify(given)}`);
}

export { equal, misused, refused };
