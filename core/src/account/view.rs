//! An account as answers show it (AC-8).

use super::metadata::Metadata;
use super::{Account, AccountStatus, Role};
use crate::id::{AccountId, Email, ExternalId, Name, OrganizationId, ResourceId};
use crate::time::Timestamp;
use serde::Serialize;

/// An account as answers show it; what is not set is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountView {
    /// Its id, which requests call `user_id`.
    pub id: AccountId,
    /// What it is called.
    pub name: Name,
    /// Its address, as it was given.
    pub email: Email,
    /// Where it stands.
    pub status: AccountStatus,
    /// When it was created.
    pub created_at: Timestamp,
    /// The organization that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// The host's own id of what it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_id: Option<ResourceId>,
    /// The host's own id of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// The host's own data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
    /// What it may do.
    pub role: Role,
    /// 1 at creation, +1 for each change of status (M-3).
    pub version: u64,
}

impl Account {
    pub(crate) fn view(&self) -> AccountView {
        AccountView {
            id: self.user_id,
            name: self.name.clone(),
            email: self.email.clone(),
            status: self.status,
            created_at: self.created_at,
            organization_id: self.organization_id.clone(),
            resource_id: self.resource_id.clone(),
            external_id: self.external_id.clone(),
            metadata: self.metadata.clone(),
            role: self.role,
            version: self.version,
        }
    }
}
