//! Access keys: what they may do, and what they are restricted to (C-3).

use super::{Environment, Restriction};
use crate::declare::AtMost;
use crate::declare::member::Members;
use crate::declare::object::input;
use crate::declare::read::{Object, Reader};
use crate::declare::string_enum::string_enum;
use crate::id::{KeyId, OrganizationId, RegisteredUserId, ToolPackId};
use crate::json::{Path, Value};
use crate::time::Timestamp;
use alloc::vec::Vec;

/// How often scopes may be named: there are two.
const MAX_SCOPES: usize = 10;
/// How many users, and how many packs, a key may be restricted to.
const MAX_IDS: usize = 10_000;

string_enum! {
    /// What an access key may do.
    KeyScope {
        /// Manage registered users, the catalogue, links.
        Management "management",
        /// Decide and record tool calls.
        Runtime "runtime",
    }
}

input! {
    /// An access key as the host has authenticated it. Absent or null restrictions mean all; an empty list permits
    /// nothing.
    AccessKey {
        /// The organization that the key belongs to.
        organization_id: OrganizationId,
        /// The environment that the key belongs to.
        environment: Environment,
        /// What the key may do.
        scopes: Vec<KeyScope> as AtMost<KeyScope, MAX_SCOPES>,
        /// The only users that the key may see; none means all.
        registered_user_ids: Option<Restriction<RegisteredUserId>> as AtMost<RegisteredUserId, MAX_IDS>,
        /// The only tool packs that the key may see; none means all.
        tool_pack_ids: Option<Restriction<ToolPackId>> as AtMost<ToolPackId, MAX_IDS>,
        /// The first instant at which the key is no longer valid.
        expires_at: Option<Timestamp>,
        /// The host's name for the key, kept in events (E-3).
        key_id: Option<KeyId>,
    }
}

impl AccessKey {
    /// Reads a key as an actor, whose `type` says that it is one.
    pub(crate) fn read_actor(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let object = Object::open_beside(value, path, "type", Self::NAMES, reader)?;
        <Self as Members<Self>>::read(&object, reader)
    }

    /// Whether the key is restricted to some users or some packs (C-3).
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        self.registered_user_ids.is_some() || self.tool_pack_ids.is_some()
    }

    pub(crate) fn sees_user(&self, id: RegisteredUserId) -> bool {
        self.registered_user_ids.as_ref().is_none_or(|ids| ids.contains(&id))
    }

    pub(crate) fn sees_pack(&self, id: &str) -> bool {
        self.tool_pack_ids.as_ref().is_none_or(|ids| ids.contains(id))
    }
}
