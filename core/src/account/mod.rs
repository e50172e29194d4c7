//! Accounts: members of the platform itself (AC-1…9).

mod apply;
pub(crate) mod email;
pub(crate) mod password;
pub(crate) mod registration_token;

pub(crate) use apply::apply;

use crate::id::{AccountId, Email, ExternalId, Name, OrganizationId, ResourceId};
use crate::time::Timestamp;
use crate::wire::read::words;
use serde::{Deserialize, Serialize};

words! {
    /// What an account may do.
    Role {
        /// Anything, in any organization.
        Admin "admin",
        /// Anything in its own organization.
        OrganizationAdmin "organization_admin",
        /// Nothing but self-registration.
        Member "member",
    }

    /// Where an account stands. Only an active one may act (AC-9).
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) user_id: AccountId,
    pub(crate) organization_id: Option<OrganizationId>,
    pub(crate) name: Name,
    pub(crate) email: Email,
    pub(crate) status: AccountStatus,
    pub(crate) role: Role,
    pub(crate) resource_id: Option<ResourceId>,
    pub(crate) external_id: Option<ExternalId>,
    pub(crate) metadata: Option<serde_json::Value>,
    pub(crate) version: u64,
    pub(crate) created_at: Timestamp,
    pub(crate) sequence: u64,
}

impl Account {
    pub(crate) fn is_active_admin(&self) -> bool {
        self.role == Role::Admin && self.status == AccountStatus::Active
    }
}
