//! What keeps a world: snapshots out and in.

use super::face::read_options;
use crate::error::Rejection;
use crate::json::Value;
use crate::tenantry::Tenantry;
use alloc::string::String;

/// The whole state as canonical JSON, see [`Tenantry::snapshot`].
#[must_use]
pub fn snapshot(tenantry: &Tenantry) -> String {
    tenantry.snapshot()
}

/// The world that a snapshot holds, with the options `{policy?, journal?}` of [`new`](super::new).
///
/// # Errors
/// `invalid_request` with what is wrong with the options; `invalid_snapshot` with the first place
/// that breaks form, reference, uniqueness or count (S-2).
pub fn restore(snapshot: &Value<'_>, options: &Value<'_>) -> Result<Tenantry, Rejection> {
    Tenantry::restore_value(snapshot, read_options(options)?)
}
