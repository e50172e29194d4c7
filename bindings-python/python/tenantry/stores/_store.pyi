# Generated from `xtask/src/schema/stores.pyi` and the declarations in the core.
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias, TypeVar, overload

from .. import types as t
from ._plan import Plan

_R = TypeVar("_R")
_Text: TypeAlias = str | bytes | bytearray | memoryview
_ActingContext: TypeAlias = t.ActingContext | _Text | None

class StoreError(Exception):
    """The database is not one that this version serves."""

    @staticmethod
    def check(version: int) -> None:
        """Raises it where the tables are of another version."""

class StoredEvent(NamedTuple):
    """An event, and where it stands among all."""

    position: int
    event: t.Event

class TakenEffect(NamedTuple):
    """An effect to be carried out elsewhere, and the number to call `effect_done` with."""

    number: int
    effect: t.Effect

class Store:
    """The state of all organizations in a database."""

    def __init__(self, plan: Plan) -> None: ...
    def acting_as(self, actor: t.Actor | _Text) -> StoreActing:
        """A handle on the store that has its actor already."""

    def migrate(self) -> None:
        """Makes the tables where there are none; refuses those of another version. Call it before the first use, from as many processes as you like."""

    def sweep(self, *, now: t.Time | None = None, limit: int = 100) -> int:
        """Writes down what time has brought, `limit` things a transaction; answers how many things it were. Call it now and
        then: deadlines apply at their instant, this has data erased."""

    def next_due(self) -> int | None:
        """The earliest instant at which a sweep would do something, in milliseconds since 1970."""

    def events(self, *, after: int = 0, limit: int = 1000) -> list[StoredEvent]:
        """The events after a position, in the order of their positions. None that comes later gets a position before them."""

    def take_effects(self, *, limit: int = 10, seconds: float = 60) -> list[TakenEffect]:
        """Effects to be carried out elsewhere, which nobody else takes for so many seconds. Those that are not done by then
        are taken again."""

    def effect_done(self, number: int) -> None:
        """Marks an effect as carried out."""

    def snapshot(self) -> bytes:
        """The snapshot of all rows, the same bytes as of a state in memory: `Tenantry.restore` takes it."""

