// What is measured: for each piece of work, the floor written by hand, ours, and its peers. A case answers
// what is run over and over, and how many pieces of work one run is.
import { ajvFaults, body, faulty, handFaults, ourFaults, text, zodFaults } from "./bodies.mjs";
import { ids, LINKED, ours, PACK, TOOLS } from "./worlds.mjs";

const round = (list) => {
  let next = 0;
  return () => list[(next = (next + 1) % list.length)];
};
const NAMES = Object.entries(TOOLS).flatMap(([connector, tools]) => tools.map((tool) => `${connector}__${tool}`));

function check(decide, users) {
  const [allowed, denied] = [decide(users[0], "slack__post_message"), decide(users[0], "github__open_issue")];
  if (allowed !== true || denied !== false) throw new Error(`decides ${allowed}, ${denied}`);
}

/** One decision: may this user call this tool of this pack now? */
function decision(decide, users) {
  check(decide, users);
  const [user, tool] = [round(users), round(["slack__post_message", "jira__create_issue", "github__open_issue"])];
  return { run: () => decide(user(), tool()) };
}

/** A decision for a key that may see 50 users, by the handle that `by` takes of those that it may make. */
async function handles(by) {
  const { world, users } = await ours();
  const key = {
    type: "access_key",
    organization_id: "org_demo",
    environment: "test",
    scopes: ["runtime"],
    registered_user_ids: users.slice(0, 50),
  };
  const run = by(() => world.actingAs(key));
  const user = round(users);
  return { run: () => run((handle) => handle.allows(user(), PACK, "slack__post_message")) };
}

/** Creates users, after so many. */
async function more(before) {
  const { acme } = await ours();
  let made = 0;
  const run = () => acme.execute({ command: "create_registered_user", origin_user_id: `another_${made++}` });
  while (made < before) run();
  return { run };
}

const LIFECYCLE = {
  none: { grant: "active" },
  active: { replace: "active", expire: "needs_reauth", revoke: "revoked" },
  needs_reauth: { refresh: "active", replace: "active", revoke: "revoked" },
  revoked: { replace: "active" },
};
const TRIGGERS = ["grant", "replace", "expire", "refresh", "revoke", "replace", "expire", "replace", "revoke", "replace"];
const STORY = JSON.stringify(TRIGGERS);

