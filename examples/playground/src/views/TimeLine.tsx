// The time line: a mark for each step and for what falls due, a slider over them.
import type { Run, Stop } from "../core/shapes";
import { snap } from "../scale";
import { places, position, run, said, stop, where } from "../state";
import { instant, words } from "../words";

export function TimeLine() {
  const shown = run.value;
  if (!shown) return <section class="time" aria-label="Time" />;
  return (
    <section class="time" aria-label="Time">
      <Now shown={shown} />
      <div class="line">
        <Marks shown={shown} />
        <Slider shown={shown} />
      </div>
      <p class="legend">
        <i class="mark step" /> a step <i class="mark refused" /> refused <i class="mark due" /> something falls due: drag time
        past it
      </p>
    </section>
  );
}

function Now({ shown }: { shown: Run }) {
  return (
    <div class="now">
      <button type="button" aria-label="One stop back" onClick={() => step(shown, -1)}>
        ◀
      </button>
      <button type="button" aria-label="One stop on" onClick={() => step(shown, 1)}>
        ▶
      </button>
      <time dateTime={new Date(where.value.now).toISOString()}>{instant(where.value.now)} UTC</time>
      <span class="after">{happening(shown)}</span>
    </div>
  );
}

function Slider({ shown }: { shown: Run }) {
  return (
    <input
      type="range"
      aria-label="Instant"
      aria-valuetext={`${instant(where.value.now)} UTC, ${happening(shown)}`}
      min={0}
      max={places.value.at(-1)}
      step="any"
      value={position.value}
      onInput={({ currentTarget }) => (position.value = snap(places.value, currentTarget.valueAsNumber))}
      onKeyDown={byKey}
    />
  );
}

/** Where the instant lies, in words. */
function happening({ stops, steps }: Run): string {
  const at = stops[stop.value]!;
  const later = where.value.now > at.now ? "after " : "";
  const by = at.kind === "step" ? steps[at.step - 1]!.as : null;
  const what = at.kind === "due" ? `due: ${words(at.title)}` : words(at.title);
  return `${later}${at.kind === "step" ? `step ${at.step} of ${steps.length}: ` : ""}${what}${by ? ` by ${by}` : ""}`;
}

/** By a button, which does not say itself where that leads, as the slider does. */
function step(shown: Run, by: number): void {
  go(by);
  said.value = `${instant(where.value.now)} UTC, ${happening(shown)}`;
}

/** Goes from stop to stop. */
function go(by: number): void {
  const between = position.value > places.value[stop.value]! && by < 0 ? 1 : 0;
  const next = Math.min(places.value.length - 1, Math.max(0, stop.value + by + between));
  position.value = places.value[next]!;
}

const KEYS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -Infinity,
  End: Infinity,
};

function byKey(event: KeyboardEvent): void {
  const by = KEYS[event.key];
  if (by === undefined) return;
  event.preventDefault();
  go(by);
}

function Marks({ shown: { stops, steps } }: { shown: Run }) {
  const whole = places.value.at(-1) || 1;
  const kind = (one: Stop) => (one.kind === "step" && steps[one.step - 1]!.refused ? "refused" : one.kind);
  return (
    <div class="marks" aria-hidden="true">
      {stops.map((one, index) => (
        <i
          key={index}
          class={`mark ${kind(one)}`}
          style={{ left: `${(places.value[index]! / whole) * 100}%` }}
          title={`${instant(one.now)}: ${words(one.title)}`}
        />
      ))}
    </div>
  );
}
