//! The one writer: canonical JSON (S-1), from anything that serde can serialize.

use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;
use serde_json::{Number, Value};

/// Writes canonical JSON: keys sorted by Unicode code point, no insignificant space, numbers as
/// ECMAScript prints them, strings escaped only where JSON asks for it.
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
    // The core's types never fail to serialize: their keys are strings.
    write(out, &serde_json::to_value(value).unwrap_or_default());
}

fn write(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(out, number),
        Value::String(text) => write_string(out, text),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(out, item);
            }
            out.push(']');
        }
        Value::Object(members) => {
            // By the keys' bytes, which for UTF-8 is the order of code points. serde_json's map is so
            // ordered already, unless another crate of the build has asked for the order of insertion.
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_unstable_by_key(|(key, _)| *key);
            out.push('{');
            for (index, (key, value)) in members.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_string(out, key);
                out.push(':');
                write(out, value);
            }
            out.push('}');
        }
    }
}

fn write_number(out: &mut String, number: &Number) {
    out.push_str(ryu_js::Buffer::new().format(number.as_f64().unwrap_or_default()));
}

fn write_string(out: &mut String, text: &str) {
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}
