//! Rows that become a state, one by one, each checked against those before it; and what is counted over them.

use super::{
    AccountRow, ActiveAdmins, CompanyKey, CompanyRow, ConnectorKey, ConnectorRow, GroupKey, GroupRow, Key,
    OrganizationCredentialRow, OrganizationRow, OriginUserIndex, Record, RegisteredUserRow, RegistrationTokenRow, Row,
    Rows, State, ToolPackRow, check, company_key,
};
use crate::context::Environment;
use crate::credential::Linked;
use crate::credential::row::CredentialRow;
use crate::id::{CompanyId, ConnectorSlug, OrganizationId, OriginCompanyId, ToolPackId};
use crate::json::Malformed;
use crate::policy::{OriginUserIdScope, Policy};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};

pub(super) type Restored = Result<(), Malformed>;

pub(super) fn wrong<T>(pointer: impl Into<String>, message: impl Into<String>) -> Result<T, Malformed> {
    Err(Malformed::new(pointer, message))
}

/// The state so far, and what is counted over it. A tally has an entry for each row of its table, in
/// the same order.
#[derive(Default)]
pub(super) struct Restoration {
    state: State,
    /// Whether the two environments share their `origin_user_id`s (RU-2).
    one_name_space: bool,
    /// Of each organization, how many connectors, packs and groups it has.
    organizations: BTreeMap<OrganizationId, [u32; 3]>,
    /// How many packs name a connector.
    connectors: BTreeMap<ConnectorKey, u32>,
    /// How many packs name a group.
    groups: BTreeMap<GroupKey, u32>,
    /// How many users belong to a company.
    companies: BTreeMap<CompanyKey, u32>,
    active_admins: u64,
    pool: Pool,
}

impl Restoration {
    pub(super) fn under(policy: &Policy) -> Self {
        let one_name_space = policy.origin_user_id_scope == OriginUserIdScope::Organization;
        Restoration { one_name_space, ..Restoration::default() }
    }

    pub(super) fn organization(&mut self, row: OrganizationRow) -> Restored {
        check::organization(&row)?;
        self.organizations.insert(row.organization_id.clone(), [0; 3]);
        self.adopt(row)
    }

    /// The organization that a row belongs to: one text for all that name it.
    fn owned(&mut self, organization_id: &mut OrganizationId) -> Result<&mut [u32; 3], Malformed> {
        match self.organizations.get_key_value(organization_id) {
            Some((known, _)) => *organization_id = known.clone(),
            None => return wrong("/organization_id", "no such organization"),
        }
        match self.organizations.get_mut(organization_id) {
            Some(counts) => Ok(counts),
            None => wrong("/organization_id", "no such organization"),
        }
    }

    pub(super) fn connector(&mut self, mut row: ConnectorRow) -> Restored {
        check::connector(&row)?;
        let [connectors, ..] = self.owned(&mut row.organization_id)?;
        *connectors += 1;
        share(&mut self.pool.connectors, &mut row.connector);
        self.connectors.insert(row.key(), 0);
        self.adopt(row)
    }

    pub(super) fn group(&mut self, mut row: GroupRow) -> Restored {
        check::group(&row)?;
        let [_, _, groups] = self.owned(&mut row.organization_id)?;
        *groups += 1;
        self.groups.insert(row.key(), 0);
        self.adopt(row)
    }

    pub(super) fn tool_pack(&mut self, mut row: ToolPackRow) -> Restored {
        check::tool_pack(&row)?;
        let [_, tool_packs, _] = self.owned(&mut row.organization_id)?;
        *tool_packs += 1;
        share(&mut self.pool.tool_packs, &mut row.tool_pack_id);
        for (index, entry) in row.connectors.iter_mut().enumerate() {
            share(&mut self.pool.connectors, &mut entry.connector);
            match self.connectors.get_mut(&(row.organization_id.clone(), entry.connector.clone())) {
                Some(count) => *count += 1,
                None => return wrong(format!("/connectors/{index}/connector"), "no such connector"),
            }
        }
        for (index, group_id) in row.group_ids.iter().flatten().enumerate() {
            match self.groups.get_mut(&(row.organization_id.clone(), group_id.clone())) {
                Some(count) => *count += 1,
                None => return wrong(format!("/group_ids/{index}"), "no such group"),
            }
        }
        self.adopt(row)
    }

