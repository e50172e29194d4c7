// The one place that maps errors. Nothing here decides: the fields and both renderings are the core's.
import { Fault } from "./fault.js";
import { describe, error_body, problem, refuse } from "./tenantry.js";
import { document, nothing, plain, send } from "./values.js";

const BRAND = Symbol.for("tenantry.TenantryError");
const REJECTED = "!";
const MISUSED = "?";

class TenantryError extends Error {
  #message;
  #documentation;

  constructor(rejection, options, text = described(rejection)) {
    const { code, status, kind, message, what_to_do, user_message, retryable, pointer, violations, violation_count } = rejection;
    super(text, options);
    this.#message = message;
    this.code = code;
    this.status = status;
    this.kind = kind;
    this.retryable = retryable;
    this.pointer = pointer ?? null;
    this.whatToDo = what_to_do;
    this.userMessage = user_message ?? null;
    this.violations = violations ?? [];
    this.violationCount = violation_count ?? this.violations.length;
    this.#documentation = options?.documentationBaseUrl ?? null;
    // Not enumerable, so that loggers and JSON leave it out: it is for the host only.
    Object.defineProperty(this, "internal", { value: null, writable: true, configurable: true });
  }

  // The rejection's wire form.
  toJSON() {
    const { code, status, kind, whatToDo, userMessage, retryable, pointer, violations, violationCount } = this;
    const rejection = { code, status, kind, message: this.#message, what_to_do: whatToDo, retryable };
    if (userMessage !== null) rejection.user_message = userMessage;
    if (pointer !== null) rejection.pointer = pointer;
    if (violations.length > 0) rejection.violations = violations;
    if (violationCount > violations.length) rejection.violation_count = violationCount;
    return rejection;
  }

  toErrorBody() {
    return rendered(error_body, this.toJSON(), this.#documentation);
  }

  toProblem() {
    return rendered(problem, this.toJSON(), this.#documentation);
  }
}

Object.defineProperty(TenantryError.prototype, "name", { value: "TenantryError", writable: true, configurable: true });
Object.defineProperty(TenantryError.prototype, BRAND, { value: true });

// A mistake of the program itself. Not a TenantryError, so that no handler passes it on to a client.
class UsageError extends Error {
  #mistake;

  constructor(mistake, text, options) {
    super(text, options);
    this.#mistake = mistake;
    this.code = mistake.code;
    this.pointer = mistake.pointer ?? null;
    this.violations = mistake.violations ?? [];
    this.violationCount = mistake.violation_count ?? this.violations.length;
  }

  toJSON() {
    return { ...this.#mistake };
  }
}

Object.defineProperty(UsageError.prototype, "name", { value: "UsageError", writable: true, configurable: true });

// Also true of the class of another copy of this package, and of another realm.
function isTenantryError(error) {
  try {
    return typeof error === "object" && error !== null && error[BRAND] === true;
  } catch {
    return false; // a proxy that throws
  }
}

// The text of a rejection; its own message if it is malformed. Its renderings throw what is wrong with it.
function described(rejection) {
  try {
    return rendered(describe, rejection, null);
  } catch {
    return rejection.message;
  }
}

function rendered(render, rejection, documentation) {
  const write = () => {
    document(rejection);
    plain(documentation);
  };
  try {
    return JSON.parse(accepted(send(write, render)));
  } catch (error) {
    throw failure(error);
  }
}

// The core's answer, which may come in a list of its own; throws if it is an error.
function accepted(given) {
  const answer = Array.isArray(given) ? given[0] : given;
  const error = typeof answer === "string" ? marked(answer) : undefined;
  if (error !== undefined) throw error;
  return answer;
}

function marked(answer, cause) {
  if (answer.startsWith(REJECTED)) return rejection(answer, cause);
  if (answer.startsWith(MISUSED)) return misused(answer, cause);
  return undefined;
}

function misused(answer, cause) {
  const [mistake, text] = JSON.parse(answer.slice(MISUSED.length));
  return new UsageError(mistake, text, cause === undefined ? undefined : { cause });
}

function rejection(answer, cause) {
  const [rejected, text, internal, documentationBaseUrl] = JSON.parse(answer.slice(REJECTED.length));
  const options = cause === undefined ? { documentationBaseUrl } : { documentationBaseUrl, cause };
  const error = new TenantryError(rejected, options, text);
  error.internal = internal;
  return error;
}

// The error of a call that threw: a fault found while its arguments were written, or else what was thrown.
function failure(thrown) {
  if (!Fault.is(thrown)) return thrown;
  return marked(
    send(nothing, () => refuse(thrown.pointer, thrown.message, thrown.isHosts)),
    thrown.cause,
  );
}

export { accepted, failure, isTenantryError, TenantryError, UsageError };
