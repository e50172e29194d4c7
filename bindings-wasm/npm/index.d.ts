/// <reference lib="esnext.disposable" />

import type {
  ActingContext,
  Actor,
  Answers,
  BatchItem,
  Code,
  Command,
  Commands,
  Context,
  Decision,
  Effect,
  ErrorBody,
  ErrorInfo,
  Event,
  Explanation,
  FinishToolCall,
  Kind,
  LifecycleTable,
  LoadedRow,
  Machine,
  Mistake,
  Options,
  Outcome,
  Outcomes,
  Permission,
  Policy,
  Preview,
  Previews,
  Problem,
  Queries,
  Query,
  Rejection,
  RemedyStep,
  RemedyValues,
  RequestName,
  Requests,
  RowKey,
  Scenario,
  SetCompanyStep,
  StartedToolCall,
  Time,
  Timestamp,
  ToolCall,
  ToolCallStart,
  Transcript,
  UpdateRegisteredUser,
  Violation,
} from "./types.js";

export type * from "./types.js";

/** A command by its name: for what wraps `execute` and keeps the type of its outcome, `Outcomes[N]`. */
export type CommandOf<N extends keyof Commands> = { command: N } & Commands[N];
/** A query by its name; its answer is `Answers[N]`. */
export type QueryOf<N extends keyof Queries> = { query: N } & Queries[N];

/** A JSON document in place of an object: its text, or the bytes of its text. */
export type Json = string | ArrayBufferLike | ArrayBufferView;

/**
 * The rules of registered users on a platform where software agents call third-party tools.
 *
 * Requests are plain objects or their JSON text; answers are plain objects. Wherever a request holds an
 * instant, a `Date` or whole milliseconds since 1970 may stand for RFC 3339 text. In a context, `now` and
 * `entropy` come from the host when left out. A refused request throws a `TenantryError`, a mistake of the calling
 * program itself a `UsageError`.
 */
