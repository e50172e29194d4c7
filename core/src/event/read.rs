//! Events from JSON, with the place of whatever does not fit: what the derived reading, by way of
//! serde's tagged and flattened forms, cannot tell.

use super::body::EventBodyForm;
use super::{Event, Stream};
use crate::json::{Malformed, Tagged, Value, from_value, push_key};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Deserialize;

/// What stands beside an event's own fields.
const ENVELOPE: &[&str] = &["stream", "sequence", "at", "organization_id", "environment", "actor", "event"];

/// Reads a journal, as a list of events in the order in which they happened.
pub(crate) fn read_events(value: &Value<'_>) -> Result<Vec<Event>, Malformed> {
    let Value::Array(items) = value else {
        return Err(Malformed::new("", format!("expected an array of events, found {}", value.type_name())));
    };
    let read = |(index, item): (usize, &Value<'_>)| {
        read_event(item).map_err(|mut fault| {
            fault.pointer.insert_str(0, &format!("/{index}"));
            fault
        })
    };
    items.iter().enumerate().map(read).collect()
}

/// Reads an event.
pub(crate) fn read_event(value: &Value<'_>) -> Result<Event, Malformed> {
    let Value::Object(_) = value else {
        return Err(Malformed::new("", format!("expected an event, found {}", value.type_name())));
    };
    Ok(Event {
        stream: member::<Stream>(value, "stream")?,
        sequence: member(value, "sequence")?,
        at: member(value, "at")?,
        organization_id: member(value, "organization_id")?,
        environment: member(value, "environment")?,
        actor: member(value, "actor")?,
        body: Tagged::read(value, "event", ENVELOPE, EventBodyForm::deserialize)?,
    })
}

fn member<'v, T: Deserialize<'v>>(value: &'v Value<'v>, name: &str) -> Result<T, Malformed> {
    let given = value.get(name).ok_or_else(|| Malformed::new("", format!("`{name}` is required")));
    given.and_then(from_value).map_err(|mut fault| {
        let mut pointer = String::new();
        push_key(&mut pointer, name);
        pointer.push_str(&fault.pointer);
        fault.pointer = pointer;
        fault
    })
}
