// What the package exports, wherever it runs.
export { isTenantryError, TenantryError, UsageError } from "./error.js";
export {
  canonicalJson,
  errorCatalog,
  fill,
  lifecycle,
  lifecycleDiagram,
  permissions,
  redact,
  registrationSecret,
  simulate,
  story,
  subsetOf,
  validate,
  version,
} from "./functions.js";
export { fullName, problem, splitFullName, withToolCall } from "./gateway.js";
export { Tenantry } from "./instance.js";
export { InstanceLostError } from "./lost.js";