export const CASES = {
  "one decision": {
    "plain JavaScript": () => {
      const packs = new Map([[PACK, new Map(Object.entries(TOOLS).map(([name, tools]) => [name, new Set(tools)]))]]);
      const users = new Map(
        ids.map((id) => [id, { active: true, credentials: new Map(LINKED.map((name) => [name, "active"])) }]),
      );
      return decision((id, name) => {
        const user = users.get(id);
        if (user === undefined || !user.active) return false;
        const split = name.indexOf("__");
        const connector = name.slice(0, split);
        const tools = packs.get(PACK)?.get(connector);
        return tools?.has(name.slice(split + 2)) && user.credentials.get(connector) === "active";
      }, ids);
    },
    "tenantry allows": async () => {
      const { acme, users } = await ours();
      return decision((user, tool) => acme.allows(user, PACK, tool), users);
    },
    "tenantry codes": async () => {
      const { acme, users } = await ours();
      const packs = users.map(() => PACK);
      const tools = users.map((_, index) => NAMES[index % NAMES.length]);
      return { run: () => acme.codes(users, packs, tools), pieces: users.length };
    },
    "tenantry authorize": async () => {
      const { acme, users } = await ours();
      return decision(
        (registered_user_id, tool) => acme.authorize({ registered_user_id, tool_pack_id: PACK, tool }).allowed,
        users,
      );
    },
    "@casl/ability": async () => {
      const { createMongoAbility, subject } = await import("@casl/ability");
      const rules = LINKED.map((connector) => ({
        action: "call",
        subject: "Tool",
        conditions: { pack: PACK, connector, tool: { $in: TOOLS[connector] } },
      }));
      const abilities = new Map(ids.map((id) => [id, createMongoAbility(rules)]));
      return decision((id, name) => {
        const split = name.indexOf("__");
        return abilities
          .get(id)
          .can("call", subject("Tool", { pack: PACK, connector: name.slice(0, split), tool: name.slice(split + 2) }));
      }, ids);
    },
    "cedar-wasm": async () => {
      const { default: cedar } = await import("@cedar-policy/cedar-wasm/nodejs");
      const staticPolicies =
        'permit(principal, action == Action::"call", resource) when { principal.active && resource in principal.packs && principal.linked.contains(resource.connector) };';
      const parsed = cedar.preparsePolicySet("policies", { staticPolicies });
      if (parsed.type !== "success") throw new Error(JSON.stringify(parsed));
      const entity = (type, id) => ({ __entity: { type, id } });
      const pack = { uid: { type: "Pack", id: PACK }, attrs: {}, parents: [] };
      return decision((id, name) => {
        const entities = [
          { uid: { type: "User", id }, attrs: { active: true, packs: [entity("Pack", PACK)], linked: LINKED }, parents: [] },
          pack,
          { uid: { type: "Tool", id: name }, attrs: { connector: name.slice(0, name.indexOf("__")) }, parents: [pack.uid] },
        ];
        const answer = cedar.statefulIsAuthorized({
          principal: { type: "User", id },
          action: { type: "Action", id: "call" },
          resource: { type: "Tool", id: name },
          context: {},
          preparsedPolicySetId: "policies",
          entities,
        });
        return answer.response.decision === "allow";
      }, ids);
    },
  },
  // In one turn of the event loop, in which nothing is collected. WebAssembly's memory grows meanwhile: time for each stays
  // as it was as long as it does so in large steps.
  "a decision by a handle of its own": {
    "one handle for all": async () =>
      handles((make) => {
        const handle = make();
        return (ask) => ask(handle);
      }),
    "tenantry, freed": async () =>
      handles((make) => (ask) => {
        const handle = make();
        ask(handle);
        handle.free();
      }),
    "tenantry, not freed": async () => handles((make) => (ask) => ask(make())),
  },
  "one more user": {
    "tenantry, of few": async () => more(0),
    "tenantry, of 40,000": async () => more(40_000),
  },
  "a create body from JSON text, valid": {
    "plain JavaScript": () => body(handFaults)(text),
    "JSON.parse alone": () => ({ run: () => JSON.parse(text) }),
    "tenantry validate": async () => body(await ourFaults())(text),
    ajv: async () => body(await ajvFaults())(text),
    zod: async () => body(await zodFaults())(text),
  },
  "a create body from JSON text, two faults": {
    "plain JavaScript": () => body(handFaults)(faulty),
    "JSON.parse alone": () => ({ run: () => JSON.parse(faulty) }),
    "tenantry validate": async () => body(await ourFaults())(faulty),
    ajv: async () => body(await ajvFaults())(faulty),
    zod: async () => body(await zodFaults())(faulty),
  },
  "one change of a user's status": {
    "plain JavaScript": () => {
      const users = new Map(ids.map((id) => [id, { active: true, version: 1, credentials: new Map() }]));
      const next = round(ids);
      return {
        run: () => {
          const user = users.get(next());
          user.active = !user.active;
          user.version += 1;
          return { events: [{ event: user.active ? "reactivated" : "deactivated", version: user.version }] };
        },
      };
    },
    "tenantry execute": async () => {
      const { acme, users } = await ours();
      const next = round(users);
      let is_active = true;
      return {
        run: () => {
          const registered_user_id = next();
          if (registered_user_id === users[1]) is_active = !is_active;
          return acme.execute({ command: "update_registered_user", registered_user_id, patch: { is_active } });
        },
      };
    },
    "xstate transition": async () => {
      const { assign, createActor, createMachine } = await import("xstate");
      const version = assign({ version: ({ context }) => context.version + 1 });
      const machine = createMachine({
        initial: "active",
        context: { version: 1 },
        states: {
          active: { on: { deactivate: { target: "deactivated", actions: version } } },
          deactivated: { on: { reactivate: { target: "active", actions: version } } },
        },
      });
      const actors = ids.map(() => createActor(machine).start());
      const next = round(actors);
      return {
        run: () => {
          const actor = next();
          actor.send({ type: actor.getSnapshot().value === "active" ? "deactivate" : "reactivate" });
          return actor.getSnapshot();
        },
      };
    },
  },
  // The others step through one lifecycle and know no rule: what a transcript costs above that.
  "a step of a simulated story": {
    "plain JavaScript": () => {
      const run = () => {
        let state = "none";
        const steps = JSON.parse(STORY).map((trigger, step) => ({
          step,
          trigger,
          result: (state = LIFECYCLE[state][trigger]),
          pass: state !== undefined,
        }));
        return JSON.stringify(steps);
      };
      return { run, pieces: TRIGGERS.length };
    },
    "tenantry simulate": async () => {
      const { simulate } = await import("tenantry");
      const { readFileSync } = await import("node:fs");
      const scenario = readFileSync(new URL("../../examples/scenarios/onboarding.json", import.meta.url), "utf8");
      return { run: () => simulate(scenario), pieces: JSON.parse(scenario).steps.length };
    },
    xstate: async () => {
      const { createActor, createMachine } = await import("xstate");
      const states = Object.fromEntries(Object.entries(LIFECYCLE).map(([state, on]) => [state, { on }]));
      const machine = createMachine({ initial: "none", states });
      const run = () => {
        const actor = createActor(machine).start();
        const steps = JSON.parse(STORY).map((type, step) => {
          actor.send({ type });
          const result = actor.getSnapshot().value;
          return { step, trigger: type, result, pass: result !== undefined };
        });
        return JSON.stringify(steps);
      };
      return { run, pieces: TRIGGERS.length };
    },
  },
};
