//! Credentials: what lets a tool call act at a third party, and whose it is (CR-1…7).

mod apply;
mod finish_link;
mod lifecycle;
pub(crate) mod link_session;
mod linked;
mod list;
mod list_link_sessions;
mod owner;
mod owner_read;
mod owners;
mod report;
mod revoke;
mod revoke_connector;
mod start_link;

pub(crate) use apply::apply;
pub use finish_link::{CompleteLink, CredentialAnswer, FailLink, LinkFailure};
pub(crate) use lifecycle::{CREDENTIAL, LINK_SESSION};
pub use linked::LinkedForOthers;
pub(crate) use linked::{Linked, forget, linked_for_others};
pub use list::ListCredentials;
pub use list_link_sessions::{LinkSession, ListLinkSessions};
pub(crate) use owner::OwnerRef;
pub use report::{Report, ReportCredential};
pub use revoke::RevokeCredential;
pub(crate) use revoke::{revoke_own, revoke_shared};
pub use revoke_connector::{ConnectorRevocation, RevokeConnector};
pub use start_link::{LinkStart, StartLink};

use crate::context::Environment;
use crate::id::{ConnectorSlug, ExternalAccountId, OrganizationId, OriginCompanyId, RegisteredUserId};
use crate::time::Timestamp;
use crate::wire::string_enum::string_enum;
use crate::wire::view::view;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

string_enum! {
    /// Whose credential a tool pack asks for (TP-2).
    AuthScope {
        /// The user's own.
        Individual "INDIVIDUAL",
        /// The user's company's.
        Shared "SHARED",
        /// The organization's.
        Organization "ORGANIZATION",
        /// Nobody's: the connector needs no credential.
        None "NONE",
    }

    /// Where a credential stands (CR-1).
    CredentialStatus {
        /// Usable.
        Active "active",
        /// Live, and not usable until somebody authenticates again.
        NeedsReauth "needs_reauth",
        /// Dead; linking again replaces it.
        Revoked "revoked",
    }

    /// Why a credential stands where it stands (CR-1).
    CredentialCause {
        /// A registered user acted.
        User "user",
        /// Anyone else acted.
        Admin "admin",
        /// The user was deactivated.
        Deactivation "deactivation",
        /// The user was deleted.
        Deletion "deletion",
        /// The company was deleted.
        CompanyDeleted "company_deleted",
        /// Its time was over.
        Expired "expired",
        /// The third party refused it.
        Upstream "upstream",
        /// It could not be refreshed.
        RefreshFailed "refresh_failed",
    }
}

/// Whose a credential is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "scope")]
pub enum Owner {
    /// A registered user's own.
    #[serde(rename = "INDIVIDUAL")]
    Individual {
        /// The registered user.
        registered_user_id: RegisteredUserId,
    },
    /// A company's.
    #[serde(rename = "SHARED")]
    Shared {
        /// The company.
        origin_company_id: OriginCompanyId,
    },
    /// The organization's, in one environment.
    #[serde(rename = "ORGANIZATION")]
    Organization,
}

impl Owner {
    /// The scope at which this owner's credentials are looked for.
    #[must_use]
    pub const fn scope(&self) -> AuthScope {
        match self {
            Owner::Individual { .. } => AuthScope::Individual,
            Owner::Shared { .. } => AuthScope::Shared,
            Owner::Organization => AuthScope::Organization,
        }
    }
}

/// A credential's row, inside its owner's; owners keep theirs sorted by connector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CredentialRow {
    pub(crate) connector: ConnectorSlug,
    pub(crate) status: CredentialStatus,
    pub(crate) cause: Option<CredentialCause>,
    pub(crate) generation: u64,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) external_account_id: Option<ExternalAccountId>,
    /// Who has linked it (CR-4); none after that user's purge, and where format 1 has lost it.
    pub(crate) linked_by: Option<RegisteredUserId>,
    pub(crate) updated_at: Timestamp,
}

