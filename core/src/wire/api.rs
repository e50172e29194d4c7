//! The functions of the JSON API, but for what makes an instance (`options.rs`) and what is so whatever the state
//! (`catalogs.rs`).

use super::input::{HostContext, Input};
use super::requests::{RequestSet, read_call, read_named, read_question, read_request};
use crate::access::{Decision, ToolCall};
use crate::context::{Context, Needs};
use crate::declare::read::{FromWire, Reader};
use crate::error::{Code, Error, Rejection, UsageError, Violation};
use crate::json::{Malformed, Path, Value, check_command, to_canonical};
use crate::policy::Policy;
use crate::request::{Command, Query};
use crate::tenantry::Tenantry;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

/// How many calls a batch may have: the rejection of one is much longer than an empty call.
const MAX_CALLS: usize = 10_000;

/// Executes a command: the outcome `{response, events, effects}`.
///
/// # Errors
/// The rejection, or the host's own mistake; nothing has changed (P-3).
pub fn execute<'r, 'c>(
    tenantry: &mut Tenantry,
    command: impl Into<Input<'r>>,
    context: impl Into<HostContext<'c>>,
) -> Result<String, Error> {
    let read = read_request::<Command>(command.into(), context.into(), &tenantry.policy);
    let (command, context) = read.inspect_err(|_| tenantry.forget())?;
    Ok(to_canonical(&tenantry.execute(&command, &context)?))
}

/// Answers a query.
///
/// # Errors
/// The rejection, or the host's own mistake.
pub fn query<'r, 'c>(
    tenantry: &Tenantry,
    query: impl Into<Input<'r>>,
    context: impl Into<HostContext<'c>>,
) -> Result<String, Error> {
    let read = read_request::<Query>(query.into(), context.into(), &tenantry.policy);
    let (query, context) = read.inspect_err(|_| tenantry.state.end_round())?;
    Ok(to_canonical(&tenantry.query(&query, &context)?))
}

/// Decides a tool call `{registered_user_id, tool_pack_id, tool}` and changes nothing: the decision
/// (D-1, D-2).
///
/// # Errors
/// A malformed call; as the host's own mistake a malformed context, or a row that was not loaded.
pub fn authorize<'r, 'c>(
    tenantry: &Tenantry,
    call: impl Into<Input<'r>>,
    context: impl Into<HostContext<'c>>,
) -> Result<String, Error> {
    let read = read_call(call.into(), context.into(), &tenantry.policy);
    let (call, context) = read.inspect_err(|_| tenantry.state.end_round())?;
    Ok(to_canonical(&tenantry.authorize(&call, &context)?))
}

/// Decides a list of tool calls, each as [`authorize`] would; a malformed one is answered by
/// `{"rejection": …}` in its place (D-6).
///
/// # Errors
/// Anything but a list of at most 10,000 calls; as the host's own mistake a malformed context, or a row that was not loaded, which is no
/// single call's fault.
pub fn authorize_batch<'r, 'c>(
    tenantry: &Tenantry,
    calls: impl Into<Input<'r>>,
    context: impl Into<HostContext<'c>>,
) -> Result<String, Error> {
    tenantry.state.end_round();
    let calls = calls.into().document()?;
    let Value::Array(calls) = &*calls else {
        return Err(Malformed::new("", format!("expected an array of calls, found {}", calls.type_name())).into());
    };
    if calls.len() > MAX_CALLS {
        return Err(Malformed::new("", format!("more than {MAX_CALLS} calls")).into());
    }
    // Once for all of them: a batch costs no more than its length (P-6).
    let mut reader = Reader::new(None, &tenantry.policy);
    let context = Context::read(&context.into().open()?, Needs::PLACE, &tenantry.policy, &mut reader.violations);
    reader.violations.check()?;
    let context = context.ok_or_else(|| Rejection::new(Code::InvalidRequest))?;
    let decide = |call| {
        check_command(call)?;
        let mut reader = Reader::new(Some(context.now), &tenantry.policy);
        let read = ToolCall::read(call, &Path::ROOT, &mut reader);
        reader.violations.check()?;
        tenantry.authorize(&read.ok_or_else(|| Rejection::new(Code::InvalidRequest))?, &context)
    };
    let place = |call| match decide(call) {
        Ok(decision) => Ok(BatchPlace::Decision(decision)),
        Err(Error::Rejected(rejection)) => Ok(BatchPlace::Malformed { rejection }),
        Err(mistake) => Err(mistake),
    };
    let places: Vec<BatchPlace> = calls.iter().map(place).collect::<Result<_, _>>()?;
    Ok(to_canonical(&places))
}

/// Explains a decision: `{decision, checks, remedies}` (D-3).
///
/// # Errors
/// A malformed call; as the host's own mistake a malformed context, or a row that was not loaded.
pub fn explain<'r, 'c>(
    tenantry: &Tenantry,
    call: impl Into<Input<'r>>,
    context: impl Into<HostContext<'c>>,
) -> Result<String, Error> {
    let read = read_call(call.into(), context.into(), &tenantry.policy);
    let (call, context) = read.inspect_err(|_| tenantry.state.end_round())?;
    Ok(to_canonical(&tenantry.explain(&call, &context)?))
}

