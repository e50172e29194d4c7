"""The shapes of everything that goes in or comes out. Generated from the declarations in the core."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeAlias, TypeVar
from uuid import UUID

from .decision import Allow, BatchRejection, Deny, StartedToolCall

R = TypeVar("R")

if sys.version_info >= (3, 12):
    from typing import NotRequired, TypedDict
elif sys.version_info >= (3, 11):
    # Pydantic takes no other `TypedDict` here, and brings it along.
    try:
        from typing_extensions import NotRequired, TypedDict
    except ImportError:
        from typing import NotRequired, TypedDict
else:
    from typing_extensions import NotRequired, TypedDict

if TYPE_CHECKING:

    class Command(TypedDict, Generic[R]):
        """A command that answers an `R`, so that what wraps `execute` keeps the answer's type; `AnyCommand` is the list."""

        __answer__: NotRequired[R]  # only the type: it is never there

    class Query(TypedDict, Generic[R]):
        """A query that answers an `R`; `AnyQuery` is the list."""

        __answer__: NotRequired[R]

else:

    class Command(TypedDict, Generic[R]):
        pass

    class Query(TypedDict, Generic[R]):
        pass


StreamKind: TypeAlias = Literal["account", "company", "organization", "registered_user", "registration_token"]
"""What a stream belongs to."""


class Stream(TypedDict):
    """The stream that an event belongs to (M-4)."""

    kind: StreamKind
    id: str


Timestamp: TypeAlias = str
"""An instant in answers: RFC 3339, UTC, with `Z`, to the millisecond."""

Environment: TypeAlias = Literal["production", "test"]
"""Where companies, registered users, credentials, link sessions and tool calls live (M-1)."""

ActorType: TypeAlias = Literal["system", "account", "access_key", "registered_user", "anonymous"]
"""The type of an actor, as the wire names it."""


class ActorRecord(TypedDict):
    """An actor as events keep it (E-3); a purged user's id is null."""

    type: ActorType
    organization_id: str | None
    environment: Environment | None
    user_id: NotRequired[str]
    registered_user_id: NotRequired[str | None]
    key_id: NotRequired[str]



class EventEnvelope(TypedDict):
    """What every event carries."""

    stream: Stream
    id: str
    sequence: int
    at: Timestamp
    organization_id: str | None
    environment: Environment | None
    actor: ActorRecord



class OrganizationCreatedEvent(EventEnvelope):
    """An organization was created."""

    event: Literal["organization_created"]
    name: str



class ConnectorPutEvent(EventEnvelope):
    """A connector was created or replaced (TP-4)."""

    event: Literal["connector_put"]
    connector: str
    name: str | None
    tools: list[str]



class ConnectorDeletedEvent(EventEnvelope):
    """A connector was deleted."""

    event: Literal["connector_deleted"]
    connector: str


AuthScope: TypeAlias = Literal["INDIVIDUAL", "SHARED", "ORGANIZATION", "NONE"]
"""Whose credential a tool pack asks for (TP-2)."""


class PackConnector(TypedDict):
    """A connector inside a pack."""

    connector: str
    auth_scope: AuthScope
    tool_names: list[str] | None



class ToolPackPutEvent(EventEnvelope):
    """A tool pack was created or replaced (TP-4)."""

    event: Literal["tool_pack_put"]
    tool_pack_id: str
    name: str
    connectors: list[PackConnector]
    group_ids: list[str] | None



class ToolPackDeletedEvent(EventEnvelope):
    """A tool pack was deleted."""

    event: Literal["tool_pack_deleted"]
    tool_pack_id: str



class RuleAll(TypedDict):
    """Matches where all parts match."""

    all: "list[Rule]"



class RuleAny(TypedDict):
    """Matches where at least one part matches."""

    any: "list[Rule]"


RuleNot = TypedDict("RuleNot", {"not": "Rule"})
"""Matches where the part does not."""


class RuleEquals(TypedDict):
    """Matches where the grouping has this value."""

    attribute: str
    equals: str


RuleIn = TypedDict("RuleIn", {"attribute": str, "in": list[str]})
"""Matches where the grouping has one of these values."""


class RuleExists(TypedDict):
    """Matches where the grouping exists, or where it does not."""

    attribute: str
    exists: bool



class RuleCompany(TypedDict):
    """Matches members of this company."""

    origin_company_id: str


UserType: TypeAlias = Literal["HUMAN", "SYSTEM"]
"""What kind of user a registered user is."""


class RuleUserType(TypedDict):
    """Matches users of this type."""

    user_type: UserType


Rule: TypeAlias = RuleAll | RuleAny | RuleNot | RuleEquals | RuleIn | RuleExists | RuleCompany | RuleUserType
"""A saved rule over users, evaluated when asked: at most 8 levels deep, with at most 100 nodes (TP-5)."""


class GroupPutEvent(EventEnvelope):
    """A group was created or replaced (TP-4)."""

    event: Literal["group_put"]
    group_id: str
    name: str
    rule: Rule



class GroupDeletedEvent(EventEnvelope):
    """A group was deleted."""

    event: Literal["group_deleted"]
    group_id: str



class CompanyCreatedEvent(EventEnvelope):
    """A company was named for the first time (RU-7)."""

    event: Literal["company_created"]
    origin_company_id: str
    origin_company_name: str | None



class CompanyRenamedEvent(EventEnvelope):
    """A company got another name (RU-7)."""

    event: Literal["company_renamed"]
    origin_company_id: str
    origin_company_name: str



class CompanyDeletedEvent(EventEnvelope):
    """A company was deleted (RU-15)."""

    event: Literal["company_deleted"]
    origin_company_id: str


Groupings: TypeAlias = dict[str, str]
"""The customer's own attributes of a user."""


class RegisteredUserCreatedEvent(EventEnvelope):
    """A registered user was created. Redacted after its deletion (RU-12)."""

    event: Literal["registered_user_created"]
    origin_user_id: str | None
    origin_user_name: str | None
    origin_user_email: str | None
    origin_company_id: str | None
    custom_groupings: Groupings
    user_type: UserType
    redacted: NotRequired[Literal[True]]



class ProfileChanges(TypedDict):
    """The fields of a profile that a command changed, with their new values."""

    origin_user_id: NotRequired[str]
    origin_user_name: NotRequired[str | None]
    origin_user_email: NotRequired[str | None]
    origin_company_id: NotRequired[str | None]
    custom_groupings: NotRequired[Groupings]
    user_type: NotRequired[UserType]



class RegisteredUserUpdatedEvent(EventEnvelope):
    """A profile was changed. Redacted after the user's deletion (RU-12)."""

    event: Literal["registered_user_updated"]
    changes: ProfileChanges
    version: int
    redacted: NotRequired[Literal[True]]



class RegisteredUserDeactivatedEvent(EventEnvelope):
    """A registered user was deactivated (RU-9)."""

    event: Literal["registered_user_deactivated"]
    version: int



class RegisteredUserReactivatedEvent(EventEnvelope):
    """A registered user was reactivated (RU-10, RU-11)."""

    event: Literal["registered_user_reactivated"]
    version: int



class RegisteredUserDeletedEvent(EventEnvelope):
    """A registered user was deleted (RU-12)."""

    event: Literal["registered_user_deleted"]
    purge_at: Timestamp



class RegisteredUserPurgedEvent(EventEnvelope):
    """Everything of a registered user was erased (RU-13)."""

    event: Literal["registered_user_purged"]
    due_at: Timestamp



class RetentionHoldPlacedEvent(EventEnvelope):
    """A retention hold was placed (RU-16)."""

    event: Literal["retention_hold_placed"]
    reason: str | None



class RetentionHoldReleasedEvent(EventEnvelope):
    """A retention hold was released (RU-16)."""

    event: Literal["retention_hold_released"]
    reason: str | None



class IndividualOwner(TypedDict):
    """A registered user's own."""

    scope: Literal["INDIVIDUAL"]
    registered_user_id: str



class SharedOwner(TypedDict):
    """A company's."""

    scope: Literal["SHARED"]
    origin_company_id: str



class OrganizationOwner(TypedDict):
    """The organization's, in one environment."""

    scope: Literal["ORGANIZATION"]


Owner: TypeAlias = IndividualOwner | SharedOwner | OrganizationOwner
"""Whose a credential is."""


