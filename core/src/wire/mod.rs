//! The JSON face: plain Rust, from [`Input`]s in to canonical JSON out.
//!
//! The bindings call this and nothing else, and hold no rule themselves. Every argument is an [`Input`]: JSON text,
//! a value that was made of host objects, or the reason why there is none. All faults are
//! therefore found here, with the same pointer and the same words in every language. Answers are canonical JSON.

mod bounds;
pub(crate) mod declare;
mod describe;
mod face;
mod from_json;
mod input;
mod instant;
mod keep;
pub(crate) mod member;
mod nearest;
pub(crate) mod read;
mod subset;
pub(crate) mod view;
pub(crate) mod words;

pub(crate) use bounds::{AtMost, Expiry, Integer, NO_CONTROLS, minted, read_minted};
pub use describe::{describe, describe_actor};
pub(crate) use face::RequestSet;
pub use face::{
    authorize, authorize_batch, canonical, error_catalog, example, execute, explain, lifecycle_diagram, load, may, new,
    next_due, permissions, preview, query, read_actor, read_rejection, requirements, simulate, story, validate,
};
pub(crate) use from_json::read_one;
pub(crate) use input::OpenContext;
pub use input::{HostContext, Input};
pub use instant::{read_clock, read_now};
pub use keep::{fold, redact, restore, snapshot};
pub(crate) use nearest::nearest;
pub use subset::subset_of;
