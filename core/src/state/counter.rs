//! Counters.

use crate::json::MAX_SAFE_INTEGER;

/// The number after this one, at most 2^53−1. No world counts that far, but a row that is handed in may say so, and
/// the result must still be readable JSON.
pub(crate) fn next(counter: u64) -> u64 {
    counter.saturating_add(1).min(MAX_SAFE_INTEGER.unsigned_abs())
}
