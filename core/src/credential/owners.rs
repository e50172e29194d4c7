//! All credentials of a place that an actor sees, in the order of their owners, then of connectors.

use super::{CredentialRow, OrganizationCredentialRow, Owner};
use crate::authority::{sees_user, visible_users};
use crate::company::visible_to_key;
use crate::context::{Actor, Environment};
use crate::decide::{Refusal, Transaction};
use crate::id::{ConnectorSlug, MintedId, OrganizationId, OriginCompanyId, RegisteredUserId, WireText};
use crate::page::Cursor;
use crate::prefetch::Prefetch;
use crate::registered_user::RegisteredUserRow;
use crate::state::{CompanyRow, Draft, NotLoaded, company_key};
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;

/// A credential and whose it is.
pub(super) type Held<'s> = (Owner, &'s CredentialRow);

/// Credentials, or the row that is missing.
pub(super) type List<'l, 's> = Box<dyn Iterator<Item = Result<Held<'s>, NotLoaded>> + 'l>;

/// The position of a credential in the list of all.
pub(super) type Position = (Owner, ConnectorSlug);

/// A position as a cursor: `1:user:connector`, `2:connector:company`, `3:connector`. No connector has a colon.
pub(super) fn cursor(owner: &Owner, connector: &ConnectorSlug) -> String {
    let connector = connector.as_str();
    match owner {
        Owner::Individual { registered_user_id } => format!("1:{registered_user_id}:{connector}"),
        Owner::Shared { origin_company_id } => format!("2:{connector}:{}", origin_company_id.as_str()),
        Owner::Organization => format!("3:{connector}"),
    }
}

/// Reads a cursor.
pub(super) fn position(cursor: &str) -> Option<Position> {
    let (rank, rest) = cursor.split_once(':')?;
    let (owner, connector) = match rank {
        "1" => {
            let (id, connector) = rest.split_once(':')?;
            (Owner::Individual { registered_user_id: RegisteredUserId::parse(id)? }, connector)
        }
        "2" => {
            let (connector, company) = rest.split_once(':')?;
            (Owner::Shared { origin_company_id: OriginCompanyId::from_wire(company).ok()? }, connector)
        }
        "3" => (Owner::Organization, rest),
        _ => return None,
    };
    Some((owner, ConnectorSlug::from_wire(connector).ok()?))
}

/// In the order of owners, then of connectors.
pub(super) struct ByOwner;

impl Cursor for ByOwner {
    fn is_cursor(text: &str) -> bool {
        position(text).is_some()
    }
}

/// The owners of a place, as an actor sees them.
pub(super) struct Owners<'d, 's> {
    draft: &'d Draft<'s>,
    actor: &'d Actor,
    place: (OrganizationId, Environment),
}

impl<'d, 's> Owners<'d, 's> {
    pub(super) fn of(tx: &'d Transaction<'s>) -> Result<Self, Refusal> {
        Ok(Owners { draft: &tx.draft, actor: tx.actor(), place: tx.place()? })
    }

    /// The same, before a request is decided.
    pub(super) fn prefetch(prefetch: &Prefetch<'d>) -> Option<Owners<'d, 'd>> {
        let (organization_id, environment) = prefetch.place()?;
        Some(Owners { draft: prefetch.draft(), actor: prefetch.actor(), place: (organization_id.clone(), environment) })
    }

    fn list_of(&self) -> (Option<&OrganizationId>, Option<Environment>) {
        (Some(&self.place.0), Some(self.place.1))
    }

