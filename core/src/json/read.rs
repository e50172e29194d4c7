//! Values into typed rows and events, by serde, with the place of whatever does not fit.
//!
//! serde's own errors carry no place: here each level puts its key before the pointer on the way up.
//! Fields that a type does not know are refused without its asking; so are, where every field is
//! written always ([`from_exact`]), those that are missing.

use super::{MAX_SAFE_INTEGER, Malformed, Value};
use crate::error::quoted;
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use serde::Deserializer;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

/// Reads a row, of which every field is there, even as null.
pub(crate) fn from_exact<'de, T: serde::Deserialize<'de>>(value: &'de Value<'de>) -> Result<T, Malformed> {
    T::deserialize(ValueReader { value, exact: true }).map_err(Fault::into_malformed)
}

/// Reads what may leave out a field that has nothing in it.
pub(crate) fn from_value<'de, T: serde::Deserialize<'de>>(value: &'de Value<'de>) -> Result<T, Malformed> {
    T::deserialize(ValueReader { value, exact: false }).map_err(Fault::into_malformed)
}

/// Reads a required member of what `from_value` reads.
pub(crate) fn member<'de, T: serde::Deserialize<'de>>(value: &'de Value<'de>, name: &str) -> Result<T, Malformed> {
    let given = value.get(name).ok_or_else(|| Malformed::new("", format!("`{name}` is required")));
    given.and_then(from_value).map_err(|fault| fault.within(name))
}

/// Reads a text, and makes something of it without keeping a copy.
pub(crate) fn text<'de, D: Deserializer<'de>, T, E: fmt::Display>(
    deserializer: D,
    make: fn(&str) -> Result<T, E>,
) -> Result<T, D::Error> {
    struct Text<T, E>(fn(&str) -> Result<T, E>);
    impl<T, E: fmt::Display> Visitor<'_> for Text<T, E> {
        type Value = T;
        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a string")
        }
        fn visit_str<F: serde::de::Error>(self, text: &str) -> Result<T, F> {
            (self.0)(text).map_err(F::custom)
        }
    }
    deserializer.deserialize_str(Text(make))
}

/// What does not fit, and where.
#[derive(Debug)]
pub(crate) struct Fault(Box<Malformed>);

impl Fault {
    pub(super) fn into_malformed(self) -> Malformed {
        *self.0
    }

    pub(super) fn new(message: impl Into<String>) -> Self {
        Fault(Box::new(Malformed::new("", message)))
    }

    pub(super) fn within(self, key: &str) -> Self {
        Fault(Box::new(self.0.within(key)))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.message)
    }
}

impl core::error::Error for Fault {}

impl serde::ser::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Fault::new(message.to_string())
    }
}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Fault::new(message.to_string())
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Fault::new(format!("expected one of `{}`, found `{}`", expected.join("`, `"), quoted(variant)))
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Fault::new(format!("unknown field `{}`", quoted(field)))
    }

    fn missing_field(field: &'static str) -> Self {
        missing(field)
    }
}

pub(super) fn missing(field: &'static str) -> Fault {
    Fault::new(format!("`{field}` is required")).within(field)
}

pub(super) fn unknown(key: &str) -> Fault {
    Fault::new(format!("unknown field `{}`", quoted(key))).within(key)
}

pub(super) fn mistyped<T>(wanted: &str, value: &Value<'_>) -> Result<T, Fault> {
    Err(Fault::new(format!("expected {wanted}, found {}", value.type_name())))
}

pub(super) type Members<'de> = [(Cow<'de, str>, Value<'de>)];

#[derive(Clone, Copy)]
struct ValueReader<'de> {
    value: &'de Value<'de>,
    exact: bool,
}

impl<'de> ValueReader<'de> {
    fn integer(self, most: i64) -> Result<u64, Fault> {
        match self.value {
            Value::Int(int) if (0..=most).contains(int) => Ok(int.unsigned_abs()),
            Value::Int(_) | Value::Float(_) => Err(Fault::new(format!("expected an integer from 0 to {most}"))),
            other => mistyped("an integer", other),
        }
    }

