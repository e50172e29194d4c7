//! The kinds of rows, each with its key: one list makes [`Key`], [`Row`] and what joins them.

use super::State;
use crate::account::registration_token::SecretDigest;
use crate::context::Environment;
use crate::id::{
    AccountId, CompanyId, ConnectorSlug, Email, ExternalId, GroupId, LinkSessionId, OrganizationId, OriginCompanyId,
    OriginUserId, RegisteredUserId, RegistrationTokenId, ToolPackId,
};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};

pub(crate) use crate::account::registration_token::RegistrationTokenRow;
pub(crate) use crate::account::row::AccountRow;
pub(crate) use crate::catalog::connector::ConnectorRow;
pub(crate) use crate::catalog::group::GroupRow;
pub(crate) use crate::catalog::tool_pack::ToolPackRow;
pub(crate) use crate::company::CompanyRow;
pub(crate) use crate::credential::row::OrganizationCredentialRow;
pub(crate) use crate::organization::OrganizationRow;
pub(crate) use crate::registered_user::row::RegisteredUserRow;

/// The registered user with an `origin_user_id` (RU-2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OriginUserIndex {
    pub(crate) organization_id: OrganizationId,
    pub(crate) environment: Environment,
    pub(crate) origin_user_id: OriginUserId,
    pub(crate) registered_user_id: RegisteredUserId,
}

/// The company with a `company_id`, so that no stream ever has two (contract section 2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CompanyIdIndex {
    pub(crate) company_id: CompanyId,
    pub(crate) organization_id: OrganizationId,
    pub(crate) environment: Environment,
    pub(crate) origin_company_id: OriginCompanyId,
}

/// The registered user that a link session belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LinkSessionIndex {
    pub(crate) link_session_id: LinkSessionId,
    pub(crate) registered_user_id: RegisteredUserId,
}

/// The account that has an email address, without regard to case (AC-5).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EmailIndex {
    pub(crate) email: Arc<str>,
    pub(crate) user_id: AccountId,
}

impl fmt::Debug for EmailIndex {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("EmailIndex").field("user_id", &self.user_id).finish_non_exhaustive()
    }
}

/// The account that has an `external_id` in its organization (AC-7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ExternalIdIndex {
    pub(crate) organization_id: Option<OrganizationId>,
    pub(crate) external_id: ExternalId,
    pub(crate) user_id: AccountId,
}

/// The registration token that a secret opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SecretIndex {
    pub(crate) organization_id: OrganizationId,
    pub(crate) secret_digest: SecretDigest,
    pub(crate) token_id: RegistrationTokenId,
}

/// How many active admins the platform has (AC-9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ActiveAdmins {
    pub(crate) count: u64,
}

/// A kind of row.
pub(crate) trait Record: Clone + Into<Row> {
    /// What the wire calls it.
    const KIND: &'static str;
    /// What it is found by.
    type Key: Clone + Ord + Into<Key>;
    /// What its index rows follow from: while these are the same, so are they.
    type IndexKeys: PartialEq;
    fn key(&self) -> Self::Key;
    fn index_keys(&self) -> Self::IndexKeys;
    /// The index rows that follow from these marks, and from nothing else that may change.
    fn index_rows(&self, index_keys: &Self::IndexKeys) -> Vec<Row>;
    fn indexes(&self) -> Vec<Row> {
        self.index_rows(&self.index_keys())
    }
    fn from_row(row: &Row) -> Option<&Self>;
    fn from_row_mut(row: &mut Row) -> Option<&mut Self>;
    fn into_record(row: Row) -> Option<Self>;
    /// The row in a state, whole or partial.
    fn find<'s>(state: &'s State, key: &Self::Key) -> Option<&'s Self>;
}

