// A real MCP client at the gateway, over HTTP; a third party that asks for consent; the state in memory and in a file.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { UrlElicitationRequiredError } from "@modelcontextprotocol/sdk/types.js";
import { Tenantry } from "tenantry";
import { SqliteStore } from "tenantry/stores/sqlite";
import { createGateway } from "../server.mjs";
import { setUp } from "../setup.mjs";
import { vendor } from "./vendor.mjs";

const ends = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const states = {
  "in memory": () => new Tenantry({ journal: "memory" }),
  "in a file": () => {
    const folder = mkdtempSync(join(tmpdir(), "tenantry-gateway-"));
    const store = new SqliteStore(join(folder, "gateway.db"));
    store.migrate();
    ends.push(
      () => rmSync(folder, { recursive: true }),
      () => store.close(),
    );
    return store;
  },
};

/** A gateway for Alice and Bob, and how to be one of them. */
async function start(state) {
  const slack = await vendor();
  ends.push(() => slack.close());
  const connectors = { slack: slack.connector };
  const tool_pack_id = "gateway";
  const host = await setUp(state, { connectors, tool_pack_id, tokens: { "alice-token": "alice", "bob-token": "bob" } });
  const gateway = createGateway({ ...host, connectors, tool_pack_id });
  const address = await gateway.listen();
  ends.push(() => gateway.close());

  async function agent(name, capabilities = { elicitation: { url: {} } }) {
    const client = new Client({ name: "agent", version: "1.0.0" }, { capabilities });
    const headers = { authorization: `Bearer ${name}-token` };
    await client.connect(new StreamableHTTPClientTransport(new URL(`${address}/mcp`), { requestInit: { headers } }));
    ends.push(() => client.close());
    return {
      tools: async () => (await client.listTools()).tools.map((tool) => tool.name),
      post: async (text) => client.callTool({ name: "slack__post", arguments: { text } }),
      call: (tool) => client.callTool({ name: tool, arguments: {} }),
    };
  }

  // What the user's browser does: consent at the third party, and back to the gateway with its cookie.
  async function consent(url, name, { declined = false } = {}) {
    const { headers } = await fetch(url, { redirect: "manual" });
    const back = new URL(headers.get("location"));
    if (declined) {
      back.searchParams.delete("code");
      back.searchParams.set("error", "access_denied");
    }
    const response = await fetch(back, { headers: { cookie: `session=${name}-token` } });
    return [response.status, await response.text()];
  }

  return { ...host, slack, address, agent, consent, user: (name) => host.authenticate(`${name}-token`) };
}

async function linkOf(posting) {
  const error = await posting.then(assert.fail, (error) => error);
  assert.ok(error instanceof UrlElicitationRequiredError, error);
  const [{ mode, url }] = error.elicitations;
  assert.equal(mode, "url");
  return url;
}

