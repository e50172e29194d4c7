//! Rejections to exceptions: the one place where the core's refusals become Python's.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use tenantry::Rejection;
use tenantry::json::to_canonical;

/// The exception of a rejection. Both public renderings come from the core, which alone knows them.
pub(crate) fn raise(py: Python<'_>, rejection: &Rejection, documentation_base_url: Option<&str>) -> PyErr {
    static OF: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let made = OF.import(py, "tenantry.errors", "_of").and_then(|of| {
        of.call1((
            rejection.kind().as_str(),
            to_canonical(rejection),
            to_canonical(&rejection.to_error_body(documentation_base_url)),
            to_canonical(&rejection.to_problem(documentation_base_url)),
            rejection.internal,
        ))
    });
    made.map_or_else(|error| error, PyErr::from_value)
}

/// Runs the core. Were there a fault in it, it would come out as an ordinary exception: pyo3's own
/// `PanicException` is none, so that hosts do not catch it.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| PyRuntimeError::new_err("a fault in tenantry itself"))
}
