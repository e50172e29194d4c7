//! What goes out: answers, and the one place that maps rejections.

use tenantry::json::to_canonical;
use tenantry::{Rejection, json};
use wasm_bindgen::JsValue;

/// Before the text of a rejection; no JSON begins with it.
const REJECTED: char = '!';

/// The answer's own text, or the rejection's behind the mark. With the address of the documentation, where the
/// instance's policy has one.
pub(crate) fn answer(result: Result<String, Rejection>, documentation: Option<&str>) -> String {
    result.unwrap_or_else(|rejection| rejected(&rejection, documentation))
}

/// What a function that gives no text throws: `npm/error.js` makes the error of it.
pub(crate) fn thrown(rejection: Rejection) -> JsValue {
    JsValue::from_str(&rejected(&rejection, None))
}

/// The mark, then `[rejection, internal, documentation]`: the wire form, what only the host itself may see, and what
/// the public renderings need.
fn rejected(rejection: &Rejection, documentation: Option<&str>) -> String {
    let text = |given: Option<&str>| to_canonical(&given.map_or(json::Value::Null, json::Value::from));
    format!("{REJECTED}[{},{},{}]", to_canonical(rejection), text(rejection.internal), text(documentation))
}
