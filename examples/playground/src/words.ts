// How codes and instants are said in a few letters.

/** What a code means in a cell, and the tone that it is painted in. */
export const CODES: Record<string, { short: string; tone: Tone }> = {
  allow: { short: "allow", tone: "allow" },
  organization_not_found: { short: "not there", tone: "absent" },
  registered_user_not_found: { short: "not there", tone: "absent" },
  registered_user_inactive: { short: "inactive", tone: "person" },
  tool_pack_not_found: { short: "no pack", tone: "absent" },
  tool_pack_not_permitted: { short: "not permitted", tone: "person" },
  connector_not_in_tool_pack: { short: "not in pack", tone: "pack" },
  tool_not_in_tool_pack: { short: "no such tool", tone: "pack" },
  invalid_company_for_shared_scope: { short: "no company", tone: "person" },
  credential_required: { short: "to be linked", tone: "link" },
  reauth_required: { short: "link again", tone: "revoked" },
  credential_revoked: { short: "revoked", tone: "revoked" },
};

export type Tone = "allow" | "absent" | "person" | "pack" | "link" | "revoked";

export const wordFor = (code: string) => CODES[code] ?? { short: code.replaceAll("_", " "), tone: "revoked" as const };

const format = new Intl.DateTimeFormat("sv-SE", { timeZone: "UTC", dateStyle: "short", timeStyle: "medium" });

/** `2026-03-05 16:00:00`, without seconds where there are none. */
export const instant = (now: number): string => format.format(now).replace(/:00$/, "");

/** Names in place of ids, where an answer holds them. */
export function named(value: unknown, names: Map<string, string>): string {
  if (value === null) return "none";
  if (typeof value === "string") return names.get(value) ?? value;
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map((item) => named(item, names)).join(", ");
  if (typeof value !== "object") return value === true ? "yes" : value === false ? "no" : String(value);
  if (Object.keys(value).length === 0) return "none";
  return Object.entries(value)
    .map(([key, item]) => `${words(key)}: ${named(item, names)}`)
    .join(" · ");
}

export const words = (name: string): string => name.replaceAll("_", " ");
