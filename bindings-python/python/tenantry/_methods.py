"""A method for each command and query. Generated from the declarations in the core."""

from ._tenantry import Acting

# A field that is not given. `None` is null, which some fields tell from absent.
_ABSENT = ...


def _request(member, name, fields):
    return {member: name} | {key: value for key, value in fields.items() if value is not _ABSENT}


def _execute(acting, name, fields, now, entropy):
    return acting.execute(_request("command", name, fields), {"now": now, "entropy": entropy})["response"]


def _query(acting, name, fields, now):
    return acting.query(_request("query", name, fields), {"now": now})


def _pages(acting, name, fields, now):
    after = _ABSENT
    while after is not None:
        page = _query(acting, name, fields | {"after": after}, now)
        yield from page["items"]
        after = page["next"]


def create_registered_user(
    self,
    *,
    origin_user_id,
    origin_user_name=_ABSENT,
    origin_user_email=_ABSENT,
    shared_credential_group=_ABSENT,
    custom_groupings=_ABSENT,
    user_type=_ABSENT,
    now=None,
    entropy=None,
):
    """Creates a registered user, or finds the one that has this `origin_user_id` (RU-1).

    Refused with `origin_user_id_required`, `invalid_origin_user_id` (RU-3), `invalid_email`, `invalid_origin_company_id`, `origin_company_id_required` (a company's name alone, RU-7), `invalid_custom_groupings`; and with `origin_user_id_taken` where the organization's other environment has it (RU-2), or a deactivated user under the policy `conflict` (RU-11).

    origin_user_id: The customer's own id of the user (RU-3).
    origin_user_name: What the user is called.
    origin_user_email: The user's address; need not be unique.
    shared_credential_group: The company that the user belongs to (RU-7).
    custom_groupings: The customer's own attributes.
    user_type: HUMAN where not given.
    """
    fields = {
        "origin_user_id": origin_user_id,
        "origin_user_name": origin_user_name,
        "origin_user_email": origin_user_email,
        "shared_credential_group": shared_credential_group,
        "custom_groupings": custom_groupings,
        "user_type": user_type,
    }
    return _execute(self, "create_registered_user", fields, now, entropy)


def create_test_user(
    self,
    *,
    origin_user_name=_ABSENT,
    origin_user_email=_ABSENT,
    now=None,
    entropy=None,
):
    """Creates a user of the test environment without an `origin_user_id` (RU-4, RU-5).

    Refused with `forbidden` outside the test environment, `invalid_email`.

    origin_user_name: What the user is called.
    origin_user_email: The user's address.
    """
    fields = {
        "origin_user_name": origin_user_name,
        "origin_user_email": origin_user_email,
    }
    return _execute(self, "create_test_user", fields, now, entropy)


def update_registered_user(
    self,
    *,
    registered_user_id,
    patch,
    expected_version=_ABSENT,
    now=None,
    entropy=None,
):
    """Changes the profile or the status of a registered user.

    Refused with `registered_user_not_found`, `version_conflict`, `origin_user_id_immutable`, `origin_user_id_taken` (RU-4), `origin_company_id_required` (a company's name where there is no company), `invalid_custom_groupings` (more than 50 after the merge), and what the form of the fields asks for.

    registered_user_id: The user.
    patch: What changes.
    expected_version: The version that the caller has seen, where it must still be the present one (M-3).
    """
    fields = {
        "registered_user_id": registered_user_id,
        "patch": patch,
        "expected_version": expected_version,
    }
    return _execute(self, "update_registered_user", fields, now, entropy)


def delete_registered_user(
    self,
    *,
    registered_user_id,
    expected_version=_ABSENT,
    now=None,
    entropy=None,
):
    """Deletes a registered user; its history stays until the retention is over.

    Refused with `registered_user_not_found`, `version_conflict`, `retention_hold` (RU-16).

    registered_user_id: The user.
    expected_version: The version that the caller has seen, where it must still be the present one.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "expected_version": expected_version,
    }
    return _execute(self, "delete_registered_user", fields, now, entropy)


def set_retention_hold(
    self,
    *,
    registered_user_id,
    held,
    reason=_ABSENT,
    now=None,
    entropy=None,
):
    """Places or releases a retention hold.

    Refused with `registered_user_not_found`: also for a tombstone without a hold from its `purge_at` on.

    registered_user_id: The user, or its tombstone.
    held: Whether the user is on hold.
    reason: Why, for the record.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "held": held,
        "reason": reason,
    }
    return _execute(self, "set_retention_hold", fields, now, entropy)


