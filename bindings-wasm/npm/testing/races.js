// What several do at once in an organization of their own, and what must hold of it afterwards.
import { allEvents } from "./history.js";
import { must } from "./must.js";

const SYSTEM = { type: "system" };
const MINUTE = 60_000;
const SECRET = "ort_0123456789abcdefghijklmnop";
const PASSWORD = "SecurePassword123!";
const GLOBEX = { origin_company_id: "globex" };

// Runs every race once.
async function racesOf(store, racers, round) {
  for (const race of RACES) await race(await new Ring(store, racers, `org_${race.name}-${round}`).furnish());
}

class Ring {
  constructor(store, racers, organization_id) {
    Object.assign(this, { store, racers, organization_id, count: racers.count, host: store.actingAs(SYSTEM) });
    this.actor = { ...SYSTEM, organization_id, environment: "test" };
    this.first = store.actingAs(this.actor);
  }

  async furnish() {
    await this.host.createOrganization({ organization_id: this.organization_id, name: "Ring" });
    await this.first.putConnector({ connector: "slack", tools: ["read"] });
    const connectors = [{ connector: "slack", auth_scope: "SHARED" }];
    await this.first.putToolPack({ tool_pack_id: "shared", name: "Shared", connectors });
    return this;
  }

  call(method, fields, { actor = this.actor, ...context } = {}) {
    return { name: "call", given: { actor, method, fields, context } };
  }

  together(actions) {
    return this.racers.together(actions);
  }

  // The same by all.
  each(action) {
    return this.together(Array.from({ length: this.count }, (_, number) => action(number)));
  }

  async user(origin_user_id, shared_credential_group) {
    return (await this.first.createRegisteredUser({ origin_user_id, shared_credential_group })).registered_user_id;
  }

  email(letter, number) {
    return `${letter}${number}.${this.organization_id.toLowerCase()}@check.example`;
  }

  async eventsOf(user) {
    return (await allEvents(this.store)).map(({ event }) => event).filter(({ stream }) => stream.id === user);
  }
}

function accepted(answers) {
  return answers.filter(({ refused }) => refused === undefined);
}

// No refusal but these.
function mustBe(answers, codes) {
  const other = answers.map(({ refused }) => refused).filter((code) => code !== undefined && !codes.includes(code));
  must(other.length === 0, `refused: ${other}`);
}

// Many create the user of one `origin_user_id`: it is created once, and all get the same one (RU-1).
async function oneId(ring) {
  const answers = await ring.each(() => ring.call("createRegisteredUser", { origin_user_id: "user_1" }));
  mustBe(answers, []);
  const ids = new Set(answers.map(({ answer }) => answer.registered_user_id));
  must(ids.size === 1, "two users have one `origin_user_id`");
  must(answers.filter(({ answer }) => answer.created).length === 1, "one user was created twice");
}

// One environment gets the id (RU-2). What must be absent for that, neither of them writes.
async function oneIdInTwoEnvironments(ring) {
  const places = Array.from({ length: ring.count }, (_, number) => ["test", "production"][number % 2]);
  const create = (environment) =>
    ring.call("createRegisteredUser", { origin_user_id: "user_1" }, { actor: { ...ring.actor, environment } });
  const answers = await ring.together(places.map(create));
  const taken = new Set(places.filter((_, number) => answers[number].refused === undefined));
  must(taken.size === 1, `the environments that have one \`origin_user_id\`: ${[...taken]}`);
}

// A registration token admits as many as it says (AC-2).
async function tokenOfThreeUses(ring) {
  const { organization_id } = ring;
  await ring.first.issueRegistrationToken({ organization_id, secret: SECRET, max_uses: 3 });
  const account = (number) => ({
    name: "N",
    email: ring.email("n", number),
    password: PASSWORD,
    organization_id,
    org_token: SECRET,
  });
  const answers = await ring.each((number) => ring.call("createUser", account(number), { actor: { type: "anonymous" } }));
  const admitted = accepted(answers).length;
  must(admitted === Math.min(3, ring.count), `a token of three uses admitted ${admitted}`);
}

