// Compiled, never run: the shipped types resolve for an ES module.
import { type TenantryError, version } from "tenantry";
import { initialize } from "tenantry/manual";

const text: string = version();
const error: Error | TenantryError = new Error(text);
initialize(new WebAssembly.Module(new Uint8Array()));
export { error };
