//! What a tool call is answered (contract section 6), and what follows from that: explanations, remedies, impact.

mod acting;
mod affected;
pub(crate) mod call;
pub(crate) mod check;
pub(crate) mod decision;
pub(crate) mod explain;
mod fill;
pub(crate) mod gate;
pub(crate) mod impact;
mod list_tools;
mod membership;
mod remedies;
mod step;
mod unmatched;

pub use acting::Acting;
pub use call::{FullToolName, ToolCall};
pub use check::Check;
pub use decision::{Allowed, Decision, Denied};
pub use explain::{CheckReport, CheckResult, Explanation};
pub(crate) use fill::NO_COMMAND;
pub use fill::RemedyValues;
pub use impact::{Access, Impact};
pub use list_tools::{ListTools, PackTools};
pub use step::{Affects, Remedy, RemedyKind, RemedyParameter, RemedyStep, StepCommand};
