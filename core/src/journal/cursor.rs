//! Cursors: the event that a page ended with. They survive appends and purges, and tell nobody how
//! much happens beside what is visible (P-2).

use super::Journal;
use crate::event::{Event, Stream};
use crate::id::{AccountId, CompanyId, OrganizationId, RegisteredUserId, RegistrationTokenId};
use crate::page::Cursor;
use alloc::format;
use alloc::string::{String, ToString};

/// The cursor of an event.
pub(super) fn cursor(event: &Event) -> String {
    let (kind, id) = match &event.stream {
        Stream::Account(id) => ("account", id.to_string()),
        Stream::Company(id) => ("company", id.to_string()),
        Stream::Organization(id) => ("organization", id.as_str().to_string()),
        Stream::RegisteredUser(id) => ("registered_user", id.to_string()),
        Stream::RegistrationToken(id) => ("registration_token", id.to_string()),
    };
    format!("{kind}/{}/{id}", event.sequence)
}

/// In the order in which events happened. Whether the journal knows a cursor is another question.
pub(super) struct ByEvent;

impl Cursor for ByEvent {
    fn is_cursor(text: &str) -> bool {
        parse(text).is_some()
    }
}

fn parse(cursor: &str) -> Option<(Stream, u64)> {
    let (kind, rest) = cursor.split_once('/')?;
    let (sequence, id) = rest.split_once('/')?;
    let stream = match kind {
        "account" => Stream::Account(AccountId::from_text(id)),
        "company" => Stream::Company(CompanyId::from_text(id)),
        "organization" => Stream::Organization(OrganizationId::new(id).ok()?),
        "registered_user" => Stream::RegisteredUser(RegisteredUserId::from_text(id)),
        "registration_token" => Stream::RegistrationToken(RegistrationTokenId::from_text(id)),
        _ => return None,
    };
    Some((stream, sequence.parse().ok()?))
}

impl Journal {
    /// The place that a cursor stands for, where the actor may see it. Of a purged user only the purge
    /// record can tell that.
    pub(super) fn place(&self, cursor: &str, visible: impl Fn(&Event) -> bool) -> Option<usize> {
        let (stream, sequence) = parse(cursor)?;
        let known = self.streams.get(&stream)?;
        let place = *known.places.get(usize::try_from(sequence.checked_sub(known.first)?).ok()?)?;
        let event = self.at(place).or_else(|| self.at(*known.places.last()?))?;
        visible(event).then_some(place)
    }
}
