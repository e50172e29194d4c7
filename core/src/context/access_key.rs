//! Access keys: what they may do, and what they are held to (C-3).

use super::Environment;
use crate::id::{KeyId, OrganizationId, RegisteredUserId, ToolPackId};
use crate::json::{Path, Value};
use crate::time::Timestamp;
use crate::wire::read::{Form, FromWire, Minted, Object, words};
use alloc::vec::Vec;

words! {
    /// What an access key may do.
    KeyScope {
        /// Manage registered users, the catalogue, links.
        Management "management",
        /// Decide and record tool calls.
        Runtime "runtime",
    }
}

/// An access key as the host has authenticated it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessKey {
    /// The organization that the key belongs to.
    pub organization_id: OrganizationId,
    /// The environment that the key belongs to.
    pub environment: Environment,
    /// What the key may do.
    pub scopes: Vec<KeyScope>,
    /// The only users that the key may see; none means all.
    pub registered_user_ids: Option<Vec<RegisteredUserId>>,
    /// The only tool packs that the key may see; none means all.
    pub tool_pack_ids: Option<Vec<ToolPackId>>,
    /// The first instant at which the key is no longer valid.
    pub expires_at: Option<Timestamp>,
    /// The host's name for the key, kept in events (E-3).
    pub key_id: Option<KeyId>,
}

impl AccessKey {
    /// Whether the key is held to some users or some packs (C-3).
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        self.registered_user_ids.is_some() || self.tool_pack_ids.is_some()
    }

    pub(crate) fn sees_user(&self, id: RegisteredUserId) -> bool {
        self.registered_user_ids.as_ref().is_none_or(|ids| ids.contains(&id))
    }

    pub(crate) fn sees_pack(&self, id: &str) -> bool {
        self.tool_pack_ids.as_ref().is_none_or(|ids| ids.iter().any(|known| known.as_str() == id))
    }
}

impl FromWire for AccessKey {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        let fields = &[
            "type",
            "organization_id",
            "environment",
            "scopes",
            "registered_user_ids",
            "tool_pack_ids",
            "expires_at",
            "key_id",
        ];
        let object = Object::open(value, path, fields, form)?;
        let organization_id = object.required("organization_id", form);
        let environment = object.required("environment", form);
        let scopes = object.required("scopes", form);
        let registered_user_ids = object.optional::<Vec<Minted<RegisteredUserId>>>("registered_user_ids", form);
        let tool_pack_ids = object.optional("tool_pack_ids", form);
        let expires_at = object.optional("expires_at", form);
        let key_id = object.optional("key_id", form);
        Some(AccessKey {
            organization_id: organization_id?,
            environment: environment?,
            scopes: scopes?,
            registered_user_ids: registered_user_ids?.map(|ids| ids.into_iter().map(|id| id.0).collect()),
            tool_pack_ids: tool_pack_ids?,
            expires_at: expires_at?,
            key_id: key_id?,
        })
    }
}
