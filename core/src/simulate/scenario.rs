//! Reading a scenario: strictly, with all violations at once, before anything runs.

use super::actors::{ScenarioNames, first_saves};
use super::step::Step;
use crate::declare::read::{Object, Reader};
use crate::error::{Code, Rejection};
use crate::json::{Path, Value};
use crate::policy::Policy;
use crate::time::Timestamp;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// A scenario, ready to run.
pub(super) struct Scenario<'v> {
    pub(super) name: &'v str,
    pub(super) policy: Policy,
    pub(super) start: Timestamp,
    pub(super) seed: &'v str,
    pub(super) steps: Vec<Step<'v>>,
}

const FIELDS: &[&str] = &["scenario", "description", "policy", "start", "seed", "actors", "steps"];

pub(super) fn read<'v>(scenario: &'v Value<'v>) -> Result<Scenario<'v>, Rejection> {
    let defaults = Policy::default();
    let mut reader = Reader::new(None, &defaults);
    let read = read_fields(scenario, &mut reader);
    match reader.violations.into_rejection() {
        Some(rejection) => Err(rejection),
        None => read.ok_or_else(|| Rejection::new(Code::InvalidRequest)),
    }
}

fn read_fields<'v>(scenario: &'v Value<'v>, reader: &mut Reader<'_>) -> Option<Scenario<'v>> {
    let object = Object::open(scenario, &Path::ROOT, FIELDS, reader)?;
    let name = text(&object, "scenario", reader);
    let description = object.optional::<String>("description", reader);
    let policy = object.or("policy", Policy::default(), reader);
    let start = object.required("start", reader);
    let seed = text(&object, "seed", reader);

    let steps = match object.present("steps") {
        Some(Value::Array(steps)) => steps.as_slice(),
        _ => &[],
    };
    let mut names = ScenarioNames { first_saved: first_saves(steps), actors: BTreeMap::new() };
    names.read_actors(&object, reader);
    let at = object.at("steps");
    match object.present("steps") {
        Some(Value::Array(_)) => {}
        Some(other) => reader.mistyped("an array", other, &at).unwrap_or_default(),
        None => reader.report(Code::InvalidRequest, &at, "`steps` is required").unwrap_or_default(),
    }
    let steps: Vec<_> =
        steps.iter().enumerate().map(|(index, step)| names.read_step(step, index, &at.index(index), reader)).collect();

    description?;
    Some(Scenario {
        name: name?,
        policy: policy?,
        start: start?,
        seed: seed?,
        steps: steps.into_iter().collect::<Option<_>>()?,
    })
}

/// A required string, borrowed.
pub(super) fn text<'v>(object: &Object<'v, '_>, name: &str, reader: &mut Reader<'_>) -> Option<&'v str> {
    match object.present(name) {
        Some(Value::String(text)) => Some(text),
        Some(other) => reader.mistyped("a string", other, &object.at(name)),
        None => reader.report(Code::InvalidRequest, &object.at(name), format!("`{name}` is required")),
    }
}
