//! What is kept of a credential, and whose it is.

use crate::context::Environment;
use crate::declare::string_enum::string_enum;
use crate::id::{ConnectorSlug, ExternalAccountId, OrganizationId, OriginCompanyId, RegisteredUserId};
use crate::time::Timestamp;
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

    /// The status of a credential (CR-1).
    CredentialStatus {
        /// Usable.
        Active "active",
        /// Live, and not usable until somebody authenticates again.
        NeedsReauth "needs_reauth",
        /// Dead; linking again replaces it.
        Revoked "revoked",
    }

    /// Why a credential has its status (CR-1).
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

    /// Its status at an instant, swept or not (CR-1, T-2).
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
/// Slugs that were taken from the catalogue share its copy, which is seen without looking at the
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
