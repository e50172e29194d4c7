//! What is so whatever the state: lifecycles, permissions, errors.

use crate::error::{Code, Rejection, quoted};
use crate::json::to_canonical;
use crate::lifecycle::{LifecycleTable, MACHINES};
use alloc::format;
use alloc::string::String;

/// The Mermaid diagram of a lifecycle, see [`lifecycle_diagram`](crate::lifecycle_diagram).
///
/// # Errors
/// `invalid_request` for an unknown name.
pub fn lifecycle_diagram(machine: &str) -> Result<String, Rejection> {
    Ok(table(machine)?.diagram())
}

/// A lifecycle as data, see [`lifecycle`](crate::lifecycle()).
///
/// # Errors
/// `invalid_request` for an unknown name.
pub fn lifecycle(machine: &str) -> Result<String, Rejection> {
    Ok(to_canonical(&table(machine)?))
}

fn table(machine: &str) -> Result<LifecycleTable, Rejection> {
    crate::lifecycle::lifecycle(machine).ok_or_else(|| {
        let known = MACHINES.join("`, `");
        let message = format!("unknown lifecycle `{}`; expected one of `{known}`", quoted(machine));
        Rejection::because(Code::InvalidRequest, message)
    })
}

/// The table of permissions, as JSON.
#[must_use]
pub fn permissions() -> String {
    to_canonical(&crate::permissions::permissions())
}

/// The table of errors, as JSON.
#[must_use]
pub fn error_catalog() -> String {
    to_canonical(&crate::error::error_catalog())
}