macro_rules! records {
    ($($(#[$doc:meta])* $name:ident($record:ident) $kind:literal ($key:ty), |$row:ident| $of:expr, |$state:ident, $k:ident| $find:expr
        $(, indexed by $index_keys:ty, |$marked:ident| $mark:expr, $indexes:path)?;)*) => {
        /// What a row is found by; on the wire `[kind, …parts]` (contract section 14).
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Key {
            $($(#[$doc])* $name($key),)*
            /// No row: rows that are next to each other in a list.
            Range(crate::state::RowRange),
            /// No row: all rows that time changes up to an instant. It comes last, and is looked for there.
            Due(crate::time::Timestamp),
        }

        /// A row of any kind.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(untagged)]
        pub(crate) enum Row { $($name($record),)* }

        /// All kinds of rows, as the wire calls them.
        pub(super) const KINDS: &[&str] = &[$($kind,)*];

        impl Key {
            /// What the wire calls rows with such a key.
            pub(crate) fn kind(&self) -> &'static str {
                match self {
                    $(Key::$name(_) => $kind,)*
                    Key::Range(_) => "range",
                    Key::Due(_) => "due",
                }
            }
        }

        impl Row {
            pub(crate) fn key(&self) -> Key {
                match self { $(Row::$name(row) => Key::$name(row.key()),)* }
            }

            /// The index rows that follow from this row, and from nothing else.
            pub(crate) fn indexes(&self) -> Vec<Row> {
                match self { $(Row::$name(row) => row.indexes(),)* }
            }
        }

        $(
            impl From<$record> for Row {
                fn from(row: $record) -> Self {
                    Row::$name(row)
                }
            }

            impl From<$key> for Key {
                fn from(key: $key) -> Self {
                    Key::$name(key)
                }
            }

            impl Record for $record {
                const KIND: &'static str = $kind;
                type Key = $key;
                type IndexKeys = records!(@index_keys $($index_keys)?);

                fn key(&self) -> $key {
                    let $row = self;
                    $of
                }

                fn index_keys(&self) -> Self::IndexKeys {
                    $(let $marked = self;
                    $mark)?
                }

                fn index_rows(&self, index_keys: &Self::IndexKeys) -> Vec<Row> {
                    records!(@indexes self, index_keys $(, $indexes)?)
                }

                fn from_row(row: &Row) -> Option<&Self> {
                    match row {
                        Row::$name(row) => Some(row),
                        _ => None,
                    }
                }

                fn from_row_mut(row: &mut Row) -> Option<&mut Self> {
                    match row {
                        Row::$name(row) => Some(row),
                        _ => None,
                    }
                }

                fn into_record(row: Row) -> Option<Self> {
                    match row {
                        Row::$name(row) => Some(row),
                        _ => None,
                    }
                }

                fn find<'s>($state: &'s State, $k: &$key) -> Option<&'s Self> {
                    $find
                }
            }
        )*
    };
    (@index_keys) => { () };
    (@index_keys $index_keys:ty) => { $index_keys };
    (@indexes $row:ident, $index_keys:ident) => {{
        let () = $index_keys;
        Vec::new()
    }};
    (@indexes $row:ident, $index_keys:ident, $indexes:path) => { $indexes($row, $index_keys) };
}

pub(crate) type ConnectorKey = (OrganizationId, ConnectorSlug);
pub(crate) type ToolPackKey = (OrganizationId, ToolPackId);
pub(crate) type GroupKey = (OrganizationId, GroupId);
pub(crate) type OrganizationCredentialKey = (OrganizationId, Environment, ConnectorSlug);
pub(crate) type CompanyKey = (OrganizationId, Environment, OriginCompanyId);
pub(crate) type OriginUserKey = (OrganizationId, Environment, OriginUserId);
pub(crate) type ExternalIdKey = (Option<OrganizationId>, ExternalId);
pub(crate) type SecretKey = (OrganizationId, SecretDigest);

records! {
    Organization(OrganizationRow) "organization" (OrganizationId), |row| row.organization_id.clone(),
        |state, key| state.tables(key)?.organization.as_ref();
    Connector(ConnectorRow) "connector" (ConnectorKey), |row| (row.organization_id.clone(), row.connector.clone()),
        |state, key| state.tables(&key.0)?.connectors.get(key.1.as_str());
    ToolPack(ToolPackRow) "tool_pack" (ToolPackKey), |row| (row.organization_id.clone(), row.tool_pack_id.clone()),
        |state, key| state.tables(&key.0)?.tool_packs.get(key.1.as_str());
    Group(GroupRow) "group" (GroupKey), |row| (row.organization_id.clone(), row.group_id.clone()),
        |state, key| state.tables(&key.0)?.groups.get(key.1.as_str());
    OrganizationCredential(OrganizationCredentialRow) "organization_credential" (OrganizationCredentialKey),
        |row| (row.organization_id.clone(), row.environment, row.credential.connector.clone()),
        |state, key| state.tables(&key.0)?.environment(key.1).credentials.get(&key.2);
    Company(CompanyRow) "company" (CompanyKey), |row| (row.organization_id.clone(), row.environment, row.origin_company_id.clone()),
        |state, key| state.tables(&key.0)?.environment(key.1).companies.get(&key.2),
        indexed by CompanyId, |row| row.company_id, company_indexes;
    RegisteredUser(RegisteredUserRow) "registered_user" (RegisteredUserId), |row| row.registered_user_id, |state, key| state.users.get(key),
        indexed by UserIndexKeys, |row| user_index_keys(row), user_indexes;
    Account(AccountRow) "account" (AccountId), |row| row.user_id, |state, key| state.accounts.get(key),
        indexed by AccountIndexKeys, |row| (row.email.clone(), row.external_id.clone()), account_indexes;
    RegistrationToken(RegistrationTokenRow) "registration_token" (RegistrationTokenId), |row| row.token_id, |state, key| state.tokens.get(key),
        indexed by SecretDigest, |row| row.secret_digest, token_indexes;
    OriginUserIndex(OriginUserIndex) "origin_user_id" (OriginUserKey),
        |row| (row.organization_id.clone(), row.environment, row.origin_user_id.clone()),
        |state, key| state.tables(&key.0)?.environment(key.1).origin_user_ids.get(&key.2);
    CompanyIdIndex(CompanyIdIndex) "company_id" (CompanyId), |row| row.company_id, |state, key| state.company_ids.get(key);
    LinkSessionIndex(LinkSessionIndex) "link_session" (LinkSessionId), |row| row.link_session_id, |state, key| state.link_sessions.get(key);
    EmailIndex(EmailIndex) "email" (Arc<str>), |row| row.email.clone(), |state, key| state.emails.get(key);
    ExternalIdIndex(ExternalIdIndex) "external_id" (ExternalIdKey), |row| (row.organization_id.clone(), row.external_id.clone()),
        |state, key| state.external_ids.get(key);
    SecretIndex(SecretIndex) "secret" (SecretKey), |row| (row.organization_id.clone(), row.secret_digest),
        |state, key| state.secrets.get(&key.1)?.get(&key.0);
    ActiveAdmins(ActiveAdmins) "active_admins" (()), |_row| (), |state, _key| state.active_admins.as_ref();
}

