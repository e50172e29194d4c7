//! A credential as answers show it.

use super::row::{CredentialCause, CredentialRow, CredentialStatus, Owner};
use crate::declare::view::view;
use crate::id::{ConnectorSlug, ExternalAccountId, RegisteredUserId};
use crate::time::Timestamp;

view! {
    /// A credential as answers show it.
    Credential {
        /// Whose it is.
        owner: Owner,
        /// The connector.
        connector: ConnectorSlug,
        /// Its current status.
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
