#![doc = include_str!("../docs/overview.md")]
#![doc = include_str!("../docs/embedding.md")]
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

mod access;
mod account;
mod apply;
mod authority;
#[cfg(any(feature = "jiff", feature = "chrono"))]
mod calendars;
mod catalog;
mod company;
mod context;
mod convert;
mod credential;
mod decide;
mod decided;
mod declare;
mod error;
mod event;
mod example;
mod fold;
mod hosting;
mod id;
mod journal;
pub mod json;
mod lifecycle;
mod organization;
mod page;
mod permissions;
mod policy;
mod prefetch;
mod registered_user;
mod request;
#[doc(hidden)]
pub mod shape;
#[doc(hidden)]
pub mod shapes;
mod simulate;
mod state;
mod sweep;
#[cfg(feature = "std")]
mod system;
mod tenantry;
mod time;
mod tool_call;
pub mod wire;

pub use access::{
    Access, Acting, Affects, Allowed, Check, CheckReport, CheckResult, Decision, Denied, Explanation, FullToolName,
    Impact, ListTools, PackTools, Remedy, RemedyKind, RemedyParameter, RemedyStep, RemedyValues, StepCommand, ToolCall,
};
pub use account::password::{CharacterClass, PasswordPolicy, Secret};
pub use account::{
    Account, AccountAnswer, AccountDeletion, AccountPatch, AccountStatus, CreateUser, DeleteUser, GetUser,
    IssueRegistrationToken, ListRegistrationTokens, ListUsers, Metadata, RegistrationToken, RegistrationTokenIssue,
    RegistrationTokenRevocation, RevokeRegistrationToken, Role, SetUserStatus, TokenStatus, UpdateUser,
};
pub use authority::{KeyRestriction, Permitted, PermittedKey, subset_of};
pub use catalog::group::Rule;
pub use catalog::rule_values::RuleValues;
pub use catalog::tool_pack::PackConnector;
pub use catalog::{
    Connector, ConnectorDeletion, ConnectorPut, DeleteConnector, DeleteGroup, DeleteToolPack, Group, GroupDeletion,
    GroupPut, GroupsOf, ListConnectors, ListGroups, ListToolPacks, PutConnector, PutGroup, PutToolPack, ToolPack,
    ToolPackDeletion, ToolPackPut,
};
pub use company::{Company, CompanyChoice, CompanyDeletion, CompanyPatch, DeleteCompany, ListCompanies};
pub use context::{AccessKey, Actor, ActorRecord, ActorType, Context, Entropy, Environment, KeyScope, Restriction};
pub use credential::link_session::{LinkMethod, LinkStatus};
pub use credential::{
    AuthScope, CompleteLink, ConnectorRevocation, Credential, CredentialAnswer, CredentialCause, CredentialStatus,
    FailLink, LinkFailure, LinkSession, LinkStart, LinkedForOthers, ListCredentials, ListLinkSessions, Owner, Report,
    ReportCredential, RevokeConnector, RevokeCredential, StartLink,
};
pub use decide::Request;
pub use decided::Decided;
pub use error::{Code, Error, ErrorInfo, FormError, Kind, Rejection, UsageError, Violation, error_catalog};
pub use event::{
    AccountChanges, Effect, EffectBody, Event, EventBody, EventId, EventName, NoEventId, ProfileChanges, Stream,
};
pub use hosting::{Base as ChangeBase, Change, Guard, LoadedRow, Revision, RowKey, RowRange};
pub use id::{
    AccountId, CompanyId, ConnectorSlug, Email, ExternalAccountId, ExternalId, GroupId, KeyId, Label, LinkSessionId,
    Name, OrganizationId, OriginCompanyId, OriginUserEmail, OriginUserId, Reason, RegisteredUserId,
    RegistrationTokenId, ResourceId, ToolCallId, ToolName, ToolPackId,
};
pub use journal::ReadJournal;
pub use lifecycle::{LifecycleRefusal, LifecycleTable, LifecycleTransition, MACHINES, lifecycle, lifecycle_diagram};
pub use organization::{CreateOrganization, GetOrganization, Organization, OrganizationAnswer};
pub use page::{Items, Page};
pub use permissions::{Permission, RequestKind, permissions};
pub use policy::{OriginUserIdScope, Policy, RecreateDeactivated};
pub use registered_user::{
    CompanyReference, CreateRegisteredUser, CreateTestUser, CustomGroupings, DeleteRegisteredUser, FindRegisteredUser,
    GetRegisteredUser, GroupingsPatch, ListRegisteredUsers, RegisteredUser, RegisteredUserCreation,
    RegisteredUserDeletion, RegisteredUserPatch, RegisteredUserUpdate, RetentionHold, SetRetentionHold,
    UpdateRegisteredUser, UserStatus, UserType,
};
pub use request::{Command, CommandRequest, CommandResponse, Query, QueryAnswer, QueryRequest};
pub use simulate::{Summary, Transcript, simulate};
pub use state::RowFormat;
pub use sweep::{AdvanceTime, Sweep};
pub use tenantry::{Options, Outcome, Preview, Tenantry};
pub use time::Timestamp;
pub use tool_call::{FinishToolCall, StartToolCall, ToolCallFinish, ToolCallResult, ToolCallStart};
