//! What needs no instance.

use pyo3::prelude::*;
use tenantry::json::Value;
use tenantry::wire;

use crate::error::{guarded, raise};
use crate::input::{Kept, Kind, read};
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
    let violations = guarded(|| wire::validate(&command, &policy))?.map_err(|rejection| raise(py, &rejection, None))?;
    output::violations(py, &violations)
}

#[pyfunction]
pub(crate) fn error_catalog(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    output::value(py, &wire::error_catalog())
}

/// The version of the core inside.
#[pyfunction]
pub(crate) fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}
