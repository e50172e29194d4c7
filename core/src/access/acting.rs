//! An actor bound to a living state: the hot path of decisions (contract section 13).

use super::call::{FullToolName, ToolCall, split};
use super::check::{Check, Denial, Failed, Untraced};
use super::decision::{Decision, authorize};
use super::explain::{Explanation, explain};
use super::gate::{CallRef, Gate, gate};
use crate::authority::Right;
use crate::context::{Actor, Context, Needs};
use crate::decide::{Refusal, validate_context};
use crate::error::{Code, Error, UsageError};
use crate::hosting::RowKey;
use crate::id::{MAX_ID, RegisteredUserId, ToolPackId};
use crate::state::{Draft, NotLoaded};
use crate::tenantry::Tenantry;
use crate::time::Timestamp;
use alloc::vec::Vec;

/// An actor bound to an instance. Its answers are always those of `authorize`.
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
    /// The host's own mistakes: a context that names no organization or no environment, a row that was not
    /// loaded.
    pub fn authorize(&self, call: &ToolCall, context: &Context) -> Result<Decision, Error> {
        self.answered(authorize(&self.state, call, context))
    }
}

impl Tenantry {
    /// Explains a decision: every check, what it compared, and what would turn a denial into an
    /// allow (D-3). A management key may ask, too, and gets the answer of a runtime key (C-7): let a tool run by
    /// [`authorize`](Self::authorize), never by an explanation.
    ///
    /// # Errors
    /// As [`authorize`](Self::authorize).
    pub fn explain(&self, call: &ToolCall, context: &Context) -> Result<Explanation, Error> {
        self.answered(explain(Draft::new(&self.state), call, context, &self.policy))
    }
}

impl Acting<'_> {
    /// Whether a tool call may start. A malformed call may not.
    ///
    /// # Errors
    /// The host's own mistakes: an actor that names no organization or no environment, a row that was not
    /// loaded.
    pub fn allows(
        &self,
        registered_user_id: &str,
        tool_pack_id: &str,
        tool: &str,
        now: Timestamp,
    ) -> Result<bool, UsageError> {
        Ok(self.code(registered_user_id, tool_pack_id, tool, now)?.is_none())
    }

    /// `None` where a tool call may start, else D-1's code; for a malformed call the rejection's.
    ///
    /// # Errors
    /// As [`allows`](Self::allows).
    pub fn code(
        &self,
        registered_user_id: &str,
        tool_pack_id: &str,
        tool: &str,
        now: Timestamp,
    ) -> Result<Option<Code>, UsageError> {
        let gate = self.gate(now);
        self.answered(gate.and_then(|gate| self.code_at(&gate, registered_user_id, tool_pack_id, tool)))
    }

    /// One byte for each call: 0 for allow, else the code's number.
    ///
    /// # Errors
    /// As [`allows`](Self::allows), and lists of different lengths.
    pub fn codes(
        &self,
        registered_user_ids: &[&str],
        tool_pack_ids: &[&str],
        tools: &[&str],
        now: Timestamp,
    ) -> Result<Vec<u8>, UsageError> {
        if registered_user_ids.len() != tool_pack_ids.len() || tool_pack_ids.len() != tools.len() {
            return Err(UsageError::new("the three lists have different lengths"));
        }
        let calls = registered_user_ids.iter().zip(tool_pack_ids).zip(tools);
        let number = |code: Option<Code>| code.map_or(0, Code::number);
        self.answered(self.gate(now).and_then(|gate| {
            calls.map(|((user, pack), tool)| self.code_at(&gate, user, pack, tool).map(number)).collect()
        }))
    }

    /// An answer ends the round of the rows that it was decided on; a row that is missing does not.
    fn answered<T>(&self, answer: Result<T, UsageError>) -> Result<T, UsageError> {
        if !answer.as_ref().is_err_and(|mistake| mistake.row().is_some()) {
            self.tenantry.state.end_round();
        }
        answer
    }

    /// D-1's first check, which is the same for every call of an instant.
    fn gate(&self, now: Timestamp) -> Result<Result<Gate<'_>, Denial>, UsageError> {
        let refusal = match gate(&self.tenantry.state, self.actor, now, Right::Decide) {
            Ok(gate) => return Ok(Ok(gate)),
            Err(refusal) => refusal,
        };
        // What the context lacks comes before who the actor is, as `authorize` has it (C-5).
        let context = Context { now, actor: self.actor.clone(), entropy: None };
        validate_context(&context, Needs::PLACE)?;
        Ok(Err(match refusal {
            Refusal::Rejected(rejection) => Denial::Failed(Failed { check: Check::Actor, code: rejection.code }),
            Refusal::NotLoaded(key) => NotLoaded(key).into(),
            Refusal::Usage(usage) => Denial::Usage(usage),
        }))
    }

    fn code_at(
        &self,
        gate: &Result<Gate<'_>, Denial>,
        registered_user_id: &str,
        tool_pack_id: &str,
        tool: &str,
    ) -> Result<Option<Code>, UsageError> {
        let checked = match gate {
            Ok(gate) => self.check(gate, registered_user_id, tool_pack_id, tool),
            Err(denial) => Err(denial.clone()),
        };
        let Err(denial) = checked else { return Ok(None) };
        // A malformed call is one whatever is in the state, and whatever is loaded of it.
        match (malformed(registered_user_id, tool_pack_id, tool), denial) {
            (Some(code), _) | (None, Denial::Failed(Failed { code, .. })) => Ok(Some(code)),
            (None, Denial::NotLoaded(NotLoaded(key))) => Err(UsageError::not_loaded(RowKey(key))),
            (None, Denial::Usage(usage)) => Err(usage),
        }
    }

    fn check(&self, gate: &Gate<'_>, registered_user_id: &str, tool_pack_id: &str, tool: &str) -> Result<(), Denial> {
        // Without the two underscores there is no tool, and `code` says so.
        let (connector, name) = split(tool).unwrap_or_default();
        let registered_user_id = RegisteredUserId::from_text(registered_user_id);
        let call = CallRef { registered_user_id, tool_pack_id, connector, tool: name };
        gate.check(&self.tenantry.state, call, &mut Untraced).map(|_| ())
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
