//! Text to [`Value`]: strict about duplicate keys, depth and size, and able to say where.

use super::value::Value;
use super::{COMMAND_BYTES, COMMAND_DEPTH, DOCUMENT_DEPTH, pointer::push_key, to_canonical};
use alloc::borrow::{Cow, ToOwned};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::RefCell;
use core::fmt;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};

/// Why an input is no value at all (ER-2); told alone, before anything else is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Where in the document, as an RFC 6901 pointer.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => formatter.write_str(&self.message),
            pointer => write!(formatter, "at {pointer}: {}", self.message),
        }
    }
}

impl core::error::Error for Malformed {}

impl Malformed {
    /// A fault at a place.
    pub fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Malformed { pointer: pointer.into(), message: message.into() }
    }

    /// The message for nesting beyond `depth`.
    #[must_use]
    pub fn too_deep(depth: usize) -> String {
        format!("nested more than {depth} levels deep")
    }
}

/// Parses the text of a single command, query, call or context: at most 32 levels. Its size is
/// looked at where it is used.
///
/// # Errors
/// What is not JSON, has a key twice, a lone surrogate, or is too deep.
pub fn parse_command(text: &str) -> Result<Value<'_>, Malformed> {
    parse(text, COMMAND_DEPTH)
}

/// Parses the text of a scenario, snapshot or batch, whose size is not limited.
///
/// # Errors
/// What is not JSON, has a key twice, a lone surrogate, or is too deep.
pub fn parse_document(text: &str) -> Result<Value<'_>, Malformed> {
    parse(text, DOCUMENT_DEPTH)
}

/// Holds a single command, query or context to its 32 levels and 1 MiB of canonical JSON (ER-2),
/// wherever it came from: host objects and the steps of scenarios are not parsed one by one.
pub(crate) fn check_command(value: &Value<'_>) -> Result<(), Malformed> {
    let Some(bound) = size_bound(value, COMMAND_DEPTH) else {
        return Err(Malformed::new("", Malformed::too_deep(COMMAND_DEPTH)));
    };
    // Only what could be too large is written out to be measured.
    if bound > COMMAND_BYTES && to_canonical(value).len() > COMMAND_BYTES {
        return Err(Malformed::new("", "larger than 1 MiB of canonical JSON"));
    }
    Ok(())
}

/// A length that the canonical JSON surely does not exceed; `None` beyond `depth` levels.
fn size_bound(value: &Value<'_>, depth: usize) -> Option<usize> {
    /// The longest number, and any of the words.
    const SCALAR: usize = 26;
    /// A control character becomes `\u0000`.
    const ESCAPED: usize = 6;
    let text = |text: &str| text.len() * ESCAPED + 3;
    match value {
        Value::String(string) => Some(text(string)),
        Value::Array(items) => {
            let deeper = depth.checked_sub(1)?;
            items.iter().try_fold(2, |sum, item| Some(sum + 1 + size_bound(item, deeper)?))
        }
        Value::Object(members) => {
            let deeper = depth.checked_sub(1)?;
            members.iter().try_fold(2, |sum, (key, item)| Some(sum + 1 + text(key) + size_bound(item, deeper)?))
        }
        _ => Some(SCALAR),
    }
}

fn parse(text: &str, depth: usize) -> Result<Value<'_>, Malformed> {
    let fault = RefCell::new(None);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = Seed { depth, limit: depth, fault: &fault }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    parsed.map_err(|error| {
        fault.into_inner().unwrap_or_else(|| Malformed::new("", format!("not well-formed JSON: {error}")))
    })
}

/// One level of the descent. A fault found below is kept aside, since serde's errors carry no
/// place; each level adds its own key on the way up.
#[derive(Clone, Copy)]
struct Seed<'f> {
    depth: usize,
    limit: usize,
    fault: &'f RefCell<Option<Malformed>>,
}

impl Seed<'_> {
    fn deeper(self) -> Option<Self> {
        self.depth.checked_sub(1).map(|depth| Seed { depth, ..self })
    }

    fn refuse<E: serde::de::Error>(self, message: String) -> E {
        *self.fault.borrow_mut() = Some(Malformed::new("", message));
        E::custom("refused")
    }

    fn within(self, key: &str) {
        if let Some(fault) = self.fault.borrow_mut().as_mut() {
            let mut pointer = String::new();
            push_key(&mut pointer, key);
            pointer.push_str(&fault.pointer);
            fault.pointer = pointer;
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value<'de>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, bool: bool) -> Result<Value<'de>, E> {
        Ok(Value::Bool(bool))
    }

    fn visit_i64<E: serde::de::Error>(self, int: i64) -> Result<Value<'de>, E> {
        self.visit_f64(int as f64)
    }

    fn visit_u64<E: serde::de::Error>(self, int: u64) -> Result<Value<'de>, E> {
        self.visit_f64(int as f64)
    }

    fn visit_f64<E: serde::de::Error>(self, float: f64) -> Result<Value<'de>, E> {
        Value::number(float).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::String(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::String(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Value<'de>, E> {
        Ok(Value::String(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<'de>, A::Error> {
        let Some(deeper) = self.deeper() else {
            return Err(self.refuse(Malformed::too_deep(self.limit)));
        };
        let mut items = Vec::new();
        loop {
            match seq.next_element_seed(deeper) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return Ok(Value::Array(items)),
                Err(error) => {
                    self.within(&items.len().to_string());
                    return Err(error);
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        let Some(deeper) = self.deeper() else {
            return Err(self.refuse(Malformed::too_deep(self.limit)));
        };
        let mut members: Vec<(Cow<'de, str>, Value<'de>)> = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            match map.next_value_seed(deeper) {
                Ok(value) => members.push((key, value)),
                Err(error) => {
                    self.within(&key);
                    return Err(error);
                }
            }
        }
        if let Some(key) = duplicate(&members) {
            let error = self.refuse(format!("the key `{}` is given twice", crate::error::quoted(key)));
            self.within(key);
            return Err(error);
        }
        Ok(Value::Object(members))
    }
}

/// A key that stands twice, if any: by comparing all pairs where they are few, else by sorting.
fn duplicate<'m>(members: &'m [(Cow<'_, str>, Value<'_>)]) -> Option<&'m str> {
    const FEW: usize = 12;
    if members.len() <= FEW {
        let mut rest = members;
        while let [(key, _), tail @ ..] = rest {
            if tail.iter().any(|(other, _)| other == key) {
                return Some(key);
            }
            rest = tail;
        }
        return None;
    }
    let mut keys: Vec<&str> = members.iter().map(|(key, _)| key.as_ref()).collect();
    keys.sort_unstable();
    keys.windows(2).find_map(|pair| match pair {
        [one, other] if one == other => Some(*one),
        _ => None,
    })
}

/// An object's key, borrowed where the text has no escape in it (`Cow`'s own impl never borrows).
struct Key<'de>(Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Key<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a key")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}