def delete_company(
    self,
    *,
    origin_company_id,
    now=None,
    entropy=None,
):
    """Deletes a company to which no user belongs any more (RU-15).

    Refused with `company_not_found`, `company_not_empty`.

    origin_company_id: The customer's own id.
    """
    fields = {
        "origin_company_id": origin_company_id,
    }
    return _execute(self, "delete_company", fields, now, entropy)


def create_organization(
    self,
    *,
    organization_id=_ABSENT,
    name,
    now=None,
    entropy=None,
):
    """Creates an organization (contract section 7).

    Refused with `name_required`, `organization_exists`.

    organization_id: Its id, where the host chooses it.
    name: What it is called.
    """
    fields = {
        "organization_id": organization_id,
        "name": name,
    }
    return _execute(self, "create_organization", fields, now, entropy)


def put_connector(
    self,
    *,
    connector,
    name=_ABSENT,
    tools,
    now=None,
    entropy=None,
):
    """Puts a connector, replacing it whole (TP-4).

    Refused with `invalid_slug`, `limit_exceeded` (1,000 connectors of an organization).

    connector: Its slug.
    name: What it is called.
    tools: Its tools, at most 1,000 as given.
    """
    fields = {
        "connector": connector,
        "name": name,
        "tools": tools,
    }
    return _execute(self, "put_connector", fields, now, entropy)


def delete_connector(
    self,
    *,
    connector,
    now=None,
    entropy=None,
):
    """Deletes a connector that no tool pack names (TP-6). Credentials for it stay.

    Refused with `connector_not_found`, `connector_in_use`.

    connector: Its slug.
    """
    fields = {
        "connector": connector,
    }
    return _execute(self, "delete_connector", fields, now, entropy)


def put_tool_pack(
    self,
    *,
    tool_pack_id,
    name,
    connectors,
    group_ids=_ABSENT,
    now=None,
    entropy=None,
):
    """Puts a tool pack, replacing it whole (TP-3, TP-4).

    Refused with `name_required`, `invalid_slug`, `connector_not_found`, `group_not_found`, `invalid_tool_pack` (a connector named twice, a tool that its connector does not have), `limit_exceeded` (1,000 packs of an organization).

    tool_pack_id: Its id.
    name: What it is called.
    connectors: Its connectors; one with no tools at all is left out.
    group_ids: The groups whose members it serves; none means everybody, an empty list nobody (TP-6).
    """
    fields = {
        "tool_pack_id": tool_pack_id,
        "name": name,
        "connectors": connectors,
        "group_ids": group_ids,
    }
    return _execute(self, "put_tool_pack", fields, now, entropy)


def delete_tool_pack(
    self,
    *,
    tool_pack_id,
    now=None,
    entropy=None,
):
    """Deletes a tool pack.

    Refused with `tool_pack_not_found`.

    tool_pack_id: Its id.
    """
    fields = {
        "tool_pack_id": tool_pack_id,
    }
    return _execute(self, "delete_tool_pack", fields, now, entropy)


def put_group(
    self,
    *,
    group_id,
    name,
    rule,
    now=None,
    entropy=None,
):
    """Puts a group, replacing it whole (TP-4).

    Refused with `name_required`, `invalid_rule` (TP-5), `limit_exceeded` (1,000 groups of an organization).

    group_id: Its id.
    name: What it is called.
    rule: Who belongs to it.
    """
    fields = {
        "group_id": group_id,
        "name": name,
        "rule": rule,
    }
    return _execute(self, "put_group", fields, now, entropy)


def delete_group(
    self,
    *,
    group_id,
    now=None,
    entropy=None,
):
    """Deletes a group that no tool pack names (TP-6).

    Refused with `group_not_found`, `group_in_use`.

    group_id: Its id.
    """
    fields = {
        "group_id": group_id,
    }
    return _execute(self, "delete_group", fields, now, entropy)


