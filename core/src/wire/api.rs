//! The functions of the JSON API.

use super::input::{HostContext, Input};
use super::nearest::nearest;
use super::read::{FromWire, Object, Reader};
use super::string_enum::string_enum;
use crate::access::{Asked, Decision, ToolCall};
use crate::context::{Actor, Context, Needs};
use crate::decide::Request;
use crate::error::{Code, Error, Rejection, UsageError, Violation, quoted};
use crate::json::{Malformed, Path, Value, check_command, to_canonical};
use crate::lifecycle::{LifecycleTable, MACHINES};
use crate::policy::Policy;
use crate::request::{Command, Query};
use crate::state::RowFormat;
use crate::tenantry::{self, Tenantry};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde::Serialize;

/// How many calls a batch may have: the rejection of one is much longer than an empty call.
const MAX_CALLS: usize = 10_000;

string_enum! {
    /// Where the journal is kept (E-4).
    JournalOption {
        /// By the host.
        None "none",
        /// In memory.
        Memory "memory",
    }
}

/// Makes an instance from `{policy?, journal?, rows?, row_format?}`.
///
/// # Errors
/// `invalid_request` with every unknown, mistyped or out-of-range option.
pub fn new<'o>(options: impl Into<Input<'o>>) -> Result<Tenantry, Rejection> {
    Tenantry::with_options(read_options(options.into(), &["policy", "journal", "rows", "row_format"])?)
}

/// The options of an instance that holds a whole state: there are no rows to be loaded.
pub(super) const WHOLE: &[&str] = &["policy", "journal", "row_format"];

pub(super) fn read_options(
    options: Input<'_>,
    fields: &'static [&'static str],
) -> Result<tenantry::Options, Rejection> {
    let options = &*options.command()?;
    if matches!(options, Value::Null) {
        return Ok(tenantry::Options::default());
    }
    let defaults = Policy::default();
    let mut reader = Reader::new(None, &defaults);
    let read = Object::open(options, &Path::ROOT, fields, &mut reader).map(|object| {
        let policy = object.or("policy", Policy::default(), &mut reader);
        let journal = object.or("journal", JournalOption::None, &mut reader);
        let rows = object.or("rows", false, &mut reader);
        let row_format = object.or("row_format", RowFormat::default(), &mut reader);
        (policy, journal, rows, row_format)
    });
    reader.violations.into_rejection().map_or(Ok(()), Err)?;
    match read {
        Some((Some(policy), Some(journal), Some(rows), Some(row_format))) => {
            Ok(tenantry::Options { policy, journal: journal == JournalOption::Memory, rows, row_format })
        }
        _ => Err(Rejection::new(Code::InvalidRequest)),
    }
}

/// Whether a command or a query goes through many rows: whoever holds a lock meanwhile lets others run.
#[must_use]
pub fn walks(request: &Value<'_>) -> bool {
    let named = |member| request.get(member).and_then(Value::as_str);
    named(Command::MEMBER).is_some_and(Command::walks) || named(Query::MEMBER).is_some_and(Query::walks)
}

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

/// Takes over rows `[{key, revision, row|null}]` from the host's database.
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

/// Reads an actor, for [`Tenantry::acting_as`].
///
/// # Errors
/// Everything that is wrong with it, at `/context/actor`.
pub fn read_actor<'a>(actor: impl Into<Input<'a>>) -> Result<Actor, UsageError> {
    let root = "/context/actor";
    let actor = actor.into().command().map_err(|fault| UsageError::malformed(fault.under(root)))?;
    let policy = Policy::default();
    let mut reader = Reader::new(None, &policy);
    let actor = Actor::read(&actor, &Path::rooted(root), &mut reader);
    reader.violations.check_context()?;
    actor.ok_or_else(|| Rejection::new(Code::InvalidRequest).into_usage())
}

/// Reads a rejection that a host has kept as the wire has it, to be rendered for the public (contract section 10).
///
/// # Errors
/// `invalid_request` with every fault of its form.
pub fn read_rejection<'r>(given: impl Into<Input<'r>>) -> Result<Rejection, Rejection> {
    let given = given.into().document()?;
    let policy = Policy::default();
    let mut reader = Reader::new(None, &policy);
    let rejection = Rejection::read(&given, &Path::ROOT, &mut reader);
    reader.violations.into_rejection().map_or(Ok(()), Err)?;
    rejection.ok_or_else(|| Rejection::new(Code::InvalidRequest))
}

/// The earliest instant at which `advance_time` would do something, or none (T-3).
#[must_use]
pub fn next_due(tenantry: &Tenantry) -> Option<String> {
    tenantry.next_due().map(|at| at.to_string())
}

/// The Mermaid diagram of a lifecycle, see [`lifecycle_diagram`](crate::lifecycle_diagram).
///
/// # Errors
/// `invalid_request` for an unknown name.
pub fn lifecycle_diagram(machine: &str) -> Result<String, Rejection> {
    Ok(table(machine)?.diagram())
}

/// A lifecycle as data, see [`lifecycle`](crate::lifecycle()).
///
/// # Errors
/// `invalid_request` for an unknown name.
pub fn lifecycle(machine: &str) -> Result<String, Rejection> {
    Ok(to_canonical(&table(machine)?))
}

fn table(machine: &str) -> Result<LifecycleTable, Rejection> {
    crate::lifecycle::lifecycle(machine).ok_or_else(|| {
        let known = MACHINES.join("`, `");
        let message = format!("unknown lifecycle `{}`; expected one of `{known}`", quoted(machine));
        Rejection::because(Code::InvalidRequest, message)
    })
}

