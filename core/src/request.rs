//! The two lists: all commands, all queries. A new one is a row here and a room of its own.

use crate::access::authority::Right;
use crate::access::{Asked, ListTools, PackTools};
use crate::account::{
    AccountAnswer, AccountDeletion, AccountView, CreateUser, DeleteUser, GetUser, IssueRegistrationToken,
    ListRegistrationTokens, ListUsers, RegistrationTokenIssue, RegistrationTokenRevocation, RegistrationTokenView,
    RevokeRegistrationToken, SetUserStatus, UpdateUser,
};
use crate::ahead::Ahead;
use crate::catalog::{
    ConnectorDeletion, ConnectorPut, ConnectorView, DeleteConnector, DeleteGroup, DeleteToolPack, GroupDeletion,
    GroupPut, GroupView, GroupsOf, ListConnectors, ListGroups, ListToolPacks, PutConnector, PutGroup, PutToolPack,
    ToolPackDeletion, ToolPackPut, ToolPackView,
};
use crate::company::{CompanyDeletion, CompanyView, DeleteCompany, ListCompanies};
use crate::context::Needs;
use crate::credential::{
    CompleteLink, ConnectorRevocation, CredentialAnswer, CredentialView, FailLink, LinkFailure, LinkSessionView,
    LinkStart, ListCredentials, ListLinkSessions, ReportCredential, RevokeConnector, RevokeCredential, StartLink,
};
use crate::decide::{Case, Declared, Refusal, Request};
use crate::event::Event;
use crate::journal::ReadJournal;
use crate::organization::{CreateOrganization, GetOrganization, OrganizationAnswer, OrganizationView};
use crate::page::Items;
use crate::registered_user::{
    CreateRegisteredUser, CreateTestUser, DeleteRegisteredUser, FindRegisteredUser, GetRegisteredUser,
    ListRegisteredUsers, RegisteredUserCreation, RegisteredUserDeletion, RegisteredUserUpdate, RegisteredUserView,
    RetentionHold, SetRetentionHold, UpdateRegisteredUser,
};
use crate::shape::{Definition, Named, Shape, Shown, Type};
use crate::sweep::{AdvanceTime, Sweep};
use crate::tool_call::{FinishToolCall, StartToolCall, ToolCallFinish, ToolCallStart};
use crate::wire::RequestSet;
use crate::wire::read::{Form, Object};
use serde::Serialize;

/// A command, or the list of all of them: what [`Tenantry::execute`](crate::Tenantry::execute) takes.
pub trait CommandRequest: Request {}

/// A query, or the list of all of them: what [`Tenantry::query`](crate::Tenantry::query) takes.
pub trait QueryRequest: Request {}

/// A request with what it answers.
fn answering(mut request: Definition, answer: Type) -> Definition {
    if let Shape::Object(object) = &mut request.shape {
        object.answer = Some(answer);
    }
    request
}

