//! What keeps a world: snapshots out and in, and journals in.

use super::input::Input;
use super::options::{WHOLE, read_options};
use crate::error::Rejection;
use crate::event::{read_event, read_events};
use crate::json::{Malformed, Value, to_canonical};
use crate::tenantry::Tenantry;
use alloc::borrow::Cow;
use alloc::string::String;

/// The whole state as canonical JSON, see [`Tenantry::snapshot`].
#[must_use]
pub fn snapshot(tenantry: &Tenantry) -> String {
    tenantry.snapshot()
}

/// The instance that a snapshot describes, with the options `{policy?, journal?, row_format?}`.
///
/// # Errors
/// `invalid_request` with what is wrong with the options; `invalid_snapshot` with the first place
/// that breaks form, reference, uniqueness or count (S-2).
pub fn restore<'s, 'o>(snapshot: impl Into<Input<'s>>, options: impl Into<Input<'o>>) -> Result<Tenantry, Rejection> {
    let options = read_options(options.into(), WHOLE)?;
    let snapshot = snapshot.into().stored().map_err(Rejection::invalid_snapshot)?;
    Tenantry::restore_value(&snapshot, options)
}

/// The world that a journal gives, see [`Tenantry::fold`]: from a list of events as outcomes and the
/// query `journal` give them. Or from `{onto, events}`, a snapshot and the events since then, see
/// [`Tenantry::fold_onto`]; both as values, or as text.
///
/// # Errors
/// `invalid_request` with what is wrong with the options; `invalid_snapshot` with the first event that
/// is none or does not fit (E-1).
pub fn fold<'e, 'o>(events: impl Into<Input<'e>>, options: impl Into<Input<'o>>) -> Result<Tenantry, Rejection> {
    let options = read_options(options.into(), WHOLE)?;
    let given = events.into().stored().map_err(Rejection::invalid_snapshot)?;
    match (given.get("onto"), given.get("events")) {
        (Some(onto), Some(events)) => {
            let snapshot = part(onto, "onto").map_err(Rejection::invalid_snapshot)?;
            let events = part(events, "events").and_then(|events| read_events(&events));
            Tenantry::restore_value(&snapshot, options)?.folded(&events.map_err(Rejection::invalid_snapshot)?)
        }
        _ => Tenantry::fold(&read_events(&given).map_err(Rejection::invalid_snapshot)?, options),
    }
}

/// A part of what is folded, which may be text.
fn part<'v>(value: &'v Value<'v>, name: &str) -> Result<Cow<'v, Value<'v>>, Malformed> {
    match value {
        Value::String(text) => Input::from(text.as_ref()).stored().map_err(|fault| fault.within(name)),
        value => Ok(Cow::Borrowed(value)),
    }
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
