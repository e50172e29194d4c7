// A lifecycle as a picture: states one below the other, arrows down on the right and back on the left. Arrows that bend
// say their triggers in the list below only.
import { words } from "../words";
import type { Arrow, Machine } from "./machine";

const WIDTH = 420;
const BOX = { width: 130, height: 28, left: 110 };
const GAP = 58;

export function Diagram({ machine, states }: { machine: Machine; states: Set<string> }) {
  const height = machine.states.length * GAP + 6;
  const description = machine.arrows.map(({ from, to, triggers }) => `${from} to ${to} by ${triggers.join(", ")}`).join("; ");
  return (
    <svg
      class="diagram"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={words(`${description}. Now: ${[...states].join(", ") || "none"}`)}
    >
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 8 4 0 8z" />
        </marker>
      </defs>
      {machine.arrows
        .filter(({ from, to }) => from !== to)
        .map((arrow) => (
          <Line key={arrow.from + arrow.to} machine={machine} arrow={arrow} />
        ))}
      {machine.states.map((state, index) => (
        <g key={state} class={states.has(state) ? "state present" : "state"}>
          <rect x={BOX.left} y={top(index)} width={BOX.width} height={BOX.height} rx="6" />
          <text x={BOX.left + BOX.width / 2} y={top(index) + 19} text-anchor="middle">
            {words(state)}
          </text>
        </g>
      ))}
    </svg>
  );
}

const top = (index: number) => index * GAP + 4;

function Line({ machine: { states }, arrow: { from, to, triggers } }: { machine: Machine; arrow: Arrow }) {
  const [start, end] = [states.indexOf(from), states.indexOf(to)];
  const title = <title>{words(`${from} to ${to}: ${triggers.join(", ")}`)}</title>;
  const middle = BOX.height / 2;
  if (end === start + 1) {
    const x = BOX.left + BOX.width / 2;
    const y = (top(start) + BOX.height + top(end)) / 2 + 4;
    return (
      <g class="arrow">
        {title}
        <path d={`M${x} ${top(start) + BOX.height} V${top(end)}`} marker-end="url(#tip)" />
        <text x={x + 6} y={y}>
          {words(triggers.join(", "))}
        </text>
      </g>
    );
  }
  const back = end < start;
  const side = back ? BOX.left : BOX.left + BOX.width;
  const bend = (back ? -1 : 1) * (10 + 22 * Math.abs(end - start));
  const [y1, y2] = [top(start) + middle + 5, top(end) + middle - 5];
  return (
    <g class="arrow">
      {title}
      <path d={`M${side} ${y1} C${side + bend} ${y1} ${side + bend} ${y2} ${side} ${y2}`} marker-end="url(#tip)" />
    </g>
  );
}
