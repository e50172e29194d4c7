//! The decision on a tool call: D-1's checks, in its order; the first that fails gives the code.

use super::authority::{Right, authenticate, known_pack, known_user};
use super::call::{ToolCall, full_name};
use super::membership;
use crate::catalog::tool_pack::PackConnector;
use crate::company::CompanyRow;
use crate::context::{Actor, Context, Environment, Needs};
use crate::credential::{AuthScope, CredentialRow, CredentialStatus, Owner, held};
use crate::decide::{Refusal, validate_context};
use crate::error::{Code, Error, Rejection, UsageError};
use crate::id::{ConnectorSlug, OrganizationId, RegisteredUserId};
use crate::registered_user::{LiveUser, UserStatus};
use crate::state::{NotLoaded, OrganizationCredentialRow, Rows, company_key};
use crate::time::Timestamp;
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
        let mut out = serializer.serialize_struct("Decision", 5)?;
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
                out.serialize_field("what_to_do", info.what_to_do)
            }
        }
    }
}

/// Why the checks came to no allow.
#[derive(Clone)]
pub(crate) enum Denial {
    Code(Code),
    NotLoaded(NotLoaded),
    Usage(UsageError),
}

impl From<Code> for Denial {
    fn from(code: Code) -> Self {
        Denial::Code(code)
    }
}

impl From<NotLoaded> for Denial {
    fn from(missing: NotLoaded) -> Self {
        Denial::NotLoaded(missing)
    }
}

impl From<Denial> for Refusal {
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::Code(code) => code.into(),
            Denial::NotLoaded(missing) => missing.into(),
            Denial::Usage(usage) => usage.into(),
        }
    }
}

/// Where and when a call is decided, the actor having been let through.
#[derive(Clone, Copy)]
pub(crate) struct Gate<'g> {
    pub(crate) actor: &'g Actor,
    pub(crate) organization_id: &'g OrganizationId,
    pub(crate) environment: Environment,
    pub(crate) now: Timestamp,
}

/// What the checks have found where all of them pass.
pub(crate) struct Granted<'r> {
    pub(crate) live: &'r LiveUser,
    pub(crate) entry: &'r PackConnector,
}

