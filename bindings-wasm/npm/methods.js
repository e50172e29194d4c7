// A method for each command and query, which answers the response itself, on whatever has `execute` and `query`.
import { commands, lists, queries } from "./requests.js";

function addMethods(prototype) {
  add(
    prototype,
    commands,
    (name) =>
      function (fields, context) {
        return this.execute(named("command", name, fields), context).response;
      },
  );
  add(
    prototype,
    queries,
    (name) =>
      function (fields, context) {
        return this.query(named("query", name, fields), context);
      },
  );
  // The items of all pages.
  add(
    prototype,
    lists,
    (name) =>
      function* (fields, context) {
        let after = null;
        do {
          const page = this.query(named("query", name, { ...fields, after }), context);
          yield* page.items;
          after = page.next;
        } while (after !== null);
      },
  );
}

// The same where the answers are awaited.
function addAwaitedMethods(prototype) {
  add(
    prototype,
    commands,
    (name) =>
      async function (fields, context) {
        return (await this.execute(named("command", name, fields), context)).response;
      },
  );
  add(
    prototype,
    queries,
    (name) =>
      function (fields, context) {
        return this.query(named("query", name, fields), context);
      },
  );
  add(
    prototype,
    lists,
    (name) =>
      async function* (fields, context) {
        let after = null;
        do {
          const page = await this.query(named("query", name, { ...fields, after }), context);
          yield* page.items;
          after = page.next;
        } while (after !== null);
      },
  );
}

function add(prototype, names, make) {
  for (const [method, name] of Object.entries(names)) {
    const value = Object.defineProperty(make(name), "name", { value: method });
    Object.defineProperty(prototype, method, { value, writable: true, configurable: true });
  }
}

// What is no object with fields goes on as it is, and is refused as that.
function named(member, name, fields) {
  if (fields === undefined || fields === null) return { [member]: name };
  if (typeof fields !== "object" || Array.isArray(fields) || fields instanceof Map) return fields;
  return { ...fields, [member]: name };
}

export { addAwaitedMethods, addMethods };
