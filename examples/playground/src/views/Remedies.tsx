// What would turn a denial: each way tells whom it touches before it is taken.
import { useEffect, useState } from "preact/hooks";
import type { Explanation, Remedy } from "tenantry";
import { core } from "../core/client";
import type { Consequence } from "../core/shapes";
import { insertCommands } from "../document/insert";
import { call, faults, insert, run, said, settled, shown, text, where } from "../state";
import { words } from "../words";

const FOR = { user: "for this user", company: "for the whole company", organization: "for the whole organization" };

export function Remedies({ explained }: { explained: Explanation }) {
  if (explained.decision.effect === "allow") return null;
  if (explained.remedies.length === 0)
    return <p class="hint">Nothing here would change that: what is not there cannot be repaired.</p>;
  return (
    <>
      <h3>What would change that</h3>
      <ol class="remedies">
        {explained.remedies.map((remedy) => (
          <Way key={JSON.stringify(remedy)} remedy={remedy} />
        ))}
      </ol>
    </>
  );
}

function Way({ remedy }: { remedy: Remedy }) {
  const [values, setValues] = useState<Record<string, string>>({});
  const [found, setFound] = useState<Consequence | string | null>(null);
  const parameters = remedy.steps.flatMap((step) => step.parameters);
  const ready = remedy.complete && parameters.every((name) => values[name]) && remedy.steps.every((step) => step.command);
  const commands = remedy.steps.map((step) => filled(step.command ?? {}, values) as object);
  useEffect(() => {
    if (!ready) return;
    let current = true;
    core.consequence(where.peek(), commands, call.peek()!).then(
      (answer) => current && setFound(answer),
      (fault: Error) => current && setFound(fault.message),
    );
    return () => void (current = false);
  }, [ready, JSON.stringify(commands)]);
  const apply = () => {
    insert(insertCommands(text.value, run.value!, shown.value!, where.value, commands));
    said.value = "The steps are in the scenario.";
  };
  return (
    <li>
      <p>{remedy.steps.map((step) => `${words(step.kind)}, ${FOR[step.affects]}`).join(", then ")}</p>
      {parameters.map((name) => (
        <label key={name}>
          {words(name)}{" "}
          <input
            value={values[name] ?? ""}
            onInput={({ currentTarget }) => setValues({ ...values, [name]: currentTarget.value })}
          />
        </label>
      ))}
      {!remedy.complete && <p class="hint">The customer has to decide how; no command does it alone.</p>}
      {ready && <Preview found={found} />}
      {ready && (
        <button
          type="button"
          class="apply"
          disabled={!settled.value || faults.value.some((one) => !one.pointer.startsWith("/steps/"))}
          onClick={apply}
        >
          Add to the scenario
        </button>
      )}
    </li>
  );
}

function Preview({ found }: { found: Consequence | string | null }) {
  if (found === null) return <p class="preview">…</p>;
  if (typeof found === "string") return <p class="preview">{found}</p>;
  const label = (id: string) => shown.value!.users.find((user) => user.id === id)?.label ?? id;
  const list = (all: Consequence["gain"]) =>
    all.map((one) => `${label(one.registered_user_id)} ${one.tool_pack_id}/${one.connector}`).join(", ");
  return (
    <p class="preview">
      {found.gain.length > 0 && <span class="gain">gains: {list(found.gain)}. </span>}
      {found.lose.length > 0 && <span class="lose">loses: {list(found.lose)}. </span>}
      {found.gain.length + found.lose.length === 0 && <span>Nobody gains or loses yet. </span>}
      This call: {words(found.code)}.
    </p>
  );
}

/** The command with what only the caller knows in its places. */
function filled(value: unknown, values: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(item, values));
  if (typeof value !== "object" || value === null) return value;
  if ("$parameter" in value) return values[value.$parameter as string] ?? "";
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, values)]));
}
