/// <reference lib="esnext.disposable" />

/**
 * The rules of registered users on a platform where software agents call third-party tools.
 *
 * Requests are plain objects or their JSON text; answers are plain objects. Wherever a request holds an
 * instant, a `Date` or whole milliseconds since 1970 may stand for RFC 3339 text. In a context, `now` and
 * `entropy` come from the host when left out. What is refused is thrown as a `TenantryError`.
 */
export class Tenantry {
  /**
   * An empty world.
   *
   * @param options `{ policy?, journal?: "none" | "memory" }`
   */
  constructor(options?: Input);
  /** A small world to try things on: `org_demo`, with connectors, tool packs and groups. */
  static example(): Tenantry;
  /** Decides a command and, where it is accepted, makes it so: `{ response, events, effects }`. */
  execute(command: Input, context: Input): Plain;
  /** Answers a query. */
  query(query: Input, context: Input): Plain;
  /** Decides a tool call and changes nothing. */
  authorize(call: Input, context: Input): Plain;
  /** Decides each call as `authorize` would; in the place of a malformed one stands `{ rejection }`. */
  authorizeBatch(calls: Input, context: Input): Plain[];
  /** The earliest instant at which `advance_time` would do something, as RFC 3339. */
  nextDue(): string | null;
  /** Binds an actor once, for requests without one and for many fast decisions, on this same living world. */
  actingAs(actor: Input): Acting;
  /** Gives the memory back at once; otherwise that happens when the object is collected. */
  free(): void;
  /** The same as `free`, for `using`. */
  [Symbol.dispose](): void;
}

/** An actor bound to a living world. Contexts, where given, name no actor. */
export interface Acting {
  execute(command: Input, context?: Input): Plain;
  query(query: Input, context?: Input): Plain;
  authorize(call: Input, context?: Input): Plain;
  authorizeBatch(calls: Input, context?: Input): Plain[];
  /** Whether the call may start. False for a malformed call, too. */
  allows(registeredUserId: string, toolPackId: string, tool: string, now?: Time): boolean;
  /** `"allow"`, or the code that `authorize` answers; for a malformed call its rejection's. */
  code(registeredUserId: string, toolPackId: string, tool: string, now?: Time): string;
  /** One byte for each call: 0 for allow, else the code's `number`. */
  codes(registeredUserIds: readonly string[], toolPackIds: readonly string[], tools: readonly string[], now?: Time): Uint8Array;
}

/** The violations of a command's form, with the given policy or the default one; empty where it is well formed. */
export function validate(command: Input, policy?: Input): Violation[];
/** The table of errors. */
export function errorCatalog(): ErrorInfo[];
/** Canonical JSON: keys sorted by code point, no insignificant space, numbers as ECMAScript prints them. */
export function canonicalJson(value: Input): string;
/** The version of the core inside. */
export function version(): string;

/** An object, or its JSON text. */
export type Input = string | object | null;
/** An instant: milliseconds since 1970, a date, or RFC 3339 text. Now, when left out. */
export type Time = number | Date | string;
/** What JSON can say, as plain objects. */
export type Plain = any;

/** One thing that is wrong with a request. */
export interface Violation {
  code: string;
  /** Where, as a JSON pointer into the command, or `/context/…`. */
  pointer: string;
  message: string;
}

/** A row of the table of errors. */
export interface ErrorInfo {
  code: string;
  /** What `codes` answers for it. */
  number: number;
  status: number;
  kind: Kind;
  retryable: boolean;
  meaning: string;
  what_to_do: string;
}

/** Whose fault it is, in the five kinds that HTTP knows. */
export type Kind = "validation" | "authentication" | "permission" | "not_found" | "conflict";

/** A rejection as the wire has it. */
export interface Rejection {
  code: string;
  status: number;
  kind: Kind;
  message: string;
  what_to_do: string;
  retryable: boolean;
  pointer?: string;
  violations?: Violation[];
}

/** What a refused request throws. Nothing has changed. */
export class TenantryError extends Error {
  constructor(rejection: Rejection, options?: ErrorOptions);
  readonly name: "TenantryError";
  /** The stable code: the first violation's, where there are violations. */
  readonly code: string;
  /** The HTTP status. */
  readonly status: number;
  readonly kind: Kind;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** Where in the request, where a place is to blame. */
  readonly pointer: string | null;
  /** The way out. */
  readonly whatToDo: string;
  /** All that is wrong with the form of the request. */
  readonly violations: readonly Violation[];
  /** For the host's own eyes only: not enumerable, in no JSON. */
  readonly internal: string | null;
  /** The rejection's wire form. */
  toJSON(): Rejection;
}

/** Whether it is a `TenantryError`, also of another copy of this package. */
export function isTenantryError(error: unknown): error is TenantryError;
