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
  /** Decides a command and, where it is accepted, makes it so: `{ response, events, effects }`. */
  execute(command: Input, context?: Input): Plain;
  /** Answers a query. */
  query(query: Input, context?: Input): Plain;
  /** Gives the memory back at once; otherwise that happens when the object is collected. */
  free(): void;
  /** The same as `free`, for `using`. */
  [Symbol.dispose](): void;
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
