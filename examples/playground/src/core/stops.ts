// The time line of a run: a stop for each step, and for all that falls due between and after them.
import { Tenantry } from "tenantry";
import { options, type Play } from "./play";
import type { Stop } from "./shapes";

/** As many stops are foreseen beyond the end. */
const FORESEEN = 40;

export function stopsOf(play: Play): Stop[] {
  const start = Date.parse(String(play.scenario.start)) || Number(play.scenario.start);
  const stops: Stop[] = [{ now: start, step: 0, kind: "start", title: "the beginning" }];
  play.steps.forEach((step, index) => {
    stops.push(...dueWithin(play, index), { now: step.now, step: index + 1, kind: "step", title: step.title });
  });
  return [...stops, ...foreseen(play)];
}

/** What a sweep found due, at the instants at which it was. */
function dueWithin({ steps }: Play, index: number): Stop[] {
  const due = new Map<number, Set<string>>();
  for (const event of steps[index]!.events) {
    const at = "due_at" in event && event.due_at ? Date.parse(event.due_at) : null;
    if (at !== null && at < steps[index]!.now) due.set(at, (due.get(at) ?? new Set()).add(event.event));
  }
  return [...due].sort(([a], [b]) => a - b).map(([now, names]) => dueStop(now, index, names));
}

/** What will fall due if nothing else happens, as a copy that lives on shows it. */
function foreseen(play: Play): Stop[] {
  const stops: Stop[] = [];
  const copy = Tenantry.restore(play.world(play.steps.length).snapshot(), options(play.scenario));
  for (let due = copy.nextDue(); due !== null && stops.length < FORESEEN; due = copy.nextDue()) {
    const { events } = copy.execute({ command: "advance_time" }, { actor: { type: "system" }, now: due });
    if (events.length === 0) break;
    stops.push(dueStop(Date.parse(due), play.steps.length, new Set(events.map((one) => one.event))));
  }
  copy.free();
  return stops;
}

const dueStop = (now: number, step: number, names: Set<string>): Stop => ({
  now,
  step,
  kind: "due",
  title: [...names].join(", "),
});
