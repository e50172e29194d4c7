// Where the things that have lifecycles stand: those of the chosen user and connector, and the organization's own.
import { type Acting, type Event, isTenantryError, type RegisteredUser } from "tenantry";
import type { Standing, Thing } from "./shapes";

/** As many users are listed while none is chosen. */
const MANY = 20;

export function standingOf(acting: Acting, events: Event[], at: number, user: string | null, connector: string | null): Standing {
  const context = { now: at };
  const mine = user === null ? [] : events.filter((event) => event.stream.id === user);
  return {
    registered_user:
      user === null
        ? asked(() => acting.query({ query: "list_registered_users", limit: MANY }, context).items).map(userThing)
        : [userStanding(acting, mine, at, user)].filter((thing) => thing !== null),
    credential: asked(() =>
      user === null ? [] : acting.query({ query: "list_credentials", registered_user_id: user }, context).items,
    )
      .filter((one) => connector === null || one.connector === connector)
      .map((one) => ({ label: `${one.connector}, ${one.owner.scope}`, state: one.status })),
    link_session: asked(() =>
      user === null ? [] : acting.query({ query: "list_link_sessions", registered_user_id: user }, context).items,
    )
      .filter((one) => connector === null || one.connector === connector)
      .map((one) => ({ label: `${one.connector}, ${one.owner.scope}`, state: one.status })),
    tool_call: calls(mine, at),
    account: asked(() => acting.query({ query: "list_users" }, context).items).map((one) => ({
      label: one.name,
      state: one.status,
    })),
    registration_token: asked(() => acting.query({ query: "list_registration_tokens" }, context).items).map((one) => ({
      label: one.token_id,
      state: one.status,
    })),
  };
}

/** A refused query shows nothing: what it asks about is not there yet, or no more. */
function asked<T>(query: () => T[]): T[] {
  try {
    return query();
  } catch (error) {
    if (isTenantryError(error)) return [];
    throw error;
  }
}

const userThing = (one: RegisteredUser): Thing => ({
  label: one.origin_user_name ?? one.origin_user_id ?? one.registered_user_id,
  state: one.status,
});

function userStanding(acting: Acting, mine: Event[], at: number, user: string): Thing | null {
  const [found] = asked(() => [acting.query({ query: "get_registered_user", registered_user_id: user }, { now: at })]);
  if (found) return userThing(found);
  const deleted = mine.find((event) => event.event === "registered_user_deleted");
  if (!deleted) return null;
  return { label: user, state: mine.some((event) => event.event === "registered_user_purged") ? "purged" : "deleted" };
}

function calls(mine: Event[], at: number): Thing[] {
  const over = new Set(
    mine.map((event) =>
      event.event === "tool_call_finished" || event.event === "tool_call_expired" ? event.tool_call_id : null,
    ),
  );
  return mine.flatMap((event) => {
    if (event.event !== "tool_call_started") return [];
    const ended = over.has(event.tool_call_id) || Date.parse(event.expires_at) <= at;
    return [{ label: event.tool, state: ended ? "ended" : "open" }];
  });
}