impl Gate<'_> {
    /// D-1 from the user on. Takes borrowed strings: this is the hot path.
    pub(crate) fn check<'r, R: Rows>(
        &self,
        rows: &'r R,
        id: RegisteredUserId,
        tool_pack_id: &str,
        connector: &str,
        tool: &str,
    ) -> Result<Granted<'r>, Denial> {
        let user = known_user(rows, self.actor, (self.organization_id, self.environment), id)?;
        let live = user.and_then(|user| user.live()).ok_or(Code::RegisteredUserNotFound)?;
        if live.status != UserStatus::Active {
            return Err(Code::RegisteredUserInactive.into());
        }
        let pack = known_pack(rows, self.actor, self.organization_id, tool_pack_id)?.ok_or(Code::ToolPackNotFound)?;
        if !membership::serves(rows, pack, live)? {
            return Err(Code::ToolPackNotPermitted.into());
        }
        let entry = pack.connector(connector).ok_or(Code::ConnectorNotInToolPack)?;
        self.check_tool(rows, entry, tool)?;
        self.check_credential(rows, live, entry)?;
        Ok(Granted { live, entry })
    }

    /// The tool is in the pack, and in the connector's catalogue (TP-3).
    fn check_tool<R: Rows>(&self, rows: &R, entry: &PackConnector, tool: &str) -> Result<(), Denial> {
        let in_pack = entry
            .tool_names
            .as_ref()
            .is_none_or(|names| names.binary_search_by(|known| known.as_str().cmp(tool)).is_ok());
        let connector = rows.connector(self.organization_id, &entry.connector)?;
        if in_pack && connector.is_some_and(|row| row.has_tool(tool)) {
            Ok(())
        } else {
            Err(Code::ToolNotInToolPack.into())
        }
    }

    /// SHARED has a company, and the credential is active; NONE needs neither.
    pub(crate) fn check_credential<R: Rows>(
        &self,
        rows: &R,
        live: &LiveUser,
        entry: &PackConnector,
    ) -> Result<(), Denial> {
        match entry.auth_scope {
            AuthScope::None => return Ok(()),
            AuthScope::Shared if live.origin_company_id.is_none() => {
                return Err(Code::InvalidCompanyForSharedScope.into());
            }
            AuthScope::Individual | AuthScope::Shared | AuthScope::Organization => {}
        }
        match self.credential(rows, live, entry)?.map(|credential| credential.status_at(self.now)) {
            Some(CredentialStatus::Active) => Ok(()),
            None => Err(Code::CredentialRequired.into()),
            Some(CredentialStatus::Revoked) => Err(Code::CredentialRevoked.into()),
            Some(CredentialStatus::NeedsReauth) => Err(Code::ReauthRequired.into()),
        }
    }

    /// The credential at exactly the pack's scope: no other is looked for (P-1).
    pub(crate) fn credential<'r, R: Rows>(
        &self,
        rows: &'r R,
        live: &'r LiveUser,
        entry: &PackConnector,
    ) -> Result<Option<&'r CredentialRow>, NotLoaded> {
        let connector = &entry.connector;
        match (entry.auth_scope, &live.origin_company_id) {
            (AuthScope::Individual, _) => Ok(held(&live.credentials, connector)),
            (AuthScope::Shared, Some(company)) => {
                let key = company_key(self.organization_id, self.environment, company);
                Ok(rows.row::<CompanyRow>(&key)?.and_then(|row| held(&row.credentials, connector)))
            }
            (AuthScope::Shared, None) | (AuthScope::None, _) => Ok(None),
            (AuthScope::Organization, _) => {
                let key = (self.organization_id.clone(), self.environment, connector.clone());
                Ok(rows.row::<OrganizationCredentialRow>(&key)?.map(|row| &row.credential))
            }
        }
    }

    /// The decision on a call that is well formed.
    pub(crate) fn decide<R: Rows>(&self, rows: &R, call: &ToolCall) -> Result<Decision, Refusal> {
        let (connector, tool) = (call.tool.connector.as_str(), call.tool.tool.as_str());
        match self.check(rows, call.registered_user_id, call.tool_pack_id.as_str(), connector, tool) {
            Ok(Granted { live, entry }) => match entry.auth_scope.owner(call.registered_user_id, live) {
                Ok(owner) => Ok(Decision::Allow(Allowed {
                    scope: entry.auth_scope,
                    owner,
                    connector: entry.connector.clone(),
                    tool: full_name(connector, tool),
                })),
                Err(code) => Ok(Decision::Deny(code)),
            },
            Err(Denial::Code(code)) => Ok(Decision::Deny(code)),
            Err(other) => Err(other.into()),
        }
    }
}

/// `authorize`: decides and changes nothing. Whatever the actor, a well-formed call is decided (D-2).
pub(crate) fn authorize<R: Rows>(rows: &R, call: &ToolCall, context: &Context) -> Result<Decision, Refusal> {
    decide_for(rows, call, context, Right::Decide)
}

/// The decision for whoever has this right.
pub(crate) fn decide_for<R: Rows>(
    rows: &R,
    call: &ToolCall,
    context: &Context,
    right: Right,
) -> Result<Decision, Refusal> {
    validate_context(context, Needs::PLACE)?;
    match gate(rows, &context.actor, context.now, right) {
        Ok(gate) => gate.decide(rows, call),
        Err(Refusal::Rejected(rejection)) => Ok(Decision::Deny(rejection.code)),
        Err(refusal) => Err(refusal),
    }
}

/// D-1's first check: the actor, and where it stands.
pub(crate) fn gate<'a, R: Rows>(
    rows: &'a R,
    actor: &'a Actor,
    now: Timestamp,
    right: Right,
) -> Result<Gate<'a>, Refusal> {
    let identity = authenticate(rows, actor, now, right)?;
    identity.check_right(actor, right)?;
    identity.check_place(actor, Needs::PLACE)?;
    let organization_id = identity.organization_id.ok_or(Code::OrganizationNotFound)?;
    Ok(Gate { actor, organization_id, environment: actor.environment().ok_or(Code::InvalidRequest)?, now })
}
