//! The life of a tool call, as a table (D-4).

use crate::declare::string_enum::string_enum;
use crate::error::Code;
use crate::lifecycle::{Lifecycle, Next};
use ToolCallState::{Ended, Open};
use ToolCallTrigger::{Expire, Finish};

string_enum! {
    /// A state in the life of a tool call.
    ToolCallState {
        /// It has started.
        Open "open",
        /// It is over; nothing is kept of it but its events.
        Ended "ended",
    }

    /// What ends a tool call.
    ToolCallTrigger {
        /// `finish_tool_call`.
        Finish "finish_tool_call",
        /// Its time is over.
        Expire "expire",
    }
}

/// The table.
pub(crate) const TOOL_CALL: Lifecycle<ToolCallState, ToolCallTrigger> = Lifecycle {
    name: "tool_call",
    start: Open,
    state_name: ToolCallState::as_str,
    trigger_name: ToolCallTrigger::as_str,
    rows: &[
        (Open, Finish, Next::To(Ended)),
        (Open, Expire, Next::To(Ended)),
        (Ended, Finish, Next::Refuse(Code::ToolCallNotFound)),
    ],
};
