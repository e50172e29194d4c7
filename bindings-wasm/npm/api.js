// What the package exports, wherever it runs. Kept to the two forms that the build can turn into CommonJS
// for Node: one-line named imports, and one closing export list.
import { TenantryError } from "./error.js";
import { refuse, version } from "./tenantry.js";

export { TenantryError, refuse, version };
