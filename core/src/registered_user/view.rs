//! A registered user as answers show it.

use super::{CustomGroupings, Present, RegisteredUser, UserStatus, UserType};
use crate::context::Environment;
use crate::credential::CredentialStatus;
use crate::id::{ConnectorSlug, Label, OriginCompanyId, OriginUserEmail, OriginUserId, RegisteredUserId};
use crate::state::{Company, NotLoaded, Rows, company_key};
use crate::time::Timestamp;
use crate::wire::view::view;
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
    RegisteredUserView as "RegisteredUser" {
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
        /// Where the user stands.
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

impl Present {
    /// The connectors of the active INDIVIDUAL credentials, sorted as these are.
    fn authenticated_connectors(&self, now: Timestamp) -> Vec<ConnectorSlug> {
        let active = self.credentials.iter().filter(|held| held.status_at(now) == CredentialStatus::Active);
        // Most are active: room for all at once costs less than growing.
        let mut connectors = Vec::with_capacity(self.credentials.len());
        connectors.extend(active.map(|held| held.connector.clone()));
        connectors
    }
}

impl RegisteredUser {
    /// The view at an instant; none for a tombstone.
    pub(crate) fn view<R: Rows>(&self, rows: &R, now: Timestamp) -> Result<Option<RegisteredUserView>, NotLoaded> {
        let Some(present) = self.present() else { return Ok(None) };
        let shared_credential_group = match &present.origin_company_id {
            Some(origin_company_id) => {
                let key = company_key(&self.organization_id, self.environment, origin_company_id);
                Some(CompanyReference {
                    origin_company_id: origin_company_id.clone(),
                    origin_company_name: rows
                        .row::<Company>(&key)?
                        .and_then(|company| company.origin_company_name.clone()),
                })
            }
            None => None,
        };
        Ok(Some(RegisteredUserView {
            registered_user_id: self.registered_user_id,
            origin_user_id: present.origin_user_id.clone(),
            origin_user_name: present.origin_user_name.clone(),
            origin_user_email: present.origin_user_email.clone(),
            shared_credential_group,
            custom_groupings: present.custom_groupings.clone(),
            user_type: present.user_type,
            status: present.status,
            is_active: present.status == UserStatus::Active,
            is_test: self.environment == Environment::Test,
            held: self.held,
            authenticated_connectors: present.authenticated_connectors(now),
            version: present.version,
            created_at: present.created_at,
            updated_at: present.updated_at,
        }))
    }
}
