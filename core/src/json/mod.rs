//! JSON as the core sees it: one strict, depth-limited value, one canonical writer (S-1).
//!
//! Text and host objects both become a [`Value`] first, so that whatever language a request comes
//! from, the same parser refuses the same things (ER-1…3, P-6).
//!
//! A [`Value`] prints as canonical JSON, and `parse` reads it again. What a host stores as JSON goes best through these:
//! no feature of another crate changes what they read and write, and every key is ordinary data (ER-3).

mod canonical;
mod compound;
mod foreign;
mod no_json;
mod parse;
mod pointer;
mod read;
mod scan;
mod value;

pub use canonical::to_canonical;
pub(crate) use canonical::{object, push_canonical, sorted, to_value};
pub(crate) use foreign::read_foreign;
pub use no_json::NoJson;
pub use parse::{Malformed, parse_command, parse_document};
pub(crate) use parse::{check_command, check_document};
pub use pointer::Path;
pub(crate) use pointer::{pointer_order, shortened};
pub(crate) use read::{from_exact, from_value, member, text as read_text};
pub use value::{MAX_SAFE_INTEGER, Value};

/// Nesting that a single command, query, call or context may have (ER-2).
pub const COMMAND_DEPTH: usize = 32;

/// Nesting that scenarios, snapshots and batches may have: what they carry is nested in itself.
pub const DOCUMENT_DEPTH: usize = 120;

/// Bytes of canonical JSON that a single command or query may have (ER-2): 1 MiB.
pub const COMMAND_BYTES: usize = 1 << 20;

/// Bytes that the text of one may have: enough where all is escaped (`\u0041`), and for white space.
const COMMAND_TEXT_BYTES: usize = 8 * COMMAND_BYTES;
