#![doc = include_str!("../docs/overview.md")]
#![doc = include_str!("../docs/embedding.md")]
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod access;
mod account;
mod ahead;
mod catalog;
mod company;
mod context;
mod credential;
mod decide;
mod error;
mod event;
mod example;
mod hosting;
mod id;
mod journal;
pub mod json;
mod lifecycle;
mod organization;
mod page;
mod policy;
mod registered_user;
mod request;
#[doc(hidden)]
pub mod shape;
#[doc(hidden)]
pub mod shapes;
mod simulate;
mod state;
mod sweep;
mod tenantry;
mod time;
mod tool_call;
pub mod wire;

pub use access::{
    Access, Acting, Affects, Allowed, Check, CheckReport, CheckResult, Decision, Denied, Explanation, FullToolName,
    Impact, ListTools, PackTools, Parameter, Remedy, Step, StepCommand, StepKind, ToolCall, subset_of,
};
pub use account::password::{CharacterClass, PasswordPolicy, Secret};
pub use account::{
    AccountStatus, AccountView, CreateUser, GetUser, IssueRegistrationToken, ListRegistrationTokens, ListUsers,
    Metadata, RegistrationTokenView, RevokeRegistrationToken, Role, SetUserStatus, TokenIssued, TokenRevoked,
    TokenStatus, UserStatusSet,
};
pub use catalog::group::Rule;
pub use catalog::rule_values::RuleValues;
pub use catalog::tool_pack::PackConnector;
pub use catalog::{
    ConnectorDeleted, ConnectorPut, ConnectorView, DeleteConnector, DeleteGroup, DeleteToolPack, GroupDeleted,
    GroupPut, GroupView, GroupsOf, ListConnectors, ListGroups, ListToolPacks, PutConnector, PutGroup, PutToolPack,
    ToolPackDeleted, ToolPackPut, ToolPackView,
};
pub use company::{CompanyChoice, CompanyDeleted, CompanyPatch, CompanyView, DeleteCompany, ListCompanies};
pub use context::{AccessKey, Actor, ActorRecord, ActorType, Context, Entropy, Environment, KeyScope};
pub use credential::link_session::{LinkMethod, LinkStatus};
pub use credential::{
    AuthScope, CompleteLink, CredentialAnswer, CredentialCause, CredentialStatus, CredentialView, FailLink, LinkFailed,
    LinkSessionView, LinkStarted, LinkedForOthers, ListCredentials, ListLinkSessions, Owner, ReportCredential,
    ReportedStatus, RevokeCredential, StartLink,
};
pub use error::{Code, Error, ErrorInfo, Kind, Rejection, UsageError, Violation, error_catalog};
pub use event::{Effect, Event, EventBody, EventName, ProfileChanges, Stream};
pub use hosting::{Change, Guard, LoadedRow, Revision, RowKey};
pub use id::{
    AccountId, CompanyId, ConnectorSlug, Email, ExternalAccountId, ExternalId, FormError, GroupId, KeyId, Label,
    LinkSessionId, Name, OrganizationId, OriginCompanyId, OriginUserEmail, OriginUserId, Reason, RegisteredUserId,
    RegistrationTokenId, ResourceId, ToolCallId, ToolName, ToolPackId,
};
pub use journal::ReadJournal;
pub use lifecycle::{MACHINES, lifecycle_diagram};
pub use organization::{CreateOrganization, GetOrganization, OrganizationCreated, OrganizationView};
pub use page::{Items, Page};
pub use policy::{OriginUserIdScope, Policy, RecreateDeactivated};
pub use registered_user::{
    CompanyReference, CreateRegisteredUser, CreateTestUser, Created, CustomGroupings, DeleteRegisteredUser, Deleted,
    FindRegisteredUser, GetRegisteredUser, GroupingsPatch, ListRegisteredUsers, RegisteredUserPatch,
    RegisteredUserView, RetentionHold, SetRetentionHold, UpdateRegisteredUser, Updated, UserStatus, UserType,
};
pub use request::{Command, CommandRequest, CommandResponse, Query, QueryAnswer, QueryRequest};
pub use simulate::{Summary, Transcript, simulate};
pub use state::RowFormat;
pub use sweep::{AdvanceTime, TimeAdvanced};
pub use tenantry::{Options, Outcome, Preview, Tenantry};
pub use time::Timestamp;
pub use tool_call::{FinishToolCall, StartToolCall, ToolCallFinished, ToolCallResult, ToolCallStarted};
