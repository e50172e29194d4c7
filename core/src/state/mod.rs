//! The state: what is needed to decide, no more. All reads go through [`Rows`].

mod check;
mod counter;
mod draft;
mod format;
mod key;
mod list;
mod record;
mod restore;
mod round;
mod snapshot;
mod sorted;

pub(crate) use check::row as check_row;
pub(crate) use counter::next;
pub(crate) use draft::{Draft, Reads};
pub use format::RowFormat;
pub(crate) use format::{open, seal};
pub(crate) use key::keys_beside_access;
pub use list::RowRange;
pub(crate) use list::{ListOf, Listed};
pub(crate) use record::*;
pub(crate) use restore::{rebuild, restore};
use round::Round;
pub(crate) use sorted::Entry;
use sorted::Sorted;

use crate::account::registration_token::SecretDigest;
use crate::context::Environment;
use crate::hosting::Revision;
use crate::id::{
    AccountId, CompanyId, ConnectorSlug, LinkSessionId, OrganizationId, OriginCompanyId, OriginUserId,
    RegisteredUserId, RegistrationTokenId, ToolPackId,
};
use crate::time::Timestamp;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use core::fmt;

/// A row that is needed and was not loaded (contract section 14): not the same as an absent row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotLoaded(pub(crate) Key);

/// Where rows are read from: a state, or a draft on top of one.
pub(crate) trait Rows {
    /// The row with this key; `None` where there is none, an error where that is not known.
    fn row<R: Record>(&self, key: &R::Key) -> Result<Option<&R>, NotLoaded>;

    /// A tool pack by a text that nobody has looked at yet, as decisions have it.
    fn tool_pack(&self, organization_id: &OrganizationId, id: &str) -> Result<Option<&ToolPackRow>, NotLoaded> {
        match ToolPackId::new(id) {
            Ok(id) => self.row(&(organization_id.clone(), id)),
            Err(_) => Ok(None),
        }
    }

    /// A connector of an organization, without a key of one's own.
    fn connector(
        &self,
        organization_id: &OrganizationId,
        slug: &ConnectorSlug,
    ) -> Result<Option<&ConnectorRow>, NotLoaded> {
        self.row(&(organization_id.clone(), slug.clone()))
    }
}

/// Minted ids may be hashed with a fixed key (P-6): nobody chooses them, and nothing lists this map.
#[expect(clippy::disallowed_types, reason = "keyed by minted ids, never iterated")]
type MintedMap<K, V> = hashbrown::HashMap<K, V, foldhash::fast::FixedState>;

/// The whole state, or the part of it that a host has loaded.
#[derive(Clone, Default)]
pub(crate) struct State {
    organizations: BTreeMap<OrganizationId, OrganizationTables>,
    users: MintedMap<RegisteredUserId, RegisteredUserRow>,
    company_ids: MintedMap<CompanyId, CompanyIdIndex>,
    link_sessions: MintedMap<LinkSessionId, LinkSessionIndex>,
    accounts: BTreeMap<AccountId, AccountRow>,
    tokens: BTreeMap<RegistrationTokenId, RegistrationTokenRow>,
    emails: BTreeMap<Arc<str>, EmailIndex>,
    external_ids: BTreeMap<ExternalIdKey, ExternalIdIndex>,
    secrets: BTreeMap<SecretDigest, BTreeMap<OrganizationId, SecretIndex>>,
    active_admins: Option<ActiveAdmins>,
    /// The rows that time will change, by when (T-3).
    due: BTreeSet<(Timestamp, Key)>,
    /// What a partial state knows; none where the state is whole.
    loaded: Option<Round>,
}

/// Counts only: rows are full of personal data.
impl fmt::Debug for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = formatter.debug_struct("State");
        out.field("organizations", &self.organizations.len());
        out.field("registered_users", &self.users.len());
        out.field("accounts", &self.accounts.len());
        out.field("registration_tokens", &self.tokens.len());
        out.field("due", &self.due.len());
        if let Some(round) = &self.loaded {
            out.field("loaded", &round.known.len());
        }
        out.finish_non_exhaustive()
    }
}

/// What belongs to one organization.
#[derive(Clone, Debug, Default)]
pub(crate) struct OrganizationTables {
    pub(crate) organization: Option<OrganizationRow>,
    pub(crate) connectors: Sorted<ConnectorRow>,
    pub(crate) tool_packs: Sorted<ToolPackRow>,
    pub(crate) groups: Sorted<GroupRow>,
    production: EnvironmentTables,
    test: EnvironmentTables,
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

impl Rows for State {
    fn row<R: Record>(&self, key: &R::Key) -> Result<Option<&R>, NotLoaded> {
        match R::find(self, key) {
            Some(row) => Ok(Some(row)),
            None => self.absent(|| key.clone().into()),
        }
    }

    fn tool_pack(&self, organization_id: &OrganizationId, id: &str) -> Result<Option<&ToolPackRow>, NotLoaded> {
        match self.tables(organization_id).and_then(|tables| tables.tool_packs.get(id)) {
            Some(pack) => Ok(Some(pack)),
            None => match ToolPackId::new(id) {
                Ok(id) => self.absent(|| (organization_id.clone(), id).into()),
                Err(_) => Ok(None),
            },
        }
    }

