// What each kind of host runs: the package works, and what it throws is the class that it exports.
import { TenantryError, refuse, version } from "tenantry";

function check() {
  try {
    refuse("not today");
  } catch (error) {
    return `${version()} ${error instanceof TenantryError && error.message}`;
  }
}

export { check };