class CredentialGrantedEvent(EventEnvelope):
    """A link made the owner's first credential for the connector (CR-4)."""

    event: Literal["credential_granted"]
    owner: Owner
    connector: str
    generation: int
    expires_at: Timestamp | None
    external_account_id: str | None
    linked_by: str | None



class CredentialReplacedEvent(EventEnvelope):
    """A link replaced the owner's credential for the connector (CR-4)."""

    event: Literal["credential_replaced"]
    owner: Owner
    connector: str
    generation: int
    expires_at: Timestamp | None
    external_account_id: str | None
    replaced_external_account_id: NotRequired[str]
    linked_by: str | None


CredentialCause: TypeAlias = Literal["user", "admin", "deactivation", "deletion", "company_deleted", "expired", "upstream", "refresh_failed"]
"""Why a credential has its status (CR-1)."""


class CredentialRevokedEvent(EventEnvelope):
    """A credential was revoked (CR-5)."""

    event: Literal["credential_revoked"]
    owner: Owner
    connector: str
    cause: CredentialCause



class CredentialNeedsReauthEvent(EventEnvelope):
    """A credential was rejected upstream or could not be refreshed (CR-6)."""

    event: Literal["credential_needs_reauth"]
    owner: Owner
    connector: str
    cause: CredentialCause



class CredentialRefreshedEvent(EventEnvelope):
    """A credential was refreshed (CR-6)."""

    event: Literal["credential_refreshed"]
    owner: Owner
    connector: str
    expires_at: Timestamp | None



class CredentialExpiredEvent(EventEnvelope):
    """A credential expired (CR-1)."""

    event: Literal["credential_expired"]
    owner: Owner
    connector: str
    due_at: Timestamp


LinkMethod: TypeAlias = Literal["link", "magic_link"]
"""How the end user is brought to the third party."""


class LinkSessionStartedEvent(EventEnvelope):
    """A link session was started (CR-2)."""

    event: Literal["link_session_started"]
    link_session_id: str
    owner: Owner
    connector: str
    method: LinkMethod
    expires_at: Timestamp



class LinkSessionCompletedEvent(EventEnvelope):
    """A link session made a credential (CR-4)."""

    event: Literal["link_session_completed"]
    link_session_id: str



class LinkSessionFailedEvent(EventEnvelope):
    """A link session failed."""

    event: Literal["link_session_failed"]
    link_session_id: str
    reason: str | None



class LinkSessionCancelledEvent(EventEnvelope):
    """A change of the registered user stopped a link session (RU-8, RU-9, RU-12)."""

    event: Literal["link_session_cancelled"]
    link_session_id: str



class LinkSessionExpiredEvent(EventEnvelope):
    """A link session expired (CR-3)."""

    event: Literal["link_session_expired"]
    link_session_id: str
    due_at: Timestamp



class LinkSessionRemovedEvent(EventEnvelope):
    """An ended link session was removed (CR-3)."""

    event: Literal["link_session_removed"]
    link_session_id: str
    due_at: Timestamp



class ToolCallStartedEvent(EventEnvelope):
    """A tool call started (D-4)."""

    event: Literal["tool_call_started"]
    tool_call_id: str
    tool_pack_id: str
    connector: str
    tool: str
    owner: Owner | None
    expires_at: Timestamp


Code: TypeAlias = Literal["invalid_request", "origin_user_id_required", "invalid_origin_user_id", "origin_user_id_immutable", "origin_company_id_required", "invalid_origin_company_id", "invalid_company_for_shared_scope", "invalid_custom_groupings", "invalid_email", "email_required", "name_required", "weak_password", "password_required", "organization_id_required", "invalid_metadata", "invalid_rule", "invalid_tool_pack", "invalid_slug", "key_exceeds_parent", "invalid_snapshot", "not_authenticated", "invalid_token", "forbidden", "registered_user_inactive", "tool_pack_not_permitted", "connector_not_in_tool_pack", "tool_not_in_tool_pack", "credential_required", "credential_revoked", "reauth_required", "self_action", "registered_user_not_found", "company_not_found", "organization_not_found", "connector_not_found", "tool_pack_not_found", "group_not_found", "credential_not_found", "link_session_not_found", "tool_call_not_found", "user_not_found", "registration_token_not_found", "origin_user_id_taken", "email_exists", "external_id_exists", "organization_exists", "version_conflict", "company_not_empty", "group_in_use", "connector_in_use", "link_session_closed", "link_session_expired", "retention_hold", "last_admin", "limit_exceeded"]
"""Why a request was rejected or a call denied: the closed list of codes."""


class ToolCallDeniedEvent(EventEnvelope):
    """A tool call was denied (D-4). The pack, when there was one by this id, and the tool as asked."""

    event: Literal["tool_call_denied"]
    tool_pack_id: str
    tool: str
    code: Code


ToolCallResult: TypeAlias = Literal["completed", "failed"]
"""How a tool call ended."""


class ToolCallFinishedEvent(EventEnvelope):
    """A tool call was finished (D-4)."""

    event: Literal["tool_call_finished"]
    tool_call_id: str
    result: ToolCallResult



class ToolCallExpiredEvent(EventEnvelope):
    """A tool call that was left open expired (D-4)."""

    event: Literal["tool_call_expired"]
    tool_call_id: str
    due_at: Timestamp


Role: TypeAlias = Literal["admin", "organization_admin", "member"]
"""What an account may do."""


class RegistrationTokenIssuedEvent(EventEnvelope):
    """A registration token was issued (AC-4)."""

    event: Literal["registration_token_issued"]
    role: Role
    max_uses: int | None
    expires_at: Timestamp | None
    secret_digest: str



class RegistrationTokenRevokedEvent(EventEnvelope):
    """A registration token was revoked (AC-4)."""

    event: Literal["registration_token_revoked"]



class RegistrationTokenUsedEvent(EventEnvelope):
    """A registration token admitted an account (AC-3)."""

    event: Literal["registration_token_used"]
    user_id: str


JsonObject: TypeAlias = dict[str, Any]
"""Any JSON object."""


class AccountCreatedEvent(EventEnvelope):
    """An account was created (AC-1, AC-2). Redacted after its deletion, and only then without name and address (AC-11)."""

    event: Literal["account_created"]
    name: str | None
    email: str | None
    role: Role
    resource_id: str | None
    external_id: str | None
    metadata: JsonObject | None
    redacted: NotRequired[Literal[True]]



class AccountChanges(TypedDict):
    """The fields of an account that a command changed, with their new values."""

    name: NotRequired[str]
    email: NotRequired[str]
    external_id: NotRequired[str | None]
    resource_id: NotRequired[str | None]
    metadata: NotRequired[JsonObject | None]
    role: NotRequired[Role]



class AccountUpdatedEvent(EventEnvelope):
    """An account was changed (AC-10). Redacted after its deletion (AC-11)."""

    event: Literal["account_updated"]
    changes: AccountChanges
    version: int
    redacted: NotRequired[Literal[True]]


AccountStatus: TypeAlias = Literal["active", "inactive", "suspended"]
"""The status of an account. Only an active account may act (AC-9)."""


class AccountStatusChangedEvent(EventEnvelope):
    """An account was made active, inactive or suspended (AC-9)."""

    event: Literal["account_status_changed"]
    status: AccountStatus
    version: int



class AccountDeletedEvent(EventEnvelope):
    """An account was deleted (AC-11)."""

    event: Literal["account_deleted"]


Event: TypeAlias = OrganizationCreatedEvent | ConnectorPutEvent | ConnectorDeletedEvent | ToolPackPutEvent | ToolPackDeletedEvent | GroupPutEvent | GroupDeletedEvent | CompanyCreatedEvent | CompanyRenamedEvent | CompanyDeletedEvent | RegisteredUserCreatedEvent | RegisteredUserUpdatedEvent | RegisteredUserDeactivatedEvent | RegisteredUserReactivatedEvent | RegisteredUserDeletedEvent | RegisteredUserPurgedEvent | RetentionHoldPlacedEvent | RetentionHoldReleasedEvent | CredentialGrantedEvent | CredentialReplacedEvent | CredentialRevokedEvent | CredentialNeedsReauthEvent | CredentialRefreshedEvent | CredentialExpiredEvent | LinkSessionStartedEvent | LinkSessionCompletedEvent | LinkSessionFailedEvent | LinkSessionCancelledEvent | LinkSessionExpiredEvent | LinkSessionRemovedEvent | ToolCallStartedEvent | ToolCallDeniedEvent | ToolCallFinishedEvent | ToolCallExpiredEvent | RegistrationTokenIssuedEvent | RegistrationTokenRevokedEvent | RegistrationTokenUsedEvent | AccountCreatedEvent | AccountUpdatedEvent | AccountStatusChangedEvent | AccountDeletedEvent
"""What happened: the envelope, and beside it the event's own fields."""


