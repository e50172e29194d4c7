//! Keys on the wire: `[kind, …parts]` (contract section 14).

use super::record::KINDS;
use super::{Key, RowRange};
use crate::account::registration_token::SecretDigest;
use crate::context::Environment;
use crate::error::quoted;
use crate::id::MintedId;
use crate::json::{Malformed, Path, Value};
use crate::time::Timestamp;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use serde::ser::{Serialize, SerializeSeq, Serializer};

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(None)?;
        seq.serialize_element(self.kind())?;
        macro_rules! write {
            ($($part:expr),*) => {{ $(seq.serialize_element($part)?;)* }};
        }
        match self {
            Key::Organization(id) => write!(id),
            Key::Connector((id, slug)) => write!(id, slug),
            Key::ToolPack((id, pack)) => write!(id, pack),
            Key::Group((id, group)) => write!(id, group),
            Key::OrganizationCredential((id, environment, slug)) => write!(id, environment, slug),
            Key::Company((id, environment, company)) => write!(id, environment, company),
            Key::RegisteredUser(id) => write!(id),
            Key::Account(id) => write!(id),
            Key::RegistrationToken(id) => write!(id),
            Key::OriginUserIndex((id, environment, origin)) => write!(id, environment, origin),
            Key::CompanyIdIndex(id) => write!(id),
            Key::LinkSessionIndex(id) => write!(id),
            Key::EmailIndex(email) => write!(email),
            Key::ExternalIdIndex((id, external)) => write!(id, external),
            Key::SecretIndex((id, digest)) => write!(id, digest),
            Key::ActiveAdmins(()) => {}
            Key::Range(RowRange { kind, organization_id, environment, after, limit }) => {
                write!(kind, organization_id, environment, after, limit);
            }
            Key::Due(at) => write!(at),
        }
        seq.end()
    }
}

/// The kind alone: the other parts may be an address, or the customer's own ids.
impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Key({})", self.kind())
    }
}

impl Key {
    /// Whether there can be such a row: neither a text that no minted id prints as needs a look-up, nor a company
    /// that no text can name.
    pub(crate) fn can_exist(&self) -> bool {
        match self {
            Key::RegisteredUser(id) => id.can_exist(),
            Key::Account(id) => id.can_exist(),
            Key::RegistrationToken(id) => id.can_exist(),
            Key::LinkSessionIndex(id) => id.can_exist(),
            Key::Company((.., company)) => !company.is_beyond_text(),
            _ => true,
        }
    }

    /// Whether it is the key of one row, and not of a list.
    pub(crate) fn is_row(&self) -> bool {
        !matches!(self, Key::Range(_) | Key::Due(_))
    }

    /// Reads `[kind, …parts]`.
    pub(crate) fn read(value: &Value<'_>, path: &Path<'_>) -> Result<Self, Malformed> {
        let wrong = |message: alloc::string::String| Malformed::new(path.pointer(), message);
        let Value::Array(parts) = value else {
            return Err(wrong(format!("expected a key `[kind, …parts]`, found {}", value.type_name())));
        };
        if parts.first().and_then(Value::as_str) == Some("range") {
            return read_range(parts).ok_or_else(|| wrong(String::from("the parts of this `range` key are malformed")));
        }
        let texts: Vec<Option<&str>> = parts.iter().map(Value::as_str).collect();
        let read = match texts.as_slice() {
            [Some("external_id"), None, Some(external)] if matches!(parts.get(1), Some(Value::Null)) => {
                external.parse().ok().map(|external| Key::ExternalIdIndex((None, external)))
            }
            texts => texts.iter().copied().collect::<Option<Vec<&str>>>().and_then(|texts| from_texts(&texts)),
        };
        read.ok_or_else(|| {
            let kind = texts.first().copied().flatten().unwrap_or_default();
            if KINDS.contains(&kind) || kind == "due" {
                wrong(format!("the parts of this `{kind}` key are malformed"))
            } else {
                wrong(format!("unknown kind of row `{}`", quoted(kind)))
            }
        })
    }
}

