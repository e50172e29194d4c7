// The shapes of everything that goes in or comes out. Generated from `schema/wire.txt`.

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

/** Whose fault a rejection is; each kind has its HTTP status. */
export type Kind = "validation" | "authentication" | "permission" | "not_found" | "conflict";

/** Any JSON object. */
export type JsonObject = { [key: string]: any };

/** An instant on its way in: RFC 3339 text, or whole milliseconds since 1970. Seconds are refused. The packages also take their language's own times; in Python, aware ones. */
export type Time = string | number | Date;

/** An instant in answers: RFC 3339, UTC, with `Z`, to the millisecond. */
export type Timestamp = string;

/** An id that the core minted, on its way in. Python also takes `uuid.UUID`. */
export type Id = string;

/** Where companies, registered users, credentials, link sessions and tool calls live (M-1). */
export type Environment = "production" | "test";

/** What an access key may do. */
export type KeyScope = "management" | "runtime";

/** A person or a system. */
export type UserType = "HUMAN" | "SYSTEM";

/** Where a registered user stands. */
export type UserStatus = "active" | "deactivated";

/** Whose credential a connector inside a tool pack uses (TP-2). */
export type AuthScope = "INDIVIDUAL" | "SHARED" | "ORGANIZATION";

/** Where a credential stands (CR-1). */
export type CredentialStatus = "active" | "needs_reauth" | "revoked";

/** Why a credential is not active (CR-1). */
export type CredentialCause =
  | "user"
  | "admin"
  | "deactivation"
  | "deletion"
  | "company_deleted"
  | "expired"
  | "upstream"
  | "refresh_failed";

/** How the end user is brought to the third party. */
export type LinkMethod = "link" | "magic_link";

/** Where a link session stands. */
export type LinkStatus = "pending" | "completed" | "failed" | "cancelled" | "expired";

/** How a tool call ended. */
export type ToolCallResult = "completed" | "failed";

/** What an account may do. */
export type Role = "admin" | "organization_admin" | "member";

/** Where an account stands. */
export type AccountStatus = "active" | "inactive" | "suspended";

/** Where a registration token stands; the first that applies, in this order: revoked, expired, exhausted, active. */
export type TokenStatus = "active" | "revoked" | "expired" | "exhausted";

/** The type of an actor. */
export type ActorType = "system" | "account" | "access_key" | "registered_user" | "anonymous";

/** Where the journal is kept (E-4). */
export type Journal = "none" | "memory";

/** A class of characters that a password must have one of. */
export type CharacterClass = "upper" | "lower" | "digit" | "other";

/** A lifecycle that can be drawn. */
export type Machine =
  | "registered_user"
  | "credential"
  | "link_session"
  | "tool_call"
  | "account"
  | "registration_token";

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

/** Who acts. The host authenticates; the core authorises what the actor says it is (C-1). */
export type Actor = SystemActor | AccountActor | AccessKeyActor | RegisteredUserActor | AnonymousActor;

/** What comes with every call. The packages for JavaScript and Python fill in `now` and `entropy` (32 hex digits) where they are left out. */
export interface Context {
  now?: Time | null;
  actor: Actor;
  entropy?: string | null | ArrayBufferLike | ArrayBufferView;
}

/** What comes with a call on a handle that has its actor already. */
export interface ActingContext {
  now?: Time | null;
  entropy?: string | null | ArrayBufferLike | ArrayBufferView;
}

/** The customer's own attributes of a user. */
export type Groupings = { [key: string]: string };

/** Groupings of a new user; null counts as not given. */
export type GroupingsChoice = { [key: string]: string | null };

/** Groupings to merge key by key; null clears one. */
export type GroupingsPatch = { [key: string]: string | null };

/** The company that a new user belongs to. */
export interface CompanyChoice {
  origin_company_id?: string | null;
  origin_company_name?: string | null;
  custom_groupings?: GroupingsChoice | null;
}

/** Joins or renames a company; a null id leaves it. */
export interface CompanyPatch {
  origin_company_id?: string | null;
  origin_company_name?: string | null;
  custom_groupings?: GroupingsPatch | null;
}

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

