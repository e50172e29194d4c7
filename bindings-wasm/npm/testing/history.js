// Processes write a common history, and some are killed. Nothing that was answered is lost, and whoever follows the events sees
// all of them.
import { fork } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Tenantry } from "tenantry";
import { must } from "./must.js";
import { placeOf } from "./place.js";

const WRITER = fileURLToPath(new URL("./writer.js", import.meta.url));

async function checkHistory(module, store, writers, millis) {
  const organization_id = "org_history";
  const followed = await allEvents(store);
  const follow = async () => followed.push(...(await store.events({ after: lastOf(followed) })));
  await store.actingAs({ type: "system" }).createOrganization({ organization_id, name: "History" });
  const folder = mkdtempSync(join(tmpdir(), "tenantry-history-"));
  const all = [];
  const start = () => {
    const path = join(folder, String(all.length));
    const child = fork(WRITER, [module, organization_id, path, String(millis)]);
    const writer = { child, path, killed: false, ended: false };
    child.on("exit", (code) => Object.assign(writer, { ended: true, code }));
    all.push(writer);
  };
  try {
    for (let number = 0; number < writers; number++) start();
    let nextKill = Date.now() + millis;
    for (let kills = 0; all.some(({ ended }) => !ended); ) {
      if (kills < writers && Date.now() > nextKill && existsSync(all[kills].path)) {
        all[kills].killed = true;
        all[kills].child.kill("SIGKILL");
        start();
        kills += 1;
        nextKill = Date.now() + millis / writers;
      }
      await follow();
      await setTimeout(10);
    }
    for (const { killed, code } of all) must(killed || code === 0, `a writer ended with ${code}`);
    await follow();
    check(
      followed,
      await allEvents(store),
      all.flatMap(({ path }) => noted(path)),
    );
  } finally {
    for (const { child } of all) child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
}

function check(followed, events, answered) {
  const order = (them) => them.map(({ position, event }) => `${position} ${placeOf(event)}`).join("\n");
  must(order(followed) === order(events), "whoever followed the events has missed some, or saw them in another order");
  must(answered.length > 0, "nobody has written anything");
  const kept = new Set(events.map(({ event }) => placeOf(event)));
  const lost = answered.filter((place) => !kept.has(place));
  must(lost.length === 0, `events of commands that were answered are lost: ${lost.slice(0, 3)}`);
  must(new Set(answered).size === answered.length, "two commands were answered with the same event");
}

// The places of events that a writer was answered, up to where it was killed.
function noted(path) {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.slice(0, -1).flatMap((line) => JSON.parse(line)); // the last one may be a part
}

async function allEvents(store) {
  const events = [];
  for (let more; (more = await store.events({ after: lastOf(events) })).length > 0; ) events.push(...more);
  return events;
}

function lastOf(events) {
  return events.at(-1)?.position ?? 0;
}

// The events are one history: each stream in one order without gaps, and together they give the rows.
function checkWhole(snapshot, events) {
  const last = new Map();
  for (const { position, event } of events) {
    const stream = `${event.stream.kind} ${event.stream.id}`;
    const before = last.get(stream) ?? 0;
    must(event.sequence === before + 1, `at ${position}, ${stream} goes from ${before} to ${event.sequence}`);
    last.set(stream, event.sequence);
  }
  Tenantry.restore(snapshot).free();
  const folded = Tenantry.fold(events.map(({ event }) => event));
  must(folded.snapshot() === snapshot, "what the events give is not what the rows say");
  folded.free();
}

export { allEvents, checkHistory, checkWhole };
