// The database is not one that this version serves.
class StoreError extends Error {
  static check(version) {
    if (version === 1) return;
    throw new StoreError(`the tables are of version ${version}, this release serves version 1`);
  }
}

Object.defineProperty(StoreError.prototype, "name", { value: "StoreError", writable: true, configurable: true });

export { StoreError };
