//! What goes out: answers, and the one place that maps errors.

use tenantry::json::to_canonical;
use tenantry::{Error, Rejection, UsageError, json};
use wasm_bindgen::JsValue;

/// Before the text of a rejection. Whatever else a call answers is JSON, and none begins with it.
const REJECTED: char = '!';
/// Before the text of a mistake of the host's own.
const MISUSED: char = '?';

/// The answer's own text, or the error's behind its mark. With the address of the documentation, where the
/// instance's policy has one.
pub(crate) fn answer(result: Result<String, impl Into<Error>>, documentation: Option<&str>) -> String {
    result.unwrap_or_else(|error| marked(&error.into(), documentation))
}

/// An object, or the text of an error. Never thrown: JavaScript takes what is thrown for the caller's own. And in a list:
/// V8 in Node 20 can crash where optimised code calls an export whose only result is a reference.
pub(crate) fn either<T: Into<JsValue>>(result: Result<T, impl Into<Error>>) -> Vec<JsValue> {
    vec![match result {
        Ok(made) => made.into(),
        Err(error) => marked(&error.into(), None).into(),
    }]
}

fn marked(error: &Error, documentation: Option<&str>) -> String {
    match error {
        Error::Rejected(rejection) => rejected(rejection, documentation),
        Error::Usage(usage) => misused(usage),
    }
}

/// The mark, then `[mistake, text]`: its JSON, and the same as readable text.
fn misused(usage: &UsageError) -> String {
    format!("{MISUSED}[{},{}]", to_canonical(usage), to_canonical(&usage.to_string()))
}

/// The mark, then `[rejection, text, internal, documentation]`: the wire form, all of it as a text to read, what only
/// the host itself may see, and what the public renderings need.
fn rejected(rejection: &Rejection, documentation: Option<&str>) -> String {
    let text = |given: Option<&str>| to_canonical(&given.map_or(json::Value::Null, json::Value::from));
    let readable = to_canonical(&rejection.to_string());
    format!("{REJECTED}[{},{readable},{},{}]", to_canonical(rejection), text(rejection.internal), text(documentation))
}