/** A connector inside a tool pack: absent `tool_names` means all tools, an empty list leaves the connector out (TP-3). */
export interface PackConnectorChoice {
  connector: string;
  auth_scope?: AuthScope | null;
  tool_names?: readonly string[] | null;
}

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

/** A saved rule over users, evaluated when asked (TP-5). */
export type Rule =
  | RuleAll
  | RuleAny
  | RuleNot
  | RuleEquals
  | RuleIn
  | RuleExists
  | RuleCompany
  | RuleUserType;

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

/** Whose a credential is. */
export type Owner = IndividualOwner | SharedOwner | OrganizationOwner;

/** A registered user's own. */
export interface IndividualOwnerChoice {
  scope: "INDIVIDUAL";
  registered_user_id: Id;
}

/** Whose a credential is, on its way in. */
export type OwnerChoice = IndividualOwnerChoice | SharedOwner | OrganizationOwner;

/** Creates a registered user, or finds the one that has this `origin_user_id` (RU-1). */
export interface CreateRegisteredUser {
  command: "create_registered_user";
  origin_user_id: string;
  origin_user_name?: string | null;
  origin_user_email?: string | null;
  shared_credential_group?: CompanyChoice | null;
  custom_groupings?: GroupingsChoice | null;
  user_type?: UserType | null;
}

/** Creates a user of the test environment (RU-5). */
export interface CreateTestUser {
  command: "create_test_user";
  origin_user_name?: string | null;
  origin_user_email?: string | null;
}

/** Changes profile or status (RU-6). */
export interface UpdateRegisteredUser {
  command: "update_registered_user";
  registered_user_id: Id;
  patch: RegisteredUserPatch;
  expected_version?: number | null;
}

/** Deletes, irreversibly (RU-12). */
export interface DeleteRegisteredUser {
  command: "delete_registered_user";
  registered_user_id: Id;
  expected_version?: number | null;
}

/** Places or releases a retention hold (RU-16). */
export interface SetRetentionHold {
  command: "set_retention_hold";
  registered_user_id: Id;
  held: boolean;
  reason?: string | null;
}

/** Deletes a company without members (RU-15). */
export interface DeleteCompany {
  command: "delete_company";
  origin_company_id: string;
}

/** Puts a connector, replacing it whole (TP-4). */
export interface PutConnector {
  command: "put_connector";
  connector: string;
  name?: string | null;
  tools: readonly string[];
}

/** Deletes a connector that no pack names (TP-6). */
export interface DeleteConnector {
  command: "delete_connector";
  connector: string;
}

/** Puts a tool pack, replacing it whole (TP-4). */
export interface PutToolPack {
  command: "put_tool_pack";
  tool_pack_id: string;
  name: string;
  connectors: readonly PackConnectorChoice[];
  group_ids?: readonly string[] | null;
}

/** Deletes a tool pack. */
export interface DeleteToolPack {
  command: "delete_tool_pack";
  tool_pack_id: string;
}

/** Puts a group, replacing it whole (TP-4). */
export interface PutGroup {
  command: "put_group";
  group_id: string;
  name: string;
  rule: Rule;
}

/** Deletes a group that no pack names (TP-6). */
export interface DeleteGroup {
  command: "delete_group";
  group_id: string;
}

/** Starts a link session (CR-2). */
export interface StartLink {
  command: "start_link";
  registered_user_id: Id;
  connector: string;
  tool_pack_id?: string | null;
  method?: LinkMethod | null;
}

/** Completes a link session: the credential becomes active (CR-4). `registered_user_id` says who came back: a session of another user is not found. */
export interface CompleteLink {
  command: "complete_link";
  link_session_id: Id;
  registered_user_id?: Id | null;
  external_account_id?: string | null;
  expires_at?: Time | null;
}

/** Ends a link session without a credential. */
export interface FailLink {
  command: "fail_link";
  link_session_id: Id;
  reason?: string | null;
}

/** Revokes a live credential (CR-5). */
export interface RevokeCredential {
  command: "revoke_credential";
  owner: OwnerChoice;
  connector: string;
  expected_generation?: number | null;
}

