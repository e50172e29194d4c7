//! What the host supplies where the caller leaves it out: the instant and the randomness.

use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyCFunction, PyDict, PyModule};
use tenantry::{Timestamp, wire};

use crate::error::raise;

/// Milliseconds since 1970, by Python's own clock, so that whoever stops that clock in tests stops it here: by
/// another `time.time_ns`, or inside of it. It is looked up in the module's own dict, which is the quickest way
/// that sees both.
fn now_millis(py: Python<'_>) -> PyResult<i64> {
    static TIME: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let time = TIME.get_or_try_init(py, || py.import("time").map(|time| time.dict().unbind()))?;
    let clock = time.bind(py).get_item(pyo3::intern!(py, "time_ns"))?;
    let clock = clock.ok_or_else(|| PyAttributeError::new_err("module `time` has no `time_ns`"))?;
    Ok(clock.call0()?.extract::<i64>()?.div_euclid(1_000_000))
}

/// Sixteen random bytes: what `os.urandom` gives, so that a test which replaces that replaces it here. The
/// original releases Python's lock while it waits for the system, and before Python 3.14 a daemon thread may never get
/// it again once the interpreter exits (see `error.rs`). So it is replaced by a direct call to the system.
pub(crate) fn entropy(py: Python<'_>) -> PyResult<[u8; 16]> {
    static OS: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let os = OS.get_or_try_init(py, || py.import("os").map(Bound::unbind))?;
    let urandom = os.bind(py).getattr(pyo3::intern!(py, "urandom"))?;
    if urandom.cast::<PyCFunction>().is_err() {
        return urandom.call1((16,))?.extract();
    }
    let mut drawn = [0; 16];
    getrandom::fill(&mut drawn).map_err(std::io::Error::from)?;
    Ok(drawn)
}

/// The instant of Python's clock.
pub(crate) fn clock(py: Python<'_>) -> PyResult<Timestamp> {
    wire::read_clock(now_millis(py)? as f64).map_err(|mistake| raise(py, mistake, None))
}
