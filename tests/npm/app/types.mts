// Compiled, never run: the shipped types resolve for an ES module, and say what is right and what is wrong.
import {
  type Acting,
  type Code,
  type Command,
  type CommandOf,
  type Commands,
  type Event,
  fill,
  fullName,
  InstanceLostError,
  isTenantryError,
  lifecycle,
  type Outcomes,
  permissions,
  problem,
  type Rejection,
  splitFullName,
  Tenantry,
  TenantryError,
  UsageError,
  validate,
  version,
  withToolCall,
} from "tenantry";
import { init, initialize } from "tenantry/manual";
import { type AsyncStoreActing, PostgresStore } from "tenantry/stores/postgres";
import { SqliteStore, type StoreActing, StoreError } from "tenantry/stores/sqlite";
import module from "tenantry/tenantry.wasm";
import { checkStore } from "tenantry/testing";

const text: string = version();
initialize(module);
initialize(new WebAssembly.Module(new Uint8Array()));
await init(fetch("tenantry.wasm"));

const acme: Acting = Tenantry.example().actingAs({ type: "system", organization_id: "org_demo", environment: "test" });
const created = acme.execute({ command: "create_registered_user", origin_user_id: "user_a3f9b2" });
const user: string = created.response.registered_user_id;
const linked = acme.execute({ command: "complete_link", link_session_id: "lnk_1", expires_at: new Date() });
const connector: string = linked.response.credential.connector;
const allowed: boolean = acme.allows(user, "support", "slack__post_message", Date.now());
const codes: Uint8Array = acme.codes([], [], []);
const pointer: string | undefined = validate("{}")[0]?.pointer;

const decision = acme.authorize({ registered_user_id: user, tool_pack_id: "support", tool: "slack__post_message" });
const why: Code | undefined = decision.allowed ? undefined : decision.code;
const owner = decision.allowed ? decision.owner : null;
const started = acme.execute({
  command: "start_tool_call",
  registered_user_id: user,
  tool_pack_id: "support",
  tool: "slack__post_message",
}).response;
const start: string = started.allowed ? started.tool_call_id : started.message;
const denials = acme.authorizeBatch([]).filter((item) => !item.allowed);
acme.execute({ command: "advance_time" }, { entropy: new Uint8Array(16) });
acme.executeJson(new TextEncoder().encode("{}"));
// @ts-expect-error text has a method of its own
acme.execute("{}");
withToolCall(
  acme,
  { registered_user_id: user, tool_pack_id: "support", tool: fullName("slack", "post_message") },
  ({ owner }) => owner?.scope,
).then((scope) => scope?.toUpperCase());
problem(new Error())?.status satisfies number | undefined;
splitFullName("slack__post_message")?.tool satisfies string | undefined;
const restored = Tenantry.restore(new ArrayBuffer(0));

const list = acme.query({ query: "list_registered_users", limit: 10 });
const names: (string | null)[] = list.items.map((each) => each.origin_user_name);
acme.query({ query: "journal" }).items.map(tell);

function tell(event: Event): string {
  switch (event.event) {
    case "credential_revoked":
      return event.cause;
    case "registered_user_updated":
      return String(event.version);
    default:
      return event.at;
  }
}

// Commands made elsewhere, of which only the list is known.
function run(command: Command): number {
  return acme.execute(command).events.length;
}

function status(error: unknown): number | undefined {
  return isTenantryError(error) ? error.status : undefined;
}

function body(error: TenantryError): [string | null, string] {
  return [error.toErrorBody().error.documentation_url, error.toProblem().type];
}

const again: TenantryError = new TenantryError({} as Rejection, { documentationBaseUrl: null });
const lost: boolean = new Error() instanceof InstanceLostError;
const misused = (error: unknown): string | null => (error instanceof UsageError ? error.pointer : null);

// @ts-expect-error a policy is an object
new Tenantry({ policy: 5 });
for (const { request, permitted } of permissions())
  if (permitted.access_key?.without.length === 0) acme.may(request) satisfies boolean;
// @ts-expect-error there is no such request
acme.may("start_lnk");
// @ts-expect-error the world itself needs to know who asks
Tenantry.example().may("start_link");
// @ts-expect-error there is no such command
acme.execute({ command: "create_registered_usr" });
// @ts-expect-error a field is missing
acme.execute({ command: "create_registered_user" });
// @ts-expect-error a field is unknown
acme.execute({ command: "create_registered_user", origin_user_id: "a", orign_user_name: "b" });
// @ts-expect-error a field has another type
acme.execute({ command: "create_registered_user", origin_user_id: 42 });
// @ts-expect-error the world itself needs to know who acts
Tenantry.example().execute({ command: "advance_time" });
// @ts-expect-error a bound actor is named once
acme.execute({ command: "advance_time" }, { actor: { type: "system" } });
// @ts-expect-error a response is the command's own
acme.execute({ command: "advance_time" }).response.registered_user_id;
// @ts-expect-error a denial names no owner
decision.owner;
// @ts-expect-error no such code
const wrong: Code = "not_today";
// @ts-expect-error a rejection cannot be changed
(error: TenantryError) => (error.code = "forbidden");

