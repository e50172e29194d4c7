//! The core's canonical JSON to Python values.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyModule, PyType};
use tenantry::Violation;

/// Python's own reader, which is C and knows how to make dicts; without what `json.loads` does around it, which
/// costs as much again for a small answer, and which is Python's code (see `error.rs`).
pub(crate) fn value<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    static SCAN: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let scan = SCAN.get_or_try_init(py, || {
        py.import("json")?.getattr("JSONDecoder")?.call0()?.getattr("scan_once").map(Bound::unbind)
    })?;
    scan.bind(py).call1((text, 0))?.get_item(0)
}

/// The object that a decision is in Python; also what stands for one in a batch, or starts a call.
pub(crate) fn decision<'py>(wire: &Bound<'py, PyAny>, documentation: Option<&str>) -> PyResult<Bound<'py, PyAny>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let py = wire.py();
    let object = wire.cast::<PyDict>()?;
    let (class, wire) = if let Some(rejection) = object.get_item(intern!(py, "rejection"))? {
        (intern!(py, "BatchRejection"), rejection)
    } else if object.contains(intern!(py, "code"))? {
        (intern!(py, "Deny"), wire.clone())
    } else if object.contains(intern!(py, "tool_call_id"))? {
        (intern!(py, "StartedToolCall"), wire.clone())
    } else {
        (intern!(py, "Allow"), wire.clone())
    };
    let module = MODULE.get_or_try_init(py, || py.import("tenantry.decision").map(Bound::unbind))?;
    let class = module.bind(py).getattr(class)?;
    // Without its `__init__`, as exceptions are made.
    let decision = class.call_method1(intern!(py, "__new__"), (&class,))?;
    decision.setattr(intern!(py, "_wire"), wire)?;
    decision.setattr(intern!(py, "_documentation_base_url"), documentation)?;
    Ok(decision)
}

/// An object in which a member may be a decision, as in outcomes of `start_tool_call`.
pub(crate) fn with_decision<'py>(
    py: Python<'py>,
    text: &str,
    member: &str,
    documentation: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    let value = value(py, text)?;
    let object = value.cast::<PyDict>()?;
    if let Some(given) = object.get_item(member)?
        && given.cast::<PyDict>()?.contains(intern!(py, "effect"))?
    {
        object.set_item(member, decision(&given, documentation)?)?;
    }
    Ok(value)
}

/// The dict that consoles and notebooks show as a table.
pub(crate) fn explanation<'py>(explanation: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(explanation.py(), "tenantry.explanation", "Explanation")?.call1((explanation,))
}

/// Violations, as they stand in rejections.
pub(crate) fn violations<'py>(py: Python<'py>, violations: &[Violation]) -> PyResult<Bound<'py, PyAny>> {
    let list = PyList::empty(py);
    for violation in violations {
        let dict = PyDict::new(py);
        dict.set_item(intern!(py, "code"), violation.code.as_str())?;
        dict.set_item(intern!(py, "message"), &violation.message)?;
        dict.set_item(intern!(py, "pointer"), &violation.pointer)?;
        list.append(dict)?;
    }
    Ok(list.into_any())
}
