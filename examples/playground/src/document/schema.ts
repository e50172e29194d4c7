// The project's JSON Schema, as far as completion and forms need it.
import file from "../../../../schema/tenantry.schema.json";

export interface Schema {
  $ref?: string;
  anyOf?: Schema[];
  const?: unknown;
  enum?: unknown[];
  type?: string;
  description?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  required?: string[];
  items?: Schema;
  "x-name"?: string;
}

const defs = file.$defs as unknown as Record<string, Schema>;
const named = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const plain = (description: string): Schema => ({ description });

/** The schema leaves steps and actors open, since a `$name` may stand anywhere in them. */
const step = {
  properties: {
    as: plain("Who acts: a name of `actors`."),
    execute: { ...named("Command"), description: "A command; it happens." },
    authorize: { ...named("ToolCall"), description: "A tool call to be decided." },
    authorize_batch: { items: named("ToolCall"), description: "Tool calls to be decided." },
    explain: { ...named("ToolCall"), description: "A tool call whose decision is explained." },
    preview: { ...named("Command"), description: "A command that does not happen: whom would it touch?" },
    query: { ...named("Query"), description: "A question." },
    save: plain("Names for places in the response: `{name: pointer}`. `$name` stands for the value from then on."),
    expect: plain("What the result must hold, in part."),
    advance: plain("Moves the clock: `30m`, `12h`, `90d`."),
    sweep: plain("False where what is due is not to be written down."),
  } satisfies Record<string, Schema>,
};

/** What a step may ask, and the schema of each. */
export const KINDS = ["execute", "authorize", "authorize_batch", "explain", "preview", "query", "advance"] as const;
export type Kind = (typeof KINDS)[number];
export const asked = (kind: Kind): Schema => step.properties[kind];

export const scenario: Schema = {
  ...defs.Scenario,
  properties: { ...defs.Scenario!.properties, actors: { additionalProperties: named("Actor") }, steps: { items: step } },
};

/** What a value may be, references followed. */
export function alternatives(schema: Schema | undefined): Schema[] {
  if (!schema) return [];
  if (schema.$ref) return alternatives(defs[schema.$ref.replace("#/$defs/", "")]);
  return schema.anyOf ? schema.anyOf.flatMap(alternatives) : [schema];
}

/** The alternatives that an object's constant members leave open, such as its `command`. */
export function fitting(schema: Schema | undefined, has: (key: string) => unknown): Schema[] {
  return alternatives(schema).filter(({ properties }) =>
    Object.entries(properties ?? {}).every(
      ([key, { const: wanted }]) => wanted === undefined || has(key) === undefined || has(key) === wanted,
    ),
  );
}

export function memberOf(schemas: Schema[], key: string): Schema {
  const found = schemas.flatMap(
    ({ properties, additionalProperties: others }) => properties?.[key] ?? (typeof others === "object" ? others : []),
  );
  return { anyOf: found };
}
