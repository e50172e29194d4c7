//! The host's own revision of a row.

use crate::json::{MAX_SAFE_INTEGER, Value};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use core::fmt;
use serde::ser::{Serialize, Serializer};

/// A host's own revision of a row: any value that differs between versions of the row. Guards return it as it was
/// given (S-4).
///
/// On the wire it is a string, an integer within ±(2^53−1), or null. An integer beyond that is kept and written as
/// a string, digit by digit, since not every language reads the number as it was.
///
/// ```
/// use tenantry::Revision;
/// assert_eq!(Revision::from(7_u64).to_string(), "7");
/// assert_eq!(Revision::from(u64::MAX), Revision::from("18446744073709551615"));
/// assert_ne!(Revision::from(7_u64), Revision::from("7"));
/// assert_eq!(Revision::default(), Revision::NONE);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision(Given);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Given {
    #[default]
    Nothing,
    Integer(i64),
    Text(Arc<str>),
}

impl Revision {
    /// None, as of a row that is not there; null on the wire.
    pub const NONE: Revision = Revision(Given::Nothing);

    /// The text, where it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Given::Text(text) => Some(text),
            Given::Nothing | Given::Integer(_) => None,
        }
    }

    /// The number, where it is one.
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        match self.0 {
            Given::Integer(integer) => Some(integer),
            Given::Nothing | Given::Text(_) => None,
        }
    }

    /// Reads what a host hands in as JSON, or says why it would come back as something else.
    pub(super) fn read(value: &Value<'_>) -> Result<Self, String> {
        match value {
            Value::Null => Ok(Revision::NONE),
            Value::Int(integer) => Ok(Revision(Given::Integer(*integer))),
            Value::String(text) => Ok(Revision::from(text.as_ref())),
            // Every double from 2^53 on is an integer.
            Value::Float(float) if !(-(MAX_SAFE_INTEGER as f64)..=MAX_SAFE_INTEGER as f64).contains(float) => {
                Err("an integer beyond ±(2^53−1) loses precision in some languages: send it as a string".to_string())
            }
            Value::Float(_) => Err("expected a string, an integer or null, found a fraction".to_string()),
            other => Err(format!("expected a string, an integer or null, found {}", other.type_name())),
        }
    }
}

/// The revision as text: the number's digits, the text itself, nothing.
impl fmt::Display for Revision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Given::Nothing => Ok(()),
            Given::Integer(integer) => integer.fmt(formatter),
            Given::Text(text) => formatter.write_str(text),
        }
    }
}

impl Serialize for Revision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Given::Nothing => serializer.serialize_unit(),
            Given::Integer(integer) => serializer.serialize_i64(*integer),
            Given::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl From<&str> for Revision {
    fn from(text: &str) -> Self {
        Revision(Given::Text(text.into()))
    }
}

impl From<String> for Revision {
    fn from(text: String) -> Self {
        Revision(Given::Text(text.into()))
    }
}

impl From<i64> for Revision {
    fn from(integer: i64) -> Self {
        if (-MAX_SAFE_INTEGER..=MAX_SAFE_INTEGER).contains(&integer) {
            Revision(Given::Integer(integer))
        } else {
            integer.to_string().into()
        }
    }
}

impl From<u64> for Revision {
    fn from(integer: u64) -> Self {
        i64::try_from(integer).map_or_else(|_| integer.to_string().into(), Revision::from)
    }
}

impl From<u32> for Revision {
    fn from(integer: u32) -> Self {
        i64::from(integer).into()
    }
}

impl From<i32> for Revision {
    fn from(integer: i32) -> Self {
        i64::from(integer).into()
    }
}

impl<T: Into<Revision>> From<Option<T>> for Revision {
    fn from(revision: Option<T>) -> Self {
        revision.map_or(Revision::NONE, Into::into)
    }
}