impl CredentialRow {
    /// Whether its time is over and nobody has written that down yet.
    pub(crate) fn has_lapsed(&self, now: Timestamp) -> bool {
        self.status == CredentialStatus::Active && self.expires_at.is_some_and(|at| now >= at)
    }

    /// Where it stands at an instant, swept or not (CR-1, T-2).
    pub(crate) fn status_at(&self, now: Timestamp) -> CredentialStatus {
        if self.has_lapsed(now) { CredentialStatus::NeedsReauth } else { self.status }
    }

    /// Active or needs_reauth.
    pub(crate) fn is_live(&self) -> bool {
        self.status != CredentialStatus::Revoked
    }

    /// The instant at which it lapses by itself.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.expires_at.filter(|_| self.status == CredentialStatus::Active)
    }

    /// What it looks like once its lapse is written down (CR-1).
    pub(crate) fn lapsed(&self) -> Self {
        CredentialRow {
            status: CredentialStatus::NeedsReauth,
            cause: Some(CredentialCause::Expired),
            updated_at: self.expires_at.unwrap_or(self.updated_at),
            ..self.clone()
        }
    }
}

/// The organization's credential for one connector, in one environment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OrganizationCredentialRow {
    pub(crate) organization_id: OrganizationId,
    pub(crate) environment: Environment,
    pub(crate) credential: CredentialRow,
}

/// An owner's credential for a connector.
///
/// Slugs that were taken from the catalogue share its copy, which is told without looking at the
/// text. Running along the list so costs less than a binary search, each of whose steps waits for
/// the one before.
pub(crate) fn held<'c>(credentials: &'c [CredentialRow], connector: &ConnectorSlug) -> Option<&'c CredentialRow> {
    if let Some(credential) = credentials.iter().find(|known| known.connector.is_same_copy(connector)) {
        return Some(credential);
    }
    let index = credentials.binary_search_by(|known| known.connector.cmp(connector)).ok()?;
    credentials.get(index)
}

/// Puts a credential in its place among its owner's (CR-1: one for each connector).
pub(crate) fn put(credentials: &mut Vec<CredentialRow>, credential: CredentialRow) {
    match credentials.binary_search_by(|known| known.connector.cmp(&credential.connector)) {
        Ok(index) => {
            if let Some(place) = credentials.get_mut(index) {
                *place = credential;
            }
        }
        Err(index) => credentials.insert(index, credential),
    }
}

view! {
    /// A credential as answers show it.
    Credential {
        /// Whose it is.
        owner: Owner,
        /// The connector.
        connector: ConnectorSlug,
        /// Where it stands now.
        status: CredentialStatus,
        /// Why; null after it was granted, replaced or refreshed.
        cause: Option<CredentialCause>,
        /// How often it was granted, from 1.
        generation: u64,
        /// The first instant at which it is over.
        expires_at: Option<Timestamp>,
        /// The account at the third party; null for a registered user who looks at what is not its own.
        external_account_id: Option<ExternalAccountId>,
        /// The registered user who linked it last; null after that user's purge, for a key that does not see that
        /// user, and for a registered user who looks at what is not its own.
        linked_by: Option<RegisteredUserId>,
        /// The `now` of the command that changed it last; of one that has expired, its `expires_at` (CR-1).
        updated_at: Timestamp,
    }
}

impl CredentialRow {
    pub(crate) fn view(&self, owner: Owner, now: Timestamp) -> Credential {
        let seen = if self.has_lapsed(now) { self.lapsed() } else { self.clone() };
        Credential {
            owner,
            connector: seen.connector,
            status: seen.status,
            cause: seen.cause,
            generation: seen.generation,
            expires_at: seen.expires_at,
            external_account_id: seen.external_account_id,
            linked_by: seen.linked_by,
            updated_at: seen.updated_at,
        }
    }
}
