//! `finish_tool_call`: also for users that were deactivated or deleted meanwhile (D-4).

use super::ToolCallResult;
use super::lifecycle::{TOOL_CALL, ToolCallState, ToolCallTrigger};
use crate::authority::{Right, sees_pack};
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::Code;
use crate::event::EventBody;
use crate::id::{RegisteredUserId, ToolCallId};
use crate::lifecycle::Next;
use crate::prefetch::Prefetch;

request! {
    /// Finishes an open tool call.
    ///
    /// Refused with `registered_user_not_found`, `tool_call_not_found`.
    command FinishToolCall "finish_tool_call" {
        /// The user on whose behalf it was started.
        registered_user_id: RegisteredUserId,
        /// The call.
        tool_call_id: ToolCallId,
        /// How it ended.
        result: ToolCallResult,
    }
}

view! {
    /// What finishing a tool call answers.
    ToolCallFinish {
        /// The call.
        tool_call_id: ToolCallId,
        /// How it ended.
        result: ToolCallResult,
    }
}

impl Request for FinishToolCall {
    type Response = ToolCallFinish;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::ToolCall;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.user(self.registered_user_id);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<ToolCallFinish, Refusal> {
        let (id, now) = (self.registered_user_id, tx.now());
        let known = tx.known_user(id)?.filter(|user| user.live().is_some() || user.tombstone(now).is_some());
        let user = known.ok_or(Code::RegisteredUserNotFound)?;
        let place = user.place();
        let call = user.tool_call(self.tool_call_id);
        let call = call.filter(|call| sees_pack(tx.actor(), call.tool_pack_id.as_str()));
        let state = call.filter(|call| call.is_open(now)).map_or(ToolCallState::Ended, |_| ToolCallState::Open);
        if let Next::Refuse(code) = TOOL_CALL.next(state, ToolCallTrigger::Finish) {
            return Err(code.into());
        }
        let (tool_call_id, result) = (self.tool_call_id, self.result);
        tx.emit_user(id, place, EventBody::ToolCallFinished { tool_call_id, result })?;
        Ok(ToolCallFinish { tool_call_id, result })
    }
}
