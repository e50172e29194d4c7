//! Counting on.

use crate::json::MAX_SAFE_INTEGER;

/// The number after this one. At 2^53−1, which nobody counts up to, it stays: whatever a row says that was handed
/// in, what comes of it can be written and read again.
pub(crate) fn next(counter: u64) -> u64 {
    counter.saturating_add(1).min(MAX_SAFE_INTEGER.unsigned_abs())
}