    pub(super) fn organization_credential(&mut self, mut row: OrganizationCredentialRow) -> Restored {
        check::organization_credential(&row)?;
        self.owned(&mut row.organization_id)?;
        share(&mut self.pool.connectors, &mut row.credential.connector);
        self.adopt(row)
    }

    pub(super) fn company(&mut self, mut row: CompanyRow) -> Restored {
        check::company(&row)?;
        self.owned(&mut row.organization_id)?;
        for credential in &mut row.credentials {
            share(&mut self.pool.connectors, &mut credential.connector);
        }
        share(&mut self.pool.companies, &mut row.origin_company_id);
        self.companies.insert(row.key(), 0);
        self.adopt(row)
    }

    pub(super) fn user(&mut self, mut row: RegisteredUserRow) -> Restored {
        check::user(&row)?;
        self.owned(&mut row.organization_id)?;
        for call in &mut row.tool_calls {
            share(&mut self.pool.tool_packs, &mut call.tool_pack_id);
        }
        for linked in &mut row.linked {
            share(&mut self.pool.connectors, &mut linked.connector);
        }
        let (organization_id, environment) = row.place();
        let Some(present) = row.live_mut() else { return self.adopt(row) };
        for credential in &mut present.credentials {
            share(&mut self.pool.connectors, &mut credential.connector);
        }
        for session in &mut present.link_sessions {
            share(&mut self.pool.connectors, &mut session.connector);
        }
        if let Some(id) = &mut present.origin_company_id {
            share(&mut self.pool.companies, id);
            match self.companies.get_mut(&company_key(&organization_id, environment, id)) {
                Some(members) => *members += 1,
                None => return wrong("/life/present/origin_company_id", "no such company"),
            }
        }
        if let (true, Some(id)) = (self.one_name_space, &present.origin_user_id) {
            let elsewhere = (organization_id, environment.other(), id.clone());
            if matches!(self.state.row::<OriginUserIndex>(&elsewhere), Ok(Some(_))) {
                return wrong(
                    "/life/present/origin_user_id",
                    "a user in the other environment has the same `origin_user_id`",
                );
            }
        }
        self.adopt(row)
    }

    pub(super) fn account(&mut self, mut row: AccountRow) -> Restored {
        check::account(&row)?;
        if let Some(organization_id) = &mut row.organization_id {
            self.owned(organization_id)?;
        }
        self.active_admins += u64::from(row.is_active_admin());
        self.adopt(row)
    }

    pub(super) fn token(&mut self, mut row: RegistrationTokenRow) -> Restored {
        check::registration_token(&row)?;
        self.owned(&mut row.organization_id)?;
        self.adopt(row)
    }

    /// Adds a row with its index rows, where no other row has one of these.
    fn adopt<R: Record>(&mut self, row: R) -> Restored {
        let row = row.into();
        let Some(taken) = self.state.adopt(&row) else {
            self.state.set(row.key(), Some(row));
            return Ok(());
        };
        let pointer = match (&taken, &row) {
            (Key::OriginUserIndex(_), _) => "/life/present/origin_user_id".to_string(),
            (Key::CompanyIdIndex(_), _) => "/company_id".to_string(),
            (Key::LinkSessionIndex(id), Row::RegisteredUser(user)) => {
                let sessions = user.live().map(|present| present.link_sessions.as_slice()).unwrap_or_default();
                let index = sessions.iter().position(|session| session.link_session_id == *id).unwrap_or_default();
                format!("/life/present/link_sessions/{index}/link_session_id")
            }
            (Key::EmailIndex(_), _) => "/email".to_string(),
            (Key::ExternalIdIndex(_), _) => "/external_id".to_string(),
            (Key::SecretIndex(_), _) => "/secret_digest".to_string(),
            _ => String::new(),
        };
        wrong(pointer, "another row has the same value")
    }

