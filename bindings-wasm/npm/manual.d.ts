export * from "./index.js";

/**
 * Makes the package usable, once, before any other call. A second call changes nothing, whatever it is given: the first
 * module stays in use.
 *
 * @param module the package's `tenantry/tenantry.wasm`, compiled or as bytes
 * @returns whether this call has done it
 */
export function initialize(module: WebAssembly.Module | BufferSource): boolean;
