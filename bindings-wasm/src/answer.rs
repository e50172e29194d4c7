//! What goes out: answers, and the one place that maps rejections.

use tenantry::json::to_canonical;
use tenantry::{Rejection, json};
use wasm_bindgen::JsValue;

/// Before the text of a rejection; no JSON begins with it.
const REJECTED: char = '!';

/// The answer's own text, or the rejection's behind the mark.
pub(crate) fn answer(result: Result<String, Rejection>) -> String {
    result.unwrap_or_else(|rejection| rejected(&rejection))
}

/// What a function that gives no text throws: `npm/answer.js` makes the error of it.
pub(crate) fn thrown(rejection: Rejection) -> JsValue {
    JsValue::from_str(&rejected(&rejection))
}

/// The mark, then `[rejection, internal]`: the wire form, and what only the host itself may see.
fn rejected(rejection: &Rejection) -> String {
    let internal = rejection.internal.map_or(json::Value::Null, json::Value::from);
    format!("{REJECTED}[{},{}]", to_canonical(rejection), to_canonical(&internal))
}
