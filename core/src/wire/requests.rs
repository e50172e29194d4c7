//! How a request, a tool call or a question is read together with its context: all faults of both (C-5, P-5).

use super::input::{HostContext, Input};
use crate::access::ToolCall;
use crate::context::{Actor, Context, Needs};
use crate::decide::Request;
use crate::declare::nearest;
use crate::declare::read::{FromWire, Object, Reader};
use crate::error::{Code, Error, Rejection, UsageError, quoted};
use crate::json::{Path, Value};
use crate::permissions::Asked;
use crate::policy::Policy;
use crate::request::{Command, Query};
use alloc::format;

/// Whether a command or a query goes through many rows: a caller with a lock, such as Python's GIL, should release it for the call.
#[must_use]
pub fn walks(request: &Value<'_>) -> bool {
    let named = |member| request.get(member).and_then(Value::as_str);
    named(Command::MEMBER).is_some_and(Command::walks) || named(Query::MEMBER).is_some_and(Query::walks)
}

/// Reads an actor, for [`Tenantry::acting_as`](crate::Tenantry::acting_as).
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

/// Reads a request and its context, with all violations of both (C-5).
pub(super) fn read_request<Q: RequestSet>(
    request: Input<'_>,
    context: HostContext<'_>,
    policy: &Policy,
) -> Result<(Q, Context), Error> {
    let request = request.command()?;
    with_context(context, policy, |reader| read_named::<Q>(&request, reader))
}

/// Reads a tool call and its context.
pub(super) fn read_call(
    call: Input<'_>,
    context: HostContext<'_>,
    policy: &Policy,
) -> Result<(ToolCall, Context), Error> {
    let call = call.command()?;
    with_context(context, policy, |reader| (ToolCall::read(&call, &Path::ROOT, reader), Needs::PLACE))
}

/// Reads the name of a request that is asked about, and the context.
pub(super) fn read_question<'n>(
    name: &'n Value<'_>,
    pointer: &str,
    context: HostContext<'_>,
    policy: &Policy,
) -> Result<(&'n str, Context), Error> {
    let path = Path::rooted(pointer);
    with_context(context, policy, |reader| {
        let name = match name {
            Value::String(name) => Asked::named(name, &path, &mut reader.violations).map(|asked| asked.name),
            other => reader.mistyped("a string", other, &path),
        };
        (name, Needs::NOTHING)
    })
}

/// Reads what `read` reads, then the context by what that needs of it: one list of violations.
fn with_context<T>(
    context: HostContext<'_>,
    policy: &Policy,
    read: impl FnOnce(&mut Reader<'_>) -> (Option<T>, Needs),
) -> Result<(T, Context), Error> {
    let context = context.open()?;
    let mut reader = Reader::new(context.instant(), policy);
    let (read, needs) = read(&mut reader);
    let mut violations = reader.violations;
    let context = Context::read(&context, needs, policy, &mut violations);
    violations.check()?;
    read.zip(context).ok_or_else(|| Rejection::new(Code::InvalidRequest).into())
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
        "; pass a command to `execute`"
    } else if has(Query::MEMBER) {
        "; pass a query to `query`"
    } else if has("tool") && has("tool_pack_id") {
        "; pass a tool call to `authorize`"
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
