//! The one writer: canonical JSON (S-1), from anything that serde can serialize.

use super::compound::{Array, Object};
use super::parse_document;
use super::read::Fault;
use super::value::Value;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;
use serde::ser::{Serialize, Serializer};

/// Writes canonical JSON: keys sorted by Unicode code point, no insignificant space, numbers as
/// ECMAScript prints them, strings escaped only where JSON asks for it. What JSON cannot
/// hold becomes `null`: a number that is not finite, and the whole value if a map's key is neither text nor a number.
///
/// ```
/// # use tenantry::json::{parse_document, to_canonical};
/// let value = parse_document(r#"{"b": 1.0, "a": [1e21, "é\u000b"]}"#).unwrap();
/// assert_eq!(to_canonical(&value), r#"{"a":[1e+21,"é\u000b"],"b":1}"#);
/// ```
#[must_use]
pub fn to_canonical<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = String::new();
    push_canonical(&mut out, value);
    out
}

/// The same, added to a text that is being put together.
pub(crate) fn push_canonical<T: Serialize + ?Sized>(out: &mut String, value: &T) {
    let start = out.len();
    if value.serialize(Writer { out }).is_err() {
        out.truncate(start);
        out.push_str("null");
    }
}

/// What the canonical JSON reads as.
pub(crate) fn to_value<T: Serialize + ?Sized>(value: &T) -> Value<'static> {
    parse_document(&to_canonical(value)).map_or(Value::Null, Value::into_owned)
}

/// An object with its members as canonical JSON has them.
pub(crate) fn sorted(mut members: Vec<(Cow<'static, str>, Value<'static>)>) -> Value<'static> {
    members.sort_by(|(one, _), (other, _)| one.cmp(other));
    Value::Object(members)
}

/// An object of the core's own making: `object!({"key": value, …})`.
macro_rules! object {
    ({$($key:literal: $value:expr),* $(,)?}) => {
        $crate::json::sorted(alloc::vec![
            $((alloc::borrow::Cow::Borrowed($key), $crate::json::to_value(&$value))),*
        ])
    };
}
pub(crate) use object;

/// Writes one value to the end of a text.
pub(super) struct Writer<'o> {
    pub(super) out: &'o mut String,
}

impl<'o> Writer<'o> {
    /// Opens the object that a variant with fields of its own is.
    fn variant(self, variant: &str) -> Self {
        self.out.push('{');
        write_string(self.out, variant);
        self.out.push(':');
        self
    }

    fn array(self, close: &'static str) -> Array<'o> {
        Array::open(self.out, close)
    }

    fn object(self, close: &'static str, length: usize) -> Object<'o> {
        Object::open(self.out, close, length)
    }
}

macro_rules! numbers {
    ($($serialize:ident($number:ty))*) => {
        $(fn $serialize(self, number: $number) -> Result<(), Fault> {
            self.serialize_f64(number as f64)
        })*
    };
}

impl<'o> Serializer for Writer<'o> {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Array<'o>;
    type SerializeTuple = Array<'o>;
    type SerializeTupleStruct = Array<'o>;
    type SerializeTupleVariant = Array<'o>;
    type SerializeMap = Object<'o>;
    type SerializeStruct = Object<'o>;
    type SerializeStructVariant = Object<'o>;

    numbers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
        serialize_f32(f32)
    }

    fn serialize_f64(self, number: f64) -> Result<(), Fault> {
        if number.is_finite() {
            self.out.push_str(ryu_js::Buffer::new().format_finite(number));
            Ok(())
        } else {
            self.serialize_unit()
        }
    }

    fn serialize_bool(self, bool: bool) -> Result<(), Fault> {
        self.out.push_str(if bool { "true" } else { "false" });
        Ok(())
    }

    fn serialize_char(self, character: char) -> Result<(), Fault> {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Fault> {
        write_string(self.out, text);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Fault> {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Result<(), Fault> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Fault> {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Fault> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Fault> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        let Writer { out } = self.variant(variant);
        value.serialize(Writer { out: &mut *out })?;
        out.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Array<'o>, Fault> {
        Ok(self.array("]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Array<'o>, Fault> {
        Ok(self.array("]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Array<'o>, Fault> {
        Ok(self.array("]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Array<'o>, Fault> {
        Ok(self.variant(variant).array("]}"))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Object<'o>, Fault> {
        Ok(self.object("}", length.unwrap_or_default()))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Object<'o>, Fault> {
        Ok(self.object("}", length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Object<'o>, Fault> {
        Ok(self.variant(variant).object("}}", length))
    }
}

fn write_string(out: &mut String, text: &str) {
    out.push('"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(text.get(plain..at).unwrap_or_default());
        plain = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            0x8 => out.push_str("\\b"),
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            0xc => out.push_str("\\f"),
            b'\r' => out.push_str("\\r"),
            control => {
                // A text takes whatever is written to it.
                let _ = write!(out, "\\u{control:04x}");
            }
        }
    }
    out.push_str(text.get(plain..).unwrap_or_default());
    out.push('"');
}
