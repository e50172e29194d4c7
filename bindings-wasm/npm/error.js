// The core constructs this class itself, so that a rejection is a real Error with a stack.
class TenantryError extends Error {
  constructor(message) {
    super(message);
    this.name = "TenantryError";
  }
}

export { TenantryError };