export class Tenantry {
  /** An empty world. */
  constructor(options?: Options | Json | null);
  /** A small world to try things on: `org_demo`, with connectors, tool packs, a group, and a user of a company in `test`. */
  static example(options?: Options | Json | null): Tenantry;
  /** The world that a snapshot holds; its text, the bytes of its text, or an object. */
  static restore(snapshot: Json | object, options?: Options | Json | null): Tenantry;
  /**
   * The world that a journal gives: the events of outcomes, or of the query `journal`, in their order, also after
   * redactions and purges. With `onto`, a snapshot, the world that it and the events since then give (E-5).
   */
  static fold(events: readonly Event[] | Json, options?: (Options & { onto?: string | object | null }) | Json | null): Tenantry;
  /** Decides a command and, if it is accepted, applies it. */
  execute<N extends keyof Commands>(command: CommandOf<N>, context: Context | Json): Outcomes[N];
  /** The same of JSON text. */
  executeJson(command: Json, context: Context | Json): Outcome;
  /** What `execute` would give, and whom it would touch; changes nothing. */
  preview<N extends keyof Commands>(command: CommandOf<N>, context: Context | Json): Previews[N];
  /** The same of JSON text. */
  previewJson(command: Json, context: Context | Json): Preview;
  /** Answers a query. */
  query<N extends keyof Queries>(query: QueryOf<N>, context: Context | Json): Answers[N];
  /** The same of JSON text. */
  queryJson(query: Json, context: Context | Json): Answers[keyof Queries];
  /** Decides a tool call and changes nothing. Ask the decision's `allowed`: any object is truthy, even a denial. */
  authorize(call: ToolCall | Json, context: Context | Json): Decision;
  /** Decides each call as `authorize` would; a malformed one is answered by `{ rejection }` in its place. */
  authorizeBatch(calls: readonly ToolCall[] | Json, context: Context | Json): BatchItem[];
  /** The decision, every check behind it, and what would lead to allow. Management keys may ask too: it lets no tool run. */
  explain(call: ToolCall | Json, context: Context | Json): Explanation;
  /**
   * With `rows: true`: the keys of what is still to be loaded before a command, query, call, the explanation of a call or
   * what `may` asks can be decided. Load them and ask again until there are none. Ids are minted from `entropy`: give the same one here
   * and to `execute`.
   */
  requirements(
    asked: Command | Query | ToolCall | { explain: ToolCall } | { may: RequestName } | Json,
    context: Context | Json,
  ): RowKey[];
  /** Whether the actor could ever send this command, query or call, with some fields; nothing is run. `permissions()` is the table. */
  may(requestName: RequestName, context: Context | Json): boolean;
  /** With `rows: true`: takes rows that the host keeps. */
  load(rows: readonly LoadedRow[] | Json): void;
  /** Gives up the request that rows were loaded for: they serve no later one. Every answer does so by itself. */
  abandon(): void;
  /** The state as canonical JSON, without policy and journal. */
  snapshot(): string;
  /** The earliest instant at which `advance_time` would have something to do. */
  nextDue(): Timestamp | null;
  /** `<Tenantry: 2 organizations, 20,000 users>`, as `console.log` shows it, too. */
  toString(): string;
  /** Throws: an instance is not JSON, and `JSON.stringify` must not make an empty object of it. */
  toJSON(): never;
  /**
   * Calls back with the events and effects of each accepted command, after it and in the order of the commands; answers
   * what ends that. A callback may execute commands. What it throws undoes nothing: it is thrown once all is done, where
   * nobody catches it, as an event listener's is.
   */
  subscribe(callback: (events: Event[], effects: Effect[]) => void): () => void;
  /** Binds an actor once, for requests without one and for many fast decisions, on this same living world. */
  actingAs(actor: Actor | Json): Acting;
  /** Gives the memory back at once; otherwise that happens when the object is collected. */
  free(): void;
  /** The same as `free`, for `using`. */
  [Symbol.dispose](): void;
}

/** An actor bound to a living world. Contexts, where given, name no actor. */
export interface Acting extends Requests {
  /** Decides a command and, if it is accepted, applies it. */
  execute<N extends keyof Commands>(command: CommandOf<N>, context?: ActingContext | Json): Outcomes[N];
  /** The same of JSON text. */
  executeJson(command: Json, context?: ActingContext | Json): Outcome;
  /** What `execute` would give, and whom it would touch; changes nothing. */
  preview<N extends keyof Commands>(command: CommandOf<N>, context?: ActingContext | Json): Previews[N];
  /** The same of JSON text. */
  previewJson(command: Json, context?: ActingContext | Json): Preview;
  /** Answers a query. */
  query<N extends keyof Queries>(query: QueryOf<N>, context?: ActingContext | Json): Answers[N];
  /** The same of JSON text. */
  queryJson(query: Json, context?: ActingContext | Json): Answers[keyof Queries];
  /** Decides a tool call and changes nothing. Ask the decision's `allowed`: any object is truthy, even a denial. */
  authorize(call: ToolCall | Json, context?: ActingContext | Json): Decision;
  /** Decides each call as `authorize` would; a malformed one is answered by `{ rejection }` in its place. */
  authorizeBatch(calls: readonly ToolCall[] | Json, context?: ActingContext | Json): BatchItem[];
  /** The decision, every check behind it, and what would lead to allow. Management keys may ask too: it lets no tool run. */
  explain(call: ToolCall | Json, context?: ActingContext | Json): Explanation;
  /**
   * With `rows: true`: the keys of what is still to be loaded before a command, query, call, the explanation of a call or
   * what `may` asks can be decided. Load them and ask again until there are none. Ids are minted from `entropy`: give the same one here
   * and to `execute`.
   */
  requirements(
    asked: Command | Query | ToolCall | { explain: ToolCall } | { may: RequestName } | Json,
    context?: ActingContext | Json,
  ): RowKey[];
  /** Whether the actor could ever send this command, query or call, with some fields; nothing is run. `permissions()` is the table. */
  may(requestName: RequestName, context?: ActingContext | Json): boolean;
  /** With `rows: true`: takes rows that the host keeps. */
  load(rows: readonly LoadedRow[] | Json): void;
  /** Gives up the request that rows were loaded for: they serve no later one. Every answer does so by itself. */
  abandon(): void;
  /** The state as canonical JSON, without policy and journal. */
  snapshot(): string;
  /** The earliest instant at which `advance_time` would have something to do. */
  nextDue(): Timestamp | null;
  /** `<Acting system org_demo/test>`, as `console.log` shows it, too. */
  toString(): string;
  /** Throws: a handle is not JSON. */
  toJSON(): never;
  /** Whether the call may start. False for a malformed call, too; anything but strings throws a `UsageError`. */
  allows(registeredUserId: string, toolPackId: string, tool: string, now?: Time): boolean;
  /** `"allow"`, or the code that `authorize` answers; for a malformed call its rejection's. */
  code(registeredUserId: string, toolPackId: string, tool: string, now?: Time): "allow" | Code;
  /** One byte for each call: 0 for allow, else the code's `number`. */
  codes(registeredUserIds: readonly string[], toolPackIds: readonly string[], tools: readonly string[], now?: Time): Uint8Array;
  /**
   * Frees the actor's memory at once; otherwise that happens when the handle is collected, which is never during a
   * synchronous loop. The instance itself lives on.
   */
  free(): void;
  /** The same as `free`, for `using`. */
  [Symbol.dispose](): void;
}

