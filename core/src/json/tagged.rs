//! An enum whose name stands among its fields, read without a copy of them.

use super::read::{Fault, Fields, missing, mistyped, unknown};
use super::{Malformed, Value};
use serde::Deserializer;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, VariantAccess, Visitor};

/// Such an enum: its name in the member `tag`; its fields all others but those `beside` them, of which
/// the tag is one.
#[derive(Clone, Copy)]
pub(crate) struct Tagged<'de> {
    value: &'de Value<'de>,
    tag: &'static str,
    beside: &'static [&'static str],
}

impl<'de> Tagged<'de> {
    pub(crate) fn read<T>(
        value: &'de Value<'de>,
        tag: &'static str,
        beside: &'static [&'static str],
        read: impl FnOnce(Self) -> Result<T, Fault>,
    ) -> Result<T, Malformed> {
        read(Tagged { value, tag, beside }).map_err(Fault::into_malformed)
    }
}

impl<'de> Deserializer<'de> for Tagged<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_enum(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for Tagged<'de> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let name = match self.value.get(self.tag) {
            Some(Value::String(name)) => name,
            Some(other) => return mistyped("a string", other).map_err(|fault: Fault| fault.within(self.tag)),
            None => return Err(missing(self.tag)),
        };
        let read = seed.deserialize(BorrowedStrDeserializer::<Fault>::new(name));
        Ok((read.map_err(|fault| fault.within(self.tag))?, self))
    }
}

impl<'de> VariantAccess<'de> for Tagged<'de> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Err(Fault::new("expected fields"))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Fault> {
        Err(Fault::new("expected fields"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Fault> {
        Err(Fault::new("expected fields"))
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        let Value::Object(members) = self.value else { return mistyped("an object", self.value) };
        let is_known = |key: &str| self.beside.contains(&key) || fields.contains(&key);
        match members.iter().find(|(key, _)| !is_known(key)) {
            Some((key, _)) => Err(unknown(key)),
            None => visitor.visit_map(Fields::beside(members, self.beside)),
        }
    }
}
