// What a rejection is thrown as. Nothing here decides: the fields are the core's.
const BRAND = Symbol.for("tenantry.TenantryError");

class TenantryError extends Error {
  constructor(rejection, options) {
    const { code, status, kind, message, what_to_do, retryable, pointer, violations } = rejection;
    super(message, options);
    this.code = code;
    this.status = status;
    this.kind = kind;
    this.retryable = retryable;
    this.pointer = pointer ?? null;
    this.whatToDo = what_to_do;
    this.violations = violations ?? [];
    // Out of sight of loggers: it is for the host's own eyes only.
    Object.defineProperty(this, "internal", { value: null, writable: true, configurable: true });
  }

  // The rejection's wire form.
  toJSON() {
    const { code, status, kind, message, whatToDo, retryable, pointer, violations } = this;
    const rejection = { code, status, kind, message, what_to_do: whatToDo, retryable };
    if (pointer !== null) rejection.pointer = pointer;
    if (violations.length > 0) rejection.violations = violations;
    return rejection;
  }
}

Object.defineProperty(TenantryError.prototype, "name", { value: "TenantryError", writable: true, configurable: true });
Object.defineProperty(TenantryError.prototype, BRAND, { value: true });

// Also true of the class of another copy of this package.
function isTenantryError(error) {
  return error instanceof Error && error[BRAND] === true;
}

export { TenantryError, isTenantryError };