class EffectEnvelope(TypedDict):
    """What every effect carries."""

    id: str
    at: Timestamp



class RevokeUpstream(EffectEnvelope):
    """Revoke the grant at the third party: this generation, which need not be the present one (CR-7)."""

    effect: Literal["revoke_upstream"]
    owner: Owner
    connector: str
    generation: int
    external_account_id: str | None



class RedactUser(EffectEnvelope):
    """Redact every event of the user's stream: the profile, `external_account_id` and every `reason` (RU-12)."""

    effect: Literal["redact_user"]
    registered_user_id: str



class RedactAccount(EffectEnvelope):
    """Redact every event of the account's stream: name, address, `external_id`, `resource_id` and metadata (AC-11)."""

    effect: Literal["redact_account"]
    user_id: str



class PurgeUser(EffectEnvelope):
    """Erase every event of the user except its purge record, and null the user in other events, as their actor or in `linked_by` (RU-13)."""

    effect: Literal["purge_user"]
    registered_user_id: str


Effect: TypeAlias = RevokeUpstream | RedactUser | RedactAccount | PurgeUser
"""What the host has to do because of a command."""

RowKey: TypeAlias = list[Any]
"""What a row is found by: `[kind, …parts]` (contract section 14)."""

Revision: TypeAlias = str | int | None
"""A host's own revision of a row; integers within ±(2^53−1), what is larger as a string (S-4)."""


class Guard(TypedDict):
    """A row that a decision has read, at the revision that the host gave it."""

    key: RowKey
    revision: Revision



class ChangeBase(TypedDict):
    """The row that a change is based on."""

    revision: Revision



class Change(TypedDict):
    """A row as it is to be written; null is to be deleted."""

    key: RowKey
    base: ChangeBase | None
    row: JsonObject | None



class OutcomeParts(TypedDict):
    """What an accepted command gives besides its response; `guards` and `changes` only where the instance holds rows."""

    events: list[Event]
    effects: list[Effect]
    guards: NotRequired[list[Guard]]
    changes: NotRequired[list[Change]]



class Access(TypedDict):
    """A user's access to a connector by a tool pack: that some tool call of it is allowed."""

    registered_user_id: str
    tool_pack_id: str
    connector: str



class Impact(TypedDict):
    """Who loses and who gains access, in the order of users, packs and connectors."""

    lose: list[Access]
    gain: list[Access]
    total: int



class Outcome(OutcomeParts, Generic[R]):
    """What an accepted command gives; nothing has happened but this."""

    response: R


class Preview(Outcome[R], Generic[R]):
    """The outcome that a command would give, and whom it would touch."""

    impact: Impact



class CompanyReference(TypedDict):
    """The company that a registered user belongs to."""

    origin_company_id: str
    origin_company_name: str | None


UserStatus: TypeAlias = Literal["active", "deactivated"]
"""The status of a registered user that is not deleted."""


class RegisteredUser(TypedDict):
    """A registered user as answers show it; absent values are null."""

    registered_user_id: str
    origin_user_id: str | None
    origin_user_name: str | None
    origin_user_email: str | None
    shared_credential_group: CompanyReference | None
    custom_groupings: Groupings
    user_type: UserType
    status: UserStatus
    is_active: bool
    is_test: bool
    held: bool
    authenticated_connectors: list[str]
    version: int
    created_at: Timestamp
    updated_at: Timestamp



class RegisteredUserCreation(TypedDict):
    """What creating a registered user answers."""

    registered_user_id: str
    created: bool
    ignored: list[str]
    registered_user: RegisteredUser


GroupingsChoice: TypeAlias = dict[str, str | None]
"""Groupings of a new user; null counts as not given."""


class CompanyChoice(TypedDict):
    """The company that a new user belongs to."""

    origin_company_id: NotRequired[str | None]
    origin_company_name: NotRequired[str | None]
    custom_groupings: NotRequired[GroupingsChoice | None]



class CreateRegisteredUser(Command[RegisteredUserCreation]):
    """Creates a registered user, or finds the one that has this `origin_user_id` (RU-1).

    Refused with `origin_user_id_required`, `invalid_origin_user_id` (RU-3), `invalid_email`, `invalid_origin_company_id`, `origin_company_id_required` (a company's name alone, RU-7), `invalid_custom_groupings`; and with `origin_user_id_taken` where the organization's other environment has it (RU-2), or a deactivated user under the policy `conflict` (RU-11).
    """

    command: Literal["create_registered_user"]
    origin_user_id: str
    origin_user_name: NotRequired[str | None]
    origin_user_email: NotRequired[str | None]
    shared_credential_group: NotRequired[CompanyChoice | None]
    custom_groupings: NotRequired[GroupingsChoice | None]
    user_type: NotRequired[UserType | None]



class CreateTestUser(Command[RegisteredUserCreation]):
    """Creates a user of the test environment without an `origin_user_id` (RU-4, RU-5).

    Refused with `forbidden` outside the test environment, `invalid_email`.
    """

    command: Literal["create_test_user"]
    origin_user_name: NotRequired[str | None]
    origin_user_email: NotRequired[str | None]



class LinkedForOthers(TypedDict):
    """A credential of others that stays when the registered user who has linked it leaves."""

    owner: Owner
    connector: str



class RegisteredUserUpdate(TypedDict):
    """What an update answers."""

    registered_user: RegisteredUser
    linked_for_others: NotRequired[list[LinkedForOthers]]


Id: TypeAlias = str | UUID
"""An id that the core minted, on its way in. Python also takes `uuid.UUID`."""

GroupingsPatch: TypeAlias = dict[str, str | None]
"""Groupings to merge key by key; null clears one."""


class CompanyPatch(TypedDict):
    """Joins or renames a company; a null id leaves it."""

    origin_company_id: NotRequired[str | None]
    origin_company_name: NotRequired[str | None]
    custom_groupings: NotRequired[GroupingsPatch | None]



class RegisteredUserPatch(TypedDict):
    """A JSON merge patch: absent is unchanged, null is cleared (RU-6)."""

    origin_user_id: NotRequired[str | None]
    origin_user_name: NotRequired[str | None]
    origin_user_email: NotRequired[str | None]
    shared_credential_group: NotRequired[CompanyPatch | None]
    custom_groupings: NotRequired[GroupingsPatch | None]
    user_type: NotRequired[UserType | None]
    is_active: NotRequired[bool]



class UpdateRegisteredUser(Command[RegisteredUserUpdate]):
    """Changes the profile or the status of a registered user.

    Refused with `registered_user_not_found`, `version_conflict`, `origin_user_id_immutable`, `origin_user_id_taken` (RU-4), `origin_company_id_required` (a company's name where there is no company), `invalid_custom_groupings` (more than 50 after the merge), and what the form of the fields asks for.
    """

    command: Literal["update_registered_user"]
    registered_user_id: Id
    patch: RegisteredUserPatch
    expected_version: NotRequired[int | None]



class RegisteredUserDeletion(TypedDict):
    """What a deletion answers."""

    registered_user_id: str
    purge_at: Timestamp
    linked_for_others: list[LinkedForOthers]



class DeleteRegisteredUser(Command[RegisteredUserDeletion]):
    """Deletes a registered user; its history stays until the retention is over.

    Refused with `registered_user_not_found`, `version_conflict`, `retention_hold` (RU-16).
    """

    command: Literal["delete_registered_user"]
    registered_user_id: Id
    expected_version: NotRequired[int | None]



class RetentionHold(TypedDict):
    """The response to placing or releasing a hold."""

    registered_user_id: str
    held: bool



class SetRetentionHold(Command[RetentionHold]):
    """Places or releases a retention hold.

    Refused with `registered_user_not_found`: also for a tombstone without a hold from its `purge_at` on.
    """

    command: Literal["set_retention_hold"]
    registered_user_id: Id
    held: bool
    reason: NotRequired[str | None]



class CompanyDeletion(TypedDict):
    """What deleting a company answers."""

    origin_company_id: str



