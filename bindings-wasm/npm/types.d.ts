// The shapes of everything that goes in or comes out. Generated from the declarations in the core.

/** Any command, as the wire reads it. */
export type Command =
  | CreateRegisteredUser
  | CreateTestUser
  | UpdateRegisteredUser
  | DeleteRegisteredUser
  | SetRetentionHold
  | DeleteCompany
  | CreateOrganization
  | PutConnector
  | DeleteConnector
  | PutToolPack
  | DeleteToolPack
  | PutGroup
  | DeleteGroup
  | StartLink
  | CompleteLink
  | FailLink
  | RevokeCredential
  | ReportCredential
  | StartToolCall
  | FinishToolCall
  | AdvanceTime
  | IssueRegistrationToken
  | RevokeRegistrationToken
  | CreateUser
  | SetUserStatus;

/**
 * Creates a registered user, or finds the one that has this `origin_user_id` (RU-1).
 *
 * Refused with `origin_user_id_required`, `invalid_origin_user_id` (RU-3), `invalid_email`, `invalid_origin_company_id`, `origin_company_id_required` (a company's name alone, RU-7), `invalid_custom_groupings`; and with `origin_user_id_taken` where the organization's other environment has it (RU-2), or a deactivated user under the policy `conflict` (RU-11).
 */
export interface CreateRegisteredUser {
  command: "create_registered_user";
  origin_user_id: string;
  origin_user_name?: string | null;
  origin_user_email?: string | null;
  shared_credential_group?: CompanyChoice | null;
  custom_groupings?: GroupingsChoice | null;
  user_type?: UserType | null;
}

/** What creating a registered user answers. */
export interface RegisteredUserCreation {
  registered_user_id: string;
  created: boolean;
  ignored: string[];
  registered_user: RegisteredUser;
}

/** A registered user as answers show it; absent values are null. */
export interface RegisteredUser {
  registered_user_id: string;
  origin_user_id: string | null;
  origin_user_name: string | null;
  origin_user_email: string | null;
  shared_credential_group: CompanyReference | null;
  custom_groupings: Groupings;
  user_type: UserType;
  status: UserStatus;
  is_active: boolean;
  is_test: boolean;
  held: boolean;
  authenticated_connectors: string[];
  version: number;
  created_at: Timestamp;
  updated_at: Timestamp;
}

/** The company that a registered user belongs to. */
export interface CompanyReference {
  origin_company_id: string;
  origin_company_name: string | null;
}

/** The customer's own attributes of a user. */
export type Groupings = { [key: string]: string };

/** What a registered user stands for. */
export type UserType = "HUMAN" | "SYSTEM";

/** Where a registered user stands while it is there. */
export type UserStatus = "active" | "deactivated";

/** An instant in answers: RFC 3339, UTC, with `Z`, to the millisecond. */
export type Timestamp = string;

/** The company that a new user belongs to. */
export interface CompanyChoice {
  origin_company_id?: string | null;
  origin_company_name?: string | null;
  custom_groupings?: GroupingsChoice | null;
}

/** Groupings of a new user; null counts as not given. */
export type GroupingsChoice = { [key: string]: string | null };

/**
 * Creates a user of the test environment without an `origin_user_id` (RU-4, RU-5).
 *
 * Refused with `forbidden` outside the test environment, `invalid_email`.
 */
export interface CreateTestUser {
  command: "create_test_user";
  origin_user_name?: string | null;
  origin_user_email?: string | null;
}

/**
 * Changes the profile or the status of a registered user.
 *
 * Refused with `registered_user_not_found`, `version_conflict`, `origin_user_id_immutable`, `origin_user_id_taken` (RU-4), `origin_company_id_required` (a company's name where there is no company), `invalid_custom_groupings` (more than 50 after the merge), and what the form of the fields asks for.
 */
export interface UpdateRegisteredUser {
  command: "update_registered_user";
  registered_user_id: Id;
  patch: RegisteredUserPatch;
  expected_version?: number | null;
}

/** What an update answers. */
export interface RegisteredUserUpdate {
  registered_user: RegisteredUser;
  linked_for_others?: LinkedForOthers[];
}

/** A credential of others that stays when the registered user who has linked it leaves. */
export interface LinkedForOthers {
  owner: Owner;
  connector: string;
}

/** Whose a credential is. */
export type Owner = IndividualOwner | SharedOwner | OrganizationOwner;

/** A registered user's own. */
export interface IndividualOwner {
  scope: "INDIVIDUAL";
  registered_user_id: string;
}

/** A company's. */
export interface SharedOwner {
  scope: "SHARED";
  origin_company_id: string;
}

/** The organization's, in one environment. */
export interface OrganizationOwner {
  scope: "ORGANIZATION";
}

/** An id that the core minted, on its way in. Python also takes `uuid.UUID`. */
export type Id = string;

/** A JSON merge patch: absent is unchanged, null is cleared (RU-6). */
export interface RegisteredUserPatch {
  origin_user_id?: string | null;
  origin_user_name?: string | null;
  origin_user_email?: string | null;
  shared_credential_group?: CompanyPatch | null;
  custom_groupings?: GroupingsPatch | null;
  user_type?: UserType | null;
  is_active?: boolean;
}

/** Joins or renames a company; a null id leaves it. */
export interface CompanyPatch {
  origin_company_id?: string | null;
  origin_company_name?: string | null;
  custom_groupings?: GroupingsPatch | null;
}

/** Groupings to merge key by key; null clears one. */
export type GroupingsPatch = { [key: string]: string | null };

/**
 * Deletes a registered user; its history stays until the retention is over.
 *
 * Refused with `registered_user_not_found`, `version_conflict`, `retention_hold` (RU-16).
 */
export interface DeleteRegisteredUser {
  command: "delete_registered_user";
  registered_user_id: Id;
  expected_version?: number | null;
}

/** What a deletion answers. */
export interface RegisteredUserDeletion {
  registered_user_id: string;
  purge_at: Timestamp;
  linked_for_others: LinkedForOthers[];
}

/**
 * Places or releases a retention hold.
 *
 * Refused with `registered_user_not_found`: also for a tombstone without a hold from its `purge_at` on.
 */
export interface SetRetentionHold {
  command: "set_retention_hold";
  registered_user_id: Id;
  held: boolean;
  reason?: string | null;
}

/** What placing or releasing a hold answers. */
export interface RetentionHold {
  registered_user_id: string;
  held: boolean;
}

/**
 * Deletes a company to which no user belongs any more (RU-15).
 *
 * Refused with `company_not_found`, `company_not_empty`.
 */
export interface DeleteCompany {
  command: "delete_company";
  origin_company_id: string;
}

/** What deleting a company answers. */
export interface CompanyDeletion {
  origin_company_id: string;
}

/**
 * Creates an organization (contract section 7).
 *
 * Refused with `name_required`, `organization_exists`.
 */
export interface CreateOrganization {
  command: "create_organization";
  organization_id?: string | null;
  name: string;
}

/** What creating an organization answers. */
export interface OrganizationAnswer {
  organization: Organization;
}

/** An organization as answers show it. */
export interface Organization {
  organization_id: string;
  name: string;
}

/**
 * Puts a connector, replacing it whole (TP-4).
 *
 * Refused with `invalid_slug`, `limit_exceeded` (1,000 connectors of an organization).
 */
export interface PutConnector {
  command: "put_connector";
  connector: string;
  name?: string | null;
  tools: readonly string[];
}

/** What putting a connector answers. */
export interface ConnectorPut {
  connector: Connector;
  changed: boolean;
}

