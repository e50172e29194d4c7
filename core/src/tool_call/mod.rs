//! Tool calls that have started: they end by being finished, or by themselves (D-4).

mod finish;
mod lifecycle;
mod start;

pub use finish::{FinishToolCall, ToolCallFinish};
pub(crate) use lifecycle::TOOL_CALL;
pub use start::{StartToolCall, ToolCallStart};

use crate::declare::string_enum::string_enum;
use crate::event::{Event, EventBody, Stream};
use crate::registered_user::{OpenToolCall, RegisteredUserRow};
use crate::state::{Draft, NotLoaded};

string_enum! {
    /// How a tool call ended.
    ToolCallResult {
        /// It did what it was asked.
        Completed "completed",
        /// It did not.
        Failed "failed",
    }
}

/// What events do to open tool calls, of users that are there and of tombstones alike.
pub(crate) fn apply(draft: &mut Draft<'_>, event: &Event) -> Result<(), NotLoaded> {
    let Stream::RegisteredUser(id) = &event.stream else { return Ok(()) };
    match &event.body {
        EventBody::ToolCallStarted { tool_call_id, tool_pack_id, expires_at, .. } => {
            let (tool_call_id, tool_pack_id, expires_at) = (*tool_call_id, tool_pack_id.clone(), *expires_at);
            let call = OpenToolCall { tool_call_id, tool_pack_id, expires_at };
            draft.edit::<RegisteredUserRow>(id, |user| {
                let index = user.tool_calls.partition_point(|known| known.tool_call_id < call.tool_call_id);
                user.tool_calls.insert(index, call);
            })
        }
        EventBody::ToolCallFinished { tool_call_id, .. } | EventBody::ToolCallExpired { tool_call_id, .. } => {
            draft.edit::<RegisteredUserRow>(id, |user| {
                // Calls end about in the order in which they have started: the first ones are cheap to take out.
                if let Ok(index) = user.tool_calls.binary_search_by_key(tool_call_id, |call| call.tool_call_id) {
                    user.tool_calls.remove(index);
                }
            })
        }
        _ => Ok(()),
    }
}
