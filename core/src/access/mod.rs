//! Who may do what (SPEC section 2), and what a tool call is answered (SPEC section 6).

mod acting;
pub(crate) mod authority;
pub(crate) mod call;
pub(crate) mod decision;
pub(crate) mod explain;
pub(crate) mod impact;
mod list_tools;
pub(crate) mod membership;
mod remedies;
mod subset;

pub use acting::Acting;
pub use call::{FullToolName, ToolCall};
pub use decision::{Allowed, Decision};
pub use explain::{Check, CheckReport, CheckResult, Explanation};
pub use impact::{Access, Impact};
pub use list_tools::{ListTools, PackTools};
pub use remedies::{Affects, Remedy, Step, StepKind};
pub use subset::subset_of;
