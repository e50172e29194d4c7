//! Events from JSON, with the place of whatever does not fit. serde's own reading of tagged and flattened
//! forms knows no places, and takes numbers for objects where another crate turns on serde_json's
//! `arbitrary_precision`.

use super::body::read_fields;
use super::{Event, EventBody, EventName, Stream};
use crate::error::quoted;
use crate::json::{Malformed, Value, from_value, member, parse_document, read_foreign, to_canonical};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::{Deserialize, Deserializer};

/// The envelope of an event.
const ENVELOPE: &[&str] = &["id", "stream", "sequence", "at", "organization_id", "environment", "actor", "event"];

/// Reads a journal, as a list of events in the order in which they happened.
pub(crate) fn read_events(value: &Value<'_>) -> Result<Vec<Event>, Malformed> {
    let Value::Array(items) = value else {
        return Err(Malformed::new("", format!("expected an array of events, found {}", value.type_name())));
    };
    let read = |(index, item): (usize, &Value<'_>)| read_event(item).map_err(|fault| fault.within(&index.to_string()));
    items.iter().enumerate().map(read).collect()
}

/// Reads an event.
pub(crate) fn read_event(value: &Value<'_>) -> Result<Event, Malformed> {
    let Value::Object(_) = value else {
        return Err(Malformed::new("", format!("expected an event, found {}", value.type_name())));
    };
    let event = Event {
        stream: member::<Stream>(value, "stream")?,
        sequence: member(value, "sequence")?,
        at: member(value, "at")?,
        organization_id: member(value, "organization_id")?,
        environment: member(value, "environment")?,
        actor: member(value, "actor")?,
        body: read_body(value, ENVELOPE)?,
    };
    if event.sequence == 0 {
        return Err(Malformed::new("", "expected an integer of at least 1").within("sequence"));
    }
    check_id(value, &event)?;
    Ok(event)
}

/// An event's id follows from its stream and sequence, so it may be absent, as in journals that were written before
/// events had one. Another event's id is refused.
fn check_id(value: &Value<'_>, event: &Event) -> Result<(), Malformed> {
    let id = event.id().to_string();
    match value.get("id") {
        None => Ok(()),
        Some(Value::String(given)) if *given == id => Ok(()),
        Some(_) => Err(Malformed::new("", format!("expected `{id}`, to match `stream` and `sequence`")).within("id")),
    }
}

/// Reads what an event says besides its envelope.
fn read_body(value: &Value<'_>, beside: &'static [&'static str]) -> Result<EventBody, Malformed> {
    let name = match value.get("event") {
        Some(Value::String(name)) => EventName::of(name).ok_or_else(|| {
            let known: Vec<String> = EventName::ALL.iter().map(|name| to_canonical(name).replace('"', "`")).collect();
            format!("expected one of {}, found `{}`", known.join(", "), quoted(name))
        }),
        Some(other) => Err(format!("expected a string, found {}", other.type_name())),
        None => Err(String::from("`event` is required")),
    };
    let name = name.map_err(|message| Malformed::new("/event", message))?;
    read_fields(name, &EventFields { value, beside })
}

/// The fields of an event, among others that are not its own.
pub(super) struct EventFields<'v> {
    value: &'v Value<'v>,
    beside: &'static [&'static str],
}

impl EventFields<'_> {
    /// Refuses a member that is none of the event's own.
    pub(super) fn check_known(&self, own: &[&str]) -> Result<(), Malformed> {
        let Value::Object(members) = self.value else {
            return Err(Malformed::new("", format!("expected an object, found {}", self.value.type_name())));
        };
        match members.iter().find(|(key, _)| !self.beside.contains(&key.as_ref()) && !own.contains(&key.as_ref())) {
            Some((key, _)) => Err(Malformed::new("", format!("unknown field `{}`", quoted(key))).within(key)),
            None => Ok(()),
        }
    }

    /// Reads a field; absent it is null, and one that may be absent no, too. Not inlined: many events have the same.
    #[inline(never)]
    pub(super) fn read<T: for<'v> Deserialize<'v>>(&self, name: &str, may_lack: bool) -> Result<T, Malformed> {
        if let Some(given) = self.value.get(name) {
            return from_value(given).map_err(|fault| fault.within(name));
        }
        let absent = from_value(&Value::Null)
            .or_else(|fault| if may_lack { from_value(&Value::Bool(false)) } else { Err(fault) });
        absent.map_err(|_| Malformed::new("", format!("`{name}` is required")).within(name))
    }
}

impl Event {
    /// Reads the JSON of one event, whatever features of other crates the build has.
    ///
    /// # Errors
    /// What is not JSON or no event, with the place.
    pub fn from_json(text: &str) -> Result<Self, Malformed> {
        read_event(&parse_document(text)?)
    }

    /// The event as canonical JSON, which [`from_json`](Self::from_json) reads.
    #[must_use]
    pub fn to_json(&self) -> String {
        to_canonical(self)
    }
}

/// Reads what [`Event::from_json`] reads. Metadata whose keys are private ones of `serde_json` come back as they
/// were from `serde_json` itself. They do not where something in between collects first, such as serde's `flatten`
/// or `untagged` around the event, or a `serde_json::Value` read from text: use `from_json` there.
impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_foreign(deserializer, read_event)
    }
}

impl<'de> Deserialize<'de> for EventBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_foreign(deserializer, |value| read_body(value, &["event"]))
    }
}
