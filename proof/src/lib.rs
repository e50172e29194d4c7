//! Proof that people can check, on the core as it ships: nothing here repeats its rules, and nothing in it knows of this.
//!
//! - **Models** ([`model`]): small worlds ([`worlds`]), each set up to its interesting point, of which `stateright` visits every
//!   state that so many steps lead to. Each step goes through [`tenantry::Tenantry::execute`], and all of I-1 to I-11 are
//!   looked at ([`invariants`]), from what is stored, written and answered alone.
//! - **Mutants** ([`mutants`]): rules broken from outside, to see that the checker finds what it is there for.
//! - **Interference** ([`interference`]): pairs of worlds that differ out of an actor's reach, which must answer it alike.
//!
//! `tests/` runs what is quick, for `make test`; `src/main.rs` all of it, for `make prove`. `docs/proof.md` says what came out.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a check that cannot be made is a check that has failed"
)]

pub mod interference;
pub mod invariants;
pub mod memory;
pub mod model;
pub mod mutants;
pub mod node;
mod projection;
pub mod reached;
pub mod step;
pub mod worlds;

/// A world of the list: panics where there is none of that name.
#[must_use]
pub fn world(name: &str) -> worlds::World {
    let known = worlds::all().into_iter().find(|world| world.name == name);
    known.unwrap_or_else(|| panic!("there is no world `{name}`"))
}
