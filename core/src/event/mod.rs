//! Events: what happened, each in its stream, in order (contract section 9).

mod body;
mod changes;
mod effect;
mod field;
mod id;
mod name;
mod read;
mod redact;

pub(crate) use body::event_shapes;
pub use body::{EventBody, EventName};
pub(crate) use changes::given;
pub use changes::{AccountChanges, ProfileChanges};
pub use effect::{Effect, EffectBody};
pub use id::{EventId, NoEventId};
pub(crate) use read::{read_event, read_events};

use crate::context::{ActorRecord, Environment};
use crate::id::{AccountId, CompanyId, OrganizationId, RegisteredUserId, RegistrationTokenId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize, Serializer};

/// The stream that an event belongs to (M-4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

impl Stream {
    /// What the wire calls streams of this kind.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Stream::Account(_) => "account",
            Stream::Company(_) => "company",
            Stream::Organization(_) => "organization",
            Stream::RegisteredUser(_) => "registered_user",
            Stream::RegistrationToken(_) => "registration_token",
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
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
    pub body: EventBody,
}

impl Event {
    /// The permanent id of this event (E-6).
    #[must_use]
    pub fn id(&self) -> EventId {
        EventId { stream: self.stream.clone(), sequence: self.sequence }
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// The members on the wire.
        #[derive(Serialize)]
        struct Wire<'e> {
            id: EventId,
            stream: &'e Stream,
            sequence: u64,
            at: Timestamp,
            organization_id: Option<&'e OrganizationId>,
            environment: Option<Environment>,
            actor: &'e ActorRecord,
            #[serde(flatten)]
            body: &'e EventBody,
        }
        let Event { stream, sequence, at, organization_id, environment, actor, body } = self;
        let (organization_id, environment) = (organization_id.as_ref(), *environment);
        Wire { id: self.id(), stream, sequence: *sequence, at: *at, organization_id, environment, actor, body }
            .serialize(serializer)
    }
}
