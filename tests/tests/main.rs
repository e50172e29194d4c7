//! The contract's rules, each held by tests that carry its number; a file for each behaviour, and a
//! line for each file.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is its purpose"
)]

mod ru_1_create_is_get_or_create;
