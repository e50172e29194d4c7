// A scenario that has been run: the world after any number of its steps, folded from their events.

import type { Effect, Event, JsonObject, Policy, Transcript } from "tenantry";
import { isTenantryError, simulate, Tenantry } from "tenantry";
import type { Fault, Instant, Step } from "./shapes";

export interface Play {
  scenario: JsonObject;
  transcript: Transcript;
  steps: Step[];
  /** The world after the steps; the same object as long as nobody asks for another. */
  world(step: number): Tenantry;
}

/** Runs a scenario's text; where that is none, says why not. */
export function play(text: string): { play: Play | null; faults: Fault[] } {
  try {
    const transcript = simulate(text);
    const scenario = JSON.parse(text) as JsonObject;
    const steps = transcript.steps.map(describe);
    return { play: { scenario, transcript, steps, world: worlds(scenario, steps) }, faults: surprises(transcript) };
  } catch (error) {
    if (!isTenantryError(error)) throw error;
    const faults = error.violations.map(({ pointer, message }) => ({ pointer, message, severity: "error" as const }));
    return { play: null, faults };
  }
}

/** The events of all steps up to an instant. */
export const eventsUntil = (steps: Step[], { step }: Pick<Instant, "step">): Event[] =>
  steps.slice(0, step).flatMap((one) => one.events);

function worlds(scenario: JsonObject, steps: Step[]): Play["world"] {
  let last: { step: number; world: Tenantry } | null = null;
  return (step) => {
    if (last?.step !== step) {
      last?.world.free();
      last = { step, world: Tenantry.fold(eventsUntil(steps, { step }), options(scenario)) };
    }
    return last.world;
  };
}

export const options = (scenario: JsonObject) => ({ policy: (scenario.policy ?? null) as Policy | null });

/** What any request may be answered, as far as the page reads it. */
interface Answer {
  code?: string;
  status?: number;
  message?: string;
  effect?: "allow" | "deny";
  decision?: Pick<Answer, "code" | "effect">;
  response?: object;
  events?: Event[];
  effects?: Effect[];
  violations?: { pointer: string; message: string }[];
}

const KINDS = ["execute", "authorize", "authorize_batch", "explain", "preview", "query"];

function describe({ now, request, result, pass }: Transcript["steps"][number]): Step {
  const kind = KINDS.find((name) => name in request);
  const asked = (kind && request[kind]) as JsonObject | undefined;
  const happened = kind === undefined || kind === "execute";
  const answer = (result ?? {}) as Answer;
  const refused = typeof answer.code === "string" && typeof answer.status === "number" && answer.effect !== "deny";
  return {
    now: Date.parse(now),
    title: title(kind, asked, request),
    as: (request.as as string | undefined) ?? null,
    result: answer.code ?? answer.effect ?? answer.decision?.code ?? answer.decision?.effect ?? "done",
    refused,
    pass,
    ids: (happened && Object.keys(answer.response ?? {}).filter((name) => name.endsWith("_id"))) || [],
    events: (happened && answer.events) || [],
    effects: (happened && answer.effects) || [],
  };
}

function title(kind: string | undefined, asked: JsonObject | undefined, request: JsonObject): string {
  if (kind === undefined) return `advance ${request.advance}`;
  const name = asked?.command ?? asked?.query ?? asked?.tool;
  return kind === "execute" || kind === "query" || name === undefined ? String(name ?? kind) : `${kind} ${name}`;
}

/** Steps that did not do what was expected of them. */
function surprises(transcript: Transcript): Fault[] {
  return transcript.steps.flatMap(({ step, request, result, pass, mismatches }): Fault[] => {
    const at = `/steps/${step - 1}`;
    if (pass) return [];
    if (mismatches?.length)
      return mismatches.map(({ pointer, expected, found }) => ({
        pointer: `${at}/expect${pointer}`,
        message: `expected ${JSON.stringify(expected) ?? "nothing"}, found ${JSON.stringify(found) ?? "nothing"}`,
        severity: "warning",
      }));
    const { code, message, violations } = result as Answer;
    const kind = KINDS.find((name) => name in request) ?? "";
    const all = violations ?? [{ pointer: "", message: `${code}: ${message}` }];
    return all.map((one) => ({ pointer: `${at}/${kind}${one.pointer}`, message: one.message, severity: "error" }));
  });
}
