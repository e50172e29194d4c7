import type {
  ActingContext,
  Actor,
  Answers,
  BatchItem,
  Code,
  CommandOf,
  Commands,
  Decision,
  Effect,
  Event,
  Explanation,
  Json,
  Options,
  Outcome,
  Outcomes,
  Queries,
  QueryOf,
  RequestName,
  Requests,
  Time,
  ToolCall,
} from "../index.js";

/** What a store may be given: the policy, and the format in which it writes rows (S-3). */
export type StoreOptions = Pick<Options, "policy" | "row_format">;

/** The database is not one that this version serves. */
export class StoreError extends Error {
  private constructor();
  readonly name: "StoreError";
}

/** An event, and where it stands among all. */
export interface StoredEvent {
  position: number;
  event: Event;
}

/** An effect to be carried out elsewhere, and the number to call `effectDone` with. */
export interface TakenEffect {
  number: number;
  effect: Effect;
}

/** The state of all organizations in a database. */
export interface Store {
  /** Makes the tables where there are none; refuses those of another version. Call it before the first use, from as many processes as you like. */
  migrate(): void;
  /** A handle on the store that has its actor already. */
  actingAs(actor: Actor | Json): StoreActing;
  /**
   * Writes down what time has brought, `limit` things a transaction (100); answers how many things it were. Call it now and
   * then: deadlines apply at their instant, this has data erased.
   */
  sweep(options?: { now?: Time | null; limit?: number }): number;
  /** The earliest instant at which a sweep would do something, in milliseconds since 1970. */
  nextDue(): number | null;
  /** The events after a position (0), 1,000 at most, in the order of their positions. None that comes later gets a position before them. */
  events(options?: { after?: number; limit?: number }): StoredEvent[];
  /**
   * Effects to be carried out elsewhere, 10 at most, which nobody else takes for so many `seconds` (60). Those that are not
   * done by then are taken again.
   */
  takeEffects(options?: { limit?: number; seconds?: number }): TakenEffect[];
  /** Says that an effect has been carried out. */
  effectDone(number: number): void;
  /** The snapshot of all rows, the same bytes as of a state in memory: `Tenantry.restore` takes it. */
  snapshot(): string;
  /** Closes all connections. */
  close(): void;
}

/** An actor bound to a store. Contexts, where given, name no actor. */
export interface StoreActing extends Requests {
  /** Decides a command and, where it is accepted, keeps what it changes, its events and its effects, in one transaction. */
  execute<N extends keyof Commands>(command: CommandOf<N>, context?: ActingContext | Json): Outcomes[N];
  /** The same of JSON text. */
  executeJson(command: Json, context?: ActingContext | Json): Outcome;
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
  /** Whether the actor could ever send this command, query or call, with some fields; nothing is run. */
  may(requestName: RequestName, context?: ActingContext | Json): boolean;
  /** Whether the call may start. False for a malformed call, too; anything but strings throws a `UsageError`. */
  allows(registeredUserId: string, toolPackId: string, tool: string, now?: Time): boolean;
  /** `"allow"`, or the code that `authorize` answers; for a malformed call its rejection's. */
  code(registeredUserId: string, toolPackId: string, tool: string, now?: Time): "allow" | Code;
  /** One byte for each call: 0 for allow, else the code's `number`. */
  codes(registeredUserIds: readonly string[], toolPackIds: readonly string[], tools: readonly string[], now?: Time): Uint8Array;
  /** `<Acting system org_demo/test>`, as `console.log` shows it, too. */
  toString(): string;
  /** Throws: a handle is not JSON. */
  toJSON(): never;
}

/** The same for `await`. */
export interface AsyncStore extends Later<Omit<Store, "actingAs">> {
  /** A handle on the store that has its actor already. */
  actingAs(actor: Actor | Json): AsyncStoreActing;
}

/** An actor bound to a store, for `await`. */
export interface AsyncStoreActing
  extends Later<Omit<StoreActing, "execute" | "query" | "toString" | "toJSON">>,
    Pick<StoreActing, "toString" | "toJSON"> {
  /** Decides a command and, where it is accepted, keeps what it changes, its events and its effects, in one transaction. */
  execute<N extends keyof Commands>(command: CommandOf<N>, context?: ActingContext | Json): Promise<Outcomes[N]>;
  /** Answers a query. */
  query<N extends keyof Queries>(query: QueryOf<N>, context?: ActingContext | Json): Promise<Answers[N]>;
}

/** The same methods, whose answers are awaited. */
export type Later<Methods> = {
  [Name in keyof Methods]: Methods[Name] extends (...given: infer Given) => infer Answer
    ? (...given: Given) => Answer extends IterableIterator<infer Item> ? AsyncIterableIterator<Item> : Promise<Answer>
    : never;
};
