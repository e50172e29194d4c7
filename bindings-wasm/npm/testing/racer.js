// One of the threads that race.
import { parentPort, workerData } from "node:worker_threads";
import { isTenantryError } from "tenantry";

const { module, line } = workerData;
const actions = {
  call: ({ actor, method, fields, context }) => store.actingAs(actor)[method](fields, context),

  async link({ actor, user: registered_user_id }) {
    const acme = store.actingAs(actor);
    const { link_session_id } = await acme.startLink({ registered_user_id, connector: "slack" });
    await acme.completeLink({ link_session_id });
  },

  sweep: (options) => store.sweep(options),

  async take() {
    const numbers = [];
    for (let taken; (taken = await store.takeEffects({ limit: 3, seconds: 600 })).length > 0; ) {
      for (const { number } of taken) {
        numbers.push(number);
        await store.effectDone(number);
      }
    }
    return numbers;
  },
};

let store;

parentPort.on("message", async ({ name, given, until }) => {
  store ??= await (await import(module)).default();
  meet(until);
  try {
    parentPort.postMessage({ answer: plain(await actions[name](given)) });
  } catch (error) {
    parentPort.postMessage(isTenantryError(error) ? { refused: error.code } : { failed: String(error?.stack) });
  }
});

// Waits at the start line until all are there.
function meet(until) {
  if (Atomics.add(line, 0, 1) + 1 === until) Atomics.notify(line, 0);
  for (let there; (there = Atomics.load(line, 0)) < until; ) Atomics.wait(line, 0, there);
}

// An answer as another thread can have it.
function plain(answer) {
  return answer === undefined ? null : JSON.parse(JSON.stringify(answer));
}
