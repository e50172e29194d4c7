//! An account as answers show it (AC-8).

use super::metadata::Metadata;
use super::{AccountRow, AccountStatus, Role};
use crate::declare::view::view;
use crate::id::{AccountId, Email, ExternalId, Name, OrganizationId, ResourceId};
use crate::time::Timestamp;

view! {
    /// An account as answers show it; what is not set is left out.
    Account {
        /// Its id, which requests call `user_id`.
        id: AccountId,
        /// What it is called.
        name: Name,
        /// Its address, as it was given.
        email: Email,
        /// Its status.
        status: AccountStatus,
        /// When it was created.
        created_at: Timestamp,
        /// The organization that it belongs to.
        organization_id?: OrganizationId,
        /// The host's own id for the account.
        resource_id?: ResourceId,
        /// The host's own id of it.
        external_id?: ExternalId,
        /// The host's own data.
        metadata?: Metadata,
        /// What it may do.
        role: Role,
        /// 1 at creation, +1 for each command that changed it (M-3).
        version: u64,
    }
}

impl AccountRow {
    pub(crate) fn view(&self) -> Account {
        Account {
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
