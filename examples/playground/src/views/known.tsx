// What a field may name, since the scenario has it.
import { computed } from "@preact/signals";
import { run } from "../state";

export const known = computed<Record<string, string[]>>(() => {
  const columns = run.value?.places.flatMap((place) => place.columns) ?? [];
  const unique = (all: string[]) => [...new Set(all)];
  return {
    connector: unique(columns.map(({ connector }) => connector)),
    tool_pack_id: unique(columns.map(({ pack }) => pack)),
    tool: unique(columns.flatMap(({ tools }) => tools)),
    ids: Object.values(run.value?.saved ?? {}).map(({ name }) => `$${name}`),
  };
});

export function Known() {
  return (
    <>
      {Object.entries(known.value).map(([name, all]) => (
        <datalist key={name} id={`known:${name}`}>
          {all.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      ))}
    </>
  );
}
