// The gateway over HTTP: `/mcp` for agents with a user's bearer token, `/callback/…` for the user's browser with its cookie.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { serverOf } from "./gateway.mjs";
import { Links, Vault } from "./links.mjs";

/**
 * `authenticate` answers the registered user of a token, or undefined. Its sessions live in this process: several processes need
 * a load balancer that sends a session to the same one.
 */
export function createGateway({ authenticate, ...given }) {
  const host = { ...given, vault: new Vault() };
  host.links = new Links(host);
  const sessions = new Map();

  async function mcp(request, response) {
    const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? "") ?? [];
    const user = await authenticate(token);
    if (user === undefined) return response.writeHead(401, { "www-authenticate": "Bearer" }).end();
    const id = request.headers["mcp-session-id"];
    const session = id === undefined ? await begin(user) : sessions.get(id);
    if (session?.user !== user) return response.writeHead(404).end();
    await session.transport.handleRequest(request, response);
  }

  async function begin(user) {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => sessions.set(id, { transport, user }),
      onsessionclosed: (id) => sessions.delete(id),
    });
    await serverOf(host, user).connect(transport);
    return { transport, user };
  }

  async function callback(url, request, response) {
    const [, token] = /(?:^|; )session=([^;]+)/.exec(request.headers.cookie ?? "") ?? [];
    const user = await authenticate(token);
    if (user === undefined) return response.writeHead(401).end("Log in first.");
    const text = await host.links.finish(url.pathname.slice("/callback/".length), url.searchParams, user);
    response.writeHead(200, { "content-type": "text/plain; charset=utf-8" }).end(text);
  }

  const server = createServer((request, response) => {
    // What Node takes for a target need not be one for `URL`: `//` is none.
    if (!URL.canParse(request.url, "http://gateway")) return response.writeHead(400).end();
    const url = new URL(request.url, "http://gateway");
    const answered = async () => {
      if (url.pathname === "/mcp") return mcp(request, response);
      if (url.pathname.startsWith("/callback/")) return callback(url, request, response);
      response.writeHead(404).end();
    };
    answered().catch((error) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  return {
    /** Answers its address. */
    async listen(port = 0) {
      await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
      host.address = `http://127.0.0.1:${server.address().port}`;
      return host.address;
    },
    async close() {
      for (const { transport } of sessions.values()) await transport.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
