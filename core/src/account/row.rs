//! What is kept of an account.

use super::metadata::Metadata;
use crate::declare::string_enum::string_enum;
use crate::id::{AccountId, Email, ExternalId, Name, OrganizationId, ResourceId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

string_enum! {
    /// What an account may do.
    Role {
        /// Anything, in any organization.
        Admin "admin",
        /// Anything in its own organization.
        OrganizationAdmin "organization_admin",
        /// Nothing but self-registration.
        Member "member",
    }

    /// The status of an account. Only an active account may act (AC-9).
    AccountStatus {
        /// It may act.
        Active "active",
        /// It may not act.
        Inactive "inactive",
        /// It may not act, for a reason of the platform's.
        Suspended "suspended",
    }
}

/// An account's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AccountRow {
    pub(crate) user_id: AccountId,
    pub(crate) organization_id: Option<OrganizationId>,
    pub(crate) name: Name,
    pub(crate) email: Email,
    pub(crate) status: AccountStatus,
    pub(crate) role: Role,
    pub(crate) resource_id: Option<ResourceId>,
    pub(crate) external_id: Option<ExternalId>,
    pub(crate) metadata: Option<Metadata>,
    pub(crate) version: u64,
    pub(crate) created_at: Timestamp,
    pub(crate) sequence: u64,
}

impl AccountRow {
    pub(crate) fn is_active_admin(&self) -> bool {
        self.role == Role::Admin && self.status == AccountStatus::Active
    }
}
