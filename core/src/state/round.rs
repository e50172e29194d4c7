//! The rows that a host has loaded for one request (contract section 14).
//!
//! An answer ends the round: the next request asks for its rows again, and loading them drops the old ones. So
//! nothing is ever decided on rows that were read for an earlier request.

use super::{Key, NotLoaded, Row, RowFormat, State};
use crate::hosting::Revision;
use alloc::collections::BTreeMap;
use core::sync::atomic::{AtomicBool, Ordering};

/// What a partial state knows.
#[derive(Debug, Default)]
pub(crate) struct Round {
    /// The keys that are known, with the host's revision of each and the format that its row was in.
    pub(super) known: BTreeMap<Key, (Revision, Option<RowFormat>)>,
    /// Decisions share the instance, in Python between threads.
    is_over: AtomicBool,
}

impl Round {
    pub(super) fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }
}

impl Clone for Round {
    fn clone(&self) -> Self {
        Round { known: self.known.clone(), is_over: AtomicBool::new(self.is_over()) }
    }
}

impl State {
    /// A state that knows nothing but what is loaded (contract section 14).
    pub(crate) fn partial() -> Self {
        State { loaded: Some(Round::default()), ..State::default() }
    }

    /// Whether a row is not here and may be in the host's database.
    pub(crate) fn lacks(&self, key: &Key) -> bool {
        self.loaded.as_ref().is_some_and(|round| !round.known.contains_key(key)) && key.can_exist()
    }

    /// Takes over a row from the host, or that there is none.
    pub(crate) fn load(&mut self, key: Key, revision: Revision, row: Option<(RowFormat, Row)>) {
        let (format, row) = row.unzip();
        if key.is_row() {
            self.set(key.clone(), row);
        }
        if let Some(round) = &mut self.loaded {
            round.known.insert(key, (revision, format));
        }
    }

    /// Something was answered on the rows that are loaded: they are not there for the next request.
    pub(crate) fn end_round(&self) {
        if let Some(round) = &self.loaded {
            round.end();
        }
    }

    /// Whether something was answered since rows were loaded.
    pub(crate) fn round_is_over(&self) -> bool {
        self.loaded.as_ref().is_some_and(Round::is_over)
    }

    /// The host's revision of a row that was loaded.
    pub(crate) fn revision(&self, key: &Key) -> Revision {
        let known = self.loaded.as_ref().and_then(|round| round.known.get(key));
        known.map(|(revision, _)| revision.clone()).unwrap_or_default()
    }

    /// Whether a row with this key was loaded.
    pub(crate) fn has_loaded(&self, key: &Key) -> bool {
        self.loaded.as_ref().and_then(|round| round.known.get(key)).is_some_and(|(_, format)| format.is_some())
    }

    /// The newest format that any of these rows was loaded in.
    pub(crate) fn newest_format<'k>(&self, keys: impl Iterator<Item = &'k Key>) -> Option<RowFormat> {
        let round = self.loaded.as_ref()?;
        keys.filter_map(|key| round.known.get(key)?.1).max()
    }

    /// Whether everything is in here, so that what is not here is not there.
    pub(crate) fn is_whole(&self) -> bool {
        self.loaded.is_none()
    }

    /// What the absence of a row means here: that there is none, or that nobody has looked.
    pub(super) fn absent<T>(&self, key: impl FnOnce() -> Key) -> Result<Option<T>, NotLoaded> {
        match &self.loaded {
            None => Ok(None),
            Some(_) => {
                let key = key();
                if self.lacks(&key) { Err(NotLoaded(key)) } else { Ok(None) }
            }
        }
    }
}
