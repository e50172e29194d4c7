// Users × packs × connectors, each cell what a call would be answered at the chosen instant.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Column, Place } from "../core/shapes";
import { choice, codes, constants, place, run, shown } from "../state";
import { wordFor, words } from "../words";

/** A row's height; rows out of sight are not drawn. */
const ROW = 34;
const SPARE = 6;

export function Matrix() {
  const here = shown.value;
  return (
    <section class="matrix" aria-label="Who may call what">
      <Places />
      {here && here.users.length > 0 && here.columns.length > 0 ? (
        <Grid here={here} />
      ) : (
        <p class="hint">
          Nobody for whom an agent could call a tool, or no tool pack. Where people stand is under the lifecycles.
        </p>
      )}
    </section>
  );
}

function Places() {
  const all = run.value?.places ?? [];
  return (
    <h2>
      Who may call what{" "}
      {all.length > 1 && (
        <select
          aria-label="Organization"
          value={place.value}
          onChange={({ currentTarget }) => {
            choice.value = null;
            place.value = Number(currentTarget.value);
          }}
        >
          {all.map((one, index) => (
            <option key={index} value={index}>
              {one.organization_id} {one.environment}
            </option>
          ))}
        </select>
      )}
    </h2>
  );
}

function Grid({ here }: { here: Place }) {
  const frame = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(400);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setHeight(entry!.contentRect.height));
    watch.observe(frame.current!);
    return () => watch.disconnect();
  }, []);
  const packs = [...Map.groupBy(here.columns, ({ pack }) => pack)];
  const first = Math.max(0, Math.floor(top / ROW) - SPARE);
  const last = Math.min(here.users.length, Math.ceil((top + height) / ROW) + SPARE);
  return (
    <div class="grid" ref={frame} onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}>
      <table aria-rowcount={here.users.length + 2} onKeyDown={byKey}>
        <thead>
          <tr>
            <td rowSpan={2} />
            {packs.map(([pack, columns]) => (
              <th key={pack} class="band" scope="colgroup" colSpan={columns.length}>
                <small>tool pack</small> {pack}
              </th>
            ))}
          </tr>
          <tr>
            {here.columns.map(({ pack, connector, tools }) => (
              <th key={`${pack}/${connector}`} scope="col" title={tools.join("\n")}>
                {connector} <small>{toolsOf(connector, tools)}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && (
            <tr aria-hidden="true">
              <td class="gap" style={{ height: first * ROW }} />
            </tr>
          )}
          {here.users.slice(first, last).map(({ id, label }, index) => (
            <tr key={id} aria-rowindex={first + index + 3}>
              <th scope="row" title={id}>
                {label}
              </th>
              {here.columns.map((column, at) => (
                <Cell key={at} here={here} row={first + index} at={at} column={column} />
              ))}
            </tr>
          ))}
          {last < here.users.length && (
            <tr aria-hidden="true">
              <td class="gap" style={{ height: (here.users.length - last) * ROW }} />
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

/** Tools without their connector's name; of many, how many. */
const toolsOf = (connector: string, tools: string[]) =>
  tools.length > 2 ? `${tools.length} tools` : tools.map((tool) => words(tool.slice(connector.length + 2))).join(", ");

interface CellProps {
  here: Place;
  row: number;
  at: number;
  column: Column;
}

function Cell({ here, row, at, column }: CellProps) {
  const user = here.users[row]!;
  const found = answersOf(here, row, at);
  const code = found.includes("allow") ? "allow" : (found[0] ?? "");
  const { short, tone } = wordFor(code);
  const some = code === "allow" && found.some((one) => one !== "allow");
  const chosen = choice.value?.user === user.id && choice.value.column === column;
  const choose = () => (choice.value = { user: user.id, column, tool: column.tools[Math.max(0, found.indexOf(code))]! });
  return (
    <td>
      <button
        type="button"
        class={`cell ${code === "" ? "" : tone}`}
        aria-pressed={chosen}
        onClick={choose}
        title={words(code)}
        aria-label={`${user.label}, ${column.pack}, ${column.connector}: ${some ? "some tools, " : ""}${short}`}
      >
        {code === "" ? "" : some ? "some tools" : short}
      </button>
    </td>
  );
}

/** What each tool of a cell is answered. */
function answersOf({ columns }: Place, row: number, at: number): string[] {
  const before = columns.slice(0, at).reduce((sum, { tools }) => sum + tools.length, 0);
  const width = columns.reduce((sum, { tools }) => sum + tools.length, 0);
  const start = row * width + before;
  const numbers = codes.value?.slice(start, start + columns[at]!.tools.length) ?? [];
  return Array.from(numbers, (number) => (number === 0 ? "allow" : (constants.value?.codes[number]?.code ?? "")));
}

const WAYS: Record<string, [number, number]> = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** Arrows go from cell to cell. */
function byKey(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const way = WAYS[event.key];
  const cell = (event.target as HTMLElement).closest("td");
  if (!way || !cell) return;
  event.preventDefault();
  const rows = [...event.currentTarget.querySelectorAll<HTMLTableRowElement>("tr[aria-rowindex]")];
  const row = rows[rows.indexOf(cell.parentElement as HTMLTableRowElement) + way[0]];
  row?.cells[cell.cellIndex + way[1]]?.querySelector("button")?.focus();
}
