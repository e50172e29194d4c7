//! D-1: the checks of a decision, in its order; the first that fails gives the code.
//!
//! The order is written here and nowhere else. Code that needs less than a whole decision calls a part of it:
//! [`served`], [`entry`], [`check_tool`], [`Gate::ready`].

use super::call::{ToolCall, full_name};
use super::check::{Check, Denial, Failed, Trace};
use super::decision::Allowed;
use super::membership::serves;
use super::unmatched::unmatched;
use crate::authority::Right;
use crate::authority::{authenticate, known_pack, known_user};
use crate::catalog::connector::ConnectorRow;
use crate::catalog::tool_pack::{PackConnector, ToolPackRow};
use crate::company::CompanyRow;
use crate::context::{Actor, Context, Environment, Needs};
use crate::credential::{CredentialRow, CredentialStatus, OwnerRef, held};
use crate::decide::{Refusal, Transaction, validate_context};
use crate::error::Code;
use crate::id::{ConnectorSlug, MintedId, OrganizationId, RegisteredUserId};
use crate::json::object;
use crate::registered_user::{LiveUser, RegisteredUserRow, UserStatus};
use crate::state::{NotLoaded, OrganizationCredentialRow, Rows, company_key};
use crate::time::Timestamp;

/// A call as the checks take it: borrowed, since every decision asks.
#[derive(Clone, Copy)]
pub(crate) struct CallRef<'c> {
    pub(crate) registered_user_id: RegisteredUserId,
    pub(crate) tool_pack_id: &'c str,
    pub(crate) connector: &'c str,
    pub(crate) tool: &'c str,
}

impl<'c> From<&'c ToolCall> for CallRef<'c> {
    fn from(call: &'c ToolCall) -> Self {
        CallRef {
            registered_user_id: call.registered_user_id,
            tool_pack_id: call.tool_pack_id.as_str(),
            connector: call.tool.connector.as_str(),
            tool: call.tool.tool.as_str(),
        }
    }
}

/// Which tool of a pack's connector is asked for.
#[derive(Clone, Copy)]
pub(crate) enum Wanted<'c> {
    Tool(&'c str),
    AnyTool,
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
    entry: &'r PackConnector,
    /// Whose credential the call uses; none where the connector needs no credential.
    owner: Option<OwnerRef<'r>>,
}

/// The whole of D-1 for whoever has this right. `Err` inside is a denial.
pub(crate) fn check_call<R: Rows>(
    rows: &R,
    call: &ToolCall,
    context: &Context,
    right: Right,
    trace: &mut impl Trace,
) -> Result<Result<Allowed, Failed>, Refusal> {
    validate_context(context, Needs::PLACE)?;
    let found = match gate(rows, &context.actor, context.now, right) {
        Err(Refusal::Rejected(rejection)) => Err(rejection.code),
        gate => Ok(gate?),
    };
    let compared = || {
        let authenticated = authenticate(rows, &context.actor, context.now, Right::Decide).is_ok();
        // A management key may explain what a runtime key is answered, but is answered nothing itself.
        let may_decide = gate(rows, &context.actor, context.now, Right::Decide).is_ok();
        Ok(object!({"authenticated": authenticated, "may_decide": may_decide}))
    };
    match trace.need(Check::Actor, found, compared) {
        Ok(gate) => gate.decide(rows, call, trace),
        Err(Denial::Failed(failed)) => Ok(Err(failed)),
        Err(denial) => Err(denial.into()),
    }
}

/// D-1's first check: the actor, and its organization and environment.
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

impl<'g> Gate<'g> {
    /// Of a request that has passed its own checks of the actor.
    pub(crate) fn of(tx: &Transaction<'g>, organization_id: &'g OrganizationId, environment: Environment) -> Self {
        Gate { actor: tx.actor(), organization_id, environment, now: tx.now() }
    }

