// What is wrong with the document, each fault a way to its place.
import { faults, goTo, run } from "../state";

const MANY = 20;

export function Problems() {
  const all = faults.value;
  if (all.length === 0)
    return <p class="problems fine">{run.value ? `${run.value.steps.length} steps, all as expected` : "…"}</p>;
  return (
    <ul class="problems" aria-label="Problems">
      {all.slice(0, MANY).map(({ pointer, message, severity }) => (
        <li key={pointer + message} class={severity}>
          <button type="button" onClick={() => goTo(pointer)}>
            {pointer === "" ? "document" : pointer}
          </button>{" "}
          {message}
        </li>
      ))}
      {all.length > MANY && <li>and {all.length - MANY} more</li>}
    </ul>
  );
}
