// The steps of a scenario's text: what they say in short, and what a form does to one.
import { type Change, INDENT } from "./insert";
import { nodeAt, values } from "./place";
import { print } from "./print";
import { alternatives, asked, KINDS, type Kind } from "./schema";

export type Step = { [key: string]: unknown };

export interface Scenario {
  scenario?: unknown;
  description?: unknown;
  actors?: Record<string, unknown>;
  steps: Step[];
}

/** The scenario as a value; null where the text is none. */
export function parse(text: string): Scenario | null {
  try {
    const value = JSON.parse(text) as Scenario;
    return Array.isArray(value.steps) && value.steps.every((step) => typeof step === "object" && step !== null) ? value : null;
  } catch {
    return null;
  }
}

export const kindOf = (step: Step): Kind | undefined => KINDS.find((kind) => kind in step);

/** What a step can be: `kind` or `kind:name`, as choices of a list. */
export const CHOICES: [label: string, choices: string[]][] = [
  ["Time", ["advance"]],
  ["Tool calls", ["authorize", "authorize_batch", "explain"]],
  ["Commands", named("execute")],
  ["Queries", named("query")],
  ["Commands that do not happen: whom would they touch?", named("preview")],
];

function named(kind: Kind): string[] {
  return alternatives(asked(kind)).map((one) => `${kind}:${one["x-name"]}`);
}

const KEYS: Partial<Record<Kind, string>> = { execute: "command", preview: "command", query: "query" };

export function choiceOf(step: Step): string {
  const kind = kindOf(step);
  const key = kind && KEYS[kind];
  return key ? `${kind}:${(step[kind] as Step)[key]}` : (kind ?? "");
}

/** A step of the chosen sort, with nothing filled in. */
export function blank(choice: string, as: string | undefined): Step {
  const [kind, name] = choice.split(":") as [Kind, string | undefined];
  if (kind === "advance") return { advance: "1d" };
  const key = KEYS[kind];
  return { as, [kind]: key ? { [key]: name } : kind === "authorize_batch" ? [] : {} };
}

/** A step in a few words: what it asks, and of whom. */
export function title(step: Step): { what: string; of: string } {
  const [kind, name] = choiceOf(step).split(":");
  if (kind === "advance") return { what: "time passes", of: String(step.advance) };
  const { command, query, ...fields } = (step[kind!] ?? {}) as Step;
  const said = Object.values(fields).filter((value) => typeof value === "string");
  const what = kind === "execute" || kind === "query" ? name! : [kind, name].filter(Boolean).join(" ");
  return { what, of: said.slice(0, 3).join(", ") };
}

export function replace(text: string, index: number, step: Step): Change[] {
  const { from, to } = nodes(text)[index]!;
  return [{ from, to, insert: print(step, INDENT) }];
}

export function remove(text: string, index: number): Change[] {
  const all = nodes(text);
  const { from, to } = all[index]!;
  const [before, after] = [all[index - 1], all[index + 1]];
  return [{ from: after ? from : (before?.to ?? from), to: after ? after.from : to, insert: "" }];
}

/** Two neighbours change places. */
export function swap(text: string, first: number): Change[] {
  const [one, other] = nodes(text).slice(first, first + 2);
  return [
    { from: one!.from, to: one!.to, insert: text.slice(other!.from, other!.to) },
    { from: other!.from, to: other!.to, insert: text.slice(one!.from, one!.to) },
  ];
}

const nodes = (text: string) => values(nodeAt(text, "/steps"));
