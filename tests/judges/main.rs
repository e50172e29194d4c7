//! Judges from outside: what others have written down of the standards that the core keeps, and libraries that are
//! not ours, asked about the same things.
//!
//! What differs is listed with its reason, and the list is asserted exactly: a new difference fails, and so does one
//! that is no more. The suites are others' and not in the tree (`suites.rs`); where they are not there, the test says so.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is its purpose"
)]

mod authzen;
mod authzen_certification;
mod authzen_todo;
mod corpus;
mod formats;
mod is_email;
mod json_test_suite;
mod pointers;
mod rfc_8785;
mod suites;
