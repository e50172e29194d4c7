// What each kind of host runs: the package works, and what it throws is the class that it exports.
import { Tenantry, TenantryError, version } from "tenantry";

function check() {
  try {
    new Tenantry().execute({ command: "create_user" });
  } catch (error) {
    return `${version()} ${error instanceof TenantryError && error.code}`;
  }
}

export { check };