/// The example world with the options `{policy?, journal?, row_format?}`, see [`Tenantry::example`].
///
/// # Errors
/// `invalid_request` with what is wrong with the options.
pub fn example<'o>(options: impl Into<Input<'o>>) -> Result<Tenantry, Rejection> {
    Tenantry::example_with(read_options(options.into(), WHOLE)?)
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
    let policy = policy.into().command().map_err(|fault| fault.under("/policy"))?;
    let policy = match &*policy {
        Value::Null => Policy::default(),
        given => Policy::from_json(given)?,
    };
    Ok(validate_with(command.into(), &policy))
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

/// The table of permissions, as JSON.
#[must_use]
pub fn permissions() -> String {
    to_canonical(&crate::access::permissions())
}

/// The table of errors, as JSON.
#[must_use]
pub fn error_catalog() -> String {
    to_canonical(&crate::error::error_catalog())
}

/// Reads a request and its context, with all violations of both (C-5).
pub(crate) fn read_request<Q: RequestSet>(
    request: Input<'_>,
    context: HostContext<'_>,
    policy: &Policy,
) -> Result<(Q, Context), Error> {
    let (request, context) = (request.command()?, context.open()?);
    let mut reader = Reader::new(context.instant(), policy);
    let (read, needs) = read_named::<Q>(&request, &mut reader);
    let mut violations = reader.violations;
    let context = Context::read(&context, needs, policy, &mut violations);
    violations.check()?;
    read.zip(context).ok_or_else(|| Rejection::new(Code::InvalidRequest).into())
}

/// Reads a tool call and its context.
fn read_call(call: Input<'_>, context: HostContext<'_>, policy: &Policy) -> Result<(ToolCall, Context), Error> {
    let (call, context) = (call.command()?, context.open()?);
    let mut reader = Reader::new(context.instant(), policy);
    let read = ToolCall::read(&call, &Path::ROOT, &mut reader);
    let mut violations = reader.violations;
    let context = Context::read(&context, Needs::PLACE, policy, &mut violations);
    violations.check()?;
    read.zip(context).ok_or_else(|| Rejection::new(Code::InvalidRequest).into())
}

/// Reads the name of a request that is asked about, and the context.
fn read_question<'n>(
    name: &'n Value<'_>,
    pointer: &str,
    context: HostContext<'_>,
    policy: &Policy,
) -> Result<(&'n str, Context), Error> {
    let (context, path) = (context.open()?, Path::rooted(pointer));
    let mut reader = Reader::new(None, policy);
    let name = match name {
        Value::String(name) => Asked::named(name, &path, &mut reader.violations).map(|asked| asked.name),
        other => reader.mistyped("a string", other, &path),
    };
    let context = Context::read(&context, Needs::NOTHING, policy, &mut reader.violations);
    reader.violations.check()?;
    name.zip(context).ok_or_else(|| Rejection::new(Code::InvalidRequest).into())
}

/// A list of requests; each carries its name in one member.
pub(crate) trait RequestSet: Request {
    const MEMBER: &'static str;
    const NAMES: &'static [&'static str];
    const ASKED: &'static [Asked];
    fn fields(name: &str) -> Option<&'static [&'static str]>;
    fn walks(name: &str) -> bool;
    fn needs_as(name: &str, object: &Object<'_, '_>) -> Needs;
    fn read_as(name: &str, object: &Object<'_, '_>, reader: &mut Reader<'_>) -> Option<Self>;
}

/// Reads a request, and what it needs of its context, which is known even where it is malformed.
pub(super) fn read_named<Q: RequestSet>(request: &Value<'_>, reader: &mut Reader<'_>) -> (Option<Q>, Needs) {
    let Some((name, fields)) = read_name::<Q>(request, reader) else { return (None, Needs::NOTHING) };
    match Object::open(request, &Path::ROOT, fields, reader) {
        Some(object) => (Q::read_as(name, &object, reader), Q::needs_as(name, &object)),
        None => (None, Needs::NOTHING),
    }
}

/// What to do with a request of another kind, where it is one.
fn misplaced(request: &Value<'_>) -> &'static str {
    let has = |member| request.get(member).is_some();
    if has(Command::MEMBER) {
        "; give a command to `execute`"
    } else if has(Query::MEMBER) {
        "; give a query to `query`"
    } else if has("tool") && has("tool_pack_id") {
        "; give a tool call to `authorize`"
    } else {
        ""
    }
}

fn read_name<'v, Q: RequestSet>(
    request: &'v Value<'_>,
    reader: &mut Reader<'_>,
) -> Option<(&'v str, &'static [&'static str])> {
    let Value::Object(_) = request else { return reader.mistyped("an object", request, &Path::ROOT) };
    let path = Path::ROOT.key(Q::MEMBER);
    let Some(name) = request.get(Q::MEMBER).filter(|name| !matches!(name, Value::Null)) else {
        let message = format!("`{}` is required{}", Q::MEMBER, misplaced(request));
        return reader.report(Code::InvalidRequest, &path, message);
    };
    let Value::String(name) = name else { return reader.mistyped("a string", name, &path) };
    if let Some(fields) = Q::fields(name) {
        return Some((name, fields));
    }
    let message = match nearest(name, Q::NAMES.iter().copied()) {
        Some(meant) => format!("unknown {} `{}`; did you mean `{meant}`?", Q::MEMBER, quoted(name)),
        None => format!("unknown {} `{}`", Q::MEMBER, quoted(name)),
    };
    reader.report(Code::InvalidRequest, &path, message)
}
