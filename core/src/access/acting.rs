//! An actor bound to a living state: the hot path of decisions (SPEC section 13).

use super::call::{FullToolName, ToolCall, split};
use super::decision::{Decision, Denial, Gate, authorize, gate};
use super::explain::{Explanation, explain};
use crate::context::{Actor, Context, Needs};
use crate::decide::validate_context;
use crate::error::{Code, Rejection};
use crate::id::{MAX_ID, RegisteredUserId, ToolPackId};
use crate::state::Draft;
use crate::tenantry::Tenantry;
use crate::time::Timestamp;
use alloc::vec::Vec;

/// An actor that acts on an instance. Always answers what `authorize` answers.
#[derive(Clone, Copy, Debug)]
pub struct Acting<'t> {
    tenantry: &'t Tenantry,
    actor: &'t Actor,
}

impl Tenantry {
    /// Binds an actor, for many decisions.
    #[must_use]
    pub fn acting_as<'t>(&'t self, actor: &'t Actor) -> Acting<'t> {
        Acting { tenantry: self, actor }
    }

    /// Decides a tool call and changes nothing (D-1).
    ///
    /// # Errors
    /// A context that names no organization or no environment.
    pub fn authorize(&self, call: &ToolCall, context: &Context) -> Result<Decision, Rejection> {
        authorize(&self.state, call, context)
    }
}

impl Tenantry {
    /// Explains a decision: every check, what it compared, and what would turn a denial into an
    /// allow (D-3).
    ///
    /// # Errors
    /// A context that names no organization or no environment.
    pub fn explain(&self, call: &ToolCall, context: &Context) -> Result<Explanation, Rejection> {
        Ok(explain(Draft::new(&self.state), call, context, &self.policy)?)
    }
}

impl Acting<'_> {
    /// Whether a tool call may start. A malformed call may not.
    #[must_use]
    pub fn allows(&self, registered_user_id: &str, tool_pack_id: &str, tool: &str, now: Timestamp) -> bool {
        self.gate(now).is_ok_and(|gate| self.check(gate, registered_user_id, tool_pack_id, tool).is_ok())
    }

    /// `None` where a tool call may start, else D-1's code; for a malformed call the rejection's.
    #[must_use]
    pub fn code(&self, registered_user_id: &str, tool_pack_id: &str, tool: &str, now: Timestamp) -> Option<Code> {
        self.code_at(self.gate(now), registered_user_id, tool_pack_id, tool)
    }

    /// One byte for each call: 0 for allow, else the code's number.
    ///
    /// # Errors
    /// Lists of different lengths.
    pub fn codes(
        &self,
        registered_user_ids: &[&str],
        tool_pack_ids: &[&str],
        tools: &[&str],
        now: Timestamp,
    ) -> Result<Vec<u8>, Rejection> {
        if registered_user_ids.len() != tool_pack_ids.len() || tool_pack_ids.len() != tools.len() {
            return Err(Rejection::because(Code::InvalidRequest, "the three lists have different lengths"));
        }
        let gate = self.gate(now);
        let calls = registered_user_ids.iter().zip(tool_pack_ids).zip(tools);
        Ok(calls.map(|((user, pack), tool)| self.code_at(gate, user, pack, tool).map_or(0, Code::number)).collect())
    }

    /// D-1's first check, which is the same for every call of an instant.
    fn gate(&self, now: Timestamp) -> Result<Gate<'_>, Code> {
        gate(&self.tenantry.state, self.actor, now).map_err(|refusal| match self.context_lacks_place() {
            // What the context lacks comes before who the actor is, as `authorize` has it (C-5).
            true => Code::InvalidRequest,
            false => Rejection::from(refusal).code,
        })
    }

    fn code_at(
        &self,
        gate: Result<Gate<'_>, Code>,
        registered_user_id: &str,
        tool_pack_id: &str,
        tool: &str,
    ) -> Option<Code> {
        let denied = gate.and_then(|gate| self.check(gate, registered_user_id, tool_pack_id, tool)).err()?;
        Some(malformed(registered_user_id, tool_pack_id, tool).unwrap_or(denied))
    }

    fn check(&self, gate: Gate<'_>, registered_user_id: &str, tool_pack_id: &str, tool: &str) -> Result<(), Code> {
        // Without the two underscores there is no tool, and `code` says so.
        let (connector, name) = split(tool).unwrap_or_default();
        let id = RegisteredUserId::from_text(registered_user_id);
        match gate.check(&self.tenantry.state, id, tool_pack_id, connector, name) {
            Ok(_) => Ok(()),
            Err(Denial::Code(code)) => Err(code),
            Err(Denial::NotLoaded(_)) => Err(Code::InvalidRequest),
        }
    }

    fn context_lacks_place(&self) -> bool {
        let context = Context { now: Timestamp::MIN, actor: self.actor.clone(), entropy: None };
        validate_context(&context, Needs::PLACE).is_err()
    }
}

/// The code of the first thing that is wrong with the form of a call, in the order of its fields.
fn malformed(registered_user_id: &str, tool_pack_id: &str, tool: &str) -> Option<Code> {
    let count = registered_user_id.chars().count();
    if count == 0 || count > MAX_ID || registered_user_id.chars().any(char::is_control) {
        return Some(Code::InvalidRequest);
    }
    let pack = ToolPackId::new(tool_pack_id).err();
    let tool = || FullToolName::parse(tool).err();
    pack.or_else(tool).map(|error| error.code)
}
