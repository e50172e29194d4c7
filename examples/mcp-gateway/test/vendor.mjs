// A third party as the gateway meets it: consent by OAuth, and an MCP server for whoever has a token.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";

export async function vendor() {
  const codes = new Set();
  const tokens = new Map(); // to accounts
  const routes = {
    "/authorize": (url, _, response) => {
      const back = new URL(url.searchParams.get("redirect_uri"));
      const code = randomUUID();
      codes.add(code);
      back.searchParams.set("state", url.searchParams.get("state"));
      back.searchParams.set("code", code);
      response.writeHead(302, { location: back.href }).end();
    },
    "/token": async (_, request, response) => {
      const fields = new URLSearchParams(await text(request));
      if (!codes.delete(fields.get("code")) || fields.get("client_secret") !== "secret") return response.writeHead(400).end();
      const access_token = randomUUID();
      tokens.set(access_token, `U${tokens.size + 1}`);
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ access_token, account: tokens.get(access_token) }));
    },
    "/mcp": async (_, request, response) => {
      const account = tokens.get(request.headers.authorization?.replace("Bearer ", ""));
      if (account === undefined) return response.writeHead(401).end();
      const server = new Server({ name: "vendor", version: "1.0.0" }, { capabilities: { tools: {} } });
      server.setRequestHandler(CallToolRequestSchema, ({ params }) => ({
        content: [{ type: "text", text: `${account} ${params.name} ${params.arguments.text}` }],
      }));
      const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
      await server.connect(transport);
      await transport.handleRequest(request, response);
    },
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://vendor");
    (routes[url.pathname] ?? (() => response.writeHead(404).end()))(url, request, response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}`;
  const posting = { type: "object", properties: { text: { type: "string" } }, required: ["text"] };
  return {
    connector: {
      mcp_url: `${address}/mcp`,
      authorize_url: `${address}/authorize`,
      token_url: `${address}/token`,
      client_id: "gateway",
      client_secret: "secret",
      tools: { post: { description: "Posts a message.", inputSchema: posting } },
    },
    /** No token works any more. */
    revoke: () => tokens.clear(),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