    /// With what a well-formed call acts; `Err` inside is a denial.
    pub(crate) fn decide<R: Rows>(
        &self,
        rows: &R,
        call: &ToolCall,
        trace: &mut impl Trace,
    ) -> Result<Result<Allowed, Failed>, Refusal> {
        match self.check(rows, call.into(), trace) {
            Ok(Granted { entry, owner }) => Ok(Ok(Allowed {
                scope: entry.auth_scope,
                owner: owner.map(OwnerRef::to_owner),
                connector: entry.connector.clone(),
                tool: call.tool.full(),
            })),
            Err(Denial::Failed(failed)) => Ok(Err(failed)),
            Err(denial) => Err(denial.into()),
        }
    }

    /// D-1 from the user on. This is the hot path: it allocates nothing.
    pub(crate) fn check<'r, R: Rows>(
        &self,
        rows: &'r R,
        call: CallRef<'_>,
        trace: &mut impl Trace,
    ) -> Result<Granted<'r>, Denial> {
        let id = call.registered_user_id;
        let user = known_user(rows, self.actor, (self.organization_id, self.environment), id)?;
        let live = user.and_then(RegisteredUserRow::live);
        // A text that is no such id was not kept: nothing has it.
        let compared =
            || Ok(object!({"registered_user_id": Some(id).filter(|id| id.can_exist()), "found": live.is_some()}));
        let live = trace.need(Check::UserFound, live.ok_or(Code::RegisteredUserNotFound), compared)?;
        let find = |tool_pack_id: &str| known_pack(rows, self.actor, self.organization_id, tool_pack_id);
        let pack = served(rows, live, call.tool_pack_id, find, trace)?;
        let entry = entry(pack, call.connector, trace)?;
        let owner = self.ready(rows, (id, live), entry, Wanted::Tool(call.tool), trace)?;
        Ok(Granted { entry, owner })
    }

    /// The connector of a pack has the tool, and whose credential lets a call of it start now.
    pub(crate) fn ready<'r, R: Rows>(
        &self,
        rows: &'r R,
        user: (RegisteredUserId, &'r LiveUser),
        entry: &'r PackConnector,
        wanted: Wanted<'_>,
        trace: &mut impl Trace,
    ) -> Result<Option<OwnerRef<'r>>, Denial> {
        check_tool(rows, self.organization_id, entry, wanted, trace)?;
        self.check_credential(rows, user, entry, trace)
    }

    /// SHARED has a company, and the credential at exactly the pack's scope is active; NONE needs neither (P-1).
    pub(crate) fn check_credential<'r, R: Rows>(
        &self,
        rows: &'r R,
        (id, live): (RegisteredUserId, &'r LiveUser),
        entry: &PackConnector,
        trace: &mut impl Trace,
    ) -> Result<Option<OwnerRef<'r>>, Denial> {
        let compared = || Ok(object!({"scope": entry.auth_scope, "origin_company_id": live.origin_company_id}));
        let owner = trace.need(Check::Company, entry.auth_scope.owner(id, live), compared)?;
        let held = match owner {
            Some(owner) => self.credential(rows, live, owner, &entry.connector)?,
            None => None,
        };
        let status = held.map(|held| held.status_at(self.now));
        let found = match (owner, status) {
            (None, _) | (Some(_), Some(CredentialStatus::Active)) => Ok(owner),
            (Some(_), None) => Err(Code::CredentialRequired),
            (Some(_), Some(CredentialStatus::Revoked)) => Err(Code::CredentialRevoked),
            (Some(_), Some(CredentialStatus::NeedsReauth)) => Err(Code::ReauthRequired),
        };
        let compared = || {
            Ok(object!({
                "owner": owner.map(OwnerRef::to_owner),
                "connector": entry.connector,
                "status": status,
                "expires_at": held.and_then(|held| held.expires_at),
            }))
        };
        trace.need(Check::Credential, found, compared)
    }

    /// An owner's credential for a connector; the user's own row is at hand.
    fn credential<'r, R: Rows>(
        &self,
        rows: &'r R,
        live: &'r LiveUser,
        owner: OwnerRef<'_>,
        connector: &ConnectorSlug,
    ) -> Result<Option<&'r CredentialRow>, NotLoaded> {
        match owner {
            OwnerRef::Individual(_) => Ok(held(&live.credentials, connector)),
            OwnerRef::Shared(company) => {
                let key = company_key(self.organization_id, self.environment, company);
                Ok(rows.row::<CompanyRow>(&key)?.and_then(|row| held(&row.credentials, connector)))
            }
            OwnerRef::Organization => {
                let key = (self.organization_id.clone(), self.environment, connector.clone());
                Ok(rows.row::<OrganizationCredentialRow>(&key)?.map(|row| &row.credential))
            }
        }
    }
}