/// The outcome that `execute` would give, with its `impact`; nothing changes (D-5).
///
/// # Errors
/// What `execute` would refuse it with.
pub fn preview<'r, 'c>(
    tenantry: &Tenantry,
    command: impl Into<Input<'r>>,
    context: impl Into<HostContext<'c>>,
) -> Result<String, Error> {
    let read = read_request::<Command>(command.into(), context.into(), &tenantry.policy);
    let (command, context) = read.inspect_err(|_| tenantry.state.end_round())?;
    Ok(to_canonical(&tenantry.preview(&command, &context)?))
}

/// Whether the actor could ever send a request of this name, see [`Tenantry::may`] (C-7).
///
/// # Errors
/// An unknown name, and what any request of this actor is refused with.
pub fn may<'c>(tenantry: &Tenantry, request_name: &str, context: impl Into<HostContext<'c>>) -> Result<bool, Error> {
    let name = Value::from(request_name);
    let read = read_question(&name, "/request_name", context.into(), &tenantry.policy);
    let (name, context) = read.inspect_err(|_| tenantry.state.end_round())?;
    tenantry.may(name, &context)
}

/// The keys of the rows that a command, a query, a tool call, the explanation of one (`{"explain": call}`) or what
/// [`may`] asks (`{"may": name}`) still needs (contract section 14), for an instance made with `rows: true`. Empty
/// where it can be decided.
///
/// # Errors
/// What is not well formed.
pub fn requirements<'r, 'c>(
    tenantry: &Tenantry,
    request: impl Into<Input<'r>>,
    context: impl Into<HostContext<'c>>,
) -> Result<String, Error> {
    let (request, context, policy) = (request.into().command()?, context.into(), &tenantry.policy);
    let missing = if request.get(Command::MEMBER).is_some() {
        let (command, context) = read_request::<Command>(Input::from(request), context, policy)?;
        tenantry.requirements(&command, &context)?
    } else if request.get(Query::MEMBER).is_some() {
        let (query, context) = read_request::<Query>(Input::from(request), context, policy)?;
        tenantry.requirements(&query, &context)?
    } else if let Some(name) = request.get("may") {
        let (name, context) = read_question(name, "/may", context, policy)?;
        tenantry.may_requirements(name, &context)
    } else if let Some(call) = request.get("explain") {
        let (call, context) = read_call(Input::from(call), context, policy)?;
        tenantry.explain_requirements(&call, &context)?
    } else {
        let (call, context) = read_call(Input::from(request), context, policy)?;
        tenantry.call_requirements(&call, &context)?
    };
    Ok(to_canonical(&missing))
}

/// Loads rows `[{key, revision, row|null}]` from the host's database.
///
/// # Errors
/// As [`Tenantry::load`].
pub fn load<'r>(tenantry: &mut Tenantry, rows: impl Into<Input<'r>>) -> Result<(), UsageError> {
    let rows = rows.into().stored().and_then(|rows| crate::hosting::read_rows(&rows));
    tenantry.load(&rows.map_err(UsageError::malformed)?)
}

/// One place of a batch's answer (SI-2).
#[derive(Serialize)]
#[serde(untagged)]
enum BatchPlace {
    Decision(Decision),
    Malformed { rejection: Rejection },
}

/// The earliest instant at which `advance_time` would have something to do, or none (T-3).
#[must_use]
pub fn next_due(tenantry: &Tenantry) -> Option<String> {
    tenantry.next_due().map(|at| at.to_string())
}

/// What is wrong with the form of a command: the list of violations, empty where it is well formed.
/// What depends on an instant, an actor or the state is not checked.
///
/// # Errors
/// A malformed policy, at `/policy/…`.
pub fn validate<'r, 'p>(
    command: impl Into<Input<'r>>,
    policy: impl Into<Input<'p>>,
) -> Result<Vec<Violation>, Rejection> {
    Ok(validate_with(command.into(), &Policy::from_json(policy)?))
}

/// The same, with a policy that was read before.
pub(crate) fn validate_with(command: Input<'_>, policy: &Policy) -> Vec<Violation> {
    let command = &*match command.command() {
        Ok(command) => command,
        Err(fault) => return Rejection::malformed(fault).violations,
    };
    let mut reader = Reader::new(None, policy);
    let _ = read_named::<Command>(command, &mut reader);
    reader.violations.into_list()
}

/// Runs a scenario: its transcript (SI-1). [`crate::simulate`] documents what the rules leave open.
///
/// # Errors
/// What is not a scenario: `invalid_request` with every violation and its place.
pub fn simulate<'s>(scenario: impl Into<Input<'s>>) -> Result<String, Rejection> {
    crate::simulate::simulate(&*scenario.into().document()?).map(crate::simulate::Transcript::into_json)
}

/// A transcript as a text to read, the same in every language.
///
/// # Errors
/// What is not a transcript.
pub fn story<'t>(transcript: impl Into<Input<'t>>) -> Result<String, Rejection> {
    crate::simulate::story(&*transcript.into().document()?)
}

/// The canonical JSON of any value.
///
/// # Errors
/// Anything that is not JSON.
pub fn canonical<'v>(value: impl Into<Input<'v>>) -> Result<String, Rejection> {
    Ok(to_canonical(&*value.into().document()?))
}
