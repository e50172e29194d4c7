//! `explain`: every check with what it compared, and what would turn a denial into an allow (D-3).

use super::authority::{Right, authenticate, known_pack, known_user};
use super::call::ToolCall;
use super::check::Check;
use super::decision::{Decision, decide_for, gate};
use super::remedies::remedies;
use super::step::Remedy;
use super::unmatched::unmatched;
use crate::catalog::tool_pack::{PackConnector, ToolPackRow};
use crate::context::Context;
use crate::credential::CredentialRow;
use crate::decide::Refusal;
use crate::id::MintedId;
use crate::json::{Value, object};
use crate::policy::Policy;
use crate::registered_user::{LiveUser, RegisteredUserRow};
use crate::state::{Draft, NotLoaded, Rows};
use crate::wire::string_enum::string_enum;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;
use serde::Serialize;

string_enum! {
    /// What came of a check.
    CheckResult {
        /// It passed.
        Passed "passed",
        /// It failed, and gave the code.
        Failed "failed",
        /// An earlier one failed.
        NotReached "not_reached",
    }
}

/// A check, what came of it, and what it compared.
#[derive(Clone, PartialEq, Serialize)]
pub struct CheckReport {
    /// The check.
    pub check: Check,
    /// What came of it.
    pub result: CheckResult,
    /// What it compared, by name; null where it was not reached.
    pub compared: Value<'static>,
}

/// What was compared may be the customer's own ids.
impl fmt::Debug for CheckReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = formatter.debug_struct("CheckReport");
        out.field("check", &self.check).field("result", &self.result).finish_non_exhaustive()
    }
}

/// Why a tool call is decided as it is, and what would turn a denial into an allow.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[must_use = "its decision may be a denial"]
pub struct Explanation {
    /// The decision.
    pub decision: Decision,
    /// All checks in D-1's order.
    pub checks: Vec<CheckReport>,
    /// At most two ways out; none for an allow.
    pub remedies: Vec<Remedy>,
}

/// Explains a decision.
pub(crate) fn explain(
    draft: Draft<'_>,
    call: &ToolCall,
    context: &Context,
    policy: &Policy,
) -> Result<Explanation, Refusal> {
    let decision = decide_for(&draft, call, context, Right::Explain)?;
    let failed = decision.code().map(Check::of);
    let mut checks = Vec::new();
    for check in Check::ALL {
        let result = match failed.map(|failed| check.cmp(&failed)) {
            Some(Ordering::Equal) => CheckResult::Failed,
            Some(Ordering::Greater) => CheckResult::NotReached,
            Some(Ordering::Less) | None => CheckResult::Passed,
        };
        let compared = match result {
            CheckResult::NotReached => Value::Null,
            CheckResult::Passed | CheckResult::Failed => compared(&draft, *check, result, call, context)?,
        };
        checks.push(CheckReport { check: *check, result, compared });
    }
    let remedies = match failed {
        None | Some(Check::Actor) => Vec::new(),
        Some(failed) => remedies(draft, call, context, policy, failed)?,
    };
    Ok(Explanation { decision, checks, remedies })
}

/// What a check looked at. Called only for checks that were reached.
fn compared(
    rows: &Draft<'_>,
    check: Check,
    result: CheckResult,
    call: &ToolCall,
    context: &Context,
) -> Result<Value<'static>, Refusal> {
    if check == Check::Actor {
        let authenticated = authenticate(rows, &context.actor, context.now, Right::Decide).is_ok();
        // A management key may explain what a runtime key is answered, but is answered nothing itself.
        let may_decide = gate(rows, &context.actor, context.now, Right::Decide).is_ok();
        return Ok(object!({"authenticated": authenticated, "may_decide": may_decide}));
    }
    let gate = gate(rows, &context.actor, context.now, Right::Explain)?;
    let place = (gate.organization_id, gate.environment);
    let user = known_user(rows, &context.actor, place, call.registered_user_id)?;
    let live = user.and_then(RegisteredUserRow::live);
    let pack = known_pack(rows, &context.actor, gate.organization_id, call.tool_pack_id.as_str())?;
    let entry = pack.and_then(|pack| pack.connector(call.tool.connector.as_str()));
    Ok(match check {
        Check::Actor => Value::Null,
        // A text that is no such id was not kept: nothing has it.
        Check::UserFound => object!({
            "registered_user_id": Some(call.registered_user_id).filter(|id| id.can_exist()),
            "found": live.is_some(),
        }),
        Check::UserActive => object!({"status": live.map(|live| live.status)}),
        Check::PackFound => object!({"tool_pack_id": call.tool_pack_id, "found": pack.is_some()}),
        Check::PackPermitted => match pack.zip(live).filter(|_| result == CheckResult::Failed) {
            Some((pack, live)) => {
                object!({"group_ids": pack.group_ids, "failed": unmatched(rows, pack, live)?})
            }
            None => object!({"group_ids": pack.and_then(|pack| pack.group_ids.as_ref())}),
        },
        Check::ConnectorInPack => object!({"connector": call.tool.connector, "in_tool_pack": entry.is_some()}),
        Check::ToolInPack => compared_tool(rows, pack, entry, call)?,
        Check::Company => object!({
            "scope": entry.map(|entry| entry.auth_scope),
            "origin_company_id": live.and_then(|live| live.origin_company_id.as_ref()),
        }),
        Check::Credential => match live.zip(entry) {
            Some((live, entry)) => compared_credential(rows, gate, live, entry, call)?,
            None => Value::Null,
        },
    })
}

fn compared_tool(
    rows: &Draft<'_>,
    pack: Option<&ToolPackRow>,
    entry: Option<&PackConnector>,
    call: &ToolCall,
) -> Result<Value<'static>, NotLoaded> {
    let named =
        entry.is_some_and(|entry| entry.tool_names.as_ref().is_none_or(|names| names.contains(&call.tool.tool)));
    let connector = match pack {
        Some(pack) => rows.connector(&pack.organization_id, &call.tool.connector)?,
        None => None,
    };
    let offered = connector.is_some_and(|row| row.has_tool(call.tool.tool.as_str()));
    Ok(object!({"tool": call.tool.full(), "in_tool_pack": named, "in_connector": offered}))
}

fn compared_credential(
    rows: &Draft<'_>,
    gate: super::decision::Gate<'_>,
    live: &LiveUser,
    entry: &PackConnector,
    call: &ToolCall,
) -> Result<Value<'static>, NotLoaded> {
    let held: Option<&CredentialRow> = gate.credential(rows, live, entry)?;
    Ok(object!({
        "owner": entry.auth_scope.owner(call.registered_user_id, live).ok().flatten(),
        "connector": entry.connector,
        "status": held.map(|held| held.status_at(gate.now)),
        "expires_at": held.and_then(|held| held.expires_at),
    }))
}