/// The user is active, and the pack is there and serves it (TP-6). A pack is looked for only by active users.
pub(crate) fn served<'r, R: Rows>(
    rows: &'r R,
    live: &LiveUser,
    tool_pack_id: &str,
    find: impl FnOnce(&str) -> Result<Option<&'r ToolPackRow>, NotLoaded>,
    trace: &mut impl Trace,
) -> Result<&'r ToolPackRow, Denial> {
    active(live, trace)?;
    let pack = find(tool_pack_id)?;
    let compared = || Ok(object!({"tool_pack_id": tool_pack_id, "found": pack.is_some()}));
    let pack = trace.need(Check::PackFound, pack.ok_or(Code::ToolPackNotFound), compared)?;
    let serves = serves(rows, pack, live)?;
    let compared = || {
        Ok(match serves {
            true => object!({"group_ids": pack.group_ids}),
            false => object!({"group_ids": pack.group_ids, "failed": unmatched(rows, pack, live)?}),
        })
    };
    trace.need(Check::PackPermitted, serves.then_some(pack).ok_or(Code::ToolPackNotPermitted), compared)
}

/// The user is active.
pub(crate) fn active(live: &LiveUser, trace: &mut impl Trace) -> Result<(), Denial> {
    let found = match live.status {
        UserStatus::Active => Ok(()),
        UserStatus::Deactivated => Err(Code::RegisteredUserInactive),
    };
    trace.need(Check::UserActive, found, || Ok(object!({"status": live.status})))
}

/// The pack contains the connector.
pub(crate) fn entry<'r>(
    pack: &'r ToolPackRow,
    connector: &str,
    trace: &mut impl Trace,
) -> Result<&'r PackConnector, Denial> {
    let entry = pack.connector(connector);
    let compared = || Ok(object!({"connector": connector, "in_tool_pack": entry.is_some()}));
    trace.need(Check::ConnectorInPack, entry.ok_or(Code::ConnectorNotInToolPack), compared)
}

/// The tool is in the pack, and in the connector's catalogue (TP-3).
pub(crate) fn check_tool<R: Rows>(
    rows: &R,
    organization_id: &OrganizationId,
    entry: &PackConnector,
    wanted: Wanted<'_>,
    trace: &mut impl Trace,
) -> Result<(), Denial> {
    let connector = rows.connector(organization_id, &entry.connector)?;
    let has = |tool: &str| connector.is_some_and(|row| row.has_tool(tool));
    let found = match (wanted, &entry.tool_names) {
        (Wanted::Tool(tool), _) => entry.offers(tool) && has(tool),
        (Wanted::AnyTool, None) => connector.is_some_and(|row: &ConnectorRow| !row.tools.is_empty()),
        (Wanted::AnyTool, Some(names)) => names.iter().any(|name| has(name.as_str())),
    };
    let compared = || {
        Ok(match wanted {
            Wanted::Tool(tool) => object!({
                "tool": full_name(entry.connector.as_str(), tool),
                "in_tool_pack": entry.offers(tool),
                "in_connector": has(tool),
            }),
            Wanted::AnyTool => object!({"in_connector": found}),
        })
    };
    trace.need(Check::ToolInPack, found.then_some(()).ok_or(Code::ToolNotInToolPack), compared)
}