def start_link(
    self,
    *,
    registered_user_id,
    connector,
    tool_pack_id=_ABSENT,
    method=_ABSENT,
    now=None,
    entropy=None,
):
    """Starts a link session for a connector.

    Refused with, in this order, `registered_user_not_found`, `connector_not_found`, `tool_pack_not_found`, `registered_user_inactive`, `tool_pack_not_permitted`, `connector_not_in_tool_pack`, `invalid_company_for_shared_scope`, `limit_exceeded` (100 pending sessions of a user), and `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).

    registered_user_id: The user who will link.
    connector: The connector.
    tool_pack_id: The pack whose entry gives the scope; INDIVIDUAL without one.
    method: How the end user gets there. Default `link`. Default `'link'`.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "connector": connector,
        "tool_pack_id": tool_pack_id,
        "method": method,
    }
    return _execute(self, "start_link", fields, now, entropy)


def complete_link(
    self,
    *,
    link_session_id,
    registered_user_id=_ABSENT,
    external_account_id=_ABSENT,
    expires_at=_ABSENT,
    now=None,
    entropy=None,
):
    """Completes a link session: its owner's credential becomes active.

    Refused with `link_session_not_found`, `link_session_closed`, `link_session_expired`, and `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).

    Where it replaces a live grant of another account, `revoke_upstream` asks the host to end that one.

    link_session_id: The session.
    registered_user_id: Who came back from the third party, as far as the host can say: a session of another user is `link_session_not_found`, so that nobody finishes a link that somebody else has started.
    external_account_id: The account at the third party.
    expires_at: The first instant at which the credential is over.
    """
    fields = {
        "link_session_id": link_session_id,
        "registered_user_id": registered_user_id,
        "external_account_id": external_account_id,
        "expires_at": expires_at,
    }
    return _execute(self, "complete_link", fields, now, entropy)


def fail_link(
    self,
    *,
    link_session_id,
    reason=_ABSENT,
    now=None,
    entropy=None,
):
    """Gives a link session up.

    Refused as `CompleteLink` is.

    link_session_id: The session.
    reason: Why, for the record.
    """
    fields = {
        "link_session_id": link_session_id,
        "reason": reason,
    }
    return _execute(self, "fail_link", fields, now, entropy)


def revoke_credential(
    self,
    *,
    owner,
    connector,
    expected_generation=_ABSENT,
    now=None,
    entropy=None,
):
    """Revokes a live credential. The catalogue is not consulted.

    Refused with `registered_user_not_found` or `company_not_found` for an owner that is not there, `credential_not_found` for a credential that is not live, `version_conflict` for another generation than the expected one.

    owner: Whose it is.
    connector: The connector.
    expected_generation: The generation that the caller means, where it must still be the present one.
    """
    fields = {
        "owner": owner,
        "connector": connector,
        "expected_generation": expected_generation,
    }
    return _execute(self, "revoke_credential", fields, now, entropy)


def revoke_connector(
    self,
    *,
    connector,
    limit=_ABSENT,
    now=None,
    entropy=None,
):
    """Revokes the live credentials of one connector in the organization and environment, whoever owns them, in the order of owners. Call it again while some remain. The catalogue is not consulted.

    connector: The connector.
    limit: How many credentials at most; each gives an event and an effect. Default `1000`.
    """
    fields = {
        "connector": connector,
        "limit": limit,
    }
    return _execute(self, "revoke_connector", fields, now, entropy)


def report_credential(
    self,
    *,
    owner,
    connector,
    status,
    reason=_ABSENT,
    expires_at=_ABSENT,
    expected_generation=_ABSENT,
    now=None,
    entropy=None,
):
    """Reports the status of a live credential.

    Refused as `RevokeCredential` is.

    owner: Whose it is.
    connector: The connector.
    status: Its status.
    reason: Why it does not work: with `needs_reauth` only. Default `'refresh_failed'`.
    expires_at: The first instant at which it is no longer valid: with `active` only; absent clears the stored one.
    expected_generation: The generation that the report is about, where it must still be the present one: a late report about a grant that was replaced says nothing of the new one.
    """
    fields = {
        "owner": owner,
        "connector": connector,
        "status": status,
        "reason": reason,
        "expires_at": expires_at,
        "expected_generation": expected_generation,
    }
    return _execute(self, "report_credential", fields, now, entropy)


def start_tool_call(
    self,
    *,
    registered_user_id,
    tool_pack_id,
    tool,
    now=None,
    entropy=None,
):
    """Starts a tool call, where it is allowed.

    A denial is no rejection: it is answered, and recorded. Refused with `registered_user_not_found`, `tool_pack_not_found`, `invalid_slug` (the tool's name), `limit_exceeded` (1,000 open calls of a user).

    registered_user_id: The user on whose behalf the agent calls.
    tool_pack_id: The pack by which it calls.
    tool: What it calls: the tool's full name, `connector__tool`.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "tool_pack_id": tool_pack_id,
        "tool": tool,
    }
    return _execute(self, "start_tool_call", fields, now, entropy)


def finish_tool_call(
    self,
    *,
    registered_user_id,
    tool_call_id,
    result,
    now=None,
    entropy=None,
):
    """Finishes an open tool call.

    Refused with `registered_user_not_found`, `tool_call_not_found`.

    registered_user_id: The user on whose behalf it was started.
    tool_call_id: The call.
    result: How it ended.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "tool_call_id": tool_call_id,
        "result": result,
    }
    return _execute(self, "finish_tool_call", fields, now, entropy)


def advance_time(
    self,
    *,
    limit=_ABSENT,
    now=None,
    entropy=None,
):
    """Writes the events that are due, of all organizations.

    limit: How many events at most; none means all.
    """
    fields = {
        "limit": limit,
    }
    return _execute(self, "advance_time", fields, now, entropy)


def issue_registration_token(
    self,
    *,
    organization_id,
    secret,
    role=_ABSENT,
    max_uses=_ABSENT,
    expires_at=_ABSENT,
    now=None,
    entropy=None,
):
    """Issues a registration token. The host makes the secret, by custom `ort_…`, and hands it out.

    Refused with `organization_id_required`, `organization_not_found`, and `invalid_request` at `/secret` where the organization uses that secret already.

    organization_id: Where the token admits to.
    secret: 24–256 characters; kept as its SHA-256 only (P-4).
    role: The role of the accounts that it admits: `member` or `organization_admin`. Default `'member'`.
    max_uses: How many accounts it may admit, at least 1; none is unlimited. Default `1`.
    expires_at: The first instant at which it admits nobody any more.
    """
    fields = {
        "organization_id": organization_id,
        "secret": secret,
        "role": role,
        "max_uses": max_uses,
        "expires_at": expires_at,
    }
    return _execute(self, "issue_registration_token", fields, now, entropy)


def revoke_registration_token(
    self,
    *,
    token_id,
    now=None,
    entropy=None,
):
    """Revokes a registration token: it admits nobody any more. Revoking twice is a success without event.

    Refused with `registration_token_not_found`; revoking twice is a success.

    token_id: The token.
    """
    fields = {
        "token_id": token_id,
    }
    return _execute(self, "revoke_registration_token", fields, now, entropy)


def create_user(
    self,
    *,
    name,
    email,
    password=_ABSENT,
    organization_id=_ABSENT,
    org_token=_ABSENT,
    resource_id=_ABSENT,
    external_id=_ABSENT,
    metadata=_ABSENT,
    role=_ABSENT,
    now=None,
    entropy=None,
):
    """Creates an account.

    An `admin`, an `organization_admin` or the host itself creates it for somebody else; everybody else registers, with `organization_id`, `org_token` and `password`.

    Refused with `name_required`, `email_required`, `invalid_email`, `weak_password`, `invalid_metadata`; `organization_id_required`, `organization_not_found` (AC-1); `password_required`, `invalid_token` (AC-2, AC-3); `email_exists`, `external_id_exists`.

    name: What the account is called.
    email: Its address, unique over the whole system without regard to case (AC-5).
    password: Checked and dropped (AC-6): keeping passwords is the host's business.
    organization_id: The organization that it will belong to.
    org_token: The registration secret; not looked at where an administrator acts.
    resource_id: The host's own id for the account.
    external_id: The host's own id of it, unique in its organization (AC-7).
    metadata: The host's own data.
    role: What it may do; only an administrator may say.
    """
    fields = {
        "name": name,
        "email": email,
        "password": password,
        "organization_id": organization_id,
        "org_token": org_token,
        "resource_id": resource_id,
        "external_id": external_id,
        "metadata": metadata,
        "role": role,
    }
    return _execute(self, "create_user", fields, now, entropy)


def set_user_status(
    self,
    *,
    user_id,
    status,
    now=None,
    entropy=None,
):
    """Makes an account active, inactive or suspended. What is not active may not act, at once.

    Refused with `user_not_found`, `forbidden` (an `organization_admin` on an `admin`), `self_action`, `last_admin` (AC-9).

    user_id: The account.
    status: The new status.
    """
    fields = {
        "user_id": user_id,
        "status": status,
    }
    return _execute(self, "set_user_status", fields, now, entropy)


def update_user(
    self,
    *,
    user_id,
    patch,
    expected_version=_ABSENT,
    now=None,
    entropy=None,
):
    """Changes what an account is called, where it is reached, or what it may do.

    Refused with `user_not_found`, `version_conflict`, `forbidden` (its own role, the role `admin` by an `organization_admin`, or whatever an `organization_admin` would change of an `admin`), `organization_id_required`, `email_exists`, `external_id_exists`, `invalid_metadata` (larger than 16 KiB after the merge), `last_admin`, and what the form of the fields asks for (AC-10).

    user_id: The account.
    patch: What changes.
    expected_version: The version that the caller has seen, where it must still be the present one (M-3).
    """
    fields = {
        "user_id": user_id,
        "patch": patch,
        "expected_version": expected_version,
    }
    return _execute(self, "update_user", fields, now, entropy)


def delete_user(
    self,
    *,
    user_id,
    expected_version=_ABSENT,
    now=None,
    entropy=None,
):
    """Deletes an account. Its id is unknown from then on; its address and its `external_id` are free at once.

    Refused with `user_not_found`, `version_conflict`, `forbidden` (an `organization_admin` on an `admin`), `self_action`, `last_admin` (AC-11).

    user_id: The account.
    expected_version: The version that the caller has seen, where it must still be the present one (M-3).
    """
    fields = {
        "user_id": user_id,
        "expected_version": expected_version,
    }
    return _execute(self, "delete_user", fields, now, entropy)


def get_registered_user(
    self,
    *,
    registered_user_id,
    now=None,
):
    """One registered user, by its id.

    registered_user_id: The user.
    """
    fields = {
        "registered_user_id": registered_user_id,
    }
    return _query(self, "get_registered_user", fields, now)


def find_registered_user(
    self,
    *,
    origin_user_id,
    now=None,
):
    """One registered user, by the customer's own id.

    origin_user_id: The customer's own id.
    """
    fields = {
        "origin_user_id": origin_user_id,
    }
    return _query(self, "find_registered_user", fields, now)


def list_registered_users(
    self,
    *,
    origin_company_id=_ABSENT,
    group_id=_ABSENT,
    status=_ABSENT,
    is_test=_ABSENT,
    limit=_ABSENT,
    after=_ABSENT,
    now=None,
):
    """Registered users in the order of their ids; all filters must match.

    origin_company_id: Only members of this company.
    group_id: Only members of this group.
    status: Only users with this status.
    is_test: Only test users, or none of them.
    limit: The maximum number of items. Default `50`.
    after: The `next` of the previous page; absent for the first page.
    """
    fields = {
        "origin_company_id": origin_company_id,
        "group_id": group_id,
        "status": status,
        "is_test": is_test,
        "limit": limit,
        "after": after,
    }
    return _query(self, "list_registered_users", fields, now)


def iter_registered_users(
    self,
    *,
    origin_company_id=_ABSENT,
    group_id=_ABSENT,
    status=_ABSENT,
    is_test=_ABSENT,
    limit=_ABSENT,
    now=None,
):
    """Registered users in the order of their ids; all filters must match.

    origin_company_id: Only members of this company.
    group_id: Only members of this group.
    status: Only users with this status.
    is_test: Only test users, or none of them.
    limit: The maximum number of items. Default `50`.
    """
    fields = {
        "origin_company_id": origin_company_id,
        "group_id": group_id,
        "status": status,
        "is_test": is_test,
        "limit": limit,
    }
    return _pages(self, "list_registered_users", fields, now)


def list_companies(
    self,
    *,
    limit=_ABSENT,
    after=_ABSENT,
    now=None,
):
    """Companies in the order of their ids; a key restricted to users sees only theirs, and counts only them (C-3, P-2).

    limit: The maximum number of items. Default `50`.
    after: The `next` of the previous page; absent for the first page.
    """
    fields = {
        "limit": limit,
        "after": after,
    }
    return _query(self, "list_companies", fields, now)


def iter_companies(
    self,
    *,
    limit=_ABSENT,
    now=None,
):
    """Companies in the order of their ids; a key restricted to users sees only theirs, and counts only them (C-3, P-2).

    limit: The maximum number of items. Default `50`.
    """
    fields = {
        "limit": limit,
    }
    return _pages(self, "list_companies", fields, now)


def groups_of(
    self,
    *,
    registered_user_id,
    limit=_ABSENT,
    after=_ABSENT,
    now=None,
):
    """The groups of which a registered user is a member now, in the order of their ids.

    registered_user_id: The user.
    limit: The maximum number of items. Default `50`.
    after: The `next` of the previous page; absent for the first page.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "limit": limit,
        "after": after,
    }
    return _query(self, "groups_of", fields, now)


def iter_groups_of(
    self,
    *,
    registered_user_id,
    limit=_ABSENT,
    now=None,
):
    """The groups of which a registered user is a member now, in the order of their ids.

    registered_user_id: The user.
    limit: The maximum number of items. Default `50`.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "limit": limit,
    }
    return _pages(self, "groups_of", fields, now)


def list_credentials(
    self,
    *,
    registered_user_id=_ABSENT,
    connector=_ABSENT,
    origin_company_id=_ABSENT,
    external_account_id=_ABSENT,
    status=_ABSENT,
    linked_by=_ABSENT,
    limit=_ABSENT,
    after=_ABSENT,
    now=None,
):
    """Credentials in the order of their owners and connectors: what one registered user reaches (its own, its company's, its organization's), or those of all owners that the actor sees; all filters must match.

    registered_user_id: Only what this user reaches.
    connector: Only credentials for this connector.
    origin_company_id: Only what this company shares.
    external_account_id: Only credentials of this account at the third party.
    status: Only credentials with this status now.
    linked_by: Only credentials that this user has linked.
    limit: The maximum number of items. Default `50`.
    after: The `next` of the previous page; absent for the first page.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "connector": connector,
        "origin_company_id": origin_company_id,
        "external_account_id": external_account_id,
        "status": status,
        "linked_by": linked_by,
        "limit": limit,
        "after": after,
    }
    return _query(self, "list_credentials", fields, now)


def iter_credentials(
    self,
    *,
    registered_user_id=_ABSENT,
    connector=_ABSENT,
    origin_company_id=_ABSENT,
    external_account_id=_ABSENT,
    status=_ABSENT,
    linked_by=_ABSENT,
    limit=_ABSENT,
    now=None,
):
    """Credentials in the order of their owners and connectors: what one registered user reaches (its own, its company's, its organization's), or those of all owners that the actor sees; all filters must match.

    registered_user_id: Only what this user reaches.
    connector: Only credentials for this connector.
    origin_company_id: Only what this company shares.
    external_account_id: Only credentials of this account at the third party.
    status: Only credentials with this status now.
    linked_by: Only credentials that this user has linked.
    limit: The maximum number of items. Default `50`.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "connector": connector,
        "origin_company_id": origin_company_id,
        "external_account_id": external_account_id,
        "status": status,
        "linked_by": linked_by,
        "limit": limit,
    }
    return _pages(self, "list_credentials", fields, now)


def list_link_sessions(
    self,
    *,
    registered_user_id,
    limit=_ABSENT,
    after=_ABSENT,
    now=None,
):
    """The link sessions of a registered user that are still known, in the order of their ids.

    registered_user_id: The user.
    limit: The maximum number of items. Default `50`.
    after: The `next` of the previous page; absent for the first page.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "limit": limit,
        "after": after,
    }
    return _query(self, "list_link_sessions", fields, now)


def iter_link_sessions(
    self,
    *,
    registered_user_id,
    limit=_ABSENT,
    now=None,
):
    """The link sessions of a registered user that are still known, in the order of their ids.

    registered_user_id: The user.
    limit: The maximum number of items. Default `50`.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "limit": limit,
    }
    return _pages(self, "list_link_sessions", fields, now)


def list_connectors(
    self,
    *,
    limit=_ABSENT,
    after=_ABSENT,
    now=None,
):
    """The connectors in the order of their slugs; every management key sees them (C-3).

    limit: The maximum number of items. Default `50`.
    after: The `next` of the previous page; absent for the first page.
    """
    fields = {
        "limit": limit,
        "after": after,
    }
    return _query(self, "list_connectors", fields, now)


def iter_connectors(
    self,
    *,
    limit=_ABSENT,
    now=None,
):
    """The connectors in the order of their slugs; every management key sees them (C-3).

    limit: The maximum number of items. Default `50`.
    """
    fields = {
        "limit": limit,
    }
    return _pages(self, "list_connectors", fields, now)


def list_tool_packs(
    self,
    *,
    limit=_ABSENT,
    after=_ABSENT,
    now=None,
):
    """The tool packs in the order of their ids; a restricted key sees only its own (C-3).

    limit: The maximum number of items. Default `50`.
    after: The `next` of the previous page; absent for the first page.
    """
    fields = {
        "limit": limit,
        "after": after,
    }
    return _query(self, "list_tool_packs", fields, now)


def iter_tool_packs(
    self,
    *,
    limit=_ABSENT,
    now=None,
):
    """The tool packs in the order of their ids; a restricted key sees only its own (C-3).

    limit: The maximum number of items. Default `50`.
    """
    fields = {
        "limit": limit,
    }
    return _pages(self, "list_tool_packs", fields, now)


def list_groups(
    self,
    *,
    limit=_ABSENT,
    after=_ABSENT,
    now=None,
):
    """The groups in the order of their ids; every management key sees them (C-3).

    limit: The maximum number of items. Default `50`.
    after: The `next` of the previous page; absent for the first page.
    """
    fields = {
        "limit": limit,
        "after": after,
    }
    return _query(self, "list_groups", fields, now)


def iter_groups(
    self,
    *,
    limit=_ABSENT,
    now=None,
):
    """The groups in the order of their ids; every management key sees them (C-3).

    limit: The maximum number of items. Default `50`.
    """
    fields = {
        "limit": limit,
    }
    return _pages(self, "list_groups", fields, now)


def list_tools(
    self,
    *,
    registered_user_id,
    tool_pack_id,
    authenticated_only=_ABSENT,
    limit=_ABSENT,
    after=_ABSENT,
    now=None,
):
    """The connectors of a pack as one user finds them, in the order of their slugs.

    registered_user_id: The user.
    tool_pack_id: The pack.
    authenticated_only: Only connectors that are ready. Default `false`.
    limit: The maximum number of items. Default `50`.
    after: The `next` of the previous page; absent for the first page.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "tool_pack_id": tool_pack_id,
        "authenticated_only": authenticated_only,
        "limit": limit,
        "after": after,
    }
    return _query(self, "list_tools", fields, now)


def iter_tools(
    self,
    *,
    registered_user_id,
    tool_pack_id,
    authenticated_only=_ABSENT,
    limit=_ABSENT,
    now=None,
):
    """The connectors of a pack as one user finds them, in the order of their slugs.

    registered_user_id: The user.
    tool_pack_id: The pack.
    authenticated_only: Only connectors that are ready. Default `false`.
    limit: The maximum number of items. Default `50`.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "tool_pack_id": tool_pack_id,
        "authenticated_only": authenticated_only,
        "limit": limit,
    }
    return _pages(self, "list_tools", fields, now)


def journal(
    self,
    *,
    registered_user_id=_ABSENT,
    origin_company_id=_ABSENT,
    group_id=_ABSENT,
    event=_ABSENT,
    from_=_ABSENT,
    to=_ABSENT,
    limit=_ABSENT,
    after=_ABSENT,
    now=None,
):
    """Events in the order in which they happened; all filters must match.

    The actor's organization bounds what is seen, and its environment does, with the events that belong to none. `system` and an `admin` may name neither and see everything; with `origin_company_id` both are needed, with `group_id` the organization. The cursor goes on where the page ended, whatever was added or purged meanwhile.

    registered_user_id: Only this user's own stream, also when it is deleted.
    origin_company_id: Only this company's stream and those of its present members.
    group_id: Only the streams of this group's present members.
    event: Only events of this name.
    from_: Only events at this instant or later.
    to: Only events before this instant.
    limit: The maximum number of items. Default `50`.
    after: The `next` of the previous page; absent for the first page.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "origin_company_id": origin_company_id,
        "group_id": group_id,
        "event": event,
        "from": from_,
        "to": to,
        "limit": limit,
        "after": after,
    }
    return _query(self, "journal", fields, now)


def iter_journal(
    self,
    *,
    registered_user_id=_ABSENT,
    origin_company_id=_ABSENT,
    group_id=_ABSENT,
    event=_ABSENT,
    from_=_ABSENT,
    to=_ABSENT,
    limit=_ABSENT,
    now=None,
):
    """Events in the order in which they happened; all filters must match.

    The actor's organization bounds what is seen, and its environment does, with the events that belong to none. `system` and an `admin` may name neither and see everything; with `origin_company_id` both are needed, with `group_id` the organization. The cursor goes on where the page ended, whatever was added or purged meanwhile.

    registered_user_id: Only this user's own stream, also when it is deleted.
    origin_company_id: Only this company's stream and those of its present members.
    group_id: Only the streams of this group's present members.
    event: Only events of this name.
    from_: Only events at this instant or later.
    to: Only events before this instant.
    limit: The maximum number of items. Default `50`.
    """
    fields = {
        "registered_user_id": registered_user_id,
        "origin_company_id": origin_company_id,
        "group_id": group_id,
        "event": event,
        "from": from_,
        "to": to,
        "limit": limit,
    }
    return _pages(self, "journal", fields, now)


def get_organization(
    self,
    *,
    now=None,
):
    """The organization that the actor acts for."""
    fields = {}
    return _query(self, "get_organization", fields, now)


def get_user(
    self,
    *,
    user_id,
    now=None,
):
    """One account, by its id.

    user_id: The account.
    """
    fields = {
        "user_id": user_id,
    }
    return _query(self, "get_user", fields, now)


def list_users(
    self,
    *,
    status=_ABSENT,
    limit=_ABSENT,
    after=_ABSENT,
    now=None,
):
    """Accounts in the order of their ids: those of the organization that the actor acts for; all of them where `system` or an `admin` names none (AC-1).

    status: Only accounts with this status.
    limit: The maximum number of items. Default `50`.
    after: The `next` of the previous page; absent for the first page.
    """
    fields = {
        "status": status,
        "limit": limit,
        "after": after,
    }
    return _query(self, "list_users", fields, now)


def iter_users(
    self,
    *,
    status=_ABSENT,
    limit=_ABSENT,
    now=None,
):
    """Accounts in the order of their ids: those of the organization that the actor acts for; all of them where `system` or an `admin` names none (AC-1).

    status: Only accounts with this status.
    limit: The maximum number of items. Default `50`.
    """
    fields = {
        "status": status,
        "limit": limit,
    }
    return _pages(self, "list_users", fields, now)


def list_registration_tokens(
    self,
    *,
    limit=_ABSENT,
    after=_ABSENT,
    now=None,
):
    """Registration tokens in the order of their ids, of the same organizations as accounts (AC-1).

    limit: The maximum number of items. Default `50`.
    after: The `next` of the previous page; absent for the first page.
    """
    fields = {
        "limit": limit,
        "after": after,
    }
    return _query(self, "list_registration_tokens", fields, now)


def iter_registration_tokens(
    self,
    *,
    limit=_ABSENT,
    now=None,
):
    """Registration tokens in the order of their ids, of the same organizations as accounts (AC-1).

    limit: The maximum number of items. Default `50`.
    """
    fields = {
        "limit": limit,
    }
    return _pages(self, "list_registration_tokens", fields, now)


METHODS = (
    create_registered_user,
    create_test_user,
    update_registered_user,
    delete_registered_user,
    set_retention_hold,
    delete_company,
    create_organization,
    put_connector,
    delete_connector,
    put_tool_pack,
    delete_tool_pack,
    put_group,
    delete_group,
    start_link,
    complete_link,
    fail_link,
    revoke_credential,
    revoke_connector,
    report_credential,
    start_tool_call,
    finish_tool_call,
    advance_time,
    issue_registration_token,
    revoke_registration_token,
    create_user,
    set_user_status,
    update_user,
    delete_user,
    get_registered_user,
    find_registered_user,
    list_registered_users,
    iter_registered_users,
    list_companies,
    iter_companies,
    groups_of,
    iter_groups_of,
    list_credentials,
    iter_credentials,
    list_link_sessions,
    iter_link_sessions,
    list_connectors,
    iter_connectors,
    list_tool_packs,
    iter_tool_packs,
    list_groups,
    iter_groups,
    list_tools,
    iter_tools,
    journal,
    iter_journal,
    get_organization,
    get_user,
    list_users,
    iter_users,
    list_registration_tokens,
    iter_registration_tokens,
)

for _method in METHODS:
    setattr(Acting, _method.__name__, _method)
