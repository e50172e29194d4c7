//! The npm package `tenantry`: converts JavaScript values and calls the core. It holds no rule.
//!
//! Arguments come in through one buffer, the inbox, into which `npm/values.js` has walked them
//! (`values_in.rs`, `arguments.rs`); answers go out as the text of canonical JSON, behind a mark where they are
//! rejections (`answer.rs`). No JavaScript runs while the core does, so that no getter, proxy or
//! patched `Error` can find an instance half-way through a call.

mod acting;
mod answer;
mod arguments;
#[cfg(target_arch = "wasm32")]
mod memory;
mod stateless;
mod values_in;
mod world;

pub use acting::{Bound, read_now, slots};
pub use stateless::{
    canonical_json, describe, error_body, error_catalog, explanation_table, fill, lifecycle, lifecycle_diagram,
    permissions, problem, redact, refuse, simulate, story, subset_of, validate, version,
};
pub use values_in::{
    broken_off, command_bytes, command_depth, document_depth, inbox, inbox_memory, trim_inbox, wipe_inbox,
};
pub use world::World;
