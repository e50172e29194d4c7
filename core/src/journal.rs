//! The journal: all events in the order in which they happened (E-2, E-4).

use crate::event::Event;
use alloc::vec::Vec;

/// Events in memory, where the host wants them there. Never part of the state.
#[derive(Clone, Debug, Default)]
pub(crate) struct Journal {
    events: Vec<Event>,
}

impl Journal {
    /// Takes over what an accepted command has emitted.
    pub(crate) fn record(&mut self, events: &[Event]) {
        self.events.extend_from_slice(events);
    }
}
