/** How long and how hard a store is tried. */
export interface CheckOptions {
  /** How often each race is run (5). */
  rounds?: number;
  /** How many race, each in a thread of its own (6). */
  atOnce?: number;
  /** How many processes write a common history (4). */
  writers?: number;
  /** For how many seconds they do (3). */
  seconds?: number;
}

/**
 * Tries a store: whether what many do at once is what they could have done one after the other. `module` is the address of a
 * module whose default export makes a handle on the store, with or without `await`, as often as it is called, also in other
 * threads and processes. The database has its tables, and nothing in them. Throws an `Error` that says what went wrong.
 *
 * Races are run first. Then processes write a common history, while some of them are killed and others take their place.
 */
export function checkStore(module: string | URL, options?: CheckOptions): Promise<void>;
