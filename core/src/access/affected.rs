//! Whose access by which packs a draft may have changed: what a preview looks at, and nothing else (P-6).

use crate::catalog::tool_pack::PackConnector;
use crate::context::Environment;
use crate::credential::{AuthScope, CredentialRow};
use crate::id::{OrganizationId, RegisteredUserId, ToolPackId};
use crate::registered_user::{LiveUser, RegisteredUserRow};
use crate::state::{CompanyRow, Draft, Key, Record, State, keys_beside_access};
use alloc::collections::{BTreeMap, BTreeSet};

/// The organization and environment that users live in.
type Place = (OrganizationId, Environment);

/// The users and packs between which a draft's rows may have changed something.
#[derive(Default)]
pub(super) struct Affected {
    /// In the order of their ids.
    pub(super) users: BTreeMap<RegisteredUserId, Place>,
    pub(super) packs: BTreeMap<OrganizationId, BTreeSet<ToolPackId>>,
}

impl Affected {
    pub(super) fn by(state: &State, draft: &Draft<'_>) -> Self {
        const BOTH: &[Environment] = &[Environment::Production, Environment::Test];
        let mut affected = Affected::default();
        for (key, row) in draft.changes() {
            match key {
                Key::RegisteredUser(id) => {
                    let (before, after) = (state.user(*id), row.as_ref().and_then(RegisteredUserRow::from_row));
                    let lives = (before.and_then(RegisteredUserRow::live), after.and_then(RegisteredUserRow::live));
                    let same = match lives {
                        (Some(before), Some(after)) => before.decides_like(after),
                        (before, after) => before.is_none() && after.is_none(),
                    };
                    if let Some(place) = before.or(after).map(RegisteredUserRow::place).filter(|_| !same) {
                        affected.packs(state, &place.0, |_| true);
                        affected.users.insert(*id, place);
                    }
                }
                Key::Company((id, environment, company)) => {
                    let before = state.tables(id).and_then(|own| own.environment(*environment).companies.get(company));
                    let after = row.as_ref().and_then(CompanyRow::from_row);
                    if credentials(before) != credentials(after) {
                        affected.packs(state, id, |entry| entry.auth_scope == AuthScope::Shared);
                        let belongs = |user: &LiveUser| user.origin_company_id.as_ref() == Some(company);
                        affected.users(state, id, &[*environment], belongs);
                    }
                }
                Key::OrganizationCredential((id, environment, connector)) => {
                    let uses = |entry: &PackConnector| entry.auth_scope == AuthScope::Organization;
                    affected.packs(state, id, |entry| uses(entry) && entry.connector == *connector);
                    affected.users(state, id, &[*environment], |_| true);
                }
                Key::Connector((id, connector)) => {
                    affected.packs(state, id, |entry| entry.connector == *connector);
                    affected.users(state, id, BOTH, |_| true);
                }
                Key::ToolPack((id, pack)) => {
                    affected.packs.entry(id.clone()).or_default().insert(pack.clone());
                    affected.users(state, id, BOTH, |_| true);
                }
                Key::Group((id, group)) => {
                    let tables = state.tables(id).into_iter().flat_map(|tables| tables.tool_packs.values());
                    let named = tables.filter(|pack| pack.group_ids.iter().flatten().any(|named| named == group));
                    let named = named.map(|pack| pack.tool_pack_id.clone());
                    affected.packs.entry(id.clone()).or_default().extend(named);
                    affected.users(state, id, BOTH, |_| true);
                }
                Key::Organization(_) => {}
                keys_beside_access!() => {}
            }
        }
        affected
    }

    /// Adds the packs with such an entry. Those that the draft itself changes have keys of their own.
    fn packs(&mut self, state: &State, organization_id: &OrganizationId, uses: impl Fn(&PackConnector) -> bool) {
        let packs = state.tables(organization_id).into_iter().flat_map(|tables| tables.tool_packs.values());
        let packs = packs.filter(|pack| pack.connectors.iter().any(&uses)).map(|pack| pack.tool_pack_id.clone());
        self.packs.entry(organization_id.clone()).or_default().extend(packs);
    }

    /// Adds the users of environments, where a pack is affected at all. Those that the draft itself changes have keys
    /// of their own.
    fn users(
        &mut self,
        state: &State,
        organization_id: &OrganizationId,
        environments: &[Environment],
        who: impl Fn(&LiveUser) -> bool,
    ) {
        if self.packs.get(organization_id).is_none_or(BTreeSet::is_empty) {
            return;
        }
        let Some(tables) = state.tables(organization_id) else { return };
        for environment in environments {
            let users = tables.environment(*environment).users.iter().copied();
            let live = users.filter(|id| state.user(*id).and_then(RegisteredUserRow::live).is_some_and(&who));
            self.users.extend(live.map(|id| (id, (organization_id.clone(), *environment))));
        }
    }
}

fn credentials(company: Option<&CompanyRow>) -> &[CredentialRow] {
    company.map_or(&[], |row| &row.credentials)
}
