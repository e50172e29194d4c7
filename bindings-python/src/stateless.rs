//! What needs no instance.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use tenantry::Rejection;
use tenantry::json::{Value, parse_document};
use tenantry::wire::{self, Input};

use crate::error::{guarded, raise};
use crate::input::{Fault, Keepalive, Kind, read};
use crate::output;

/// The violations of a command's form, at most the first 50, by the given policy or the default one. Empty where the
/// command is well formed.
#[pyfunction]
#[pyo3(signature = (command, policy=None))]
pub(crate) fn validate<'py>(
    command: &Bound<'py, PyAny>,
    policy: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, kept) = (command.py(), Keepalive::new());
    let policy = match policy {
        Some(policy) => read(&kept, policy, Kind::Request, "/policy").map_err(|fault| fault.raise(py))?,
        None => Value::Null,
    };
    // The core says what of the two it reports, as it does in every language.
    let command = match read(&kept, command, Kind::Request, "") {
        Ok(command) => Input::Value(command),
        Err(Fault::Malformed(fault)) => Input::Fault(fault),
        Err(fault) => return Err(fault.raise(py)),
    };
    let violations = guarded(|| wire::validate(command, &policy))?.map_err(|rejection| raise(py, rejection, None))?;
    output::violations(py, &violations)
}

/// The table of errors: number, code, kind, status, meaning, and what to do.
#[pyfunction]
pub(crate) fn error_catalog(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    output::value(py, &wire::error_catalog())
}

/// The table that says for each request which actors may send it.
#[pyfunction]
pub(crate) fn permissions(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    output::value(py, &wire::permissions())
}

/// A lifecycle as a Mermaid diagram.
#[pyfunction]
pub(crate) fn lifecycle_diagram(machine: &Bound<'_, PyString>) -> PyResult<String> {
    let py = machine.py();
    let machine = machine.to_str().map_err(|_| Fault::lone_surrogate("").raise(py))?;
    guarded(|| wire::lifecycle_diagram(machine))?.map_err(|rejection| raise(py, rejection, None))
}

/// A lifecycle as data: its states, its triggers, what each trigger does, and what is refused.
#[pyfunction]
pub(crate) fn lifecycle<'py>(machine: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
    let py = machine.py();
    let machine = machine.to_str().map_err(|_| Fault::lone_surrogate("").raise(py))?;
    let lifecycle = guarded(|| wire::lifecycle(machine))?.map_err(|rejection| raise(py, rejection, None))?;
    output::value(py, &lifecycle)
}

/// The command of a remedy's step, ready to be executed, with the values that only the caller knows. A missing value
/// is a `UsageError`, and so is a step without its command, which this actor may not execute.
#[pyfunction]
#[pyo3(signature = (step, /, **values))]
pub(crate) fn fill<'py>(step: &Bound<'py, PyAny>, values: Option<&Bound<'py, PyDict>>) -> PyResult<Bound<'py, PyAny>> {
    let (py, kept) = (step.py(), Keepalive::new());
    let step = read(&kept, step, Kind::Request, "").map_err(|fault| fault.raise_usage(py))?;
    let values = match values {
        Some(values) => read(&kept, values, Kind::Request, "/values").map_err(|fault| fault.raise_usage(py))?,
        None => Value::Null,
    };
    let command = guarded(|| wire::fill(&step, &values))?.map_err(|mistake| raise(py, mistake, None))?;
    output::value(py, &command)
}

/// An explanation as a table to read, with ✓ and ✗.
#[pyfunction]
pub(crate) fn explanation_table(explanation: &Bound<'_, PyAny>) -> PyResult<String> {
    let (py, kept) = (explanation.py(), Keepalive::new());
    let explanation = read(&kept, explanation, Kind::Document, "").map_err(|fault| fault.raise(py))?;
    guarded(|| wire::explanation_table(&explanation))?.map_err(|rejection| raise(py, rejection, None))
}

/// What a child access key may do that its parent may not, as violations. Empty where the child stays within its
/// parent.
#[pyfunction]
pub(crate) fn subset_of<'py>(parent: &Bound<'py, PyAny>, child: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let (py, kept) = (parent.py(), Keepalive::new());
    let parent = read(&kept, parent, Kind::Request, "/parent").map_err(|fault| fault.raise(py))?;
    let child = read(&kept, child, Kind::Request, "/child").map_err(|fault| fault.raise(py))?;
    let outside = guarded(|| wire::subset_of(&parent, &child))?.map_err(|rejection| raise(py, rejection, None))?;
    output::violations(py, &outside)
}

/// An event without what a deleted user must not leave in its own stream: profile, `external_account_id`, `reason`.
#[pyfunction]
pub(crate) fn redact<'py>(event: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let (py, kept) = (event.py(), Keepalive::new());
    let event = read(&kept, event, Kind::Request, "").map_err(|fault| fault.raise(py))?;
    let redacted = guarded(|| wire::redact(&event))?.map_err(|rejection| raise(py, rejection, None))?;
    output::value(py, &redacted)
}

/// The transcript of a scenario, other threads running meanwhile.
fn transcript(scenario: &Bound<'_, PyAny>) -> PyResult<String> {
    let (py, kept) = (scenario.py(), Keepalive::new());
    let scenario = read(&kept, scenario, Kind::Document, "").map_err(|fault| fault.raise(py))?;
    py.detach(|| guarded(|| wire::simulate(&scenario)))?.map_err(|rejection| raise(py, rejection, None))
}

/// Runs a scenario in a world of its own, to its end, whatever fails on the way: its transcript.
#[pyfunction]
pub(crate) fn simulate<'py>(scenario: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    output::value(scenario.py(), &transcript(scenario)?)
}

/// The transcript as canonical JSON, and as a story to read.
#[pyfunction]
pub(crate) fn simulate_text(scenario: &Bound<'_, PyAny>) -> PyResult<(String, String)> {
    let transcript = transcript(scenario)?;
    let story = guarded(|| parse_document(&transcript).map_err(Rejection::from).and_then(|given| wire::story(&given)))?;
    let story = story.map_err(|rejection| raise(scenario.py(), rejection, None))?;
    Ok((transcript, story))
}

/// The version of the core inside.
#[pyfunction]
pub(crate) fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}