impl Row {
    /// The next instant at which time changes the row (T-3).
    pub(crate) fn next_due_at(&self) -> Option<crate::time::Timestamp> {
        match self {
            Row::RegisteredUser(user) => user.next_due_at(),
            Row::Company(company) => company.credentials.iter().filter_map(|credential| credential.due()).min(),
            Row::OrganizationCredential(row) => row.credential.due(),
            Row::Organization(_) | Row::Connector(_) | Row::ToolPack(_) | Row::Group(_) => None,
            Row::Account(_) | Row::RegistrationToken(_) | Row::ActiveAdmins(_) => None,
            Row::OriginUserIndex(_) | Row::CompanyIdIndex(_) | Row::LinkSessionIndex(_) => None,
            Row::EmailIndex(_) | Row::ExternalIdIndex(_) | Row::SecretIndex(_) => None,
        }
    }
}

/// What a registered user is found by: its `origin_user_id` and its link sessions.
type UserIndexKeys = (Option<OriginUserId>, Vec<LinkSessionId>);
/// What an account is found by.
type AccountIndexKeys = (Email, Option<ExternalId>);

fn user_index_keys(user: &RegisteredUserRow) -> UserIndexKeys {
    let Some(present) = user.live() else { return (None, Vec::new()) };
    let sessions = present.link_sessions.iter().map(|session| session.link_session_id);
    (present.origin_user_id.clone(), sessions.collect())
}

fn user_indexes(user: &RegisteredUserRow, (origin_user_id, link_sessions): &UserIndexKeys) -> Vec<Row> {
    let registered_user_id = user.registered_user_id;
    let holder = origin_user_id.iter().map(|origin_user_id| {
        Row::from(OriginUserIndex {
            organization_id: user.organization_id.clone(),
            environment: user.environment,
            origin_user_id: origin_user_id.clone(),
            registered_user_id,
        })
    });
    let sessions = link_sessions
        .iter()
        .map(|link_session_id| Row::from(LinkSessionIndex { link_session_id: *link_session_id, registered_user_id }));
    holder.chain(sessions).collect()
}

fn account_indexes(account: &AccountRow, (email, external_id): &AccountIndexKeys) -> Vec<Row> {
    let email = EmailIndex { email: email.folded(), user_id: account.user_id };
    let external_id = external_id.iter().map(|external_id| {
        Row::from(ExternalIdIndex {
            organization_id: account.organization_id.clone(),
            external_id: external_id.clone(),
            user_id: account.user_id,
        })
    });
    core::iter::once(email.into()).chain(external_id).collect()
}

fn company_indexes(company: &CompanyRow, company_id: &CompanyId) -> Vec<Row> {
    alloc::vec![Row::from(CompanyIdIndex {
        company_id: *company_id,
        organization_id: company.organization_id.clone(),
        environment: company.environment,
        origin_company_id: company.origin_company_id.clone(),
    })]
}

fn token_indexes(token: &RegistrationTokenRow, secret_digest: &SecretDigest) -> Vec<Row> {
    alloc::vec![Row::from(SecretIndex {
        organization_id: token.organization_id.clone(),
        secret_digest: *secret_digest,
        token_id: token.token_id,
    })]
}

/// The key of a company.
pub(crate) fn company_key(
    organization_id: &OrganizationId,
    environment: Environment,
    origin_company_id: &OriginCompanyId,
) -> CompanyKey {
    (organization_id.clone(), environment, origin_company_id.clone())
}
