// Rows between the core and the tables: what `load` takes, and the columns of what an outcome changes.

// Effects that a store carries out itself, on its own events. All others wait in the outbox.
const ERASURES = ["redact_user", "redact_account", "purge_user"];

// An outcome less what is for the database, and what a commit writes of it, as the columns of the tables.
function parted({ guards, changes, ...outcome }) {
  const isErasure = ({ effect }) => ERASURES.includes(effect);
  const write = {
    // Drawn at random, so that no revision comes back.
    revision: Number(crypto.getRandomValues(new BigUint64Array(1))[0] >> 11n) || 1,
    guards: guards.map(({ key, revision }) => ({ key: textOf(key), revision })),
    changes: changes.map(changeOf),
    events: outcome.events.map(eventOf),
    effects: outcome.effects.filter((effect) => !isErasure(effect)).map(effectOf),
    erasures: outcome.effects.filter(isErasure),
  };
  return { outcome, write };
}

function changeOf({ key, base, row }) {
  return {
    key: textOf(key),
    base: base?.revision ?? null,
    kind: key[0],
    organization_id: row?.organization_id ?? null,
    environment: row?.environment ?? null,
    place: key.at(-1),
    next_due_at: typeof row?.next_due_at === "string" ? Date.parse(row.next_due_at) : null,
    body: row === null ? null : textOf(row),
  };
}

function eventOf(event) {
  return {
    stream_kind: event.stream.kind,
    stream_id: event.stream.id,
    sequence: event.sequence,
    name: event.event,
    acting_user: event.actor.registered_user_id ?? null,
    linked_by: event.linked_by ?? null,
    event: textOf(event),
  };
}

function effectOf(effect) {
  return { registered_user_id: effect.owner?.registered_user_id ?? null, effect: textOf(effect) };
}

// The rows that were found for keys, as `load` takes them: absent ones too, ranges and what is due as complete.
function loadable(keys, found, portion) {
  const rows = new Map(found.map(({ key, revision, body }) => [key, `{"key":${key},"revision":${revision},"row":${body}}`]));
  for (const [text, [kind]] of keys) {
    const named = kind === "due" ? due(text, found, portion) : text;
    if (!rows.has(named)) rows.set(named, `{"key":${named},"row":null}`);
  }
  return `[${[...rows.values()].join(",")}]`;
}

// Up to which instant the rows that are due are known. Where there are as many as were looked for, there may be more later.
function due(asked, found, portion) {
  const instants = found.filter((row) => row.due !== null).map((row) => Number(row.due));
  if (instants.length < portion) return asked;
  return textOf(["due", new Date(instants.reduce((one, other) => Math.max(one, other))).toISOString()]);
}

// A value as JSON text; of a key the canonical one.
const textOf = JSON.stringify;

export { loadable, parted, textOf };
