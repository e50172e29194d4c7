//! What requests of one kind have needed before, so that it is read at once the next time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use tenantry::RowKey;

/// Hints that are kept. Then all are learned anew.
const MOST: usize = 10_000;

/// For the rows that a request asks for first, the keys that it went on to ask for: most often a user's company. A hint
/// that is no longer right costs a row that nobody looks at, never a wrong answer.
#[derive(Debug, Default)]
pub(crate) struct Hints(Mutex<BTreeMap<Vec<RowKey>, Vec<RowKey>>>);

impl Hints {
    pub(crate) fn after(&self, first: &[RowKey]) -> Vec<RowKey> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(first).cloned().unwrap_or_default()
    }

    /// Keeps what came after the first keys. Lists, and what is due, are never the same twice; many keys are no habit.
    pub(crate) fn learn(&self, first: Vec<RowKey>, keys: &BTreeSet<RowKey>) {
        let later: Vec<RowKey> = keys.iter().filter(|key| !first.contains(key)).cloned().collect();
        let passes = |key: &RowKey| key.range().is_some() || key.due().is_some();
        if later.is_empty() || later.len() > 8 || keys.iter().any(passes) {
            return;
        }
        let mut after = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if after.len() >= MOST {
            after.clear();
        }
        after.insert(first, later);
    }
}
