// What the package exports, wherever it runs. Kept, as the modules it is made of, to the two forms that the
// build can turn into CommonJS for Node: one-line named imports, and one closing export list.
import { TenantryError, UsageError, isTenantryError } from "./error.js";
import { canonicalJson, errorCatalog, lifecycleDiagram, permissions, redact, registrationSecret, simulate, story, subsetOf, validate, version } from "./functions.js";
import { Tenantry } from "./instance.js";
import { InstanceLostError } from "./lost.js";

export { InstanceLostError, Tenantry, TenantryError, UsageError, canonicalJson, errorCatalog, isTenantryError, lifecycleDiagram, permissions, redact, registrationSecret, simulate, story, subsetOf, validate, version };
