// What requests of one kind have needed before, so that it is read at once the next time.

const MOST = 10_000; // hints that are kept, the last ones that were of use

// For the rows that a request asks for first, the keys that it went on to ask for: most often a user's company. A hint that
// is no longer right costs a row that nobody looks at, never a wrong answer.
class Hints {
  #after = new Map(); // the first keys' text to the later keys, by their texts

  after(first) {
    const later = this.#after.get(first);
    if (later === undefined) return [];
    this.#keep(first, later);
    return later;
  }

  // Keeps what came after the first keys. Lists, and what is due, are never the same twice.
  learn(first, before, keys) {
    const later = [...keys].filter(([text]) => !before.has(text));
    if (later.length === 0 || [...keys.values()].some(([kind]) => kind === "range" || kind === "due")) return;
    // Many are not a habit, or the habits of the past.
    this.#keep(first, later.length <= 8 ? later : []);
    if (this.#after.size > MOST) this.#after.delete(this.#after.keys().next().value);
  }

  #keep(first, later) {
    this.#after.delete(first);
    this.#after.set(first, later);
  }
}

export { Hints };
