// Keeps what was loaded once, for when there is no network. The network is asked first: a new version is seen at once.
const KEPT = "tenantry-playground";

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(answer(event.request));
});

async function answer(request) {
  const kept = await caches.open(KEPT);
  try {
    const found = await fetch(request);
    if (found.ok) await kept.put(request, found.clone());
    return found;
  } catch {
    return (await kept.match(request)) ?? Response.error();
  }
}
