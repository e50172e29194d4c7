//! The state: what is needed to decide, no more. All reads go through [`Rows`].

mod check;
mod counter;
mod draft;
mod format;
mod key;
mod list;
mod record;
mod restoration;
mod restore;
mod round;
mod snapshot;
mod sorted;
mod tables;

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
pub(crate) use tables::{EnvironmentTables, OrganizationTables};

use crate::account::registration_token::SecretDigest;
use crate::id::{
    AccountId, CompanyId, ConnectorSlug, LinkSessionId, OrganizationId, RegisteredUserId, RegistrationTokenId,
    ToolPackId,
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
    /// How many organizations and registered users there are, tombstones too.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.organizations.len(), self.users.len())
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
    /// knows them as far as a `due` key was loaded; those beyond are an error, with the first
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
}