class DeleteCompany(Command[CompanyDeletion]):
    """Deletes a company to which no user belongs any more (RU-15).

    Refused with `company_not_found`, `company_not_empty`.
    """

    command: Literal["delete_company"]
    origin_company_id: str



class Organization(TypedDict):
    """An organization as answers show it."""

    organization_id: str
    name: str



class OrganizationAnswer(TypedDict):
    """What creating an organization answers."""

    organization: Organization



class CreateOrganization(Command[OrganizationAnswer]):
    """Creates an organization (contract section 7).

    Refused with `name_required`, `organization_exists`.
    """

    command: Literal["create_organization"]
    organization_id: NotRequired[str | None]
    name: str



class Connector(TypedDict):
    """A connector as answers show it."""

    connector: str
    name: str | None
    tools: list[str]



class ConnectorPut(TypedDict):
    """What putting a connector answers."""

    connector: Connector
    changed: bool



class PutConnector(Command[ConnectorPut]):
    """Puts a connector, replacing it whole (TP-4).

    Refused with `invalid_slug`, `limit_exceeded` (1,000 connectors of an organization).
    """

    command: Literal["put_connector"]
    connector: str
    name: NotRequired[str | None]
    tools: list[str]



class ConnectorDeletion(TypedDict):
    """What deleting a connector answers."""

    connector: str



class DeleteConnector(Command[ConnectorDeletion]):
    """Deletes a connector that no tool pack names (TP-6). Credentials for it stay.

    Refused with `connector_not_found`, `connector_in_use`.
    """

    command: Literal["delete_connector"]
    connector: str



class ToolPack(TypedDict):
    """A tool pack as answers show it."""

    tool_pack_id: str
    name: str
    connectors: list[PackConnector]
    group_ids: list[str] | None



class ToolPackPut(TypedDict):
    """What putting a tool pack answers."""

    tool_pack: ToolPack
    changed: bool



class PackConnectorChoice(TypedDict):
    """A connector inside a tool pack: absent `tool_names` means all tools, an empty list leaves the connector out (TP-3)."""

    connector: str
    auth_scope: NotRequired[AuthScope | None]
    tool_names: NotRequired[list[str] | None]



class PutToolPack(Command[ToolPackPut]):
    """Puts a tool pack, replacing it whole (TP-3, TP-4).

    Refused with `name_required`, `invalid_slug`, `connector_not_found`, `group_not_found`, `invalid_tool_pack` (a connector named twice, a tool that its connector does not have), `limit_exceeded` (1,000 packs of an organization).
    """

    command: Literal["put_tool_pack"]
    tool_pack_id: str
    name: str
    connectors: list[PackConnectorChoice]
    group_ids: NotRequired[list[str] | None]



class ToolPackDeletion(TypedDict):
    """What deleting a tool pack answers."""

    tool_pack_id: str



class DeleteToolPack(Command[ToolPackDeletion]):
    """Deletes a tool pack.

    Refused with `tool_pack_not_found`.
    """

    command: Literal["delete_tool_pack"]
    tool_pack_id: str



class Group(TypedDict):
    """A group as answers show it."""

    group_id: str
    name: str
    rule: Rule



class GroupPut(TypedDict):
    """What putting a group answers."""

    group: Group
    changed: bool



class PutGroup(Command[GroupPut]):
    """Puts a group, replacing it whole (TP-4).

    Refused with `name_required`, `invalid_rule` (TP-5), `limit_exceeded` (1,000 groups of an organization).
    """

    command: Literal["put_group"]
    group_id: str
    name: str
    rule: Rule



class GroupDeletion(TypedDict):
    """What deleting a group answers."""

    group_id: str



class DeleteGroup(Command[GroupDeletion]):
    """Deletes a group that no tool pack names (TP-6).

    Refused with `group_not_found`, `group_in_use`.
    """

    command: Literal["delete_group"]
    group_id: str



class LinkStart(TypedDict):
    """What starting a link answers."""

    link_session_id: str
    owner: Owner
    connector: str
    method: LinkMethod
    expires_at: Timestamp



class StartLink(Command[LinkStart]):
    """Starts a link session for a connector.

    Refused with, in this order, `registered_user_not_found`, `connector_not_found`, `tool_pack_not_found`, `registered_user_inactive`, `tool_pack_not_permitted`, `connector_not_in_tool_pack`, `invalid_company_for_shared_scope`, `limit_exceeded` (100 pending sessions of a user), and `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).
    """

    command: Literal["start_link"]
    registered_user_id: Id
    connector: str
    tool_pack_id: NotRequired[str | None]
    method: NotRequired[LinkMethod | None]


CredentialStatus: TypeAlias = Literal["active", "needs_reauth", "revoked"]
"""The status of a credential (CR-1)."""


class Credential(TypedDict):
    """A credential as answers show it."""

    owner: Owner
    connector: str
    status: CredentialStatus
    cause: CredentialCause | None
    generation: int
    expires_at: Timestamp | None
    external_account_id: str | None
    linked_by: str | None
    updated_at: Timestamp



class CredentialAnswer(TypedDict):
    """What a command about one credential answers."""

    credential: Credential


Time: TypeAlias = str | datetime | int
"""An instant on its way in: RFC 3339 text, or whole milliseconds since 1970. Seconds are refused. The packages also take their language's own times; in Python, aware ones."""


class CompleteLink(Command[CredentialAnswer]):
    """Completes a link session: its owner's credential becomes active.

    Refused with `link_session_not_found`, `link_session_closed`, `link_session_expired`, and `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).

    Where it replaces a live grant of another account, `revoke_upstream` asks the host to end that one.
    """

    command: Literal["complete_link"]
    link_session_id: Id
    registered_user_id: NotRequired[Id | None]
    external_account_id: NotRequired[str | None]
    expires_at: NotRequired[Time | None]



class LinkFailure(TypedDict):
    """What giving a session up answers."""

    link_session_id: str



class FailLink(Command[LinkFailure]):
    """Gives a link session up.

    Refused as `CompleteLink` is.
    """

    command: Literal["fail_link"]
    link_session_id: Id
    reason: NotRequired[str | None]



class IndividualOwnerChoice(TypedDict):
    """A registered user's own."""

    scope: Literal["INDIVIDUAL"]
    registered_user_id: Id


OwnerChoice: TypeAlias = IndividualOwnerChoice | SharedOwner | OrganizationOwner
"""Whose a credential is, on its way in."""


class RevokeCredential(Command[CredentialAnswer]):
    """Revokes a live credential. The catalogue is not consulted.

    Refused with `registered_user_not_found` or `company_not_found` for an owner that is not there, `credential_not_found` for a credential that is not live, `version_conflict` for another generation than the expected one.
    """

    command: Literal["revoke_credential"]
    owner: OwnerChoice
    connector: str
    expected_generation: NotRequired[int | None]



class ConnectorRevocation(TypedDict):
    """What revoking a connector answers."""

    processed: int
    remaining: int



class RevokeConnector(Command[ConnectorRevocation]):
    """Revokes the live credentials of one connector in the organization and environment, whoever owns them, in the order of owners. Call it again while some remain. The catalogue is not consulted."""

    command: Literal["revoke_connector"]
    connector: str
    limit: NotRequired[int | None]


ReportedStatus: TypeAlias = Literal["active", "needs_reauth"]
"""The status that a credential is reported to have."""

ReportReason: TypeAlias = Literal["upstream", "refresh_failed"]
"""Why a credential does not work."""


class ReportCredential(Command[CredentialAnswer]):
    """Reports the status of a live credential.

    Refused as `RevokeCredential` is.
    """

    command: Literal["report_credential"]
    owner: OwnerChoice
    connector: str
    status: ReportedStatus
    reason: NotRequired[ReportReason | None]
    expires_at: NotRequired[Time | None]
    expected_generation: NotRequired[int | None]



class StartedToolCallDict(TypedDict):
    """The call may be made and is recorded."""

    effect: Literal["allow"]
    scope: AuthScope
    owner: Owner | None
    connector: str
    tool: str
    tool_call_id: str



class DenyDict(TypedDict):
    """The call may not be made."""

    effect: Literal["deny"]
    code: Code
    status: int
    message: str
    what_to_do: str
    user_message: NotRequired[str]


ToolCallStart: TypeAlias = StartedToolCall | Deny
"""What starting a tool call answers."""


