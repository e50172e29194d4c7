//! An account's metadata: the host's own JSON object, kept as given (AC-7).

use crate::error::{Code, Rejection, Violations};
use crate::json::{MAX_SAFE_INTEGER, Path, Value, check_command, to_canonical};
use crate::policy::Policy;
use crate::wire::read::{Form, FromWire};
use alloc::string::String;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Number};

/// Bytes of canonical JSON: 16 KiB.
const MAX_BYTES: usize = 16 << 10;
/// Levels of objects and arrays; the metadata itself is the first.
const MAX_DEPTH: usize = 8;

/// A JSON object of at most 16 KiB in canonical form, at most 8 objects and arrays deep, without
/// integers beyond ±(2^53−1). A float without fraction is that integer.
///
/// ```
/// use tenantry::{Code, Metadata, json::parse_command};
/// let metadata = Metadata::from_json(&parse_command(r#"{"level": 3.0}"#)?)?;
/// assert_eq!(metadata.as_map()["level"], 3);
/// let beyond = Metadata::from_json(&parse_command(r#"{"level": 9007199254740992}"#)?);
/// assert_eq!(beyond.unwrap_err().code, Code::InvalidMetadata);
/// # Ok::<(), tenantry::Rejection>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Metadata(Map<String, serde_json::Value>);

impl Metadata {
    /// Reads metadata; pointers in the rejection are into the object.
    ///
    /// # Errors
    /// `invalid_request` for what is no object, `invalid_metadata` for what is beyond the limits.
    pub fn from_json(value: &Value<'_>) -> Result<Self, Rejection> {
        check_command(value)?;
        let policy = Policy::default();
        let mut form = Form::new(None, &policy);
        let metadata = Self::read(value, &Path::ROOT, &mut form);
        form.violations.into_rejection().map_or(Ok(()), Err)?;
        metadata.ok_or_else(|| Rejection::new(Code::InvalidMetadata))
    }

    /// The object.
    #[must_use]
    pub const fn as_map(&self) -> &Map<String, serde_json::Value> {
        &self.0
    }
}

/// Whatever the host keeps there may be personal: never in a log line by accident.
impl fmt::Debug for Metadata {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Metadata(…)")
    }
}

impl FromWire for Metadata {
    fn read(value: &Value<'_>, path: &Path<'_>, form: &mut Form<'_>) -> Option<Self> {
        let Ok(serde_json::Value::Object(map)) = serde_json::to_value(value) else {
            return form.mistyped("an object", value, path);
        };
        let faults = faults(&map, path);
        if !faults.is_empty() {
            form.violations.merge(faults);
            return None;
        }
        Some(Metadata(map))
    }
}

impl<'de> Deserialize<'de> for Metadata {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let map = Map::deserialize(deserializer)?;
        match faults(&map, &Path::ROOT).into_list().into_iter().next() {
            None => Ok(Metadata(map)),
            Some(fault) => Err(serde::de::Error::custom(fault.message)),
        }
    }
}

fn faults(map: &Map<String, serde_json::Value>, path: &Path<'_>) -> Violations {
    let mut faults = Violations::default();
    // What is too large is not looked into: one long key and many faults below it would give
    // pointers without measure (P-6).
    if to_canonical(map).len() > MAX_BYTES {
        faults.add(Code::InvalidMetadata, path, "larger than 16 KiB of canonical JSON");
        return faults;
    }
    for (key, value) in map {
        look_into(value, 2, &path.key(key), &mut faults);
    }
    faults
}

fn look_into(value: &serde_json::Value, level: usize, path: &Path<'_>, faults: &mut Violations) {
    use serde_json::Value::{Array, Number, Object};
    match value {
        Number(number) if !is_exact(number) => {
            let message = "an integer beyond ±(2^53−1), which not every language keeps; send it as a string";
            faults.add(Code::InvalidMetadata, path, message);
        }
        Array(_) | Object(_) if level > MAX_DEPTH => {
            faults.add(Code::InvalidMetadata, path, "nested more than 8 levels deep");
        }
        Array(items) => {
            for (index, item) in items.iter().enumerate() {
                look_into(item, level + 1, &path.index(index), faults);
            }
        }
        Object(members) => {
            for (key, member) in members {
                look_into(member, level + 1, &path.key(key), faults);
            }
        }
        _ => {}
    }
}

/// Every double from 2^53 on is an integer, so that size alone tells.
fn is_exact(number: &Number) -> bool {
    const LIMIT: f64 = MAX_SAFE_INTEGER as f64;
    number.as_f64().is_some_and(|float| (-LIMIT..=LIMIT).contains(&float))
}
