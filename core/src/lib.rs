//! The rules of registered users on a platform where software agents call third-party tools on
//! behalf of end users: a policy core without any I/O.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod error;
pub mod json;
mod time;

pub use error::{Code, ErrorInfo, Kind, Rejection, Violation, error_catalog};
pub use time::Timestamp;