class StartToolCall(Command[ToolCallStart]):
    """Starts a tool call, where it is allowed.

    A denial is no rejection: it is answered, and recorded. Refused with `registered_user_not_found`, `tool_pack_not_found`, `invalid_slug` (the tool's name), `limit_exceeded` (1,000 open calls of a user).
    """

    command: Literal["start_tool_call"]
    registered_user_id: Id
    tool_pack_id: str
    tool: str



class ToolCallFinish(TypedDict):
    """What finishing a tool call answers."""

    tool_call_id: str
    result: ToolCallResult



class FinishToolCall(Command[ToolCallFinish]):
    """Finishes an open tool call.

    Refused with `registered_user_not_found`, `tool_call_not_found`.
    """

    command: Literal["finish_tool_call"]
    registered_user_id: Id
    tool_call_id: Id
    result: ToolCallResult



class Sweep(TypedDict):
    """What advancing time answers."""

    processed: int



class AdvanceTime(Command[Sweep]):
    """Writes the events that are due, of all organizations."""

    command: Literal["advance_time"]
    limit: NotRequired[int | None]



class RegistrationTokenIssue(TypedDict):
    """What issuing a registration token answers; not the secret, which the host has."""

    token_id: str
    organization_id: str
    role: Role
    max_uses: int | None
    expires_at: Timestamp | None


TokenRole: TypeAlias = Literal["organization_admin", "member"]
"""A role that a token may give."""


class IssueRegistrationToken(Command[RegistrationTokenIssue]):
    """Issues a registration token. The host makes the secret, by custom `ort_…`, and hands it out.

    Refused with `organization_id_required`, `organization_not_found`, and `invalid_request` at `/secret` where the organization uses that secret already.
    """

    command: Literal["issue_registration_token"]
    organization_id: str
    secret: str
    role: NotRequired[TokenRole | None]
    max_uses: NotRequired[int | None]
    expires_at: NotRequired[Time | None]



class RegistrationTokenRevocation(TypedDict):
    """What revoking a registration token answers."""

    token_id: str



class RevokeRegistrationToken(Command[RegistrationTokenRevocation]):
    """Revokes a registration token: it admits nobody any more. Revoking twice is a success without event.

    Refused with `registration_token_not_found`; revoking twice is a success.
    """

    command: Literal["revoke_registration_token"]
    token_id: Id



class Account(TypedDict):
    """An account as answers show it; what is not set is left out."""

    id: str
    name: str
    email: str
    status: AccountStatus
    created_at: Timestamp
    organization_id: NotRequired[str]
    resource_id: NotRequired[str]
    external_id: NotRequired[str]
    metadata: NotRequired[JsonObject]
    role: Role
    version: int



class CreateUser(Command[Account]):
    """Creates an account.

    An `admin`, an `organization_admin` or the host itself creates it for somebody else; everybody else registers, with `organization_id`, `org_token` and `password`.

    Refused with `name_required`, `email_required`, `invalid_email`, `weak_password`, `invalid_metadata`; `organization_id_required`, `organization_not_found` (AC-1); `password_required`, `invalid_token` (AC-2, AC-3); `email_exists`, `external_id_exists`.
    """

    command: Literal["create_user"]
    name: str
    email: str
    password: NotRequired[str | None]
    organization_id: NotRequired[str | None]
    org_token: NotRequired[str | None]
    resource_id: NotRequired[str | None]
    external_id: NotRequired[str | None]
    metadata: NotRequired[JsonObject | None]
    role: NotRequired[Role | None]



class AccountAnswer(TypedDict):
    """What a change of an account answers."""

    user: Account



class SetUserStatus(Command[AccountAnswer]):
    """Makes an account active, inactive or suspended. What is not active may not act, at once.

    Refused with `user_not_found`, `forbidden` (an `organization_admin` on an `admin`), `self_action`, `last_admin` (AC-9).
    """

    command: Literal["set_user_status"]
    user_id: Id
    status: AccountStatus



class AccountPatch(TypedDict):
    """A JSON merge patch: absent is unchanged, null is cleared (AC-10)."""

    name: NotRequired[str]
    email: NotRequired[str]
    external_id: NotRequired[str | None]
    resource_id: NotRequired[str | None]
    metadata: NotRequired[JsonObject | None]
    role: NotRequired[Role]



class UpdateUser(Command[AccountAnswer]):
    """Changes what an account is called, where it is reached, or what it may do.

    Refused with `user_not_found`, `version_conflict`, `forbidden` (its own role, the role `admin` by an `organization_admin`, or whatever an `organization_admin` would change of an `admin`), `organization_id_required`, `email_exists`, `external_id_exists`, `invalid_metadata` (larger than 16 KiB after the merge), `last_admin`, and what the form of the fields asks for (AC-10).
    """

    command: Literal["update_user"]
    user_id: Id
    patch: AccountPatch
    expected_version: NotRequired[int | None]



class AccountDeletion(TypedDict):
    """What deleting an account answers."""

    user_id: str



class DeleteUser(Command[AccountDeletion]):
    """Deletes an account. Its id is unknown from then on; its address and its `external_id` are free at once.

    Refused with `user_not_found`, `version_conflict`, `forbidden` (an `organization_admin` on an `admin`), `self_action`, `last_admin` (AC-11).
    """

    command: Literal["delete_user"]
    user_id: Id
    expected_version: NotRequired[int | None]


AnyCommand: TypeAlias = CreateRegisteredUser | CreateTestUser | UpdateRegisteredUser | DeleteRegisteredUser | SetRetentionHold | DeleteCompany | CreateOrganization | PutConnector | DeleteConnector | PutToolPack | DeleteToolPack | PutGroup | DeleteGroup | StartLink | CompleteLink | FailLink | RevokeCredential | RevokeConnector | ReportCredential | StartToolCall | FinishToolCall | AdvanceTime | IssueRegistrationToken | RevokeRegistrationToken | CreateUser | SetUserStatus | UpdateUser | DeleteUser
"""Any command, as the wire reads it."""


class GetRegisteredUser(Query[RegisteredUser]):
    """One registered user, by its id."""

    query: Literal["get_registered_user"]
    registered_user_id: Id



class FindRegisteredUser(Query[RegisteredUser]):
    """One registered user, by the customer's own id."""

    query: Literal["find_registered_user"]
    origin_user_id: str



class RegisteredUserList(TypedDict):
    """A page of a list; `next` is the `after` of the next page, null at the end."""

    items: list[RegisteredUser]
    next: str | None



class ListRegisteredUsers(Query[RegisteredUserList]):
    """Registered users in the order of their ids; all filters must match."""

    query: Literal["list_registered_users"]
    origin_company_id: NotRequired[str | None]
    group_id: NotRequired[str | None]
    status: NotRequired[UserStatus | None]
    is_test: NotRequired[bool | None]
    limit: NotRequired[int | None]
    after: NotRequired[str | None]



class Company(TypedDict):
    """A company as answers show it."""

    origin_company_id: str
    origin_company_name: str | None
    members: int



class CompanyList(TypedDict):
    """A page of a list; `next` is the `after` of the next page, null at the end."""

    items: list[Company]
    next: str | None



class ListCompanies(Query[CompanyList]):
    """Companies in the order of their ids; a key restricted to users sees only theirs, and counts only them (C-3, P-2)."""

    query: Literal["list_companies"]
    limit: NotRequired[int | None]
    after: NotRequired[str | None]



class GroupList(TypedDict):
    """A page of a list; `next` is the `after` of the next page, null at the end."""

    items: list[Group]
    next: str | None



class GroupsOf(Query[GroupList]):
    """The groups of which a registered user is a member now, in the order of their ids."""

    query: Literal["groups_of"]
    registered_user_id: Id
    limit: NotRequired[int | None]
    after: NotRequired[str | None]



class CredentialList(TypedDict):
    """A page of a list; `next` is the `after` of the next page, null at the end."""

    items: list[Credential]
    next: str | None



class ListCredentials(Query[CredentialList]):
    """Credentials in the order of their owners and connectors: what one registered user reaches (its own, its company's, its organization's), or those of all owners that the actor sees; all filters must match."""

    query: Literal["list_credentials"]
    registered_user_id: NotRequired[Id | None]
    connector: NotRequired[str | None]
    origin_company_id: NotRequired[str | None]
    external_account_id: NotRequired[str | None]
    status: NotRequired[CredentialStatus | None]
    linked_by: NotRequired[Id | None]
    limit: NotRequired[int | None]
    after: NotRequired[str | None]


