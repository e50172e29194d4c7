// The page's end of the worker.
import type { Core } from "./shapes";
import address from "./worker?worker&url";

export { address };

type Asked<F> = F extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never;

const worker = new Worker(address, { type: "module" });
const waiting = new Map<number, { resolve: (answer: never) => void; reject: (fault: Error) => void }>();
let last = 0;

worker.addEventListener("message", ({ data: { id, answer, fault } }) => {
  const { resolve, reject } = waiting.get(id)!;
  waiting.delete(id);
  if (fault === undefined) resolve(answer as never);
  else reject(new Error(fault));
});

/** The core, every method of it answered later. */
export const core = new Proxy({} as { [N in keyof Core]: Asked<Core[N]> }, {
  get:
    (_, name) =>
    (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { resolve, reject });
        worker.postMessage({ id: last, name, args });
      }),
});
