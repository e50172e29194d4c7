//! How a shape is declared, once: macros that give a struct, how it is read and written, its bounds, and a description.
//! The readers that they use are here, too.

mod bounds;
pub(crate) mod field;
mod instant;
pub(crate) mod member;
mod nearest;
pub(crate) mod object;
pub(crate) mod read;
pub(crate) mod string_enum;
pub(crate) mod view;

pub(crate) use bounds::{AtMost, Expiry, Integer, NO_CONTROLS, minted, read_minted};
pub use instant::{read_clock, read_now};
pub(crate) use nearest::nearest;
