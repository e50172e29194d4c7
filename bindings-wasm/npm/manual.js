// For hosts which hand over the compiled module themselves: edge runtimes, single-file bundles, service workers.
import { initSync } from "./tenantry.js";

export function initialize(module) {
  initSync({ module });
}

export * from "./api.js";
