//! The functions that need no instance.

use tenantry::json::{Malformed, to_canonical};
use tenantry::{Rejection, Timestamp, wire};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::answer::answer;
use crate::values_in::arguments;

/// The version of the core inside.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The rejection of a value that is no JSON, found on the way in.
#[wasm_bindgen]
#[must_use]
pub fn refuse(pointer: &str, message: &str) -> String {
    answer(Err(Rejection::malformed(Malformed::new(pointer, message))))
}

/// From a command and a policy; nothing at all where there is no violation.
#[wasm_bindgen]
#[must_use]
pub fn violations(start: usize, end: usize) -> String {
    answer(arguments(start, end, |given| {
        let violations = match given.command() {
            Ok(command) => wire::validate(&command, &given.command()?)?,
            Err(malformed) => malformed.violations,
        };
        Ok(if violations.is_empty() { String::new() } else { to_canonical(&violations) })
    }))
}

/// The transcript of a scenario.
#[wasm_bindgen]
#[must_use]
pub fn run(start: usize, end: usize) -> String {
    answer(arguments(start, end, |given| wire::simulate(&given.document()?)))
}

/// A transcript as a text to read.
#[wasm_bindgen]
#[must_use]
pub fn tell(start: usize, end: usize) -> String {
    answer(arguments(start, end, |given| wire::story(&given.document()?)))
}

/// From a parent key and a child key.
#[wasm_bindgen]
#[must_use]
pub fn subset_of(start: usize, end: usize) -> String {
    answer(arguments(start, end, |given| {
        let parent = given.command()?;
        Ok(to_canonical(&wire::subset_of(&parent, &given.command()?)?))
    }))
}

/// A lifecycle as a Mermaid diagram.
#[wasm_bindgen]
#[must_use]
pub fn lifecycle_diagram(machine: &str) -> String {
    answer(wire::lifecycle_diagram(machine))
}

/// Canonical JSON of any value.
#[wasm_bindgen]
#[must_use]
pub fn canonical_json(start: usize, end: usize) -> String {
    answer(arguments(start, end, |given| Ok(to_canonical(&given.document()?))))
}

/// The table of errors.
#[wasm_bindgen]
#[must_use]
pub fn error_catalog() -> String {
    wire::error_catalog()
}

/// An RFC 3339 time in milliseconds since 1970; NaN where it is none.
#[wasm_bindgen]
#[must_use]
pub fn millis(time: &str) -> f64 {
    Timestamp::parse(time).map_or(f64::NAN, |at| at.millis() as f64)
}
