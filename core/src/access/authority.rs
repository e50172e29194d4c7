//! Whether an actor may do a thing at all (C-1…3, C-6): the table of SPEC section 2.

use crate::account::{ACCOUNT_LIFECYCLE, AccountTrigger, Role};
use crate::context::{AccessKey, Actor, Environment, KeyScope, Needs};
use crate::decide::Refusal;
use crate::error::{Code, UsageError, Violations};
use crate::id::{OrganizationId, RegisteredUserId};
use crate::lifecycle::Next;
use crate::state::{Account, NotLoaded, Organization, RegisteredUser, Rows};
use crate::time::Timestamp;
use alloc::collections::BTreeSet;

/// What a request asks for: a row of SPEC section 2's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Registered users and companies.
    RegisteredUsers,
    /// What users share: creating one, companies, company credentials. Restricted keys may not (C-3).
    SharedThings,
    /// `create_test_user`, `set_retention_hold`.
    Custody,
    /// The catalogue.
    Catalogue,
    /// `start_link`; a key held to some packs must name one (C-3).
    StartLink {
        /// Whether the command names a pack.
        names_pack: bool,
    },
    /// `revoke_credential`; what others share is not for restricted keys, nor for users (C-3).
    RevokeCredential {
        /// Whether the owner is a registered user.
        is_own: bool,
    },
    /// `complete_link`, `fail_link`.
    FinishLink,
    /// `report_credential`, `advance_time`.
    Host,
    /// `authorize`, `explain`, `authorize_batch`.
    Decide,
    /// `start_tool_call`, `finish_tool_call`.
    ToolCall,
    /// `create_organization`.
    CreateOrganization,
    /// `create_user`: anyone, by one of two paths (AC-1, AC-2).
    CreateUser,
    /// Accounts and tokens.
    Accounts,
    /// Queries.
    Query,
    /// The three open queries.
    OpenQuery,
    /// The journal.
    Journal,
}

/// An actor that has passed C-1, as a case keeps it.
#[derive(Clone, Debug)]
pub(crate) struct Authority {
    /// The role, where the actor is an account.
    pub(crate) role: Option<Role>,
    /// The organization that the actor acts for: named, or an organization_admin's own.
    pub(crate) organization_id: Option<OrganizationId>,
}

/// An actor that has passed C-1: who it really is. Borrowed, since every decision asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Identity<'a> {
    /// The role, where the actor is an account.
    pub(crate) role: Option<Role>,
    /// The organization that the actor acts for: named, or an organization_admin's own.
    pub(crate) organization_id: Option<&'a OrganizationId>,
}

/// C-1: is the actor what it says it is?
pub(crate) fn authenticate<'a, R: Rows>(
    rows: &'a R,
    actor: &'a Actor,
    now: Timestamp,
    right: Right,
) -> Result<Identity<'a>, Refusal> {
    let named = actor.organization_id();
    let mut identity = Identity { role: None, organization_id: named };
    match actor {
        Actor::System { .. } => exists(rows, named, Code::OrganizationNotFound)?,
        Actor::Account { user_id, .. } => {
            let account = rows.row::<Account>(user_id)?.ok_or(Code::NotAuthenticated)?;
            if let Next::Refuse(code) = ACCOUNT_LIFECYCLE.next(account.status, AccountTrigger::Act) {
                return Err(code.into());
            }
            identity.role = Some(account.role);
            if account.role == Role::Admin {
                exists(rows, named, Code::OrganizationNotFound)?;
            } else if named.is_some() && named != account.organization_id.as_ref() {
                return Err(Code::NotAuthenticated.into());
            } else {
                identity.organization_id = account.organization_id.as_ref();
            }
        }
        Actor::AccessKey(key) => {
            if key.expires_at.is_some_and(|at| now >= at) {
                return Err(Code::NotAuthenticated.into());
            }
            exists(rows, named, Code::NotAuthenticated)?;
        }
        Actor::RegisteredUser { registered_user_id, .. } => {
            exists(rows, named, Code::NotAuthenticated)?;
            let lives_there = rows.row::<RegisteredUser>(registered_user_id)?.is_some_and(|user| {
                user.present().is_some()
                    && Some(&user.organization_id) == named
                    && Some(user.environment) == actor.environment()
            });
            if !lives_there {
                return Err(Code::NotAuthenticated.into());
            }
        }
        Actor::Anonymous if right == Right::CreateUser => {}
        Actor::Anonymous => return Err(Code::NotAuthenticated.into()),
    }
    Ok(identity)
}

fn exists<R: Rows>(rows: &R, organization_id: Option<&OrganizationId>, or: Code) -> Result<(), Refusal> {
    match organization_id {
        Some(id) if rows.row::<Organization>(id)?.is_none() => Err(or.into()),
        _ => Ok(()),
    }
}

impl From<Identity<'_>> for Authority {
    fn from(identity: Identity<'_>) -> Self {
        Authority { role: identity.role, organization_id: identity.organization_id.cloned() }
    }
}