/** Reports what the third party says of a credential (CR-6). With `expected_generation`, a report about an older grant is refused. */
export interface ReportCredential {
  command: "report_credential";
  owner: OwnerChoice;
  connector: string;
  status: ReportedStatus;
  reason?: ReportReason | null;
  expires_at?: Time | null;
  expected_generation?: number | null;
}

/** What can be reported of a credential. */
export type ReportedStatus = "needs_reauth" | "active";

/** Why a credential needs to be authenticated again. */
export type ReportReason = "upstream" | "refresh_failed";

/** Decides a tool call and records it (D-4). */
export interface StartToolCall {
  command: "start_tool_call";
  registered_user_id: Id;
  tool_pack_id: string;
  tool: string;
}

/** Ends an open tool call (D-4). */
export interface FinishToolCall {
  command: "finish_tool_call";
  registered_user_id: Id;
  tool_call_id: Id;
  result: ToolCallResult;
}

/** Creates an organization. */
export interface CreateOrganization {
  command: "create_organization";
  organization_id?: string | null;
  name: string;
}

/** Issues a registration token; its secret is kept as a digest only (AC-4). */
export interface IssueRegistrationToken {
  command: "issue_registration_token";
  organization_id: string;
  secret: string;
  role?: Role | null;
  max_uses?: number | null;
  expires_at?: Time | null;
}

/** Revokes a registration token (AC-4). */
export interface RevokeRegistrationToken {
  command: "revoke_registration_token";
  token_id: Id;
}

/** Creates an account: by an admin, or by oneself with a registration secret (AC-1, AC-2). */
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

/** Makes an account active, inactive or suspended (AC-9). */
export interface SetUserStatus {
  command: "set_user_status";
  user_id: Id;
  status: AccountStatus;
}

/** Makes durable what time has brought (T-2). */
export interface AdvanceTime {
  command: "advance_time";
  limit?: number | null;
}

/** A registered user by its id. */
export interface GetRegisteredUser {
  query: "get_registered_user";
  registered_user_id: Id;
}

/** A registered user by the customer's own id. */
export interface FindRegisteredUser {
  query: "find_registered_user";
  origin_user_id: string;
}

/** Registered users in the order of their ids. */
export interface ListRegisteredUsers {
  query: "list_registered_users";
  origin_company_id?: string | null;
  group_id?: string | null;
  status?: UserStatus | null;
  is_test?: boolean | null;
  limit?: number | null;
  after?: string | null;
}

/** The groups that a user is a member of. */
export interface GroupsOf {
  query: "groups_of";
  registered_user_id: Id;
  limit?: number | null;
  after?: string | null;
}

/** The credentials in a user's reach: its own, its company's, the organization's. */
export interface ListCredentials {
  query: "list_credentials";
  registered_user_id: Id;
  limit?: number | null;
  after?: string | null;
}

/** The link sessions of a user. */
export interface ListLinkSessions {
  query: "list_link_sessions";
  registered_user_id: Id;
  limit?: number | null;
  after?: string | null;
}

/** Companies in the order of their ids. */
export interface ListCompanies {
  query: "list_companies";
  limit?: number | null;
  after?: string | null;
}

/** Connectors. */
export interface ListConnectors {
  query: "list_connectors";
  limit?: number | null;
  after?: string | null;
}

/** Tool packs. */
export interface ListToolPacks {
  query: "list_tool_packs";
  limit?: number | null;
  after?: string | null;
}

/** Groups. */
export interface ListGroups {
  query: "list_groups";
  limit?: number | null;
  after?: string | null;
}

/** The connectors of a pack with their tools, and whether they can be called (D-7). */
export interface ListTools {
  query: "list_tools";
  registered_user_id: Id;
  tool_pack_id: string;
  authenticated_only?: boolean | null;
  limit?: number | null;
  after?: string | null;
}

