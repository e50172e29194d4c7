//! `impact`: who loses and who gains access by a command that has not happened (D-5).

use super::check::{Denial, Untraced};
use super::gate::{Gate, Wanted, served};
use crate::authority::{sees_pack, sees_user};
use crate::catalog::tool_pack::ToolPackRow;
use crate::context::{Actor, Environment};
use crate::declare::view::view;
use crate::id::{ConnectorSlug, OrganizationId, RegisteredUserId, ToolPackId};
use crate::registered_user::RegisteredUserRow;
use crate::state::{Draft, Key, NotLoaded, OrganizationTables, Record, Rows, State, keys_beside_access};
use crate::time::Timestamp;
use alloc::collections::{BTreeMap, BTreeSet};
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

/// The organization and environment that users live in.
type Place = (OrganizationId, Environment);

/// One side of an impact: all are counted, and not more kept than are listed.
#[derive(Default)]
struct Side {
    listed: Vec<Access>,
    total: usize,
}

impl Side {
    fn add<'a>(
        &mut self,
        id: RegisteredUserId,
        pack: &ToolPackId,
        connectors: impl Iterator<Item = &'a ConnectorSlug>,
    ) {
        for connector in connectors {
            self.total += 1;
            if self.listed.len() < MOST_LISTED {
                let (tool_pack_id, connector) = (pack.clone(), connector.clone());
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
    let mut packs_of: BTreeMap<OrganizationId, BTreeSet<ToolPackId>> = BTreeMap::new();
    for (id, place) in affected(state, draft) {
        let in_reach = organization_id.is_none_or(|own| *own == place.0)
            && actor.environment().is_none_or(|own| own == place.1)
            && sees_user(actor, id);
        if !in_reach {
            continue;
        }
        let gate = Gate { actor, organization_id: &place.0, environment: place.1, now };
        if !packs_of.contains_key(&place.0) {
            packs_of.insert(place.0.clone(), affected_packs(state, draft, actor, &place.0));
        }
        for tool_pack_id in packs_of.get(&place.0).into_iter().flatten() {
            let before = reached(state, gate, id, tool_pack_id)?;
            let after = reached(draft, gate, id, tool_pack_id)?;
            lose.add(id, tool_pack_id, before.difference(&after));
            gain.add(id, tool_pack_id, after.difference(&before));
        }
    }
    gain.listed.truncate(MOST_LISTED - lose.listed.len());
    Ok(Impact { lose: lose.listed, gain: gain.listed, total: lose.total + gain.total })
}

/// The packs by which a draft's rows may bear on a user's access, as far as the actor sees them.
fn affected_packs(
    state: &State,
    draft: &Draft<'_>,
    actor: &Actor,
    organization_id: &OrganizationId,
) -> BTreeSet<ToolPackId> {
    let mut connectors: BTreeSet<&ConnectorSlug> = BTreeSet::new();
    let mut packs: BTreeSet<ToolPackId> = BTreeSet::new();
    let mut all = false;
    for key in draft.changes().keys() {
        match key {
            Key::Connector((id, connector)) if id == organization_id => {
                connectors.insert(connector);
            }
            Key::ToolPack((id, pack)) if id == organization_id => {
                packs.insert(pack.clone());
            }
            Key::RegisteredUser(_) | Key::Company(_) | Key::OrganizationCredential(_) | Key::Group(_) => all = true,
            // Of another organization, or what no decision looks at.
            Key::Connector(_) | Key::ToolPack(_) | Key::Organization(_) => {}
            keys_beside_access!() => {}
        }
    }
    let names_one = |pack: &ToolPackRow| pack.connectors.iter().any(|entry| connectors.contains(&entry.connector));
    let there = state.tables(organization_id).into_iter().flat_map(|tables| tables.tool_packs.values());
    packs.extend(there.filter(|pack| all || names_one(pack)).map(|pack| pack.tool_pack_id.clone()));
    packs.retain(|pack| sees_pack(actor, pack.as_str()));
    packs
}

/// The users whose access a draft's rows bear on, in the order of their ids.
fn affected(state: &State, draft: &Draft<'_>) -> Vec<(RegisteredUserId, Place)> {
    let mut users: BTreeSet<RegisteredUserId> = BTreeSet::new();
    let all = |users: &mut BTreeSet<RegisteredUserId>,
               tables: Option<&OrganizationTables>,
               environments: &[Environment]| {
        for environment in environments {
            users.extend(tables.into_iter().flat_map(|tables| tables.environment(*environment).users.iter().copied()));
        }
    };
    for key in draft.changes().keys() {
        match key {
            Key::RegisteredUser(id) => {
                users.insert(*id);
            }
            Key::Company((organization_id, environment, _))
            | Key::OrganizationCredential((organization_id, environment, _)) => {
                all(&mut users, state.tables(organization_id), &[*environment]);
            }
            Key::Connector((organization_id, _))
            | Key::ToolPack((organization_id, _))
            | Key::Group((organization_id, _)) => {
                all(&mut users, state.tables(organization_id), &[Environment::Production, Environment::Test]);
            }
            Key::Organization(_) => {}
            keys_beside_access!() => {}
        }
    }
    let place = |id: RegisteredUserId| {
        let drafted = draft.changes().get(&Key::RegisteredUser(id)).and_then(Option::as_ref);
        let drafted = drafted.and_then(RegisteredUserRow::from_row);
        Some((id, state.user(id).or(drafted)?.place()))
    };
    users.into_iter().filter_map(place).collect()
}

/// The connectors of a pack of which a user may call some tool.
fn reached<R: Rows>(
    rows: &R,
    gate: Gate<'_>,
    id: RegisteredUserId,
    tool_pack_id: &ToolPackId,
) -> Result<BTreeSet<ConnectorSlug>, NotLoaded> {
    let mut reached = BTreeSet::new();
    let Some(live) = rows.row::<RegisteredUserRow>(&id)?.and_then(RegisteredUserRow::live) else { return Ok(reached) };
    let find = |tool_pack_id: &str| rows.tool_pack(gate.organization_id, tool_pack_id);
    let Some(pack) = passed(served(rows, live, tool_pack_id.as_str(), find, &mut Untraced))? else {
        return Ok(reached);
    };
    for entry in &pack.connectors {
        if passed(gate.ready(rows, (id, live), entry, Wanted::AnyTool, &mut Untraced))?.is_some() {
            reached.insert(entry.connector.clone());
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