    /// Compares what the rows say of their numbers with what was counted.
    pub(super) fn finish(mut self) -> Result<State, Malformed> {
        let state = &self.state;
        agree(state, "organizations", "connectors", &self.organizations, |row: &OrganizationRow, [counted, ..]| {
            (row.connectors, *counted)
        })?;
        agree(state, "organizations", "tool_packs", &self.organizations, |row: &OrganizationRow, [_, counted, _]| {
            (row.tool_packs, *counted)
        })?;
        agree(state, "organizations", "groups", &self.organizations, |row: &OrganizationRow, [.., counted]| {
            (row.groups, *counted)
        })?;
        agree(state, "connectors", "tool_packs", &self.connectors, |row: &ConnectorRow, counted| {
            (row.tool_packs, *counted)
        })?;
        agree(state, "groups", "tool_packs", &self.groups, |row: &GroupRow, counted| (row.tool_packs, *counted))?;
        agree(state, "companies", "members", &self.companies, |row: &CompanyRow, counted| (row.members, *counted))?;
        linkers(state)?;
        if self.active_admins > 0 {
            self.state.set(Key::ActiveAdmins(()), Some(ActiveAdmins { count: self.active_admins }.into()));
        }
        Ok(self.state)
    }
}

/// Whoever has linked a credential of others is there, and says so.
fn linkers(state: &State) -> Restored {
    let says = |held: &CredentialRow, place: (&OrganizationId, Environment), company_id: Option<CompanyId>| {
        let Some(id) = held.linked_by else { return true };
        let linked = Linked { company_id, connector: held.connector.clone() };
        let user = state.user(id).filter(|user| (&user.organization_id, user.environment) == place);
        user.is_some_and(|user| user.linked.binary_search(&linked).is_ok())
    };
    let message = "no registered user of this organization and environment has linked it";
    for (index, row) in state.places().flat_map(|place| place.credentials.values()).enumerate() {
        if !says(&row.credential, (&row.organization_id, row.environment), None) {
            return wrong(format!("/organization_credentials/{index}/credential/linked_by"), message);
        }
    }
    for (index, row) in state.places().flat_map(|place| place.companies.values()).enumerate() {
        let place = (&row.organization_id, row.environment);
        if let Some(held) = row.credentials.iter().position(|held| !says(held, place, Some(row.company_id))) {
            return wrong(format!("/companies/{index}/credentials/{held}/linked_by"), message);
        }
    }
    Ok(())
}

fn agree<R: Record, T>(
    state: &State,
    table: &str,
    field: &str,
    tally: &BTreeMap<R::Key, T>,
    numbers: impl Fn(&R, &T) -> (u32, u32),
) -> Restored {
    for (index, (key, counted)) in tally.iter().enumerate() {
        let Some((said, counted)) = R::find(state, key).map(|row| numbers(row, counted)) else { continue };
        if said != counted {
            return wrong(format!("/{table}/{index}/{field}"), format!("says {said}, but there are {counted}"));
        }
    }
    Ok(())
}

/// The texts that many rows repeat, each kept once.
#[derive(Default)]
struct Pool {
    connectors: BTreeSet<ConnectorSlug>,
    tool_packs: BTreeSet<ToolPackId>,
    companies: BTreeSet<OriginCompanyId>,
}

fn share<T: Ord + Clone>(pool: &mut BTreeSet<T>, text: &mut T) {
    match pool.get(text) {
        Some(known) => *text = known.clone(),
        None => {
            pool.insert(text.clone());
        }
    }
}
