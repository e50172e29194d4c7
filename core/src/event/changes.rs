//! What an event says of a change: the fields that a command changed, with their new values.

use crate::account::metadata::Metadata;
use crate::account::row::Role;
use crate::id::{Email, ExternalId, Label, Name, OriginCompanyId, OriginUserEmail, OriginUserId, ResourceId};
use crate::registered_user::groupings::CustomGroupings;
use crate::registered_user::row::UserType;
use serde::{Deserialize, Deserializer, Serialize};

/// The fields of a profile that a command changed, with their new values; null is "none".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileChanges {
    /// Set once, on a test user that had none (RU-4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin_user_id: Option<OriginUserId>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub origin_user_name: Option<Option<Label>>,
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub origin_user_email: Option<Option<OriginUserEmail>>,
    /// The company.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub origin_company_id: Option<Option<OriginCompanyId>>,
    /// The groupings, whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_groupings: Option<CustomGroupings>,
    /// The type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_type: Option<UserType>,
}

impl ProfileChanges {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == ProfileChanges::default()
    }
}

/// The fields of an account that a command changed, with their new values; null is "none".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountChanges {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// The host's own id of it.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub external_id: Option<Option<ExternalId>>,
    /// The host's own id for the account.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub resource_id: Option<Option<ResourceId>>,
    /// The host's own data, whole.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub metadata: Option<Option<Metadata>>,
    /// The role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

impl AccountChanges {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == AccountChanges::default()
    }
}

/// A field that is there, even as null.
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
