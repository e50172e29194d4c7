//! Events: what happened, each in its stream, in order (contract section 9).

mod apply;
mod body;
mod changes;
mod field;
mod fold;
mod name;
mod read;
mod redact;

pub(crate) use apply::apply;
pub(crate) use body::event_shapes;
pub use body::{EventBody, EventName};
pub(crate) use changes::given;
pub use changes::{AccountChanges, ProfileChanges};
pub(crate) use fold::fold;
pub(crate) use read::{read_event, read_events};

use crate::context::{ActorRecord, Environment};
use crate::credential::Owner;
use crate::id::{
    AccountId, CompanyId, ConnectorSlug, ExternalAccountId, OrganizationId, RegisteredUserId, RegistrationTokenId,
};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The stream that an event belongs to (M-4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Stream {
    /// An account's own.
    Account(AccountId),
    /// A company's own: one for each incarnation.
    Company(CompanyId),
    /// An organization's own, with its catalogue and its credentials.
    Organization(OrganizationId),
    /// A registered user's own.
    RegisteredUser(RegisteredUserId),
    /// A registration token's own.
    RegistrationToken(RegistrationTokenId),
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// The stream that it belongs to.
    pub stream: Stream,
    /// Its place in the stream, from 1, without gaps (M-4).
    pub sequence: u64,
    /// The `now` of the command (T-4).
    pub at: Timestamp,
    /// The organization that it concerns.
    pub organization_id: Option<OrganizationId>,
    /// The environment that it concerns; none for what belongs to no environment.
    pub environment: Option<Environment>,
    /// Who acted (E-3).
    pub actor: ActorRecord,
    /// What happened.
    #[serde(flatten)]
    pub body: EventBody,
}

/// What the host has to do because of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// Revoke the grant at the third party (CR-7).
    RevokeUpstream {
        /// Whose credential it was.
        owner: Owner,
        /// The connector.
        connector: ConnectorSlug,
        /// Which of the owner's grants for this connector: the one that is to end, which may not be the present one.
        generation: u64,
        /// The account at the third party that was granted, where it is known.
        external_account_id: Option<ExternalAccountId>,
    },
    /// Call [`Event::redact`] on every event of the user's stream: the profile, `external_account_id` and every
    /// `reason` leave it (RU-12, E-4).
    RedactUser {
        /// The registered user.
        registered_user_id: RegisteredUserId,
    },
    /// Call [`Event::redact`] on every event of the account's stream: name, address, the host's own ids and data leave
    /// it (AC-11, E-4).
    RedactAccount {
        /// The account.
        user_id: AccountId,
    },
    /// Erase every event of the user but its purge record; where others name it, as their actor or in
    /// `linked_by`, that becomes null (RU-13, E-4; see [`Event::forget`]).
    PurgeUser {
        /// The registered user.
        registered_user_id: RegisteredUserId,
    },
}
