//! What a tool call is answered.

use super::call::ToolCall;
use super::check::{Failed, Untraced};
use super::gate::check_call;
use crate::authority::Right;
use crate::context::Context;
use crate::credential::{AuthScope, Owner};
use crate::decide::Refusal;
use crate::error::{Code, Error, Rejection};
use crate::id::ConnectorSlug;
use crate::state::Rows;
use alloc::string::String;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

/// What a tool call is answered. Nothing may run before it has been looked at:
///
/// ```
/// #![deny(unused_must_use)]
/// use tenantry::{Allowed, Context, Error, Tenantry, ToolCall};
///
/// fn grant(world: &Tenantry, call: &ToolCall, context: &Context) -> Result<Allowed, Error> {
///     Ok(world.authorize(call, context)?.require()?)
/// }
/// ```
///
/// One that is dropped is warned of:
///
/// ```compile_fail
/// #![deny(unused_must_use)]
/// use tenantry::{Context, Error, Tenantry, ToolCall};
///
/// fn grant(world: &Tenantry, call: &ToolCall, context: &Context) -> Result<(), Error> {
///     world.authorize(call, context)?;
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "it may be a denial: let the tool run only by `require`"]
pub enum Decision {
    /// It may start.
    Allow(Allowed),
    /// It may not.
    Deny(Code),
}

/// With what an allowed call acts (D-2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// At which scope the credential was looked for.
    pub scope: AuthScope,
    /// Whose it is; none where the connector needs no credential (`NONE`, TP-2).
    pub owner: Option<Owner>,
    /// The connector.
    pub connector: ConnectorSlug,
    /// The full name of the tool.
    pub tool: String,
}

/// Why a call may not start, as an error. As a [`Rejection`] it has the public renderings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {}; {}", code.info().meaning, code.info().what_to_do)]
pub struct Denied {
    /// The code of the denial.
    pub code: Code,
}

impl From<Denied> for Rejection {
    fn from(denied: Denied) -> Self {
        Rejection::new(denied.code)
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        Rejection::from(denied).into()
    }
}

impl Decision {
    /// With what the call acts, where it may start.
    ///
    /// # Errors
    /// The denial.
    pub fn require(self) -> Result<Allowed, Denied> {
        match self {
            Decision::Allow(allowed) => Ok(allowed),
            Decision::Deny(code) => Err(Denied { code }),
        }
    }

    /// Whether the call may start.
    #[must_use]
    pub const fn is_allow(&self) -> bool {
        matches!(self, Decision::Allow(_))
    }

    /// Why not; none where it may.
    #[must_use]
    pub const fn code(&self) -> Option<Code> {
        match self {
            Decision::Allow(_) => None,
            Decision::Deny(code) => Some(*code),
        }
    }
}

impl Serialize for Decision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Decision", 6)?;
        self.serialize_fields(&mut out)?;
        out.end()
    }
}

impl Decision {
    pub(crate) fn serialize_fields<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        match self {
            Decision::Allow(allowed) => {
                out.serialize_field("effect", "allow")?;
                out.serialize_field("scope", &allowed.scope)?;
                out.serialize_field("owner", &allowed.owner)?;
                out.serialize_field("connector", &allowed.connector)?;
                out.serialize_field("tool", &allowed.tool)
            }
            Decision::Deny(code) => {
                let info = code.info();
                out.serialize_field("effect", "deny")?;
                out.serialize_field("code", info.code)?;
                out.serialize_field("status", &info.status)?;
                out.serialize_field("message", info.meaning)?;
                out.serialize_field("what_to_do", info.what_to_do)?;
                match info.user_message {
                    Some(message) => out.serialize_field("user_message", message),
                    None => out.skip_field("user_message"),
                }
            }
        }
    }
}

impl From<Result<Allowed, Failed>> for Decision {
    fn from(checked: Result<Allowed, Failed>) -> Self {
        match checked {
            Ok(allowed) => Decision::Allow(allowed),
            Err(failed) => Decision::Deny(failed.code),
        }
    }
}

/// `authorize`: decides and changes nothing. Whatever the actor, a well-formed call is decided (D-2).
pub(crate) fn authorize<R: Rows>(rows: &R, call: &ToolCall, context: &Context) -> Result<Decision, Refusal> {
    check_call(rows, call, context, Right::Decide, &mut Untraced).map(Decision::from)
}
