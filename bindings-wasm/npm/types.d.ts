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
  | RevokeConnector
  | ReportCredential
  | StartToolCall
  | FinishToolCall
  | AdvanceTime
  | IssueRegistrationToken
  | RevokeRegistrationToken
  | CreateUser
  | SetUserStatus
  | UpdateUser
  | DeleteUser;

/**
 * Creates a registered user, or finds the one that has this `origin_user_id` (RU-1).
 *
 * Refused with `origin_user_id_required`, `invalid_origin_user_id` (RU-3), `invalid_email`, `invalid_origin_company_id`, `origin_company_id_required` (a company's name alone, RU-7), `invalid_custom_groupings`; and with `origin_user_id_taken` where the organization's other environment has it (RU-2), or a deactivated user under the policy `conflict` (RU-11).
 */
export interface CreateRegisteredUser {
  /** Which request it is. */
  command: "create_registered_user";
  /** The customer's own id of the user (RU-3). */
  origin_user_id: string;
  /** What the user is called. */
  origin_user_name?: string | null;
  /** The user's address; need not be unique. */
  origin_user_email?: string | null;
  /** The company that the user belongs to (RU-7). */
  shared_credential_group?: CompanyChoice | null;
  /** The customer's own attributes. */
  custom_groupings?: GroupingsChoice | null;
  /** HUMAN where not given. */
  user_type?: UserType | null;
}

/** What creating a registered user answers. */
export interface RegisteredUserCreation {
  /** The user's id. */
  registered_user_id: string;
  /** False where the user was there before (RU-1). */
  created: boolean;
  /** The names of given members that differ from what is stored, sorted (RU-1). */
  ignored: string[];
  /** The user, after the change. */
  registered_user: RegisteredUser;
}

/** A registered user as answers show it; absent values are null. */
export interface RegisteredUser {
  /** The id that the core minted. */
  registered_user_id: string;
  /** The customer's own id; null only for test users that never got one (RU-4). */
  origin_user_id: string | null;
  /** What the user is called. */
  origin_user_name: string | null;
  /** The user's address; need not be unique. */
  origin_user_email: string | null;
  /** The company whose SHARED credentials the user reaches. */
  shared_credential_group: CompanyReference | null;
  /** The customer's own attributes. */
  custom_groupings: Groupings;
  /** A person or a system. */
  user_type: UserType;
  /** The user's status. */
  status: UserStatus;
  /** The same as a boolean, as patches write it. */
  is_active: boolean;
  /** Whether the user lives in the test environment (RU-5). */
  is_test: boolean;
  /** Whether a retention hold is on it (RU-16). */
  held: boolean;
  /** The connectors of its active INDIVIDUAL credentials, sorted. */
  authenticated_connectors: string[];
  /** 1 at creation, +1 for each command that changed profile or status (M-3). */
  version: number;
  /** When it was created. */
  created_at: Timestamp;
  /** The `now` of the command that made this version. */
  updated_at: Timestamp;
}

/** The company that a registered user belongs to. */
export interface CompanyReference {
  /** The customer's own id. */
  origin_company_id: string;
  /** What it is called. */
  origin_company_name: string | null;
}

/** The customer's own attributes of a user. */
export type Groupings = { [key: string]: string };

/** What kind of user a registered user is. */
export type UserType = "HUMAN" | "SYSTEM";

/** The status of a registered user that is not deleted. */
export type UserStatus = "active" | "deactivated";

/** An instant in answers: RFC 3339, UTC, with `Z`, to the millisecond. */
export type Timestamp = string;

/** The company that a new user belongs to. */
export interface CompanyChoice {
  /** The customer's own id. */
  origin_company_id?: string | null;
  /** What the company is called from now on. */
  origin_company_name?: string | null;
  /** The user's own groupings, here or beside this object. */
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
  /** Which request it is. */
  command: "create_test_user";
  /** What the user is called. */
  origin_user_name?: string | null;
  /** The user's address. */
  origin_user_email?: string | null;
}

/**
 * Changes the profile or the status of a registered user.
 *
 * Refused with `registered_user_not_found`, `version_conflict`, `origin_user_id_immutable`, `origin_user_id_taken` (RU-4), `origin_company_id_required` (a company's name where there is no company), `invalid_custom_groupings` (more than 50 after the merge), and what the form of the fields asks for.
 */
export interface UpdateRegisteredUser {
  /** Which request it is. */
  command: "update_registered_user";
  /** The user. */
  registered_user_id: Id;
  /** What changes. */
  patch: RegisteredUserPatch;
  /** The version that the caller has seen, where it must still be the present one (M-3). */
  expected_version?: number | null;
}

/** What an update answers. */
export interface RegisteredUserUpdate {
  /** The user, after the change. */
  registered_user: RegisteredUser;
  /** Of a patch that deactivates: the live credentials of the user's company and its organization that it has linked; they stay (RU-13). */
  linked_for_others?: LinkedForOthers[];
}

/** A credential of others that stays when the registered user who has linked it leaves. */
export interface LinkedForOthers {
  /** Whose it is. */
  owner: Owner;
  /** The connector. */
  connector: string;
}

/** Whose a credential is. */
export type Owner = IndividualOwner | SharedOwner | OrganizationOwner;

/** A registered user's own. */
export interface IndividualOwner {
  /** What kind of owner it is. */
  scope: "INDIVIDUAL";
  /** The user. */
  registered_user_id: string;
}

/** A company's. */
export interface SharedOwner {
  /** What kind of owner it is. */
  scope: "SHARED";
  /** The company. */
  origin_company_id: string;
}

/** The organization's, in one environment. */
export interface OrganizationOwner {
  /** What kind of owner it is. */
  scope: "ORGANIZATION";
}

/** An id that the core minted, on its way in. Python also takes `uuid.UUID`. */
export type Id = string;

/** A JSON merge patch: absent is unchanged, null is cleared (RU-6). */
export interface RegisteredUserPatch {
  /** Only to set it once on a test user that has none (RU-4). */
  origin_user_id?: string | null;
  /** What the user is called. */
  origin_user_name?: string | null;
  /** The user's address; need not be unique. */
  origin_user_email?: string | null;
  /** The company: another one, none, or another name for it. */
  shared_credential_group?: CompanyPatch | null;
  /** The customer's own attributes. */
  custom_groupings?: GroupingsPatch | null;
  /** HUMAN where null. */
  user_type?: UserType | null;
  /** Deactivates or reactivates (RU-9, RU-10). */
  is_active?: boolean;
}

/** Joins or renames a company; a null id leaves it. */
export interface CompanyPatch {
  /** The customer's own id. */
  origin_company_id?: string | null;
  /** What the company is called from now on. */
  origin_company_name?: string | null;
  /** The user's own groupings, here or beside this object. */
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
  /** Which request it is. */
  command: "delete_registered_user";
  /** The user. */
  registered_user_id: Id;
  /** The version that the caller has seen, where it must still be the present one. */
  expected_version?: number | null;
}

/** What a deletion answers. */
export interface RegisteredUserDeletion {
  /** The user that was. */
  registered_user_id: string;
  /** The first instant at which nothing of it is left (RU-13). */
  purge_at: Timestamp;
  /** The live credentials of its company and its organization that it has linked: they stay (RU-13). */
  linked_for_others: LinkedForOthers[];
}

/**
 * Places or releases a retention hold.
 *
 * Refused with `registered_user_not_found`: also for a tombstone without a hold from its `purge_at` on.
 */
export interface SetRetentionHold {
  /** Which request it is. */
  command: "set_retention_hold";
  /** The user, or its tombstone. */
  registered_user_id: Id;
  /** Whether the user is on hold. */
  held: boolean;
  /** Why, for the record. */
  reason?: string | null;
}

/** The response to placing or releasing a hold. */
export interface RetentionHold {
  /** The user. */
  registered_user_id: string;
  /** Whether the user is on hold now. */
  held: boolean;
}

/**
 * Deletes a company to which no user belongs any more (RU-15).
 *
 * Refused with `company_not_found`, `company_not_empty`.
 */
export interface DeleteCompany {
  /** Which request it is. */
  command: "delete_company";
  /** The customer's own id. */
  origin_company_id: string;
}

/** What deleting a company answers. */
export interface CompanyDeletion {
  /** The company that was. */
  origin_company_id: string;
}

/**
 * Creates an organization (contract section 7).
 *
 * Refused with `name_required`, `organization_exists`.
 */
export interface CreateOrganization {
  /** Which request it is. */
  command: "create_organization";
  /** Its id, where the host chooses it. */
  organization_id?: string | null;
  /** What it is called. */
  name: string;
}

/** What creating an organization answers. */
export interface OrganizationAnswer {
  /** The organization. */
  organization: Organization;
}

/** An organization as answers show it. */
export interface Organization {
  /** Its id. */
  organization_id: string;
  /** What it is called. */
  name: string;
}

/**
 * Puts a connector, replacing it whole (TP-4).
 *
 * Refused with `invalid_slug`, `limit_exceeded` (1,000 connectors of an organization).
 */
export interface PutConnector {
  /** Which request it is. */
  command: "put_connector";
  /** Its slug. */
  connector: string;
  /** What it is called. */
  name?: string | null;
  /** Its tools, at most 1,000 as given. */
  tools: readonly string[];
}

/** What putting a connector answers. */
export interface ConnectorPut {
  /** The connector, after the change. */
  connector: Connector;
  /** False where it stood so before. */
  changed: boolean;
}

/** A connector as answers show it. */
export interface Connector {
  /** Its slug. */
  connector: string;
  /** What it is called. */
  name: string | null;
  /** Its tools, sorted. */
  tools: string[];
}

/**
 * Deletes a connector that no tool pack names (TP-6). Credentials for it stay.
 *
 * Refused with `connector_not_found`, `connector_in_use`.
 */
export interface DeleteConnector {
  /** Which request it is. */
  command: "delete_connector";
  /** Its slug. */
  connector: string;
}

/** What deleting a connector answers. */
export interface ConnectorDeletion {
  /** The connector that was. */
  connector: string;
}

/**
 * Puts a tool pack, replacing it whole (TP-3, TP-4).
 *
 * Refused with `name_required`, `invalid_slug`, `connector_not_found`, `group_not_found`, `invalid_tool_pack` (a connector named twice, a tool that its connector does not have), `limit_exceeded` (1,000 packs of an organization).
 */
export interface PutToolPack {
  /** Which request it is. */
  command: "put_tool_pack";
  /** Its id. */
  tool_pack_id: string;
  /** What it is called. */
  name: string;
  /** Its connectors; one with no tools at all is left out. */
  connectors: readonly PackConnectorChoice[];
  /** The groups whose members it serves; none means everybody, an empty list nobody (TP-6). */
  group_ids?: readonly string[] | null;
}

/** What putting a tool pack answers. */
export interface ToolPackPut {
  /** The tool pack, after the change. */
  tool_pack: ToolPack;
  /** False where it stood so before. */
  changed: boolean;
}

/** A tool pack as answers show it. */
export interface ToolPack {
  /** Its id. */
  tool_pack_id: string;
  /** What it is called. */
  name: string;
  /** Its connectors, sorted. */
  connectors: PackConnector[];
  /** The groups whose members it serves; null means everybody. */
  group_ids: string[] | null;
}

/** A connector inside a pack. */
export interface PackConnector {
  /** The connector. */
  connector: string;
  /** Whose credential its calls use. */
  auth_scope: AuthScope;
  /** The tools, sorted; none means all that the connector has, now or later. */
  tool_names: string[] | null;
}

/** Whose credential a tool pack asks for (TP-2). */
export type AuthScope = "INDIVIDUAL" | "SHARED" | "ORGANIZATION" | "NONE";

/** A connector inside a tool pack: absent `tool_names` means all tools, an empty list leaves the connector out (TP-3). */
export interface PackConnectorChoice {
  /** The connector. */
  connector: string;
  /** Whose credential its calls use. Default `"INDIVIDUAL"`. */
  auth_scope?: AuthScope | null;
  /** The tools; absent means all, now or later. */
  tool_names?: readonly string[] | null;
}

/**
 * Deletes a tool pack.
 *
 * Refused with `tool_pack_not_found`.
 */
export interface DeleteToolPack {
  /** Which request it is. */
  command: "delete_tool_pack";
  /** Its id. */
  tool_pack_id: string;
}

/** What deleting a tool pack answers. */
export interface ToolPackDeletion {
  /** The pack that was. */
  tool_pack_id: string;
}

/**
 * Puts a group, replacing it whole (TP-4).
 *
 * Refused with `name_required`, `invalid_rule` (TP-5), `limit_exceeded` (1,000 groups of an organization).
 */
