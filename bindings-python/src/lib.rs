//! The PyPI package `tenantry`: converts Python values and calls the core. It holds no rule.

use pyo3::prelude::*;

mod acting;
mod caller;
mod command_line;
mod error;
mod foreign;
mod fork;
mod host;
mod input;
mod instance;
mod output;
mod stateless;
mod subscribers;
mod world;

/// The native part of `tenantry`; its API is the Python package around it.
#[pymodule]
mod _tenantry {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::acting::Acting;
    #[pymodule_export]
    use super::command_line::command_line;
    #[pymodule_export]
    use super::error::Rejection;
    #[pymodule_export]
    use super::instance::{Tenantry, unpickle};
    #[pymodule_export]
    use super::stateless::{
        error_catalog, explanation_table, fill, lifecycle, lifecycle_diagram, permissions, redact, simulate,
        simulate_text, subset_of, validate, version,
    };

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::fork::register(module)
    }
}
