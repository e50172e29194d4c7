//! What needs no instance.

use pyo3::prelude::*;
use pyo3::types::PyString;
use tenantry::json::{Value, parse_document};
use tenantry::{Rejection, wire};

use crate::error::{guarded, raise};
use crate::input::{Fault, Kept, Kind, read};
use crate::output;

#[pyfunction]
#[pyo3(signature = (command, policy=None))]
pub(crate) fn validate<'py>(
    command: &Bound<'py, PyAny>,
    policy: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let (py, kept) = (command.py(), Kept::new());
    let policy = match policy {
        Some(policy) => read(&kept, policy, Kind::Request, "/policy").map_err(|fault| fault.raise(py))?,
        None => Value::Null,
    };
    let command = match read(&kept, command, Kind::Request, "") {
        Ok(command) => command,
        Err(fault) => return output::fault(py, fault),
    };
    let violations = guarded(|| wire::validate(&command, &policy))?.map_err(|rejection| raise(py, rejection, None))?;
    output::violations(py, &violations)
}

#[pyfunction]
pub(crate) fn error_catalog(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    output::value(py, &wire::error_catalog())
}

#[pyfunction]
pub(crate) fn permissions(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    output::value(py, &wire::permissions())
}

#[pyfunction]
pub(crate) fn lifecycle_diagram(machine: &Bound<'_, PyString>) -> PyResult<String> {
    let py = machine.py();
    let machine = machine.to_str().map_err(|_| Fault::lone_surrogate("").raise(py))?;
    guarded(|| wire::lifecycle_diagram(machine))?.map_err(|rejection| raise(py, rejection, None))
}

#[pyfunction]
pub(crate) fn subset_of<'py>(parent: &Bound<'py, PyAny>, child: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let (py, kept) = (parent.py(), Kept::new());
    let parent = read(&kept, parent, Kind::Request, "/parent").map_err(|fault| fault.raise(py))?;
    let child = read(&kept, child, Kind::Request, "/child").map_err(|fault| fault.raise(py))?;
    let outside = guarded(|| wire::subset_of(&parent, &child))?.map_err(|rejection| raise(py, rejection, None))?;
    output::violations(py, &outside)
}

#[pyfunction]
pub(crate) fn redact<'py>(event: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let (py, kept) = (event.py(), Kept::new());
    let event = read(&kept, event, Kind::Request, "").map_err(|fault| fault.raise(py))?;
    let redacted = guarded(|| wire::redact(&event))?.map_err(|rejection| raise(py, rejection, None))?;
    output::value(py, &redacted)
}

/// The transcript of a scenario, other threads running meanwhile.
fn transcript(scenario: &Bound<'_, PyAny>) -> PyResult<String> {
    let (py, kept) = (scenario.py(), Kept::new());
    let scenario = read(&kept, scenario, Kind::Document, "").map_err(|fault| fault.raise(py))?;
    py.detach(|| guarded(|| wire::simulate(&scenario)))?.map_err(|rejection| raise(py, rejection, None))
}

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
