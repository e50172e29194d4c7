//! The PyPI package `tenantry`: converts Python values and calls the core. It holds no rule.

use pyo3::prelude::*;

/// The native part of `tenantry`; its face is the Python package around it.
#[pymodule]
mod _tenantry {
    use pyo3::prelude::*;

    /// The version of the core inside.
    #[pyfunction]
    fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}
