// Callbacks with what happened: after it, in its order, and never one within another.

class Subscribers {
  #subscriptions = new Set();
  #queue = [];
  #telling = false;

  // Answers what ends the subscription.
  add(callback) {
    if (typeof callback !== "function") throw new TypeError("expected a function");
    const subscription = { callback };
    this.#subscriptions.add(subscription);
    return () => {
      this.#subscriptions.delete(subscription);
    };
  }

  // Calls back with what a command gave. A callback may execute commands: what they give comes after all have had this one.
  tell({ events, effects }) {
    if (this.#subscriptions.size === 0) return;
    this.#queue.push(JSON.stringify([events, effects])); // a copy, whatever the caller does to the outcome
    if (this.#telling) return;
    this.#telling = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      for (const { callback } of [...this.#subscriptions]) call(callback, JSON.parse(next));
    }
    this.#telling = false;
  }
}

// What a callback throws is thrown once all is done, where nobody catches it, as an event listener's is: the command
// stands, and its caller gets the outcome.
function call(callback, parts) {
  try {
    callback(...parts);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

export { Subscribers };
