//! What the host has to do because of a command.

use super::EventId;
use crate::credential::row::Owner;
use crate::id::{AccountId, ConnectorSlug, ExternalAccountId, RegisteredUserId};
use crate::json::{Malformed, Value, from_value, member, parse_document, read_foreign, to_canonical};
use crate::time::Timestamp;
use alloc::string::String;
use serde::{Deserialize, Deserializer, Serialize};

/// Something that the host has to do, because of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// The id of the event that asks for it: no event asks for two things (E-6).
    pub id: EventId,
    /// The `now` of the command.
    pub at: Timestamp,
    /// What to do.
    #[serde(flatten)]
    pub body: EffectBody,
}

/// What the host has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
#[non_exhaustive]
pub enum EffectBody {
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
    /// Call [`Event::redact`](super::Event::redact) on every event of the user's stream: the profile, `external_account_id` and every
    /// `reason` leave it (RU-12, E-4).
    RedactUser {
        /// The registered user.
        registered_user_id: RegisteredUserId,
    },
    /// Call [`Event::redact`](super::Event::redact) on every event of the account's stream: name, address, the host's own ids and data leave
    /// it (AC-11, E-4).
    RedactAccount {
        /// The account.
        user_id: AccountId,
    },
    /// Erase every event of the user but its purge record; where others name it, as their actor or in
    /// `linked_by`, that becomes null (RU-13, E-4; see [`Event::forget`](super::Event::forget)).
    PurgeUser {
        /// The registered user.
        registered_user_id: RegisteredUserId,
    },
}

fn read_effect(value: &Value<'_>) -> Result<Effect, Malformed> {
    Ok(Effect { id: member(value, "id")?, at: member(value, "at")?, body: from_value(value)? })
}

impl Effect {
    /// Reads the JSON of one effect, whatever features of other crates the build has.
    ///
    /// # Errors
    /// What is not JSON or no effect, with the place.
    pub fn from_json(text: &str) -> Result<Self, Malformed> {
        read_effect(&parse_document(text)?)
    }

    /// The effect as canonical JSON, which [`from_json`](Self::from_json) reads.
    #[must_use]
    pub fn to_json(&self) -> String {
        to_canonical(self)
    }
}

impl<'de> Deserialize<'de> for Effect {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_foreign(deserializer, read_effect)
    }
}
