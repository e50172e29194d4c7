// Threads that do something at once, each on a store of its own.
import { Worker } from "node:worker_threads";
import { must } from "./must.js";

class Racers {
  #threads;
  #line = new Int32Array(new SharedArrayBuffer(4)); // how many have come to the start line, in all races
  #until = 0;

  constructor(module, count) {
    const workerData = { module, line: this.#line };
    this.#threads = Array.from({ length: count }, () => new Worker(new URL("./racer.js", import.meta.url), { workerData }));
  }

  get count() {
    return this.#threads.length;
  }

  // Starts actions at once, one a thread; answers what each has answered, or the code of its refusal.
  async together(actions) {
    this.#until += actions.length;
    const answers = actions.map(({ name, given }, number) => {
      const thread = this.#threads[number];
      thread.postMessage({ name, given, until: this.#until });
      return new Promise((resolve, reject) => {
        thread.once("message", resolve);
        thread.once("error", reject);
      });
    });
    const replies = await Promise.all(answers);
    for (const thread of this.#threads) thread.removeAllListeners("error");
    for (const { failed } of replies) must(failed === undefined, `an exception other than a refusal ended a command: ${failed}`);
    return replies;
  }

  end() {
    return Promise.all(this.#threads.map((thread) => thread.terminate()));
  }
}

export { Racers };
