//! An account's metadata: the host's own JSON object, kept as given (AC-7).

use crate::declare::read::{FromWire, Reader};
use crate::error::{Code, Rejection, Violations};
use crate::json::{MAX_SAFE_INTEGER, Path, Value, parse_document, to_canonical};
use crate::shape::{Shown, Type, json_object};
use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize};

/// Bytes of canonical JSON: 16 KiB.
const MAX_BYTES: usize = 16 << 10;
/// Levels of objects and arrays; the metadata itself is the first.
const MAX_DEPTH: usize = 8;
const TOO_LARGE: &str = "larger than 16 KiB of canonical JSON";

/// A JSON object of at most 16 KiB in canonical form, at most 8 objects and arrays deep, without
/// integers beyond ±(2^53−1). A float without fraction is that integer.
///
/// ```
/// use tenantry::json::Value;
/// use tenantry::{Code, Metadata};
/// let metadata = Metadata::from_json(r#"{"level": 3.0}"#)?;
/// assert_eq!(metadata.as_value().get("level"), Some(&Value::Int(3)));
/// let beyond = Metadata::from_json(r#"{"level": 9007199254740992}"#);
/// assert_eq!(beyond.unwrap_err().code, Code::InvalidMetadata);
/// # Ok::<(), tenantry::Rejection>(())
/// ```
#[derive(Clone, PartialEq, Serialize)]
pub struct Metadata(Value<'static>);

/// It holds no NaN.
impl Eq for Metadata {}

impl Metadata {
    /// The object, its keys sorted.
    #[must_use]
    pub const fn as_value(&self) -> &Value<'static> {
        &self.0
    }

    /// What a merge patch makes of it (AC-10). Only the size is new: no number and no level is there that was in
    /// neither of the two.
    pub(super) fn patched(before: Option<&Self>, patch: &Self) -> Result<Self, Rejection> {
        let merged = merge(before.map(Self::as_value), &patch.0);
        if to_canonical(&merged).len() > MAX_BYTES {
            return Err(Rejection::because(Code::InvalidMetadata, TOO_LARGE).at("/patch/metadata"));
        }
        Ok(Metadata(merged))
    }
}

/// RFC 7396, to the depth of the patch.
fn merge(target: Option<&Value<'static>>, patch: &Value<'static>) -> Value<'static> {
    let Value::Object(changes) = patch else { return patch.clone() };
    let mut merged: BTreeMap<Cow<'static, str>, Value<'static>> = match target {
        Some(Value::Object(members)) => members.iter().cloned().collect(),
        _ => BTreeMap::new(),
    };
    for (key, change) in changes {
        match change {
            Value::Null => merged.remove(key),
            change => merged.insert(key.clone(), merge(merged.get(key), change)),
        };
    }
    Value::Object(merged.into_iter().collect::<Vec<_>>())
}

/// Whatever the host keeps there may be personal: never in a log line by accident.
impl fmt::Debug for Metadata {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Metadata(…)")
    }
}

impl FromWire for Metadata {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Value::Object(_) = value else { return reader.mistyped("an object", value, path) };
        if let Some(pointer) = value.find_instant(path) {
            return reader.report(Code::InvalidRequest, &Path::rooted(&pointer), "expected JSON, found an instant");
        }
        // What is too large is not looked into: one long key and many faults below it would give
        // pointers without measure (P-6).
        let text = to_canonical(value);
        if text.len() > MAX_BYTES {
            return reader.report(Code::InvalidMetadata, path, TOO_LARGE);
        }
        // Its members in order, numbers as they will come back: equal metadata are equal values.
        let value = parse_document(&text).map(Value::into_owned).map_err(|fault| {
            reader.violations.add(Code::InvalidRequest, path, fault.message);
        });
        let value = value.ok()?;
        let mut faults = Violations::default();
        look_into(&value, 1, path, &mut faults);
        let is_sound = faults.is_empty();
        reader.violations.merge(faults);
        is_sound.then_some(Metadata(value))
    }

    fn shape() -> Type {
        Self::shown()
    }
}

impl Shown for Metadata {
    fn shown() -> Type {
        json_object()
    }
}

/// Reads what [`Metadata::from_json`] reads; see [`Event`](crate::Event) for where keys that are private ones of
/// `serde_json` come back as they were.
impl<'de> Deserialize<'de> for Metadata {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_json(&Value::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

fn look_into(value: &Value<'_>, level: usize, path: &Path<'_>, faults: &mut Violations) {
    match value {
        // Every double from 2^53 on is an integer.
        Value::Float(float) if float.abs() > MAX_SAFE_INTEGER as f64 => {
            let message = "an integer beyond ±(2^53−1) loses precision in some languages: send it as a string";
            faults.add(Code::InvalidMetadata, path, message);
        }
        Value::Array(_) | Value::Object(_) if level > MAX_DEPTH => {
            faults.add(Code::InvalidMetadata, path, "nested more than 8 levels deep");
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                look_into(item, level + 1, &path.index(index), faults);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                look_into(member, level + 1, &path.key(key), faults);
            }
        }
        _ => {}
    }
}