impl Authority {
    /// Whether an account or token of this organization, or of none, is in the actor's reach: an
    /// organization_admin's own, and everything for who may act for any organization. The one that
    /// `system` or an `admin` names limits the two lists only (AC-1).
    pub(crate) fn reaches(&self, actor: &Actor, organization_id: Option<&OrganizationId>) -> bool {
        match actor {
            Actor::System { .. } => true,
            Actor::Account { .. } => match self.role {
                Some(Role::Admin) => true,
                Some(Role::OrganizationAdmin) => {
                    organization_id.is_some() && organization_id == self.organization_id.as_ref()
                }
                Some(Role::Member) | None => false,
            },
            Actor::AccessKey(_) | Actor::RegisteredUser { .. } | Actor::Anonymous => false,
        }
    }
}

impl Identity<'_> {
    /// C-2: may such an actor ever do this?
    pub(crate) fn permits(&self, actor: &Actor, right: Right) -> bool {
        match actor {
            Actor::System { .. } => true,
            Actor::Account { .. } => match self.role {
                Some(Role::Admin) => right.is_for_admins(),
                Some(Role::OrganizationAdmin) => right.is_for_admins() && right != Right::CreateOrganization,
                Some(Role::Member) | None => right == Right::CreateUser,
            },
            Actor::AccessKey(key) => right.is_for_key(key),
            Actor::RegisteredUser { .. } => {
                matches!(
                    right,
                    Right::FinishLink | Right::RevokeCredential { is_own: true } | Right::OpenQuery | Right::CreateUser
                )
            }
            Actor::Anonymous => right == Right::CreateUser,
        }
    }

    /// What the request needs and an account leaves out, which shows only now (C-6).
    pub(crate) fn check_place(&self, actor: &Actor, needs: Needs) -> Result<(), UsageError> {
        let mut violations = Violations::default();
        actor.check_place(needs, self.organization_id.is_some(), &mut violations);
        violations.check_context()
    }
}

impl Right {
    const fn is_for_admins(self) -> bool {
        !matches!(self, Right::FinishLink | Right::Host | Right::ToolCall)
    }

    fn is_for_key(self, key: &AccessKey) -> bool {
        let has = |scope| key.scopes.contains(&scope);
        let (management, runtime) = (has(KeyScope::Management), has(KeyScope::Runtime));
        match self {
            Right::RegisteredUsers | Right::FinishLink | Right::Query => management,
            Right::StartLink { names_pack } => management && (names_pack || key.tool_pack_ids.is_none()),
            Right::RevokeCredential { is_own } => management && (is_own || !key.is_restricted()),
            Right::SharedThings => management && !key.is_restricted(),
            Right::Catalogue => management && !key.is_restricted() && key.environment == Environment::Production,
            Right::Journal => management && key.tool_pack_ids.is_none(),
            Right::OpenQuery => management || runtime,
            Right::Decide | Right::ToolCall => runtime,
            Right::CreateUser => true,
            Right::Custody | Right::Host | Right::CreateOrganization | Right::Accounts => false,
        }
    }
}

/// The registered user with this id, where the actor can see it (P-2): of its organization and
/// environment, and within its restriction. Tombstones included.
pub(crate) fn known_user<'r, R: Rows>(
    rows: &'r R,
    actor: &Actor,
    (organization_id, environment): (&OrganizationId, Environment),
    id: RegisteredUserId,
) -> Result<Option<&'r RegisteredUser>, NotLoaded> {
    if !sees_user(actor, id) {
        return Ok(None);
    }
    let user = rows.row::<RegisteredUser>(&id)?;
    Ok(user.filter(|user| user.organization_id == *organization_id && user.environment == environment))
}

/// Whether a user is within the actor's restriction.
pub(crate) fn sees_user(actor: &Actor, id: RegisteredUserId) -> bool {
    match actor {
        Actor::AccessKey(key) => key.sees_user(id),
        Actor::RegisteredUser { registered_user_id, .. } => *registered_user_id == id,
        Actor::System { .. } | Actor::Account { .. } | Actor::Anonymous => true,
    }
}

/// The only users that the actor may see, where it is held to some. For lists: the actor's own list may be
/// long, and to search it for each user would cost their product (P-6).
pub(crate) fn only_users(actor: &Actor) -> Option<BTreeSet<RegisteredUserId>> {
    match actor {
        Actor::AccessKey(key) => key.registered_user_ids.as_ref().map(|ids| ids.iter().copied().collect()),
        Actor::RegisteredUser { registered_user_id, .. } => Some(BTreeSet::from([*registered_user_id])),
        Actor::System { .. } | Actor::Account { .. } | Actor::Anonymous => None,
    }
}

/// Whether a tool pack is within the actor's restriction.
pub(crate) fn sees_pack(actor: &Actor, tool_pack_id: &str) -> bool {
    match actor {
        Actor::AccessKey(key) => key.sees_pack(tool_pack_id),
        Actor::System { .. } | Actor::Account { .. } | Actor::RegisteredUser { .. } | Actor::Anonymous => true,
    }
}

/// Whether the actor is held to some users or packs, so that what others share is not its to touch (C-3).
pub(crate) fn is_restricted(actor: &Actor) -> bool {
    matches!(actor, Actor::AccessKey(key) if key.is_restricted())
}
