// Reading a create body from JSON text and saying what is wrong with it: by hand, ours, and by its peers.
import { BODY, FAULTY } from "./worlds.mjs";

export const text = JSON.stringify(BODY);
export const faulty = JSON.stringify(FAULTY);

/** A create body from JSON text, all faults reported. */
export function body(faults) {
  if (faults(text) !== 0 || faults(faulty) !== 2) throw new Error(`finds ${faults(text)} and ${faults(faulty)} faults`);
  return (given) => ({ run: () => faults(given) });
}

/** By hand, no more than this body needs. */
export function handFaults(given) {
  let faults = 0;
  const check = (holds) => {
    if (!holds) faults += 1;
  };
  const known = (object, fields) => {
    for (const key in object) check(fields.includes(key));
  };
  const name = (value) => check(value === undefined || (typeof value === "string" && value.length > 0 && value.length <= 255));
  const groupings = (map) => {
    if (map === undefined) return;
    const entries = Object.entries(map);
    check(entries.length <= 50);
    for (const [key, value] of entries)
      check(key.length > 0 && key.length <= 64 && typeof value === "string" && value.length <= 256);
  };
  const body = JSON.parse(given);
  known(body, [
    "command",
    "origin_user_id",
    "origin_user_name",
    "origin_user_email",
    "shared_credential_group",
    "custom_groupings",
    "user_type",
  ]);
  check(body.command === "create_registered_user");
  if (body.origin_user_id === undefined) faults += 1;
  name(body.origin_user_id);
  name(body.origin_user_name);
  check(body.origin_user_email === undefined || /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(body.origin_user_email));
  groupings(body.custom_groupings);
  const group = body.shared_credential_group;
  if (group !== undefined) {
    known(group, ["origin_company_id", "origin_company_name", "custom_groupings"]);
    name(group.origin_company_id);
    name(group.origin_company_name);
    groupings(group.custom_groupings);
  }
  check(["HUMAN", "SYSTEM", undefined].includes(body.user_type));
  return faults;
}

export async function ajvFaults() {
  const { default: Ajv } = await import("ajv");
  const string = { type: "string", minLength: 1, maxLength: 255 };
  const groupings = { type: "object", additionalProperties: { type: "string", maxLength: 256 }, maxProperties: 50 };
  const group = {
    type: "object",
    additionalProperties: false,
    properties: { origin_company_id: string, origin_company_name: string, custom_groupings: groupings },
  };
  const properties = {
    command: { const: "create_registered_user" },
    origin_user_id: string,
    origin_user_name: string,
    origin_user_email: { type: "string", pattern: "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$" },
    shared_credential_group: group,
    custom_groupings: groupings,
    user_type: { enum: ["HUMAN", "SYSTEM"] },
  };
  const validate = new Ajv({ allErrors: true }).compile({
    type: "object",
    required: ["command", "origin_user_id"],
    additionalProperties: false,
    properties,
  });
  return (given) => (validate(JSON.parse(given)) ? 0 : validate.errors.length);
}

export async function zodFaults() {
  const { z } = await import("zod");
  const string = z.string().min(1).max(255);
  const groupings = z.record(z.string().min(1).max(64), z.string().max(256));
  const group = z.strictObject({
    origin_company_id: string.optional(),
    origin_company_name: string.optional(),
    custom_groupings: groupings.optional(),
  });
  const schema = z.strictObject({
    command: z.literal("create_registered_user"),
    origin_user_id: string,
    origin_user_name: string.optional(),
    origin_user_email: z.email().optional(),
    shared_credential_group: group.optional(),
    custom_groupings: groupings.optional(),
    user_type: z.enum(["HUMAN", "SYSTEM"]).optional(),
  });
  return (given) => schema.safeParse(JSON.parse(given)).error?.issues.length ?? 0;
}

export async function ourFaults() {
  const { validate } = await import("tenantry");
  return (given) => validate(given).length;
}
