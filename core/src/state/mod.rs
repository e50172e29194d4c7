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
    fn tool_pack(&self, organization_id: &OrganizationId, id: &str) -> Result<Option<&ToolPack>, NotLoaded> {
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
    ) -> Result<Option<&Connector>, NotLoaded> {
        self.row(&(organization_id.clone(), slug.clone()))
    }
}

/// Minted ids may be hashed with a fixed key (P-6): nobody chooses them, and nothing lists this map.
#[expect(clippy::disallowed_types, reason = "keyed by minted ids, never iterated")]
type Minted<K, V> = hashbrown::HashMap<K, V, foldhash::fast::FixedState>;

/// The whole state, or the part of it that a host has loaded.
#[derive(Clone, Default)]
pub(crate) struct State {
    organizations: BTreeMap<OrganizationId, Shelf>,
    users: Minted<RegisteredUserId, RegisteredUser>,
    company_ids: Minted<CompanyId, CompanyHolder>,
    link_sessions: Minted<LinkSessionId, LinkSessionHolder>,
    accounts: BTreeMap<AccountId, Account>,
    tokens: BTreeMap<RegistrationTokenId, RegistrationToken>,
    emails: BTreeMap<Arc<str>, EmailHolder>,
    external_ids: BTreeMap<ExternalIdKey, ExternalIdHolder>,
    secrets: BTreeMap<SecretDigest, BTreeMap<OrganizationId, SecretHolder>>,
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
pub(crate) struct Shelf {
    pub(crate) organization: Option<Organization>,
    pub(crate) connectors: Sorted<Connector>,
    pub(crate) tool_packs: Sorted<ToolPack>,
    pub(crate) groups: Sorted<Group>,
    production: Place,
    test: Place,
}

/// What belongs to one environment of an organization (M-1).
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    pub(crate) credentials: BTreeMap<ConnectorSlug, OrganizationCredential>,
    pub(crate) companies: BTreeMap<OriginCompanyId, Company>,
    pub(crate) origin_user_ids: BTreeMap<OriginUserId, OriginUserHolder>,
    /// All users, tombstones too, in id order.
    pub(crate) users: BTreeSet<RegisteredUserId>,
}

impl Shelf {
    pub(crate) fn environment(&self, environment: Environment) -> &Place {
        match environment {
            Environment::Production => &self.production,
            Environment::Test => &self.test,
        }
    }

    fn environment_mut(&mut self, environment: Environment) -> &mut Place {
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

    fn tool_pack(&self, organization_id: &OrganizationId, id: &str) -> Result<Option<&ToolPack>, NotLoaded> {
        match self.shelf(organization_id).and_then(|shelf| shelf.tool_packs.get(id)) {
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
    ) -> Result<Option<&Connector>, NotLoaded> {
        match self.shelf(organization_id).and_then(|shelf| shelf.connectors.get(slug.as_str())) {
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

    pub(crate) fn shelf(&self, organization_id: &OrganizationId) -> Option<&Shelf> {
        self.organizations.get(organization_id)
    }

    pub(crate) fn organizations(&self) -> impl Iterator<Item = (&OrganizationId, &Shelf)> {
        self.organizations.iter()
    }

    pub(crate) fn user(&self, id: RegisteredUserId) -> Option<&RegisteredUser> {
        self.users.get(&id)
    }

    pub(crate) fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    pub(crate) fn tokens(&self) -> impl Iterator<Item = &RegistrationToken> {
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
        macro_rules! shelf {
            ($organization:expr) => {
                self.organizations.entry($organization.clone()).or_default()
            };
        }
        match key {
            Key::Organization(id) => {
                let row = row.and_then(Record::into_record);
                core::mem::replace(&mut shelf!(id).organization, row).map(Row::from)
            }
            Key::Connector((id, slug)) => sorted!(shelf!(id).connectors, slug),
            Key::ToolPack((id, pack)) => sorted!(shelf!(id).tool_packs, pack),
            Key::Group((id, group)) => sorted!(shelf!(id).groups, group),
            Key::OrganizationCredential((id, environment, slug)) => {
                table!(shelf!(id).environment_mut(*environment).credentials, slug)
            }
            Key::Company((id, environment, company)) => {
                table!(shelf!(id).environment_mut(*environment).companies, company)
            }
            Key::RegisteredUser(id) => {
                let place = row.as_ref().and_then(RegisteredUser::from_row).map(RegisteredUser::place);
                let before = table!(self.users, id);
                let place_before = before.as_ref().and_then(RegisteredUser::from_row).map(RegisteredUser::place);
                if place != place_before {
                    if let Some((organization_id, environment)) = place_before {
                        shelf!(organization_id).environment_mut(environment).users.remove(id);
                    }
                    if let Some((organization_id, environment)) = place {
                        shelf!(organization_id).environment_mut(environment).users.insert(*id);
                    }
                }
                before
            }
            Key::Account(id) => table!(self.accounts, id),
            Key::RegistrationToken(id) => table!(self.tokens, id),
            Key::OriginUserHolder((id, environment, origin)) => {
                table!(shelf!(id).environment_mut(*environment).origin_user_ids, origin)
            }
            Key::CompanyHolder(id) => table!(self.company_ids, id),
            Key::LinkSessionHolder(id) => table!(self.link_sessions, id),
            Key::EmailHolder(email) => table!(self.emails, email),
            Key::ExternalIdHolder(key) => table!(self.external_ids, key),
            Key::SecretHolder((id, digest)) => table!(self.secrets.entry(*digest).or_default(), id),
            Key::Due(_) | Key::Range(_) => None,
            Key::ActiveAdmins(()) => {
                core::mem::replace(&mut self.active_admins, row.and_then(Record::into_record)).map(Row::from)
            }
        }
    }
}
