//! The two lists: all commands, all queries. A new one is a row here and a room of its own.

use crate::access::{ListTools, PackTools};
use crate::account::{
    Account, AccountAnswer, AccountDeletion, CreateUser, DeleteUser, GetUser, IssueRegistrationToken,
    ListRegistrationTokens, ListUsers, RegistrationToken, RegistrationTokenIssue, RegistrationTokenRevocation,
    RevokeRegistrationToken, SetUserStatus, UpdateUser,
};
use crate::authority::Right;
use crate::catalog::{
    Connector, ConnectorDeletion, ConnectorPut, DeleteConnector, DeleteGroup, DeleteToolPack, Group, GroupDeletion,
    GroupPut, GroupsOf, ListConnectors, ListGroups, ListToolPacks, PutConnector, PutGroup, PutToolPack, ToolPack,
    ToolPackDeletion, ToolPackPut,
};
use crate::company::{Company, CompanyDeletion, DeleteCompany, ListCompanies};
use crate::context::Needs;
use crate::credential::{
    CompleteLink, ConnectorRevocation, Credential, CredentialAnswer, FailLink, LinkFailure, LinkSession, LinkStart,
    ListCredentials, ListLinkSessions, ReportCredential, RevokeConnector, RevokeCredential, StartLink,
};
use crate::decide::{Declared, Refusal, Request, Transaction};
use crate::declare::read::{Object, Reader};
use crate::event::Event;
use crate::journal::ReadJournal;
use crate::organization::{CreateOrganization, GetOrganization, Organization, OrganizationAnswer};
use crate::page::Items;
use crate::permissions::Asked;
use crate::prefetch::Prefetch;
use crate::registered_user::{
    CreateRegisteredUser, CreateTestUser, DeleteRegisteredUser, FindRegisteredUser, GetRegisteredUser,
    ListRegisteredUsers, RegisteredUser, RegisteredUserCreation, RegisteredUserDeletion, RegisteredUserUpdate,
    RetentionHold, SetRetentionHold, UpdateRegisteredUser,
};
use crate::shape::{Definition, Named, Shape, Shown, Type};
use crate::shapes::Answered;
use crate::sweep::{AdvanceTime, Sweep};
use crate::tool_call::{FinishToolCall, StartToolCall, ToolCallFinish, ToolCallStart};
use crate::wire::RequestSet;
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

            fn walks(name: &str) -> bool {
                match name {
                    $($name::NAME => $name::WALKS,)*
                    _ => false,
                }
            }

            fn needs_as(name: &str, object: &Object<'_, '_>) -> Needs {
                match name {
                    $($name::NAME => $name::needs_of(object),)*
                    _ => Needs::NOTHING,
                }
            }

            fn read_as(name: &str, object: &Object<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
                match name {
                    $($name::NAME => $name::read(object, reader).map($list::$name),)*
                    _ => None,
                }
            }
        }

        impl $list {
            /// What they answer, in this order.
            pub(crate) const ANSWERS: &'static [Answered] = &[$(Answered::by::<$response>(),)*];
        }

        impl Declared for $list {
            const NAME: &'static str = $tag;
            const FIELDS: &'static [&'static str] = &[$tag];

            fn read(object: &Object<'_, '_>, reader: &mut Reader<'_>) -> Option<Self> {
                Self::read_as(object.present($tag)?.as_str()?, object, reader)
            }

            fn check(&self, reader: &mut Reader<'_>) {
                match self { $($list::$name(request) => request.check(reader),)* }
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
            const RIGHT: Right = Right::HostOnly;

            fn right(&self) -> Right {
                match self { $($list::$name(request) => request.right(),)* }
            }

            fn needs(&self) -> Needs {
                match self { $($list::$name(request) => request.needs(),)* }
            }

            fn check_together(&self, reader: &mut Reader<'_>) {
                match self { $($list::$name(request) => request.check_together(reader),)* }
            }

            fn prefetch(&self, prefetch: &Prefetch<'_>) {
                match self { $($list::$name(request) => request.prefetch(prefetch),)* }
            }

            fn decide(&self, tx: &mut Transaction<'_>) -> Result<$answer, Refusal> {
                match self { $($list::$name(request) => request.decide(tx).map($answer::$name),)* }
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
    CreateUser => Account;
    SetUserStatus => AccountAnswer;
    UpdateUser => AccountAnswer;
    DeleteUser => AccountDeletion;
}

requests! {
    /// Any query, as the wire reads it.
    Query,
    /// What any query answers.
    QueryAnswer, QueryRequest, "query",
    GetRegisteredUser => RegisteredUser;
    FindRegisteredUser => RegisteredUser;
    ListRegisteredUsers => Items<RegisteredUser>;
    ListCompanies => Items<Company>;
    GroupsOf => Items<Group>;
    ListCredentials => Items<Credential>;
    ListLinkSessions => Items<LinkSession>;
    ListConnectors => Items<Connector>;
    ListToolPacks => Items<ToolPack>;
    ListGroups => Items<Group>;
    ListTools => Items<PackTools>;
    ReadJournal => Items<Event>;
    GetOrganization => Organization;
    GetUser => Account;
    ListUsers => Items<Account>;
    ListRegistrationTokens => Items<RegistrationToken>;
}
