//! The rows that a host has loaded for one request (contract section 14).
//!
//! An answer ends the round: the next request asks for its rows again, and loading them drops the old ones. So
//! nothing is ever decided on rows that were read for an earlier request.

use super::{Key, RowFormat};
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
