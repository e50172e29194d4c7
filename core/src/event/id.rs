//! What names an event for ever (E-6).

use super::Stream;
use crate::shape::{Shown, Type};
use alloc::string::{String, ToString};
use core::fmt;
use serde::de::value::{self, MapDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The id of an event: `stream kind:stream id:sequence`, such as `account:user_01K…:3` (E-6). No other event
/// ever has it, so that a consumer can detect events that it has handled before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId {
    /// The stream that the event belongs to.
    pub stream: Stream,
    /// Its place in the stream.
    pub sequence: u64,
}

impl fmt::Display for EventId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, sequence) = (self.stream.kind(), self.sequence);
        let id: &dyn fmt::Display = match &self.stream {
            Stream::Account(id) => id,
            Stream::Company(id) => id,
            Stream::Organization(id) => &id.as_str(),
            Stream::RegisteredUser(id) => id,
            Stream::RegistrationToken(id) => id,
        };
        write!(formatter, "{kind}:{id}:{sequence}")
    }
}

/// Why a text is no [`EventId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoEventId;

impl fmt::Display for NoEventId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("expected an event id of the form `stream kind:stream id:sequence`")
    }
}

impl core::error::Error for NoEventId {}

crate::convert::from_text!(EventId, NoEventId, |text: &str| {
    parse(text).filter(|id| id.to_string() == text).ok_or(NoEventId)
});

/// The stream is read as the wire reads it, `{kind, id}`.
fn parse(text: &str) -> Option<EventId> {
    let (stream, sequence) = text.rsplit_once(':')?;
    let (kind, id) = stream.split_once(':')?;
    let stream = MapDeserializer::<_, value::Error>::new([("kind", kind), ("id", id)].into_iter());
    Some(EventId { stream: Stream::deserialize(stream).ok()?, sequence: sequence.parse().ok()? })
}

impl Serialize for EventId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EventId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::json::read_text(deserializer, str::parse)
    }
}

impl Shown for EventId {
    fn shown() -> Type {
        String::shown()
    }
}