/**
 * Starts a tool call, runs it, and finishes it: `completed`, or `failed` where `run` rejects. Where it is denied, `run` is never
 * called, and a `TenantryError` with the denial's code is thrown. Answers what `run` answers, also where the call has lapsed
 * meanwhile. `run` gets the decision: whose credential to use, and the connector.
 */
export function withToolCall<T>(
  acting: StartsToolCalls,
  call: ToolCall,
  run: (started: StartedToolCall) => T | Promise<T>,
): Promise<T>;
/** What starts and finishes tool calls: a bound actor of an instance, or of a store with or without `await`. */
export interface StartsToolCalls {
  startToolCall(call: ToolCall): ToolCallStart | Promise<ToolCallStart>;
  finishToolCall(fields: Omit<FinishToolCall, "command">): unknown;
}
/** RFC 9457 problem details of a denial and of a `TenantryError` alike; `undefined` for all else, which is no client's business. */
export function problem(given: unknown, options?: Pick<TenantryErrorOptions, "documentationBaseUrl">): Problem | undefined;
/** A tool's full name, `connector__tool`. */
export function fullName(connector: string, tool: string): string;
/** The two halves of a full name, parted at the first `__`; null where there is none. */
export function splitFullName(name: string): { connector: string; tool: string } | null;
/** The violations of a command's form, the first 50 at most, with the given policy or the default one; empty where it is well formed. */
export function validate(command: object | Json, policy?: Policy | Json | null): Violation[];
/** Runs a scenario in a world of its own; never stops at a failure. */
export function simulate(scenario: Scenario | Json): Transcript;
/** A transcript as a text to read. */
export function story(transcript: Transcript | Json): string;
/** An event without what a deleted user must not leave in its own stream: profile, `external_account_id`, `reason`. */
export function redact(event: Event | Json): Event;
/** A new secret for `issue_registration_token`: `ort_` and 43 letters from the host's randomness. */
export function registrationSecret(): string;
/** What of the child key leaves its parent; empty where it is within. */
export function subsetOf(parent: Actor | Json, child: Actor | Json): Violation[];
/**
 * The command of a remedy's step, ready to be executed, with the values that only the caller knows. A step without
 * its command, which this actor may not run, and a value that is missing are a `UsageError`.
 */