    fn connector(
        &self,
        organization_id: &OrganizationId,
        slug: &ConnectorSlug,
    ) -> Result<Option<&ConnectorRow>, NotLoaded> {
        match self.tables(organization_id).and_then(|tables| tables.connectors.get(slug.as_str())) {
            Some(connector) => Ok(Some(connector)),
            None => self.absent(|| (organization_id.clone(), slug.clone()).into()),
        }
    }
}

impl State {
    /// What the absence of a row means here: that there is none, or that nobody has looked.
    fn absent<T>(&self, key: impl FnOnce() -> Key) -> Result<Option<T>, NotLoaded> {
        match &self.loaded {
            None => Ok(None),
            Some(_) => {
                let key = key();
                if self.lacks(&key) { Err(NotLoaded(key)) } else { Ok(None) }
            }
        }
    }

    /// How many organizations and registered users there are, tombstones too.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.organizations.len(), self.users.len())
    }

    /// Whether everything is in here, so that what is not here is not there.
    pub(crate) fn is_whole(&self) -> bool {
        self.loaded.is_none()
    }

    pub(crate) fn tables(&self, organization_id: &OrganizationId) -> Option<&OrganizationTables> {
        self.organizations.get(organization_id)
    }

    pub(crate) fn organizations(&self) -> impl Iterator<Item = (&OrganizationId, &OrganizationTables)> {
        self.organizations.iter()
    }

    pub(crate) fn user(&self, id: RegisteredUserId) -> Option<&RegisteredUserRow> {
        self.users.get(&id)
    }

    pub(crate) fn accounts(&self) -> impl Iterator<Item = &AccountRow> {
        self.accounts.values()
    }

    pub(crate) fn tokens(&self) -> impl Iterator<Item = &RegistrationTokenRow> {
        self.tokens.values()
    }

    /// Whether a token of any organization opens with this secret. Only a hint for the host (AC-3),
    /// as far as it is loaded: nothing is decided by it.
    pub(crate) fn uses_secret(&self, digest: &SecretDigest) -> bool {
        self.secrets.get(digest).is_some_and(|holders| !holders.is_empty())
    }

    /// The earliest instant at which time changes a row (T-3).
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        self.due.first().map(|(at, _)| *at)
    }

    /// The rows that time changes up to an instant, each with when, the earliest first. A partial state
    /// knows them as far as a `due` key was loaded; an error stands for those beyond, with the first
    /// instant that is not known.
    pub(crate) fn due_until(
        &self,
        now: Timestamp,
    ) -> impl Iterator<Item = (Option<Timestamp>, Result<&Key, NotLoaded>)> {
        let known = match &self.loaded {
            None => Some(now),
            Some(round) => match round.known.last_key_value() {
                Some((Key::Due(at), _)) => Some(*at.min(&now)),
                _ => None,
            },
        };
        let here = self.due.iter().take_while(move |(at, _)| Some(*at) <= known);
        let unknown = known.map(|at| at.saturating_add(core::time::Duration::from_millis(1)));
        let beyond = (known != Some(now)).then_some((unknown, Err(NotLoaded(Key::Due(now)))));
        here.map(|(at, key)| (Some(*at), Ok(key))).chain(beyond)
    }

    /// A state that knows nothing but what is loaded (contract section 14).
    pub(crate) fn partial() -> Self {
        State { loaded: Some(Round::default()), ..State::default() }
    }

    /// Whether a row is not here and may be in the host's database.
    pub(crate) fn lacks(&self, key: &Key) -> bool {
        self.loaded.as_ref().is_some_and(|round| !round.known.contains_key(key)) && key.can_exist()
    }

    /// Takes over a row from the host, or that there is none.
    pub(crate) fn load(&mut self, key: Key, revision: Revision, row: Option<(RowFormat, Row)>) {
        let (format, row) = row.unzip();
        if key.is_row() {
            self.set(key.clone(), row);
        }
        if let Some(round) = &mut self.loaded {
            round.known.insert(key, (revision, format));
        }
    }

    /// Something was answered on the rows that are loaded: they are not there for the next request.
    pub(crate) fn end_round(&self) {
        if let Some(round) = &self.loaded {
            round.end();
        }
    }

    /// Whether something was answered since rows were loaded.
    pub(crate) fn round_is_over(&self) -> bool {
        self.loaded.as_ref().is_some_and(Round::is_over)
    }

    /// The host's revision of a row that was loaded.
    pub(crate) fn revision(&self, key: &Key) -> Revision {
        let known = self.loaded.as_ref().and_then(|round| round.known.get(key));
        known.map(|(revision, _)| revision.clone()).unwrap_or_default()
    }

    /// Whether a row with this key was loaded.
    pub(crate) fn has_loaded(&self, key: &Key) -> bool {
        self.loaded.as_ref().and_then(|round| round.known.get(key)).is_some_and(|(_, format)| format.is_some())
    }

    /// The newest format that any of these rows was loaded in.
    pub(crate) fn newest_format<'k>(&self, keys: impl Iterator<Item = &'k Key>) -> Option<RowFormat> {
        let round = self.loaded.as_ref()?;
        keys.filter_map(|key| round.known.get(key)?.1).max()
    }

    /// Takes over what a draft has changed; the only way in which a state changes.
    pub(crate) fn commit(&mut self, changes: BTreeMap<Key, Option<Row>>) {
        for (key, row) in changes {
            self.set(key, row);
        }
    }

    /// Puts the index rows that follow from a row; the key that another row holds already, if any.
    fn adopt(&mut self, row: &Row) -> Option<Key> {
        row.indexes().into_iter().find_map(|index| {
            let key = index.key();
            self.replace(&key, Some(index)).map(|_| key)
        })
    }

    fn set(&mut self, key: Key, row: Option<Row>) {
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
