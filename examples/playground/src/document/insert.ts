// Puts steps into a scenario's text at an instant; all else stays as it was written.
import type { Instant, Place, Run } from "../core/shapes";
import { nodeAt, values } from "./place";
import { print } from "./print";

export interface Change {
  from: number;
  to: number;
  insert: string;
}

export interface Insertion {
  changes: Change[];
  /** How many steps there are up to and with the last one that was put in. */
  step: number;
}

/** How deep the steps of a scenario lie. */
export const INDENT = "    ";

/** The commands of a remedy, as steps by the place's system. A link is started and completed. */
export function insertCommands(text: string, run: Run, place: Place, instant: Instant, commands: object[]): Insertion {
  const actor = actorFor(text, place);
  const steps = commands.flatMap((command, index) => stepsFor(text, actor.name, command, index));
  return insertSteps(
    text,
    run,
    instant,
    steps.map((step) => withNames(step, run, instant.step) as object),
    actor.changes,
  );
}

function stepsFor(text: string, as: string, command: object, index: number): object[] {
  if (!("command" in command && command.command === "start_link")) return [{ as, execute: command }];
  let number = index + 1;
  while (text.includes(`remedy_${number}`)) number += 1;
  const session = `remedy_${number}`;
  return [
    { as, execute: command, save: { [session]: "/link_session_id" } },
    { as, execute: { command: "complete_link", link_session_id: `$${session}` } },
  ];
}

/** Ids as the names under which the scenario has saved them. */
function withNames(value: unknown, run: Run, step: number): unknown {
  if (typeof value === "string") {
    const saved = run.saved[value];
    return saved && saved.step <= step ? `$${saved.name}` : value;
  }
  if (Array.isArray(value)) return value.map((item) => withNames(item, run, step));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNames(item, run, step)]));
}

/** Puts steps where the time line stands. */
export function insertSteps(text: string, run: Run, { step, now }: Instant, steps: object[], changes: Change[] = []): Insertion {
  const array = nodeAt(text, "/steps");
  const nodes = values(array);
  const before = run.steps[step - 1]?.now ?? run.stops[0]!.now;
  const waited = now - before;
  const lead = waited > 0 ? [{ advance: duration(waited) }] : [];
  const put = [...lead, ...steps];
  const lines = put.map((one) => print(one, INDENT)).join(`,\n${INDENT}`);
  const after = nodes[step];
  if (waited > 0 && after) {
    // The advance in whose midst the instant lies is cut in two.
    const whole = JSON.parse(text.slice(after.from, after.to)) as object;
    const rest = print({ ...whole, advance: duration(run.steps[step]!.now - now) }, INDENT);
    const first = print({ ...whole, advance: duration(waited) }, INDENT);
    const others = steps.map((one) => print(one, INDENT));
    changes.push({ from: after.from, to: after.to, insert: [first, ...others, rest].join(`,\n${INDENT}`) });
  } else if (nodes[step - 1]) {
    const { to } = nodes[step - 1]!;
    changes.push({ from: to, to, insert: `,\n${INDENT}${lines}` });
  } else {
    const from = array.from + 1;
    changes.push({ from, to: from, insert: `\n${INDENT}${lines}${nodes.length > 0 ? "," : "\n  "}` });
  }
  return { changes, step: step + put.length };
}

function actorFor(text: string, { organization_id, environment }: Place): { name: string; changes: Change[] } {
  const wanted = { type: "system", organization_id, environment };
  const node = nodeAt(text, "/actors");
  const actors = JSON.parse(text.slice(node.from, node.to)) as Record<string, object>;
  const found = Object.entries(actors).find(([, actor]) => sorted(actor) === sorted(wanted));
  if (found) return { name: found[0], changes: [] };
  let name = "playground";
  while (name in actors) name += "'";
  const last = node.lastChild!.prevSibling;
  const insert = `${INDENT}${JSON.stringify(name)}: ${print(wanted)}`;
  const change =
    last && last.name !== "{"
      ? { from: last.to, to: last.to, insert: `,\n${insert}` }
      : { from: node.from + 1, to: node.from + 1, insert: `\n${insert}\n  ` };
  return { name, changes: [change] };
}

const sorted = (value: object) => JSON.stringify(Object.entries(value).sort());

const UNITS: [string, number][] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
];

/** Milliseconds in the largest unit that fits. */
export function duration(milliseconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => milliseconds % size === 0)!;
  return `${milliseconds / size}${unit}`;
}
