// Loaded by `import "tenantry"` everywhere but in Node. Bundlers know this form of address and take the
// file along; without one it lies beside this module.
import load from "./tenantry.js";

await load({ module_or_path: new URL("./tenantry_bg.wasm", import.meta.url) });

export * from "./api.js";