export interface PutGroup {
  /** Which request it is. */
  command: "put_group";
  /** Its id. */
  group_id: string;
  /** What it is called. */
  name: string;
  /** Who belongs to it. */
  rule: Rule;
}

/** What putting a group answers. */
export interface GroupPut {
  /** The group, after the change. */
  group: Group;
  /** False where it stood so before. */
  changed: boolean;
}

/** A group as answers show it. */
export interface Group {
  /** Its id. */
  group_id: string;
  /** What it is called. */
  name: string;
  /** Its rule, as given. */
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

/** Matches where all parts match. */
export interface RuleAll {
  all: readonly Rule[];
}

/** Matches where at least one part matches. */
export interface RuleAny {
  any: readonly Rule[];
}

/** Matches where the part does not. */
export interface RuleNot {
  not: Rule;
}

/** Matches where the grouping has this value. */
export interface RuleEquals {
  /** The key of the grouping. */
  attribute: string;
  equals: string;
}

/** Matches where the grouping has one of these values. */
export interface RuleIn {
  /** The key of the grouping. */
  attribute: string;
  in: readonly string[];
}

/** Matches where the grouping exists, or where it does not. */
export interface RuleExists {
  /** The key of the grouping. */
  attribute: string;
  exists: boolean;
}

/** Matches members of this company. */
export interface RuleCompany {
  origin_company_id: string;
}

/** Matches users of this type. */
export interface RuleUserType {
  user_type: UserType;
}

/**
 * Deletes a group that no tool pack names (TP-6).
 *
 * Refused with `group_not_found`, `group_in_use`.
 */
export interface DeleteGroup {
  /** Which request it is. */
  command: "delete_group";
  /** Its id. */
  group_id: string;
}

/** What deleting a group answers. */
export interface GroupDeletion {
  /** The group that was. */
  group_id: string;
}

/**
 * Starts a link session for a connector.
 *
 * Refused with, in this order, `registered_user_not_found`, `connector_not_found`, `tool_pack_not_found`, `registered_user_inactive`, `tool_pack_not_permitted`, `connector_not_in_tool_pack`, `invalid_company_for_shared_scope`, `limit_exceeded` (100 pending sessions of a user), and `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).
 */
export interface StartLink {
  /** Which request it is. */
  command: "start_link";
  /** The user who will link. */
  registered_user_id: Id;
  /** The connector. */
  connector: string;
  /** The pack whose entry gives the scope; INDIVIDUAL without one. */
  tool_pack_id?: string | null;
  /** How the end user gets there. Default `link`. Default `"link"`. */
  method?: LinkMethod | null;
}

/** What starting a link answers. */
export interface LinkStart {
  /** The session. */
  link_session_id: string;
  /** Whose credential it will make. */
  owner: Owner;
  /** The connector. */
  connector: string;
  /** How the end user gets there. */
  method: LinkMethod;
  /** The first instant at which it is over. */
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
  /** Which request it is. */
  command: "complete_link";
  /** The session. */
  link_session_id: Id;
  /** Who came back from the third party, as far as the host can say: a session of another user is `link_session_not_found`, so that nobody finishes a link that somebody else has started. */
  registered_user_id?: Id | null;
  /** The account at the third party. */
  external_account_id?: string | null;
  /** The first instant at which the credential is over. */
  expires_at?: Time | null;
}

/** What a command about one credential answers. */
export interface CredentialAnswer {
  /** The credential, after the change. */
  credential: Credential;
}

/** A credential as answers show it. */
export interface Credential {
  /** Whose it is. */
  owner: Owner;
  /** The connector. */
  connector: string;
  /** Its current status. */
  status: CredentialStatus;
  /** Why; null after it was granted, replaced or refreshed. */
  cause: CredentialCause | null;
  /** How often it was granted, from 1. */
  generation: number;
  /** The first instant at which it is over. */
  expires_at: Timestamp | null;
  /** The account at the third party; null for a registered user who looks at what is not its own. */
  external_account_id: string | null;
  /** The registered user who linked it last; null after that user's purge, for a key that does not see that user, and for a registered user who looks at what is not its own. */
  linked_by: string | null;
  /** The `now` of the command that changed it last; of one that has expired, its `expires_at` (CR-1). */
  updated_at: Timestamp;
}

/** The status of a credential (CR-1). */
export type CredentialStatus = "active" | "needs_reauth" | "revoked";

/** Why a credential has its status (CR-1). */
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
export type Time = string | Date | number;

/**
 * Gives a link session up.
 *
 * Refused as `CompleteLink` is.
 */
export interface FailLink {
  /** Which request it is. */
  command: "fail_link";
  /** The session. */
  link_session_id: Id;
  /** Why, for the record. */
  reason?: string | null;
}

/** What giving a session up answers. */
export interface LinkFailure {
  /** The session. */
  link_session_id: string;
}

/**
 * Revokes a live credential. The catalogue is not consulted.
 *
 * Refused with `registered_user_not_found` or `company_not_found` for an owner that is not there, `credential_not_found` for a credential that is not live, `version_conflict` for another generation than the expected one.
 */
export interface RevokeCredential {
  /** Which request it is. */
  command: "revoke_credential";
  /** Whose it is. */
  owner: OwnerChoice;
  /** The connector. */
  connector: string;
  /** The generation that the caller means, where it must still be the present one. */
  expected_generation?: number | null;
}

/** Whose a credential is, on its way in. */
export type OwnerChoice = IndividualOwnerChoice | SharedOwner | OrganizationOwner;

/** A registered user's own. */
export interface IndividualOwnerChoice {
  /** What kind of owner it is. */
  scope: "INDIVIDUAL";
  /** The user. */
  registered_user_id: Id;
}

/** Revokes the live credentials of one connector in the organization and environment, whoever owns them, in the order of owners. Call it again while some remain. The catalogue is not consulted. */
export interface RevokeConnector {
  /** Which request it is. */
  command: "revoke_connector";
  /** The connector. */
  connector: string;
  /** How many credentials at most; each gives an event and an effect. Default `1000`. */
  limit?: number | null;
}

/** What revoking a connector answers. */
export interface ConnectorRevocation {
  /** How many credentials were revoked. */
  processed: number;
  /** How many are still live. */
  remaining: number;
}

/**
 * Reports the status of a live credential.
 *
 * Refused as `RevokeCredential` is.
 */
export interface ReportCredential {
  /** Which request it is. */
  command: "report_credential";
  /** Whose it is. */
  owner: OwnerChoice;
  /** The connector. */
  connector: string;
  /** Its status. */
  status: ReportedStatus;
  /** Why it does not work: with `needs_reauth` only. Default `"refresh_failed"`. */
  reason?: ReportReason | null;
  /** The first instant at which it is no longer valid: with `active` only; absent clears the stored one. */
  expires_at?: Time | null;
  /** The generation that the report is about, where it must still be the present one: a late report about a grant that was replaced says nothing of the new one. */
  expected_generation?: number | null;
}

/** The status that a credential is reported to have. */
export type ReportedStatus = "active" | "needs_reauth";

/** Why a credential does not work. */
export type ReportReason = "upstream" | "refresh_failed";

/**
 * Starts a tool call, where it is allowed.
 *
 * A denial is no rejection: it is answered, and recorded. Refused with `registered_user_not_found`, `tool_pack_not_found`, `invalid_slug` (the tool's name), `limit_exceeded` (1,000 open calls of a user).
 */
export interface StartToolCall {
  /** Which request it is. */
  command: "start_tool_call";
  /** The user on whose behalf the agent calls. */
  registered_user_id: Id;
  /** The pack by which it calls. */
  tool_pack_id: string;
  /** What it calls: the tool's full name, `connector__tool`. */
  tool: string;
}

/** What starting a tool call answers. */
export type ToolCallStart = StartedToolCall | Deny;

/** The call may be made and is recorded. */
export interface StartedToolCall {
  /** What to ask of a decision. Not enumerable: it is in no JSON and in no copy. */
  readonly allowed: true;
  /** That it may start. */
  effect: "allow";
  /** At which scope the credential was looked for. */
  scope: AuthScope;
  /** Whose credential it is; null where none is needed. */
  owner: Owner | null;
  /** The connector. */
  connector: string;
  /** The full name of the tool. */
  tool: string;
  /** The id to finish the call by. */
  tool_call_id: string;
}

/** The call may not be made. */
export interface Deny {
  /** What to ask of a decision. Not enumerable: it is in no JSON and in no copy. */
  readonly allowed: false;
  /** That it may not start. */
  effect: "deny";
  /** Why: the first check that failed. */
  code: Code;
  /** The HTTP status. */
  status: number;
  /** What the code means. */
  message: string;
  /** How the platform's developers can correct it. */
  what_to_do: string;
  /** A sentence to show to an end user, in English; only for codes on which an end user can act. */
  user_message?: string;
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
  /** Which request it is. */
  command: "finish_tool_call";
  /** The user on whose behalf it was started. */
  registered_user_id: Id;
  /** The call. */
  tool_call_id: Id;
  /** How it ended. */
  result: ToolCallResult;
}

/** What finishing a tool call answers. */
export interface ToolCallFinish {
  /** The call. */
  tool_call_id: string;
  /** How it ended. */
  result: ToolCallResult;
}

/** How a tool call ended. */
export type ToolCallResult = "completed" | "failed";

/** Writes the events that are due, of all organizations. */
export interface AdvanceTime {
  /** Which request it is. */
  command: "advance_time";
  /** How many events at most; none means all. */
  limit?: number | null;
}

/** What advancing time answers. */
export interface Sweep {
  /** How many events were written. */
  processed: number;
}

/**
 * Issues a registration token. The host makes the secret, by custom `ort_…`, and hands it out.
 *
 * Refused with `organization_id_required`, `organization_not_found`, and `invalid_request` at `/secret` where the organization uses that secret already.
 */
export interface IssueRegistrationToken {
  /** Which request it is. */
  command: "issue_registration_token";
  /** Where the token admits to. */
  organization_id: string;
  /** 24–256 characters; kept as its SHA-256 only (P-4). */
  secret: string;
  /** The role of the accounts that it admits: `member` or `organization_admin`. Default `"member"`. */
  role?: TokenRole | null;
  /** How many accounts it may admit, at least 1; none is unlimited. Default `1`. */
  max_uses?: number | null;
  /** The first instant at which it admits nobody any more. */
  expires_at?: Time | null;
}

/** What issuing a registration token answers; not the secret, which the host has. */
export interface RegistrationTokenIssue {
  /** Its id. */
  token_id: string;
  /** Where it admits to. */
  organization_id: string;
  /** The role of the accounts that it admits. */
  role: Role;
  /** How many accounts it may admit; none is unlimited. */
  max_uses: number | null;
  /** The first instant at which it admits nobody any more. */
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
  /** Which request it is. */
  command: "revoke_registration_token";
  /** The token. */
  token_id: Id;
}

/** What revoking a registration token answers. */
export interface RegistrationTokenRevocation {
  /** The token. */
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
  /** Which request it is. */
  command: "create_user";
  /** What the account is called. */
  name: string;
  /** Its address, unique over the whole system without regard to case (AC-5). */
  email: string;
  /** Checked and dropped (AC-6): keeping passwords is the host's business. */
  password?: string | null;
  /** The organization that it will belong to. */
  organization_id?: string | null;
  /** The registration secret; not looked at where an administrator acts. */
  org_token?: string | null;
  /** The host's own id for the account. */
  resource_id?: string | null;
  /** The host's own id of it, unique in its organization (AC-7). */
  external_id?: string | null;
  /** The host's own data. */
  metadata?: JsonObject | null;
  /** What it may do; only an administrator may say. */
  role?: Role | null;
}

/** An account as answers show it; what is not set is left out. */
export interface Account {
  /** Its id, which requests call `user_id`. */
  id: string;
  /** What it is called. */
  name: string;
  /** Its address, as it was given. */
  email: string;
  /** Its status. */
  status: AccountStatus;
  /** When it was created. */
  created_at: Timestamp;
  /** The organization that it belongs to. */
  organization_id?: string;
  /** The host's own id for the account. */
  resource_id?: string;
  /** The host's own id of it. */
  external_id?: string;
  /** The host's own data. */
  metadata?: JsonObject;
  /** What it may do. */
  role: Role;
  /** 1 at creation, +1 for each command that changed it (M-3). */
  version: number;
}

/** The status of an account. Only an active account may act (AC-9). */
export type AccountStatus = "active" | "inactive" | "suspended";

/** Any JSON object. */
export type JsonObject = { [key: string]: any };

/**
 * Makes an account active, inactive or suspended. What is not active may not act, at once.
 *
 * Refused with `user_not_found`, `forbidden` (an `organization_admin` on an `admin`), `self_action`, `last_admin` (AC-9).
 */
export interface SetUserStatus {
  /** Which request it is. */
  command: "set_user_status";
  /** The account. */
  user_id: Id;
  /** The new status. */
  status: AccountStatus;
}

/** What a change of an account answers. */
export interface AccountAnswer {
  /** The account, after the change. */
  user: Account;
}

/**
 * Changes what an account is called, where it is reached, or what it may do.
 *
 * Refused with `user_not_found`, `version_conflict`, `forbidden` (its own role, the role `admin` by an `organization_admin`, or whatever an `organization_admin` would change of an `admin`), `organization_id_required`, `email_exists`, `external_id_exists`, `invalid_metadata` (larger than 16 KiB after the merge), `last_admin`, and what the form of the fields asks for (AC-10).
 */
export interface UpdateUser {
  /** Which request it is. */
  command: "update_user";
  /** The account. */
  user_id: Id;
  /** What changes. */
  patch: AccountPatch;
  /** The version that the caller has seen, where it must still be the present one (M-3). */
  expected_version?: number | null;
}

/** A JSON merge patch: absent is unchanged, null is cleared (AC-10). */
export interface AccountPatch {
  /** What the account is called; cannot be cleared. */
  name?: string;
  /** Its address, unique over the whole system without regard to case (AC-5); cannot be cleared. */
  email?: string;
  /** The host's own id of it, unique in its organization (AC-7). */
  external_id?: string | null;
  /** The host's own id for the account. */
  resource_id?: string | null;
  /** Merged into the host's own data, member by member and at every depth; a member that is null goes (RFC 7396). */
  metadata?: JsonObject | null;
  /** What it may do; cannot be cleared. */
  role?: Role;
}

/**
 * Deletes an account. Its id is unknown from then on; its address and its `external_id` are free at once.
 *
 * Refused with `user_not_found`, `version_conflict`, `forbidden` (an `organization_admin` on an `admin`), `self_action`, `last_admin` (AC-11).
 */
export interface DeleteUser {
  /** Which request it is. */
  command: "delete_user";
  /** The account. */
  user_id: Id;
  /** The version that the caller has seen, where it must still be the present one (M-3). */
  expected_version?: number | null;
}

/** What deleting an account answers. */
export interface AccountDeletion {
  /** The account that was. */
  user_id: string;
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
  /** Which request it is. */
  query: "get_registered_user";
  /** The user. */
  registered_user_id: Id;
}

/** One registered user, by the customer's own id. */
export interface FindRegisteredUser {
  /** Which request it is. */
  query: "find_registered_user";
  /** The customer's own id. */
  origin_user_id: string;
}

/** Registered users in the order of their ids; all filters must match. */
export interface ListRegisteredUsers {
  /** Which request it is. */
  query: "list_registered_users";
  /** Only members of this company. */
  origin_company_id?: string | null;
  /** Only members of this group. */
  group_id?: string | null;
  /** Only users with this status. */
  status?: UserStatus | null;
  /** Only test users, or none of them. */
  is_test?: boolean | null;
  /** The maximum number of items. Default `50`. */
  limit?: number | null;
  /** The `next` of the previous page; absent for the first page. */
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface RegisteredUserList {
  /** The items. */
  items: RegisteredUser[];
  /** What to send as `after` for the next page; null at the end. */
  next: string | null;
}

/** Companies in the order of their ids; a key restricted to users sees only theirs, and counts only them (C-3, P-2). */
export interface ListCompanies {
  /** Which request it is. */
  query: "list_companies";
  /** The maximum number of items. Default `50`. */
  limit?: number | null;
  /** The `next` of the previous page; absent for the first page. */
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface CompanyList {
  /** The items. */
  items: Company[];
  /** What to send as `after` for the next page; null at the end. */
  next: string | null;
}

/** A company as answers show it. */
export interface Company {
  /** The customer's own id. */
  origin_company_id: string;
  /** What it is called. */
  origin_company_name: string | null;
  /** How many registered users belong to it; for a key restricted to users, how many of those. */
  members: number;
}

/** The groups of which a registered user is a member now, in the order of their ids. */
export interface GroupsOf {
  /** Which request it is. */
  query: "groups_of";
  /** The user. */
  registered_user_id: Id;
  /** The maximum number of items. Default `50`. */
  limit?: number | null;
  /** The `next` of the previous page; absent for the first page. */
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface GroupList {
  /** The items. */
  items: Group[];
  /** What to send as `after` for the next page; null at the end. */
  next: string | null;
}

/** Credentials in the order of their owners and connectors: what one registered user reaches (its own, its company's, its organization's), or those of all owners that the actor sees; all filters must match. */
export interface ListCredentials {
  /** Which request it is. */
  query: "list_credentials";
  /** Only what this user reaches. */
  registered_user_id?: Id | null;
  /** Only credentials for this connector. */
  connector?: string | null;
  /** Only what this company shares. */
  origin_company_id?: string | null;
  /** Only credentials of this account at the third party. */
  external_account_id?: string | null;
  /** Only credentials with this status now. */
  status?: CredentialStatus | null;
  /** Only credentials that this user has linked. */
  linked_by?: Id | null;
  /** The maximum number of items. Default `50`. */
  limit?: number | null;
  /** The `next` of the previous page; absent for the first page. */
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface CredentialList {
  /** The items. */
  items: Credential[];
  /** What to send as `after` for the next page; null at the end. */
  next: string | null;
}

/** The link sessions of a registered user that are still known, in the order of their ids. */
export interface ListLinkSessions {
  /** Which request it is. */
  query: "list_link_sessions";
  /** The user. */
  registered_user_id: Id;
  /** The maximum number of items. Default `50`. */
  limit?: number | null;
  /** The `next` of the previous page; absent for the first page. */
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface LinkSessionList {
  /** The items. */
  items: LinkSession[];
  /** What to send as `after` for the next page; null at the end. */
  next: string | null;
}

/** A link session as answers show it. */
export interface LinkSession {
  /** The session. */
  link_session_id: string;
  /** Whose credential it makes. */
  owner: Owner;
  /** The connector. */
  connector: string;
  /** How the end user gets there. */
  method: LinkMethod;
  /** Its current status. */
  status: LinkStatus;
  /** The first instant at which it is over. */
  expires_at: Timestamp;
}

/** The status of a link session. */
export type LinkStatus = "pending" | "completed" | "failed" | "cancelled" | "expired";

/** The connectors in the order of their slugs; every management key sees them (C-3). */
export interface ListConnectors {
  /** Which request it is. */
  query: "list_connectors";
  /** The maximum number of items. Default `50`. */
  limit?: number | null;
  /** The `next` of the previous page; absent for the first page. */
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface ConnectorList {
  /** The items. */
  items: Connector[];
  /** What to send as `after` for the next page; null at the end. */
  next: string | null;
}

/** The tool packs in the order of their ids; a restricted key sees only its own (C-3). */
export interface ListToolPacks {
  /** Which request it is. */
  query: "list_tool_packs";
  /** The maximum number of items. Default `50`. */
  limit?: number | null;
  /** The `next` of the previous page; absent for the first page. */
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface ToolPackList {
  /** The items. */
  items: ToolPack[];
  /** What to send as `after` for the next page; null at the end. */
  next: string | null;
}

/** The groups in the order of their ids; every management key sees them (C-3). */
export interface ListGroups {
  /** Which request it is. */
  query: "list_groups";
  /** The maximum number of items. Default `50`. */
  limit?: number | null;
  /** The `next` of the previous page; absent for the first page. */
  after?: string | null;
}

/** The connectors of a pack as one user finds them, in the order of their slugs. */
export interface ListTools {
  /** Which request it is. */
  query: "list_tools";
  /** The user. */
  registered_user_id: Id;
  /** The pack. */
  tool_pack_id: string;
  /** Only connectors that are ready. Default `false`. */
  authenticated_only?: boolean | null;
  /** The maximum number of items. Default `50`. */
  limit?: number | null;
  /** The `next` of the previous page; absent for the first page. */
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface PackToolsList {
  /** The items. */
  items: PackTools[];
  /** What to send as `after` for the next page; null at the end. */
  next: string | null;
}

/** A connector of a pack as one user finds it. */
export interface PackTools {
  /** The connector. */
  connector: string;
  /** Whose credential its calls use. */
  scope: AuthScope;
  /** The full names of the tools that the pack and the catalogue both have, sorted. */
  tools: string[];
  /** Those of more than 64 characters, where there are any: some models and protocols take at most 64, others 128. */
  long_tools?: LongTool[];
  /** `ready`, or the code with which a call is denied now (D-1). */
  status: ToolStatus;
}

/** A full name that is too long for some models and protocols (TP-1). */
export interface LongTool {
  /** The full name. */
  tool: string;
  /** Its characters. */
  characters: number;
}

/** `ready`, or the code that a call would be denied with. */
export type ToolStatus = "ready" | Code;

/**
 * Events in the order in which they happened; all filters must match.
 *
 * The actor's organization bounds what is seen, and its environment does, with the events that belong to none. `system` and an `admin` may name neither and see everything; with `origin_company_id` both are needed, with `group_id` the organization. The cursor goes on where the page ended, whatever was added or purged meanwhile.
 */
export interface ReadJournal {
  /** Which request it is. */
  query: "journal";
  /** Only this user's own stream, also when it is deleted. */
  registered_user_id?: Id | null;
  /** Only this company's stream and those of its present members. */
  origin_company_id?: string | null;
  /** Only the streams of this group's present members. */
  group_id?: string | null;
  /** Only events of this name. */
  event?: EventName | null;
  /** Only events at this instant or later. */
  from?: Time | null;
  /** Only events before this instant. */
  to?: Time | null;
  /** The maximum number of items. Default `50`. */
  limit?: number | null;
  /** The `next` of the previous page; absent for the first page. */
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface EventList {
  /** The items. */
  items: Event[];
  /** What to send as `after` for the next page; null at the end. */
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
  | AccountUpdatedEvent
  | AccountStatusChangedEvent
  | AccountDeletedEvent;

/** An organization was created. */
export interface OrganizationCreatedEvent extends EventEnvelope {
  /** What happened. */
  event: "organization_created";
  /** What it is called from now on. */
  name: string;
}

/** What every event carries. */
export interface EventEnvelope {
  /** The stream that it belongs to. */
  stream: Stream;
  /** What names the event for ever: `stream kind:stream id:sequence` (E-6). */
  id: string;
  /** Its place in the stream, from 1, without gaps (M-4). */
  sequence: number;
  /** The `now` of the command (T-4). */
  at: Timestamp;
  /** The organization that it concerns. */
  organization_id: string | null;
  /** The environment that it concerns. */
  environment: Environment | null;
  /** Who acted (E-3). */
  actor: ActorRecord;
}

/** The stream that an event belongs to (M-4). */
export interface Stream {
  /** What it belongs to. */
  kind: StreamKind;
  /** The id of what it belongs to. */
  id: string;
}

/** What a stream belongs to. */
export type StreamKind = "account" | "company" | "organization" | "registered_user" | "registration_token";

/** Where companies, registered users, credentials, link sessions and tool calls live (M-1). */
export type Environment = "production" | "test";

/** An actor as events keep it (E-3); a purged user's id is null. */
export interface ActorRecord {
  /** Who acted. */
  type: ActorType;
  /** The organization that the actor named. */
  organization_id: string | null;
  /** The environment that the actor named. */
  environment: Environment | null;
  /** The account. */
  user_id?: string;
  /** The registered user; null after its purge (RU-13). */
  registered_user_id?: string | null;
  /** The key's own name. */
  key_id?: string;
}

/** The type of an actor, as the wire names it. */
export type ActorType = "system" | "account" | "access_key" | "registered_user" | "anonymous";

/** A connector was created or replaced (TP-4). */
export interface ConnectorPutEvent extends EventEnvelope {
  /** What happened. */
  event: "connector_put";
  /** The connector, by its slug. */
  connector: string;
  /** What it is called from now on. */
  name: string | null;
  /** Its tools as they stand now, sorted. */
  tools: string[];
}

/** A connector was deleted. */
export interface ConnectorDeletedEvent extends EventEnvelope {
  /** What happened. */
  event: "connector_deleted";
  /** The connector, by its slug. */
  connector: string;
}

/** A tool pack was created or replaced (TP-4). */
export interface ToolPackPutEvent extends EventEnvelope {
  /** What happened. */
  event: "tool_pack_put";
  /** The tool pack. */
  tool_pack_id: string;
  /** What it is called from now on. */
  name: string;
  /** Its current connectors, sorted by slug. */
  connectors: PackConnector[];
  /** The groups whose members the pack serves, sorted: none is everybody, an empty list nobody (TP-6). */
  group_ids: string[] | null;
}

/** A tool pack was deleted. */
export interface ToolPackDeletedEvent extends EventEnvelope {
  /** What happened. */
  event: "tool_pack_deleted";
  /** The tool pack. */
  tool_pack_id: string;
}

/** A group was created or replaced (TP-4). */
export interface GroupPutEvent extends EventEnvelope {
  /** What happened. */
  event: "group_put";
  /** The group. */
  group_id: string;
  /** What it is called from now on. */
  name: string;
  /** Who belongs to the group, as given (TP-5). */
  rule: Rule;
}

/** A group was deleted. */
export interface GroupDeletedEvent extends EventEnvelope {
  /** What happened. */
  event: "group_deleted";
  /** The group. */
  group_id: string;
}

/** A company was named for the first time (RU-7). */
export interface CompanyCreatedEvent extends EventEnvelope {
  /** What happened. */
  event: "company_created";
  /** The customer's own id of the company. */
  origin_company_id: string;
  /** What the company is called from now on. */
  origin_company_name: string | null;
}

/** A company got another name (RU-7). */
export interface CompanyRenamedEvent extends EventEnvelope {
  /** What happened. */
  event: "company_renamed";
  /** The customer's own id of the company. */
  origin_company_id: string;
  /** What the company is called from now on. */
  origin_company_name: string;
}

/** A company was deleted (RU-15). */
export interface CompanyDeletedEvent extends EventEnvelope {
  /** What happened. */
  event: "company_deleted";
  /** The customer's own id of the company. */
  origin_company_id: string;
}

/** A registered user was created. Redacted after its deletion (RU-12). */
export interface RegisteredUserCreatedEvent extends EventEnvelope {
  /** What happened. */
  event: "registered_user_created";
  /** The customer's own id of the user; none for a test user without one, or redacted (RU-12). */
  origin_user_id: string | null;
  /** What the user is called; none where not given, or redacted (RU-12). */
  origin_user_name: string | null;
  /** The user's address; none where not given, or redacted (RU-12). */
  origin_user_email: string | null;
  /** The customer's own id of the company. */
  origin_company_id: string | null;
  /** The customer's own attributes of the user; emptied by redaction (RU-12). */
  custom_groupings: Groupings;
  /** A person or a system. */
  user_type: UserType;
  /** Whether what is personal was taken out of this event after the deletion of the user or account (RU-12, AC-11). */
  redacted?: true;
}

/** A profile was changed. Redacted after the user's deletion (RU-12). */
export interface RegisteredUserUpdatedEvent extends EventEnvelope {
  /** What happened. */
  event: "registered_user_updated";
  /** What changed, with the new values; emptied when the event is redacted (RU-12, AC-11). */
  changes: ProfileChanges;
  /** The version that the command made (M-3). */
  version: number;
  /** Whether what is personal was taken out of this event after the deletion of the user or account (RU-12, AC-11). */
  redacted?: true;
}

/** The fields of a profile that a command changed, with their new values. */
export interface ProfileChanges {
  /** Set once, on a test user that had none. */
  origin_user_id?: string;
  /** The name. */
  origin_user_name?: string | null;
  /** The address. */
  origin_user_email?: string | null;
  /** The company. */
  origin_company_id?: string | null;
  /** The groupings, whole. */
  custom_groupings?: Groupings;
  /** The type. */
  user_type?: UserType;
}

/** A registered user was deactivated (RU-9). */
export interface RegisteredUserDeactivatedEvent extends EventEnvelope {
  /** What happened. */
  event: "registered_user_deactivated";
  /** The version that the command made (M-3). */
  version: number;
}

/** A registered user was reactivated (RU-10, RU-11). */
export interface RegisteredUserReactivatedEvent extends EventEnvelope {
  /** What happened. */
  event: "registered_user_reactivated";
  /** The version that the command made (M-3). */
  version: number;
}

/** A registered user was deleted (RU-12). */
export interface RegisteredUserDeletedEvent extends EventEnvelope {
  /** What happened. */
  event: "registered_user_deleted";
  /** The first instant at which everything of the user is to be erased (RU-13), unless it is held. */
  purge_at: Timestamp;
}

/** Everything of a registered user was erased (RU-13). */
export interface RegisteredUserPurgedEvent extends EventEnvelope {
  /** What happened. */
  event: "registered_user_purged";
  /** The instant at which this took effect, swept or not; the event's `at` is when it was written (T-2). */
  due_at: Timestamp;
}

/** A retention hold was placed (RU-16). */
export interface RetentionHoldPlacedEvent extends EventEnvelope {
  /** What happened. */
  event: "retention_hold_placed";
  /** Why, in the words of whoever asked; at most 255 characters. */
  reason: string | null;
}

/** A retention hold was released (RU-16). */
export interface RetentionHoldReleasedEvent extends EventEnvelope {
  /** What happened. */
  event: "retention_hold_released";
  /** Why, in the words of whoever asked; at most 255 characters. */
  reason: string | null;
}

/** A link made the owner's first credential for the connector (CR-4). */
export interface CredentialGrantedEvent extends EventEnvelope {
  /** What happened. */
  event: "credential_granted";
  /** Whose credential it is, or will be. */
  owner: Owner;
  /** The connector, by its slug. */
  connector: string;
  /** How often this owner was granted this connector: 1 when granted first (CR-4). */
  generation: number;
  /** The first instant at which it is no longer valid (T-1); none where it does not expire. */
  expires_at: Timestamp | null;
  /** The account at the third party, as the host reported it. */
  external_account_id: string | null;
  /** The registered user who has linked it (CR-4); null after that user's purge (RU-13). */
  linked_by: string | null;
}

/** A link replaced the owner's credential for the connector (CR-4). */
export interface CredentialReplacedEvent extends EventEnvelope {
  /** What happened. */
  event: "credential_replaced";
  /** Whose credential it is, or will be. */
  owner: Owner;
  /** The connector, by its slug. */
  connector: string;
  /** How often this owner was granted this connector: 1 when granted first (CR-4). */
  generation: number;
  /** The first instant at which it is no longer valid (T-1); none where it does not expire. */
  expires_at: Timestamp | null;
  /** The account at the third party, as the host reported it. */
  external_account_id: string | null;
  /** The account of the live grant that this one replaced, where both are known and differ (CR-4). */
  replaced_external_account_id?: string;
  /** The registered user who has linked it (CR-4); null after that user's purge (RU-13). */
  linked_by: string | null;
}

/** A credential was revoked (CR-5). */
export interface CredentialRevokedEvent extends EventEnvelope {
  /** What happened. */
  event: "credential_revoked";
  /** Whose credential it is, or will be. */
  owner: Owner;
  /** The connector, by its slug. */
  connector: string;
  /** Why the credential has its current status (CR-1). */
  cause: CredentialCause;
}

/** A credential was rejected upstream or could not be refreshed (CR-6). */
export interface CredentialNeedsReauthEvent extends EventEnvelope {
  /** What happened. */
  event: "credential_needs_reauth";
  /** Whose credential it is, or will be. */
  owner: Owner;
  /** The connector, by its slug. */
  connector: string;
  /** Why the credential has its current status (CR-1). */
  cause: CredentialCause;
}

/** A credential was refreshed (CR-6). */
export interface CredentialRefreshedEvent extends EventEnvelope {
  /** What happened. */
  event: "credential_refreshed";
  /** Whose credential it is, or will be. */
  owner: Owner;
  /** The connector, by its slug. */
  connector: string;
  /** The first instant at which it is no longer valid (T-1); none where it does not expire. */
  expires_at: Timestamp | null;
}

/** A credential expired (CR-1). */
export interface CredentialExpiredEvent extends EventEnvelope {
  /** What happened. */
  event: "credential_expired";
  /** Whose credential it is, or will be. */
  owner: Owner;
  /** The connector, by its slug. */
  connector: string;
  /** The instant at which this took effect, swept or not; the event's `at` is when it was written (T-2). */
  due_at: Timestamp;
}

/** A link session was started (CR-2). */
export interface LinkSessionStartedEvent extends EventEnvelope {
  /** What happened. */
  event: "link_session_started";
  /** The link session. */
  link_session_id: string;
  /** Whose credential it is, or will be. */
  owner: Owner;
  /** The connector, by its slug. */
  connector: string;
  /** How the end user is brought to the third party. */
  method: LinkMethod;
  /** The first instant at which it is no longer valid (T-1); none where it does not expire. */
  expires_at: Timestamp;
}

/** A link session made a credential (CR-4). */
export interface LinkSessionCompletedEvent extends EventEnvelope {
  /** What happened. */
  event: "link_session_completed";
  /** The link session. */
  link_session_id: string;
}

/** A link session failed. */
export interface LinkSessionFailedEvent extends EventEnvelope {
  /** What happened. */
  event: "link_session_failed";
  /** The link session. */
  link_session_id: string;
  /** Why, in the words of whoever asked; at most 255 characters. */
  reason: string | null;
}

/** A change of the registered user stopped a link session (RU-8, RU-9, RU-12). */
export interface LinkSessionCancelledEvent extends EventEnvelope {
  /** What happened. */
  event: "link_session_cancelled";
  /** The link session. */
  link_session_id: string;
}

/** A link session expired (CR-3). */
export interface LinkSessionExpiredEvent extends EventEnvelope {
  /** What happened. */
  event: "link_session_expired";
  /** The link session. */
  link_session_id: string;
  /** The instant at which this took effect, swept or not; the event's `at` is when it was written (T-2). */
  due_at: Timestamp;
}

/** An ended link session was removed (CR-3). */
export interface LinkSessionRemovedEvent extends EventEnvelope {
  /** What happened. */
  event: "link_session_removed";
  /** The link session. */
  link_session_id: string;
  /** The instant at which this took effect, swept or not; the event's `at` is when it was written (T-2). */
  due_at: Timestamp;
}

/** A tool call started (D-4). */
export interface ToolCallStartedEvent extends EventEnvelope {
  /** What happened. */
  event: "tool_call_started";
  /** The call, by which it is finished. */
  tool_call_id: string;
  /** The tool pack. */
  tool_pack_id: string;
  /** The connector, by its slug. */
  connector: string;
  /** The tool's full name, `connector__tool`. */
  tool: string;
  /** Whose credential it is, or will be. */
  owner: Owner | null;
  /** The first instant at which it is no longer valid (T-1); none where it does not expire. */
  expires_at: Timestamp;
}

/** A tool call was denied (D-4). The pack, when there was one by this id, and the tool as asked. */
export interface ToolCallDeniedEvent extends EventEnvelope {
  /** What happened. */
  event: "tool_call_denied";
  /** The tool pack. */
  tool_pack_id: string;
  /** The tool's full name, `connector__tool`. */
  tool: string;
  /** D-1's code of the first check that failed. */
  code: Code;
}

/** A tool call was finished (D-4). */
export interface ToolCallFinishedEvent extends EventEnvelope {
  /** What happened. */
  event: "tool_call_finished";
  /** The call, by which it is finished. */
  tool_call_id: string;
  /** How the call ended. */
  result: ToolCallResult;
}

/** A tool call that was left open expired (D-4). */
export interface ToolCallExpiredEvent extends EventEnvelope {
  /** What happened. */
  event: "tool_call_expired";
  /** The call, by which it is finished. */
  tool_call_id: string;
  /** The instant at which this took effect, swept or not; the event's `at` is when it was written (T-2). */
  due_at: Timestamp;
}

/** A registration token was issued (AC-4). */
export interface RegistrationTokenIssuedEvent extends EventEnvelope {
  /** What happened. */
  event: "registration_token_issued";
  /** What the account may do, or the accounts that the token admits. */
  role: Role;
  /** How many accounts the token admits; none is unlimited (AC-4). */
  max_uses: number | null;
  /** The first instant at which it is no longer valid (T-1); none where it does not expire. */
  expires_at: Timestamp | null;
  /** The SHA-256 of the token's secret, which itself is kept nowhere (P-4). */
  secret_digest: string;
}

/** A registration token was revoked (AC-4). */
export interface RegistrationTokenRevokedEvent extends EventEnvelope {
  /** What happened. */
  event: "registration_token_revoked";
}

/** A registration token admitted an account (AC-3). */
export interface RegistrationTokenUsedEvent extends EventEnvelope {
  /** What happened. */
  event: "registration_token_used";
  /** The account that came in by the token. */
  user_id: string;
}

/** An account was created (AC-1, AC-2). Redacted after its deletion, and only then without name and address (AC-11). */
export interface AccountCreatedEvent extends EventEnvelope {
  /** What happened. */
  event: "account_created";
  /** What it is called from now on. */
  name: string | null;
  /** The address as it was given; none where redacted (AC-11). */
  email: string | null;
  /** What the account may do, or the accounts that the token admits. */
  role: Role;
  /** The host's own id of what the account stands for; none where not given, or redacted (AC-11). */
  resource_id: string | null;
  /** The host's own id of the account, unique in its organization (AC-7); none where not given, or redacted (AC-11). */
  external_id: string | null;
  /** The host's own object, at most 16 KiB (AC-7); none where not given, or redacted (AC-11). */
  metadata: JsonObject | null;
  /** Whether what is personal was taken out of this event after the deletion of the user or account (RU-12, AC-11). */
  redacted?: true;
}

/** An account was changed (AC-10). Redacted after its deletion (AC-11). */
export interface AccountUpdatedEvent extends EventEnvelope {
  /** What happened. */
  event: "account_updated";
  /** What changed, with the new values; emptied when the event is redacted (RU-12, AC-11). */
  changes: AccountChanges;
  /** The version that the command made (M-3). */
  version: number;
  /** Whether what is personal was taken out of this event after the deletion of the user or account (RU-12, AC-11). */
  redacted?: true;
}

/** The fields of an account that a command changed, with their new values. */
export interface AccountChanges {
  /** The name. */
  name?: string;
  /** The address. */
  email?: string;
  /** The host's own id of it. */
  external_id?: string | null;
  /** The host's own id for the account. */
  resource_id?: string | null;
  /** The host's own data, whole. */
  metadata?: JsonObject | null;
  /** The role. */
  role?: Role;
}

/** An account was made active, inactive or suspended (AC-9). */
export interface AccountStatusChangedEvent extends EventEnvelope {
  /** What happened. */
  event: "account_status_changed";
  /** Where the account stands now. */
  status: AccountStatus;
  /** The version that the command made (M-3). */
  version: number;
}

/** An account was deleted (AC-11). */
export interface AccountDeletedEvent extends EventEnvelope {
  /** What happened. */
  event: "account_deleted";
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
  | "account_updated"
  | "account_status_changed"
  | "account_deleted";

/** The organization that the actor acts for. */
export interface GetOrganization {
  /** Which request it is. */
  query: "get_organization";
}

/** One account, by its id. */
export interface GetUser {
  /** Which request it is. */
  query: "get_user";
  /** The account. */
  user_id: Id;
}

/** Accounts in the order of their ids: those of the organization that the actor acts for; all of them where `system` or an `admin` names none (AC-1). */
export interface ListUsers {
  /** Which request it is. */
  query: "list_users";
  /** Only accounts with this status. */
  status?: AccountStatus | null;
  /** The maximum number of items. Default `50`. */
  limit?: number | null;
  /** The `next` of the previous page; absent for the first page. */
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface AccountList {
  /** The items. */
  items: Account[];
  /** What to send as `after` for the next page; null at the end. */
  next: string | null;
}

/** Registration tokens in the order of their ids, of the same organizations as accounts (AC-1). */
export interface ListRegistrationTokens {
  /** Which request it is. */
  query: "list_registration_tokens";
  /** The maximum number of items. Default `50`. */
  limit?: number | null;
  /** The `next` of the previous page; absent for the first page. */
  after?: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface RegistrationTokenList {
  /** The items. */
  items: RegistrationToken[];
  /** What to send as `after` for the next page; null at the end. */
  next: string | null;
}

/** A registration token as answers show it; never its secret. */
export interface RegistrationToken {
  /** Its id, which admits nobody. */
  token_id: string;
  /** Where it admits to. */
  organization_id: string;
  /** The role of the accounts that it admits. */
  role: Role;
  /** How many accounts it has admitted. */
  uses: number;
  /** How many it may admit in all; none is unlimited. */
  max_uses: number | null;
  /** The first instant at which it admits nobody any more. */
  expires_at: Timestamp | null;
  /** Its status. */
  status: TokenStatus;
}

/** The status of a registration token; where several apply, the first in the order revoked, expired, exhausted (AC-4). */
export type TokenStatus = "active" | "exhausted" | "expired" | "revoked";

/** What comes with every call. The packages for JavaScript and Python fill in `now` and `entropy` where they are left out. */
export interface Context {
  /** The instant of the call; the packages take the clock's. */
  now?: Time | null;
  /** Who acts. */
  actor: Actor;
  /** Randomness for the ids that the call mints: 32 hex digits; the packages take the host's. */
  entropy?: string | ArrayBufferLike | ArrayBufferView | null;
}

/** Who acts. The host authenticates the actor; the core trusts that and authorises it (C-1). */
export type Actor = SystemActor | AccountActor | AccessKeyActor | RegisteredUserActor | AnonymousActor;

/** The trusted host itself. */
export interface SystemActor {
  /** Who acts. */
  type: "system";
  /** The organization it acts for, where a request needs one. */
  organization_id?: string | null;
  /** The environment it acts in, where a request needs one. */
  environment?: Environment | null;
}

/** A member of the platform; what it may depends on its role. */
export interface AccountActor {
  /** Who acts. */
  type: "account";
  /** The account. */
  user_id: Id;
  /** The organization it acts for, where a request needs one. */
  organization_id?: string | null;
  /** The environment it acts in, where a request needs one. */
  environment?: Environment | null;
}

/** An access key as the host has authenticated it. Absent or null restrictions mean all; an empty list permits nothing. */
export interface AccessKeyActor {
  /** Who acts. */
  type: "access_key";
  /** The organization that the key belongs to. */
  organization_id: string;
  /** The environment that the key belongs to. */
  environment: Environment;
  /** What the key may do. */
  scopes: readonly KeyScope[];
  /** The only users that the key may see; none means all. */
  registered_user_ids?: readonly Id[] | null;
  /** The only tool packs that the key may see; none means all. */
  tool_pack_ids?: readonly string[] | null;
  /** The first instant at which the key is no longer valid. */
  expires_at?: Time | null;
  /** The host's name for the key, kept in events (E-3). */
  key_id?: string | null;
}

/** What an access key may do. */
export type KeyScope = "management" | "runtime";

/** The end user itself. */
export interface RegisteredUserActor {
  /** Who acts. */
  type: "registered_user";
  /** The registered user. */
  registered_user_id: Id;
  /** The user's organization. */
  organization_id: string;
  /** The user's environment. */
  environment: Environment;
}

/** Nobody in particular: only `create_user` with a registration secret. */
export interface AnonymousActor {
  /** Who acts. */
  type: "anonymous";
}

/** What comes with a call on a handle that has its actor already. */
export interface ActingContext {
  /** The instant of the call; the packages take the clock's. */
  now?: Time | null;
  /** Randomness for the ids that the call mints: 32 hex digits; the packages take the host's. */
  entropy?: string | ArrayBufferLike | ArrayBufferView | null;
}

/** The options of an instance. */
export interface Options {
  /** What the host may choose. */
  policy?: Policy | null;
  /** Where the journal is kept; by the host if absent. */
  journal?: Journal | null;
  /** Whether the instance holds only the rows that its host loads. */
  rows?: boolean | null;
  /** The format in which rows are written. */
  row_format?: number | null;
}

/** What a host may configure (contract section 11). Each field has a default; a value out of range is refused when an instance is made with it. */
export interface Policy {
  /** The scope in which an `origin_user_id` is unique. Default `"organization"`. */
  origin_user_id_scope?: OriginUserIdScope | null;
  /** What create does on a deactivated user. Default `"return"`. */
  recreate_deactivated?: RecreateDeactivated | null;
  /** Days from deletion to purge, 0–3650. Default `90`. */
  retention_days?: number | null;
  /** Seconds that a link session lives, 60–86,400. Default `1800`. */
  link_ttl_seconds?: number | null;
  /** Seconds after which an open tool call expires, 60–2,592,000. Default `86400`. */
  tool_call_ttl_seconds?: number | null;
  /** The rules of passwords. Default `{}`. */
  password?: PasswordPolicy | null;
  /** What `documentation_url` in rejections begins with; the code follows. */
  documentation_base_url?: string | null;
}

/** The scope in which an `origin_user_id` is unique (RU-2). */
export type OriginUserIdScope = "organization" | "environment";

/** What create does on a deactivated user (RU-11). */
export type RecreateDeactivated = "return" | "reactivate" | "conflict";

/** The rules of passwords. Lengths are in characters. */
export interface PasswordPolicy {
  /** The least length, 8–128. Default `12`. */
  min_length?: number | null;
  /** The greatest length, at most 1024 and not below the least. Default `128`. */
  max_length?: number | null;
  /** The classes that must each occur: by default all four. Default `["upper","lower","digit","other"]`. */
  require?: readonly CharacterClass[] | null;
  /** Whether the email's local part (from 3 characters on) must not occur. Default `true`. */
  forbid_local_part?: boolean | null;
  /** Passwords that are always refused, without regard to case. Default `[]`. */
  deny_list?: readonly string[] | null;
}

/** A class of characters that a password must have one of, by Unicode. */
export type CharacterClass = "upper" | "lower" | "digit" | "other";

/** Where the journal is kept (E-4). */
export type Journal = "none" | "memory";

/** A story to be run (contract section 13). A string that is exactly `$name` stands for a saved value. */
export interface Scenario {
  /** What it is called. */
  scenario: string;
  /** What it tells. */
  description?: string | null;
  /** The policy of its world. */
  policy?: Policy | null;
  /** The instant at which it begins. */
  start: Time;
  /** What its entropy comes from. */
  seed: string;
  /** Who acts, by a name of the scenario's own. */
  actors: { [key: string]: JsonObject };
  /** What happens, in order. */
  steps: readonly JsonObject[];
}

/** A row for `load`; null says that there is none. */
export interface LoadedRow {
  /** What the row is found by. */
  key: RowKey;
  /** The host's own revision of it. */
  revision: Revision;
  /** The row; null says that there is none. */
  row: JsonObject | null;
}

/** What a row is found by: `[kind, …parts]` (contract section 14). */
export type RowKey = readonly unknown[];

/** A host's own revision of a row; integers within ±(2^53−1), what is larger as a string (S-4). */
export type Revision = string | number | null;

/** A tool call to be decided. */
export interface ToolCall {
  /** The user on whose behalf the agent calls. */
  registered_user_id: Id;
  /** The pack by which it calls. */
  tool_pack_id: string;
  /** What it calls: the tool's full name, `connector__tool`. */
  tool: string;
}

/** What the caller fills into the steps of remedies. */
export interface RemedyValues {
  /** The company that the user is to have. */
  origin_company_id?: string | null;
}

/** A row of the table of errors. */
export interface ErrorInfo {
  /** The code. */
  code: Code;
  /** Its number, which never changes. */
  number: number;
  /** The HTTP status. */
  status: number;
  /** Whose fault it is. */
  kind: Kind;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** What the code means. */
  meaning: string;
  /** How the platform's developers can correct it. */
  what_to_do: string;
  /** A sentence to show to an end user, in English; only for codes on which an end user can act. */
  user_message?: string;
}

/** Whose fault a rejection is; each kind has its HTTP status. */
export type Kind = "validation" | "authentication" | "permission" | "not_found" | "conflict";

/** A mistake of the calling program, for its own developers: clients must not see it. */
export interface Mistake {
  /** What is wrong. */
  code: Code;
  /** The same in words. */
  message: string;
  /** Where, as a JSON pointer. */
  pointer?: string;
  /** What is wrong: the first 50 at most. */
  violations?: Violation[];
  /** How many there are in all, where not all are listed. */
  violation_count?: number;
}

/** One thing that is wrong with a request (P-5). */
export interface Violation {
  /** What is wrong. */
  code: Code;
  /** Where, as a JSON pointer into the request; after 256 characters it ends with `…`. */
  pointer: string;
  /** What is wrong, in words. */
  message: string;
}

/** One of the two public renderings of a rejection. */
export interface ErrorBody {
  /** What is wrong. */
  error: ErrorDetails;
}

/** The inside of an error body. */
export interface ErrorDetails {
  /** Whose fault it is. */
  type: Kind;
  /** The stable code. */
  code: Code;
  /** What is wrong, in words. */
  message: string;
  /** A sentence to show to an end user, in English; only for codes on which an end user can act. */
  user_message?: string;
  /** Where the code is documented. */
  documentation_url: string | null;
}

/** The other one: RFC 9457 problem details, of media type `application/problem+json`. */
export interface Problem {
  /** Where the code is documented, or `about:blank`. */
  type: string;
  /** What the code means. */
  title: string;
  /** The HTTP status. */
  status: number;
  /** What is wrong, in words. */
  detail: string;
  /** The stable code. */
  code: Code;
  /** How the platform's developers can correct it. */
  what_to_do: string;
  /** A sentence to show to an end user, in English; only for codes on which an end user can act. */
  user_message?: string;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** Where, as a JSON pointer into the request. */
  pointer?: string;
  /** What is wrong with the request: the first 50 at most. */
  violations?: Violation[];
  /** How many there are in all, where not all are listed. */
  violation_count?: number;
}

/** What `authorize_batch` answers for one call. */
export type BatchItem = Allow | Deny | BatchRejection;

/** The call may be made, with this credential. */
export interface Allow {
  /** What to ask of a decision. Not enumerable: it is in no JSON and in no copy. */
  readonly allowed: true;
  /** That it may start. */
  effect: "allow";
  /** At which scope the credential was looked for. */
  scope: AuthScope;
  /** Whose credential it is; null where none is needed. */
  owner: Owner | null;
  /** The connector. */
  connector: string;
  /** The full name of the tool. */
  tool: string;
}

/** The place of a malformed call in a batch. */
export interface BatchRejection {
  /** What to ask of a decision. Not enumerable: it is in no JSON and in no copy. */
  readonly allowed: false;
  /** Why the call is malformed. */
  rejection: Rejection;
}

/** Why a request was refused. Nothing has changed (P-3). */
export interface Rejection {
  /** Why: the first violation's code, where there are violations. */
  code: Code;
  /** The HTTP status. */
  status: number;
  /** Whose fault it is. */
  kind: Kind;
  /** What is wrong, in words. */
  message: string;
  /** How the platform's developers can correct it. */
  what_to_do: string;
  /** A sentence to show to an end user, in English; only for codes on which an end user can act. */
  user_message?: string;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** Where, as a JSON pointer into the request. */
  pointer?: string;
  /** What is wrong with the request: the first 50 at most. */
  violations?: Violation[];
  /** How many there are in all, where not all are listed. */
  violation_count?: number;
}

/** What an accepted command gives besides its response; `guards` and `changes` only where the instance holds rows. */
export interface OutcomeParts {
  /** What happened, in order. */
  events: Event[];
  /** What the host has to do in addition. */
  effects: Effect[];
  /** The rows that it was decided on, to be verified before writing. */
  guards?: Guard[];
  /** The rows to write. */
  changes?: Change[];
}

/** What the host has to do because of a command. */
export type Effect = RevokeUpstream | RedactUser | RedactAccount | PurgeUser;

/** Revoke the grant at the third party: this generation, which need not be the present one (CR-7). */
export interface RevokeUpstream extends EffectEnvelope {
  /** What to do. */
  effect: "revoke_upstream";
  /** Whose credential it was. */
  owner: Owner;
  /** The connector. */
  connector: string;
  /** Which of the owner's grants for this connector. */
  generation: number;
  /** The account at the third party. */
  external_account_id: string | null;
}

/** What every effect carries. */
export interface EffectEnvelope {
  /** The id of the event that asks for it: no event asks for two things (E-6). */
  id: string;
  /** The `now` of the command. */
  at: Timestamp;
}

/** Redact every event of the user's stream: the profile, `external_account_id` and every `reason` (RU-12). */
export interface RedactUser extends EffectEnvelope {
  /** What to do. */
  effect: "redact_user";
  /** The registered user. */
  registered_user_id: string;
}

/** Redact every event of the account's stream: name, address, `external_id`, `resource_id` and metadata (AC-11). */
export interface RedactAccount extends EffectEnvelope {
  /** What to do. */
  effect: "redact_account";
  /** The account. */
  user_id: string;
}

/** Erase every event of the user except its purge record, and null the user in other events, as their actor or in `linked_by` (RU-13). */
export interface PurgeUser extends EffectEnvelope {
  /** What to do. */
  effect: "purge_user";
  /** The registered user. */
  registered_user_id: string;
}

/** A row that a decision has read, at the revision that the host gave it. */
export interface Guard {
  /** What the row is found by. */
  key: RowKey;
  /** The host's own revision of it. */
  revision: Revision;
}

/** A row as it is to be written; null is to be deleted. */
export interface Change {
  /** What the row is found by. */
  key: RowKey;
  /** The row that the change is based on; null where there was none (H-3). */
  base: ChangeBase | null;
  /** The row; null is to be deleted. */
  row: JsonObject | null;
}

/** The row that a change is based on. */
export interface ChangeBase {
  /** The revision that the host gave it. */
  revision: Revision;
}

/** What a scenario did, step by step. */
export interface Transcript {
  /** What it is called. */
  scenario: string;
  /** What each step did. */
  steps: TranscriptStep[];
  /** How it went. */
  summary: TranscriptSummary;
}

/** What a step did, and where that is not what was expected of it. */
export interface TranscriptStep {
  /** Its number, from 1. */
  step: number;
  /** The instant. */
  now: Timestamp;
  /** What was asked. */
  request: JsonObject;
  /** What came of it. */
  result: unknown;
  /** Whether that is what was expected. */
  pass: boolean;
  /** Where it is not. */
  mismatches?: Mismatch[];
}

/** A place in a result that is not as expected. */
export interface Mismatch {
  /** The place in the result. */
  pointer: string;
  /** What was expected there. */
  expected?: unknown;
  /** What was found there. */
  found?: unknown;
}

/** How many steps did as they should. */
export interface TranscriptSummary {
  /** All steps. */
  steps: number;
  /** Those that did as they should. */
  passed: number;
  /** Those that did not. */
  failed: number;
}

/** A decision, every check of it, and what would lead to allow (D-3). */
export interface Explanation {
  /** The decision. */
  decision: Decision;
  /** All checks in their order. */
  checks: Check[];
  /** At most two ways out; none for an allow. */
  remedies: Remedy[];
}

/** Whether a tool call may be made. */
export type Decision = Allow | Deny;

/** One check of a decision, and what it compared. */
export interface Check {
  /** The check. */
  check: string;
  /** How it ended. */
  result: CheckResult;
  /** What it compared, by name; null where it was not reached. */
  compared: unknown;
}

/** The result of a check. */
export type CheckResult = "passed" | "failed" | "not_reached";

/** A way from a denial to an allow. */
export interface Remedy {
  /** What to do, in order. */
  steps: RemedyStep[];
  /** Whether the steps alone give an allow. */
  complete: boolean;
}

/** One step towards allow, by its `kind`. */
export type RemedyStep =
  | ReactivateStep
  | LinkStep
  | SetCompanyStep
  | SwitchScopeStep
  | AddConnectorStep
  | AddToolStep
  | MatchGroupStep;

/** Reactivates the user. */
export interface ReactivateStep {
  /** What it does. */
  kind: "reactivate";
  /** Whom it affects. */
  affects: Affects;
  /** What the caller has to fill in. */
  parameters: RemedyParameter[];
  /** Absent where the actor may not run it. */
  command?: UpdateRegisteredUser;
}

/** Whom a step affects. */
export type Affects = "user" | "company" | "organization";

/** A value that only the caller knows. On the wire the command shows it as `{"$parameter": name}`. */
export type RemedyParameter = "origin_company_id";

/** Links the connector: start and complete. */
export interface LinkStep {
  /** What it does. */
  kind: "link";
  /** Whom it affects. */
  affects: Affects;
  /** What the caller has to fill in. */
  parameters: RemedyParameter[];
  /** Absent where the actor may not run it. */
  command?: StartLink;
}

/** Gives the user a company: `command` shows it as `{"$parameter": "origin_company_id"}`, which `fill` puts in. */
export interface SetCompanyStep {
  /** What it does. */
  kind: "set_company";
  /** Whom it affects. */
  affects: Affects;
  /** What the caller has to fill in. */
  parameters: RemedyParameter[];
  /** Absent where the actor may not run it. */
  command?: SetCompanyCommand;
}

/** An `update_registered_user` with an open parameter. */
export interface SetCompanyCommand {
  /** The command's name. */
  command: "update_registered_user";
  /** The registered user. */
  registered_user_id: string;
  /** What changes. */
  patch: SetCompanyPatch;
}

/** What `set_company` changes. */
export interface SetCompanyPatch {
  /** The company. */
  shared_credential_group: OpenCompany;
}

/** The company that the caller chooses. */
export interface OpenCompany {
  /** The customer's own id. */
  origin_company_id: OpenParameter;
}

/** A value that only the caller knows, which `fill` puts in. */
export interface OpenParameter {
  /** Its name. */
  $parameter: RemedyParameter;
}

/** Lets the pack look for the user's own credential instead. */
export interface SwitchScopeStep {
  /** What it does. */
  kind: "switch_scope";
  /** Whom it affects. */
  affects: Affects;
  /** What the caller has to fill in. */
  parameters: RemedyParameter[];
  /** Absent where the actor may not run it. */
  command?: PutToolPack;
}

/** Adds the connector to the pack. */
export interface AddConnectorStep {
  /** What it does. */
  kind: "add_connector";
  /** Whom it affects. */
  affects: Affects;
  /** What the caller has to fill in. */
  parameters: RemedyParameter[];
  /** Absent where the actor may not run it. */
  command?: PutToolPack;
}

/** Adds the tool to the connector or to the pack. */
export interface AddToolStep {
  /** What it does. */
  kind: "add_tool";
  /** Whom it affects. */
  affects: Affects;
  /** What the caller has to fill in. */
  parameters: RemedyParameter[];
  /** Absent where the actor may not run it. */
  command?: PutConnector | PutToolPack;
}

/** Makes the user a member of one of the groups. By which of its attributes only the customer knows, except where a group asks for one value of one grouping. */
export interface MatchGroupStep {
  /** What it does. */
  kind: "match_group";
  /** Whom it affects. */
  affects: Affects;
  /** What the caller has to fill in. */
  parameters: RemedyParameter[];
  /** Absent where no group's rule is one `equals`, or the actor may not run it. */
  command?: UpdateRegisteredUser;
  /** The groups of which one must be matched; the one that the command matches, if it has one. */
  group_ids: string[];
}

/** Who loses and who gains access, in the order of users, packs and connectors. */
export interface Impact {
  /** What is allowed before and not after. */
  lose: Access[];
  /** What is allowed after and not before. */
  gain: Access[];
  /** How many there are, listed or not. */
  total: number;
}

/** A user's access to a connector by a tool pack: that some tool call of it is allowed. */
export interface Access {
  /** The user. */
  registered_user_id: string;
  /** The pack. */
  tool_pack_id: string;
  /** The connector. */
  connector: string;
}

/** Who may send a request: a row of the table by which every request is permitted or is `forbidden` (C-2). */
export interface Permission {
  /** The name of the request. */
  request: RequestName;
  /** The kind of request. */
  kind: RequestKind;
  /** The condition on its fields for this row, in words; null if there is none. */
  when: string | null;
  /** The actors that may send it. What they can see is another question (P-2). */
  permitted: Permitted;
}

/** The name of a command, a query or a call. */
export type RequestName =
  | "create_registered_user"
  | "create_test_user"
  | "update_registered_user"
  | "delete_registered_user"
  | "set_retention_hold"
  | "delete_company"
  | "create_organization"
  | "put_connector"
  | "delete_connector"
  | "put_tool_pack"
  | "delete_tool_pack"
  | "put_group"
  | "delete_group"
  | "start_link"
  | "complete_link"
  | "fail_link"
  | "revoke_credential"
  | "revoke_connector"
  | "report_credential"
  | "start_tool_call"
  | "finish_tool_call"
  | "advance_time"
  | "issue_registration_token"
  | "revoke_registration_token"
  | "create_user"
  | "set_user_status"
  | "update_user"
  | "delete_user"
  | "get_registered_user"
  | "find_registered_user"
  | "list_registered_users"
  | "list_companies"
  | "groups_of"
  | "list_credentials"
  | "list_link_sessions"
  | "list_connectors"
  | "list_tool_packs"
  | "list_groups"
  | "list_tools"
  | "journal"
  | "get_organization"
  | "get_user"
  | "list_users"
  | "list_registration_tokens"
  | "authorize"
  | "authorize_batch"
  | "explain"
  | "preview";

/** The kind of request. */
export type RequestKind = "command" | "query" | "call";

/** The actors that a row of the table permits. */
export interface Permitted {
  /** Whether the trusted host itself may: always. */
  system: boolean;
  /** The roles with which an account may. */
  account_roles: Role[];
  /** What an access key needs; null: none may. */
  access_key: PermittedKey | null;
  /** Whether a registered user may, in its own affairs. */
  registered_user: boolean;
  /** Whether nobody in particular may. */
  anonymous: boolean;
}

/** What an access key needs. */
export interface PermittedKey {
  /** One of these scopes; null: whatever its scopes. */
  scopes: KeyScope[] | null;
  /** To be of this environment; null: of either. */
  environment: Environment | null;
  /** To be without these restrictions (C-3). */
  without: KeyRestriction[];
}

/** What an access key may be restricted to (C-3). */
export type KeyRestriction = "registered_user_ids" | "tool_pack_ids";

/** A lifecycle as data: the table that its diagram is drawn from. A pair of state and trigger that is in neither list cannot come up. */
export interface LifecycleTable {
  /** Its name. */
  machine: Machine;
  /** The state that it begins in. */
  start: string;
  /** All states. */
  states: string[];
  /** All triggers. */
  triggers: string[];
  /** What each trigger does. */
  transitions: LifecycleTransition[];
  /** What is refused. */
  refusals: LifecycleRefusal[];
}

/** A lifecycle that can be drawn. */
export type Machine =
  | "registered_user"
  | "credential"
  | "link_session"
  | "tool_call"
  | "account"
  | "registration_token";

/** What a trigger does in a state. */
export interface LifecycleTransition {
  /** The state before. */
  state: string;
  /** The trigger. */
  trigger: string;
  /** The state after, which may be the same. */
  to: string;
}

/** A trigger that a state refuses. */
export interface LifecycleRefusal {
  /** The state. */
  state: string;
  /** The trigger. */
  trigger: string;
  /** The code that refuses it. */
  code: Code;
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
  /** The answer. */
  response: RegisteredUserCreation;
}

/** The outcome that a command would give, and whom it would touch. */
export interface RegisteredUserCreationPreview extends RegisteredUserCreationOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface RegisteredUserUpdateOutcome extends OutcomeParts {
  /** The answer. */
  response: RegisteredUserUpdate;
}

/** The outcome that a command would give, and whom it would touch. */
export interface RegisteredUserUpdatePreview extends RegisteredUserUpdateOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface RegisteredUserDeletionOutcome extends OutcomeParts {
  /** The answer. */
  response: RegisteredUserDeletion;
}

/** The outcome that a command would give, and whom it would touch. */
export interface RegisteredUserDeletionPreview extends RegisteredUserDeletionOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface RetentionHoldOutcome extends OutcomeParts {
  /** The answer. */
  response: RetentionHold;
}

/** The outcome that a command would give, and whom it would touch. */
export interface RetentionHoldPreview extends RetentionHoldOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface CompanyDeletionOutcome extends OutcomeParts {
  /** The answer. */
  response: CompanyDeletion;
}

/** The outcome that a command would give, and whom it would touch. */
export interface CompanyDeletionPreview extends CompanyDeletionOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface OrganizationAnswerOutcome extends OutcomeParts {
  /** The answer. */
  response: OrganizationAnswer;
}

/** The outcome that a command would give, and whom it would touch. */
export interface OrganizationAnswerPreview extends OrganizationAnswerOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface ConnectorPutOutcome extends OutcomeParts {
  /** The answer. */
  response: ConnectorPut;
}

/** The outcome that a command would give, and whom it would touch. */
export interface ConnectorPutPreview extends ConnectorPutOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface ConnectorDeletionOutcome extends OutcomeParts {
  /** The answer. */
  response: ConnectorDeletion;
}

/** The outcome that a command would give, and whom it would touch. */
export interface ConnectorDeletionPreview extends ConnectorDeletionOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface ToolPackPutOutcome extends OutcomeParts {
  /** The answer. */
  response: ToolPackPut;
}

/** The outcome that a command would give, and whom it would touch. */
export interface ToolPackPutPreview extends ToolPackPutOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface ToolPackDeletionOutcome extends OutcomeParts {
  /** The answer. */
  response: ToolPackDeletion;
}

/** The outcome that a command would give, and whom it would touch. */
export interface ToolPackDeletionPreview extends ToolPackDeletionOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface GroupPutOutcome extends OutcomeParts {
  /** The answer. */
  response: GroupPut;
}

/** The outcome that a command would give, and whom it would touch. */
export interface GroupPutPreview extends GroupPutOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface GroupDeletionOutcome extends OutcomeParts {
  /** The answer. */
  response: GroupDeletion;
}

/** The outcome that a command would give, and whom it would touch. */
export interface GroupDeletionPreview extends GroupDeletionOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface LinkStartOutcome extends OutcomeParts {
  /** The answer. */
  response: LinkStart;
}

/** The outcome that a command would give, and whom it would touch. */
export interface LinkStartPreview extends LinkStartOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface CredentialAnswerOutcome extends OutcomeParts {
  /** The answer. */
  response: CredentialAnswer;
}

/** The outcome that a command would give, and whom it would touch. */
export interface CredentialAnswerPreview extends CredentialAnswerOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface LinkFailureOutcome extends OutcomeParts {
  /** The answer. */
  response: LinkFailure;
}

/** The outcome that a command would give, and whom it would touch. */
export interface LinkFailurePreview extends LinkFailureOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface ConnectorRevocationOutcome extends OutcomeParts {
  /** The answer. */
  response: ConnectorRevocation;
}

/** The outcome that a command would give, and whom it would touch. */
export interface ConnectorRevocationPreview extends ConnectorRevocationOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface ToolCallStartOutcome extends OutcomeParts {
  /** The answer. */
  response: ToolCallStart;
}

/** The outcome that a command would give, and whom it would touch. */
export interface ToolCallStartPreview extends ToolCallStartOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface ToolCallFinishOutcome extends OutcomeParts {
  /** The answer. */
  response: ToolCallFinish;
}

/** The outcome that a command would give, and whom it would touch. */
export interface ToolCallFinishPreview extends ToolCallFinishOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface SweepOutcome extends OutcomeParts {
  /** The answer. */
  response: Sweep;
}

/** The outcome that a command would give, and whom it would touch. */
export interface SweepPreview extends SweepOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface RegistrationTokenIssueOutcome extends OutcomeParts {
  /** The answer. */
  response: RegistrationTokenIssue;
}

/** The outcome that a command would give, and whom it would touch. */
export interface RegistrationTokenIssuePreview extends RegistrationTokenIssueOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface RegistrationTokenRevocationOutcome extends OutcomeParts {
  /** The answer. */
  response: RegistrationTokenRevocation;
}

/** The outcome that a command would give, and whom it would touch. */
export interface RegistrationTokenRevocationPreview extends RegistrationTokenRevocationOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface AccountOutcome extends OutcomeParts {
  /** The answer. */
  response: Account;
}

/** The outcome that a command would give, and whom it would touch. */
export interface AccountPreview extends AccountOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface AccountAnswerOutcome extends OutcomeParts {
  /** The answer. */
  response: AccountAnswer;
}

/** The outcome that a command would give, and whom it would touch. */
export interface AccountAnswerPreview extends AccountAnswerOutcome {
  /** Who would lose and gain access. */
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export interface AccountDeletionOutcome extends OutcomeParts {
  /** The answer. */
  response: AccountDeletion;
}

/** The outcome that a command would give, and whom it would touch. */
export interface AccountDeletionPreview extends AccountDeletionOutcome {
  /** Who would lose and gain access. */
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
  | ConnectorRevocationOutcome
  | ToolCallStartOutcome
  | ToolCallFinishOutcome
  | SweepOutcome
  | RegistrationTokenIssueOutcome
  | RegistrationTokenRevocationOutcome
  | AccountOutcome
  | AccountAnswerOutcome
  | AccountDeletionOutcome;

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
  | ConnectorRevocationPreview
  | ToolCallStartPreview
  | ToolCallFinishPreview
  | SweepPreview
  | RegistrationTokenIssuePreview
  | RegistrationTokenRevocationPreview
  | AccountPreview
  | AccountAnswerPreview
  | AccountDeletionPreview;

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
  revoke_connector: RevokeConnector;
  report_credential: ReportCredential;
  start_tool_call: StartToolCall;
  finish_tool_call: FinishToolCall;
  advance_time: AdvanceTime;
  issue_registration_token: IssueRegistrationToken;
  revoke_registration_token: RevokeRegistrationToken;
  create_user: CreateUser;
  set_user_status: SetUserStatus;
  update_user: UpdateUser;
  delete_user: DeleteUser;
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
  revoke_connector: ConnectorRevocationOutcome;
  report_credential: CredentialAnswerOutcome;
  start_tool_call: ToolCallStartOutcome;
  finish_tool_call: ToolCallFinishOutcome;
  advance_time: SweepOutcome;
  issue_registration_token: RegistrationTokenIssueOutcome;
  revoke_registration_token: RegistrationTokenRevocationOutcome;
  create_user: AccountOutcome;
  set_user_status: AccountAnswerOutcome;
  update_user: AccountAnswerOutcome;
  delete_user: AccountDeletionOutcome;
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
  revoke_connector: ConnectorRevocationPreview;
  report_credential: CredentialAnswerPreview;
  start_tool_call: ToolCallStartPreview;
  finish_tool_call: ToolCallFinishPreview;
  advance_time: SweepPreview;
  issue_registration_token: RegistrationTokenIssuePreview;
  revoke_registration_token: RegistrationTokenRevocationPreview;
  create_user: AccountPreview;
  set_user_status: AccountAnswerPreview;
  update_user: AccountAnswerPreview;
  delete_user: AccountDeletionPreview;
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

/** A method for each command and query: it answers the response itself. */
export interface Requests {
  /**
   * Creates a registered user, or finds the one that has this `origin_user_id` (RU-1).
   *
   * Refused with `origin_user_id_required`, `invalid_origin_user_id` (RU-3), `invalid_email`, `invalid_origin_company_id`, `origin_company_id_required` (a company's name alone, RU-7), `invalid_custom_groupings`; and with `origin_user_id_taken` where the organization's other environment has it (RU-2), or a deactivated user under the policy `conflict` (RU-11).
   */
  createRegisteredUser(fields: Omit<CreateRegisteredUser, "command">, context?: ActingContext): RegisteredUserCreation;
  /**
   * Creates a user of the test environment without an `origin_user_id` (RU-4, RU-5).
   *
   * Refused with `forbidden` outside the test environment, `invalid_email`.
   */
  createTestUser(fields?: Omit<CreateTestUser, "command">, context?: ActingContext): RegisteredUserCreation;
  /**
   * Changes the profile or the status of a registered user.
   *
   * Refused with `registered_user_not_found`, `version_conflict`, `origin_user_id_immutable`, `origin_user_id_taken` (RU-4), `origin_company_id_required` (a company's name where there is no company), `invalid_custom_groupings` (more than 50 after the merge), and what the form of the fields asks for.
   */
  updateRegisteredUser(fields: Omit<UpdateRegisteredUser, "command">, context?: ActingContext): RegisteredUserUpdate;
  /**
   * Deletes a registered user; its history stays until the retention is over.
   *
   * Refused with `registered_user_not_found`, `version_conflict`, `retention_hold` (RU-16).
   */
  deleteRegisteredUser(fields: Omit<DeleteRegisteredUser, "command">, context?: ActingContext): RegisteredUserDeletion;
  /**
   * Places or releases a retention hold.
   *
   * Refused with `registered_user_not_found`: also for a tombstone without a hold from its `purge_at` on.
   */
  setRetentionHold(fields: Omit<SetRetentionHold, "command">, context?: ActingContext): RetentionHold;
  /**
   * Deletes a company to which no user belongs any more (RU-15).
   *
   * Refused with `company_not_found`, `company_not_empty`.
   */
  deleteCompany(fields: Omit<DeleteCompany, "command">, context?: ActingContext): CompanyDeletion;
  /**
   * Creates an organization (contract section 7).
   *
   * Refused with `name_required`, `organization_exists`.
   */
  createOrganization(fields: Omit<CreateOrganization, "command">, context?: ActingContext): OrganizationAnswer;
  /**
   * Puts a connector, replacing it whole (TP-4).
   *
   * Refused with `invalid_slug`, `limit_exceeded` (1,000 connectors of an organization).
   */
  putConnector(fields: Omit<PutConnector, "command">, context?: ActingContext): ConnectorPut;
  /**
   * Deletes a connector that no tool pack names (TP-6). Credentials for it stay.
   *
   * Refused with `connector_not_found`, `connector_in_use`.
   */
  deleteConnector(fields: Omit<DeleteConnector, "command">, context?: ActingContext): ConnectorDeletion;
  /**
   * Puts a tool pack, replacing it whole (TP-3, TP-4).
   *
   * Refused with `name_required`, `invalid_slug`, `connector_not_found`, `group_not_found`, `invalid_tool_pack` (a connector named twice, a tool that its connector does not have), `limit_exceeded` (1,000 packs of an organization).
   */
  putToolPack(fields: Omit<PutToolPack, "command">, context?: ActingContext): ToolPackPut;
  /**
   * Deletes a tool pack.
   *
   * Refused with `tool_pack_not_found`.
   */
  deleteToolPack(fields: Omit<DeleteToolPack, "command">, context?: ActingContext): ToolPackDeletion;
  /**
   * Puts a group, replacing it whole (TP-4).
   *
   * Refused with `name_required`, `invalid_rule` (TP-5), `limit_exceeded` (1,000 groups of an organization).
   */
  putGroup(fields: Omit<PutGroup, "command">, context?: ActingContext): GroupPut;
  /**
   * Deletes a group that no tool pack names (TP-6).
   *
   * Refused with `group_not_found`, `group_in_use`.
   */
  deleteGroup(fields: Omit<DeleteGroup, "command">, context?: ActingContext): GroupDeletion;
  /**
   * Starts a link session for a connector.
   *
   * Refused with, in this order, `registered_user_not_found`, `connector_not_found`, `tool_pack_not_found`, `registered_user_inactive`, `tool_pack_not_permitted`, `connector_not_in_tool_pack`, `invalid_company_for_shared_scope`, `limit_exceeded` (100 pending sessions of a user), and `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).
   */
  startLink(fields: Omit<StartLink, "command">, context?: ActingContext): LinkStart;
  /**
   * Completes a link session: its owner's credential becomes active.
   *
   * Refused with `link_session_not_found`, `link_session_closed`, `link_session_expired`, and `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).
   *
   * Where it replaces a live grant of another account, `revoke_upstream` asks the host to end that one.
   */
  completeLink(fields: Omit<CompleteLink, "command">, context?: ActingContext): CredentialAnswer;
  /**
   * Gives a link session up.
   *
   * Refused as `CompleteLink` is.
   */
  failLink(fields: Omit<FailLink, "command">, context?: ActingContext): LinkFailure;
  /**
   * Revokes a live credential. The catalogue is not consulted.
   *
   * Refused with `registered_user_not_found` or `company_not_found` for an owner that is not there, `credential_not_found` for a credential that is not live, `version_conflict` for another generation than the expected one.
   */
  revokeCredential(fields: Omit<RevokeCredential, "command">, context?: ActingContext): CredentialAnswer;
  /** Revokes the live credentials of one connector in the organization and environment, whoever owns them, in the order of owners. Call it again while some remain. The catalogue is not consulted. */
  revokeConnector(fields: Omit<RevokeConnector, "command">, context?: ActingContext): ConnectorRevocation;
  /**
   * Reports the status of a live credential.
   *
   * Refused as `RevokeCredential` is.
   */
  reportCredential(fields: Omit<ReportCredential, "command">, context?: ActingContext): CredentialAnswer;
  /**
   * Starts a tool call, where it is allowed.
   *
   * A denial is no rejection: it is answered, and recorded. Refused with `registered_user_not_found`, `tool_pack_not_found`, `invalid_slug` (the tool's name), `limit_exceeded` (1,000 open calls of a user).
   */
  startToolCall(fields: Omit<StartToolCall, "command">, context?: ActingContext): ToolCallStart;
  /**
   * Finishes an open tool call.
   *
   * Refused with `registered_user_not_found`, `tool_call_not_found`.
   */
  finishToolCall(fields: Omit<FinishToolCall, "command">, context?: ActingContext): ToolCallFinish;
  /** Writes the events that are due, of all organizations. */
  advanceTime(fields?: Omit<AdvanceTime, "command">, context?: ActingContext): Sweep;
  /**
   * Issues a registration token. The host makes the secret, by custom `ort_…`, and hands it out.
   *
   * Refused with `organization_id_required`, `organization_not_found`, and `invalid_request` at `/secret` where the organization uses that secret already.
   */
  issueRegistrationToken(fields: Omit<IssueRegistrationToken, "command">, context?: ActingContext): RegistrationTokenIssue;
  /**
   * Revokes a registration token: it admits nobody any more. Revoking twice is a success without event.
   *
   * Refused with `registration_token_not_found`; revoking twice is a success.
   */
  revokeRegistrationToken(fields: Omit<RevokeRegistrationToken, "command">, context?: ActingContext): RegistrationTokenRevocation;
  /**
   * Creates an account.
   *
   * An `admin`, an `organization_admin` or the host itself creates it for somebody else; everybody else registers, with `organization_id`, `org_token` and `password`.
   *
   * Refused with `name_required`, `email_required`, `invalid_email`, `weak_password`, `invalid_metadata`; `organization_id_required`, `organization_not_found` (AC-1); `password_required`, `invalid_token` (AC-2, AC-3); `email_exists`, `external_id_exists`.
   */
  createUser(fields: Omit<CreateUser, "command">, context?: ActingContext): Account;
  /**
   * Makes an account active, inactive or suspended. What is not active may not act, at once.
   *
   * Refused with `user_not_found`, `forbidden` (an `organization_admin` on an `admin`), `self_action`, `last_admin` (AC-9).
   */
  setUserStatus(fields: Omit<SetUserStatus, "command">, context?: ActingContext): AccountAnswer;
  /**
   * Changes what an account is called, where it is reached, or what it may do.
   *
   * Refused with `user_not_found`, `version_conflict`, `forbidden` (its own role, the role `admin` by an `organization_admin`, or whatever an `organization_admin` would change of an `admin`), `organization_id_required`, `email_exists`, `external_id_exists`, `invalid_metadata` (larger than 16 KiB after the merge), `last_admin`, and what the form of the fields asks for (AC-10).
   */
  updateUser(fields: Omit<UpdateUser, "command">, context?: ActingContext): AccountAnswer;
  /**
   * Deletes an account. Its id is unknown from then on; its address and its `external_id` are free at once.
   *
   * Refused with `user_not_found`, `version_conflict`, `forbidden` (an `organization_admin` on an `admin`), `self_action`, `last_admin` (AC-11).
   */
  deleteUser(fields: Omit<DeleteUser, "command">, context?: ActingContext): AccountDeletion;
  /** One registered user, by its id. */
  getRegisteredUser(fields: Omit<GetRegisteredUser, "query">, context?: Omit<ActingContext, "entropy">): RegisteredUser;
  /** One registered user, by the customer's own id. */
  findRegisteredUser(fields: Omit<FindRegisteredUser, "query">, context?: Omit<ActingContext, "entropy">): RegisteredUser;
  /** Registered users in the order of their ids; all filters must match. */
  listRegisteredUsers(fields?: Omit<ListRegisteredUsers, "query">, context?: Omit<ActingContext, "entropy">): RegisteredUserList;
  /** The items of all pages of `listRegisteredUsers`, page by page. */
  iterRegisteredUsers(fields?: Omit<ListRegisteredUsers, "query" | "after">, context?: Omit<ActingContext, "entropy">): IterableIterator<RegisteredUser>;
  /** Companies in the order of their ids; a key restricted to users sees only theirs, and counts only them (C-3, P-2). */
  listCompanies(fields?: Omit<ListCompanies, "query">, context?: Omit<ActingContext, "entropy">): CompanyList;
  /** The items of all pages of `listCompanies`, page by page. */
  iterCompanies(fields?: Omit<ListCompanies, "query" | "after">, context?: Omit<ActingContext, "entropy">): IterableIterator<Company>;
  /** The groups of which a registered user is a member now, in the order of their ids. */
  groupsOf(fields: Omit<GroupsOf, "query">, context?: Omit<ActingContext, "entropy">): GroupList;
  /** The items of all pages of `groupsOf`, page by page. */
  iterGroupsOf(fields: Omit<GroupsOf, "query" | "after">, context?: Omit<ActingContext, "entropy">): IterableIterator<Group>;
  /** Credentials in the order of their owners and connectors: what one registered user reaches (its own, its company's, its organization's), or those of all owners that the actor sees; all filters must match. */
  listCredentials(fields?: Omit<ListCredentials, "query">, context?: Omit<ActingContext, "entropy">): CredentialList;
  /** The items of all pages of `listCredentials`, page by page. */
  iterCredentials(fields?: Omit<ListCredentials, "query" | "after">, context?: Omit<ActingContext, "entropy">): IterableIterator<Credential>;
  /** The link sessions of a registered user that are still known, in the order of their ids. */
  listLinkSessions(fields: Omit<ListLinkSessions, "query">, context?: Omit<ActingContext, "entropy">): LinkSessionList;
  /** The items of all pages of `listLinkSessions`, page by page. */
  iterLinkSessions(fields: Omit<ListLinkSessions, "query" | "after">, context?: Omit<ActingContext, "entropy">): IterableIterator<LinkSession>;
  /** The connectors in the order of their slugs; every management key sees them (C-3). */
  listConnectors(fields?: Omit<ListConnectors, "query">, context?: Omit<ActingContext, "entropy">): ConnectorList;
  /** The items of all pages of `listConnectors`, page by page. */
  iterConnectors(fields?: Omit<ListConnectors, "query" | "after">, context?: Omit<ActingContext, "entropy">): IterableIterator<Connector>;
  /** The tool packs in the order of their ids; a restricted key sees only its own (C-3). */
  listToolPacks(fields?: Omit<ListToolPacks, "query">, context?: Omit<ActingContext, "entropy">): ToolPackList;
  /** The items of all pages of `listToolPacks`, page by page. */
  iterToolPacks(fields?: Omit<ListToolPacks, "query" | "after">, context?: Omit<ActingContext, "entropy">): IterableIterator<ToolPack>;
  /** The groups in the order of their ids; every management key sees them (C-3). */
  listGroups(fields?: Omit<ListGroups, "query">, context?: Omit<ActingContext, "entropy">): GroupList;
  /** The items of all pages of `listGroups`, page by page. */
  iterGroups(fields?: Omit<ListGroups, "query" | "after">, context?: Omit<ActingContext, "entropy">): IterableIterator<Group>;
  /** The connectors of a pack as one user finds them, in the order of their slugs. */
  listTools(fields: Omit<ListTools, "query">, context?: Omit<ActingContext, "entropy">): PackToolsList;
  /** The items of all pages of `listTools`, page by page. */
  iterTools(fields: Omit<ListTools, "query" | "after">, context?: Omit<ActingContext, "entropy">): IterableIterator<PackTools>;
  /**
   * Events in the order in which they happened; all filters must match.
   *
   * The actor's organization bounds what is seen, and its environment does, with the events that belong to none. `system` and an `admin` may name neither and see everything; with `origin_company_id` both are needed, with `group_id` the organization. The cursor goes on where the page ended, whatever was added or purged meanwhile.
   */
  journal(fields?: Omit<ReadJournal, "query">, context?: Omit<ActingContext, "entropy">): EventList;
  /** The items of all pages of `journal`, page by page. */
  iterJournal(fields?: Omit<ReadJournal, "query" | "after">, context?: Omit<ActingContext, "entropy">): IterableIterator<Event>;
  /** The organization that the actor acts for. */
  getOrganization(fields?: Omit<GetOrganization, "query">, context?: Omit<ActingContext, "entropy">): Organization;
  /** One account, by its id. */
  getUser(fields: Omit<GetUser, "query">, context?: Omit<ActingContext, "entropy">): Account;
  /** Accounts in the order of their ids: those of the organization that the actor acts for; all of them where `system` or an `admin` names none (AC-1). */
  listUsers(fields?: Omit<ListUsers, "query">, context?: Omit<ActingContext, "entropy">): AccountList;
  /** The items of all pages of `listUsers`, page by page. */
  iterUsers(fields?: Omit<ListUsers, "query" | "after">, context?: Omit<ActingContext, "entropy">): IterableIterator<Account>;
  /** Registration tokens in the order of their ids, of the same organizations as accounts (AC-1). */
  listRegistrationTokens(fields?: Omit<ListRegistrationTokens, "query">, context?: Omit<ActingContext, "entropy">): RegistrationTokenList;
  /** The items of all pages of `listRegistrationTokens`, page by page. */
  iterRegistrationTokens(fields?: Omit<ListRegistrationTokens, "query" | "after">, context?: Omit<ActingContext, "entropy">): IterableIterator<RegistrationToken>;
}
