// The scenario's steps, one of them open as a form.
import { computed, effect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { insertSteps } from "../document/insert";
import { blank, kindOf, parse, remove, type Scenario, swap, title } from "../document/steps";
import { change, faults, goToStep, insert, opened, run, said, settled, step, text, UNDO, where } from "../state";
import { wordFor, words } from "../words";
import { Known } from "./known";
import { Choice, StepForm } from "./StepForm";

const scenario = computed(() => parse(text.value));

/** So many steps are listed at once: a page of those around the time line's. */
const MANY = 100;
const from = computed(() => Math.floor(Math.max(0, step.value - 1) / MANY) * MANY);

export function Steps() {
  const list = useRef<HTMLOListElement>(null);
  const [choice, setChoice] = useState("execute:create_registered_user");
  useEffect(() => effect(() => markPresent(list.current)), []);
  const shown = scenario.value;
  return (
    <div class="steps" hidden={text.value === ""}>
      {shown ? (
        <p class="about">
          <b>{String(shown.scenario ?? "")}</b> {String(shown.description ?? "")}
        </p>
      ) : (
        <p class="hint">The text is no scenario yet; its problems are below.</p>
      )}
      <ol ref={list} aria-label="Steps" start={from.value + 1}>
        {shown?.steps.slice(from.value, from.value + MANY).map((_, index) => (
          <Row key={from.value + index} scenario={shown} index={from.value + index} />
        ))}
      </ol>
      {shown && shown.steps.length > MANY && <Pages all={shown.steps.length} />}
      <p class="tools">
        <Choice label="Add a step where time stands" value={choice} choose={setChoice} />
        <button type="button" disabled={!settled.value} onClick={() => add(choice)}>
          Add
        </button>
        <button type="button" onClick={() => (change.value = UNDO)}>
          Undo
        </button>
      </p>
      <Known />
    </div>
  );
}

function Pages({ all }: { all: number }) {
  const [first, last] = [from.value, Math.min(all, from.value + MANY)];
  return (
    <p class="tools">
      <button type="button" disabled={first === 0} onClick={() => goToStep(first)}>
        Earlier
      </button>
      {first + 1} to {last} of {all}
      <button type="button" disabled={last === all} onClick={() => goToStep(last + 1)}>
        Later
      </button>
    </p>
  );
}

let frame = 0;

/** Marks the step that the time line stands at, and keeps it in sight; once a frame, when all else is in its place. */
function markPresent(list: HTMLOListElement | null): void {
  const index = step.value - 1 - from.value;
  run.value;
  cancelAnimationFrame(frame);
  if (list) frame = requestAnimationFrame(() => mark(list, index));
}

function mark(list: HTMLOListElement, index: number): void {
  list.querySelector("[aria-current]")?.removeAttribute("aria-current");
  const row = list.children[index] as HTMLElement | undefined;
  row?.setAttribute("aria-current", "step");
  if (!row || list.contains(document.activeElement)) return;
  const [top, bottom] = [row.offsetTop - list.offsetTop, row.offsetTop - list.offsetTop + row.offsetHeight];
  if (top < list.scrollTop || bottom > list.scrollTop + list.clientHeight) list.scrollTop = top - list.clientHeight / 2;
}

function add(choice: string): void {
  const shown = scenario.value;
  if (!shown || !run.value) return;
  const insertion = insertSteps(text.value, run.value, where.value, [blank(choice, asker(shown, choice))]);
  insert(insertion);
  opened.value = insertion.step - 1;
  said.value = `Step ${insertion.step} is added.`;
  setTimeout(() => document.querySelector<HTMLElement>("[data-open]")?.scrollIntoView({ block: "nearest" }));
}

/** Who has asked such a thing last. */
function asker({ steps, actors = {} }: Scenario, choice: string): string | undefined {
  const before = steps.slice(0, where.value.step).findLast((one) => kindOf(one) === choice.split(":")[0]);
  return (before?.as as string | undefined) ?? Object.keys(actors)[0];
}

function Row({ scenario, index }: { scenario: Scenario; index: number }) {
  const open = opened.value === index;
  const { what, of } = title(scenario.steps[index]!);
  const went = run.value?.steps[index];
  const wrong = faults.value.some(({ pointer }) => `${pointer}/`.startsWith(`/steps/${index}/`));
  const toggle = () => {
    opened.value = open ? null : index;
    if (!open) goToStep(index + 1);
  };
  return (
    <li>
      <button
        type="button"
        class="row"
        id={`step:${index + 1}`}
        aria-expanded={open}
        onClick={toggle}
        {...(open && { "data-open": "" })}
      >
        <span>{index + 1}</span> <b>{words(what)}</b> <small>{of}</small>
        {went && went.result !== "done" && <i class={wordFor(went.result).tone}>{words(went.result)}</i>}
        {wrong && <i class="revoked">!</i>}
      </button>
      {open && (
        <div class="form">
          <StepForm scenario={scenario} index={index} />
          <p class="tools">
            <button type="button" disabled={index === 0} onClick={() => move(index, index - 1)}>
              Move up
            </button>
            <button type="button" disabled={index === scenario.steps.length - 1} onClick={() => move(index, index + 1)}>
              Move down
            </button>
            <button type="button" onClick={() => drop(index)}>
              Remove step
            </button>
          </p>
        </div>
      )}
    </li>
  );
}

function move(from: number, to: number): void {
  const label = document.activeElement?.textContent;
  change.value = swap(text.value, Math.min(from, to));
  opened.value = to;
  said.value = `It is step ${to + 1} now.`;
  setTimeout(() => {
    const buttons = document.querySelectorAll<HTMLButtonElement>(".steps .form .tools button");
    [...buttons].find((one) => one.textContent === label && !one.disabled)?.focus();
  });
}

function drop(index: number): void {
  change.value = remove(text.value, index);
  opened.value = null;
  said.value = `Step ${index + 1} is removed.`;
  setTimeout(() => document.getElementById(`step:${index + 1}`)?.focus());
}
