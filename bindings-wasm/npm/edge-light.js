// The package for the edge runtime of Next.js, which compiles nothing at run time: `?module` asks for the compiled module.
import module from "./tenantry.wasm?module";
import { start } from "./start.js";

start(module);

export * from "./api.js";
