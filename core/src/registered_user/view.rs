//! A registered user as answers show it.

use super::{CustomGroupings, LiveUser, RegisteredUserRow, UserStatus, UserType};
use crate::context::Environment;
use crate::credential::CredentialStatus;
use crate::declare::view::view;
use crate::id::{ConnectorSlug, Label, OriginCompanyId, OriginUserEmail, OriginUserId, RegisteredUserId};
use crate::state::{CompanyRow, NotLoaded, Rows, company_key};
use crate::time::Timestamp;
use alloc::vec::Vec;

view! {
    /// The company that a registered user belongs to.
    CompanyReference {
        /// The customer's own id.
        origin_company_id: OriginCompanyId,
        /// What it is called.
        origin_company_name: Option<Label>,
    }
}

view! {
    /// A registered user as answers show it; absent values are null.
    RegisteredUser {
        /// The id that the core minted.
        registered_user_id: RegisteredUserId,
        /// The customer's own id; null only for test users that never got one (RU-4).
        origin_user_id: Option<OriginUserId>,
        /// What the user is called.
        origin_user_name: Option<Label>,
        /// The user's address; need not be unique.
        origin_user_email: Option<OriginUserEmail>,
        /// The company whose SHARED credentials the user reaches.
        shared_credential_group: Option<CompanyReference>,
        /// The customer's own attributes.
        custom_groupings: CustomGroupings,
        /// A person or a system.
        user_type: UserType,
        /// The user's status.
        status: UserStatus,
        /// The same as a boolean, as patches write it.
        is_active: bool,
        /// Whether the user lives in the test environment (RU-5).
        is_test: bool,
        /// Whether a retention hold is on it (RU-16).
        held: bool,
        /// The connectors of its active INDIVIDUAL credentials, sorted.
        authenticated_connectors: Vec<ConnectorSlug>,
        /// 1 at creation, +1 for each command that changed profile or status (M-3).
        version: u64,
        /// When it was created.
        created_at: Timestamp,
        /// The `now` of the command that made this version.
        updated_at: Timestamp,
    }
}

impl LiveUser {
    /// The connectors of the active INDIVIDUAL credentials, sorted as these are.
    fn authenticated_connectors(&self, now: Timestamp) -> Vec<ConnectorSlug> {
        let active = self.credentials.iter().filter(|held| held.status_at(now) == CredentialStatus::Active);
        // Most are active: room for all at once costs less than growing.
        let mut connectors = Vec::with_capacity(self.credentials.len());
        connectors.extend(active.map(|held| held.connector.clone()));
        connectors
    }
}

impl RegisteredUserRow {
    /// The view at an instant; none for a tombstone.
    pub(crate) fn view<R: Rows>(&self, rows: &R, now: Timestamp) -> Result<Option<RegisteredUser>, NotLoaded> {
        let Some(live) = self.live() else { return Ok(None) };
        let shared_credential_group = match &live.origin_company_id {
            Some(origin_company_id) => {
                let key = company_key(&self.organization_id, self.environment, origin_company_id);
                Some(CompanyReference {
                    origin_company_id: origin_company_id.clone(),
                    origin_company_name: rows
                        .row::<CompanyRow>(&key)?
                        .and_then(|company| company.origin_company_name.clone()),
                })
            }
            None => None,
        };
        Ok(Some(RegisteredUser {
            registered_user_id: self.registered_user_id,
            origin_user_id: live.origin_user_id.clone(),
            origin_user_name: live.origin_user_name.clone(),
            origin_user_email: live.origin_user_email.clone(),
            shared_credential_group,
            custom_groupings: live.custom_groupings.clone(),
            user_type: live.user_type,
            status: live.status,
            is_active: live.status == UserStatus::Active,
            is_test: self.environment == Environment::Test,
            held: self.held,
            authenticated_connectors: live.authenticated_connectors(now),
            version: live.version,
            created_at: live.created_at,
            updated_at: live.updated_at,
        }))
    }
}