LinkStatus: TypeAlias = Literal["pending", "completed", "failed", "cancelled", "expired"]
"""The status of a link session."""


class LinkSession(TypedDict):
    """A link session as answers show it."""

    link_session_id: str
    owner: Owner
    connector: str
    method: LinkMethod
    status: LinkStatus
    expires_at: Timestamp



class LinkSessionList(TypedDict):
    """A page of a list; `next` is the `after` of the next page, null at the end."""

    items: list[LinkSession]
    next: str | None



class ListLinkSessions(Query[LinkSessionList]):
    """The link sessions of a registered user that are still known, in the order of their ids."""

    query: Literal["list_link_sessions"]
    registered_user_id: Id
    limit: NotRequired[int | None]
    after: NotRequired[str | None]



class ConnectorList(TypedDict):
    """A page of a list; `next` is the `after` of the next page, null at the end."""

    items: list[Connector]
    next: str | None



class ListConnectors(Query[ConnectorList]):
    """The connectors in the order of their slugs; every management key sees them (C-3)."""

    query: Literal["list_connectors"]
    limit: NotRequired[int | None]
    after: NotRequired[str | None]



class ToolPackList(TypedDict):
    """A page of a list; `next` is the `after` of the next page, null at the end."""

    items: list[ToolPack]
    next: str | None



class ListToolPacks(Query[ToolPackList]):
    """The tool packs in the order of their ids; a restricted key sees only its own (C-3)."""

    query: Literal["list_tool_packs"]
    limit: NotRequired[int | None]
    after: NotRequired[str | None]



class ListGroups(Query[GroupList]):
    """The groups in the order of their ids; every management key sees them (C-3)."""

    query: Literal["list_groups"]
    limit: NotRequired[int | None]
    after: NotRequired[str | None]



class LongTool(TypedDict):
    """A full name that is too long for some models and protocols (TP-1)."""

    tool: str
    characters: int


ToolStatus: TypeAlias = Literal["ready"] | Code
"""`ready`, or the code that a call would be denied with."""


class PackTools(TypedDict):
    """A connector of a pack as one user finds it."""

    connector: str
    scope: AuthScope
    tools: list[str]
    long_tools: NotRequired[list[LongTool]]
    status: ToolStatus



class PackToolsList(TypedDict):
    """A page of a list; `next` is the `after` of the next page, null at the end."""

    items: list[PackTools]
    next: str | None



class ListTools(Query[PackToolsList]):
    """The connectors of a pack as one user finds them, in the order of their slugs."""

    query: Literal["list_tools"]
    registered_user_id: Id
    tool_pack_id: str
    authenticated_only: NotRequired[bool | None]
    limit: NotRequired[int | None]
    after: NotRequired[str | None]



class EventList(TypedDict):
    """A page of a list; `next` is the `after` of the next page, null at the end."""

    items: list[Event]
    next: str | None


EventName: TypeAlias = Literal["organization_created", "connector_put", "connector_deleted", "tool_pack_put", "tool_pack_deleted", "group_put", "group_deleted", "company_created", "company_renamed", "company_deleted", "registered_user_created", "registered_user_updated", "registered_user_deactivated", "registered_user_reactivated", "registered_user_deleted", "registered_user_purged", "retention_hold_placed", "retention_hold_released", "credential_granted", "credential_replaced", "credential_revoked", "credential_needs_reauth", "credential_refreshed", "credential_expired", "link_session_started", "link_session_completed", "link_session_failed", "link_session_cancelled", "link_session_expired", "link_session_removed", "tool_call_started", "tool_call_denied", "tool_call_finished", "tool_call_expired", "registration_token_issued", "registration_token_revoked", "registration_token_used", "account_created", "account_updated", "account_status_changed", "account_deleted"]
"""What can happen."""

ReadJournal = TypedDict("ReadJournal", {"query": Literal["journal"], "registered_user_id": NotRequired[Id | None], "origin_company_id": NotRequired[str | None], "group_id": NotRequired[str | None], "event": NotRequired[EventName | None], "from": NotRequired[Time | None], "to": NotRequired[Time | None], "limit": NotRequired[int | None], "after": NotRequired[str | None]})
"""Events in the order in which they happened; all filters must match.

The actor's organization bounds what is seen, and its environment does, with the events that belong to none. `system` and an `admin` may name neither and see everything; with `origin_company_id` both are needed, with `group_id` the organization. The cursor goes on where the page ended, whatever was added or purged meanwhile.
"""


class GetOrganization(Query[Organization]):
    """The organization that the actor acts for."""

    query: Literal["get_organization"]



class GetUser(Query[Account]):
    """One account, by its id."""

    query: Literal["get_user"]
    user_id: Id



class AccountList(TypedDict):
    """A page of a list; `next` is the `after` of the next page, null at the end."""

    items: list[Account]
    next: str | None



class ListUsers(Query[AccountList]):
    """Accounts in the order of their ids: those of the organization that the actor acts for; all of them where `system` or an `admin` names none (AC-1)."""

    query: Literal["list_users"]
    status: NotRequired[AccountStatus | None]
    limit: NotRequired[int | None]
    after: NotRequired[str | None]


TokenStatus: TypeAlias = Literal["active", "exhausted", "expired", "revoked"]
"""The status of a registration token; where several apply, the first in the order revoked, expired, exhausted (AC-4)."""


class RegistrationToken(TypedDict):
    """A registration token as answers show it; never its secret."""

    token_id: str
    organization_id: str
    role: Role
    uses: int
    max_uses: int | None
    expires_at: Timestamp | None
    status: TokenStatus



class RegistrationTokenList(TypedDict):
    """A page of a list; `next` is the `after` of the next page, null at the end."""

    items: list[RegistrationToken]
    next: str | None



class ListRegistrationTokens(Query[RegistrationTokenList]):
    """Registration tokens in the order of their ids, of the same organizations as accounts (AC-1)."""

    query: Literal["list_registration_tokens"]
    limit: NotRequired[int | None]
    after: NotRequired[str | None]


AnyQuery: TypeAlias = GetRegisteredUser | FindRegisteredUser | ListRegisteredUsers | ListCompanies | GroupsOf | ListCredentials | ListLinkSessions | ListConnectors | ListToolPacks | ListGroups | ListTools | ReadJournal | GetOrganization | GetUser | ListUsers | ListRegistrationTokens
"""Any query, as the wire reads it."""


class SystemActor(TypedDict):
    """The trusted host itself."""

    type: Literal["system"]
    organization_id: NotRequired[str | None]
    environment: NotRequired[Environment | None]



class AccountActor(TypedDict):
    """A member of the platform; what it may depends on its role."""

    type: Literal["account"]
    user_id: Id
    organization_id: NotRequired[str | None]
    environment: NotRequired[Environment | None]


KeyScope: TypeAlias = Literal["management", "runtime"]
"""What an access key may do."""


class AccessKeyActor(TypedDict):
    """An access key as the host has authenticated it. Absent or null restrictions mean all; an empty list permits nothing."""

    type: Literal["access_key"]
    organization_id: str
    environment: Environment
    scopes: list[KeyScope]
    registered_user_ids: NotRequired[list[Id] | None]
    tool_pack_ids: NotRequired[list[str] | None]
    expires_at: NotRequired[Time | None]
    key_id: NotRequired[str | None]



class RegisteredUserActor(TypedDict):
    """The end user itself."""

    type: Literal["registered_user"]
    registered_user_id: Id
    organization_id: str
    environment: Environment



class AnonymousActor(TypedDict):
    """Nobody in particular: only `create_user` with a registration secret."""

    type: Literal["anonymous"]


Actor: TypeAlias = SystemActor | AccountActor | AccessKeyActor | RegisteredUserActor | AnonymousActor
"""Who acts. The host authenticates the actor; the core trusts that and authorises it (C-1)."""


class Context(TypedDict):
    """What comes with every call. The packages for JavaScript and Python fill in `now` and `entropy` where they are left out."""

    now: NotRequired[Time | None]
    actor: Actor
    entropy: NotRequired[str | None]



class ActingContext(TypedDict):
    """What comes with a call on a handle that has its actor already."""

    now: NotRequired[Time | None]
    entropy: NotRequired[str | None]


OriginUserIdScope: TypeAlias = Literal["organization", "environment"]
"""The scope in which an `origin_user_id` is unique (RU-2)."""

