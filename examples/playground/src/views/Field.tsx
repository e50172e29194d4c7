// A field of a form, made from its schema: a control, what it is for, and what is wrong with it.
import { useState } from "preact/hooks";
import type { Schema } from "../document/schema";
import { type Widget, widgetFor } from "../document/widget";
import { faults } from "../state";
import { words } from "../words";
import { known } from "./known";

interface Props {
  name: string;
  schema: Schema;
  value: unknown;
  /** Where it lies in the document. */
  pointer: string;
  required: boolean;
  /** Undefined leaves it out. */
  set(value: unknown): void;
}

type Members = { [key: string]: unknown };

export function Field(props: Props) {
  const { name, schema, value, pointer, set } = props;
  const widget = widgetFor(schema, value);
  if (widget.kind === "object" || widget.kind === "variants" || widget.kind === "list")
    return (
      <fieldset>
        <legend>{words(name)}</legend>
        <Wrong pointer={pointer} exact />
        {widget.kind === "list" ? (
          <List item={widget.item} value={(value ?? []) as unknown[]} pointer={pointer} set={set} />
        ) : (
          <Members widget={widget} value={(value ?? {}) as Members} pointer={pointer} set={set} />
        )}
      </fieldset>
    );
  return (
    <div class="field">
      <label for={`field:${pointer}`}>{words(name)}</label>
      <Control {...props} widget={widget} />
      <small id={`about:${pointer}`}>{schema.description}</small>
      <Wrong pointer={pointer} />
    </div>
  );
}

/** What is wrong at the pointer, and within it unless only the very place is asked about. */
function Wrong({ pointer, exact = false }: { pointer: string; exact?: boolean }) {
  const mine = wrongAt(pointer).filter((one) => !exact || one.pointer === pointer);
  if (mine.length === 0) return null;
  return (
    <strong id={`wrong:${pointer}`} class="wrong">
      {mine.map(({ message }) => message).join("; ")}
    </strong>
  );
}

const wrongAt = (pointer: string) =>
  faults.value.filter((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));

export function Members(props: { widget: Widget; value: Members; pointer: string; set(value: Members): void }) {
  const { widget, value, pointer, set } = props;
  const variant = widget.kind === "variants" ? widget.of.find((one) => constantOf(one, widget.key) === value[widget.key]) : null;
  const { properties = {}, required = [] } = (widget.kind === "object" ? widget.schema : variant) ?? {};
  const put = (name: string, inner: unknown) => {
    const { [name]: _, ...others } = value;
    set(inner === undefined ? others : { ...value, [name]: inner });
  };
  const field = ([name, schema]: [string, Schema]) => (
    <Field
      key={name}
      name={name}
      schema={schema}
      value={value[name]}
      pointer={`${pointer}/${name}`}
      required={required.includes(name)}
      set={(inner) => put(name, inner)}
    />
  );
  // The schema names what is needed in the order in which it is declared, and its properties by the alphabet.
  const rank = (name: string) => (required.includes(name) ? required.indexOf(name) : required.length);
  const all = Object.entries(properties)
    .filter(([, schema]) => schema.const === undefined)
    .sort(([one], [other]) => rank(one) - rank(other));
  const shown = ([name]: [string, Schema]) =>
    required.includes(name) || value[name] !== undefined || wrongAt(`${pointer}/${name}`).length > 0;
  const others = all.filter((one) => !shown(one));
  return (
    <>
      {widget.kind === "variants" && (
        <Field
          name={widget.key}
          schema={{ enum: widget.of.map((one) => constantOf(one, widget.key)) }}
          value={value[widget.key]}
          pointer={`${pointer}/${widget.key}`}
          required
          set={(chosen) => set(chosen === undefined ? {} : { [widget.key]: chosen })}
        />
      )}
      {all.filter(shown).map(field)}
      {others.length > 0 && (
        <details>
          <summary>{others.map(([name]) => words(name)).join(", ")}</summary>
          {others.map(field)}
        </details>
      )}
    </>
  );
}

const constantOf = (schema: Schema, key: string) => schema.properties![key]!.const;

function List({ item, value, pointer, set }: { item: Schema; value: unknown[]; pointer: string; set(value: unknown[]): void }) {
  return (
    <>
      {value.map((inner, index) => (
        <div class="item" key={index}>
          <Field
            name={`${index + 1}`}
            schema={item}
            value={inner}
            pointer={`${pointer}/${index}`}
            required
            set={(next) => set(value.with(index, next))}
          />
          <button type="button" onClick={() => set(value.toSpliced(index, 1))} aria-label={`Remove ${index + 1}`}>
            ✕
          </button>
        </div>
      ))}
      <button type="button" onClick={() => set([...value, {}])}>
        Add one
      </button>
    </>
  );
}

function Control({ name, value, pointer, required, set, widget }: Props & { widget: Widget }) {
  const [broken, setBroken] = useState(false);
  const wrong = wrongAt(pointer).length > 0;
  const common = {
    id: `field:${pointer}`,
    required,
    "aria-invalid": wrong || broken,
    "aria-describedby": `${wrong ? `wrong:${pointer} ` : ""}about:${pointer}`,
  };
  if (widget.kind === "choice")
    return (
      <select
        {...common}
        value={value === undefined ? "" : String(value)}
        onChange={({ currentTarget }) => set(widget.options.find((one) => String(one) === currentTarget.value))}
      >
        {(!required || value === undefined) && <option value="">–</option>}
        {widget.options.map((one) => (
          <option key={String(one)} value={String(one)}>
            {words(String(one))}
          </option>
        ))}
      </select>
    );
  if (widget.kind === "lines")
    return (
      <textarea
        {...common}
        rows={(value as string[] | undefined)?.length || 1}
        placeholder="one a line"
        value={(value as string[] | undefined)?.join("\n") ?? ""}
        onChange={({ currentTarget }) => {
          const lines = currentTarget.value.split("\n").filter((line) => line !== "");
          set(lines.length === 0 && !required ? undefined : lines);
        }}
      />
    );
  if (widget.kind === "json")
    return (
      <textarea
        {...common}
        rows={2}
        placeholder="JSON"
        value={value === undefined ? "" : JSON.stringify(value)}
        onChange={({ currentTarget }) => {
          try {
            set(currentTarget.value.trim() === "" ? undefined : JSON.parse(currentTarget.value));
            setBroken(false);
          } catch {
            setBroken(true);
          }
        }}
      />
    );
  const number = widget.kind === "number";
  return (
    <input
      {...common}
      type={number ? "number" : "text"}
      list={known.value[name] || name.endsWith("_id") ? `known:${known.value[name] ? name : "ids"}` : undefined}
      value={value === undefined ? "" : String(value)}
      onChange={({ currentTarget: { value } }) => set(value === "" ? undefined : number ? Number(value) : value)}
    />
  );
}
