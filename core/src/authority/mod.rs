//! Whether an actor is what it says it is, and what is in its reach (C-1…3, C-6).

mod right;
mod subset;

pub use right::{KeyRestriction, Permitted, PermittedKey, Right};
pub use subset::subset_of;

use crate::account::{ACCOUNT_LIFECYCLE, AccountTrigger, Role};
use crate::context::{Actor, Environment, Needs, Restriction};
use crate::decide::Refusal;
use crate::error::{Code, Rejection, UsageError, Violations};
use crate::id::{OrganizationId, RegisteredUserId};
use crate::lifecycle::Next;
use crate::state::{AccountRow, Draft, NotLoaded, OrganizationRow, RegisteredUserRow, Rows, ToolPackRow};
use crate::time::Timestamp;
use alloc::string::ToString;

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
            let account = rows.row::<AccountRow>(user_id)?.ok_or(Code::NotAuthenticated)?;
            if let Next::Refuse(code) = ACCOUNT_LIFECYCLE.next(account.status.into(), AccountTrigger::Act) {
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
            let lives_there = rows.row::<RegisteredUserRow>(registered_user_id)?.is_some_and(|user| {
                user.live().is_some()
                    && Some(&user.organization_id) == named
                    && Some(user.environment) == actor.environment()
            });
            if !lives_there {
                return Err(Code::NotAuthenticated.into());
            }
        }
        Actor::Anonymous if right.permits(actor, None) => {}
        Actor::Anonymous => return Err(Code::NotAuthenticated.into()),
    }
    Ok(identity)
}

fn exists<R: Rows>(rows: &R, organization_id: Option<&OrganizationId>, or: Code) -> Result<(), Refusal> {
    match organization_id {
        Some(id) if rows.row::<OrganizationRow>(id)?.is_none() => Err(or.into()),
        Some(_) | None => Ok(()),
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
    /// C-2: `forbidden` for an actor that may never do this.
    pub(crate) fn check_right(&self, actor: &Actor, right: Right) -> Result<(), Refusal> {
        if right.permits(actor, self.role) {
            return Ok(());
        }
        Err(Rejection::because(Code::Forbidden, right.needs(actor)).into())
    }

    /// What the request needs and an account leaves out, which shows only now (C-6).
    pub(crate) fn check_place(&self, actor: &Actor, needs: Needs) -> Result<(), UsageError> {
        let mut violations = Violations::default();
        actor.check_place(needs, self.organization_id.is_some(), &mut violations);
        violations.check_context()
    }
}

/// The registered user with this id, where the actor can see it (P-2): of its organization and
/// environment, and within its restriction. Tombstones included.
pub(crate) fn known_user<'r, R: Rows>(
    rows: &'r R,
    actor: &Actor,
    (organization_id, environment): (&OrganizationId, Environment),
    id: RegisteredUserId,
) -> Result<Option<&'r RegisteredUserRow>, NotLoaded> {
    if !sees_user(actor, id) {
        return Ok(None);
    }
    let user = rows.row::<RegisteredUserRow>(&id)?;
    Ok(user.filter(|user| user.organization_id == *organization_id && user.environment == environment))
}

/// The tool pack with this id, where the actor can see it (P-2). One that it does not see is not looked up, since
/// timing would reveal whether it exists.
pub(crate) fn known_pack<'r, R: Rows>(
    rows: &'r R,
    actor: &Actor,
    organization_id: &OrganizationId,
    tool_pack_id: &str,
) -> Result<Option<&'r ToolPackRow>, NotLoaded> {
    if sees_pack(actor, tool_pack_id) { rows.tool_pack(organization_id, tool_pack_id) } else { Ok(None) }
}

/// Whether a user is within the actor's restriction.
pub(crate) fn sees_user(actor: &Actor, id: RegisteredUserId) -> bool {
    match actor {
        Actor::AccessKey(key) => key.sees_user(id),
        Actor::RegisteredUser { registered_user_id, .. } => *registered_user_id == id,
        Actor::System { .. } | Actor::Account { .. } | Actor::Anonymous => true,
    }
}

/// The only users that the actor may see, in id order, where it is restricted to some.
pub(crate) fn only_users(actor: &Actor) -> Option<&[RegisteredUserId]> {
    match actor {
        Actor::AccessKey(key) => key.registered_user_ids.as_ref().map(Restriction::sorted),
        Actor::RegisteredUser { registered_user_id, .. } => Some(core::slice::from_ref(registered_user_id)),
        Actor::System { .. } | Actor::Account { .. } | Actor::Anonymous => None,
    }
}

/// The users of a place that the actor sees, tombstones too, in id order, after one of them. If the actor is restricted to
/// some users, no other is looked at, since timing would reveal them (P-2). `first` is how many the caller is about to
/// look at.
pub(crate) fn visible_users<'s>(
    draft: &Draft<'s>,
    actor: &Actor,
    (organization_id, environment): (&OrganizationId, Environment),
    after: Option<RegisteredUserId>,
    first: usize,
) -> impl Iterator<Item = Result<&'s RegisteredUserRow, NotLoaded>> {
    let own = only_users(actor);
    let all = own.is_none().then(|| {
        let after = after.map(|id| id.to_string());
        draft.list((Some(organization_id), Some(environment)), after.as_deref(), first)
    });
    let lives_there =
        move |user: &RegisteredUserRow| user.organization_id == *organization_id && user.environment == environment;
    let own = own.into_iter().flat_map(move |ids| ids_after(ids, after)).filter_map(move |id| {
        let user = draft.underneath::<RegisteredUserRow>(&id).transpose()?;
        user.map(|user| lives_there(user).then_some(user)).transpose()
    });
    own.chain(all.into_iter().flatten())
}

/// Those of ids in order that come after one of them.
pub(crate) fn ids_after(
    ids: &[RegisteredUserId],
    after: Option<RegisteredUserId>,
) -> impl Iterator<Item = RegisteredUserId> {
    let before = after.map_or(0, |after| ids.partition_point(|id| *id <= after));
    ids.iter().skip(before).copied()
}

/// Whether a tool pack is within the actor's restriction.
pub(crate) fn sees_pack(actor: &Actor, tool_pack_id: &str) -> bool {
    match actor {
        Actor::AccessKey(key) => key.sees_pack(tool_pack_id),
        Actor::System { .. } | Actor::Account { .. } | Actor::RegisteredUser { .. } | Actor::Anonymous => true,
    }
}

/// C-3: an actor that is restricted to some users or packs may only touch what is `INDIVIDUAL`.
pub(crate) fn check_unrestricted(actor: &Actor) -> Result<(), Refusal> {
    match actor {
        Actor::AccessKey(key) if key.is_restricted() => {
            let message = "needs an access key without `registered_user_ids` or `tool_pack_ids`: the scope of this link is not `INDIVIDUAL`";
            Err(Rejection::because(Code::Forbidden, message).into())
        }
        Actor::AccessKey(_)
        | Actor::System { .. }
        | Actor::Account { .. }
        | Actor::RegisteredUser { .. }
        | Actor::Anonymous => Ok(()),
    }
}
