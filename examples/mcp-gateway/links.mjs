// Users grant access to their accounts at third parties, by OAuth: the gateway keeps the tokens, Tenantry who granted what.

/** Tokens by whose they are. A platform keeps them encrypted, elsewhere; what is lost here, users grant again. */
export class Vault {
  #grants = new Map();

  get(owner, connector) {
    return this.#grants.get(key(owner, connector));
  }

  put({ owner, connector, generation }, token) {
    this.#grants.set(key(owner, connector), { token, generation });
  }
}

function key({ scope, registered_user_id, origin_company_id }, connector) {
  return JSON.stringify([scope, registered_user_id, origin_company_id, connector]);
}

export class Links {
  #host;

  constructor(host) {
    this.#host = host;
  }

  /** Starts a session by its command; answers its id, and where the user goes. */
  async start(command) {
    const { acme, connectors } = this.#host;
    const { link_session_id, connector } = (await acme.execute(command)).response;
    const { authorize_url, client_id } = connectors[connector];
    const url = new URL(authorize_url);
    const query = { response_type: "code", client_id, redirect_uri: this.#redirect(connector), state: link_session_id };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return { id: link_session_id, url: url.href };
  }

  /** The user is back: what the third party has sent along, and who it is by the login at the gateway. */
  async finish(connector, query, registered_user_id) {
    const { acme, vault } = this.#host;
    const session = await this.#pending(connector, query.get("state"), registered_user_id);
    if (session === undefined) return "There is no such link, or it is over.";
    const { link_session_id } = session;
    const code = query.get("code");
    if (code === null) {
      await acme.failLink({ link_session_id, reason: query.get("error").slice(0, 255) });
      return "Access was not granted.";
    }
    const { access_token, account } = await this.#exchange(connector, code);
    const linked = await acme.completeLink({ link_session_id, registered_user_id, external_account_id: account });
    vault.put(linked.credential, access_token);
    return `${connector} is linked. Go back and try again.`;
  }

  // Looked for before the code is used: somebody else's session, or one of another connector, is none.
  async #pending(connector, id, registered_user_id) {
    for await (const session of this.#host.acme.iterLinkSessions({ registered_user_id })) {
      if (session.link_session_id === id && session.connector === connector && session.status === "pending") return session;
    }
    return undefined;
  }

  async #exchange(connector, code) {
    const { token_url, client_id, client_secret } = this.#host.connectors[connector];
    const fields = { grant_type: "authorization_code", code, client_id, client_secret, redirect_uri: this.#redirect(connector) };
    const response = await fetch(token_url, { method: "POST", body: new URLSearchParams(fields) });
    if (!response.ok) throw new Error(`${connector} answered ${response.status} to a code`);
    return response.json();
  }

  #redirect(connector) {
    return `${this.#host.address}/callback/${connector}`;
  }
}
