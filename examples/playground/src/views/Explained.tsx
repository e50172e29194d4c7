// Why the chosen call is answered as it is: every check, and what it compared.
import type { Explanation } from "tenantry";
import { choice, constants, explanation, names, shown } from "../state";
import { named, wordFor, words } from "../words";
import { Remedies } from "./Remedies";

export function Explained() {
  const chosen = choice.value;
  const explained = explanation.value;
  return (
    <section class="explained" aria-label="Why">
      <h2>Why</h2>
      {!chosen || !explained ? (
        <p class="hint">Click a cell: green or red, here is why, and what would change it.</p>
      ) : (
        <>
          <Tool />
          <Verdict explained={explained} />
          <Remedies explained={explained} />
          <h3>All checks</h3>
          <Checks explained={explained} />
        </>
      )}
    </section>
  );
}

/** Which of the cell's tools is asked about. */
function Tool() {
  const chosen = choice.value!;
  const user = shown.value!.users.find(({ id }) => id === chosen.user)!;
  return (
    <p class="asked">
      May an agent, for <b>{user.label}</b> and with the tool pack <b>{chosen.column.pack}</b>, call{" "}
      {chosen.column.tools.length === 1 ? (
        <code>{chosen.tool}</code>
      ) : (
        <select
          aria-label="Tool"
          value={chosen.tool}
          onChange={({ currentTarget }) => (choice.value = { ...chosen, tool: currentTarget.value })}
        >
          {chosen.column.tools.map((tool) => (
            <option key={tool}>{tool}</option>
          ))}
        </select>
      )}
      ?
    </p>
  );
}

function Verdict({ explained: { decision } }: { explained: Explanation }) {
  const code = decision.effect === "allow" ? "allow" : decision.code;
  return (
    <p class={`verdict ${wordFor(code).tone}`} data-code={code}>
      <b>{words(code)}</b> {decision.effect === "allow" ? `with the ${decision.scope} credential` : decision.message}
    </p>
  );
}

const RESULTS = { passed: "✓", failed: "✗", not_reached: "–" };

function Checks({ explained }: { explained: Explanation }) {
  return (
    <table class="checks">
      <caption class="unseen">Checks, in their order, by the core {constants.value?.version}</caption>
      <tbody>
        {explained.checks.map(({ check, result, compared }) => (
          <tr key={check} class={result}>
            <td>
              <span aria-hidden="true">{RESULTS[result]}</span>
              <span class="unseen">{words(result)}</span>
            </td>
            <th scope="row">{words(check)}</th>
            <td>{compared === null ? "" : named(compared, names.value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
