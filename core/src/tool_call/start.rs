//! `start_tool_call`: decides by D-1 and records what it decided (D-4).

use crate::access::call::ToolCall;
use crate::access::check::Untraced;
use crate::access::decision::Decision;
use crate::access::gate::Gate;
use crate::authority::Right;
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::error::Rejection;
use crate::event::EventBody;
use crate::id::ToolCallId;
use crate::prefetch::Prefetch;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

/// Open tool calls that a user may have (contract section 11).
const MAX_OPEN: u32 = 1000;

request! {
    /// Starts a tool call, where it is allowed.
    ///
    /// A denial is no rejection: it is answered, and recorded. Refused with `registered_user_not_found`,
    /// `tool_pack_not_found`, `invalid_slug` (the tool's name), `limit_exceeded` (1,000 open calls of a
    /// user).
    command StartToolCall "start_tool_call" {
        /// The call.
        ..call: ToolCall as ToolCall,
    }
}

/// What starting a tool call answers: the decision, and on allow the call's id.
///
/// ```compile_fail
/// #![deny(unused_must_use)]
/// use tenantry::{Context, Error, StartToolCall, Tenantry};
///
/// fn start(world: &mut Tenantry, call: &StartToolCall, context: &Context) -> Result<(), Error> {
///     world.execute(call, context)?.response;
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "it may be a denial: let the tool run only by `decision.require`"]
pub struct ToolCallStart {
    /// The decision.
    pub decision: Decision,
    /// The id to finish the call by; none where it was denied.
    pub tool_call_id: Option<ToolCallId>,
}

impl Serialize for ToolCallStart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("ToolCallStart", 6)?;
        self.decision.serialize_fields(&mut out)?;
        match &self.tool_call_id {
            Some(id) => out.serialize_field("tool_call_id", id)?,
            None => out.skip_field("tool_call_id")?,
        }
        out.end()
    }
}

impl Request for StartToolCall {
    type Response = ToolCallStart;
    const NEEDS: Needs = Needs::PLACE.and_entropy(true);
    const RIGHT: Right = Right::ToolCall;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.call(&self.call);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<ToolCallStart, Refusal> {
        let (organization_id, environment) = tx.place()?;
        let id = self.call.registered_user_id;
        let user = tx.visible_user(id)?;
        let place = user.place();
        let open = user.tool_calls.iter().filter(|call| call.is_open(tx.now())).count();
        tx.visible_pack(&self.call.tool_pack_id)?;
        let gate = Gate::of(tx, &organization_id, environment);
        let decision = gate.decide(&tx.draft, &self.call, &mut Untraced)?.into();
        let (tool_pack_id, tool) = (self.call.tool_pack_id.clone(), self.call.tool.full());
        match &decision {
            Decision::Deny(code) => {
                tx.emit_user(id, place, EventBody::ToolCallDenied { tool_pack_id, tool, code: *code })?;
                Ok(ToolCallStart { decision, tool_call_id: None })
            }
            Decision::Allow(allowed) => {
                if open >= MAX_OPEN as usize {
                    return Err(Rejection::limit("open tool calls per registered user", MAX_OPEN).into());
                }
                let tool_call_id: ToolCallId = tx.mint_id()?;
                if tx.visible_user(id)?.tool_call(tool_call_id).is_some() {
                    return Err(tx.stale_entropy());
                }
                let expires_at = tx.now().saturating_add(tx.policy.tool_call_ttl());
                let (connector, owner) = (allowed.connector.clone(), allowed.owner.clone());
                let body =
                    EventBody::ToolCallStarted { tool_call_id, tool_pack_id, connector, tool, owner, expires_at };
                tx.emit_user(id, place, body)?;
                Ok(ToolCallStart { decision, tool_call_id: Some(tool_call_id) })
            }
        }
    }
}