/** A connector as answers show it. */
export interface Connector {
  connector: string;
  name: string | null;
  tools: string[];
}

/**
 * Deletes a connector that no tool pack names (TP-6). Credentials for it stay.
 *
 * Refused with `connector_not_found`, `connector_in_use`.
 */
export interface DeleteConnector {
  command: "delete_connector";
  connector: string;
}

/** What deleting a connector answers. */
export interface ConnectorDeletion {
  connector: string;
}

/**
 * Puts a tool pack, replacing it whole (TP-3, TP-4).
 *
 * Refused with `name_required`, `invalid_slug`, `connector_not_found`, `group_not_found`, `invalid_tool_pack` (a connector named twice, a tool that its connector does not have), `limit_exceeded` (1,000 packs of an organization).
 */
export interface PutToolPack {
  command: "put_tool_pack";
  tool_pack_id: string;
  name: string;
  connectors: readonly PackConnectorChoice[];
  group_ids?: readonly string[] | null;
}

/** What putting a tool pack answers. */
export interface ToolPackPut {
  tool_pack: ToolPack;
  changed: boolean;
}

/** A tool pack as answers show it. */
export interface ToolPack {
  tool_pack_id: string;
  name: string;
  connectors: PackConnector[];
  group_ids: string[] | null;
}

/** A connector inside a pack. */
export interface PackConnector {
  connector: string;
  auth_scope: AuthScope;
  tool_names: string[] | null;
}

/** Whose credential a tool pack asks for (TP-2). */
export type AuthScope = "INDIVIDUAL" | "SHARED" | "ORGANIZATION";

/** A connector inside a tool pack: absent `tool_names` means all tools, an empty list leaves the connector out (TP-3). */
export interface PackConnectorChoice {
  connector: string;
  auth_scope?: AuthScope | null;
  tool_names?: readonly string[] | null;
}

/**
 * Deletes a tool pack.
 *
 * Refused with `tool_pack_not_found`.
 */
export interface DeleteToolPack {
  command: "delete_tool_pack";
  tool_pack_id: string;
}

/** What deleting a tool pack answers. */
export interface ToolPackDeletion {
  tool_pack_id: string;
}

/**
 * Puts a group, replacing it whole (TP-4).
 *
 * Refused with `name_required`, `invalid_rule` (TP-5), `limit_exceeded` (1,000 groups of an organization).
 */
export interface PutGroup {
  command: "put_group";
  group_id: string;
  name: string;
  rule: Rule;
}

/** What putting a group answers. */
export interface GroupPut {
  group: Group;
  changed: boolean;
}

/** A group as answers show it. */
export interface Group {
  group_id: string;
  name: string;
  rule: Rule;
}

/** A saved rule over users, evaluated when asked: at most 8 levels deep, with at most 100 nodes (TP-5). */
export type Rule =
  | RuleAll
  | RuleAny
  | RuleNot
  | RuleEquals
  | RuleIn
  | RuleExists
  | RuleCompany
  | RuleUserType;

/** Holds where all parts hold. */
export interface RuleAll {
  all: readonly Rule[];
}

/** Holds where at least one part holds. */
export interface RuleAny {
  any: readonly Rule[];
}

/** Holds where the part does not. */
export interface RuleNot {
  not: Rule;
}

/** Holds where the grouping has this value. */
export interface RuleEquals {
  attribute: string;
  equals: string;
}

/** Holds where the grouping has one of these values. */
export interface RuleIn {
  attribute: string;
  in: readonly string[];
}

/** Holds where the grouping is there, or is not. */
export interface RuleExists {
  attribute: string;
  exists: boolean;
}

/** Holds for members of this company. */
export interface RuleCompany {
  origin_company_id: string;
}

/** Holds for users of this type. */
export interface RuleUserType {
  user_type: UserType;
}

/**
 * Deletes a group that no tool pack names (TP-6).
 *
 * Refused with `group_not_found`, `group_in_use`.
 */
export interface DeleteGroup {
  command: "delete_group";
  group_id: string;
}

/** What deleting a group answers. */
export interface GroupDeletion {
  group_id: string;
}

/**
 * Starts a link session for a connector.
 *
 * Refused with, in this order, `registered_user_not_found`, `connector_not_found`, `tool_pack_not_found`, `registered_user_inactive`, `tool_pack_not_permitted`, `connector_not_in_tool_pack`, `invalid_company_for_shared_scope`, `limit_exceeded` (100 pending sessions of a user), and `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).
 */
export interface StartLink {
  command: "start_link";
  registered_user_id: Id;
  connector: string;
  tool_pack_id?: string | null;
  method?: LinkMethod | null;
}

/** What starting a link answers. */
export interface LinkStart {
  link_session_id: string;
  owner: Owner;
  connector: string;
  method: LinkMethod;
  expires_at: Timestamp;
}

/** How the end user is brought to the third party. */
export type LinkMethod = "link" | "magic_link";

/**
 * Completes a link session: its owner's credential becomes active.
 *
 * Refused with `link_session_not_found`, `link_session_closed`, `link_session_expired`, and `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).
 *
 * Where it replaces a live grant of another account, `revoke_upstream` asks the host to end that one.
 */
export interface CompleteLink {
  command: "complete_link";
  link_session_id: Id;
  registered_user_id?: Id | null;
  external_account_id?: string | null;
  expires_at?: Time | null;
}

/** What a command about one credential answers. */
export interface CredentialAnswer {
  credential: Credential;
}

/** A credential as answers show it. */
export interface Credential {
  owner: Owner;
  connector: string;
  status: CredentialStatus;
  cause: CredentialCause | null;
  generation: number;
  expires_at: Timestamp | null;
  external_account_id: string | null;
  linked_by: string | null;
  updated_at: Timestamp;
}

/** Where a credential stands (CR-1). */
export type CredentialStatus = "active" | "needs_reauth" | "revoked";

/** Why a credential stands where it stands (CR-1). */
export type CredentialCause =
  | "user"
  | "admin"
  | "deactivation"
  | "deletion"
  | "company_deleted"
  | "expired"
  | "upstream"
  | "refresh_failed";

/** An instant on its way in: RFC 3339 text, or whole milliseconds since 1970. Seconds are refused. The packages also take their language's own times; in Python, aware ones. */
export type Time = string | number | Date;

/**
 * Gives a link session up.
 *
 * Refused as `CompleteLink` is.
 */
export interface FailLink {
  command: "fail_link";
  link_session_id: Id;
  reason?: string | null;
}

/** What giving a session up answers. */
export interface LinkFailure {
  link_session_id: string;
}

/**
 * Revokes a live credential. The catalogue is not consulted.
 *
 * Refused with `registered_user_not_found` or `company_not_found` for an owner that is not there, `credential_not_found` for a credential that is not live, `version_conflict` for another generation than the expected one.
 */
export interface RevokeCredential {
  command: "revoke_credential";
  owner: OwnerChoice;
  connector: string;
  expected_generation?: number | null;
}

/** Whose a credential is, on its way in. */
export type OwnerChoice = IndividualOwnerChoice | SharedOwner | OrganizationOwner;

/** A registered user's own. */
export interface IndividualOwnerChoice {
  scope: "INDIVIDUAL";
  registered_user_id: Id;
}

/**
 * Reports where a live credential stands.
 *
 * Refused as `RevokeCredential` is.
 */
export interface ReportCredential {
  command: "report_credential";
  owner: OwnerChoice;
  connector: string;
  status: ReportedStatus;
  reason?: ReportReason | null;
  expires_at?: Time | null;
  expected_generation?: number | null;
}