for (const [where, make] of Object.entries(states)) {
  describe(`the state ${where}`, () => {
    test("a user without a grant gets a link, and follows it; then its call goes upstream as its own account", async () => {
      const { agent, consent, acme, user } = await start(make());
      const alice = await agent("alice");
      assert.deepEqual(await alice.tools(), ["slack__post"]);
      assert.deepEqual(await consent(await linkOf(alice.post("hello")), "alice"), [
        200,
        "slack is linked. Go back and try again.",
      ]);
      assert.deepEqual((await alice.post("hello")).content, [{ type: "text", text: "U1 post hello" }]);
      // The grant is Alice's alone.
      await linkOf((await agent("bob")).post("hello"));
      const { items } = await acme.listCredentials({ registered_user_id: user("alice") });
      assert.deepEqual(
        items.map(({ external_account_id, status }) => [external_account_id, status]),
        [["U1", "active"]],
      );
    });

    test("a target that is no address is refused, and the gateway lives on", async () => {
      const { address, agent } = await start(make());
      const { hostname, port } = new URL(address);
      for (const target of ["//", "http://["]) {
        const socket = connect(Number(port), hostname);
        socket.end(`GET ${target} HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n`);
        assert.match((await socket.toArray()).join(""), /^HTTP\/1\.1 400 /);
      }
      await agent("alice");
    });

    test("a client that opens no links is shown the link as text", async () => {
      const { agent, consent } = await start(make());
      const alice = await agent("alice", {});
      const { isError, content } = await alice.post("hello");
      assert.equal(isError, true);
      const [url] = /http:\S+/.exec(content[0].text);
      await consent(url, "alice");
      assert.equal((await alice.post("hello")).isError, undefined);
    });

    test("nobody finishes a link that somebody else has started, nor one that was declined", async () => {
      const { agent, consent } = await start(make());
      const alice = await agent("alice");
      const url = await linkOf(alice.post("hello"));
      const none = [200, "There is no such link, or it is over."];
      assert.deepEqual(await consent(url, "bob"), none);
      assert.deepEqual(await consent(url, "mallory"), [401, "Log in first."]);
      assert.deepEqual(await consent(url, "alice", { declined: true }), [200, "Access was not granted."]);
      assert.deepEqual(await consent(url, "alice"), none);
      await linkOf(alice.post("hello"));
    });

    test("a grant that the third party has revoked is reported, and asked for again", async () => {
      const { agent, consent, slack, acme, user } = await start(make());
      const alice = await agent("alice");
      await consent(await linkOf(alice.post("one")), "alice");
      slack.revoke();
      const url = await linkOf(alice.post("two"));
      const call = { registered_user_id: user("alice"), tool_pack_id: "gateway", tool: "slack__post" };
      assert.equal((await acme.authorize(call)).code, "reauth_required");
      await consent(url, "alice");
      assert.equal((await alice.post("three")).content[0].text, "U1 post three");
    });

    test("a deactivated user has no tools, and no link would help; an unknown tool is denied", async () => {
      const { agent, acme, user } = await start(make());
      const alice = await agent("alice");
      const { isError, content } = await alice.call("slack__delete_everything");
      assert.deepEqual([isError, content[0].text.split(":")[0]], [true, "tool_not_in_tool_pack"]);
      assert.match((await alice.call("no name")).content[0].text, /^invalid_slug: /);
      await acme.updateRegisteredUser({ registered_user_id: user("alice"), patch: { is_active: false } });
      assert.deepEqual(await alice.tools(), []);
      assert.match((await alice.post("hello")).content[0].text, /^registered_user_inactive: /);
    });

    test("each call is in the journal, with its end", async () => {
      const state = make();
      const { agent, consent, acme } = await start(state);
      const alice = await agent("alice");
      await consent(await linkOf(alice.post("hello")), "alice");
      await alice.post("hello");
      const events = state instanceof Tenantry ? [...acme.iterJournal({})] : state.events().map(({ event }) => event);
      const calls = events.filter(({ event }) => event.startsWith("tool_call_"));
      assert.deepEqual(
        calls.map(({ event, code, result }) => [event, code ?? result].filter(Boolean).join(" ")),
        ["tool_call_denied credential_required", "tool_call_started", "tool_call_finished completed"],
      );
    });
  });
}

test("without a known token there is nothing, and a session is its user's own", async () => {
  const { address, agent } = await start(states["in memory"]());
  await assert.rejects(agent("mallory"), { code: 401 });
  const initialize = {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "agent", version: "1.0.0" } },
  };
  const send = (name, body, more = {}) =>
    fetch(`${address}/mcp`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${name}-token`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...more,
      },
      body: JSON.stringify(body),
    });
  const id = (await send("alice", initialize)).headers.get("mcp-session-id");
  const list = { jsonrpc: "2.0", id: 2, method: "tools/list" };
  const statuses = [];
  for (const name of ["alice", "bob"]) statuses.push((await send(name, list, { "mcp-session-id": id })).status);
  assert.deepEqual(statuses, [200, 404]);
});
