//! Rejections and the program's own mistakes to exceptions: the one place where the core's refusals become Python's.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyModule, PyString, PyTuple};
use tenantry::json::{Malformed, to_canonical};
use tenantry::{Error, Kind, UsageError, wire};

use crate::input::{Keepalive, Kind as Input, read};
use crate::output;

/// A rejection as its exception carries it. The core renders it on demand: the rejection of a hostile request
/// can be large, and most are never read in full.
#[pyclass(frozen, module = "tenantry._tenantry")]
pub(crate) struct Rejection {
    rejection: tenantry::Rejection,
    documentation_base_url: Option<String>,
    /// For the host's own eyes only: in no rendering.
    #[pyo3(get)]
    internal: Option<String>,
}

#[pymethods]
impl Rejection {
    #[new]
    #[pyo3(signature = (rejection, documentation_base_url=None, internal=None))]
    fn new(
        rejection: &Bound<'_, PyAny>,
        documentation_base_url: Option<String>,
        internal: Option<String>,
    ) -> PyResult<Self> {
        let (py, kept) = (rejection.py(), Keepalive::new());
        let given = read(&kept, rejection, Input::Document, "").map_err(|fault| fault.raise(py))?;
        let rejection = wire::read_rejection(&given).map_err(|refused| raise(py, refused, None))?;
        Ok(Rejection { rejection, documentation_base_url, internal })
    }

    /// The rejection as the wire has it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::value(py, &to_canonical(&self.rejection))
    }

    /// `{"error": {"type", "code", "message", "documentation_url"}}`, for the body of an HTTP response.
    fn to_error_body<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::value(py, &to_canonical(&self.rejection.to_error_body(self.documentation_base_url.as_deref())))
    }

    /// RFC 9457 problem details, for a body of media type `application/problem+json`.
    fn to_problem<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::value(py, &to_canonical(&self.rejection.to_problem(self.documentation_base_url.as_deref())))
    }

    /// What pickle and copies take: the class, and what it is called with.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let this = slf.get();
        let with = (to_canonical(&this.rejection), this.documentation_base_url.as_deref(), this.internal.as_deref());
        Ok((slf.get_type(), with).into_pyobject(slf.py())?.into_any())
    }
}

/// The exception of an error of the core.
pub(crate) fn raise(py: Python<'_>, error: impl Into<Error>, documentation_base_url: Option<&str>) -> PyErr {
    match error.into() {
        Error::Rejected(rejection) => rejected(py, rejection, documentation_base_url),
        Error::Usage(mistake) => misused(py, &mistake),
    }
}

fn rejected(py: Python<'_>, rejection: tenantry::Rejection, documentation_base_url: Option<&str>) -> PyErr {
    let class = match rejection.kind() {
        Kind::Validation => "ValidationError",
        Kind::Authentication => "AuthenticationError",
        Kind::Permission => "PermissionDeniedError",
        Kind::NotFound => "NotFoundError",
        Kind::Conflict => "ConflictError",
    };
    let internal = rejection.internal.map(str::to_owned);
    let documentation_base_url = documentation_base_url.map(str::to_owned);
    let carried = Bound::new(py, Rejection { rejection, documentation_base_url, internal });
    carried.map_or_else(|error| error, |carried| exception(py, class, vec![carried.into_any()]))
}

/// The exception of a mistake in the program that calls, which no client can cause.
pub(crate) fn usage(py: Python<'_>, message: &str, pointer: Option<&str>) -> PyErr {
    let at = |pointer| UsageError::malformed(Malformed::new(pointer, message));
    raise(py, pointer.map_or_else(|| UsageError::new(message), at), None)
}

fn misused(py: Python<'_>, mistake: &UsageError) -> PyErr {
    let text = |text| PyString::new(py, text).into_any();
    let pointer = mistake.pointer().map_or_else(|| py.None().into_bound(py), text);
    match output::violations(py, mistake.violations()) {
        Ok(violations) => {
            let mut arguments = vec![text(mistake.message()), pointer, violations, text(mistake.code().as_str())];
            match mistake.violation_count().into_pyobject(py) {
                Ok(count) => arguments.push(count.into_any()),
                Err(never) => match never {},
            }
            exception(py, "UsageError", arguments)
        }
        Err(error) => error,
    }
}

/// An exception of `tenantry.errors`. Its `__init__`, which is Python's code, does not run: before Python 3.14, a
/// daemon thread that runs Python code while the interpreter exits is unwound, which must not pass through Rust.
fn exception<'py>(py: Python<'py>, class: &str, mut arguments: Vec<Bound<'py, PyAny>>) -> PyErr {
    static ERRORS: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let made = || {
        let errors = ERRORS.get_or_try_init(py, || py.import("tenantry.errors").map(Bound::unbind))?;
        let class = errors.bind(py).getattr(class)?;
        arguments.insert(0, class.clone());
        class.call_method1("__new__", PyTuple::new(py, arguments)?)
    };
    made().map_or_else(|error| error, PyErr::from_value)
}

/// Runs the core. A panic becomes an ordinary exception: pyo3's own `PanicException` is a `BaseException`, which hosts
/// do not catch.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| PyRuntimeError::new_err("an internal error in tenantry"))
}
