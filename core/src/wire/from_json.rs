//! Reading typed values from JSON in Rust, so that an HTTP handler needs no type of its own.

use super::input::{HostContext, Input};
use super::requests::{RequestSet, read_named};
use crate::access::ToolCall;
use crate::account::Metadata;
use crate::context::{Actor, Context, Needs};
use crate::decide::Declared;
use crate::declare::read::{FromWire, Object, Reader};
use crate::error::{Code, Rejection, UsageError};
use crate::json::{Path, Value};
use crate::policy::Policy;
use crate::request::{Command, Query};
use alloc::format;

impl Command {
    /// Reads any command. What depends on the instant or the state is looked at when it is executed.
    ///
    /// ```
    /// use tenantry::{Command, Context, Policy, Tenantry};
    ///
    /// /// What a handler does with the body of a request: no type of its own, and every fault at once.
    /// fn handle(world: &mut Tenantry, body: &str, context: &Context) -> Result<String, tenantry::Error> {
    ///     let command = Command::from_json(body, world.policy())?;
    ///     Ok(tenantry::json::to_canonical(&world.execute(&command, context)?.response))
    /// }
    ///
    /// let context = Context::from_json(
    ///     r#"{"now": "2026-01-31T10:00:00Z", "entropy": "00000000000000000000000000000001",
    ///         "actor": {"type": "system", "organization_id": "org_demo", "environment": "test"}}"#,
    /// )?;
    /// let mut world = Tenantry::example();
    /// let body = r#"{"command": "create_registered_user", "origin_user_id": "user_a3f9b2"}"#;
    /// assert!(handle(&mut world, body, &context)?.contains(r#""created":true"#));
    ///
    /// let refused = handle(&mut world, r#"{"command": "put_connector", "tool": []}"#, &context).unwrap_err();
    /// assert_eq!(refused.to_string().matches(" at /").count(), 3);
    /// # Ok::<(), tenantry::Error>(())
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with its form, in the light of the policy.
    pub fn from_json<'r>(command: impl Into<Input<'r>>, policy: &Policy) -> Result<Self, Rejection> {
        read_any(command.into(), policy)
    }
}

impl Query {
    /// Reads any query.
    ///
    /// # Errors
    /// Everything that is wrong with its form.
    pub fn from_json<'r>(query: impl Into<Input<'r>>) -> Result<Self, Rejection> {
        read_any(query.into(), &Policy::default())
    }
}

impl ToolCall {
    /// Reads a tool call.
    ///
    /// # Errors
    /// Everything that is wrong with its form.
    pub fn from_json<'r>(call: impl Into<Input<'r>>) -> Result<Self, Rejection> {
        read_by(call.into(), &Policy::default(), |value, reader| ToolCall::read(value, &Path::ROOT, reader))
    }
}

impl Metadata {
    /// Reads metadata; pointers in the rejection are into the object.
    ///
    /// # Errors
    /// `invalid_request` for what is no object, `invalid_metadata` for what is beyond the limits.
    pub fn from_json<'m>(metadata: impl Into<Input<'m>>) -> Result<Self, Rejection> {
        read_by(metadata.into(), &Policy::default(), |value, reader| Metadata::read(value, &Path::ROOT, reader))
    }
}

impl Policy {
    /// Reads a policy. Fields that are absent or null have their defaults; so has all of a policy that is null.
    ///
    /// # Errors
    /// `invalid_request` with every unknown, mistyped or out-of-range field, at `/policy`.
    pub fn from_json<'p>(policy: impl Into<Input<'p>>) -> Result<Self, Rejection> {
        let policy = policy.into().command().map_err(|fault| fault.under("/policy"))?;
        match &*policy {
            Value::Null => Ok(Policy::default()),
            given => Policy::read_at(given, &Path::rooted("/policy")),
        }
    }
}

impl Context {
    /// Reads a context, which must have its `now`: the core has no clock.
    ///
    /// # Errors
    /// Everything that is wrong with it, at `/context`.
    pub fn from_json<'c>(context: impl Into<Input<'c>>) -> Result<Self, UsageError> {
        let policy = Policy::default();
        let mut violations = crate::error::Violations::default();
        let opened = HostContext::from(context.into()).open()?;
        let context = Context::read(&opened, Needs::NOTHING, &policy, &mut violations);
        violations.check_context()?;
        context.ok_or_else(|| Rejection::new(Code::InvalidRequest).into_usage())
    }
}

impl Actor {
    /// Reads an actor.
    ///
    /// # Errors
    /// Everything that is wrong with it, at `/context/actor`.
    pub fn from_json<'a>(actor: impl Into<Input<'a>>) -> Result<Self, UsageError> {
        super::read_actor(actor)
    }
}

fn read_any<Q: RequestSet>(request: Input<'_>, policy: &Policy) -> Result<Q, Rejection> {
    read_by(request, policy, |value, reader| read_named(value, reader).0)
}

/// Reads a request of one kind, which may leave out its name.
pub(crate) fn read_one<Q: Declared>(request: Input<'_>, policy: &Policy) -> Result<Q, Rejection> {
    read_by(request, policy, |value, reader| {
        let object = Object::open(value, &Path::ROOT, Q::FIELDS, reader)?;
        let member = Q::FIELDS.first().copied().unwrap_or_default();
        match object.present(member) {
            Some(Value::String(name)) if name != Q::NAME => {
                reader.report(Code::InvalidRequest, &object.at(member), format!("expected `{}`", Q::NAME))
            }
            Some(Value::String(_)) | None => Q::read(&object, reader),
            Some(other) => reader.mistyped("a string", other, &object.at(member)),
        }
    })
}

fn read_by<T>(
    given: Input<'_>,
    policy: &Policy,
    read: impl FnOnce(&Value<'_>, &mut Reader<'_>) -> Option<T>,
) -> Result<T, Rejection> {
    let value = given.command()?;
    let mut reader = Reader::new(None, policy);
    let read = read(&value, &mut reader);
    reader.violations.into_rejection().map_or(Ok(()), Err)?;
    read.ok_or_else(|| Rejection::new(Code::InvalidRequest))
}
