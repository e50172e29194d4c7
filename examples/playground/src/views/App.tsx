// The page's parts.
import { useEffect } from "preact/hooks";
import { open, run, said } from "../state";
import { Bar } from "./Bar";
import { Explained } from "./Explained";
import { Happened } from "./Happened";
import { Lifecycles } from "./Lifecycles";
import { Matrix } from "./Matrix";
import { ScenarioView } from "./Scenario";
import { TimeLine } from "./TimeLine";

export function App() {
  useEffect(() => {
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => void dropped(event));
  }, []);
  return (
    <div class="app">
      <Bar />
      <ScenarioView />
      <main>
        <TimeLine />
        <div class="columns" hidden={run.value === null}>
          <div>
            <Matrix />
            <Happened />
          </div>
          <div>
            <Explained />
            <Lifecycles />
          </div>
        </div>
      </main>
      <p class="unseen" role="status">
        {said}
      </p>
    </div>
  );
}

async function dropped(event: DragEvent): Promise<void> {
  const file = event.dataTransfer?.files[0];
  if (!file) return;
  event.preventDefault();
  open(await file.text());
  said.value = `Opened ${file.name}.`;
}
