//! The functions that need no instance.

use tenantry::json::{Malformed, Value, to_canonical};
use tenantry::{Rejection, UsageError, wire};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::answer;
use crate::values_in::{arguments, within};

/// The version of the core inside.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The error of a value that is not JSON, found while writing arguments: a rejection, or the host's own mistake where
/// only the host can have made it.
#[wasm_bindgen]
#[must_use]
pub fn refuse(pointer: &str, message: &str, is_hosts: bool) -> String {
    let fault = Malformed::new(pointer, message);
    match is_hosts {
        true => answer::answer(Err(UsageError::malformed(fault)), None),
        false => answer(Err(Rejection::malformed(fault))),
    }
}

/// From a rejection and the address of the documentation, or null: the body of an HTTP response.
#[wasm_bindgen]
#[must_use]
pub fn error_body(start: usize, end: usize) -> String {
    rendered(start, end, |rejection, documentation| to_canonical(&rejection.to_error_body(documentation)))
}

/// From a rejection and the address of the documentation, or null: RFC 9457 problem details.
#[wasm_bindgen]
#[must_use]
pub fn problem(start: usize, end: usize) -> String {
    rendered(start, end, |rejection, documentation| to_canonical(&rejection.to_problem(documentation)))
}

/// From a rejection and null: all of it as a text to read, in a JSON string.
#[wasm_bindgen]
#[must_use]
pub fn describe(start: usize, end: usize) -> String {
    rendered(start, end, |rejection, _| to_canonical(&rejection.to_string()))
}

fn rendered(start: usize, end: usize, render: fn(&Rejection, Option<&str>) -> String) -> String {
    answer(arguments(start, end, |given| {
        let rejection = wire::read_rejection(given.document())?;
        Ok(match given.plain()? {
            Value::String(documentation) => render(&rejection, Some(&documentation)),
            _ => render(&rejection, None),
        })
    }))
}

/// From a command and a policy; nothing at all where there is no violation.
#[wasm_bindgen]
#[must_use]
pub fn validate(start: usize, end: usize) -> Option<String> {
    let violations = arguments(start, end, |given| {
        let command = given.command();
        wire::validate(command, given.command())
    });
    match violations {
        Ok(none) if none.is_empty() => None,
        other => Some(answer(other.map(|some| to_canonical(&some)))),
    }
}

/// The transcript of a scenario.
#[wasm_bindgen]
#[must_use]
pub fn simulate(start: usize, end: usize) -> String {
    answer(arguments(start, end, |given| wire::simulate(given.document())))
}

/// A transcript as a text to read, which may begin with anything: as a JSON string.
#[wasm_bindgen]
#[must_use]
pub fn story(start: usize, end: usize) -> String {
    answer(arguments(start, end, |given| Ok(to_canonical(&wire::story(given.document())?))))
}

/// An event without the profile of its registered user.
#[wasm_bindgen]
#[must_use]
pub fn redact(start: usize, end: usize) -> String {
    answer(arguments(start, end, |given| wire::redact(given.command())))
}

/// From a parent key and a child key.
#[wasm_bindgen]
#[must_use]
pub fn subset_of(start: usize, end: usize) -> String {
    answer(arguments(start, end, |given| {
        let parent = given.command();
        Ok(to_canonical(&wire::subset_of(parent, given.command())?))
    }))
}

/// A lifecycle as a Mermaid diagram, in a JSON string.
#[wasm_bindgen]
#[must_use]
pub fn lifecycle_diagram(machine: &str) -> String {
    within(|| answer(wire::lifecycle_diagram(machine).map(|diagram| to_canonical(&diagram))))
}

/// A lifecycle as data.
#[wasm_bindgen]
#[must_use]
pub fn lifecycle(machine: &str) -> String {
    within(|| answer(wire::lifecycle(machine)))
}

/// From a remedy's step and values: its command.
#[wasm_bindgen]
#[must_use]
pub fn fill(start: usize, end: usize) -> String {
    let filled = arguments(start, end, |given| {
        let step = given.command();
        wire::fill(step, given.command())
    });
    answer::answer(filled, None)
}

/// An explanation as a text to read, in a JSON string.
#[wasm_bindgen]
#[must_use]
pub fn explanation_table(start: usize, end: usize) -> String {
    answer(arguments(start, end, |given| Ok(to_canonical(&wire::explanation_table(given.document())?))))
}

/// Canonical JSON of any value.
#[wasm_bindgen]
#[must_use]
pub fn canonical_json(start: usize, end: usize) -> String {
    answer(arguments(start, end, |given| wire::canonical(given.document())))
}

/// The table of permissions.
#[wasm_bindgen]
#[must_use]
pub fn permissions() -> String {
    within(wire::permissions)
}

/// The table of errors.
#[wasm_bindgen]
#[must_use]
pub fn error_catalog() -> String {
    within(wire::error_catalog)
}

fn answer(result: Result<String, Rejection>) -> String {
    answer::answer(result, None)
}
