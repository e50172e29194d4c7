// The lifecycles, drawn from the core's own diagrams, with where the chosen things stand.
import { signal } from "@preact/signals";
import type { Machine } from "tenantry";
import type { Thing } from "../core/shapes";
import { constants, standing } from "../state";
import { words } from "../words";
import { Diagram } from "./Diagram";
import { parse } from "./machine";

const machine = signal<Machine>("credential");

export function Lifecycles() {
  const { diagrams } = constants.value ?? {};
  const things = standing.value?.[machine.value] ?? [];
  const states = new Set(things.map(({ state }) => state));
  const drawn = diagrams && parse(diagrams[machine.value]);
  return (
    <section class="lifecycles" aria-label="Lifecycles">
      <h2>
        Lifecycle of a{" "}
        <select
          aria-label="Lifecycle"
          value={machine.value}
          onChange={({ currentTarget }) => (machine.value = currentTarget.value as Machine)}
        >
          {Object.keys(diagrams ?? {}).map((name) => (
            <option key={name} value={name}>
              {words(name)}
            </option>
          ))}
        </select>
      </h2>
      <Standing things={things} />
      {drawn && <Diagram machine={drawn} states={states} />}
      <ul class="arrows" aria-label="Ways between the states">
        {drawn?.arrows.map(({ from, to, triggers }) => (
          <li key={from + to} class={states.has(from) ? "open" : ""}>
            {words(from)} → {words(to)}: {words(triggers.join(", "))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Standing({ things }: { things: Thing[] }) {
  if (things.length === 0) return <p class="hint">There is none at this instant for what is chosen.</p>;
  return (
    <ul>
      {things.slice(0, 20).map(({ label, state }, index) => (
        <li key={index}>
          <b>{words(state)}</b> {label}
        </li>
      ))}
    </ul>
  );
}
