// A step as a form: what it does, who asks, the fields of that, and names for what it answers.
import { useId } from "preact/hooks";
import { asked, fitting } from "../document/schema";
import { blank, CHOICES, choiceOf, kindOf, replace, type Scenario, type Step } from "../document/steps";
import { widgetFor } from "../document/widget";
import { change, run, text } from "../state";
import { words } from "../words";
import { Field, Members } from "./Field";

export function StepForm({ scenario, index }: { scenario: Scenario; index: number }) {
  const step = scenario.steps[index]!;
  const kind = kindOf(step);
  const at = `/steps/${index}`;
  const put = (next: Step) => (change.value = replace(text.value, index, next));
  const actors = Object.keys(scenario.actors ?? {});
  return (
    <>
      <Choice
        label="what happens"
        value={choiceOf(step)}
        choose={(choice) => put(blank(choice, (step.as as string) ?? actors[0]))}
      />
      {kind !== "advance" && (
        <Field
          name="who asks"
          schema={{ enum: actors }}
          value={step.as}
          pointer={`${at}/as`}
          required
          set={(as) => put({ ...step, as })}
        />
      )}
      {kind && <Asked kind={kind} step={step} at={at} put={put} />}
      <Saved step={step} index={index} put={put} />
    </>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  choose(choice: string): void;
}

/** All that a step can be. */
export function Choice({ label, value, choose }: ChoiceProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ currentTarget }) => {
          choose(currentTarget.value);
          currentTarget.value = value;
        }}
      >
        {value === "" && <option value="">…</option>}
        {CHOICES.map(([group, choices]) => (
          <optgroup key={group} label={group}>
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {words(choice.split(":").at(-1)!)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

type Kind = NonNullable<ReturnType<typeof kindOf>>;

function Asked({ kind, step, at, put }: { kind: Kind; step: Step; at: string; put(next: Step): void }) {
  const value = step[kind];
  const set = (next: unknown) => put({ ...step, [kind]: next });
  const schema = { anyOf: fitting(asked(kind), (key) => (value as Step)[key]) };
  const widget = widgetFor(schema, value);
  const about = schema.anyOf[0]?.description?.split("\n")[0];
  if (widget.kind !== "object")
    return (
      <Field
        name={kind}
        schema={kind === "advance" ? { ...asked(kind), type: "string" } : schema}
        value={value}
        pointer={`${at}/${kind}`}
        required
        set={set}
      />
    );
  return (
    <>
      <p class="hint">{about}</p>
      <Members widget={widget} value={value as Step} pointer={`${at}/${kind}`} set={set} />
    </>
  );
}

/** Names by which later steps can say what this one has answered. */
function Saved({ step, index, put }: { step: Step; index: number; put(next: Step): void }) {
  const save = (step.save ?? {}) as Record<string, string>;
  const ids = run.value?.steps[index]?.ids ?? [];
  const pointers = [...new Set([...ids.map((id) => `/${id}`), ...Object.values(save)])];
  const name = (pointer: string, next: string) => {
    const others = Object.fromEntries(Object.entries(save).filter(([, one]) => one !== pointer));
    const all = next === "" ? others : { ...others, [next.replace(/^\$/, "")]: pointer };
    const { save: _, expect, ...rest } = step;
    put({ ...rest, ...(Object.keys(all).length > 0 && { save: all }), ...(expect !== undefined && { expect }) });
  };
  return (
    <>
      {pointers.map((pointer) => (
        <label class="field" key={pointer}>
          <span>later steps call its {words(pointer.slice(1))}</span>
          <input
            value={`$${Object.entries(save).find(([, one]) => one === pointer)?.[0] ?? ""}`.replace(/^\$$/, "")}
            placeholder="$name"
            onChange={({ currentTarget }) => name(pointer, currentTarget.value.trim())}
          />
        </label>
      ))}
    </>
  );
}
