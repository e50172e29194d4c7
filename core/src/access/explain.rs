//! `explain`: every check with what it compared, and what would turn a denial into an allow (D-3).

use super::call::ToolCall;
use super::check::{Check, Trace};
use super::decision::Decision;
use super::gate::check_call;
use super::remedies::remedies;
use super::step::Remedy;
use crate::authority::Right;
use crate::context::Context;
use crate::decide::Refusal;
use crate::declare::string_enum::string_enum;
use crate::error::Code;
use crate::json::Value;
use crate::policy::Policy;
use crate::state::{Draft, NotLoaded};
use alloc::vec::Vec;
use core::fmt;
use serde::Serialize;

string_enum! {
    /// The result of a check.
    CheckResult {
        /// It passed.
        Passed "passed",
        /// It failed, and gave the code.
        Failed "failed",
        /// An earlier one failed.
        NotReached "not_reached",
    }
}

/// A check, its result, and what it compared.
#[derive(Clone, PartialEq, Serialize)]
pub struct CheckReport {
    /// The check.
    pub check: Check,
    /// Its result.
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

/// Why a tool call is allowed or denied, and what would turn a denial into an allow.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[must_use = "its decision may be a denial"]
pub struct Explanation {
    /// The decision.
    pub decision: Decision,
    /// All checks in D-1's order.
    pub checks: Vec<CheckReport>,
    /// At most two remedies; none for an allow.
    pub remedies: Vec<Remedy>,
}

/// The checks that were reached, in their order.
struct Report(Vec<CheckReport>);

impl Trace for Report {
    fn note<T>(
        &mut self,
        check: Check,
        found: &Result<T, Code>,
        compared: impl FnOnce() -> Result<Value<'static>, NotLoaded>,
    ) -> Result<(), NotLoaded> {
        let result = if found.is_ok() { CheckResult::Passed } else { CheckResult::Failed };
        self.0.push(CheckReport { check, result, compared: compared()? });
        Ok(())
    }
}

/// Explains a decision.
pub(crate) fn explain(
    draft: Draft<'_>,
    call: &ToolCall,
    context: &Context,
    policy: &Policy,
) -> Result<Explanation, Refusal> {
    let mut report = Report(Vec::new());
    let checked = check_call(&draft, call, context, Right::Explain, &mut report)?;
    let Report(mut checks) = report;
    let unreached = Check::ALL.iter().skip(checks.len());
    let (result, compared) = (CheckResult::NotReached, Value::Null);
    checks.extend(unreached.map(|check| CheckReport { check: *check, result, compared: compared.clone() }));
    let remedies = match &checked {
        Err(failed) if failed.check != Check::Actor => remedies(draft, call, context, policy, failed.check)?,
        Ok(_) | Err(_) => Vec::new(),
    };
    Ok(Explanation { decision: checked.into(), checks, remedies })
}
