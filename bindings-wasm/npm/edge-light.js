// The package for the edge runtime of Next.js, which compiles nothing at run time: `?module` asks for the compiled module.

import { start } from "./start.js";
import module from "./tenantry.wasm?module";

start(module);

export * from "./api.js";
