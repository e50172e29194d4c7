// The lifecycles, drawn from the core's own diagrams, with where the chosen things stand.
import { computed, signal } from "@preact/signals";
import type { Machine } from "tenantry";
import type { Thing } from "../core/shapes";
import { choice, constants, shown, standing } from "../state";
import { words } from "../words";
import { Diagram } from "./Diagram";
import { parse } from "./machine";

/** What the reader has chosen; until then what the scenario is about. */
const wanted = signal<Machine | null>(null);
const machine = computed((): Machine => {
  if (wanted.value) return wanted.value;
  const { users, columns } = shown.value ?? {};
  if (users?.length !== 0) return columns?.length === 0 ? "registered_user" : "credential";
  return standing.value?.registration_token.length === 0 ? "account" : "registration_token";
});

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
          onChange={({ currentTarget }) => (wanted.value = currentTarget.value as Machine)}
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
  if (things.length === 0)
    return <p class="hint">{choice.value ? "There is none at this instant." : "Click a cell to see where its own stands."}</p>;
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
