//! What the host supplies where the caller leaves it out: the instant and the randomness.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyModule;
use tenantry::json::Value;
use tenantry::wire;

/// Milliseconds since 1970, by Python's own clock, so that whoever stops that clock in tests stops it here.
pub(crate) fn now_millis(py: Python<'_>) -> PyResult<i64> {
    static TIME: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let time = TIME.get_or_try_init(py, || py.import("time").map(Bound::unbind))?;
    let nanos: i64 = time.bind(py).call_method0(pyo3::intern!(py, "time_ns"))?.extract()?;
    Ok(nanos.div_euclid(1_000_000))
}

fn entropy(py: Python<'_>) -> PyResult<[u8; 16]> {
    static URANDOM: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    URANDOM.import(py, "os", "urandom")?.call1((16,))?.extract()
}

/// Fills in what the caller left out of a context. Only what mints ids is given randomness.
pub(crate) fn complete(py: Python<'_>, context: &mut Value<'_>, mints: bool) -> PyResult<()> {
    let (mut no_clock, mut no_entropy) = (None, None);
    let clock = || {
        now_millis(py).unwrap_or_else(|error| {
            no_clock = Some(error);
            0
        })
    };
    let entropy = || {
        let drawn = if mints { entropy(py) } else { Ok([0; 16]) };
        drawn.unwrap_or_else(|error| {
            no_entropy = Some(error);
            [0; 16]
        })
    };
    wire::complete_context(context, clock, entropy);
    no_clock.or(no_entropy).map_or(Ok(()), Err)
}
