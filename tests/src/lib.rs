//! What makes a case one line: a small world behind the JSON API, with a clock and entropy of its
//! own, and ready actors.
//!
//! Every call is watched: a rejection leaves the state as it was and is of the one shape; an accepted
//! command's events stand in their streams without gaps.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper that fails is a test that fails"
)]

pub mod accounts;
pub mod actors;
pub mod allocations;
mod answers;
pub mod decisions;
pub mod every;
pub mod host_values;
mod platform;
pub mod random;
pub mod report;
pub mod rich;
pub mod rows;
pub mod shapes;
pub mod steps;
pub mod targets;
mod watch;
mod world;

pub use serde_json::{Value, json};
use tenantry::json::{parse_document, to_canonical};
use tenantry::{Error, Rejection, UsageError};
pub use world::World;
use world::{canonical, checked};

/// The organization that a new world has, and that the ready actors belong to.
pub const ACME: &str = "org_acme";
/// Another one, of which nothing may be seen.
pub const OTHER: &str = "org_other";

/// The text of a member; panics where it is none.
#[must_use]
#[track_caller]
pub fn text(value: &Value, pointer: &str) -> String {
    match value.pointer(pointer) {
        Some(Value::String(text)) => text.clone(),
        other => panic!("no text at `{pointer}` but {other:?} in {value}"),
    }
}

/// The rejection of what the rules refuse.
#[track_caller]
pub fn rejected<T>(answer: Result<T, Error>) -> Rejection {
    match answer {
        Ok(_) => panic!("accepted"),
        Err(Error::Rejected(rejection)) => rejection,
        Err(Error::Usage(mistake)) => panic!("no rejection but a mistake of the host's own: {mistake}"),
    }
}

/// The mistake of the host's own program that an answer is about.
#[track_caller]
pub fn misused<T>(answer: Result<T, impl Into<Error>>) -> UsageError {
    match answer.map_err(Into::into) {
        Ok(_) => panic!("accepted"),
        Err(Error::Rejected(rejection)) => panic!("no mistake of the host's own but a rejection: {rejection}"),
        Err(Error::Usage(mistake)) => mistake,
    }
}

/// A value as canonical JSON. By way of its text: what serde_json's own values look like to serde depends on its
/// features.
#[must_use]
#[track_caller]
pub fn canonical_text(value: &Value) -> String {
    to_canonical(&parse_document(&value.to_string()).unwrap())
}

/// The names of the events of an outcome, in order.
#[must_use]
#[track_caller]
pub fn event_names(outcome: &Value) -> Vec<String> {
    let events = outcome["events"].as_array().unwrap();
    events.iter().map(|event| text(event, "/event")).collect()
}

/// What an outcome asks of the host, without what every effect carries (E-6).
#[must_use]
#[track_caller]
pub fn effects(outcome: &Value) -> Value {
    let effects = outcome["effects"].as_array().unwrap();
    effects.iter().map(|effect| without(without(effect.clone(), "id"), "at")).collect()
}

/// The violations of a rejection as pairs of code and pointer, in order.
#[must_use]
pub fn violations(rejection: &Value) -> Vec<(String, String)> {
    let list = rejection["violations"].as_array().cloned().unwrap_or_default();
    list.iter().map(|violation| (text(violation, "/code"), text(violation, "/pointer"))).collect()
}

/// A value with some members put over it: `with(management(), json!({"environment": "test"}))`.
#[must_use]
pub fn with(mut base: Value, members: Value) -> Value {
    let (Value::Object(into), Value::Object(members)) = (&mut base, members) else {
        panic!("only objects have members")
    };
    into.extend(members);
    base
}

/// A value without one of its members.
#[must_use]
pub fn without(mut base: Value, member: &str) -> Value {
    base.as_object_mut().unwrap().remove(member);
    base
}

/// The Rust blocks of the pages, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
#[doc = include_str!("../../docs/reference/rust.md")]
pub struct Pages;
