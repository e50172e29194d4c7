//! Who may do what (SPEC section 2), and what a tool call is answered (SPEC section 6).

mod acting;
pub(crate) mod authority;
pub(crate) mod call;
pub(crate) mod decision;
mod list_tools;
pub(crate) mod membership;
mod subset;

pub use acting::Acting;
pub use call::{FullToolName, ToolCall};
pub use decision::{Allowed, Decision};
pub use list_tools::{ListTools, PackTools};
pub use subset::subset_of;
