// Starts the core, once: later calls change nothing.
import fetchAndStart, { initSync } from "./tenantry.js";

let started = false;

// With a compiled module, or its bytes. Answers whether this call has started it.
function start(module) {
  if (started) return false;
  initSync({ module: compiled(module) });
  started = true;
  return true;
}

// With these, or what leads to them: an address, a response, a promise of one.
async function load(source) {
  if (started) return false;
  await fetchAndStart({ module_or_path: compiled(await source) });
  const first = !started;
  started = true;
  return first;
}

// Some edge runtimes compile a module in another realm than the one that runs the importer, where no class of this
// realm knows it. Its kind is what counts.
function compiled(module) {
  const foreign =
    Object.prototype.toString.call(module) === "[object WebAssembly.Module]" && !(module instanceof WebAssembly.Module);
  return foreign ? Object.setPrototypeOf(module, WebAssembly.Module.prototype) : module;
}

export { load, start };
