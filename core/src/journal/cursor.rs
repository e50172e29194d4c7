//! Cursors: the id of the event that a page ended with (E-6). They survive appends and purges, and show nobody how
//! much happens beside what is visible (P-2).

use super::Journal;
use crate::event::{Event, EventId};
use crate::page::Cursor;

/// In the order in which events happened. Whether the journal knows a cursor is another question.
pub(super) struct ByEvent;

impl Cursor for ByEvent {
    fn is_cursor(text: &str) -> bool {
        text.parse::<EventId>().is_ok()
    }
}

impl Journal {
    /// The place that a cursor points to, where the actor may see it. Of a purged user only the purge
    /// record can show that.
    pub(super) fn place(&self, cursor: &str, visible: impl Fn(&Event) -> bool) -> Option<usize> {
        let EventId { stream, sequence } = cursor.parse().ok()?;
        let known = self.streams.get(&stream)?;
        let place = *known.places.get(usize::try_from(sequence.checked_sub(known.first)?).ok()?)?;
        let event = self.at(place).or_else(|| self.at(*known.places.last()?))?;
        visible(event).then_some(place)
    }
}
