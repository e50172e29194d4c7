//! Values out of any format that serde reads, `serde_json`'s above all.
//!
//! Features of `serde_json` that another crate of the build turns on must not change what is read. With its feature
//! `arbitrary_precision` a number comes as an object with one private key. A client's object with this
//! very key differs in two ways: it knows its length, or its key comes as bytes when asked for as bytes. Anything
//! between `serde_json` and here that buffers first, such as serde's `flatten`, `untagged` or `tag`, would erase
//! the difference.

use super::parse::duplicate;
use super::{DOCUMENT_DEPTH, Malformed, Value, parse_document};
use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// The one key of a number of `serde_json` with `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// Applies the rules of JSON text: 120 levels, no duplicate key, finite numbers.
impl<'de> Deserialize<'de> for Value<'static> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Level(DOCUMENT_DEPTH).deserialize(deserializer)
    }
}

/// Reads with the core's own reader, by way of a [`Value`].
pub(crate) fn read_foreign<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    read: impl FnOnce(&Value<'_>) -> Result<T, Malformed>,
) -> Result<T, D::Error> {
    read(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// A value with at most so many levels.
#[derive(Clone, Copy)]
struct Level(usize);

impl Level {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        self.0.checked_sub(1).map(Level).ok_or_else(|| E::custom(Malformed::too_deep(DOCUMENT_DEPTH)))
    }
}

impl<'de> DeserializeSeed<'de> for Level {
    type Value = Value<'static>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'static>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! numbers {
    ($($visit:ident($number:ty))*) => {
        $(fn $visit<E: Error>(self, number: $number) -> Result<Value<'static>, E> {
            self.visit_f64(number as f64)
        })*
    };
}

impl<'de> Visitor<'de> for Level {
    type Value = Value<'static>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    numbers! { visit_i64(i64) visit_i128(i128) visit_u64(u64) visit_u128(u128) }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value<'static>, E> {
        Value::number(number).ok_or_else(|| E::custom("expected a finite number"))
    }

    fn visit_unit<E>(self) -> Result<Value<'static>, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value<'static>, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'static>, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, bool: bool) -> Result<Value<'static>, E> {
        Ok(Value::Bool(bool))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'static>, E> {
        Ok(Value::String(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Value<'static>, E> {
        Ok(Value::String(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<'static>, A::Error> {
        let deeper = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(deeper)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'static>, A::Error> {
        let deeper = self.deeper()?;
        let knows_its_length = map.size_hint().is_some();
        let mut members = Vec::new();
        while let Some(MemberName { text, is_bytes }) = map.next_key()? {
            if text == NUMBER && !is_bytes && !knows_its_length && members.is_empty() {
                return number(&map.next_value::<String>()?);
            }
            members.push((Cow::Owned(text), map.next_value_seed(deeper)?));
        }
        match duplicate(&members) {
            Some(key) => Err(A::Error::custom(Malformed::twice(key))),
            None => Ok(Value::Object(members)),
        }
    }
}

/// A number as it is written.
fn number<E: Error>(text: &str) -> Result<Value<'static>, E> {
    match parse_document(text) {
        Ok(Value::Int(int)) => Ok(Value::Int(int)),
        Ok(Value::Float(float)) => Ok(Value::Float(float)),
        _ => Err(E::custom("expected a number within the range of doubles")),
    }
}

/// A key, and whether it came as bytes when asked for as bytes.
struct MemberName {
    text: String,
    is_bytes: bool,
}

impl<'de> Deserialize<'de> for MemberName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = MemberName;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a key")
            }
            fn visit_str<E>(self, text: &str) -> Result<MemberName, E> {
                Ok(MemberName { text: text.to_owned(), is_bytes: false })
            }
            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<MemberName, E> {
                let text = core::str::from_utf8(bytes).map_err(|_| E::custom("a key is not well-formed Unicode"))?;
                Ok(MemberName { text: text.to_owned(), is_bytes: true })
            }
        }
        deserializer.deserialize_bytes(KeyVisitor)
    }
}
