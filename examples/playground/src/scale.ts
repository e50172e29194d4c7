// The time line's scale. Stops at the same instant lie one unit apart; where time passes, it has three units to pass in.
import type { Instant, Stop } from "./core/shapes";

const SAME = 1;
const LATER = 3;
/** So near to a stop, dragging lands on it. */
const NEAR = 0.3;

/** Where each stop lies. */
export function positions(stops: Stop[]): number[] {
  const found: number[] = [];
  stops.forEach((stop, index) => {
    const before = stops[index - 1];
    found.push(before ? found[index - 1]! + (stop.now > before.now ? LATER : SAME) : 0);
  });
  return found;
}

/** The last stop at or before a position. */
export function stopAt(places: number[], position: number): number {
  return Math.max(
    0,
    places.findLastIndex((place) => place <= position),
  );
}

export function instantAt(stops: Stop[], places: number[], position: number): Instant {
  const index = stopAt(places, position);
  const [from, to] = [stops[index]!, stops[index + 1]];
  if (!to || to.now === from.now) return { step: from.step, now: from.now };
  const part = (position - places[index]!) / (places[index + 1]! - places[index]!);
  return { step: from.step, now: Math.round(from.now + part * (to.now - from.now)) };
}

export function snap(places: number[], position: number): number {
  return places.find((place) => Math.abs(place - position) <= NEAR) ?? position;
}
