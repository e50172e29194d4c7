//! The journal: all events in the order in which they happened (E-2, E-4), for hosts that do not keep
//! them themselves. Never part of the state.

mod cursor;
mod query;
mod visible;

pub use query::ReadJournal;

use crate::event::{Effect, EffectBody, Event, EventBody, Stream};
use crate::id::{OrganizationId, RegisteredUserId};
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt;

/// Events in memory. A place that a purge has emptied stays empty, so that all others keep theirs.
#[derive(Clone, Default)]
pub(crate) struct Journal {
    events: Vec<Option<Box<Event>>>,
    streams: BTreeMap<Stream, Places>,
    organizations: BTreeMap<OrganizationId, Vec<usize>>,
    /// Where a registered user is named outside its own stream: as the actor, or as who has linked a credential.
    named: BTreeMap<RegisteredUserId, Vec<usize>>,
}

/// How much there is.
impl fmt::Debug for Journal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Journal").field("events", &self.events.len()).finish_non_exhaustive()
    }
}

/// Where the events of a stream are, by sequence.
#[derive(Clone, Debug)]
struct Places {
    /// The sequence of the first: 1, but where the journal began with a purge record.
    first: u64,
    places: Vec<usize>,
}

impl Journal {
    /// Takes over what an accepted command has emitted, and erases what it asks to be erased.
    pub(crate) fn record(&mut self, events: &[Event], effects: &[Effect]) {
        for event in events {
            self.push(event.clone());
        }
        for effect in effects {
            match &effect.body {
                EffectBody::RedactUser { registered_user_id } => {
                    self.redact(&Stream::RegisteredUser(*registered_user_id))
                }
                EffectBody::RedactAccount { user_id } => self.redact(&Stream::Account(*user_id)),
                EffectBody::PurgeUser { registered_user_id } => self.purge(*registered_user_id),
                EffectBody::RevokeUpstream { .. } => {}
            }
        }
    }

    fn push(&mut self, event: Event) {
        let place = self.events.len();
        let stream = self.streams.entry(event.stream.clone());
        stream.or_insert_with(|| Places { first: event.sequence, places: Vec::new() }).places.push(place);
        if let Some(organization_id) = &event.organization_id {
            self.organizations.entry(organization_id.clone()).or_default().push(place);
        }
        let named = [event.actor.registered_user_id.flatten(), event.body.linked_by()];
        for id in named.into_iter().flatten().filter(|id| event.stream != Stream::RegisteredUser(*id)) {
            self.named.entry(id).or_default().push(place);
        }
        self.events.push(Some(Box::new(event)));
    }

    /// RU-12, AC-11: what is personal leaves the events of a stream.
    fn redact(&mut self, stream: &Stream) {
        for place in self.stream(stream).to_vec() {
            if let Some(Some(event)) = self.events.get_mut(place) {
                event.redact();
            }
        }
    }

    /// RU-13: only the purge record stays; where the user is named elsewhere, its id becomes null.
    fn purge(&mut self, id: RegisteredUserId) {
        for place in self.stream(&Stream::RegisteredUser(id)).to_vec() {
            if let Some(slot) = self.events.get_mut(place) {
                slot.take_if(|event| !matches!(event.body, EventBody::RegisteredUserPurged { .. }));
            }
        }
        for place in self.named.remove(&id).unwrap_or_default() {
            if let Some(Some(event)) = self.events.get_mut(place) {
                event.forget(id);
            }
        }
    }

    /// The event in a place; none where it was purged.
    fn at(&self, place: usize) -> Option<&Event> {
        self.events.get(place)?.as_deref()
    }

    /// The places of a stream's events, purged ones included.
    fn stream(&self, stream: &Stream) -> &[usize] {
        self.streams.get(stream).map(|known| known.places.as_slice()).unwrap_or_default()
    }

    /// The events that are there, in order.
    pub(crate) fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter_map(Option::as_deref)
    }

    /// A journal of events that were kept elsewhere.
    pub(crate) fn of(events: &[Event]) -> Self {
        let mut journal = Journal::default();
        journal.record(events, &[]);
        journal
    }
}
