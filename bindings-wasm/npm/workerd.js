// The package for workerd, which compiles nothing at run time: its bundlers take the compiled module along.
import module from "./tenantry.wasm";
import { start } from "./start.js";

start(module);

export * from "./api.js";
