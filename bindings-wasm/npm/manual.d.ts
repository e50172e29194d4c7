export * from "./index.js";

/**
 * Makes the package usable, once, before any other call. A second call changes nothing, even with another module: the first
 * module stays in use.
 *
 * @param module the package's `tenantry/tenantry.wasm`, compiled or as bytes
 * @returns whether this call initialized the package
 */
export function initialize(module: WebAssembly.Module | BufferSource): boolean;

/**
 * The same, compiled while it is fetched, where it is given as an address or a response.
 *
 * @param source `tenantry/tenantry.wasm`, or a promise of it
 * @returns whether this call initialized the package
 */
export function init(source: Source | Promise<Source>): Promise<boolean>;

type Source = string | URL | Request | Response | WebAssembly.Module | BufferSource;
