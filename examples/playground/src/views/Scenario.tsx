// The scenario, in forms or as text.
import Editor from "../editor/Editor";
import { view } from "../state";
import { Problems } from "./Problems";
import { Steps } from "./Steps";

const VIEWS = { steps: "Steps", text: "JSON" } as const;

export function ScenarioView() {
  return (
    <section class="scenario" aria-label="Scenario">
      {/* biome-ignore lint/a11y/useSemanticElements: two buttons are no field of a form */}
      <div class="views" role="group" aria-label="The scenario as">
        {(["steps", "text"] as const).map((name) => (
          <button key={name} type="button" aria-pressed={view.value === name} onClick={() => (view.value = name)}>
            {VIEWS[name]}
          </button>
        ))}
      </div>
      <div class="pane" hidden={view.value !== "steps"}>
        <Steps />
      </div>
      <div class="pane" hidden={view.value !== "text"}>
        <Editor />
      </div>
      <Problems />
    </section>
  );
}
