//! The shapes of everything that goes in or comes out as JSON, as the declarations of requests, answers and events
//! give them; and, a file for each subject, those of which the JSON is written by hand. Only the generator of schema,
//! types and docs asks for them, so that no package carries them.

mod all;
mod decisions;
mod errors;
mod events;
mod hosting;
mod options;
mod outcomes;
mod simulations;

pub use all::{all, inputs};
pub(crate) use decisions::ToolStatus;
pub(crate) use events::event;
pub(crate) use options::{MachineName, RequestName};
pub(crate) use outcomes::Answered;