/** Where a credential is reported to stand. */
export type ReportedStatus = "active" | "needs_reauth";

/** Why a credential does not work. */
export type ReportReason = "upstream" | "refresh_failed";

/**
 * Starts a tool call, where it is allowed.
 *
 * A denial is no rejection: it is answered, and recorded. Refused with `registered_user_not_found`, `tool_pack_not_found`, `invalid_slug` (the tool's name), `limit_exceeded` (1,000 open calls of a user).
 */
export interface StartToolCall {
  command: "start_tool_call";
  registered_user_id: Id;
  tool_pack_id: string;
  tool: string;
}

/** What starting a tool call answers. */
export type ToolCallStart = StartedToolCall | Deny;

/** The call may be made and is recorded. */
export interface StartedToolCall {
  /** What to ask of a decision. Not enumerable: it is in no JSON and in no copy. */
  readonly allowed: true;
  effect: "allow";
  scope: AuthScope;
  owner: Owner;
  connector: string;
  tool: string;
  tool_call_id: string;
}

/** The call may not be made. */
export interface Deny {
  /** What to ask of a decision. Not enumerable: it is in no JSON and in no copy. */
  readonly allowed: false;
  effect: "deny";
  code: Code;
  status: number;
  message: string;
  what_to_do: string;
}

/** Why a request was rejected or a call denied: the closed list of codes. */
export type Code =
  | "invalid_request"
  | "origin_user_id_required"
  | "invalid_origin_user_id"
  | "origin_user_id_immutable"
  | "origin_company_id_required"
  | "invalid_origin_company_id"
  | "invalid_company_for_shared_scope"
  | "invalid_custom_groupings"
  | "invalid_email"
  | "email_required"
  | "name_required"
  | "weak_password"
  | "password_required"
  | "organization_id_required"
  | "invalid_metadata"
  | "invalid_rule"
  | "invalid_tool_pack"
  | "invalid_slug"
  | "key_exceeds_parent"
  | "invalid_snapshot"
  | "not_authenticated"
  | "invalid_token"
  | "forbidden"
  | "registered_user_inactive"
  | "tool_pack_not_permitted"
  | "connector_not_in_tool_pack"
  | "tool_not_in_tool_pack"
  | "credential_required"
  | "credential_revoked"
  | "reauth_required"
  | "self_action"
  | "registered_user_not_found"
  | "company_not_found"
  | "organization_not_found"
  | "connector_not_found"
  | "tool_pack_not_found"
  | "group_not_found"
  | "credential_not_found"
  | "link_session_not_found"
  | "tool_call_not_found"
  | "user_not_found"
  | "registration_token_not_found"
  | "origin_user_id_taken"
  | "email_exists"
  | "external_id_exists"
  | "organization_exists"
  | "version_conflict"
  | "company_not_empty"
  | "group_in_use"
  | "connector_in_use"
  | "link_session_closed"
  | "link_session_expired"
  | "retention_hold"
  | "last_admin"
  | "limit_exceeded";

/**
 * Finishes an open tool call.
 *
 * Refused with `registered_user_not_found`, `tool_call_not_found`.
 */
export interface FinishToolCall {
  command: "finish_tool_call";
  registered_user_id: Id;
  tool_call_id: Id;
  result: ToolCallResult;
}

/** What finishing a tool call answers. */
export interface ToolCallFinish {
  tool_call_id: string;
  result: ToolCallResult;
}

/** How a tool call ended. */
export type ToolCallResult = "completed" | "failed";

/** Writes the events that are due, of all organizations. */
export interface AdvanceTime {
  command: "advance_time";
  limit?: number | null;
}

/** What advancing time answers. */
export interface Sweep {
  processed: number;
}

/**
 * Issues a registration token. The host makes the secret, by custom `ort_…`, and hands it out.
 *
 * Refused with `organization_id_required`, `organization_not_found`, and `invalid_request` at `/secret` where the organization uses that secret already.
 */
export interface IssueRegistrationToken {
  command: "issue_registration_token";
  organization_id: string;
  secret: string;
  role?: TokenRole | null;
  max_uses?: number | null;
  expires_at?: Time | null;
}

/** What issuing a registration token answers; not the secret, which the host has. */
export interface RegistrationTokenIssue {
  token_id: string;
  organization_id: string;
  role: Role;
  max_uses: number | null;
  expires_at: Timestamp | null;
}

/** What an account may do. */
export type Role = "admin" | "organization_admin" | "member";

/** A role that a token may give. */
export type TokenRole = "organization_admin" | "member";

/**
 * Revokes a registration token: it admits nobody any more. Revoking twice is a success without event.
 *
 * Refused with `registration_token_not_found`; revoking twice is a success.
 */
export interface RevokeRegistrationToken {
  command: "revoke_registration_token";
  token_id: Id;
}

/** What revoking a registration token answers. */
export interface RegistrationTokenRevocation {
  token_id: string;
}

/**
 * Creates an account.
 *
 * An `admin`, an `organization_admin` or the host itself creates it for somebody else; everybody else registers, with `organization_id`, `org_token` and `password`.
 *
 * Refused with `name_required`, `email_required`, `invalid_email`, `weak_password`, `invalid_metadata`; `organization_id_required`, `organization_not_found` (AC-1); `password_required`, `invalid_token` (AC-2, AC-3); `email_exists`, `external_id_exists`.
 */
export interface CreateUser {
  command: "create_user";
  name: string;
  email: string;
  password?: string | null;
  organization_id?: string | null;
  org_token?: string | null;
  resource_id?: string | null;
  external_id?: string | null;
  metadata?: JsonObject | null;
  role?: Role | null;
}

/** An account as answers show it; what is not set is left out. */
export interface Account {
  id: string;
  name: string;
  email: string;
  status: AccountStatus;
  created_at: Timestamp;
  organization_id?: string;
  resource_id?: string;
  external_id?: string;
  metadata?: JsonObject;
  role: Role;
  version: number;
}

/** Where an account stands. Only an active one may act (AC-9). */
export type AccountStatus = "active" | "inactive" | "suspended";

/** Any JSON object. */
export type JsonObject = { [key: string]: any };

/**
 * Makes an account active, inactive or suspended. What is not active may not act, at once.
 *
 * Refused with `user_not_found`, `forbidden` (an `organization_admin` on an `admin`), `self_action`, `last_admin` (AC-9).
 */
export interface SetUserStatus {
  command: "set_user_status";
  user_id: Id;
  status: AccountStatus;
}

/** What setting an account's status answers. */
export interface AccountAnswer {
  user: Account;
}

/** Any query, as the wire reads it. */
export type Query =
  | GetRegisteredUser
  | FindRegisteredUser
  | ListRegisteredUsers
  | ListCompanies
  | GroupsOf
  | ListCredentials
  | ListLinkSessions
  | ListConnectors
  | ListToolPacks
  | ListGroups
  | ListTools
  | ReadJournal
  | GetOrganization
  | GetUser
  | ListUsers
  | ListRegistrationTokens;

/** One registered user, by its id. */
export interface GetRegisteredUser {
  query: "get_registered_user";
  registered_user_id: Id;
}

/** One registered user, by the customer's own id. */
export interface FindRegisteredUser {
  query: "find_registered_user";
  origin_user_id: string;
}

