/// <reference lib="esnext.disposable" />

import type { AsyncStore, StoreOptions } from "./store.js";

export type { AsyncStore, AsyncStoreActing, StoredEvent, StoreOptions, TakenEffect } from "./store.js";
export { StoreError } from "./store.js";

/**
 * The state in a PostgreSQL database, which any number of processes and machines serve, by the package `pg`. Call `migrate`
 * before the first use: it makes the tables in the first schema of the connections' `search_path`.
 */
export interface PostgresStore extends AsyncStore {
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
/** `connection` is a connection string, or the options of a `Pool` of `pg`: `max` is 10 where it does not say another number. */
export const PostgresStore: new (connection: string | object, options?: StoreOptions) => PostgresStore;
