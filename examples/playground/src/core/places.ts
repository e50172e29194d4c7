// What a matrix shows: every user and every pack's connector that a run ever has, so that dragging time moves nothing.
import type { Event } from "tenantry";
import type { Column, Place } from "./shapes";

type Of<N extends Event["event"]> = Extract<Event, { event: N }>;

export function placesOf(events: Event[]): Place[] {
  const places = new Map<string, Place>();
  const placeOf = (organization_id: string, environment: Place["environment"]) => {
    const key = `${organization_id}/${environment}`;
    const place = places.get(key) ?? { organization_id, environment, users: [], columns: columnsOf(events, organization_id) };
    places.set(key, place);
    return place;
  };
  for (const event of events) {
    if (event.event !== "registered_user_created") continue;
    const id = event.stream.id;
    const { users } = placeOf(event.organization_id!, event.environment!);
    users.push({ id, label: event.origin_user_name ?? event.origin_user_id ?? id });
  }
  // An organization may have accounts and tokens alone.
  for (const { event, organization_id } of events) {
    const known = [...places.values()].some((place) => place.organization_id === organization_id);
    if (event === "organization_created" && !known) placeOf(organization_id!, "production");
  }
  return [...places.values()];
}

function columnsOf(events: Event[], organization: string | null): Column[] {
  const mine = events.filter((event) => event.organization_id === organization);
  const named = <N extends Event["event"]>(name: N) => mine.filter((event): event is Of<N> => event.event === name);
  const columns = new Map<string, Column>();
  for (const { tool_pack_id: pack, connectors } of named("tool_pack_put")) {
    for (const { connector, tool_names } of connectors) {
      const put = named("connector_put").filter((event) => event.connector === connector);
      const tools = tool_names ?? put.flatMap((event) => event.tools);
      const column = columns.get(`${pack}/${connector}`) ?? { pack, connector, tools: [] };
      column.tools = [...new Set([...column.tools, ...tools.map((tool) => `${connector}__${tool}`)])];
      columns.set(`${pack}/${connector}`, column);
    }
  }
  return [...columns.values()]
    .filter((column) => column.tools.length > 0)
    .sort((a, b) => (a.pack < b.pack ? -1 : a.pack > b.pack ? 1 : 0));
}
