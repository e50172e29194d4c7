/// <reference lib="esnext.disposable" />

import type { Store, StoreOptions } from "./store.js";

export type { Store, StoreActing, StoredEvent, StoreOptions, TakenEffect } from "./store.js";
export { StoreError } from "./store.js";

export interface SqliteStoreOptions extends StoreOptions {
  /** How many seconds to wait while others have the file (30). */
  timeout?: number;
}

/**
 * The state in a file, which any number of threads and processes serve, by `node:sqlite`. Call `migrate` before the first use.
 *
 * What is erased is overwritten in the file, free pages included. That holds as long as the file has no write-ahead log.
 */
export interface SqliteStore extends Store {
  /** The same as `close`, for `using`. */
  [Symbol.dispose](): void;
}
export const SqliteStore: new (path: string | URL, options?: SqliteStoreOptions) => SqliteStore;
