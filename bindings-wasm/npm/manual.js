// For hosts which hand over the compiled module themselves: edge runtimes, single-file bundles, service workers.
import { initSync } from "./tenantry.js";

let initialised = false;

export function initialize(module) {
  if (initialised) return false;
  initSync({ module });
  initialised = true;
  return true;
}

export * from "./api.js";
