//! The tables of a state, and how a row gets into its own.

use super::sorted::Sorted;
use super::{
    CompanyRow, ConnectorRow, GroupRow, Key, OrganizationCredentialRow, OrganizationRow, OriginUserIndex, Record,
    RegisteredUserRow, Row, State, ToolPackRow,
};
use crate::context::Environment;
use crate::id::{ConnectorSlug, OriginCompanyId, OriginUserId, RegisteredUserId};
use alloc::collections::{BTreeMap, BTreeSet};

/// What belongs to one organization.
#[derive(Clone, Debug, Default)]
pub(crate) struct OrganizationTables {
    pub(crate) organization: Option<OrganizationRow>,
    pub(crate) connectors: Sorted<ConnectorRow>,
    pub(crate) tool_packs: Sorted<ToolPackRow>,
    pub(crate) groups: Sorted<GroupRow>,
    pub(super) production: EnvironmentTables,
    pub(super) test: EnvironmentTables,
}

/// What belongs to one environment of an organization (M-1).
#[derive(Clone, Debug, Default)]
pub(crate) struct EnvironmentTables {
    pub(crate) credentials: BTreeMap<ConnectorSlug, OrganizationCredentialRow>,
    pub(crate) companies: BTreeMap<OriginCompanyId, CompanyRow>,
    pub(crate) origin_user_ids: BTreeMap<OriginUserId, OriginUserIndex>,
    /// All users, tombstones too, in id order.
    pub(crate) users: BTreeSet<RegisteredUserId>,
}

impl OrganizationTables {
    pub(crate) fn environment(&self, environment: Environment) -> &EnvironmentTables {
        match environment {
            Environment::Production => &self.production,
            Environment::Test => &self.test,
        }
    }

    fn environment_mut(&mut self, environment: Environment) -> &mut EnvironmentTables {
        match environment {
            Environment::Production => &mut self.production,
            Environment::Test => &mut self.test,
        }
    }
}

impl State {
    /// Takes over what a draft has changed; the only way in which a state changes.
    pub(crate) fn commit(&mut self, changes: BTreeMap<Key, Option<Row>>) {
        for (key, row) in changes {
            self.set(key, row);
        }
    }

    /// Puts the index rows that follow from a row; the key that another row already has, if any.
    pub(super) fn adopt(&mut self, row: &Row) -> Option<Key> {
        row.indexes().into_iter().find_map(|index| {
            let key = index.key();
            self.replace(&key, Some(index)).map(|_| key)
        })
    }

    pub(super) fn set(&mut self, key: Key, row: Option<Row>) {
        let due = row.as_ref().and_then(Row::next_due_at);
        let before = self.replace(&key, row).as_ref().and_then(Row::next_due_at);
        if due != before {
            if let Some(at) = before {
                self.due.remove(&(at, key.clone()));
            }
            if let Some(at) = due {
                self.due.insert((at, key.clone()));
            }
        }
    }

    /// Puts a row in its table, or takes it out, and gives what was there.
    fn replace(&mut self, key: &Key, row: Option<Row>) -> Option<Row> {
        macro_rules! table {
            ($table:expr, $key:expr) => {
                match row.and_then(Record::into_record) {
                    Some(row) => $table.insert($key.clone(), row),
                    None => $table.remove($key),
                }
                .map(Row::from)
            };
        }
        macro_rules! sorted {
            ($table:expr, $key:expr) => {
                $table.replace($key.as_str(), row.and_then(Record::into_record)).map(Row::from)
            };
        }
        macro_rules! tables {
            ($organization:expr) => {
                self.organizations.entry($organization.clone()).or_default()
            };
        }
        match key {
            Key::Organization(id) => {
                let row = row.and_then(Record::into_record);
                core::mem::replace(&mut tables!(id).organization, row).map(Row::from)
            }
            Key::Connector((id, slug)) => sorted!(tables!(id).connectors, slug),
            Key::ToolPack((id, pack)) => sorted!(tables!(id).tool_packs, pack),
            Key::Group((id, group)) => sorted!(tables!(id).groups, group),
            Key::OrganizationCredential((id, environment, slug)) => {
                table!(tables!(id).environment_mut(*environment).credentials, slug)
            }
            Key::Company((id, environment, company)) => {
                table!(tables!(id).environment_mut(*environment).companies, company)
            }
            Key::RegisteredUser(id) => {
                let place = row.as_ref().and_then(RegisteredUserRow::from_row).map(RegisteredUserRow::place);
                let before = table!(self.users, id);
                let place_before = before.as_ref().and_then(RegisteredUserRow::from_row).map(RegisteredUserRow::place);
                if place != place_before {
                    if let Some((organization_id, environment)) = place_before {
                        tables!(organization_id).environment_mut(environment).users.remove(id);
                    }
                    if let Some((organization_id, environment)) = place {
                        tables!(organization_id).environment_mut(environment).users.insert(*id);
                    }
                }
                before
            }
            Key::Account(id) => table!(self.accounts, id),
            Key::RegistrationToken(id) => table!(self.tokens, id),
            Key::OriginUserIndex((id, environment, origin)) => {
                table!(tables!(id).environment_mut(*environment).origin_user_ids, origin)
            }
            Key::CompanyIdIndex(id) => table!(self.company_ids, id),
            Key::LinkSessionIndex(id) => table!(self.link_sessions, id),
            Key::EmailIndex(email) => table!(self.emails, email),
            Key::ExternalIdIndex(key) => table!(self.external_ids, key),
            Key::SecretIndex((id, digest)) => table!(self.secrets.entry(*digest).or_default(), id),
            Key::Due(_) | Key::Range(_) => None,
            Key::ActiveAdmins(()) => {
                core::mem::replace(&mut self.active_admins, row.and_then(Record::into_record)).map(Row::from)
            }
        }
    }
}