macro_rules! requests {
    ($(#[doc = $doc:literal])* $list:ident, $(#[$response_doc:meta])* $answer:ident, $marker:ident, $tag:literal, $($name:ident => $response:ty;)*) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $list {
            $(#[doc = concat!("[`", stringify!($name), "`](crate::", stringify!($name), ").")] $name($name),)*
        }

        $(#[$response_doc])*
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum $answer {
            $(#[doc = concat!("What [`", stringify!($name), "`](crate::", stringify!($name), ") answers.")] $name($response),)*
        }

        impl RequestSet for $list {
            const MEMBER: &'static str = $tag;
            const NAMES: &'static [&'static str] = &[$($name::NAME,)*];
            const ASKED: &'static [Asked] = &[$(Asked::by::<$name>(),)*];

            fn fields(name: &str) -> Option<&'static [&'static str]> {
                match name {
                    $($name::NAME => Some($name::FIELDS),)*
                    _ => None,
                }
            }

            fn needs_as(name: &str, object: &Object<'_, '_>) -> Needs {
                match name {
                    $($name::NAME => $name::needs_of(object),)*
                    _ => Needs::NOTHING,
                }
            }

            fn read_as(name: &str, object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
                match name {
                    $($name::NAME => $name::read(object, form).map($list::$name),)*
                    _ => None,
                }
            }
        }

        impl Declared for $list {
            const NAME: &'static str = $tag;
            const FIELDS: &'static [&'static str] = &[$tag];

            fn read(object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
                Self::read_as(object.present($tag)?.as_str()?, object, form)
            }

            fn check(&self, form: &mut Form<'_>) {
                match self { $($list::$name(request) => request.check(form),)* }
            }

            fn shape() -> Definition {
                let members = alloc::vec![$(Named::of(|| answering($name::shape(), <$response as Shown>::shown())),)*];
                Definition::union(stringify!($list), concat!($($doc, "\n"),*), members)
            }
        }

        impl Request for $list {
            type Response = $answer;
            const NEEDS: Needs = Needs::NOTHING;
            // Each member has its own.
            const RIGHT: Right = Right::Host;

            fn right(&self) -> Right {
                match self { $($list::$name(request) => request.right(),)* }
            }

            fn needs(&self) -> Needs {
                match self { $($list::$name(request) => request.needs(),)* }
            }

            fn check_together(&self, form: &mut Form<'_>) {
                match self { $($list::$name(request) => request.check_together(form),)* }
            }

            fn look_ahead(&self, ahead: &Ahead<'_>) {
                match self { $($list::$name(request) => request.look_ahead(ahead),)* }
            }

            fn decide(&self, case: &mut Case<'_>) -> Result<$answer, Refusal> {
                match self { $($list::$name(request) => request.decide(case).map($answer::$name),)* }
            }
        }

        impl $marker for $list {}

        $(
            impl $marker for $name {}

            impl From<$name> for $list {
                fn from(request: $name) -> Self {
                    $list::$name(request)
                }
            }
        )*
    };
}

requests! {
    /// Any command, as the wire reads it.
    Command,
    /// What any command answers.
    CommandResponse, CommandRequest, "command",
    CreateRegisteredUser => RegisteredUserCreation;
    CreateTestUser => RegisteredUserCreation;
    UpdateRegisteredUser => RegisteredUserUpdate;
    DeleteRegisteredUser => RegisteredUserDeletion;
    SetRetentionHold => RetentionHold;
    DeleteCompany => CompanyDeletion;
    CreateOrganization => OrganizationAnswer;
    PutConnector => ConnectorPut;
    DeleteConnector => ConnectorDeletion;
    PutToolPack => ToolPackPut;
    DeleteToolPack => ToolPackDeletion;
    PutGroup => GroupPut;
    DeleteGroup => GroupDeletion;
    StartLink => LinkStart;
    CompleteLink => CredentialAnswer;
    FailLink => LinkFailure;
    RevokeCredential => CredentialAnswer;
    RevokeConnector => ConnectorRevocation;
    ReportCredential => CredentialAnswer;
    StartToolCall => ToolCallStart;
    FinishToolCall => ToolCallFinish;
    AdvanceTime => Sweep;
    IssueRegistrationToken => RegistrationTokenIssue;
    RevokeRegistrationToken => RegistrationTokenRevocation;
    CreateUser => AccountView;
    SetUserStatus => AccountAnswer;
    UpdateUser => AccountAnswer;
    DeleteUser => AccountDeletion;
}

requests! {
    /// Any query, as the wire reads it.
    Query,
    /// What any query answers.
    QueryAnswer, QueryRequest, "query",
    GetRegisteredUser => RegisteredUserView;
    FindRegisteredUser => RegisteredUserView;
    ListRegisteredUsers => Items<RegisteredUserView>;
    ListCompanies => Items<CompanyView>;
    GroupsOf => Items<GroupView>;
    ListCredentials => Items<CredentialView>;
    ListLinkSessions => Items<LinkSessionView>;
    ListConnectors => Items<ConnectorView>;
    ListToolPacks => Items<ToolPackView>;
    ListGroups => Items<GroupView>;
    ListTools => Items<PackTools>;
    ReadJournal => Items<Event>;
    GetOrganization => OrganizationView;
    GetUser => AccountView;
    ListUsers => Items<AccountView>;
    ListRegistrationTokens => Items<RegistrationTokenView>;
}
