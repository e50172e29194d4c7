//! Secrets go into a simulation and never come out of it (P-4).

use crate::json::Value;
use crate::wire::read::nearest;
use alloc::borrow::Cow;

/// What stands in the transcript instead of a secret.
pub(super) const MASK: &str = "***";

/// The fields of commands that carry secrets.
const SECRET_FIELDS: &[&str] = &["password", "secret", "org_token"];

/// Whether a member is called like a secret: as the fields are, or nearly so, since a mistyped field
/// has a secret in it all the same.
pub(super) fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.contains("password") || key.contains("secret") || nearest(&key, SECRET_FIELDS).is_some()
}

/// The same value with `***` for every secret in it.
pub(super) fn masked<'v>(value: &'v Value<'_>) -> Value<'v> {
    match value {
        Value::Null => Value::Null,
        Value::Bool(bool) => Value::Bool(*bool),
        Value::Int(int) => Value::Int(*int),
        Value::Float(float) => Value::Float(*float),
        Value::String(text) => Value::String(Cow::Borrowed(text)),
        Value::Array(items) => Value::Array(items.iter().map(masked).collect()),
        Value::Object(members) => {
            let member = |key: &'v str, value: &'v Value<'_>| match value {
                Value::Null => Value::Null,
                _ if is_secret(key) => Value::from(MASK),
                other => masked(other),
            };
            Value::Object(
                members.iter().map(|(key, value)| (Cow::Borrowed(key.as_ref()), member(key, value))).collect(),
            )
        }
    }
}
