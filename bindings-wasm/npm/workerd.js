// The package for workerd, which compiles nothing at run time: its bundlers take the compiled module along.

import { start } from "./start.js";
import module from "./tenantry.wasm";

start(module);

export * from "./api.js";