const version_of_nine: number = acme.createRegisteredUser({ origin_user_id: "user_9", origin_user_name: null }).registered_user
  .version;
for (const { status } of acme.iterRegisteredUsers({ status: "active" })) status satisfies "active" | "deactivated";
// @ts-expect-error: no such field
acme.createRegisteredUser({ origin_user_id: "user_9", origin_user_nam: "Nine" });
// @ts-expect-error: a required field is missing
acme.createRegisteredUser({});
// @ts-expect-error: no such word
acme.listRegisteredUsers({ status: "asleep" });

// A step of a remedy has its own command's type, or none where the actor may not run it.
for (const step of acme
  .explain({ registered_user_id: "nobody", tool_pack_id: "support", tool: "slack__post_message" })
  .remedies.flatMap((remedy) => remedy.steps)) {
  if (step.kind === "link" && step.command !== undefined) acme.execute(step.command).response.link_session_id satisfies string;
  // @ts-expect-error: it may be absent
  if (step.kind === "link") acme.execute(step.command);
  if (step.kind === "match_group") step.command?.patch.custom_groupings;
}

for (const { steps } of acme.explain({ registered_user_id: "nobody", tool_pack_id: "support", tool: "slack__post_message" })
  .remedies) {
  for (const step of steps) {
    if (step.kind === "set_company")
      acme.execute(fill(step, { origin_company_id: "acme" })).response.registered_user.version satisfies number;
    if (step.kind === "link") acme.execute(fill(step)).response.link_session_id satisfies string;
    // @ts-expect-error: the company is open
    if (step.kind === "set_company") fill(step);
    // @ts-expect-error: an open parameter is no text
    if (step.kind === "set_company" && step.command) acme.execute(step.command);
  }
}
lifecycle("tool_call").transitions.map(({ state, trigger, to }) => [state, trigger, to]) satisfies string[][];
// @ts-expect-error: no such lifecycle
lifecycle("token");
const unsubscribe: () => void = Tenantry.example({ journal: "memory", policy: { retention_days: 1 } }).subscribe(
  (events, effects) => {
    events.map(tell) satisfies string[];
    for (const { effect } of effects) effect satisfies string;
  },
);
unsubscribe();

// A wrapper keeps the answer's type.
function logged<N extends keyof Commands>(command: CommandOf<N>): Outcomes[N] {
  return acme.execute<N>(command);
}
logged({ command: "create_registered_user", origin_user_id: "user_9" }).response.created satisfies boolean;
version_of_nine satisfies number;

// Stores: the same methods, at once and awaited.
const file = new SqliteStore("tenantry.db", { policy: { retention_days: 30 }, timeout: 5 });
const host = { type: "system", organization_id: "org_demo", environment: "test" } as const;
const stored: StoreActing = file.actingAs(host);
stored.createRegisteredUser({ origin_user_id: "a" }).registered_user_id satisfies string;
stored.execute({ command: "complete_link", link_session_id: "lnk_1" }).response.credential.connector satisfies string;
for (const { position, event } of file.events({ after: 5 })) [position, tell(event)] satisfies [number, string];
const database = new PostgresStore({ host: "localhost", max: 4 }, { row_format: 1 });
const awaited: AsyncStoreActing = database.actingAs(host);
(await awaited.createRegisteredUser({ origin_user_id: "a" })).registered_user_id satisfies string;
(await awaited.execute({ command: "complete_link", link_session_id: "lnk_1" })).response.credential.connector satisfies string;
(await awaited.query({ query: "list_users" })).items.map(({ email }) => email);
for await (const { status } of awaited.iterRegisteredUsers({ status: "active" })) status satisfies "active" | "deactivated";
(await awaited.allows("user", "support", "slack__post_message")) satisfies boolean;
const [taken] = await database.takeEffects({ seconds: 5 });
if (taken !== undefined) await database.effectDone(taken.number);
const slack = { registered_user_id: user, tool_pack_id: "support", tool: "slack__post_message" };
await withToolCall(awaited, slack, ({ owner }) => owner);
await withToolCall(stored, slack, ({ owner }) => owner);
await checkStore(new URL("file:///store.mjs"), { rounds: 1 });
const outdated = (error: unknown): boolean => error instanceof StoreError;
// @ts-expect-error: a field is unknown
awaited.createRegisteredUser({ origin_user_id: "user_9", origin_user_nam: "Nine" });
// @ts-expect-error: it is a promise
awaited.allows("user", "support", "slack__post_message") satisfies boolean;
// @ts-expect-error: a store keeps rows by itself
stored.requirements({ query: "list_users" });
// @ts-expect-error: only an instance in memory has previews
stored.preview({ command: "advance_time" });
// @ts-expect-error: no such option
new SqliteStore("tenantry.db", { journal: "memory" });

export {
  again,
  allowed,
  body,
  codes,
  connector,
  denials,
  lost,
  misused,
  names,
  outdated,
  owner,
  pointer,
  restored,
  run,
  start,
  status,
  text,
  why,
  wrong,
};
