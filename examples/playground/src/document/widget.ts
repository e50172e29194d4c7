// Which control a value gets in a form, by its schema.
import { alternatives, type Schema } from "./schema";

export type Widget =
  | { kind: "text" }
  | { kind: "number" }
  /** One string a line. */
  | { kind: "lines" }
  | { kind: "choice"; options: unknown[] }
  | { kind: "object"; schema: Schema }
  /** One of several objects, by the constant that each has under `key`. */
  | { kind: "variants"; key: string; of: Schema[] }
  | { kind: "list"; item: Schema }
  /** Whatever has no control of its own, and what does not fit its schema. */
  | { kind: "json" };

export function widgetFor(schema: Schema, value: unknown): Widget {
  const all = alternatives(schema).filter(({ type }) => type !== "null");
  const every = (holds: (one: Schema) => unknown) => all.length > 0 && all.every(holds);
  const fits = (holds: (value: never) => unknown) => value === undefined || holds(value as never);
  const options = all.flatMap(optionsOf);
  if (every((one) => optionsOf(one).length > 0))
    return fits((one) => options.includes(one)) ? { kind: "choice", options } : PLAIN;
  if (every(({ properties }) => properties) && fits(isObject)) {
    if (all.length === 1) return { kind: "object", schema: all[0]! };
    const key = Object.keys(all[0]!.properties!).find((name) =>
      every(({ properties }) => properties![name]?.const !== undefined),
    );
    return key === undefined ? PLAIN : { kind: "variants", key, of: all };
  }
  if (every(({ type }) => type === "array") && all.length === 1 && fits(Array.isArray)) {
    const item = all[0]!.items!;
    if (widgetFor(item, undefined).kind !== "text") return { kind: "list", item };
    return fits((list: unknown[]) => list.every((one) => typeof one === "string")) ? { kind: "lines" } : PLAIN;
  }
  if (every(({ type }) => type === "integer") && fits((one) => typeof one === "number")) return { kind: "number" };
  // A `$name` may stand for any value.
  if (all.some(({ type }) => type === "string") && fits((one) => typeof one === "string")) return { kind: "text" };
  return PLAIN;
}

const PLAIN = { kind: "json" } as const;

const optionsOf = (one: Schema): unknown[] =>
  one.enum ?? (one.const === undefined ? (one.type === "boolean" ? [true, false] : []) : [one.const]);

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
