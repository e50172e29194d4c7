//! The JSON API: plain Rust, from [`Input`]s in to canonical JSON out.
//!
//! The bindings call this and nothing else, and contain no rules themselves. Every argument is an [`Input`]: JSON text,
//! a value that was made of host objects, or the reason why there is none. All faults are
//! therefore found here, with the same pointer and the same words in every language. Answers are canonical JSON.

mod api;
mod catalogs;
mod describe;
mod from_json;
mod input;
mod options;
mod persistence;
mod rejection;
pub(crate) mod remedy;
mod requests;
mod subset;
mod table;

pub use crate::declare::{read_clock, read_now};
pub use crate::error::visible;
pub use api::{
    authorize, authorize_batch, canonical, execute, explain, load, may, next_due, preview, query, requirements,
    simulate, story, validate,
};
pub use catalogs::{error_catalog, lifecycle, lifecycle_diagram, permissions};
pub use describe::{describe, describe_actor};
pub(crate) use from_json::read_one;
pub(crate) use input::OpenContext;
pub use input::{HostContext, Input};
pub use options::{example, new};
pub use persistence::{fold, redact, restore, snapshot};
pub use remedy::fill;
pub(crate) use requests::RequestSet;
pub use requests::{read_actor, read_rejection, walks};
pub use subset::subset_of;
pub use table::explanation_table;
