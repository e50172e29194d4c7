// Compiled, never run: the shipped types resolve for an ES module.
import { type Acting, Tenantry, TenantryError, isTenantryError, validate, version } from "tenantry";
import { initialize } from "tenantry/manual";

const text: string = version();
initialize(new WebAssembly.Module(new Uint8Array()));

const acme: Acting = Tenantry.example().actingAs({ type: "system" });
const allowed: boolean = acme.allows("user", "pack", "tool", new Date());
const codes: Uint8Array = acme.codes([], [], []);
const pointer: string | undefined = validate("{}")[0]?.pointer;

function status(error: unknown): number | undefined {
  return isTenantryError(error) ? error.status : undefined;
}

// @ts-expect-error a policy is no number
new Tenantry(5);
// @ts-expect-error a rejection cannot be changed
(error: TenantryError) => (error.code = "other");

export { allowed, codes, pointer, status, text };
