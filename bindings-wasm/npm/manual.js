// For hosts that hand over the core themselves: to have it streamed, or to save the last kilobytes.
import { load, start } from "./start.js";

function initialize(module) {
  return start(module);
}

async function init(source) {
  return load(source);
}

export * from "./api.js";
export { init, initialize };
