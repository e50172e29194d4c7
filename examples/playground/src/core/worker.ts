// The worker: holds the core, and the scenario that was run last.

import type { Event, JsonObject, Machine } from "tenantry";
import { type Acting, errorCatalog, lifecycleDiagram, Tenantry, version } from "tenantry";
import { consequenceOf } from "./consequence";
import { placesOf } from "./places";
import { eventsUntil, options, type Play, play } from "./play";
import type { Core, Place, RunAnswer, Where } from "./shapes";
import { standingOf } from "./standing";
import { stopsOf } from "./stops";

const MACHINES: Machine[] = ["registered_user", "credential", "link_session", "tool_call", "account", "registration_token"];

let current: { play: Play; places: Place[] } | null = null;

function run(text: string): RunAnswer {
  const { play: found, faults } = play(text);
  if (!found) return { run: null, faults };
  const places = placesOf(eventsUntil(found.steps, { step: Infinity }));
  current = { play: found, places };
  const { steps, transcript } = found;
  return { run: { title: transcript.scenario, steps, stops: stopsOf(found), places, saved: savedOf(found) }, faults };
}

function savedOf({ scenario, transcript }: Play): Record<string, { name: string; step: number }> {
  const saved: Record<string, { name: string; step: number }> = {};
  (scenario.steps as JsonObject[]).forEach(({ save }, index) => {
    const response = (transcript.steps[index]!.result as JsonObject | null)?.response;
    for (const [name, pointer] of Object.entries((save ?? {}) as Record<string, string>)) {
      const keys = pointer.split("/").slice(1);
      const value = keys.reduce<unknown>((inner, key) => (inner as JsonObject | undefined)?.[key], response);
      if (typeof value === "string") saved[value] = { name, step: index + 1 };
    }
  });
  return saved;
}

const actorOf = ({ organization_id, environment }: Place) => ({ type: "system" as const, organization_id, environment });

/** Lets `ask` speak for the place's system at the instant. */
function within<T>({ step, place }: Where, ask: (acting: Acting, shown: Place, events: Event[]) => T): T {
  const { play, places } = current!;
  using acting = play.world(step).actingAs(actorOf(places[place]!));
  return ask(acting, places[place]!, eventsUntil(play.steps, { step }));
}

const core: Core = {
  run,
  codes: (where) =>
    within(where, (acting, { users, columns }) => {
      const calls = users.flatMap(({ id }) =>
        columns.flatMap(({ pack, tools }) => tools.map((tool) => [id, pack, tool] as const)),
      );
      const [ids, packs, tools] = [0, 1, 2].map((index) => calls.map((call) => call[index]!));
      return acting.codes(ids!, packs!, tools!, where.now);
    }),
  explain: (where, call) => within(where, (acting) => acting.explain(call, { now: where.now })),
  consequence: (where, commands, call) => {
    const { play, places } = current!;
    using copy = Tenantry.restore(play.world(where.step).snapshot(), options(play.scenario));
    return consequenceOf(copy, actorOf(places[where.place]!), where.now, commands, call);
  },
  standing: (where, user, connector) =>
    within(where, (acting, _, events) => standingOf(acting, events, where.now, user, connector)),
  constants: () => ({
    version: version(),
    codes: Object.fromEntries(errorCatalog().map(({ number, code, meaning }) => [number, { code, meaning }])),
    diagrams: Object.fromEntries(MACHINES.map((machine) => [machine, lifecycleDiagram(machine)])) as Record<Machine, string>,
  }),
};

addEventListener("message", ({ data: { id, name, args } }) => {
  try {
    const answer = (core[name as keyof Core] as (...args: unknown[]) => unknown)(...args);
    postMessage({ id, answer });
  } catch (error) {
    postMessage({ id, fault: String(error) });
  }
});
