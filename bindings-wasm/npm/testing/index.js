// A kit that tries a store: whether what many do at once is what they could have done one after the other.
//
//     import { checkStore } from "tenantry/testing";
//     await checkStore(new URL("./my-store.mjs", import.meta.url)); // export default () => new MyStore("…")
import { allEvents, checkHistory, checkWhole } from "./history.js";
import { Racers } from "./racers.js";
import { racesOf } from "./races.js";

async function checkStore(module, { rounds = 5, atOnce = 6, writers = 4, seconds = 3 } = {}) {
  const address = String(module);
  const { default: makeStore } = await import(address);
  const store = await makeStore();
  const racers = new Racers(address, atOnce);
  try {
    for (let round = 0; round < rounds; round++) await racesOf(store, racers, round);
  } finally {
    await racers.end();
  }
  await checkHistory(address, store, writers, seconds * 1000);
  checkWhole(await store.snapshot(), await allEvents(store));
  await store.close?.();
}

export { checkStore };