class StoreActing:
    """An actor bound to a store."""

    def __init__(self, store: Store, actor: t.Actor | _Text) -> None: ...
    def create_registered_user(
        self,
        *,
        origin_user_id: str,
        origin_user_name: str | None = ...,
        origin_user_email: str | None = ...,
        shared_credential_group: t.CompanyChoice | None = ...,
        custom_groupings: t.GroupingsChoice | None = ...,
        user_type: t.UserType | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.RegisteredUserCreation:
        """Creates a registered user, or finds the one that has this `origin_user_id` (RU-1).

        Refused with `origin_user_id_required`, `invalid_origin_user_id` (RU-3), `invalid_email`, `invalid_origin_company_id`, `origin_company_id_required` (a company's name alone, RU-7), `invalid_custom_groupings`; and with `origin_user_id_taken` where the organization's other environment has it (RU-2), or a deactivated user under the policy `conflict` (RU-11).

        origin_user_id: The customer's own id of the user (RU-3).
        origin_user_name: What the user is called.
        origin_user_email: The user's address; need not be unique.
        shared_credential_group: The company that the user belongs to (RU-7).
        custom_groupings: The customer's own attributes.
        user_type: HUMAN where not given.
        """

    def create_test_user(
        self,
        *,
        origin_user_name: str | None = ...,
        origin_user_email: str | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.RegisteredUserCreation:
        """Creates a user of the test environment without an `origin_user_id` (RU-4, RU-5).

        Refused with `forbidden` outside the test environment, `invalid_email`.

        origin_user_name: What the user is called.
        origin_user_email: The user's address.
        """

    def update_registered_user(
        self,
        *,
        registered_user_id: t.Id,
        patch: t.RegisteredUserPatch,
        expected_version: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.RegisteredUserUpdate:
        """Changes the profile or the status of a registered user.

        Refused with `registered_user_not_found`, `version_conflict`, `origin_user_id_immutable`, `origin_user_id_taken` (RU-4), `origin_company_id_required` (a company's name where there is no company), `invalid_custom_groupings` (more than 50 after the merge), and what the form of the fields asks for.

        registered_user_id: The user.
        patch: What changes.
        expected_version: The version that the caller has seen, where it must still be the present one (M-3).
        """

    def delete_registered_user(
        self,
        *,
        registered_user_id: t.Id,
        expected_version: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.RegisteredUserDeletion:
        """Deletes a registered user; its history stays until the retention is over.

        Refused with `registered_user_not_found`, `version_conflict`, `retention_hold` (RU-16).

        registered_user_id: The user.
        expected_version: The version that the caller has seen, where it must still be the present one.
        """

    def set_retention_hold(
        self,
        *,
        registered_user_id: t.Id,
        held: bool,
        reason: str | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.RetentionHold:
        """Places or releases a retention hold.

        Refused with `registered_user_not_found`: also for a tombstone without a hold from its `purge_at` on.

        registered_user_id: The user, or its tombstone.
        held: Whether the user is on hold.
        reason: Why, for the record.
        """

    def delete_company(
        self,
        *,
        origin_company_id: str,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.CompanyDeletion:
        """Deletes a company to which no user belongs any more (RU-15).

        Refused with `company_not_found`, `company_not_empty`.

        origin_company_id: The customer's own id.
        """

    def create_organization(
        self,
        *,
        organization_id: str | None = ...,
        name: str,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.OrganizationAnswer:
        """Creates an organization (contract section 7).

        Refused with `name_required`, `organization_exists`.

        organization_id: Its id, where the host chooses it.
        name: What it is called.
        """

    def put_connector(
        self,
        *,
        connector: str,
        name: str | None = ...,
        tools: list[str] | tuple[str, ...],
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.ConnectorPut:
        """Puts a connector, replacing it whole (TP-4).

        Refused with `invalid_slug`, `limit_exceeded` (1,000 connectors of an organization).

        connector: Its slug.
        name: What it is called.
        tools: Its tools, at most 1,000 as given.
        """

    def delete_connector(
        self,
        *,
        connector: str,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.ConnectorDeletion:
        """Deletes a connector that no tool pack names (TP-6). Credentials for it stay.

        Refused with `connector_not_found`, `connector_in_use`.

        connector: Its slug.
        """

    def put_tool_pack(
        self,
        *,
        tool_pack_id: str,
        name: str,
        connectors: list[t.PackConnectorChoice] | tuple[t.PackConnectorChoice, ...],
        group_ids: list[str] | tuple[str, ...] | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.ToolPackPut:
        """Puts a tool pack, replacing it whole (TP-3, TP-4).

        Refused with `name_required`, `invalid_slug`, `connector_not_found`, `group_not_found`, `invalid_tool_pack` (a connector named twice, a tool that its connector does not have), `limit_exceeded` (1,000 packs of an organization).

        tool_pack_id: Its id.
        name: What it is called.
        connectors: Its connectors; one with no tools at all is left out.
        group_ids: The groups whose members it serves; none means everybody, an empty list nobody (TP-6).
        """

    def delete_tool_pack(
        self,
        *,
        tool_pack_id: str,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.ToolPackDeletion:
        """Deletes a tool pack.

        Refused with `tool_pack_not_found`.

        tool_pack_id: Its id.
        """

    def put_group(
        self,
        *,
        group_id: str,
        name: str,
        rule: t.Rule,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.GroupPut:
        """Puts a group, replacing it whole (TP-4).

        Refused with `name_required`, `invalid_rule` (TP-5), `limit_exceeded` (1,000 groups of an organization).

        group_id: Its id.
        name: What it is called.
        rule: Who belongs to it.
        """

    def delete_group(
        self,
        *,
        group_id: str,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.GroupDeletion:
        """Deletes a group that no tool pack names (TP-6).

        Refused with `group_not_found`, `group_in_use`.

        group_id: Its id.
        """

    def start_link(
        self,
        *,
        registered_user_id: t.Id,
        connector: str,
        tool_pack_id: str | None = ...,
        method: t.LinkMethod | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.LinkStart:
        """Starts a link session for a connector.

        Refused with, in this order, `registered_user_not_found`, `connector_not_found`, `tool_pack_not_found`, `registered_user_inactive`, `tool_pack_not_permitted`, `connector_not_in_tool_pack`, `invalid_company_for_shared_scope`, `limit_exceeded` (100 pending sessions of a user), and `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).

        registered_user_id: The user who will link.
        connector: The connector.
        tool_pack_id: The pack whose entry gives the scope; INDIVIDUAL without one.
        method: How the end user gets there. Default `link`. Default `'link'`.
        """

    def complete_link(
        self,
        *,
        link_session_id: t.Id,
        registered_user_id: t.Id | None = ...,
        external_account_id: str | None = ...,
        expires_at: t.Time | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.CredentialAnswer:
        """Completes a link session: its owner's credential becomes active.

        Refused with `link_session_not_found`, `link_session_closed`, `link_session_expired`, and `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).

        Where it replaces a live grant of another account, `revoke_upstream` asks the host to end that one.

        link_session_id: The session.
        registered_user_id: Who came back from the third party, as far as the host can say: a session of another user is `link_session_not_found`, so that nobody finishes a link that somebody else has started.
        external_account_id: The account at the third party.
        expires_at: The first instant at which the credential is over.
        """

    def fail_link(
        self,
        *,
        link_session_id: t.Id,
        reason: str | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.LinkFailure:
        """Gives a link session up.

        Refused as `CompleteLink` is.

        link_session_id: The session.
        reason: Why, for the record.
        """

    def revoke_credential(
        self,
        *,
        owner: t.OwnerChoice,
        connector: str,
        expected_generation: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.CredentialAnswer:
        """Revokes a live credential. The catalogue is not consulted.

        Refused with `registered_user_not_found` or `company_not_found` for an owner that is not there, `credential_not_found` for a credential that is not live, `version_conflict` for another generation than the expected one.

        owner: Whose it is.
        connector: The connector.
        expected_generation: The generation that the caller means, where it must still be the present one.
        """

    def revoke_connector(
        self,
        *,
        connector: str,
        limit: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.ConnectorRevocation:
        """Revokes the live credentials of one connector in the organization and environment, whoever owns them, in the order of owners. Call it again while some remain. The catalogue is not consulted.

        connector: The connector.
        limit: How many credentials at most; each gives an event and an effect. Default `1000`.
        """

    def report_credential(
        self,
        *,
        owner: t.OwnerChoice,
        connector: str,
        status: t.ReportedStatus,
        reason: t.ReportReason | None = ...,
        expires_at: t.Time | None = ...,
        expected_generation: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.CredentialAnswer:
        """Reports the status of a live credential.

        Refused as `RevokeCredential` is.

        owner: Whose it is.
        connector: The connector.
        status: Its status.
        reason: Why it does not work: with `needs_reauth` only. Default `'refresh_failed'`.
        expires_at: The first instant at which it is no longer valid: with `active` only; absent clears the stored one.
        expected_generation: The generation that the report is about, where it must still be the present one: a late report about a grant that was replaced says nothing of the new one.
        """

    def start_tool_call(
        self,
        *,
        registered_user_id: t.Id,
        tool_pack_id: str,
        tool: str,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.ToolCallStart:
        """Starts a tool call, where it is allowed.

        A denial is no rejection: it is answered, and recorded. Refused with `registered_user_not_found`, `tool_pack_not_found`, `invalid_slug` (the tool's name), `limit_exceeded` (1,000 open calls of a user).

        registered_user_id: The user on whose behalf the agent calls.
        tool_pack_id: The pack by which it calls.
        tool: What it calls: the tool's full name, `connector__tool`.
        """

    def finish_tool_call(
        self,
        *,
        registered_user_id: t.Id,
        tool_call_id: t.Id,
        result: t.ToolCallResult,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.ToolCallFinish:
        """Finishes an open tool call.

        Refused with `registered_user_not_found`, `tool_call_not_found`.

        registered_user_id: The user on whose behalf it was started.
        tool_call_id: The call.
        result: How it ended.
        """

    def advance_time(
        self,
        *,
        limit: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.Sweep:
        """Writes the events that are due, of all organizations.

        limit: How many events at most; none means all.
        """

    def issue_registration_token(
        self,
        *,
        organization_id: str,
        secret: str,
        role: t.TokenRole | None = ...,
        max_uses: int | None = ...,
        expires_at: t.Time | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.RegistrationTokenIssue:
        """Issues a registration token. The host makes the secret, by custom `ort_…`, and hands it out.

        Refused with `organization_id_required`, `organization_not_found`, and `invalid_request` at `/secret` where the organization uses that secret already.

        organization_id: Where the token admits to.
        secret: 24–256 characters; kept as its SHA-256 only (P-4).
        role: The role of the accounts that it admits: `member` or `organization_admin`. Default `'member'`.
        max_uses: How many accounts it may admit, at least 1; none is unlimited. Default `1`.
        expires_at: The first instant at which it admits nobody any more.
        """

    def revoke_registration_token(
        self,
        *,
        token_id: t.Id,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.RegistrationTokenRevocation:
        """Revokes a registration token: it admits nobody any more. Revoking twice is a success without event.

        Refused with `registration_token_not_found`; revoking twice is a success.

        token_id: The token.
        """

    def create_user(
        self,
        *,
        name: str,
        email: str,
        password: str | None = ...,
        organization_id: str | None = ...,
        org_token: str | None = ...,
        resource_id: str | None = ...,
        external_id: str | None = ...,
        metadata: t.JsonObject | None = ...,
        role: t.Role | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.Account:
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

    def set_user_status(
        self,
        *,
        user_id: t.Id,
        status: t.AccountStatus,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.AccountAnswer:
        """Makes an account active, inactive or suspended. What is not active may not act, at once.

        Refused with `user_not_found`, `forbidden` (an `organization_admin` on an `admin`), `self_action`, `last_admin` (AC-9).

        user_id: The account.
        status: The new status.
        """

    def update_user(
        self,
        *,
        user_id: t.Id,
        patch: t.AccountPatch,
        expected_version: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.AccountAnswer:
        """Changes what an account is called, where it is reached, or what it may do.

        Refused with `user_not_found`, `version_conflict`, `forbidden` (its own role, the role `admin` by an `organization_admin`, or whatever an `organization_admin` would change of an `admin`), `organization_id_required`, `email_exists`, `external_id_exists`, `invalid_metadata` (larger than 16 KiB after the merge), `last_admin`, and what the form of the fields asks for (AC-10).

        user_id: The account.
        patch: What changes.
        expected_version: The version that the caller has seen, where it must still be the present one (M-3).
        """

    def delete_user(
        self,
        *,
        user_id: t.Id,
        expected_version: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.AccountDeletion:
        """Deletes an account. Its id is unknown from then on; its address and its `external_id` are free at once.

        Refused with `user_not_found`, `version_conflict`, `forbidden` (an `organization_admin` on an `admin`), `self_action`, `last_admin` (AC-11).

        user_id: The account.
        expected_version: The version that the caller has seen, where it must still be the present one (M-3).
        """

    def get_registered_user(
        self,
        *,
        registered_user_id: t.Id,
        now: t.Time | None = None,
    ) -> t.RegisteredUser:
        """One registered user, by its id.

        registered_user_id: The user.
        """

    def find_registered_user(
        self,
        *,
        origin_user_id: str,
        now: t.Time | None = None,
    ) -> t.RegisteredUser:
        """One registered user, by the customer's own id.

        origin_user_id: The customer's own id.
        """

    def list_registered_users(
        self,
        *,
        origin_company_id: str | None = ...,
        group_id: str | None = ...,
        status: t.UserStatus | None = ...,
        is_test: bool | None = ...,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.RegisteredUserList:
        """Registered users in the order of their ids; all filters must match.

        origin_company_id: Only members of this company.
        group_id: Only members of this group.
        status: Only users with this status.
        is_test: Only test users, or none of them.
        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_registered_users(
        self,
        *,
        origin_company_id: str | None = ...,
        group_id: str | None = ...,
        status: t.UserStatus | None = ...,
        is_test: bool | None = ...,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> Iterator[t.RegisteredUser]:
        """Registered users in the order of their ids; all filters must match.

        origin_company_id: Only members of this company.
        group_id: Only members of this group.
        status: Only users with this status.
        is_test: Only test users, or none of them.
        limit: The maximum number of items. Default `50`.
        """

    def list_companies(
        self,
        *,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.CompanyList:
        """Companies in the order of their ids; a key restricted to users sees only theirs, and counts only them (C-3, P-2).

        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_companies(
        self,
        *,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> Iterator[t.Company]:
        """Companies in the order of their ids; a key restricted to users sees only theirs, and counts only them (C-3, P-2).

        limit: The maximum number of items. Default `50`.
        """

    def groups_of(
        self,
        *,
        registered_user_id: t.Id,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.GroupList:
        """The groups of which a registered user is a member now, in the order of their ids.

        registered_user_id: The user.
        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_groups_of(
        self,
        *,
        registered_user_id: t.Id,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> Iterator[t.Group]:
        """The groups of which a registered user is a member now, in the order of their ids.

        registered_user_id: The user.
        limit: The maximum number of items. Default `50`.
        """

    def list_credentials(
        self,
        *,
        registered_user_id: t.Id | None = ...,
        connector: str | None = ...,
        origin_company_id: str | None = ...,
        external_account_id: str | None = ...,
        status: t.CredentialStatus | None = ...,
        linked_by: t.Id | None = ...,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.CredentialList:
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

    def iter_credentials(
        self,
        *,
        registered_user_id: t.Id | None = ...,
        connector: str | None = ...,
        origin_company_id: str | None = ...,
        external_account_id: str | None = ...,
        status: t.CredentialStatus | None = ...,
        linked_by: t.Id | None = ...,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> Iterator[t.Credential]:
        """Credentials in the order of their owners and connectors: what one registered user reaches (its own, its company's, its organization's), or those of all owners that the actor sees; all filters must match.

        registered_user_id: Only what this user reaches.
        connector: Only credentials for this connector.
        origin_company_id: Only what this company shares.
        external_account_id: Only credentials of this account at the third party.
        status: Only credentials with this status now.
        linked_by: Only credentials that this user has linked.
        limit: The maximum number of items. Default `50`.
        """

    def list_link_sessions(
        self,
        *,
        registered_user_id: t.Id,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.LinkSessionList:
        """The link sessions of a registered user that are still known, in the order of their ids.

        registered_user_id: The user.
        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_link_sessions(
        self,
        *,
        registered_user_id: t.Id,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> Iterator[t.LinkSession]:
        """The link sessions of a registered user that are still known, in the order of their ids.

        registered_user_id: The user.
        limit: The maximum number of items. Default `50`.
        """

    def list_connectors(
        self,
        *,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.ConnectorList:
        """The connectors in the order of their slugs; every management key sees them (C-3).

        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_connectors(
        self,
        *,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> Iterator[t.Connector]:
        """The connectors in the order of their slugs; every management key sees them (C-3).

        limit: The maximum number of items. Default `50`.
        """

    def list_tool_packs(
        self,
        *,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.ToolPackList:
        """The tool packs in the order of their ids; a restricted key sees only its own (C-3).

        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_tool_packs(
        self,
        *,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> Iterator[t.ToolPack]:
        """The tool packs in the order of their ids; a restricted key sees only its own (C-3).

        limit: The maximum number of items. Default `50`.
        """

    def list_groups(
        self,
        *,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.GroupList:
        """The groups in the order of their ids; every management key sees them (C-3).

        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_groups(
        self,
        *,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> Iterator[t.Group]:
        """The groups in the order of their ids; every management key sees them (C-3).

        limit: The maximum number of items. Default `50`.
        """

    def list_tools(
        self,
        *,
        registered_user_id: t.Id,
        tool_pack_id: str,
        authenticated_only: bool | None = ...,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.PackToolsList:
        """The connectors of a pack as one user finds them, in the order of their slugs.

        registered_user_id: The user.
        tool_pack_id: The pack.
        authenticated_only: Only connectors that are ready. Default `false`.
        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_tools(
        self,
        *,
        registered_user_id: t.Id,
        tool_pack_id: str,
        authenticated_only: bool | None = ...,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> Iterator[t.PackTools]:
        """The connectors of a pack as one user finds them, in the order of their slugs.

        registered_user_id: The user.
        tool_pack_id: The pack.
        authenticated_only: Only connectors that are ready. Default `false`.
        limit: The maximum number of items. Default `50`.
        """

    def journal(
        self,
        *,
        registered_user_id: t.Id | None = ...,
        origin_company_id: str | None = ...,
        group_id: str | None = ...,
        event: t.EventName | None = ...,
        from_: t.Time | None = ...,
        to: t.Time | None = ...,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.EventList:
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

    def iter_journal(
        self,
        *,
        registered_user_id: t.Id | None = ...,
        origin_company_id: str | None = ...,
        group_id: str | None = ...,
        event: t.EventName | None = ...,
        from_: t.Time | None = ...,
        to: t.Time | None = ...,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> Iterator[t.Event]:
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

    def get_organization(
        self,
        *,
        now: t.Time | None = None,
    ) -> t.Organization:
        """The organization that the actor acts for."""

    def get_user(
        self,
        *,
        user_id: t.Id,
        now: t.Time | None = None,
    ) -> t.Account:
        """One account, by its id.

        user_id: The account.
        """

    def list_users(
        self,
        *,
        status: t.AccountStatus | None = ...,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.AccountList:
        """Accounts in the order of their ids: those of the organization that the actor acts for; all of them where `system` or an `admin` names none (AC-1).

        status: Only accounts with this status.
        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_users(
        self,
        *,
        status: t.AccountStatus | None = ...,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> Iterator[t.Account]:
        """Accounts in the order of their ids: those of the organization that the actor acts for; all of them where `system` or an `admin` names none (AC-1).

        status: Only accounts with this status.
        limit: The maximum number of items. Default `50`.
        """

    def list_registration_tokens(
        self,
        *,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.RegistrationTokenList:
        """Registration tokens in the order of their ids, of the same organizations as accounts (AC-1).

        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_registration_tokens(
        self,
        *,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> Iterator[t.RegistrationToken]:
        """Registration tokens in the order of their ids, of the same organizations as accounts (AC-1).

        limit: The maximum number of items. Default `50`.
        """

    @overload
    def execute(self, command: t.CreateRegisteredUser, context: _ActingContext = None) -> t.Outcome[t.RegisteredUserCreation]:
        """Decides a command and, where it is accepted, changes the state by it: `{response, events, effects}`."""
    @overload
    def execute(self, command: t.CreateTestUser, context: _ActingContext = None) -> t.Outcome[t.RegisteredUserCreation]: ...
    @overload
    def execute(self, command: t.UpdateRegisteredUser, context: _ActingContext = None) -> t.Outcome[t.RegisteredUserUpdate]: ...
    @overload
    def execute(self, command: t.DeleteRegisteredUser, context: _ActingContext = None) -> t.Outcome[t.RegisteredUserDeletion]: ...
    @overload
    def execute(self, command: t.SetRetentionHold, context: _ActingContext = None) -> t.Outcome[t.RetentionHold]: ...
    @overload
    def execute(self, command: t.DeleteCompany, context: _ActingContext = None) -> t.Outcome[t.CompanyDeletion]: ...
    @overload
    def execute(self, command: t.CreateOrganization, context: _ActingContext = None) -> t.Outcome[t.OrganizationAnswer]: ...
    @overload
    def execute(self, command: t.PutConnector, context: _ActingContext = None) -> t.Outcome[t.ConnectorPut]: ...
    @overload
    def execute(self, command: t.DeleteConnector, context: _ActingContext = None) -> t.Outcome[t.ConnectorDeletion]: ...
    @overload
    def execute(self, command: t.PutToolPack, context: _ActingContext = None) -> t.Outcome[t.ToolPackPut]: ...
    @overload
    def execute(self, command: t.DeleteToolPack, context: _ActingContext = None) -> t.Outcome[t.ToolPackDeletion]: ...
    @overload
    def execute(self, command: t.PutGroup, context: _ActingContext = None) -> t.Outcome[t.GroupPut]: ...
    @overload
    def execute(self, command: t.DeleteGroup, context: _ActingContext = None) -> t.Outcome[t.GroupDeletion]: ...
    @overload
    def execute(self, command: t.StartLink, context: _ActingContext = None) -> t.Outcome[t.LinkStart]: ...
    @overload
    def execute(self, command: t.CompleteLink, context: _ActingContext = None) -> t.Outcome[t.CredentialAnswer]: ...
    @overload
    def execute(self, command: t.FailLink, context: _ActingContext = None) -> t.Outcome[t.LinkFailure]: ...
    @overload
    def execute(self, command: t.RevokeCredential, context: _ActingContext = None) -> t.Outcome[t.CredentialAnswer]: ...
    @overload
    def execute(self, command: t.RevokeConnector, context: _ActingContext = None) -> t.Outcome[t.ConnectorRevocation]: ...
    @overload
    def execute(self, command: t.ReportCredential, context: _ActingContext = None) -> t.Outcome[t.CredentialAnswer]: ...
    @overload
    def execute(self, command: t.StartToolCall, context: _ActingContext = None) -> t.Outcome[t.ToolCallStart]: ...
    @overload
    def execute(self, command: t.FinishToolCall, context: _ActingContext = None) -> t.Outcome[t.ToolCallFinish]: ...
    @overload
    def execute(self, command: t.AdvanceTime, context: _ActingContext = None) -> t.Outcome[t.Sweep]: ...
    @overload
    def execute(self, command: t.IssueRegistrationToken, context: _ActingContext = None) -> t.Outcome[t.RegistrationTokenIssue]: ...
    @overload
    def execute(self, command: t.RevokeRegistrationToken, context: _ActingContext = None) -> t.Outcome[t.RegistrationTokenRevocation]: ...
    @overload
    def execute(self, command: t.CreateUser, context: _ActingContext = None) -> t.Outcome[t.Account]: ...
    @overload
    def execute(self, command: t.SetUserStatus, context: _ActingContext = None) -> t.Outcome[t.AccountAnswer]: ...
    @overload
    def execute(self, command: t.UpdateUser, context: _ActingContext = None) -> t.Outcome[t.AccountAnswer]: ...
    @overload
    def execute(self, command: t.DeleteUser, context: _ActingContext = None) -> t.Outcome[t.AccountDeletion]: ...
    @overload
    def execute(self, command: t.Command[_R], context: _ActingContext = None) -> t.Outcome[_R]: ...
    @overload
    def execute(self, command: t.AnyCommand | _Text, context: _ActingContext = None) -> t.AnyOutcome: ...
    @overload
    def query(self, query: t.GetRegisteredUser, context: _ActingContext = None) -> t.RegisteredUser:
        """Answers a query."""
    @overload
    def query(self, query: t.FindRegisteredUser, context: _ActingContext = None) -> t.RegisteredUser: ...
    @overload
    def query(self, query: t.ListRegisteredUsers, context: _ActingContext = None) -> t.RegisteredUserList: ...
    @overload
    def query(self, query: t.ListCompanies, context: _ActingContext = None) -> t.CompanyList: ...
    @overload
    def query(self, query: t.GroupsOf, context: _ActingContext = None) -> t.GroupList: ...
    @overload
    def query(self, query: t.ListCredentials, context: _ActingContext = None) -> t.CredentialList: ...
    @overload
    def query(self, query: t.ListLinkSessions, context: _ActingContext = None) -> t.LinkSessionList: ...
    @overload
    def query(self, query: t.ListConnectors, context: _ActingContext = None) -> t.ConnectorList: ...
    @overload
    def query(self, query: t.ListToolPacks, context: _ActingContext = None) -> t.ToolPackList: ...
    @overload
    def query(self, query: t.ListGroups, context: _ActingContext = None) -> t.GroupList: ...
    @overload
    def query(self, query: t.ListTools, context: _ActingContext = None) -> t.PackToolsList: ...
    @overload
    def query(self, query: t.ReadJournal, context: _ActingContext = None) -> t.EventList: ...
    @overload
    def query(self, query: t.GetOrganization, context: _ActingContext = None) -> t.Organization: ...
    @overload
    def query(self, query: t.GetUser, context: _ActingContext = None) -> t.Account: ...
    @overload
    def query(self, query: t.ListUsers, context: _ActingContext = None) -> t.AccountList: ...
    @overload
    def query(self, query: t.ListRegistrationTokens, context: _ActingContext = None) -> t.RegistrationTokenList: ...
    @overload
    def query(self, query: t.Query[_R], context: _ActingContext = None) -> _R: ...
    @overload
    def query(self, query: t.AnyQuery | _Text, context: _ActingContext = None) -> t.Answer: ...
    def authorize(self, call: t.ToolCall | _Text, context: _ActingContext = None) -> t.Decision:
        """Decides a tool call and changes nothing: `Allow`, or `Deny` with the reason."""
    def authorize_batch(self, calls: list[t.ToolCall] | tuple[t.ToolCall, ...] | _Text, context: _ActingContext = None) -> list[t.BatchItem]:
        """Decides up to 10,000 calls, each as `authorize` would. A malformed call is answered by a `BatchRejection` in its place."""
    def explain(self, call: t.ToolCall | _Text, context: _ActingContext = None) -> t.Explanation:
        """Explains a decision: the decision, every check behind it, and the remedies that would lead to allow."""
    def may(self, request_name: t.RequestName, context: _ActingContext = None) -> bool:
        """Whether the actor could ever send this command, query or call, with some fields. Runs nothing; `permissions()` is the whole table."""
    def allows(
        self, registered_user_id: t.Id, tool_pack_id: str, tool: str, now: t.Time | None = None
    ) -> bool:
        """Whether the call may start. A malformed call may not; anything but strings raises a `UsageError`."""
    def code(
        self, registered_user_id: t.Id, tool_pack_id: str, tool: str, now: t.Time | None = None
    ) -> Literal["allow"] | t.Code:
        """`"allow"`, or the code with which `authorize` would deny or reject the call."""
    def codes(
        self,
        registered_user_ids: Iterable[t.Id],
        tool_pack_ids: Iterable[str],
        tools: Iterable[str],
        now: t.Time | None = None,
    ) -> bytes:
        """One byte for each call: 0 for allow, otherwise the `number` of the code in `error_catalog()`."""
class AsyncStore:
    """The state of all organizations in a database."""

    def __init__(self, plan: Plan) -> None: ...
    def acting_as(self, actor: t.Actor | _Text) -> AsyncStoreActing:
        """A handle on the store that has its actor already."""

    async def migrate(self) -> None:
        """Makes the tables where there are none; refuses those of another version. Call it before the first use, from as many processes as you like."""

    async def sweep(self, *, now: t.Time | None = None, limit: int = 100) -> int:
        """Writes down what time has brought, `limit` things a transaction; answers how many things it were. Call it now and
        then: deadlines apply at their instant, this has data erased."""

    async def next_due(self) -> int | None:
        """The earliest instant at which a sweep would do something, in milliseconds since 1970."""

    async def events(self, *, after: int = 0, limit: int = 1000) -> list[StoredEvent]:
        """The events after a position, in the order of their positions. None that comes later gets a position before them."""

    async def take_effects(self, *, limit: int = 10, seconds: float = 60) -> list[TakenEffect]:
        """Effects to be carried out elsewhere, which nobody else takes for so many seconds. Those that are not done by then
        are taken again."""

    async def effect_done(self, number: int) -> None:
        """Marks an effect as carried out."""

    async def snapshot(self) -> bytes:
        """The snapshot of all rows, the same bytes as of a state in memory: `Tenantry.restore` takes it."""

class AsyncStoreActing:
    """An actor bound to a store."""

    def __init__(self, store: AsyncStore, actor: t.Actor | _Text) -> None: ...
    async def create_registered_user(
        self,
        *,
        origin_user_id: str,
        origin_user_name: str | None = ...,
        origin_user_email: str | None = ...,
        shared_credential_group: t.CompanyChoice | None = ...,
        custom_groupings: t.GroupingsChoice | None = ...,
        user_type: t.UserType | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.RegisteredUserCreation:
        """Creates a registered user, or finds the one that has this `origin_user_id` (RU-1).

        Refused with `origin_user_id_required`, `invalid_origin_user_id` (RU-3), `invalid_email`, `invalid_origin_company_id`, `origin_company_id_required` (a company's name alone, RU-7), `invalid_custom_groupings`; and with `origin_user_id_taken` where the organization's other environment has it (RU-2), or a deactivated user under the policy `conflict` (RU-11).

        origin_user_id: The customer's own id of the user (RU-3).
        origin_user_name: What the user is called.
        origin_user_email: The user's address; need not be unique.
        shared_credential_group: The company that the user belongs to (RU-7).
        custom_groupings: The customer's own attributes.
        user_type: HUMAN where not given.
        """

    async def create_test_user(
        self,
        *,
        origin_user_name: str | None = ...,
        origin_user_email: str | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.RegisteredUserCreation:
        """Creates a user of the test environment without an `origin_user_id` (RU-4, RU-5).

        Refused with `forbidden` outside the test environment, `invalid_email`.

        origin_user_name: What the user is called.
        origin_user_email: The user's address.
        """

    async def update_registered_user(
        self,
        *,
        registered_user_id: t.Id,
        patch: t.RegisteredUserPatch,
        expected_version: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.RegisteredUserUpdate:
        """Changes the profile or the status of a registered user.

        Refused with `registered_user_not_found`, `version_conflict`, `origin_user_id_immutable`, `origin_user_id_taken` (RU-4), `origin_company_id_required` (a company's name where there is no company), `invalid_custom_groupings` (more than 50 after the merge), and what the form of the fields asks for.

        registered_user_id: The user.
        patch: What changes.
        expected_version: The version that the caller has seen, where it must still be the present one (M-3).
        """

    async def delete_registered_user(
        self,
        *,
        registered_user_id: t.Id,
        expected_version: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.RegisteredUserDeletion:
        """Deletes a registered user; its history stays until the retention is over.

        Refused with `registered_user_not_found`, `version_conflict`, `retention_hold` (RU-16).

        registered_user_id: The user.
        expected_version: The version that the caller has seen, where it must still be the present one.
        """

    async def set_retention_hold(
        self,
        *,
        registered_user_id: t.Id,
        held: bool,
        reason: str | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.RetentionHold:
        """Places or releases a retention hold.

        Refused with `registered_user_not_found`: also for a tombstone without a hold from its `purge_at` on.

        registered_user_id: The user, or its tombstone.
        held: Whether the user is on hold.
        reason: Why, for the record.
        """

    async def delete_company(
        self,
        *,
        origin_company_id: str,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.CompanyDeletion:
        """Deletes a company to which no user belongs any more (RU-15).

        Refused with `company_not_found`, `company_not_empty`.

        origin_company_id: The customer's own id.
        """

    async def create_organization(
        self,
        *,
        organization_id: str | None = ...,
        name: str,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.OrganizationAnswer:
        """Creates an organization (contract section 7).

        Refused with `name_required`, `organization_exists`.

        organization_id: Its id, where the host chooses it.
        name: What it is called.
        """

    async def put_connector(
        self,
        *,
        connector: str,
        name: str | None = ...,
        tools: list[str] | tuple[str, ...],
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.ConnectorPut:
        """Puts a connector, replacing it whole (TP-4).

        Refused with `invalid_slug`, `limit_exceeded` (1,000 connectors of an organization).

        connector: Its slug.
        name: What it is called.
        tools: Its tools, at most 1,000 as given.
        """

    async def delete_connector(
        self,
        *,
        connector: str,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.ConnectorDeletion:
        """Deletes a connector that no tool pack names (TP-6). Credentials for it stay.

        Refused with `connector_not_found`, `connector_in_use`.

        connector: Its slug.
        """

    async def put_tool_pack(
        self,
        *,
        tool_pack_id: str,
        name: str,
        connectors: list[t.PackConnectorChoice] | tuple[t.PackConnectorChoice, ...],
        group_ids: list[str] | tuple[str, ...] | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.ToolPackPut:
        """Puts a tool pack, replacing it whole (TP-3, TP-4).

        Refused with `name_required`, `invalid_slug`, `connector_not_found`, `group_not_found`, `invalid_tool_pack` (a connector named twice, a tool that its connector does not have), `limit_exceeded` (1,000 packs of an organization).

        tool_pack_id: Its id.
        name: What it is called.
        connectors: Its connectors; one with no tools at all is left out.
        group_ids: The groups whose members it serves; none means everybody, an empty list nobody (TP-6).
        """

    async def delete_tool_pack(
        self,
        *,
        tool_pack_id: str,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.ToolPackDeletion:
        """Deletes a tool pack.

        Refused with `tool_pack_not_found`.

        tool_pack_id: Its id.
        """

    async def put_group(
        self,
        *,
        group_id: str,
        name: str,
        rule: t.Rule,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.GroupPut:
        """Puts a group, replacing it whole (TP-4).

        Refused with `name_required`, `invalid_rule` (TP-5), `limit_exceeded` (1,000 groups of an organization).

        group_id: Its id.
        name: What it is called.
        rule: Who belongs to it.
        """

    async def delete_group(
        self,
        *,
        group_id: str,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.GroupDeletion:
        """Deletes a group that no tool pack names (TP-6).

        Refused with `group_not_found`, `group_in_use`.

        group_id: Its id.
        """

    async def start_link(
        self,
        *,
        registered_user_id: t.Id,
        connector: str,
        tool_pack_id: str | None = ...,
        method: t.LinkMethod | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.LinkStart:
        """Starts a link session for a connector.

        Refused with, in this order, `registered_user_not_found`, `connector_not_found`, `tool_pack_not_found`, `registered_user_inactive`, `tool_pack_not_permitted`, `connector_not_in_tool_pack`, `invalid_company_for_shared_scope`, `limit_exceeded` (100 pending sessions of a user), and `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).

        registered_user_id: The user who will link.
        connector: The connector.
        tool_pack_id: The pack whose entry gives the scope; INDIVIDUAL without one.
        method: How the end user gets there. Default `link`. Default `'link'`.
        """

    async def complete_link(
        self,
        *,
        link_session_id: t.Id,
        registered_user_id: t.Id | None = ...,
        external_account_id: str | None = ...,
        expires_at: t.Time | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.CredentialAnswer:
        """Completes a link session: its owner's credential becomes active.

        Refused with `link_session_not_found`, `link_session_closed`, `link_session_expired`, and `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).

        Where it replaces a live grant of another account, `revoke_upstream` asks the host to end that one.

        link_session_id: The session.
        registered_user_id: Who came back from the third party, as far as the host can say: a session of another user is `link_session_not_found`, so that nobody finishes a link that somebody else has started.
        external_account_id: The account at the third party.
        expires_at: The first instant at which the credential is over.
        """

    async def fail_link(
        self,
        *,
        link_session_id: t.Id,
        reason: str | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.LinkFailure:
        """Gives a link session up.

        Refused as `CompleteLink` is.

        link_session_id: The session.
        reason: Why, for the record.
        """

    async def revoke_credential(
        self,
        *,
        owner: t.OwnerChoice,
        connector: str,
        expected_generation: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.CredentialAnswer:
        """Revokes a live credential. The catalogue is not consulted.

        Refused with `registered_user_not_found` or `company_not_found` for an owner that is not there, `credential_not_found` for a credential that is not live, `version_conflict` for another generation than the expected one.

        owner: Whose it is.
        connector: The connector.
        expected_generation: The generation that the caller means, where it must still be the present one.
        """

    async def revoke_connector(
        self,
        *,
        connector: str,
        limit: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.ConnectorRevocation:
        """Revokes the live credentials of one connector in the organization and environment, whoever owns them, in the order of owners. Call it again while some remain. The catalogue is not consulted.

        connector: The connector.
        limit: How many credentials at most; each gives an event and an effect. Default `1000`.
        """

    async def report_credential(
        self,
        *,
        owner: t.OwnerChoice,
        connector: str,
        status: t.ReportedStatus,
        reason: t.ReportReason | None = ...,
        expires_at: t.Time | None = ...,
        expected_generation: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.CredentialAnswer:
        """Reports the status of a live credential.

        Refused as `RevokeCredential` is.

        owner: Whose it is.
        connector: The connector.
        status: Its status.
        reason: Why it does not work: with `needs_reauth` only. Default `'refresh_failed'`.
        expires_at: The first instant at which it is no longer valid: with `active` only; absent clears the stored one.
        expected_generation: The generation that the report is about, where it must still be the present one: a late report about a grant that was replaced says nothing of the new one.
        """

    async def start_tool_call(
        self,
        *,
        registered_user_id: t.Id,
        tool_pack_id: str,
        tool: str,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.ToolCallStart:
        """Starts a tool call, where it is allowed.

        A denial is no rejection: it is answered, and recorded. Refused with `registered_user_not_found`, `tool_pack_not_found`, `invalid_slug` (the tool's name), `limit_exceeded` (1,000 open calls of a user).

        registered_user_id: The user on whose behalf the agent calls.
        tool_pack_id: The pack by which it calls.
        tool: What it calls: the tool's full name, `connector__tool`.
        """

    async def finish_tool_call(
        self,
        *,
        registered_user_id: t.Id,
        tool_call_id: t.Id,
        result: t.ToolCallResult,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.ToolCallFinish:
        """Finishes an open tool call.

        Refused with `registered_user_not_found`, `tool_call_not_found`.

        registered_user_id: The user on whose behalf it was started.
        tool_call_id: The call.
        result: How it ended.
        """

    async def advance_time(
        self,
        *,
        limit: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.Sweep:
        """Writes the events that are due, of all organizations.

        limit: How many events at most; none means all.
        """

    async def issue_registration_token(
        self,
        *,
        organization_id: str,
        secret: str,
        role: t.TokenRole | None = ...,
        max_uses: int | None = ...,
        expires_at: t.Time | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.RegistrationTokenIssue:
        """Issues a registration token. The host makes the secret, by custom `ort_…`, and hands it out.

        Refused with `organization_id_required`, `organization_not_found`, and `invalid_request` at `/secret` where the organization uses that secret already.

        organization_id: Where the token admits to.
        secret: 24–256 characters; kept as its SHA-256 only (P-4).
        role: The role of the accounts that it admits: `member` or `organization_admin`. Default `'member'`.
        max_uses: How many accounts it may admit, at least 1; none is unlimited. Default `1`.
        expires_at: The first instant at which it admits nobody any more.
        """

    async def revoke_registration_token(
        self,
        *,
        token_id: t.Id,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.RegistrationTokenRevocation:
        """Revokes a registration token: it admits nobody any more. Revoking twice is a success without event.

        Refused with `registration_token_not_found`; revoking twice is a success.

        token_id: The token.
        """

    async def create_user(
        self,
        *,
        name: str,
        email: str,
        password: str | None = ...,
        organization_id: str | None = ...,
        org_token: str | None = ...,
        resource_id: str | None = ...,
        external_id: str | None = ...,
        metadata: t.JsonObject | None = ...,
        role: t.Role | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.Account:
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

    async def set_user_status(
        self,
        *,
        user_id: t.Id,
        status: t.AccountStatus,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.AccountAnswer:
        """Makes an account active, inactive or suspended. What is not active may not act, at once.

        Refused with `user_not_found`, `forbidden` (an `organization_admin` on an `admin`), `self_action`, `last_admin` (AC-9).

        user_id: The account.
        status: The new status.
        """

    async def update_user(
        self,
        *,
        user_id: t.Id,
        patch: t.AccountPatch,
        expected_version: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.AccountAnswer:
        """Changes what an account is called, where it is reached, or what it may do.

        Refused with `user_not_found`, `version_conflict`, `forbidden` (its own role, the role `admin` by an `organization_admin`, or whatever an `organization_admin` would change of an `admin`), `organization_id_required`, `email_exists`, `external_id_exists`, `invalid_metadata` (larger than 16 KiB after the merge), `last_admin`, and what the form of the fields asks for (AC-10).

        user_id: The account.
        patch: What changes.
        expected_version: The version that the caller has seen, where it must still be the present one (M-3).
        """

    async def delete_user(
        self,
        *,
        user_id: t.Id,
        expected_version: int | None = ...,
        now: t.Time | None = None,
        entropy: str | None = None,
    ) -> t.AccountDeletion:
        """Deletes an account. Its id is unknown from then on; its address and its `external_id` are free at once.

        Refused with `user_not_found`, `version_conflict`, `forbidden` (an `organization_admin` on an `admin`), `self_action`, `last_admin` (AC-11).

        user_id: The account.
        expected_version: The version that the caller has seen, where it must still be the present one (M-3).
        """

    async def get_registered_user(
        self,
        *,
        registered_user_id: t.Id,
        now: t.Time | None = None,
    ) -> t.RegisteredUser:
        """One registered user, by its id.

        registered_user_id: The user.
        """

    async def find_registered_user(
        self,
        *,
        origin_user_id: str,
        now: t.Time | None = None,
    ) -> t.RegisteredUser:
        """One registered user, by the customer's own id.

        origin_user_id: The customer's own id.
        """

    async def list_registered_users(
        self,
        *,
        origin_company_id: str | None = ...,
        group_id: str | None = ...,
        status: t.UserStatus | None = ...,
        is_test: bool | None = ...,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.RegisteredUserList:
        """Registered users in the order of their ids; all filters must match.

        origin_company_id: Only members of this company.
        group_id: Only members of this group.
        status: Only users with this status.
        is_test: Only test users, or none of them.
        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_registered_users(
        self,
        *,
        origin_company_id: str | None = ...,
        group_id: str | None = ...,
        status: t.UserStatus | None = ...,
        is_test: bool | None = ...,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> AsyncIterator[t.RegisteredUser]:
        """Registered users in the order of their ids; all filters must match.

        origin_company_id: Only members of this company.
        group_id: Only members of this group.
        status: Only users with this status.
        is_test: Only test users, or none of them.
        limit: The maximum number of items. Default `50`.
        """

    async def list_companies(
        self,
        *,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.CompanyList:
        """Companies in the order of their ids; a key restricted to users sees only theirs, and counts only them (C-3, P-2).

        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_companies(
        self,
        *,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> AsyncIterator[t.Company]:
        """Companies in the order of their ids; a key restricted to users sees only theirs, and counts only them (C-3, P-2).

        limit: The maximum number of items. Default `50`.
        """

    async def groups_of(
        self,
        *,
        registered_user_id: t.Id,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.GroupList:
        """The groups of which a registered user is a member now, in the order of their ids.

        registered_user_id: The user.
        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_groups_of(
        self,
        *,
        registered_user_id: t.Id,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> AsyncIterator[t.Group]:
        """The groups of which a registered user is a member now, in the order of their ids.

        registered_user_id: The user.
        limit: The maximum number of items. Default `50`.
        """

    async def list_credentials(
        self,
        *,
        registered_user_id: t.Id | None = ...,
        connector: str | None = ...,
        origin_company_id: str | None = ...,
        external_account_id: str | None = ...,
        status: t.CredentialStatus | None = ...,
        linked_by: t.Id | None = ...,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.CredentialList:
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

    def iter_credentials(
        self,
        *,
        registered_user_id: t.Id | None = ...,
        connector: str | None = ...,
        origin_company_id: str | None = ...,
        external_account_id: str | None = ...,
        status: t.CredentialStatus | None = ...,
        linked_by: t.Id | None = ...,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> AsyncIterator[t.Credential]:
        """Credentials in the order of their owners and connectors: what one registered user reaches (its own, its company's, its organization's), or those of all owners that the actor sees; all filters must match.

        registered_user_id: Only what this user reaches.
        connector: Only credentials for this connector.
        origin_company_id: Only what this company shares.
        external_account_id: Only credentials of this account at the third party.
        status: Only credentials with this status now.
        linked_by: Only credentials that this user has linked.
        limit: The maximum number of items. Default `50`.
        """

    async def list_link_sessions(
        self,
        *,
        registered_user_id: t.Id,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.LinkSessionList:
        """The link sessions of a registered user that are still known, in the order of their ids.

        registered_user_id: The user.
        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_link_sessions(
        self,
        *,
        registered_user_id: t.Id,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> AsyncIterator[t.LinkSession]:
        """The link sessions of a registered user that are still known, in the order of their ids.

        registered_user_id: The user.
        limit: The maximum number of items. Default `50`.
        """

    async def list_connectors(
        self,
        *,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.ConnectorList:
        """The connectors in the order of their slugs; every management key sees them (C-3).

        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_connectors(
        self,
        *,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> AsyncIterator[t.Connector]:
        """The connectors in the order of their slugs; every management key sees them (C-3).

        limit: The maximum number of items. Default `50`.
        """

    async def list_tool_packs(
        self,
        *,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.ToolPackList:
        """The tool packs in the order of their ids; a restricted key sees only its own (C-3).

        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_tool_packs(
        self,
        *,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> AsyncIterator[t.ToolPack]:
        """The tool packs in the order of their ids; a restricted key sees only its own (C-3).

        limit: The maximum number of items. Default `50`.
        """

    async def list_groups(
        self,
        *,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.GroupList:
        """The groups in the order of their ids; every management key sees them (C-3).

        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_groups(
        self,
        *,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> AsyncIterator[t.Group]:
        """The groups in the order of their ids; every management key sees them (C-3).

        limit: The maximum number of items. Default `50`.
        """

    async def list_tools(
        self,
        *,
        registered_user_id: t.Id,
        tool_pack_id: str,
        authenticated_only: bool | None = ...,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.PackToolsList:
        """The connectors of a pack as one user finds them, in the order of their slugs.

        registered_user_id: The user.
        tool_pack_id: The pack.
        authenticated_only: Only connectors that are ready. Default `false`.
        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_tools(
        self,
        *,
        registered_user_id: t.Id,
        tool_pack_id: str,
        authenticated_only: bool | None = ...,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> AsyncIterator[t.PackTools]:
        """The connectors of a pack as one user finds them, in the order of their slugs.

        registered_user_id: The user.
        tool_pack_id: The pack.
        authenticated_only: Only connectors that are ready. Default `false`.
        limit: The maximum number of items. Default `50`.
        """

    async def journal(
        self,
        *,
        registered_user_id: t.Id | None = ...,
        origin_company_id: str | None = ...,
        group_id: str | None = ...,
        event: t.EventName | None = ...,
        from_: t.Time | None = ...,
        to: t.Time | None = ...,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.EventList:
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

    def iter_journal(
        self,
        *,
        registered_user_id: t.Id | None = ...,
        origin_company_id: str | None = ...,
        group_id: str | None = ...,
        event: t.EventName | None = ...,
        from_: t.Time | None = ...,
        to: t.Time | None = ...,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> AsyncIterator[t.Event]:
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

    async def get_organization(
        self,
        *,
        now: t.Time | None = None,
    ) -> t.Organization:
        """The organization that the actor acts for."""

    async def get_user(
        self,
        *,
        user_id: t.Id,
        now: t.Time | None = None,
    ) -> t.Account:
        """One account, by its id.

        user_id: The account.
        """

    async def list_users(
        self,
        *,
        status: t.AccountStatus | None = ...,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.AccountList:
        """Accounts in the order of their ids: those of the organization that the actor acts for; all of them where `system` or an `admin` names none (AC-1).

        status: Only accounts with this status.
        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_users(
        self,
        *,
        status: t.AccountStatus | None = ...,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> AsyncIterator[t.Account]:
        """Accounts in the order of their ids: those of the organization that the actor acts for; all of them where `system` or an `admin` names none (AC-1).

        status: Only accounts with this status.
        limit: The maximum number of items. Default `50`.
        """

    async def list_registration_tokens(
        self,
        *,
        limit: int | None = ...,
        after: str | None = ...,
        now: t.Time | None = None,
    ) -> t.RegistrationTokenList:
        """Registration tokens in the order of their ids, of the same organizations as accounts (AC-1).

        limit: The maximum number of items. Default `50`.
        after: The `next` of the previous page; absent for the first page.
        """

    def iter_registration_tokens(
        self,
        *,
        limit: int | None = ...,
        now: t.Time | None = None,
    ) -> AsyncIterator[t.RegistrationToken]:
        """Registration tokens in the order of their ids, of the same organizations as accounts (AC-1).

        limit: The maximum number of items. Default `50`.
        """

    @overload
    async def execute(self, command: t.CreateRegisteredUser, context: _ActingContext = None) -> t.Outcome[t.RegisteredUserCreation]:
        """Decides a command and, where it is accepted, changes the state by it: `{response, events, effects}`."""
    @overload
    async def execute(self, command: t.CreateTestUser, context: _ActingContext = None) -> t.Outcome[t.RegisteredUserCreation]: ...
    @overload
    async def execute(self, command: t.UpdateRegisteredUser, context: _ActingContext = None) -> t.Outcome[t.RegisteredUserUpdate]: ...
    @overload
    async def execute(self, command: t.DeleteRegisteredUser, context: _ActingContext = None) -> t.Outcome[t.RegisteredUserDeletion]: ...
    @overload
    async def execute(self, command: t.SetRetentionHold, context: _ActingContext = None) -> t.Outcome[t.RetentionHold]: ...
    @overload
    async def execute(self, command: t.DeleteCompany, context: _ActingContext = None) -> t.Outcome[t.CompanyDeletion]: ...
    @overload
    async def execute(self, command: t.CreateOrganization, context: _ActingContext = None) -> t.Outcome[t.OrganizationAnswer]: ...
    @overload
    async def execute(self, command: t.PutConnector, context: _ActingContext = None) -> t.Outcome[t.ConnectorPut]: ...
    @overload
    async def execute(self, command: t.DeleteConnector, context: _ActingContext = None) -> t.Outcome[t.ConnectorDeletion]: ...
    @overload
    async def execute(self, command: t.PutToolPack, context: _ActingContext = None) -> t.Outcome[t.ToolPackPut]: ...
    @overload
    async def execute(self, command: t.DeleteToolPack, context: _ActingContext = None) -> t.Outcome[t.ToolPackDeletion]: ...
    @overload
    async def execute(self, command: t.PutGroup, context: _ActingContext = None) -> t.Outcome[t.GroupPut]: ...
    @overload
    async def execute(self, command: t.DeleteGroup, context: _ActingContext = None) -> t.Outcome[t.GroupDeletion]: ...
    @overload
    async def execute(self, command: t.StartLink, context: _ActingContext = None) -> t.Outcome[t.LinkStart]: ...
    @overload
    async def execute(self, command: t.CompleteLink, context: _ActingContext = None) -> t.Outcome[t.CredentialAnswer]: ...
    @overload
    async def execute(self, command: t.FailLink, context: _ActingContext = None) -> t.Outcome[t.LinkFailure]: ...
    @overload
    async def execute(self, command: t.RevokeCredential, context: _ActingContext = None) -> t.Outcome[t.CredentialAnswer]: ...
    @overload
    async def execute(self, command: t.RevokeConnector, context: _ActingContext = None) -> t.Outcome[t.ConnectorRevocation]: ...
    @overload
    async def execute(self, command: t.ReportCredential, context: _ActingContext = None) -> t.Outcome[t.CredentialAnswer]: ...
    @overload
    async def execute(self, command: t.StartToolCall, context: _ActingContext = None) -> t.Outcome[t.ToolCallStart]: ...
    @overload
    async def execute(self, command: t.FinishToolCall, context: _ActingContext = None) -> t.Outcome[t.ToolCallFinish]: ...
    @overload
    async def execute(self, command: t.AdvanceTime, context: _ActingContext = None) -> t.Outcome[t.Sweep]: ...
    @overload
    async def execute(self, command: t.IssueRegistrationToken, context: _ActingContext = None) -> t.Outcome[t.RegistrationTokenIssue]: ...
    @overload
    async def execute(self, command: t.RevokeRegistrationToken, context: _ActingContext = None) -> t.Outcome[t.RegistrationTokenRevocation]: ...
    @overload
    async def execute(self, command: t.CreateUser, context: _ActingContext = None) -> t.Outcome[t.Account]: ...
    @overload
    async def execute(self, command: t.SetUserStatus, context: _ActingContext = None) -> t.Outcome[t.AccountAnswer]: ...
    @overload
    async def execute(self, command: t.UpdateUser, context: _ActingContext = None) -> t.Outcome[t.AccountAnswer]: ...
    @overload
    async def execute(self, command: t.DeleteUser, context: _ActingContext = None) -> t.Outcome[t.AccountDeletion]: ...
    @overload
    async def execute(self, command: t.Command[_R], context: _ActingContext = None) -> t.Outcome[_R]: ...
    @overload
    async def execute(self, command: t.AnyCommand | _Text, context: _ActingContext = None) -> t.AnyOutcome: ...
    @overload
    async def query(self, query: t.GetRegisteredUser, context: _ActingContext = None) -> t.RegisteredUser:
        """Answers a query."""
    @overload
    async def query(self, query: t.FindRegisteredUser, context: _ActingContext = None) -> t.RegisteredUser: ...
    @overload
    async def query(self, query: t.ListRegisteredUsers, context: _ActingContext = None) -> t.RegisteredUserList: ...
    @overload
    async def query(self, query: t.ListCompanies, context: _ActingContext = None) -> t.CompanyList: ...
    @overload
    async def query(self, query: t.GroupsOf, context: _ActingContext = None) -> t.GroupList: ...
    @overload
    async def query(self, query: t.ListCredentials, context: _ActingContext = None) -> t.CredentialList: ...
    @overload
    async def query(self, query: t.ListLinkSessions, context: _ActingContext = None) -> t.LinkSessionList: ...
    @overload
    async def query(self, query: t.ListConnectors, context: _ActingContext = None) -> t.ConnectorList: ...
    @overload
    async def query(self, query: t.ListToolPacks, context: _ActingContext = None) -> t.ToolPackList: ...
    @overload
    async def query(self, query: t.ListGroups, context: _ActingContext = None) -> t.GroupList: ...
    @overload
    async def query(self, query: t.ListTools, context: _ActingContext = None) -> t.PackToolsList: ...
    @overload
    async def query(self, query: t.ReadJournal, context: _ActingContext = None) -> t.EventList: ...
    @overload
    async def query(self, query: t.GetOrganization, context: _ActingContext = None) -> t.Organization: ...
    @overload
    async def query(self, query: t.GetUser, context: _ActingContext = None) -> t.Account: ...
    @overload
    async def query(self, query: t.ListUsers, context: _ActingContext = None) -> t.AccountList: ...
    @overload
    async def query(self, query: t.ListRegistrationTokens, context: _ActingContext = None) -> t.RegistrationTokenList: ...
    @overload
    async def query(self, query: t.Query[_R], context: _ActingContext = None) -> _R: ...
    @overload
    async def query(self, query: t.AnyQuery | _Text, context: _ActingContext = None) -> t.Answer: ...
    async def authorize(self, call: t.ToolCall | _Text, context: _ActingContext = None) -> t.Decision:
        """Decides a tool call and changes nothing: `Allow`, or `Deny` with the reason."""
    async def authorize_batch(self, calls: list[t.ToolCall] | tuple[t.ToolCall, ...] | _Text, context: _ActingContext = None) -> list[t.BatchItem]:
        """Decides up to 10,000 calls, each as `authorize` would. A malformed call is answered by a `BatchRejection` in its place."""
    async def explain(self, call: t.ToolCall | _Text, context: _ActingContext = None) -> t.Explanation:
        """Explains a decision: the decision, every check behind it, and the remedies that would lead to allow."""
    async def may(self, request_name: t.RequestName, context: _ActingContext = None) -> bool:
        """Whether the actor could ever send this command, query or call, with some fields. Runs nothing; `permissions()` is the whole table."""
    async def allows(
        self, registered_user_id: t.Id, tool_pack_id: str, tool: str, now: t.Time | None = None
    ) -> bool:
        """Whether the call may start. A malformed call may not; anything but strings raises a `UsageError`."""
    async def code(
        self, registered_user_id: t.Id, tool_pack_id: str, tool: str, now: t.Time | None = None
    ) -> Literal["allow"] | t.Code:
        """`"allow"`, or the code with which `authorize` would deny or reject the call."""
    async def codes(
        self,
        registered_user_ids: Iterable[t.Id],
        tool_pack_ids: Iterable[str],
        tools: Iterable[str],
        now: t.Time | None = None,
    ) -> bytes:
        """One byte for each call: 0 for allow, otherwise the `number` of the code in `error_catalog()`."""
