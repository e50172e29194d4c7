// The page: starts the core, opens what the address holds or the first story.
import { render } from "preact";
import { address } from "./core/client";
import { fromHash } from "./document/share";
import { first } from "./document/stories";
import { open, said, start } from "./state";
import { App } from "./views/App";

render(<App />, document.getElementById("app")!);
start();
void openAddress();
addEventListener("hashchange", () => location.hash && void openAddress());
// `npx tenantry playground` serves it at 127.0.0.1: the next program on that port must not get this page's service worker.
if (import.meta.env.PROD && "serviceWorker" in navigator && location.hostname !== "127.0.0.1") keep().catch(console.warn);

/** What the worker imports, from the npm package. */
const CORE = ["./tenantry/index.js", "./tenantry/shared.js"];

/** Lets the service worker keep what this page was made of. Without one, the page only works online. */
async function keep(): Promise<void> {
  await navigator.serviceWorker.register("./offline.js");
  await navigator.serviceWorker.ready;
  // Until it has taken over this page, it sees none of its requests.
  if (navigator.serviceWorker.controller === null) {
    await new Promise((taken) => navigator.serviceWorker.addEventListener("controllerchange", taken, { once: true }));
  }
  // What a worker is made of is not among the page's own parts.
  const parts = performance.getEntriesByType("resource").map(({ name }) => name);
  await Promise.all([location.pathname, address, ...CORE, ...parts].map(async (part) => (await fetch(part)).arrayBuffer()));
  document.documentElement.dataset.offline = "ready";
}

async function openAddress(): Promise<void> {
  const shared = await fromHash(location.hash);
  if (shared === null && location.hash !== "") said.value = "The address holds no scenario; here is the first story.";
  open(shared ?? first[0]!.text);
}