    fn members(self) -> Result<&'de Members<'de>, Fault> {
        match self.value {
            Value::Object(members) => Ok(members),
            other => mistyped("an object", other),
        }
    }

    fn visit_items<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Array(items) => visitor.visit_seq(Elements { rest: items, index: 0, exact: self.exact }),
            other => mistyped("an array", other),
        }
    }
}

/// Fields that are no one's, and, where all must be there, those that are not.
fn check_fields(members: &Members<'_>, fields: &'static [&'static str], exact: bool) -> Result<(), Fault> {
    if let Some((key, _)) = members.iter().find(|(key, _)| !fields.contains(&key.as_ref())) {
        return Err(unknown(key));
    }
    // Keys are unique and known: fewer than there are fields means that one is missing.
    if exact && members.len() < fields.len() {
        let absent = |field: &&&str| !members.iter().any(|(key, _)| key == **field);
        if let Some(field) = fields.iter().find(absent) {
            return Err(missing(field));
        }
    }
    Ok(())
}

impl<'de> Deserializer<'de> for ValueReader<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(bool) => visitor.visit_bool(*bool),
            Value::Int(int) => visitor.visit_i64(*int),
            Value::Float(float) => visitor.visit_f64(*float),
            Value::String(text) => visitor.visit_borrowed_str(text),
            // Only text is stored, and only text is read again.
            Value::Instant(_) => mistyped("JSON", self.value),
            Value::Array(_) => self.visit_items(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Bool(bool) => visitor.visit_bool(*bool),
            other => mistyped("a boolean", other),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_u64(self.integer(u32::MAX.into())?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_u64(self.integer(MAX_SAFE_INTEGER)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::String(text) => visitor.visit_borrowed_str(text),
            other => mistyped("a string", other),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_items(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(Fields { rest: self.members()?, value: None, exact: self.exact })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        check_fields(self.members()?, fields, self.exact)?;
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.value {
            Value::String(word) => visitor.visit_enum(BorrowedStrDeserializer::new(word)),
            Value::Object(members) => match members.as_slice() {
                [(name, value)] => {
                    let place = ValueReader { value, exact: self.exact };
                    visitor.visit_enum(Variant { name, place }).map_err(|fault| fault.within(name))
                }
                _ => Err(Fault::new("expected an object with one member")),
            },
            other => mistyped("a word", other),
        }
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct ignored_any
    }
}

struct Elements<'de> {
    rest: &'de [Value<'de>],
    index: usize,
    exact: bool,
}

impl<'de> SeqAccess<'de> for Elements<'de> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some((value, rest)) = self.rest.split_first() else { return Ok(None) };
        self.rest = rest;
        let index = self.index;
        self.index += 1;
        let read = seed.deserialize(ValueReader { value, exact: self.exact });
        read.map(Some).map_err(|fault| fault.within(&index.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The members of an object.
pub(super) struct Fields<'de> {
    rest: &'de Members<'de>,
    value: Option<(&'de str, &'de Value<'de>)>,
    exact: bool,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some(((key, value), rest)) = self.rest.split_first() else { return Ok(None) };
        self.rest = rest;
        self.value = Some((key, value));
        let read = seed.deserialize(BorrowedStrDeserializer::new(key));
        read.map(Some).map_err(|fault: Fault| fault.within(key))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        let Some((key, value)) = self.value.take() else { return Err(Fault::new("a value without a key")) };
        seed.deserialize(ValueReader { value, exact: self.exact }).map_err(|fault| fault.within(key))
    }

    /// Says too that this is an object, and no number in disguise (see `foreign.rs`).
    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// An enum as an object with one member, whose key is the variant's name.
struct Variant<'de> {
    name: &'de str,
    place: ValueReader<'de>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Fault;
    type Variant = ValueReader<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, ValueReader<'de>), Fault> {
        Ok((seed.deserialize(BorrowedStrDeserializer::<Fault>::new(self.name))?, self.place))
    }
}

impl<'de> VariantAccess<'de> for ValueReader<'de> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Err(Fault::new("expected a word"))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.visit_items(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_struct("", fields, visitor)
    }
}