/** What happened (E-2). */
export interface QueryJournal {
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

/** The organization that the actor names. */
export interface GetOrganization {
  query: "get_organization";
}

/** An account by its id. */
export interface GetUser {
  query: "get_user";
  user_id: Id;
}

/** Accounts. */
export interface ListUsers {
  query: "list_users";
  status?: AccountStatus | null;
  limit?: number | null;
  after?: string | null;
}

/** Registration tokens. */
export interface ListRegistrationTokens {
  query: "list_registration_tokens";
  limit?: number | null;
  after?: string | null;
}

/** A tool call to be decided, by `authorize`, `authorize_batch` or `explain`. */
export interface ToolCall {
  registered_user_id: Id;
  tool_pack_id: string;
  tool: string;
}

/** The company that a registered user belongs to. */
export interface CompanyReference {
  origin_company_id: string;
  origin_company_name: string | null;
}

/** A registered user as answers show it. */
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

/** A company as answers show it. */
export interface Company {
  origin_company_id: string;
  origin_company_name: string | null;
  members: number;
}

/** A connector as answers show it. */
export interface Connector {
  connector: string;
  name: string | null;
  tools: string[];
}

/** A connector inside a tool pack; null `tool_names` means all. */
export interface PackConnector {
  connector: string;
  auth_scope: AuthScope;
  tool_names: string[] | null;
}

/** A tool pack as answers show it; null `group_ids` means everybody. */
export interface ToolPack {
  tool_pack_id: string;
  name: string;
  connectors: PackConnector[];
  group_ids: string[] | null;
}

/** A group as answers show it. */
export interface Group {
  group_id: string;
  name: string;
  rule: Rule;
}

/** A credential as answers show it. For a credential that is not its own, a registered user sees null as `external_account_id` and `linked_by`. */
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

/** A link session as answers show it. */
export interface LinkSession {
  link_session_id: string;
  owner: Owner;
  connector: string;
  method: LinkMethod;
  status: LinkStatus;
  expires_at: Timestamp;
}

/** An organization as answers show it. */
export interface Organization {
  organization_id: string;
  name: string;
}

/** An account as answers show it (AC-8). */
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

/** A registration token as answers show it. */
export interface RegistrationToken {
  token_id: string;
  organization_id: string;
  role: Role;
  uses: number;
  max_uses: number | null;
  expires_at: Timestamp | null;
  status: TokenStatus;
}

/** `ready`, or the code that a call would be denied with. */
export type ToolStatus = "ready" | Code;

/** A connector of a pack with the tools that it offers there. */
export interface PackTools {
  connector: string;
  scope: AuthScope;
  tools: string[];
  status: ToolStatus;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface RegisteredUserList {
  items: RegisteredUser[];
  next: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface GroupList {
  items: Group[];
  next: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface CredentialList {
  items: Credential[];
  next: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface LinkSessionList {
  items: LinkSession[];
  next: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface CompanyList {
  items: Company[];
  next: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface ConnectorList {
  items: Connector[];
  next: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface ToolPackList {
  items: ToolPack[];
  next: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface EventList {
  items: Event[];
  next: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface AccountList {
  items: Account[];
  next: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface RegistrationTokenList {
  items: RegistrationToken[];
  next: string | null;
}

/** A page of a list; `next` is the `after` of the next page, null at the end. */
export interface PackToolsList {
  items: PackTools[];
  next: string | null;
}

/** What creating a registered user answers. */
export interface RegisteredUserCreation {
  registered_user_id: string;
  created: boolean;
  ignored: string[];
  registered_user: RegisteredUser;
}

/** A live credential of the company or the organization that the user has linked: it stays when the user leaves (RU-13). */
export interface LinkedForOthers {
  owner: Owner;
  connector: string;
}

/** What a patch answers; `linked_for_others` where it deactivates the user. */
export interface RegisteredUserUpdate {
  registered_user: RegisteredUser;
  linked_for_others?: LinkedForOthers[];
}

/** What deleting a registered user answers. */
export interface RegisteredUserDeletion {
  registered_user_id: string;
  purge_at: Timestamp;
  linked_for_others: LinkedForOthers[];
}

/** What a retention hold answers. */
export interface RetentionHold {
  registered_user_id: string;
  held: boolean;
}

/** What deleting a company answers. */
export interface CompanyDeletion {
  origin_company_id: string;
}

/** What putting a connector answers. */
export interface ConnectorPut {
  connector: Connector;
  changed: boolean;
}

/** What deleting a connector answers. */
export interface ConnectorDeletion {
  connector: string;
}

/** What putting a tool pack answers. */
export interface ToolPackPut {
  tool_pack: ToolPack;
  changed: boolean;
}

/** What deleting a tool pack answers. */
export interface ToolPackDeletion {
  tool_pack_id: string;
}

/** What putting a group answers. */
export interface GroupPut {
  group: Group;
  changed: boolean;
}

/** What deleting a group answers. */
export interface GroupDeletion {
  group_id: string;
}

/** What starting a link answers. */
export interface LinkStart {
  link_session_id: string;
  owner: Owner;
  connector: string;
  method: LinkMethod;
  expires_at: Timestamp;
}

/** What failing a link answers. */
export interface LinkFailure {
  link_session_id: string;
}

/** The credential as it stands. */
export interface CredentialAnswer {
  credential: Credential;
}

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

/** Whether a tool call may be made. */
export type Decision = Allow | Deny;

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

/** What starting a tool call answers. */
export type ToolCallStart = StartedToolCall | Deny;

/** What finishing a tool call answers. */
export interface ToolCallFinish {
  tool_call_id: string;
  result: ToolCallResult;
}

/** The organization. */
export interface OrganizationAnswer {
  organization: Organization;
}

/** What issuing a registration token answers. */
export interface RegistrationTokenIssue {
  token_id: string;
  organization_id: string;
  role: Role;
  max_uses: number | null;
  expires_at: Timestamp | null;
}

/** What revoking a registration token answers. */
export interface RegistrationTokenRevocation {
  token_id: string;
}

/** The account as it stands. */
export interface AccountAnswer {
  user: Account;
}

/** How many events were written. */
export interface Sweep {
  processed: number;
}

/** What a stream belongs to. */
export type StreamKind = "account" | "company" | "organization" | "registered_user" | "registration_token";

/** The stream that an event belongs to (M-4). */
export interface Stream {
  kind: StreamKind;
  id: string;
}

/** An actor as events keep it (E-3); a purged user's id is null. */
export interface ActorRecord {
  type: ActorType;
  organization_id: string | null;
  environment: Environment | null;
  user_id?: string;
  registered_user_id?: string | null;
  key_id?: string;
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

/** What every event carries. */
export interface EventEnvelope {
  stream: Stream;
  sequence: number;
  at: Timestamp;
  organization_id: string | null;
  environment: Environment | null;
  actor: ActorRecord;
}

/** An organization was created. */
export interface OrganizationCreatedEvent extends EventEnvelope {
  event: "organization_created";
  name: string;
}

/** A connector was put. */
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

/** A tool pack was put. */
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

/** A group was put. */
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

/** A registered user was created; redacted after its deletion (RU-12). */
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

/** A profile was changed; redacted after the user's deletion (RU-12). */
export interface RegisteredUserUpdatedEvent extends EventEnvelope {
  event: "registered_user_updated";
  changes: ProfileChanges;
  version: number;
  redacted?: true;
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

/** A link replaced the owner's credential for the connector (CR-4). `replaced_external_account_id` is the account of the live grant that it replaced, if the new account is another. */
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

/** A change of the registered user stopped a link session. */
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

/** A tool call was denied (D-4). */
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

/** What the host has to do because of a command. */
export type Effect = RevokeUpstream | RedactUser | PurgeUser;

/** What a row is found by: `[kind, …parts]` (contract section 14). */
export type RowKey = readonly unknown[];

/** A host's own revision of a row; integers within ±(2^53−1), what is larger as a string (S-4). */
export type Revision = string | number | null;

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

/** A row for `load`; null says that there is none. */
export interface LoadedRow {
  key: RowKey;
  revision: Revision;
  row: JsonObject | null;
}

/** What an accepted command gives besides its response; `guards` and `changes` only where the instance holds rows. */
export interface OutcomeParts {
  events: Event[];
  effects: Effect[];
  guards?: Guard[];
  changes?: Change[];
}

/** One thing that is wrong with a request (P-5). */
export interface Violation {
  code: Code;
  pointer: string;
  message: string;
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

/** A mistake of the calling program, for its own developers: clients must not see it. */
export interface Mistake {
  code: Code;
  message: string;
  pointer?: string;
  violations?: Violation[];
}

/** The place of a malformed call in a batch. */
export interface BatchRejection {
  /** What to ask of a decision. Not enumerable: it is in no JSON and in no copy. */
  readonly allowed: false;
  rejection: Rejection;
}

/** What `authorize_batch` answers for one call. */
export type BatchItem = Allow | Deny | BatchRejection;

/** How a check ended. */
export type CheckResult = "passed" | "failed" | "not_reached";

/** One check of a decision, and what it compared. */
export interface Check {
  check: string;
  result: CheckResult;
  compared: unknown;
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

/** Whom a step of a remedy touches. */
export type Affects = "user" | "company" | "organization";

/** What only the caller knows. */
export type RemedyParameter = "origin_company_id";

/** One step towards allow. `parameters` names what the caller fills in: `command` shows it as `{"$parameter": name}`. */
export interface RemedyStep {
  kind: RemedyKind;
  affects: Affects;
  parameters: RemedyParameter[];
  command?: JsonObject;
  group_ids?: string[];
}

/** Steps that lead to allow, if `complete`. */
export interface Remedy {
  steps: RemedyStep[];
  complete: boolean;
}

/** A decision, every check of it, and what would lead to allow (D-3). */
export interface Explanation {
  decision: Decision;
  checks: Check[];
  remedies: Remedy[];
}

/** A way through which calls can be made. */
export interface Access {
  registered_user_id: string;
  tool_pack_id: string;
  connector: string;
}

/** Who loses and who gains access (D-5): at most 1,000 together, `total` counts all. */
export interface Impact {
  lose: Access[];
  gain: Access[];
  total: number;
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

/** The inside of an error body. */
export interface ErrorDetails {
  type: Kind;
  code: Code;
  message: string;
  documentation_url: string | null;
}

/** One of the two public renderings of a rejection. */
export interface ErrorBody {
  error: ErrorDetails;
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

/** The rules of passwords. */
export interface PasswordPolicy {
  min_length?: number | null;
  max_length?: number | null;
  require?: readonly CharacterClass[] | null;
  forbid_local_part?: boolean | null;
  deny_list?: readonly string[] | null;
}

/** Where an `origin_user_id` is unique (RU-2). */
export type OriginUserIdScope = "organization" | "environment";

/** What create does on a deactivated user (RU-11). */
export type RecreateDeactivated = "return" | "reactivate" | "conflict";

/** What a host may choose (contract section 11). */
export interface Policy {
  origin_user_id_scope?: OriginUserIdScope | null;
  recreate_deactivated?: RecreateDeactivated | null;
  retention_days?: number | null;
  link_ttl_seconds?: number | null;
  tool_call_ttl_seconds?: number | null;
  password?: PasswordPolicy | null;
  documentation_base_url?: string | null;
}

/** What an instance is made with. */
export interface Options {
  policy?: Policy | null;
  journal?: Journal | null;
  rows?: boolean | null;
  row_format?: number | null;
}

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

/** What a scenario did, step by step. */
export interface Transcript {
  scenario: string;
  steps: TranscriptStep[];
  summary: TranscriptSummary;
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

/** Any command. */
export type Command =
  | CreateRegisteredUser
  | CreateTestUser
  | UpdateRegisteredUser
  | DeleteRegisteredUser
  | SetRetentionHold
  | DeleteCompany
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
  | CreateOrganization
  | IssueRegistrationToken
  | RevokeRegistrationToken
  | CreateUser
  | SetUserStatus
  | AdvanceTime;

/** Any query. */
export type Query =
  | GetRegisteredUser
  | FindRegisteredUser
  | ListRegisteredUsers
  | GroupsOf
  | ListCredentials
  | ListLinkSessions
  | ListCompanies
  | ListConnectors
  | ListToolPacks
  | ListGroups
  | ListTools
  | QueryJournal
  | GetOrganization
  | GetUser
  | ListUsers
  | ListRegistrationTokens;

/** What any query answers. */
export type Answer =
  | RegisteredUser
  | RegisteredUserList
  | GroupList
  | CredentialList
  | LinkSessionList
  | CompanyList
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
export interface OrganizationAnswerOutcome extends OutcomeParts {
  response: OrganizationAnswer;
}

/** The outcome that a command would give, and whom it would touch. */
export interface OrganizationAnswerPreview extends OrganizationAnswerOutcome {
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
export interface SweepOutcome extends OutcomeParts {
  response: Sweep;
}

/** The outcome that a command would give, and whom it would touch. */
export interface SweepPreview extends SweepOutcome {
  impact: Impact;
}

/** What an accepted command gives; nothing has happened but this. */
export type Outcome =
  | RegisteredUserCreationOutcome
  | RegisteredUserUpdateOutcome
  | RegisteredUserDeletionOutcome
  | RetentionHoldOutcome
  | CompanyDeletionOutcome
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
  | OrganizationAnswerOutcome
  | RegistrationTokenIssueOutcome
  | RegistrationTokenRevocationOutcome
  | AccountOutcome
  | AccountAnswerOutcome
  | SweepOutcome;

/** The outcome that a command would give, and whom it would touch. */
export type Preview =
  | RegisteredUserCreationPreview
  | RegisteredUserUpdatePreview
  | RegisteredUserDeletionPreview
  | RetentionHoldPreview
  | CompanyDeletionPreview
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
  | OrganizationAnswerPreview
  | RegistrationTokenIssuePreview
  | RegistrationTokenRevocationPreview
  | AccountPreview
  | AccountAnswerPreview
  | SweepPreview;

/** The commands by name. */
export interface Commands {
  create_registered_user: CreateRegisteredUser;
  create_test_user: CreateTestUser;
  update_registered_user: UpdateRegisteredUser;
  delete_registered_user: DeleteRegisteredUser;
  set_retention_hold: SetRetentionHold;
  delete_company: DeleteCompany;
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
  create_organization: CreateOrganization;
  issue_registration_token: IssueRegistrationToken;
  revoke_registration_token: RevokeRegistrationToken;
  create_user: CreateUser;
  set_user_status: SetUserStatus;
  advance_time: AdvanceTime;
}

/** What each command gives. */
export interface Outcomes {
  create_registered_user: RegisteredUserCreationOutcome;
  create_test_user: RegisteredUserCreationOutcome;
  update_registered_user: RegisteredUserUpdateOutcome;
  delete_registered_user: RegisteredUserDeletionOutcome;
  set_retention_hold: RetentionHoldOutcome;
  delete_company: CompanyDeletionOutcome;
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
  create_organization: OrganizationAnswerOutcome;
  issue_registration_token: RegistrationTokenIssueOutcome;
  revoke_registration_token: RegistrationTokenRevocationOutcome;
  create_user: AccountOutcome;
  set_user_status: AccountAnswerOutcome;
  advance_time: SweepOutcome;
}

/** What the preview of each command gives. */
export interface Previews {
  create_registered_user: RegisteredUserCreationPreview;
  create_test_user: RegisteredUserCreationPreview;
  update_registered_user: RegisteredUserUpdatePreview;
  delete_registered_user: RegisteredUserDeletionPreview;
  set_retention_hold: RetentionHoldPreview;
  delete_company: CompanyDeletionPreview;
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
  create_organization: OrganizationAnswerPreview;
  issue_registration_token: RegistrationTokenIssuePreview;
  revoke_registration_token: RegistrationTokenRevocationPreview;
  create_user: AccountPreview;
  set_user_status: AccountAnswerPreview;
  advance_time: SweepPreview;
}

/** The queries by name. */
export interface Queries {
  get_registered_user: GetRegisteredUser;
  find_registered_user: FindRegisteredUser;
  list_registered_users: ListRegisteredUsers;
  groups_of: GroupsOf;
  list_credentials: ListCredentials;
  list_link_sessions: ListLinkSessions;
  list_companies: ListCompanies;
  list_connectors: ListConnectors;
  list_tool_packs: ListToolPacks;
  list_groups: ListGroups;
  list_tools: ListTools;
  journal: QueryJournal;
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
  groups_of: GroupList;
  list_credentials: CredentialList;
  list_link_sessions: LinkSessionList;
  list_companies: CompanyList;
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