    /// The credentials of all owners, after a position. `first` is how many rows the caller is about to look at.
    pub(super) fn all<'l>(&'l self, after: Option<&'l Position>, first: usize) -> List<'l, 's> {
        let individual = match after {
            None => Some(self.individual(None, first)),
            Some((Owner::Individual { registered_user_id }, _)) => {
                Some(self.individual(Some(*registered_user_id), first))
            }
            Some((Owner::Shared { .. } | Owner::Organization, _)) => None,
        };
        let shared = match after {
            None | Some((Owner::Individual { .. }, _)) => Some(self.shared(None, first)),
            Some((Owner::Shared { origin_company_id }, _)) => Some(self.shared(Some(origin_company_id), first)),
            Some((Owner::Organization, _)) => None,
        };
        let owned = individual.into_iter().flatten().chain(shared.into_iter().flatten());
        Box::new(after_position(owned, after).chain(self.organization(after, first)))
    }

    /// The credentials of one registered user.
    pub(super) fn of_user(&self, id: RegisteredUserId) -> List<'_, 's> {
        Box::new(each(self.user(id).into_iter(), owned_by))
    }

    /// The credentials of registered users, from one of them on.
    fn individual<'l>(&'l self, from: Option<RegisteredUserId>, first: usize) -> List<'l, 's> {
        // The page before may have ended in the middle of this user.
        let start = from.and_then(|id| self.user(id));
        let rest = visible_users(self.draft, self.actor, (&self.place.0, self.place.1), from, first);
        Box::new(each(start.into_iter().chain(rest), owned_by))
    }

    fn user(&self, id: RegisteredUserId) -> Option<Result<&'s RegisteredUserRow, NotLoaded>> {
        if !sees_user(self.actor, id) {
            return None;
        }
        let user = self.draft.underneath::<RegisteredUserRow>(&id).transpose()?;
        Some(user).filter(|user| user.as_ref().map_or(true, |user| user.place() == self.place))
    }

    /// What companies share, from one of them on.
    fn shared<'l>(&'l self, from: Option<&'l OriginCompanyId>, first: usize) -> List<'l, 's> {
        let companies: Box<dyn Iterator<Item = Result<&'s CompanyRow, NotLoaded>> + 'l> = match self.visible() {
            Err(missing) => Box::new(core::iter::once(Err(missing))),
            Ok(Some(visible)) => Box::new(visible.into_keys().filter_map(|id| self.company(&id))),
            Ok(None) => {
                let rest = self.draft.list(self.list_of(), from.map(OriginCompanyId::as_str), first);
                Box::new(from.and_then(|id| self.company(id)).into_iter().chain(rest))
            }
        };
        Box::new(each(companies, shared_by))
    }

    /// What one company shares.
    pub(super) fn of_company(&self, id: &OriginCompanyId) -> List<'_, 's> {
        match self.visible() {
            Err(missing) => Box::new(core::iter::once(Err(missing))),
            Ok(Some(visible)) if !visible.contains_key(id) => Box::new(core::iter::empty()),
            Ok(_) => Box::new(each(self.company(id).into_iter(), shared_by)),
        }
    }

    /// The only companies that the actor sees, where it is restricted to some users.
    fn visible(&self) -> Result<Option<BTreeMap<OriginCompanyId, u32>>, NotLoaded> {
        visible_to_key(self.draft, self.actor, (&self.place.0, self.place.1))
    }

    fn company(&self, id: &OriginCompanyId) -> Option<Result<&'s CompanyRow, NotLoaded>> {
        self.draft.underneath::<CompanyRow>(&company_key(&self.place.0, self.place.1, id)).transpose()
    }

    /// The credentials of the organization.
    pub(super) fn organization<'l>(&'l self, after: Option<&'l Position>, first: usize) -> List<'l, 's> {
        let after = match after {
            Some((Owner::Organization, connector)) => Some(connector.as_str()),
            Some((Owner::Individual { .. } | Owner::Shared { .. }, _)) | None => None,
        };
        let rows = self.draft.list::<OrganizationCredentialRow>(self.list_of(), after, first);
        Box::new(rows.map(|row| row.map(|row| (Owner::Organization, &row.credential))))
    }
}

/// What comes after a position.
pub(super) fn after_position<'l, 's: 'l>(
    list: impl Iterator<Item = Result<Held<'s>, NotLoaded>> + 'l,
    after: Option<&'l Position>,
) -> List<'l, 's> {
    Box::new(list.skip_while(move |held| {
        after.is_some_and(|(last, connector)| {
            held.as_ref().is_ok_and(|(owner, held)| (owner, &held.connector) <= (last, connector))
        })
    }))
}

fn owned_by(user: &RegisteredUserRow) -> (Owner, &[CredentialRow]) {
    let owner = Owner::Individual { registered_user_id: user.registered_user_id };
    (owner, user.live().map(|live| live.credentials.as_slice()).unwrap_or_default())
}

fn shared_by(company: &CompanyRow) -> (Owner, &[CredentialRow]) {
    (Owner::Shared { origin_company_id: company.origin_company_id.clone() }, &company.credentials)
}

/// The credentials of some rows, one by one.
fn each<'s, R: 's>(
    rows: impl Iterator<Item = Result<&'s R, NotLoaded>>,
    held: impl Fn(&'s R) -> (Owner, &'s [CredentialRow]),
) -> impl Iterator<Item = Result<Held<'s>, NotLoaded>> {
    rows.flat_map(move |row| {
        let (missing, row) = row.map_or_else(|missing| (Some(Err(missing)), None), |row| (None, Some(held(row))));
        let held = row.into_iter().flat_map(|(owner, all)| all.iter().map(move |held| Ok((owner.clone(), held))));
        missing.into_iter().chain(held)
    })
}
