export * from "./index.js";

/**
 * Makes the package usable, once, before any other call.
 *
 * @param module the package's `tenantry/tenantry.wasm`, compiled or as bytes
 */
export function initialize(module: WebAssembly.Module | BufferSource): void;
