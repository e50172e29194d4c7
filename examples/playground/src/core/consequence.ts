// What a remedy would do: its commands are run on a copy, each one previewed first.
import type { Access, Command, JsonObject, Tenantry, ToolCall } from "tenantry";
import type { Consequence } from "./shapes";

export function consequenceOf(copy: Tenantry, actor: JsonObject, now: number, commands: object[], call: ToolCall): Consequence {
  const acting = copy.actingAs(actor as never);
  const lose = new Map<string, Access>();
  const gain = new Map<string, Access>();
  const run = (command: Command) => {
    const { impact } = acting.preview(command as never, { now }) as { impact: { lose: Access[]; gain: Access[] } };
    for (const access of impact.lose) if (!gain.delete(name(access))) lose.set(name(access), access);
    for (const access of impact.gain) if (!lose.delete(name(access))) gain.set(name(access), access);
    return acting.execute(command as never, { now }) as { response: { link_session_id?: string } };
  };
  for (const command of commands as Command[]) {
    const { response } = run(command);
    if (command.command === "start_link") run({ command: "complete_link", link_session_id: response.link_session_id! });
  }
  const code = acting.code(call.registered_user_id, call.tool_pack_id, call.tool, now);
  return { lose: [...lose.values()], gain: [...gain.values()], code };
}

const name = (access: Access) => [access.registered_user_id, access.tool_pack_id, access.connector].join("\n");
