// What the worker, which holds the core, and the page tell each other.
import type { Access, Effect, Event, Explanation, Machine, ToolCall } from "tenantry";

/** Something that is wrong with the document, at a JSON pointer into it. */
export interface Fault {
  pointer: string;
  message: string;
  severity: "error" | "warning";
}

/** A step of the scenario as it went. */
export interface Step {
  now: number;
  title: string;
  /** Who asked; nobody for an advance. */
  as: string | null;
  /** In a word: a code, or what came of it. */
  result: string;
  refused: boolean;
  pass: boolean;
  /** The members of its response that are ids, such as `link_session_id`. */
  ids: string[];
  events: Event[];
  effects: Effect[];
}

/** A place on the time line: a step has happened, or something falls due. */
export interface Stop {
  now: number;
  /** How many steps have happened by then. */
  step: number;
  kind: "start" | "step" | "due";
  title: string;
}

/** An organization's environment: what a matrix shows. */
export interface Place {
  organization_id: string;
  environment: "production" | "test";
  users: { id: string; label: string }[];
  columns: Column[];
}

/** A pack's connector, with all tools that it ever has. */
export interface Column {
  pack: string;
  connector: string;
  tools: string[];
}

export interface Run {
  title: string;
  steps: Step[];
  stops: Stop[];
  places: Place[];
  /** Saved values by what they stand for: id to name, with the step that saved it. */
  saved: Record<string, { name: string; step: number }>;
}

export type RunAnswer = { run: Run | null; faults: Fault[] };

/** An instant of a run: after so many steps, at that time. */
export interface Instant {
  step: number;
  now: number;
}

export interface Where extends Instant {
  place: number;
}

/** Something that has a lifecycle, and where it stands. */
export interface Thing {
  label: string;
  state: string;
}

export type Standing = Record<Machine, Thing[]>;

/** What adding a remedy's commands would do. */
export interface Consequence {
  lose: Access[];
  gain: Access[];
  /** What the call would be answered then. */
  code: string;
}

/** What the worker can be asked. */
export interface Core {
  run(text: string): RunAnswer;
  /** A byte for each user and tool, users first: 0 for allow, else the code's number. */
  codes(where: Where): Uint8Array;
  explain(where: Where, call: ToolCall): Explanation;
  consequence(where: Where, commands: object[], call: ToolCall): Consequence;
  standing(where: Where, user: string | null, connector: string | null): Standing;
  constants(): Constants;
}

export interface Constants {
  version: string;
  /** Codes by their number. */
  codes: Record<number, { code: string; meaning: string }>;
  /** Mermaid texts of the lifecycles. */
  diagrams: Record<Machine, string>;
}
