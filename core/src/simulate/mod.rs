//! Scenarios: a world lived through step by step, from data alone (contract section 13).
//!
//! A scenario names its actors, its first instant and a seed, and lists steps; [`simulate`] takes
//! them one after the other and writes down what each of them gave. It never stops at a failure, and
//! the same scenario gives the same bytes in every language (SI-1).

mod actors;
mod budget;
mod describe_step;
mod expect;
mod mask;
mod reference;
mod run;
mod scenario;
mod step;
mod story;

pub(crate) use story::story;

use crate::error::Rejection;
use crate::json::{Value, parse_document};
use alloc::string::String;
use serde::Serialize;

/// What a simulation has written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    json: String,
    summary: Summary,
}

/// How many steps did what was expected of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// All steps.
    pub steps: u64,
    /// Those that did.
    pub passed: u64,
    /// Those that did not.
    pub failed: u64,
}

impl Transcript {
    /// `{scenario, steps: [{step, now, request, result, pass}], summary: {steps, passed, failed}}`, as
    /// canonical JSON (SI-1, SI-2).
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.json
    }

    /// The same as text to read: a line for each step, and why the refused ones were refused.
    #[must_use]
    pub fn story(&self) -> String {
        // Read back like any other transcript, which it is.
        parse_document(&self.json).map_err(Rejection::from).and_then(|value| story(&value)).unwrap_or_default()
    }

    /// How it went.
    #[must_use]
    pub const fn summary(&self) -> Summary {
        self.summary
    }

    pub(crate) fn into_json(self) -> String {
        self.json
    }
}

/// Runs a scenario in a world of its own, whose journal is in memory (E-4).
///
/// A scenario is `{scenario, description?, policy?, start, seed, actors: {name: actor}, steps}`. A step
/// is `{as, execute, save?, expect?}`; or one of `authorize`, `authorize_batch`, `explain`, `preview`,
/// `query` in the place of `execute`, without `save`; or `{advance, sweep?}`, which moves the clock by
/// so many `ms`, `s`, `m`, `h` or `d` and, unless `sweep` is false, writes down what is due. `save` puts
/// parts of the response under names, by their pointers; a string that is exactly `$name` stands for
/// one. The entropy of the n-th step comes from `seed`.
///
/// ```
/// use tenantry::{json::parse_document, simulate};
/// let scenario = parse_document(r#"{
///     "scenario": "an organization is created", "start": "2026-01-31T10:00:00Z", "seed": "1",
///     "actors": {"host": {"type": "system"}},
///     "steps": [
///         {"as": "host", "execute": {"command": "create_organization", "name": "Acme"},
///          "save": {"acme": "/organization/organization_id"}},
///         {"advance": "1h", "sweep": false},
///         {"as": "host", "execute": {"command": "create_organization", "organization_id": "$acme", "name": "Acme"},
///          "expect": {"code": "organization_exists"}}
///     ]
/// }"#)?;
/// assert_eq!(simulate(&scenario)?.summary().failed, 0);
/// # Ok::<(), tenantry::Rejection>(())
/// ```
///
/// # The choices that the rules leave
///
/// - **Result.** A step's `result` is what the call itself gives: an outcome, a decision, an answer,
///   or the rejection as it is; so that `expect` is a partial match on just that. A step that moves
///   the clock has the outcome of `advance_time`, or null without a sweep; its `now` is the instant
///   that it moves to.
/// - **Request.** A step's `request` is what was asked, `as` whom, with every `$name` replaced, and
///   without what the scenario expects of it. Whatever is called like a secret (`password`,
///   `org_token`, `pwd`, `api_key`, or nearly so) is shown as `***`, however deep it lies, also within a
///   text that is JSON itself (P-4).
/// - **Expectations** name what must be there: a member that is expected to be null must be there
///   too, and numbers are equal by value. An empty object expects no rejection. `expect` is read
///   before `save`, so that it sees only what earlier steps have saved. Where the two differ, the
///   transcript's step has one member more, `mismatches`: at most twenty of `{pointer, expected,
///   found}`, the pointer leading into the result, and `found` left out where nothing is there.
/// - **Saved values.** A `$name` is replaced in requests, expectations and actors, nowhere else, and
///   never in what was put in its place. A name that no earlier step saves makes the scenario
///   invalid. A pointer that leads nowhere when its step has run, also since the step was rejected,
///   fails that step and leaves the name without a value, even if it had one; a later step that needs
///   it is not run, gets an `invalid_request`, and fails whatever it expects.
/// - **Actors** must have the form of an actor where they are declared, except where a `$name` is filled in.
/// - **Violations**: all are reported, but of one actor, request or expectation only the first twenty.
/// - **Time** is a whole number and a unit, and saturates at the end of the year 9999.
/// - **Size.** There is no limit on a scenario, but one on what its steps may write: 256 MiB and
///   sixteen times its own size (P-6). A scenario that passes it is `invalid_request` at that step.
///
/// # Errors
/// What is not a scenario: `invalid_request` with every violation and its place.
pub fn simulate(scenario: &Value<'_>) -> Result<Transcript, Rejection> {
    let budget = budget::Budget::for_input(scenario)?;
    run::run(&scenario::read(scenario)?, budget)
}
