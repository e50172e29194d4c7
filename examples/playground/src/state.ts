// What the page knows, and how it comes to know it: text → run → instant → codes, explanation and standing.
import { batch, computed, effect, signal } from "@preact/signals";
import type { Explanation } from "tenantry";
import { core } from "./core/client";
import type { Column, Constants, Fault, Run, Standing, Where } from "./core/shapes";
import type { Change, Insertion } from "./document/insert";
import { newest } from "./newest";
import { instantAt, positions, stopAt } from "./scale";

/** A cell of the matrix. */
export interface Choice {
  user: string;
  column: Column;
  tool: string;
}

export const text = signal("");
export const run = signal<Run | null>(null);
/** The text that the run is of. */
const ran = signal("");
/** Whether the run is of the text as it stands; only then can steps be put where time stands. */
export const settled = computed(() => ran.value === text.value);
export const faults = signal<Fault[]>([]);
export const constants = signal<Constants | null>(null);
export const position = signal(0);
export const place = signal(0);
export const choice = signal<Choice | null>(null);
export const codes = signal<Uint8Array | null>(null);
export const explanation = signal<Explanation | null>(null);
export const standing = signal<Standing | null>(null);

export const UNDO = Symbol("undo");
/** What the editor shall do to its text; it takes it from here. */
export const change = signal<Change[] | string | typeof UNDO | null>(null);
/** A place in the document that the editor shall show. */
export const reveal = signal<string | null>(null);
/** How the scenario is written: in forms, or as text. */
export const view = signal<"steps" | "text">("steps");
/** The step whose form is open. */
export const opened = signal<number | null>(null);
/** What a screen reader shall say. */
export const said = signal("");

const NOWHERE: Where = { step: 0, now: 0, place: 0 };

export const places = computed(() => positions(run.value?.stops ?? []));
export const stop = computed(() => stopAt(places.value, position.value));
export const where = computed<Where>(() => {
  const stops = run.value?.stops ?? [];
  return stops.length === 0 ? NOWHERE : { ...instantAt(stops, places.value, position.value), place: place.value };
});
/** How many steps have happened by then. */
export const step = computed(() => where.value.step);
export const shown = computed(() => run.value?.places[place.value] ?? null);
/** What the users that are shown are called, by their ids. */
export const names = computed(() => new Map(shown.value?.users.map(({ id, label }) => [id, label])));
export const call = computed(
  () =>
    choice.value && { registered_user_id: choice.value.user, tool_pack_id: choice.value.column.pack, tool: choice.value.tool },
);

/** Where the next run shall stand: after so many steps; null stays where it is, or goes to the end of a new document. */
let target: number | "end" | null = "end";

export function open(document: string): void {
  target = "end";
  opened.value = null;
  choice.value = null;
  change.value = document;
}

/** Puts steps into the document and goes to the last of them. */
export function insert({ changes, step }: Insertion): void {
  target = step;
  change.value = changes;
}

/** Goes to a place in the document: to its field where there is a form for it, else to the text. */
export function goTo(pointer: string): void {
  const index = /^\/steps\/(\d+)/.exec(pointer)?.[1];
  if (view.value === "steps" && index !== undefined) {
    opened.value = Number(index);
    setTimeout(() => document.getElementById(`field:${pointer}`)?.focus());
  } else {
    view.value = "text";
    reveal.value = pointer;
  }
}

/** Moves time to just after a step. */
export function goToStep(number: number): void {
  const index = run.value?.stops.findIndex((one) => one.kind === "step" && one.step === number) ?? -1;
  position.value = places.value[index] ?? position.value;
}

const running = newest(async (document: string) => {
  const answer = await core.run(document);
  batch(() => {
    faults.value = answer.faults;
    if (!answer.run) return;
    ran.value = document;
    arrive(answer.run);
  });
});

/** Takes a new run; the instant stays where it was, as far as there is such a one. */
function arrive(next: Run): void {
  const wanted = target === "end" ? next.steps.length : target;
  const found = wanted === null ? -1 : next.stops.findIndex((one) => one.kind !== "due" && one.step === wanted);
  const ways = positions(next.stops);
  position.value = ways[found] ?? Math.min(position.value, ways.at(-1)!);
  target = null;
  place.value = Math.min(place.value, Math.max(0, next.places.length - 1));
  run.value = next;
  const { user, column } = choice.value ?? {};
  const here = next.places[place.value];
  if (
    !here?.users.some(({ id }) => id === user) ||
    !here.columns.some(({ pack, connector }) => pack === column?.pack && connector === column?.connector)
  )
    choice.value = null;
}

const looking = newest(async (at: Where) => {
  const asked = run.value;
  const [user, connector] = [choice.value?.user ?? null, choice.value?.column.connector ?? null];
  const [found, explained, stands] = await Promise.all([
    core.codes(at),
    call.value && core.explain(at, call.value),
    core.standing(at, user, connector),
  ]);
  if (asked !== run.value) return;
  batch(() => {
    codes.value = found;
    explanation.value = explained;
    standing.value = stands;
  });
});

export function start(): void {
  void core.constants().then((value) => (constants.value = value));
  effect(() => {
    if (text.value !== "") running(text.value);
  });
  effect(() => {
    if (!run.value || !shown.value) {
      codes.value = explanation.value = standing.value = null;
      return;
    }
    call.value;
    looking(where.value);
  });
}