export function fill(step: SetCompanyStep, values: { origin_company_id: string }): UpdateRegisteredUser;
export function fill<S extends Exclude<RemedyStep, SetCompanyStep>>(step: S, values?: RemedyValues): NonNullable<S["command"]>;
export function fill(step: RemedyStep, values: RemedyValues): Command;
/** A lifecycle as data: its states and triggers, what each trigger does, and what is refused. */
export function lifecycle(machine: Machine): LifecycleTable;
/** A lifecycle as a Mermaid diagram. */
export function lifecycleDiagram(machine: Machine): string;
/** The table by which every request is let through or is `forbidden`: whom each is for. */
export function permissions(): Permission[];
/** The table of errors. */
export function errorCatalog(): ErrorInfo[];
/** Canonical JSON: keys sorted by code point, no insignificant space, numbers as ECMAScript prints them. */
export function canonicalJson(value: unknown): string;
/** The version of the core inside. */
export function version(): string;

/**
 * What a refused request throws. Nothing has changed. `message` names the code, the place and every fault; the
 * rejection's own message is in `toJSON()` and in each violation.
 */
export class TenantryError extends Error {
  /** From a rejection's wire form, for one that has come from another worker or process. */
  constructor(rejection: Rejection, options?: TenantryErrorOptions);
  readonly name: "TenantryError";
  /** The stable code: the first violation's, where there are violations. */
  readonly code: Code;
  /** The HTTP status. */
  readonly status: number;
  readonly kind: Kind;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** Where in the request; none where no single place is to blame. */
  readonly pointer: string | null;
  /** How the platform's developers can correct it. */
  readonly whatToDo: string;
  /** A sentence to show to an end user, in English; null for codes on which an end user cannot act. */
  readonly userMessage: string | null;
  /** What is wrong with the form of the request: the first 50 at most. */
  readonly violations: readonly Violation[];
  /** How many violations there are in all. */
  readonly violationCount: number;
  /** For the host's own logs only: not enumerable, and in no JSON. */
  readonly internal: string | null;
  /** The rejection's wire form. */
  toJSON(): Rejection;
  /** `{ error: { type, code, message, user_message?, documentation_url } }`, for the body of an HTTP response. */
  toErrorBody(): ErrorBody;
  /** RFC 9457 problem details, for a body of media type `application/problem+json`. */
  toProblem(): Problem;
}

/**
 * A mistake of the program that calls: something wrong in the context that it passes, a row that it has not loaded, a method
 * that this instance does not have, a value that JSON cannot hold (`undefined` in an array, a `Map`, an instance of a class
 * with accessors). Nothing has changed. It is not a `TenantryError`, so that no handler passes it on to a client: let
 * it become a 500. `message` names code, place and every fault.
 */
export class UsageError extends Error {
  private constructor();
  readonly name: "UsageError";
  readonly code: Code;
  /** The place of the fault, if it has one, as a JSON pointer into what was handed in. */
  readonly pointer: string | null;
  /** The faults of request and context: the first 50 at most. */
  readonly violations: readonly Violation[];
  /** How many there are in all. */
  readonly violationCount: number;
  /** For the developers' own logs. */
  toJSON(): Mistake;
}

export interface TenantryErrorOptions {
  cause?: unknown;
  /** Where both public renderings point, less the code: the policy's `documentation_base_url`. */
  documentationBaseUrl?: string | null;
}

/**
 * What a call throws that broke off inside WebAssembly, for want of memory or of stack, and each later call on an
 * instance that was made before: all of them shared that memory and are lost. New ones work: restore them from snapshots.
 */
export class InstanceLostError extends Error {
  constructor(options?: { cause?: unknown });
  readonly name: "InstanceLostError";
}

/** Whether it is a `TenantryError`, also of another copy of this package. */
export function isTenantryError(error: unknown): error is TenantryError;