/// `["range", kind, organization_id, environment, after, limit]`; all but kind and limit may be null.
fn read_range(parts: &[Value<'_>]) -> Option<Key> {
    let [_, kind, organization_id, environment, after, Value::Int(limit)] = parts else { return None };
    let text = |value: &'_ Value<'_>| match value {
        Value::Null => Some(None),
        value => value.as_str().map(|text| Some(String::from(text))),
    };
    let organization_id = match text(organization_id)? {
        Some(id) => Some(id.parse().ok()?),
        None => None,
    };
    let environment = match text(environment)? {
        Some(name) => Some(read_environment(&name)?),
        None => None,
    };
    let kind = KINDS.iter().copied().find(|known| kind.as_str() == Some(*known))?;
    let limit = u64::try_from(*limit).ok().filter(|limit| *limit > 0)?;
    Some(Key::Range(RowRange { kind, organization_id, environment, after: text(after)?, limit }))
}

fn read_environment(text: &str) -> Option<Environment> {
    Environment::ALL.iter().copied().find(|known| known.as_str() == text)
}

fn from_texts(texts: &[&str]) -> Option<Key> {
    Some(match texts {
        ["organization", id] => Key::Organization(id.parse().ok()?),
        ["connector", id, slug] => Key::Connector((id.parse().ok()?, slug.parse().ok()?)),
        ["tool_pack", id, pack] => Key::ToolPack((id.parse().ok()?, pack.parse().ok()?)),
        ["group", id, group] => Key::Group((id.parse().ok()?, group.parse().ok()?)),
        ["organization_credential", id, place, slug] => {
            Key::OrganizationCredential((id.parse().ok()?, read_environment(place)?, slug.parse().ok()?))
        }
        ["company", id, place, company] => {
            Key::Company((id.parse().ok()?, read_environment(place)?, company.parse().ok()?))
        }
        ["registered_user", id] => Key::RegisteredUser(MintedId::parse(id)?),
        ["account", id] => Key::Account(MintedId::parse(id)?),
        ["registration_token", id] => Key::RegistrationToken(MintedId::parse(id)?),
        ["origin_user_id", id, place, origin] => {
            Key::OriginUserIndex((id.parse().ok()?, read_environment(place)?, origin.parse().ok()?))
        }
        ["company_id", id] => Key::CompanyIdIndex(MintedId::parse(id)?),
        ["link_session", id] => Key::LinkSessionIndex(MintedId::parse(id)?),
        ["email", email] => Key::EmailIndex(Arc::from(*email)),
        ["external_id", id, external] => Key::ExternalIdIndex((Some(id.parse().ok()?), external.parse().ok()?)),
        ["secret", id, digest] => Key::SecretIndex((id.parse().ok()?, SecretDigest::parse(digest)?)),
        ["active_admins"] => Key::ActiveAdmins(()),
        ["due", at] => Key::Due(Timestamp::parse(at)?),
        _ => return None,
    })
}

/// The kinds of keys on which no tool call depends, and of which nothing is ever due: accounts, tokens, and what is
/// found by. A pattern, so that a new kind does not compile until it is listed here or where access and time are looked at.
macro_rules! keys_beside_access {
    () => {
        $crate::state::Key::OriginUserIndex(_)
            | $crate::state::Key::CompanyIdIndex(_)
            | $crate::state::Key::LinkSessionIndex(_)
            | $crate::state::Key::Account(_)
            | $crate::state::Key::RegistrationToken(_)
            | $crate::state::Key::EmailIndex(_)
            | $crate::state::Key::ExternalIdIndex(_)
            | $crate::state::Key::SecretIndex(_)
            | $crate::state::Key::ActiveAdmins(_)
            | $crate::state::Key::Range(_)
            | $crate::state::Key::Due(_)
    };
}
pub(crate) use keys_beside_access;
