//! What keeps a world: snapshots out and in, and journals in.

use super::face::read_options;
use super::input::Input;
use crate::error::Rejection;
use crate::event::{read_event, read_events};
use crate::json::to_canonical;
use crate::tenantry::Tenantry;
use alloc::string::String;

/// What is restored or folded is a whole state: there are no rows to be loaded.
const FIELDS: &[&str] = &["policy", "journal", "row_format"];

/// The whole state as canonical JSON, see [`Tenantry::snapshot`].
#[must_use]
pub fn snapshot(tenantry: &Tenantry) -> String {
    tenantry.snapshot()
}

/// The world that a snapshot holds, with the options `{policy?, journal?, row_format?}`.
///
/// # Errors
/// `invalid_request` with what is wrong with the options; `invalid_snapshot` with the first place
/// that breaks form, reference, uniqueness or count (S-2).
pub fn restore<'s, 'o>(snapshot: impl Into<Input<'s>>, options: impl Into<Input<'o>>) -> Result<Tenantry, Rejection> {
    let options = read_options(options.into(), FIELDS)?;
    let snapshot = snapshot.into().stored().map_err(Rejection::invalid_snapshot)?;
    Tenantry::restore_value(&snapshot, options)
}

/// The world that a journal gives, see [`Tenantry::fold`]: from a list of events as outcomes and the
/// query `journal` give them.
///
/// # Errors
/// `invalid_request` with what is wrong with the options; `invalid_snapshot` with the first event that
/// is none or does not fit (E-1).
pub fn fold<'e, 'o>(events: impl Into<Input<'e>>, options: impl Into<Input<'o>>) -> Result<Tenantry, Rejection> {
    let options = read_options(options.into(), FIELDS)?;
    let events = events.into().stored().and_then(|events| read_events(&events));
    let events = events.map_err(Rejection::invalid_snapshot)?;
    Tenantry::fold(&events, options)
}

/// An event without what a deleted user must not leave in its own stream, see [`Event::redact`](crate::Event::redact).
///
/// # Errors
/// `invalid_request` at what is no event.
pub fn redact<'e>(event: impl Into<Input<'e>>) -> Result<String, Rejection> {
    let mut event = event.into().stored().and_then(|event| read_event(&event))?;
    event.redact();
    Ok(to_canonical(&event))
}