RecreateDeactivated: TypeAlias = Literal["return", "reactivate", "conflict"]
"""What create does on a deactivated user (RU-11)."""

CharacterClass: TypeAlias = Literal["upper", "lower", "digit", "other"]
"""A class of characters that a password must have one of, by Unicode."""


class PasswordPolicy(TypedDict):
    """The rules of passwords. Lengths are in characters."""

    min_length: NotRequired[int | None]
    max_length: NotRequired[int | None]
    require: NotRequired[list[CharacterClass] | None]
    forbid_local_part: NotRequired[bool | None]
    deny_list: NotRequired[list[str] | None]



class Policy(TypedDict):
    """What a host may configure (contract section 11). Each field has a default; a value out of range is refused when an instance is made with it."""

    origin_user_id_scope: NotRequired[OriginUserIdScope | None]
    recreate_deactivated: NotRequired[RecreateDeactivated | None]
    retention_days: NotRequired[int | None]
    link_ttl_seconds: NotRequired[int | None]
    tool_call_ttl_seconds: NotRequired[int | None]
    password: NotRequired[PasswordPolicy | None]
    documentation_base_url: NotRequired[str | None]


Journal: TypeAlias = Literal["none", "memory"]
"""Where the journal is kept (E-4)."""


class Options(TypedDict):
    """The options of an instance."""

    policy: NotRequired[Policy | None]
    journal: NotRequired[Journal | None]
    rows: NotRequired[bool | None]
    row_format: NotRequired[int | None]



class Scenario(TypedDict):
    """A story to be run (contract section 13). A string that is exactly `$name` stands for a saved value."""

    scenario: str
    description: NotRequired[str | None]
    policy: NotRequired[Policy | None]
    start: Time
    seed: str
    actors: dict[str, JsonObject]
    steps: list[JsonObject]



class LoadedRow(TypedDict):
    """A row for `load`; null says that there is none."""

    key: RowKey
    revision: Revision
    row: JsonObject | None



class ToolCall(TypedDict):
    """A tool call to be decided."""

    registered_user_id: Id
    tool_pack_id: str
    tool: str



class RemedyValues(TypedDict):
    """What the caller fills into the steps of remedies."""

    origin_company_id: NotRequired[str | None]


Kind: TypeAlias = Literal["validation", "authentication", "permission", "not_found", "conflict"]
"""Whose fault a rejection is; each kind has its HTTP status."""


class ErrorInfo(TypedDict):
    """A row of the table of errors."""

    code: Code
    number: int
    status: int
    kind: Kind
    retryable: bool
    meaning: str
    what_to_do: str
    user_message: NotRequired[str]



class Violation(TypedDict):
    """One thing that is wrong with a request (P-5)."""

    code: Code
    pointer: str
    message: str



class Mistake(TypedDict):
    """A mistake of the calling program, for its own developers: clients must not see it."""

    code: Code
    message: str
    pointer: NotRequired[str]
    violations: NotRequired[list[Violation]]
    violation_count: NotRequired[int]



class ErrorDetails(TypedDict):
    """The inside of an error body."""

    type: Kind
    code: Code
    message: str
    user_message: NotRequired[str]
    documentation_url: str | None



class ErrorBody(TypedDict):
    """One of the two public renderings of a rejection."""

    error: ErrorDetails



class Problem(TypedDict):
    """The other one: RFC 9457 problem details, of media type `application/problem+json`."""

    type: str
    title: str
    status: int
    detail: str
    code: Code
    what_to_do: str
    user_message: NotRequired[str]
    retryable: bool
    pointer: NotRequired[str]
    violations: NotRequired[list[Violation]]
    violation_count: NotRequired[int]



class AllowDict(TypedDict):
    """The call may be made, with this credential."""

    effect: Literal["allow"]
    scope: AuthScope
    owner: Owner | None
    connector: str
    tool: str



class Rejection(TypedDict):
    """Why a request was refused. Nothing has changed (P-3)."""

    code: Code
    status: int
    kind: Kind
    message: str
    what_to_do: str
    user_message: NotRequired[str]
    retryable: bool
    pointer: NotRequired[str]
    violations: NotRequired[list[Violation]]
    violation_count: NotRequired[int]



class BatchRejectionDict(TypedDict):
    """The place of a malformed call in a batch."""

    rejection: Rejection


BatchItem: TypeAlias = Allow | Deny | BatchRejection
"""What `authorize_batch` answers for one call."""


class Mismatch(TypedDict):
    """A place in a result that is not as expected."""

    pointer: str
    expected: NotRequired[Any]
    found: NotRequired[Any]


TranscriptStep = TypedDict("TranscriptStep", {"step": int, "now": Timestamp, "request": JsonObject, "result": Any, "pass": bool, "mismatches": NotRequired[list[Mismatch]]})
"""What a step did, and where that is not what was expected of it."""


class TranscriptSummary(TypedDict):
    """How many steps did as they should."""

    steps: int
    passed: int
    failed: int



class Transcript(TypedDict):
    """What a scenario did, step by step."""

    scenario: str
    steps: list[TranscriptStep]
    summary: TranscriptSummary


Decision: TypeAlias = Allow | Deny
"""Whether a tool call may be made."""

CheckResult: TypeAlias = Literal["passed", "failed", "not_reached"]
"""The result of a check."""


class Check(TypedDict):
    """One check of a decision, and what it compared."""

    check: str
    result: CheckResult
    compared: Any


Affects: TypeAlias = Literal["user", "company", "organization"]
"""Whom a step affects."""

RemedyParameter: TypeAlias = Literal["origin_company_id"]
"""A value that only the caller knows. On the wire the command shows it as `{'$parameter': name}`."""


class ReactivateStep(TypedDict):
    """Reactivates the user."""

    kind: Literal["reactivate"]
    affects: Affects
    parameters: list[RemedyParameter]
    command: NotRequired[UpdateRegisteredUser]



class LinkStep(TypedDict):
    """Links the connector: start and complete."""

    kind: Literal["link"]
    affects: Affects
    parameters: list[RemedyParameter]
    command: NotRequired[StartLink]


OpenParameter = TypedDict("OpenParameter", {"$parameter": RemedyParameter})
"""A value that only the caller knows, which `fill` puts in."""


class OpenCompany(TypedDict):
    """The company that the caller chooses."""

    origin_company_id: OpenParameter



class SetCompanyPatch(TypedDict):
    """What `set_company` changes."""

    shared_credential_group: OpenCompany



class SetCompanyCommand(TypedDict):
    """An `update_registered_user` with an open parameter."""

    command: Literal["update_registered_user"]
    registered_user_id: str
    patch: SetCompanyPatch



class SetCompanyStep(TypedDict):
    """Gives the user a company: `command` shows it as `{'$parameter': 'origin_company_id'}`, which `fill` puts in."""

    kind: Literal["set_company"]
    affects: Affects
    parameters: list[RemedyParameter]
    command: NotRequired[SetCompanyCommand]



class SwitchScopeStep(TypedDict):
    """Lets the pack look for the user's own credential instead."""

    kind: Literal["switch_scope"]
    affects: Affects
    parameters: list[RemedyParameter]
    command: NotRequired[PutToolPack]



class AddConnectorStep(TypedDict):
    """Adds the connector to the pack."""

    kind: Literal["add_connector"]
    affects: Affects
    parameters: list[RemedyParameter]
    command: NotRequired[PutToolPack]



class AddToolStep(TypedDict):
    """Adds the tool to the connector or to the pack."""

    kind: Literal["add_tool"]
    affects: Affects
    parameters: list[RemedyParameter]
    command: NotRequired[PutConnector | PutToolPack]



class MatchGroupStep(TypedDict):
    """Makes the user a member of one of the groups. By which of its attributes only the customer knows, except where a group asks for one value of one grouping."""

    kind: Literal["match_group"]
    affects: Affects
    parameters: list[RemedyParameter]
    command: NotRequired[UpdateRegisteredUser]
    group_ids: list[str]


RemedyStep: TypeAlias = ReactivateStep | LinkStep | SetCompanyStep | SwitchScopeStep | AddConnectorStep | AddToolStep | MatchGroupStep
"""One step towards allow, by its `kind`."""


class Remedy(TypedDict):
    """A way from a denial to an allow."""

    steps: list[RemedyStep]
    complete: bool



class Explanation(TypedDict):
    """A decision, every check of it, and what would lead to allow (D-3)."""

    decision: Decision
    checks: list[Check]
    remedies: list[Remedy]