/** Registered users in the order of their ids; all filters must hold. */
export interface ListRegisteredUsers {
  query: "list_registered_users";
  origin_company_id?: string | null;
  group_id?: string | null;
  status?: UserStatus | null;
  is_test?: boolean | null;
  limit?: number | null;
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface RegisteredUserList {
  items: RegisteredUser[];
  next: string | null;
}

/** Companies in the order of their ids; a key restricted to users sees only theirs, and counts only them (C-3, P-2). */
export interface ListCompanies {
  query: "list_companies";
  limit?: number | null;
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface CompanyList {
  items: Company[];
  next: string | null;
}

/** A company as answers show it. */
export interface Company {
  origin_company_id: string;
  origin_company_name: string | null;
  members: number;
}

/** The groups of which a registered user is a member now, in the order of their ids. */
export interface GroupsOf {
  query: "groups_of";
  registered_user_id: Id;
  limit?: number | null;
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface GroupList {
  items: Group[];
  next: string | null;
}

/** What a registered user reaches: its own credentials, its company's, its organization's, each in the order of connectors. */
export interface ListCredentials {
  query: "list_credentials";
  registered_user_id: Id;
  limit?: number | null;
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface CredentialList {
  items: Credential[];
  next: string | null;
}

/** The link sessions of a registered user that are still known, in the order of their ids. */
export interface ListLinkSessions {
  query: "list_link_sessions";
  registered_user_id: Id;
  limit?: number | null;
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface LinkSessionList {
  items: LinkSession[];
  next: string | null;
}

/** A link session as answers show it. */
export interface LinkSession {
  link_session_id: string;
  owner: Owner;
  connector: string;
  method: LinkMethod;
  status: LinkStatus;
  expires_at: Timestamp;
}

/** Where a link session stands. */
export type LinkStatus = "pending" | "completed" | "failed" | "cancelled" | "expired";

/** The connectors in the order of their slugs; every management key sees them (C-3). */
export interface ListConnectors {
  query: "list_connectors";
  limit?: number | null;
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface ConnectorList {
  items: Connector[];
  next: string | null;
}

/** The tool packs in the order of their ids; a restricted key sees only its own (C-3). */
export interface ListToolPacks {
  query: "list_tool_packs";
  limit?: number | null;
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface ToolPackList {
  items: ToolPack[];
  next: string | null;
}

/** The groups in the order of their ids; every management key sees them (C-3). */
export interface ListGroups {
  query: "list_groups";
  limit?: number | null;
  after?: string | null;
}

/** The connectors of a pack as one user finds them, in the order of their slugs. */
export interface ListTools {
  query: "list_tools";
  registered_user_id: Id;
  tool_pack_id: string;
  authenticated_only?: boolean | null;
  limit?: number | null;
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface PackToolsList {
  items: PackTools[];
  next: string | null;
}

/** A connector of a pack as one user finds it. */
export interface PackTools {
  connector: string;
  scope: AuthScope;
  tools: string[];
  status: ToolStatus;
}

/** `ready`, or the code that a call would be denied with. */
export type ToolStatus = "ready" | Code;

/**
 * Events in the order in which they happened; all filters must hold.
 *
 * The actor's organization bounds what is seen, and its environment does, with the events that belong to none. `system` and an `admin` may name neither and see everything; with `origin_company_id` both are needed, with `group_id` the organization. The cursor goes on where the page ended, whatever was added or purged meanwhile.
 */
export interface ReadJournal {
  query: "journal";
  registered_user_id?: Id | null;
  origin_company_id?: string | null;
  group_id?: string | null;
  event?: EventName | null;
  from?: Time | null;
  to?: Time | null;
  limit?: number | null;
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface EventList {
  items: Event[];
  next: string | null;
}

/** What happened: the envelope, and beside it the event's own fields. */
export type Event =
  | OrganizationCreatedEvent
  | ConnectorPutEvent
  | ConnectorDeletedEvent
  | ToolPackPutEvent
  | ToolPackDeletedEvent
  | GroupPutEvent
  | GroupDeletedEvent
  | CompanyCreatedEvent
  | CompanyRenamedEvent
  | CompanyDeletedEvent
  | RegisteredUserCreatedEvent
  | RegisteredUserUpdatedEvent
  | RegisteredUserDeactivatedEvent
  | RegisteredUserReactivatedEvent
  | RegisteredUserDeletedEvent
  | RegisteredUserPurgedEvent
  | RetentionHoldPlacedEvent
  | RetentionHoldReleasedEvent
  | CredentialGrantedEvent
  | CredentialReplacedEvent
  | CredentialRevokedEvent
  | CredentialNeedsReauthEvent
  | CredentialRefreshedEvent
  | CredentialExpiredEvent
  | LinkSessionStartedEvent
  | LinkSessionCompletedEvent
  | LinkSessionFailedEvent
  | LinkSessionCancelledEvent
  | LinkSessionExpiredEvent
  | LinkSessionRemovedEvent
  | ToolCallStartedEvent
  | ToolCallDeniedEvent
  | ToolCallFinishedEvent
  | ToolCallExpiredEvent
  | RegistrationTokenIssuedEvent
  | RegistrationTokenRevokedEvent
  | RegistrationTokenUsedEvent
  | AccountCreatedEvent
  | AccountStatusChangedEvent;

/** An organization was created. */
export interface OrganizationCreatedEvent extends EventEnvelope {
  event: "organization_created";
  name: string;
}

/** What every event carries. */
export interface EventEnvelope {
  stream: Stream;
  sequence: number;
  at: Timestamp;
  organization_id: string | null;
  environment: Environment | null;
  actor: ActorRecord;
}

/** The stream that an event belongs to (M-4). */
export interface Stream {
  kind: StreamKind;
  id: string;
}

/** What a stream belongs to. */
export type StreamKind = "account" | "company" | "organization" | "registered_user" | "registration_token";

/** Where companies, registered users, credentials, link sessions and tool calls live (M-1). */
export type Environment = "production" | "test";

/** An actor as events keep it (E-3); a purged user's id is null. */
export interface ActorRecord {
  type: ActorType;
  organization_id: string | null;
  environment: Environment | null;
  user_id?: string;
  registered_user_id?: string | null;
  key_id?: string;
}

/** The type of an actor, as the wire names it. */
export type ActorType = "system" | "account" | "access_key" | "registered_user" | "anonymous";

/** A connector was put (TP-4). */
export interface ConnectorPutEvent extends EventEnvelope {
  event: "connector_put";
  connector: string;
  name: string | null;
  tools: string[];
}

/** A connector was deleted. */
export interface ConnectorDeletedEvent extends EventEnvelope {
  event: "connector_deleted";
  connector: string;
}

/** A tool pack was put (TP-4). */
export interface ToolPackPutEvent extends EventEnvelope {
  event: "tool_pack_put";
  tool_pack_id: string;
  name: string;
  connectors: PackConnector[];
  group_ids: string[] | null;
}

/** A tool pack was deleted. */
export interface ToolPackDeletedEvent extends EventEnvelope {
  event: "tool_pack_deleted";
  tool_pack_id: string;
}

/** A group was put (TP-4). */
export interface GroupPutEvent extends EventEnvelope {
  event: "group_put";
  group_id: string;
  name: string;
  rule: Rule;
}

/** A group was deleted. */
export interface GroupDeletedEvent extends EventEnvelope {
  event: "group_deleted";
  group_id: string;
}

/** A company was named for the first time (RU-7). */
export interface CompanyCreatedEvent extends EventEnvelope {
  event: "company_created";
  origin_company_id: string;
  origin_company_name: string | null;
}

/** A company got another name (RU-7). */
export interface CompanyRenamedEvent extends EventEnvelope {
  event: "company_renamed";
  origin_company_id: string;
  origin_company_name: string;
}

/** A company was deleted (RU-15). */
export interface CompanyDeletedEvent extends EventEnvelope {
  event: "company_deleted";
  origin_company_id: string;
}

/** A registered user was created. Redacted after its deletion (RU-12). */
export interface RegisteredUserCreatedEvent extends EventEnvelope {
  event: "registered_user_created";
  origin_user_id: string | null;
  origin_user_name: string | null;
  origin_user_email: string | null;
  origin_company_id: string | null;
  custom_groupings: Groupings;
  user_type: UserType;
  redacted?: true;
}

/** A profile was changed. Redacted after the user's deletion (RU-12). */
export interface RegisteredUserUpdatedEvent extends EventEnvelope {
  event: "registered_user_updated";
  changes: ProfileChanges;
  version: number;
  redacted?: true;
}

/** The fields of a profile that a command changed, with their new values. */
export interface ProfileChanges {
  origin_user_id?: string;
  origin_user_name?: string | null;
  origin_user_email?: string | null;
  origin_company_id?: string | null;
  custom_groupings?: Groupings;
  user_type?: UserType;
}

/** A registered user was deactivated (RU-9). */
export interface RegisteredUserDeactivatedEvent extends EventEnvelope {
  event: "registered_user_deactivated";
  version: number;
}

/** A registered user was reactivated (RU-10, RU-11). */
export interface RegisteredUserReactivatedEvent extends EventEnvelope {
  event: "registered_user_reactivated";
  version: number;
}

/** A registered user was deleted (RU-12). */
export interface RegisteredUserDeletedEvent extends EventEnvelope {
  event: "registered_user_deleted";
  purge_at: Timestamp;
}

/** Everything of a registered user was erased (RU-13). */
export interface RegisteredUserPurgedEvent extends EventEnvelope {
  event: "registered_user_purged";
  due_at: Timestamp;
}

/** A retention hold was placed (RU-16). */
export interface RetentionHoldPlacedEvent extends EventEnvelope {
  event: "retention_hold_placed";
  reason: string | null;
}

/** A retention hold was released (RU-16). */
export interface RetentionHoldReleasedEvent extends EventEnvelope {
  event: "retention_hold_released";
  reason: string | null;
}

/** A link made the owner's first credential for the connector (CR-4). */
export interface CredentialGrantedEvent extends EventEnvelope {
  event: "credential_granted";
  owner: Owner;
  connector: string;
  generation: number;
  expires_at: Timestamp | null;
  external_account_id: string | null;
  linked_by: string | null;
}

/** A link replaced the owner's credential for the connector (CR-4). */
export interface CredentialReplacedEvent extends EventEnvelope {
  event: "credential_replaced";
  owner: Owner;
  connector: string;
  generation: number;
  expires_at: Timestamp | null;
  external_account_id: string | null;
  replaced_external_account_id?: string;
  linked_by: string | null;
}

/** A credential was revoked (CR-5). */
export interface CredentialRevokedEvent extends EventEnvelope {
  event: "credential_revoked";
  owner: Owner;
  connector: string;
  cause: CredentialCause;
}

/** A credential was refused upstream or could not be refreshed (CR-6). */
export interface CredentialNeedsReauthEvent extends EventEnvelope {
  event: "credential_needs_reauth";
  owner: Owner;
  connector: string;
  cause: CredentialCause;
}

/** A credential was refreshed (CR-6). */
export interface CredentialRefreshedEvent extends EventEnvelope {
  event: "credential_refreshed";
  owner: Owner;
  connector: string;
  expires_at: Timestamp | null;
}

/** A credential's time was over (CR-1). */
export interface CredentialExpiredEvent extends EventEnvelope {
  event: "credential_expired";
  owner: Owner;
  connector: string;
  due_at: Timestamp;
}

/** A link session was started (CR-2). */
export interface LinkSessionStartedEvent extends EventEnvelope {
  event: "link_session_started";
  link_session_id: string;
  owner: Owner;
  connector: string;
  method: LinkMethod;
  expires_at: Timestamp;
}

/** A link session made a credential (CR-4). */
export interface LinkSessionCompletedEvent extends EventEnvelope {
  event: "link_session_completed";
  link_session_id: string;
}

/** A link session failed. */
export interface LinkSessionFailedEvent extends EventEnvelope {
  event: "link_session_failed";
  link_session_id: string;
  reason: string | null;
}

/** A change of the registered user stopped a link session (RU-8, RU-9, RU-12). */
export interface LinkSessionCancelledEvent extends EventEnvelope {
  event: "link_session_cancelled";
  link_session_id: string;
}

/** A link session's time was over (CR-3). */
export interface LinkSessionExpiredEvent extends EventEnvelope {
  event: "link_session_expired";
  link_session_id: string;
  due_at: Timestamp;
}

/** A link session was forgotten (CR-3). */
export interface LinkSessionRemovedEvent extends EventEnvelope {
  event: "link_session_removed";
  link_session_id: string;
  due_at: Timestamp;
}

/** A tool call started (D-4). */
export interface ToolCallStartedEvent extends EventEnvelope {
  event: "tool_call_started";
  tool_call_id: string;
  tool_pack_id: string;
  connector: string;
  tool: string;
  owner: Owner;
  expires_at: Timestamp;
}

/** A tool call was denied (D-4). The pack, when there was one by this id, and the tool as asked. */
export interface ToolCallDeniedEvent extends EventEnvelope {
  event: "tool_call_denied";
  tool_pack_id: string;
  tool: string;
  code: Code;
}

/** A tool call was finished (D-4). */
export interface ToolCallFinishedEvent extends EventEnvelope {
  event: "tool_call_finished";
  tool_call_id: string;
  result: ToolCallResult;
}

/** A tool call that was left open ended by itself (D-4). */
export interface ToolCallExpiredEvent extends EventEnvelope {
  event: "tool_call_expired";
  tool_call_id: string;
  due_at: Timestamp;
}

/** A registration token was issued (AC-4). */
export interface RegistrationTokenIssuedEvent extends EventEnvelope {
  event: "registration_token_issued";
  role: Role;
  max_uses: number | null;
  expires_at: Timestamp | null;
  secret_digest: string;
}

/** A registration token was revoked (AC-4). */
export interface RegistrationTokenRevokedEvent extends EventEnvelope {
  event: "registration_token_revoked";
}

/** A registration token admitted an account (AC-3). */
export interface RegistrationTokenUsedEvent extends EventEnvelope {
  event: "registration_token_used";
  user_id: string;
}

/** An account was created (AC-1, AC-2). */
export interface AccountCreatedEvent extends EventEnvelope {
  event: "account_created";
  name: string;
  email: string;
  role: Role;
  resource_id: string | null;
  external_id: string | null;
  metadata: JsonObject | null;
}

/** An account was made active, inactive or suspended (AC-9). */
export interface AccountStatusChangedEvent extends EventEnvelope {
  event: "account_status_changed";
  status: AccountStatus;
  version: number;
}

/** What can happen. */
export type EventName =
  | "organization_created"
  | "connector_put"
  | "connector_deleted"
  | "tool_pack_put"
  | "tool_pack_deleted"
  | "group_put"
  | "group_deleted"
  | "company_created"
  | "company_renamed"
  | "company_deleted"
  | "registered_user_created"
  | "registered_user_updated"
  | "registered_user_deactivated"
  | "registered_user_reactivated"
  | "registered_user_deleted"
  | "registered_user_purged"
  | "retention_hold_placed"
  | "retention_hold_released"
  | "credential_granted"
  | "credential_replaced"
  | "credential_revoked"
  | "credential_needs_reauth"
  | "credential_refreshed"
  | "credential_expired"
  | "link_session_started"
  | "link_session_completed"
  | "link_session_failed"
  | "link_session_cancelled"
  | "link_session_expired"
  | "link_session_removed"
  | "tool_call_started"
  | "tool_call_denied"
  | "tool_call_finished"
  | "tool_call_expired"
  | "registration_token_issued"
  | "registration_token_revoked"
  | "registration_token_used"
  | "account_created"
  | "account_status_changed";

/** The organization that the actor acts for. */
export interface GetOrganization {
  query: "get_organization";
}

/** One account, by its id. */
export interface GetUser {
  query: "get_user";
  user_id: Id;
}

/** Accounts in the order of their ids: those of the organization that the actor acts for; all of them where `system` or an `admin` names none (AC-1). */
export interface ListUsers {
  query: "list_users";
  status?: AccountStatus | null;
  limit?: number | null;
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface AccountList {
  items: Account[];
  next: string | null;
}

/** Registration tokens in the order of their ids, of the same organizations as accounts (AC-1). */
export interface ListRegistrationTokens {
  query: "list_registration_tokens";
  limit?: number | null;
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface RegistrationTokenList {
  items: RegistrationToken[];
  next: string | null;
}

/** A registration token as answers show it; never its secret. */
export interface RegistrationToken {
  token_id: string;
  organization_id: string;
  role: Role;
  uses: number;
  max_uses: number | null;
  expires_at: Timestamp | null;
  status: TokenStatus;
}

/** Where a registration token stands; where several hold, the first in the order revoked, expired, exhausted (AC-4). */
export type TokenStatus = "active" | "exhausted" | "expired" | "revoked";

/** What comes with every call. The packages for JavaScript and Python fill in `now` and `entropy` where they are left out. */
export interface Context {
  now?: Time | null;
  actor: Actor;
  entropy?: string | null | ArrayBufferLike | ArrayBufferView;
}

/** Who acts. The host authenticates; the core authorises what the actor says it is (C-1). */
export type Actor = SystemActor | AccountActor | AccessKeyActor | RegisteredUserActor | AnonymousActor;

/** The trusted host itself. */
export interface SystemActor {
  type: "system";
  organization_id?: string | null;
  environment?: Environment | null;
}

/** A member of the platform; what it may depends on its role. */
export interface AccountActor {
  type: "account";
  user_id: Id;
  organization_id?: string | null;
  environment?: Environment | null;
}

/** An access key as the host has authenticated it. Absent or null restrictions mean all; an empty list permits nothing. */
export interface AccessKeyActor {
  type: "access_key";
  organization_id: string;
  environment: Environment;
  scopes: readonly KeyScope[];
  registered_user_ids?: readonly Id[] | null;
  tool_pack_ids?: readonly string[] | null;
  expires_at?: Time | null;
  key_id?: string | null;
}

/** What an access key may do. */
export type KeyScope = "management" | "runtime";

/** The end user itself. */
export interface RegisteredUserActor {
  type: "registered_user";
  registered_user_id: Id;
  organization_id: string;
  environment: Environment;
}

/** Nobody in particular: only `create_user` with a registration secret. */
export interface AnonymousActor {
  type: "anonymous";
}

/** What comes with a call on a handle that has its actor already. */
export interface ActingContext {
  now?: Time | null;
  entropy?: string | null | ArrayBufferLike | ArrayBufferView;
}

/** What an instance is made with. */
export interface Options {
  policy?: Policy | null;
  journal?: Journal | null;
  rows?: boolean | null;
  row_format?: number | null;
}

/** What a host may choose (contract section 11). Each field has a default; what is out of its range is refused when an instance is made with it. */
export interface Policy {
  origin_user_id_scope?: OriginUserIdScope | null;
  recreate_deactivated?: RecreateDeactivated | null;
  retention_days?: number | null;
  link_ttl_seconds?: number | null;
  tool_call_ttl_seconds?: number | null;
  password?: PasswordPolicy | null;
  documentation_base_url?: string | null;
}

/** Where an `origin_user_id` is unique (RU-2). */
export type OriginUserIdScope = "organization" | "environment";

/** What create does on a deactivated user (RU-11). */
export type RecreateDeactivated = "return" | "reactivate" | "conflict";

/** The rules of passwords. Lengths are in characters. */
export interface PasswordPolicy {
  min_length?: number | null;
  max_length?: number | null;
  require?: readonly CharacterClass[] | null;
  forbid_local_part?: boolean | null;
  deny_list?: readonly string[] | null;
}

/** A class of characters that a password must have one of, by Unicode. */
export type CharacterClass = "upper" | "lower" | "digit" | "other";

/** Where the journal is kept (E-4). */
export type Journal = "none" | "memory";

/** A story to be run (contract section 13). A string that is exactly `$name` stands for a saved value. */
export interface Scenario {
  scenario: string;
  description?: string | null;
  policy?: Policy | null;
  start: Time;
  seed: string;
  actors: { [key: string]: JsonObject };
  steps: readonly JsonObject[];
}

/** A row for `load`; null says that there is none. */
export interface LoadedRow {
  key: RowKey;
  revision: Revision;
  row: JsonObject | null;
}

/** What a row is found by: `[kind, …parts]` (contract section 14). */
export type RowKey = readonly unknown[];

/** A host's own revision of a row; integers within ±(2^53−1), what is larger as a string (S-4). */
export type Revision = string | number | null;

/** A tool call to be decided. */
export interface ToolCall {
  registered_user_id: Id;
  tool_pack_id: string;
  tool: string;
}

/** A row of the table of errors. */
export interface ErrorInfo {
  code: Code;
  number: number;
  status: number;
  kind: Kind;
  retryable: boolean;
  meaning: string;
  what_to_do: string;
}

/** Whose fault a rejection is; each kind has its HTTP status. */
export type Kind = "validation" | "authentication" | "permission" | "not_found" | "conflict";

/** A mistake of the calling program, for its own developers: clients must not see it. */
export interface Mistake {
  code: Code;
  message: string;
  pointer?: string;
  violations?: Violation[];
}

/** One thing that is wrong with a request (P-5). */
export interface Violation {
  code: Code;
  pointer: string;
  message: string;
}

/** One of the two public renderings of a rejection. */
export interface ErrorBody {
  error: ErrorDetails;
}

/** The inside of an error body. */
export interface ErrorDetails {
  type: Kind;
  code: Code;
  message: string;
  documentation_url: string | null;
}

/** The other one: RFC 9457 problem details, of media type `application/problem+json`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: Code;
  what_to_do: string;
  retryable: boolean;
  pointer?: string;
  violations?: Violation[];
}

/** What `authorize_batch` answers for one call. */
export type BatchItem = Allow | Deny | BatchRejection;

/** The call may be made, with this credential. */
export interface Allow {
  /** What to ask of a decision. Not enumerable: it is in no JSON and in no copy. */
  readonly allowed: true;
  effect: "allow";
  scope: AuthScope;
  owner: Owner;
  connector: string;
  tool: string;
}

/** The place of a malformed call in a batch. */
export interface BatchRejection {
  /** What to ask of a decision. Not enumerable: it is in no JSON and in no copy. */
  readonly allowed: false;
  rejection: Rejection;
}

/** Why a request was refused. Nothing has changed (P-3). */
export interface Rejection {
  code: Code;
  status: number;
  kind: Kind;
  message: string;
  what_to_do: string;
  retryable: boolean;
  pointer?: string;
  violations?: Violation[];
}

/** What an accepted command gives besides its response; `guards` and `changes` only where the instance holds rows. */
export interface OutcomeParts {
  events: Event[];
  effects: Effect[];
  guards?: Guard[];
  changes?: Change[];
}

/** What the host has to do because of a command. */
export type Effect = RevokeUpstream | RedactUser | PurgeUser;

/** Revoke the grant at the third party: this generation, which need not be the present one (CR-7). */
export interface RevokeUpstream {
  effect: "revoke_upstream";
  owner: Owner;
  connector: string;
  generation: number;
  external_account_id: string | null;
}

/** Redact every event of the user's stream: the profile, `external_account_id` and every `reason` (RU-12). */
export interface RedactUser {
  effect: "redact_user";
  registered_user_id: string;
}

/** Erase every event of the user except its purge record, and null the user in other events, as their actor or in `linked_by` (RU-13). */
export interface PurgeUser {
  effect: "purge_user";
  registered_user_id: string;
}

/** A row that a decision has read, at the revision that the host gave it. */
export interface Guard {
  key: RowKey;
  revision: Revision;
}

/** A row as it is to be written; null is to be deleted. */
export interface Change {
  key: RowKey;
  row: JsonObject | null;
}

/** A lifecycle that can be drawn. */
export type Machine =
  | "registered_user"
  | "credential"
  | "link_session"
  | "tool_call"
  | "account"
  | "registration_token";

/** What a scenario did, step by step. */
export interface Transcript {
  scenario: string;
  steps: TranscriptStep[];
  summary: TranscriptSummary;
}

/** What a step did, and where that is not what was expected of it. */
export interface TranscriptStep {
  step: number;
  now: Timestamp;
  request: JsonObject;
  result: unknown;
  pass: boolean;
  mismatches?: Mismatch[];
}

/** A place in a result that is not as expected. */
export interface Mismatch {
  pointer: string;
  expected?: unknown;
  found?: unknown;
}

/** How many steps did as they should. */
export interface TranscriptSummary {
  steps: number;
  passed: number;
  failed: number;
}

/** A decision, every check of it, and what would lead to allow (D-3). */
export interface Explanation {
  decision: Decision;
  checks: Check[];
  remedies: Remedy[];
}

/** Whether a tool call may be made. */
export type Decision = Allow | Deny;

/** One check of a decision, and what it compared. */
export interface Check {
  check: string;
  result: CheckResult;
  compared: unknown;
}

/** What came of a check. */
export type CheckResult = "passed" | "failed" | "not_reached";

/** A way from a denial to an allow. */
export interface Remedy {
  steps: RemedyStep[];
  complete: boolean;
}

/** A step of a remedy. */
export interface RemedyStep {
  kind: RemedyKind;
  affects: Affects;
  parameters: RemedyParameter[];
  command?: JsonObject;
  group_ids?: string[];
}

/** What a step of a remedy does. */
export type RemedyKind =
  | "reactivate"
  | "link"
  | "set_company"
  | "switch_scope"
  | "add_connector"
  | "add_tool"
  | "match_group";

/** Whom a step affects. */
export type Affects = "user" | "company" | "organization";

/** A value that only the caller knows. On the wire the command shows it as `{"$parameter": name}`. */
export type RemedyParameter = "origin_company_id";

/** Who loses and who gains access, in the order of users, packs and connectors. */
export interface Impact {
  lose: Access[];
  gain: Access[];
  total: number;
}

/** A user's access to a connector by a tool pack: that some tool call of it is allowed. */
export interface Access {
  registered_user_id: string;
  tool_pack_id: string;
  connector: string;
}

/** What any query answers. */
export type Answer =
  | RegisteredUser
  | RegisteredUserList
  | CompanyList
  | GroupList
  | CredentialList
  | LinkSessionList
  | ConnectorList
  | ToolPackList
  | PackToolsList
  | EventList
  | Organization
  | Account
  | AccountList
  | RegistrationTokenList;

/** What an accepted command gives; nothing has happened but this. */
export interface RegisteredUserCreationOutcome extends OutcomeParts {
  response: RegisteredUserCreation;
}

/** The outcome that a command would give, and whom it would touch. */
export interface RegisteredUserCreationPreview extends RegisteredUserCreationOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface RegisteredUserUpdateOutcome extends OutcomeParts {
  response: RegisteredUserUpdate;
}

/** The outcome that a command would give, and whom it would touch. */
export interface RegisteredUserUpdatePreview extends RegisteredUserUpdateOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface RegisteredUserDeletionOutcome extends OutcomeParts {
  response: RegisteredUserDeletion;
}

/** The outcome that a command would give, and whom it would touch. */
export interface RegisteredUserDeletionPreview extends RegisteredUserDeletionOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface RetentionHoldOutcome extends OutcomeParts {
  response: RetentionHold;
}

/** The outcome that a command would give, and whom it would touch. */
export interface RetentionHoldPreview extends RetentionHoldOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface CompanyDeletionOutcome extends OutcomeParts {
  response: CompanyDeletion;
}

/** The outcome that a command would give, and whom it would touch. */
export interface CompanyDeletionPreview extends CompanyDeletionOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface OrganizationAnswerOutcome extends OutcomeParts {
  response: OrganizationAnswer;
}

/** The outcome that a command would give, and whom it would touch. */
export interface OrganizationAnswerPreview extends OrganizationAnswerOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface ConnectorPutOutcome extends OutcomeParts {
  response: ConnectorPut;
}

/** The outcome that a command would give, and whom it would touch. */
export interface ConnectorPutPreview extends ConnectorPutOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface ConnectorDeletionOutcome extends OutcomeParts {
  response: ConnectorDeletion;
}

/** The outcome that a command would give, and whom it would touch. */
export interface ConnectorDeletionPreview extends ConnectorDeletionOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface ToolPackPutOutcome extends OutcomeParts {
  response: ToolPackPut;
}

/** The outcome that a command would give, and whom it would touch. */
export interface ToolPackPutPreview extends ToolPackPutOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface ToolPackDeletionOutcome extends OutcomeParts {
  response: ToolPackDeletion;
}

/** The outcome that a command would give, and whom it would touch. */
export interface ToolPackDeletionPreview extends ToolPackDeletionOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface GroupPutOutcome extends OutcomeParts {
  response: GroupPut;
}

/** The outcome that a command would give, and whom it would touch. */
export interface GroupPutPreview extends GroupPutOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface GroupDeletionOutcome extends OutcomeParts {
  response: GroupDeletion;
}

/** The outcome that a command would give, and whom it would touch. */
export interface GroupDeletionPreview extends GroupDeletionOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface LinkStartOutcome extends OutcomeParts {
  response: LinkStart;
}

/** The outcome that a command would give, and whom it would touch. */
export interface LinkStartPreview extends LinkStartOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface CredentialAnswerOutcome extends OutcomeParts {
  response: CredentialAnswer;
}

/** The outcome that a command would give, and whom it would touch. */
export interface CredentialAnswerPreview extends CredentialAnswerOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface LinkFailureOutcome extends OutcomeParts {
  response: LinkFailure;
}

/** The outcome that a command would give, and whom it would touch. */
export interface LinkFailurePreview extends LinkFailureOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface ToolCallStartOutcome extends OutcomeParts {
  response: ToolCallStart;
}

/** The outcome that a command would give, and whom it would touch. */
export interface ToolCallStartPreview extends ToolCallStartOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface ToolCallFinishOutcome extends OutcomeParts {
  response: ToolCallFinish;
}

/** The outcome that a command would give, and whom it would touch. */
export interface ToolCallFinishPreview extends ToolCallFinishOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface SweepOutcome extends OutcomeParts {
  response: Sweep;
}

/** The outcome that a command would give, and whom it would touch. */
export interface SweepPreview extends SweepOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface RegistrationTokenIssueOutcome extends OutcomeParts {
  response: RegistrationTokenIssue;
}

/** The outcome that a command would give, and whom it would touch. */
export interface RegistrationTokenIssuePreview extends RegistrationTokenIssueOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface RegistrationTokenRevocationOutcome extends OutcomeParts {
  response: RegistrationTokenRevocation;
}

/** The outcome that a command would give, and whom it would touch. */
export interface RegistrationTokenRevocationPreview extends RegistrationTokenRevocationOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface AccountOutcome extends OutcomeParts {
  response: Account;
}

/** The outcome that a command would give, and whom it would touch. */
export interface AccountPreview extends AccountOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface AccountAnswerOutcome extends OutcomeParts {
  response: AccountAnswer;
}

/** The outcome that a command would give, and whom it would touch. */
export interface AccountAnswerPreview extends AccountAnswerOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export type Outcome =
  | RegisteredUserCreationOutcome
  | RegisteredUserUpdateOutcome
  | RegisteredUserDeletionOutcome
  | RetentionHoldOutcome
  | CompanyDeletionOutcome
  | OrganizationAnswerOutcome
  | ConnectorPutOutcome
  | ConnectorDeletionOutcome
  | ToolPackPutOutcome
  | ToolPackDeletionOutcome
  | GroupPutOutcome
  | GroupDeletionOutcome
  | LinkStartOutcome
  | CredentialAnswerOutcome
  | LinkFailureOutcome
  | ToolCallStartOutcome
  | ToolCallFinishOutcome
  | SweepOutcome
  | RegistrationTokenIssueOutcome
  | RegistrationTokenRevocationOutcome
  | AccountOutcome
  | AccountAnswerOutcome;

/** The outcome that a command would give, and whom it would touch. */
export type Preview =
  | RegisteredUserCreationPreview
  | RegisteredUserUpdatePreview
  | RegisteredUserDeletionPreview
  | RetentionHoldPreview
  | CompanyDeletionPreview
  | OrganizationAnswerPreview
  | ConnectorPutPreview
  | ConnectorDeletionPreview
  | ToolPackPutPreview
  | ToolPackDeletionPreview
  | GroupPutPreview
  | GroupDeletionPreview
  | LinkStartPreview
  | CredentialAnswerPreview
  | LinkFailurePreview
  | ToolCallStartPreview
  | ToolCallFinishPreview
  | SweepPreview
  | RegistrationTokenIssuePreview
  | RegistrationTokenRevocationPreview
  | AccountPreview
  | AccountAnswerPreview;

/** The commands by name. */
export interface Commands {
  create_registered_user: CreateRegisteredUser;
  create_test_user: CreateTestUser;
  update_registered_user: UpdateRegisteredUser;
  delete_registered_user: DeleteRegisteredUser;
  set_retention_hold: SetRetentionHold;
  delete_company: DeleteCompany;
  create_organization: CreateOrganization;
  put_connector: PutConnector;
  delete_connector: DeleteConnector;
  put_tool_pack: PutToolPack;
  delete_tool_pack: DeleteToolPack;
  put_group: PutGroup;
  delete_group: DeleteGroup;
  start_link: StartLink;
  complete_link: CompleteLink;
  fail_link: FailLink;
  revoke_credential: RevokeCredential;
  report_credential: ReportCredential;
  start_tool_call: StartToolCall;
  finish_tool_call: FinishToolCall;
  advance_time: AdvanceTime;
  issue_registration_token: IssueRegistrationToken;
  revoke_registration_token: RevokeRegistrationToken;
  create_user: CreateUser;
  set_user_status: SetUserStatus;
}

/** What each command gives. */
export interface Outcomes {
  create_registered_user: RegisteredUserCreationOutcome;
  create_test_user: RegisteredUserCreationOutcome;
  update_registered_user: RegisteredUserUpdateOutcome;
  delete_registered_user: RegisteredUserDeletionOutcome;
  set_retention_hold: RetentionHoldOutcome;
  delete_company: CompanyDeletionOutcome;
  create_organization: OrganizationAnswerOutcome;
  put_connector: ConnectorPutOutcome;
  delete_connector: ConnectorDeletionOutcome;
  put_tool_pack: ToolPackPutOutcome;
  delete_tool_pack: ToolPackDeletionOutcome;
  put_group: GroupPutOutcome;
  delete_group: GroupDeletionOutcome;
  start_link: LinkStartOutcome;
  complete_link: CredentialAnswerOutcome;
  fail_link: LinkFailureOutcome;
  revoke_credential: CredentialAnswerOutcome;
  report_credential: CredentialAnswerOutcome;
  start_tool_call: ToolCallStartOutcome;
  finish_tool_call: ToolCallFinishOutcome;
  advance_time: SweepOutcome;
  issue_registration_token: RegistrationTokenIssueOutcome;
  revoke_registration_token: RegistrationTokenRevocationOutcome;
  create_user: AccountOutcome;
  set_user_status: AccountAnswerOutcome;
}

/** What the preview of each command gives. */
export interface Previews {
  create_registered_user: RegisteredUserCreationPreview;
  create_test_user: RegisteredUserCreationPreview;
  update_registered_user: RegisteredUserUpdatePreview;
  delete_registered_user: RegisteredUserDeletionPreview;
  set_retention_hold: RetentionHoldPreview;
  delete_company: CompanyDeletionPreview;
  create_organization: OrganizationAnswerPreview;
  put_connector: ConnectorPutPreview;
  delete_connector: ConnectorDeletionPreview;
  put_tool_pack: ToolPackPutPreview;
  delete_tool_pack: ToolPackDeletionPreview;
  put_group: GroupPutPreview;
  delete_group: GroupDeletionPreview;
  start_link: LinkStartPreview;
  complete_link: CredentialAnswerPreview;
  fail_link: LinkFailurePreview;
  revoke_credential: CredentialAnswerPreview;
  report_credential: CredentialAnswerPreview;
  start_tool_call: ToolCallStartPreview;
  finish_tool_call: ToolCallFinishPreview;
  advance_time: SweepPreview;
  issue_registration_token: RegistrationTokenIssuePreview;
  revoke_registration_token: RegistrationTokenRevocationPreview;
  create_user: AccountPreview;
  set_user_status: AccountAnswerPreview;
}

/** The queries by name. */
export interface Queries {
  get_registered_user: GetRegisteredUser;
  find_registered_user: FindRegisteredUser;
  list_registered_users: ListRegisteredUsers;
  list_companies: ListCompanies;
  groups_of: GroupsOf;
  list_credentials: ListCredentials;
  list_link_sessions: ListLinkSessions;
  list_connectors: ListConnectors;
  list_tool_packs: ListToolPacks;
  list_groups: ListGroups;
  list_tools: ListTools;
  journal: ReadJournal;
  get_organization: GetOrganization;
  get_user: GetUser;
  list_users: ListUsers;
  list_registration_tokens: ListRegistrationTokens;
}

/** What each query answers. */
export interface Answers {
  get_registered_user: RegisteredUser;
  find_registered_user: RegisteredUser;
  list_registered_users: RegisteredUserList;
  list_companies: CompanyList;
  groups_of: GroupList;
  list_credentials: CredentialList;
  list_link_sessions: LinkSessionList;
  list_connectors: ConnectorList;
  list_tool_packs: ToolPackList;
  list_groups: GroupList;
  list_tools: PackToolsList;
  journal: EventList;
  get_organization: Organization;
  get_user: Account;
  list_users: AccountList;
  list_registration_tokens: RegistrationTokenList;
}
