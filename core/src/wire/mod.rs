//! The JSON face: plain Rust, from [`Value`](crate::json::Value)s in to canonical JSON out.
//!
//! The bindings call this and nothing else, and hold no rule themselves. Every function takes
//! values, so that host objects and JSON text go the same way, and gives the text of canonical JSON.

mod face;
mod host;
mod keep;
pub(crate) mod read;
#[cfg(test)]
mod schema;
mod subset;

pub(crate) use face::Named;
pub use face::{
    authorize, authorize_batch, error_catalog, example, execute, explain, lifecycle_diagram, load, new, next_due,
    preview, query, read_actor, read_rejection, requirements, simulate, story, validate,
};
pub use host::{accept_millis, act_as, complete_context};
pub use keep::{fold, redact, restore, restore_text, snapshot};
pub use subset::subset_of;
