//! The value that every input is parsed into first.

use super::{Malformed, Path, parse_document, to_canonical};
use crate::time::Timestamp;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// The largest integer that JavaScript's numbers represent exactly: 2^53 − 1.
pub const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

/// A JSON value. Strings borrow from the text they were read from where they can.
///
/// An object keeps its members in the given order and never has a key twice. Integral numbers
/// within ±(2^53−1) are [`Value::Int`], however they were written; all others are finite
/// [`Value::Float`]s.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value<'a> {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer within ±(2^53−1).
    Int(i64),
    /// Any other number; never NaN or infinite.
    Float(f64),
    /// A string of well-formed Unicode.
    String(Cow<'a, str>),
    /// An instant that a host gave as an object of its own, such as a `Date` or a `datetime`. JSON text has none.
    /// A field that is an instant takes it; any other field refuses it, since languages print it differently.
    Instant(Timestamp),
    /// An array.
    Array(Vec<Value<'a>>),
    /// An object: unique keys, in the order given.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// The value of a number; `None` for NaN and the infinities, which JSON does not have.
    ///
    /// ```
    /// use tenantry::json::Value;
    /// assert_eq!(Value::number(3.0), Some(Value::Int(3)));
    /// assert_eq!(Value::number(0.5), Some(Value::Float(0.5)));
    /// assert_eq!(Value::number(f64::NAN), None);
    /// ```
    #[must_use]
    pub fn number(number: f64) -> Option<Self> {
        const LIMIT: f64 = MAX_SAFE_INTEGER as f64;
        if !number.is_finite() {
            return None;
        }
        if (-LIMIT..=LIMIT).contains(&number) && (number as i64) as f64 == number {
            return Some(Value::Int(number as i64));
        }
        Some(Value::Float(number))
    }

    /// The member of an object; `None` where this is no object or has no such key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        match self {
            Value::Object(members) => members.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// What JSON calls this: `null`, `a boolean`, `a number`, `a string`, `an array`, `an object`; and `an instant`,
    /// which only a host can give.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Int(_) | Value::Float(_) => "a number",
            Value::String(_) => "a string",
            Value::Instant(_) => "an instant",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// The same value, owning its strings.
    #[must_use]
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Value::Null => Value::Null,
            Value::Bool(bool) => Value::Bool(bool),
            Value::Int(int) => Value::Int(int),
            Value::Float(float) => Value::Float(float),
            Value::String(text) => Value::String(Cow::Owned(text.into_owned())),
            Value::Instant(at) => Value::Instant(at),
            Value::Array(items) => Value::Array(items.into_iter().map(Value::into_owned).collect()),
            Value::Object(members) => {
                Value::Object(members.into_iter().map(|(k, v)| (Cow::Owned(k.into_owned()), v.into_owned())).collect())
            }
        }
    }

    /// Where a host's own instant is in this value: the first one, if any.
    pub(crate) fn find_instant(&self, path: &Path<'_>) -> Option<String> {
        match self {
            Value::Instant(_) => Some(path.pointer()),
            Value::Array(items) => {
                items.iter().enumerate().find_map(|(index, item)| item.find_instant(&path.index(index)))
            }
            Value::Object(members) => members.iter().find_map(|(key, member)| member.find_instant(&path.key(key))),
            _ => None,
        }
    }

    /// The value at an RFC 6901 JSON pointer; `None` where it leads nowhere.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<&Value<'a>> {
        let mut here = self;
        if pointer.is_empty() {
            return Some(here);
        }
        for segment in pointer.strip_prefix('/')?.split('/') {
            here = match here {
                Value::Object(_) => here.get(&segment.replace("~1", "/").replace("~0", "~"))?,
                Value::Array(items) => items.get(index(segment)?)?,
                _ => return None,
            };
        }
        Some(here)
    }
}

/// The index that a pointer's segment is: digits, without a leading zero.
fn index(segment: &str) -> Option<usize> {
    let is_plain = segment == "0" || segment.starts_with(|first: char| matches!(first, '1'..='9'));
    segment.parse().ok().filter(|_| is_plain)
}

/// Reads a document's text, as [`parse_document`](super::parse_document) does, and keeps what it reads.
impl core::str::FromStr for Value<'static> {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        parse_document(text).map(Value::into_owned)
    }
}

/// Canonical JSON, as [`to_canonical`](super::to_canonical) writes it.
impl core::fmt::Display for Value<'_> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(&to_canonical(self))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Value::String(Cow::Owned(text))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::String(Cow::Borrowed(text))
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(bool) => serializer.serialize_bool(*bool),
            Value::Int(int) => serializer.serialize_i64(*int),
            Value::Float(float) => serializer.serialize_f64(*float),
            Value::String(text) => serializer.serialize_str(text),
            Value::Instant(at) => at.serialize(serializer),
            Value::Array(items) => {
                let mut seq = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    seq.serialize_element(item)?;
                }
                seq.end()
            }
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key.as_ref(), value)?;
                }
                map.end()
            }
        }
    }
}
