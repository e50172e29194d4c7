//! `impact`: who loses and who gains access by a command that has not happened (D-5).

use super::affected::Affected;
use super::check::{Denial, Untraced};
use super::gate::{Gate, Wanted, check_tool, served};
use crate::authority::{sees_pack, sees_user};
use crate::catalog::tool_pack::{PackConnector, ToolPackRow};
use crate::context::Actor;
use crate::declare::view::view;
use crate::id::{ConnectorSlug, OrganizationId, RegisteredUserId, ToolPackId};
use crate::registered_user::{LiveUser, RegisteredUserRow};
use crate::state::{Draft, NotLoaded, Rows, State};
use crate::time::Timestamp;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// Triples that an impact lists at most; `total` counts them all.
const MOST_LISTED: usize = 1000;

view! {
    /// A user's access to a connector by a tool pack: that some tool call of it is allowed.
    Access: PartialOrd, Ord {
        /// The user.
        registered_user_id: RegisteredUserId,
        /// The pack.
        tool_pack_id: ToolPackId,
        /// The connector.
        connector: ConnectorSlug,
    }
}

view! {
    /// Who loses and who gains access, in the order of users, packs and connectors.
    Impact: Default {
        /// What is allowed before and not after.
        lose: Vec<Access>,
        /// What is allowed after and not before.
        gain: Vec<Access>,
        /// How many there are, listed or not.
        total: usize,
    }
}

/// One side of an impact: all are counted, and not more kept than are listed.
#[derive(Default)]
struct Side {
    listed: Vec<Access>,
    total: usize,
}

impl Side {
    /// Adds what is among the one and not among the others, both sorted.
    fn add(&mut self, id: RegisteredUserId, pack: &ToolPackId, these: &[&ConnectorSlug], others: &[&ConnectorSlug]) {
        for connector in these.iter().filter(|connector| others.binary_search(connector).is_err()) {
            self.total += 1;
            if self.listed.len() < MOST_LISTED {
                let (tool_pack_id, connector) = (pack.clone(), ConnectorSlug::clone(connector));
                self.listed.push(Access { registered_user_id: id, tool_pack_id, connector });
            }
        }
    }
}

/// The impact of a draft, in the actor's reach.
pub(crate) fn impact(
    state: &State,
    draft: &Draft<'_>,
    actor: &Actor,
    organization_id: Option<&OrganizationId>,
    now: Timestamp,
) -> Result<Impact, NotLoaded> {
    let (mut lose, mut gain) = (Side::default(), Side::default());
    let affected = Affected::by(state, draft);
    let mut packs_of: BTreeMap<&OrganizationId, Vec<PackBothWays<'_>>> = BTreeMap::new();
    for (own, ids) in &affected.packs {
        let seen = ids.iter().filter(|id| sees_pack(actor, id.as_str()));
        packs_of.insert(own, seen.map(|id| PackBothWays::find(state, draft, own, id)).collect::<Result<_, _>>()?);
    }
    for (id, place) in &affected.users {
        let in_reach = organization_id.is_none_or(|own| *own == place.0)
            && actor.environment().is_none_or(|own| own == place.1)
            && sees_user(actor, *id);
        if !in_reach {
            continue;
        }
        let gate = Gate { actor, organization_id: &place.0, environment: place.1, now };
        let (before, after) = (live(state, *id)?, live(draft, *id)?);
        for pack in packs_of.get(&place.0).into_iter().flatten() {
            let before = reached(state, gate, *id, before, pack.before.as_ref())?;
            let after = reached(draft, gate, *id, after, pack.after.as_ref())?;
            lose.add(*id, pack.tool_pack_id, &before, &after);
            gain.add(*id, pack.tool_pack_id, &after, &before);
        }
    }
    gain.listed.truncate(MOST_LISTED - lose.listed.len());
    Ok(Impact { lose: lose.listed, gain: gain.listed, total: lose.total + gain.total })
}

/// A pack before and after.
struct PackBothWays<'r> {
    tool_pack_id: &'r ToolPackId,
    before: Option<OfferedPack<'r>>,
    after: Option<OfferedPack<'r>>,
}

/// A pack with the connectors of which it offers some tool, sorted. That is the same for all users.
struct OfferedPack<'r> {
    row: &'r ToolPackRow,
    offered: Vec<&'r PackConnector>,
}

impl<'r> PackBothWays<'r> {
    fn find(
        state: &'r State,
        draft: &'r Draft<'_>,
        organization_id: &OrganizationId,
        tool_pack_id: &'r ToolPackId,
    ) -> Result<Self, NotLoaded> {
        let before = OfferedPack::find(state, organization_id, tool_pack_id)?;
        Ok(PackBothWays { tool_pack_id, before, after: OfferedPack::find(draft, organization_id, tool_pack_id)? })
    }
}

impl<'r> OfferedPack<'r> {
    fn find<R: Rows>(
        rows: &'r R,
        organization_id: &OrganizationId,
        tool_pack_id: &ToolPackId,
    ) -> Result<Option<Self>, NotLoaded> {
        let Some(row) = rows.tool_pack(organization_id, tool_pack_id.as_str())? else { return Ok(None) };
        let mut offered = Vec::new();
        for entry in &row.connectors {
            if passed(check_tool(rows, organization_id, entry, Wanted::AnyTool, &mut Untraced))?.is_some() {
                offered.push(entry);
            }
        }
        offered.sort_by(|entry, other| entry.connector.cmp(&other.connector));
        Ok(Some(OfferedPack { row, offered }))
    }
}

fn live<R: Rows>(rows: &R, id: RegisteredUserId) -> Result<Option<&LiveUser>, NotLoaded> {
    Ok(rows.row::<RegisteredUserRow>(&id)?.and_then(RegisteredUserRow::live))
}

/// The connectors of a pack of which a user may call some tool, sorted.
fn reached<'r, R: Rows>(
    rows: &R,
    gate: Gate<'_>,
    id: RegisteredUserId,
    user: Option<&LiveUser>,
    pack: Option<&OfferedPack<'r>>,
) -> Result<Vec<&'r ConnectorSlug>, NotLoaded> {
    let mut reached = Vec::new();
    let Some((user, pack)) = user.zip(pack) else { return Ok(reached) };
    let found = |_: &str| Ok(Some(pack.row));
    if passed(served(rows, user, pack.row.tool_pack_id.as_str(), found, &mut Untraced))?.is_none() {
        return Ok(reached);
    }
    for entry in &pack.offered {
        if passed(gate.check_credential(rows, (id, user), entry, &mut Untraced))?.is_some() {
            reached.push(&entry.connector);
        }
    }
    Ok(reached)
}

/// What checks give; none where one fails.
fn passed<T>(checked: Result<T, Denial>) -> Result<Option<T>, NotLoaded> {
    match checked {
        Ok(found) => Ok(Some(found)),
        Err(Denial::NotLoaded(missing)) => Err(missing),
        Err(Denial::Failed(_) | Denial::Usage(_)) => Ok(None),
    }
}
