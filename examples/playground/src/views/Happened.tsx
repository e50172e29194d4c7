// Events and effects up to the chosen instant, the newest first.
import type { Effect, Event } from "tenantry";
import { goToStep, run, shown, step, stop } from "../state";
import { instant, named, words } from "../words";

const MANY = 100;
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

export function Happened() {
  const lines = (run.value?.steps.slice(0, step.value) ?? []).flatMap((one, index): Line[] =>
    [...one.events, ...one.effects].map((what) => ({ step: index + 1, now: one.now, what })),
  );
  const present = run.value?.stops[stop.value]?.kind === "step" ? step.value : 0;
  return (
    <section class="happened" aria-label="Events and effects">
      <h2>Events and effects</h2>
      <ol tabIndex={0} aria-label="The newest first" reversed start={lines.length}>
        {lines
          .slice(-MANY)
          .reverse()
          .map((line) => (
            <Item key={`${line.what.id} ${"effect" in line.what}`} line={line} present={line.step === present} />
          ))}
      </ol>
    </section>
  );
}

function Item({ line: { step: number, now, what }, present }: { line: Line; present: boolean }) {
  const names = new Map(shown.value?.users.map(({ id, label }) => [id, label]));
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
}