// A company counts its members, whoever joins and leaves at once (RU-7).
async function membersOfACompany(ring) {
  const create = (origin_user_id) => ring.call("createRegisteredUser", { origin_user_id, shared_credential_group: GLOBEX });
  const joined = await ring.each((number) => create(`user_${number}`));
  mustBe(joined, []);
  const remove = ({ answer: { registered_user_id } }) => ring.call("deleteRegisteredUser", { registered_user_id });
  await ring.each((number) => (number % 2 ? remove(joined[number]) : create(`more_${number}`)));
  const { items: companies } = await ring.first.listCompanies();
  const { items: users } = await ring.first.listRegisteredUsers({ ...GLOBEX, limit: 200 });
  const counted = companies.map(({ members }) => members).join();
  must(counted === String(users.length), `a company of ${users.length} users counts ${counted} members`);
}

// Of an organization's admins one stays (AC-9).
async function lastAdmins(ring) {
  const admins = [];
  for (let number = 0; number < ring.count; number++) {
    admins.push(await ring.host.createUser({ name: "A", email: ring.email("a", number), role: "admin" }));
  }
  const suspend = (number) => ring.call("setUserStatus", { user_id: admins[number].id, status: "suspended" }, { actor: SYSTEM });
  const answers = await ring.each(suspend);
  mustBe(answers, ["last_admin"]);
  const { items: active } = await ring.host.listUsers({ status: "active", limit: 200 });
  const left = active.filter(({ role }) => role === "admin").length;
  // The next ring begins with admins of its own.
  must(left === 1, `${left} admins are left where all others were suspended`);
}

// A session is completed or expires, never both, while others sweep (CR-4).
async function sweepsBesideCommands(ring) {
  const user = await ring.user("user_1");
  const now = Date.now() - 60 * MINUTE;
  const actions = [];
  for (let number = 0; number < ring.count; number++) {
    if (number % 2) {
      const { link_session_id } = await ring.first.startLink({ registered_user_id: user, connector: "slack" }, { now });
      actions.push(ring.call("completeLink", { link_session_id }, { now: now + 20 * MINUTE }));
    } else {
      actions.push({ name: "sweep", given: { now: now + 60 * MINUTE } });
    }
  }
  const answers = (await ring.together(actions)).filter((_, number) => number % 2);
  mustBe(answers, ["link_session_expired", "link_session_closed", "link_session_not_found"]);
  const completed = accepted(answers).length;
  const isGrant = ({ event }) => event === "credential_granted" || event === "credential_replaced";
  const granted = (await ring.eventsOf(user)).filter(isGrant).length;
  must(granted === completed, `${completed} links were completed, and ${granted} credentials granted`);
}

// Whoever is deleted keeps nothing, whatever was linked meanwhile (I-4, RU-12).
async function deletionsBesideLinks(ring) {
  const user = await ring.user("user_1", GLOBEX);
  const link = { name: "link", given: { actor: ring.actor, user } };
  await ring.each((number) => (number ? link : ring.call("deleteRegisteredUser", { registered_user_id: user })));
  const events = await ring.eventsOf(user);
  const last = new Map(
    events.filter(({ event }) => event.startsWith("credential_")).map(({ connector, event }) => [connector, event]),
  );
  const kept = [...last.values()].filter((event) => event !== "credential_revoked");
  must(kept.length === 0, `a deleted user has ${kept}`);
  must(events.at(-1).event === "registered_user_deleted", "something happened to a user after its deletion");
}

// Whoever takes an effect has it alone.
async function effectsAreTakenOnce(ring) {
  const count = 2 * ring.count;
  for (let number = 0; number < count; number++) {
    const registered_user_id = await ring.user(`user_${number}`);
    const { link_session_id } = await ring.first.startLink({ registered_user_id, connector: "slack" });
    await ring.first.completeLink({ link_session_id });
    await ring.first.deleteRegisteredUser({ registered_user_id });
  }
  const taken = (await ring.each(() => ({ name: "take" }))).flatMap(({ answer }) => answer);
  must(taken.length >= count, `of ${count} effects ${taken.length} were taken`);
  must(new Set(taken).size === taken.length, "an effect was taken twice");
}

const RACES = [
  oneId,
  oneIdInTwoEnvironments,
  tokenOfThreeUses,
  membersOfACompany,
  lastAdmins,
  sweepsBesideCommands,
  deletionsBesideLinks,
  effectsAreTakenOnce,
];

export { racesOf };
