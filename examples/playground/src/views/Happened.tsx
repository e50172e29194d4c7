// Events and effects up to the chosen instant, the newest first.
import { computed } from "@preact/signals";
import { memo } from "preact/compat";
import type { Effect, Event } from "tenantry";
import { goToStep, names, run, step, stop } from "../state";
import { instant, named, words } from "../words";

/** So many are shown; time leads to those before. */
const MANY = 40;
/** What every event has; shown elsewhere or not at all. */
const COMMON = new Set([
  "actor",
  "at",
  "environment",
  "event",
  "effect",
  "id",
  "organization_id",
  "sequence",
  "stream",
  "version",
]);

interface Line {
  step: number;
  now: number;
  what: Event | Effect;
}

interface ItemProps {
  line: Line;
  present: boolean;
  names: Map<string, string>;
}

/** The lines of a whole run, and how many of them there are after each step. */
const story = computed(() => {
  const lines: Line[] = [];
  const ends = [0];
  for (const [index, { events, effects, now }] of (run.value?.steps ?? []).entries()) {
    for (const what of [...events, ...effects]) lines.push({ step: index + 1, now, what });
    ends.push(lines.length);
  }
  return { lines, ends };
});

export function Happened() {
  const { lines, ends } = story.value;
  const end = ends[step.value] ?? 0;
  const present = run.value?.stops[stop.value]?.kind === "step" ? step.value : 0;
  return (
    <section class="happened" aria-label="Events and effects">
      <h2>Events and effects</h2>
      <ol tabIndex={0} aria-label="The newest first" reversed start={end}>
        {lines
          .slice(Math.max(0, end - MANY), end)
          .reverse()
          .map((line) => (
            <Item
              key={`${line.what.id} ${"effect" in line.what}`}
              line={line}
              present={line.step === present}
              names={names.value}
            />
          ))}
      </ol>
      {end > MANY && <p class="hint">{end - MANY} earlier ones: go back in time.</p>}
    </section>
  );
}

/** Dragging time moves most lines, and changes none. */
const Item = memo(({ line: { step: number, now, what }, present, names }: ItemProps) => {
  const effect = "effect" in what;
  const details = Object.fromEntries(Object.entries(what).filter(([key, value]) => !COMMON.has(key) && value !== null));
  return (
    <li class={present ? "present" : ""}>
      <button type="button" title={`Go to step ${number}`} onClick={() => goToStep(number)}>
        {instant(now)}
      </button>{" "}
      <b class={effect ? "effect" : ""}>{effect ? `→ ${words(what.effect)}` : words(what.event)}</b>{" "}
      <span>{names.get("stream" in what ? what.stream.id : "") ?? ""}</span> <small>{named(details, names)}</small>
    </li>
  );
});
