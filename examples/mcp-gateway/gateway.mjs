// What one user sees over MCP: the tools that it may call, each call guarded, and a link to follow where only its grant is missing.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ListToolsRequestSchema, UrlElicitationRequiredError } from "@modelcontextprotocol/sdk/types.js";
import { fill, isTenantryError, splitFullName, withToolCall } from "tenantry";

/** `acme` acts for the host, on a store or an instance; `connectors` are the upstream servers by their slugs. */
export function serverOf({ acme, tool_pack_id, connectors, links, vault }, registered_user_id) {
  const server = new Server({ name: "tenantry-gateway", version: "1.0.0" }, { capabilities: { tools: {} } });
  const callOf = (tool) => ({ registered_user_id, tool_pack_id, tool });

  server.setRequestHandler(ListToolsRequestSchema, async () => {
    const tools = [];
    for await (const entry of acme.iterTools({ registered_user_id, tool_pack_id })) {
      if (entry.status !== "ready" && (await missingLink(entry.tools[0])) === undefined) continue;
      for (const name of entry.tools) {
        const described = connectors[entry.connector]?.tools[splitFullName(name).tool];
        if (described !== undefined) tools.push({ name, ...described });
      }
    }
    return { tools };
  });

  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    try {
      return await withToolCall(acme, callOf(params.name), (started) => run(started, params.arguments));
    } catch (error) {
      if (!isTenantryError(error) && !isUnauthorized(error)) throw error;
      // What is malformed cannot be explained.
      const command = error.status === 400 ? undefined : await missingLink(params.name);
      if (command === undefined) return failed(`${error.code}: ${error.whatToDo ?? "the third party refuses the grant"}`);
      const { id, url } = await links.start(command);
      const message = `${command.connector} needs your consent`;
      if (server.getClientCapabilities()?.elicitation?.url !== undefined) {
        throw new UrlElicitationRequiredError([{ mode: "url", message, elicitationId: id, url }]);
      }
      return failed(`${message}. Open ${url} and try again.`);
    }
  });

  // The command that starts a link, where that is all that a call lacks and the grant is this user's own.
  async function missingLink(tool) {
    if (tool === undefined) return undefined;
    const { remedies } = await acme.explain(callOf(tool));
    const [step] = remedies.map(({ steps }) => steps).find((steps) => steps.length === 1 && isOwnLink(steps[0])) ?? [];
    return step && fill(step);
  }

  // Calls the tool upstream, with the token of whoever the decision names.
  async function run({ owner, connector, tool }, args) {
    const grant = owner === null ? undefined : vault.get(owner, connector);
    const headers = grant === undefined ? {} : { authorization: `Bearer ${grant.token}` };
    const client = new Client({ name: "tenantry-gateway", version: "1.0.0" });
    try {
      await client.connect(
        new StreamableHTTPClientTransport(new URL(connectors[connector].mcp_url), { requestInit: { headers } }),
      );
      return await client.callTool({ name: splitFullName(tool).tool, arguments: args });
    } catch (error) {
      if (isUnauthorized(error) && owner !== null) {
        const report = { owner, connector, status: "needs_reauth", reason: "upstream" };
        await acme.reportCredential({ ...report, expected_generation: grant?.generation });
      }
      throw error;
    } finally {
      await client.close();
    }
  }

  return server;
}

function isOwnLink({ kind, affects, command }) {
  return kind === "link" && affects === "user" && command !== undefined;
}

function isUnauthorized(error) {
  return error.code === 401;
}

function failed(text) {
  return { isError: true, content: [{ type: "text", text }] };
}
