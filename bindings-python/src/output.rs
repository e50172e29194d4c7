//! The core's canonical JSON to Python values.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList};
use tenantry::{Rejection, Violation};

use crate::input::Fault;

/// Python's own reader, which is C and knows how to make dicts; without what `json.loads` does around it, which
/// costs as much again for a small answer.
pub(crate) fn value<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    static DECODE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let decode = DECODE.get_or_try_init(py, || {
        py.import("json")?.getattr("JSONDecoder")?.call0()?.getattr("raw_decode").map(Bound::unbind)
    })?;
    decode.bind(py).call1((text,))?.get_item(0)
}

/// A decision, which is falsy where it denies.
pub(crate) fn decision<'py>(decision: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    static DECISION: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    DECISION.import(decision.py(), "tenantry.decision", "Decision")?.call1((decision,))
}

/// An outcome: where the response is a decision, it is falsy where it denies.
pub(crate) fn outcome<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    let outcome = value(py, text)?;
    with_decision(&outcome, "response")?;
    Ok(outcome)
}

/// Makes a decision of a member that is one.
pub(crate) fn with_decision(object: &Bound<'_, PyAny>, member: &str) -> PyResult<()> {
    let object = object.cast::<PyDict>()?;
    if let Some(given) = object.get_item(member)?
        && given.cast::<PyDict>()?.contains("effect")?
    {
        object.set_item(member, decision(&given)?)?;
    }
    Ok(())
}

/// Violations, as they stand in rejections.
pub(crate) fn violations<'py>(py: Python<'py>, violations: &[Violation]) -> PyResult<Bound<'py, PyAny>> {
    let list = PyList::empty(py);
    for violation in violations {
        let dict = PyDict::new(py);
        dict.set_item(pyo3::intern!(py, "code"), violation.code.as_str())?;
        dict.set_item(pyo3::intern!(py, "message"), &violation.message)?;
        dict.set_item(pyo3::intern!(py, "pointer"), &violation.pointer)?;
        list.append(dict)?;
    }
    Ok(list.into_any())
}

/// What cannot be read at all, as the one violation that it is (ER-2).
pub(crate) fn fault(py: Python<'_>, fault: Fault) -> PyResult<Bound<'_, PyAny>> {
    match fault {
        Fault::Malformed(malformed) => violations(py, &Rejection::malformed(malformed).violations),
        interrupted => Err(interrupted.raise(py)),
    }
}