RequestName: TypeAlias = Literal["create_registered_user", "create_test_user", "update_registered_user", "delete_registered_user", "set_retention_hold", "delete_company", "create_organization", "put_connector", "delete_connector", "put_tool_pack", "delete_tool_pack", "put_group", "delete_group", "start_link", "complete_link", "fail_link", "revoke_credential", "revoke_connector", "report_credential", "start_tool_call", "finish_tool_call", "advance_time", "issue_registration_token", "revoke_registration_token", "create_user", "set_user_status", "update_user", "delete_user", "get_registered_user", "find_registered_user", "list_registered_users", "list_companies", "groups_of", "list_credentials", "list_link_sessions", "list_connectors", "list_tool_packs", "list_groups", "list_tools", "journal", "get_organization", "get_user", "list_users", "list_registration_tokens", "authorize", "authorize_batch", "explain", "preview"]
"""The name of a command, a query or a call."""

RequestKind: TypeAlias = Literal["command", "query", "call"]
"""The kind of request."""

KeyRestriction: TypeAlias = Literal["registered_user_ids", "tool_pack_ids"]
"""What an access key may be restricted to (C-3)."""


class PermittedKey(TypedDict):
    """What an access key needs."""

    scopes: list[KeyScope] | None
    environment: Environment | None
    without: list[KeyRestriction]



class Permitted(TypedDict):
    """The actors that a row of the table permits."""

    system: bool
    account_roles: list[Role]
    access_key: PermittedKey | None
    registered_user: bool
    anonymous: bool



class Permission(TypedDict):
    """Who may send a request: a row of the table by which every request is permitted or is `forbidden` (C-2)."""

    request: RequestName
    kind: RequestKind
    when: str | None
    permitted: Permitted


Machine: TypeAlias = Literal["registered_user", "credential", "link_session", "tool_call", "account", "registration_token"]
"""A lifecycle that can be drawn."""


class LifecycleTransition(TypedDict):
    """What a trigger does in a state."""

    state: str
    trigger: str
    to: str



class LifecycleRefusal(TypedDict):
    """A trigger that a state refuses."""

    state: str
    trigger: str
    code: Code



class LifecycleTable(TypedDict):
    """A lifecycle as data: the table that its diagram is drawn from. A pair of state and trigger that is in neither list cannot come up."""

    machine: Machine
    start: str
    states: list[str]
    triggers: list[str]
    transitions: list[LifecycleTransition]
    refusals: list[LifecycleRefusal]


Answer: TypeAlias = RegisteredUser | RegisteredUserList | CompanyList | GroupList | CredentialList | LinkSessionList | ConnectorList | ToolPackList | PackToolsList | EventList | Organization | Account | AccountList | RegistrationTokenList
"""What any query answers."""

RegisteredUserCreationOutcome: TypeAlias = Outcome[RegisteredUserCreation]

RegisteredUserCreationPreview: TypeAlias = Preview[RegisteredUserCreation]

RegisteredUserUpdateOutcome: TypeAlias = Outcome[RegisteredUserUpdate]

RegisteredUserUpdatePreview: TypeAlias = Preview[RegisteredUserUpdate]

RegisteredUserDeletionOutcome: TypeAlias = Outcome[RegisteredUserDeletion]

RegisteredUserDeletionPreview: TypeAlias = Preview[RegisteredUserDeletion]

RetentionHoldOutcome: TypeAlias = Outcome[RetentionHold]

RetentionHoldPreview: TypeAlias = Preview[RetentionHold]

CompanyDeletionOutcome: TypeAlias = Outcome[CompanyDeletion]

CompanyDeletionPreview: TypeAlias = Preview[CompanyDeletion]

OrganizationAnswerOutcome: TypeAlias = Outcome[OrganizationAnswer]

OrganizationAnswerPreview: TypeAlias = Preview[OrganizationAnswer]

ConnectorPutOutcome: TypeAlias = Outcome[ConnectorPut]

ConnectorPutPreview: TypeAlias = Preview[ConnectorPut]

ConnectorDeletionOutcome: TypeAlias = Outcome[ConnectorDeletion]

ConnectorDeletionPreview: TypeAlias = Preview[ConnectorDeletion]

ToolPackPutOutcome: TypeAlias = Outcome[ToolPackPut]

ToolPackPutPreview: TypeAlias = Preview[ToolPackPut]

ToolPackDeletionOutcome: TypeAlias = Outcome[ToolPackDeletion]

ToolPackDeletionPreview: TypeAlias = Preview[ToolPackDeletion]

GroupPutOutcome: TypeAlias = Outcome[GroupPut]

GroupPutPreview: TypeAlias = Preview[GroupPut]

GroupDeletionOutcome: TypeAlias = Outcome[GroupDeletion]

GroupDeletionPreview: TypeAlias = Preview[GroupDeletion]

LinkStartOutcome: TypeAlias = Outcome[LinkStart]

LinkStartPreview: TypeAlias = Preview[LinkStart]

CredentialAnswerOutcome: TypeAlias = Outcome[CredentialAnswer]

CredentialAnswerPreview: TypeAlias = Preview[CredentialAnswer]

LinkFailureOutcome: TypeAlias = Outcome[LinkFailure]

LinkFailurePreview: TypeAlias = Preview[LinkFailure]

ConnectorRevocationOutcome: TypeAlias = Outcome[ConnectorRevocation]

ConnectorRevocationPreview: TypeAlias = Preview[ConnectorRevocation]

ToolCallStartOutcome: TypeAlias = Outcome[ToolCallStart]

ToolCallStartPreview: TypeAlias = Preview[ToolCallStart]

ToolCallFinishOutcome: TypeAlias = Outcome[ToolCallFinish]

ToolCallFinishPreview: TypeAlias = Preview[ToolCallFinish]

SweepOutcome: TypeAlias = Outcome[Sweep]

SweepPreview: TypeAlias = Preview[Sweep]

RegistrationTokenIssueOutcome: TypeAlias = Outcome[RegistrationTokenIssue]

RegistrationTokenIssuePreview: TypeAlias = Preview[RegistrationTokenIssue]

RegistrationTokenRevocationOutcome: TypeAlias = Outcome[RegistrationTokenRevocation]

RegistrationTokenRevocationPreview: TypeAlias = Preview[RegistrationTokenRevocation]

AccountOutcome: TypeAlias = Outcome[Account]

AccountPreview: TypeAlias = Preview[Account]

AccountAnswerOutcome: TypeAlias = Outcome[AccountAnswer]

AccountAnswerPreview: TypeAlias = Preview[AccountAnswer]

AccountDeletionOutcome: TypeAlias = Outcome[AccountDeletion]

AccountDeletionPreview: TypeAlias = Preview[AccountDeletion]

AnyOutcome: TypeAlias = RegisteredUserCreationOutcome | RegisteredUserUpdateOutcome | RegisteredUserDeletionOutcome | RetentionHoldOutcome | CompanyDeletionOutcome | OrganizationAnswerOutcome | ConnectorPutOutcome | ConnectorDeletionOutcome | ToolPackPutOutcome | ToolPackDeletionOutcome | GroupPutOutcome | GroupDeletionOutcome | LinkStartOutcome | CredentialAnswerOutcome | LinkFailureOutcome | ConnectorRevocationOutcome | ToolCallStartOutcome | ToolCallFinishOutcome | SweepOutcome | RegistrationTokenIssueOutcome | RegistrationTokenRevocationOutcome | AccountOutcome | AccountAnswerOutcome | AccountDeletionOutcome
"""What an accepted command gives; nothing has happened but this."""

AnyPreview: TypeAlias = RegisteredUserCreationPreview | RegisteredUserUpdatePreview | RegisteredUserDeletionPreview | RetentionHoldPreview | CompanyDeletionPreview | OrganizationAnswerPreview | ConnectorPutPreview | ConnectorDeletionPreview | ToolPackPutPreview | ToolPackDeletionPreview | GroupPutPreview | GroupDeletionPreview | LinkStartPreview | CredentialAnswerPreview | LinkFailurePreview | ConnectorRevocationPreview | ToolCallStartPreview | ToolCallFinishPreview | SweepPreview | RegistrationTokenIssuePreview | RegistrationTokenRevocationPreview | AccountPreview | AccountAnswerPreview | AccountDeletionPreview
"""The outcome that a command would give, and whom it would touch."""
