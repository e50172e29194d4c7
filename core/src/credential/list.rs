//! `list_credentials`.

use super::owners::{ByOwner, Held, List, Owners, Position, after_position, cursor, position};
use super::{Credential, CredentialRow, CredentialStatus, Owner};
use crate::authority::Right;
use crate::context::{Actor, Needs};
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::error::Code;
use crate::id::{ConnectorSlug, ExternalAccountId, OriginCompanyId, RegisteredUserId};
use crate::page::{Items, Page};
use crate::prefetch::Prefetch;
use crate::state::NotLoaded;
use crate::time::Timestamp;
use alloc::boxed::Box;

request! {
    /// Credentials in the order of their owners and connectors: what one registered user reaches (its own, its
    /// company's, its organization's), or those of all owners that the actor sees; all filters must match.
    query ListCredentials "list_credentials" {
        /// Only what this user reaches.
        registered_user_id: Option<RegisteredUserId>,
        /// Only credentials for this connector.
        connector: Option<ConnectorSlug>,
        /// Only what this company shares.
        origin_company_id: Option<OriginCompanyId>,
        /// Only credentials of this account at the third party.
        external_account_id: Option<ExternalAccountId>,
        /// Only credentials with this status now.
        status: Option<CredentialStatus>,
        /// Only credentials that this user has linked.
        linked_by: Option<RegisteredUserId>,
        /// Which page.
        ..page: Page as ByOwner = Page::default(),
    }
}

impl Request for ListCredentials {
    type Response = Items<Credential>;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::OpenQuery;
    const WALKS: bool = true;
    const BY_FIELDS: &'static [(&'static str, Right)] =
        &[("it has a `registered_user_id`", Right::OpenQuery), ("it has no `registered_user_id`", Right::Query)];

    fn right(&self) -> Right {
        if self.registered_user_id.is_some() { Right::OpenQuery } else { Right::Query }
    }

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        let Some(owners) = Owners::prefetch(prefetch) else { return };
        let live = self.registered_user_id.map(|id| prefetch.profile(id));
        if live == Some(None) {
            return;
        }
        let after = self.after();
        let found = match live.flatten() {
            Some(_) => owners.organization(after.as_ref(), self.page.rows()),
            None => self.of_owners(&owners, after.as_ref()),
        };
        let found = found.map_while(Result::ok).filter(|(_, held)| self.matches(held, prefetch.now()));
        // Answers name the users who linked what they show.
        for id in found.take(self.page.limit).filter_map(|(_, held)| held.linked_by) {
            prefetch.user(id);
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Items<Credential>, Refusal> {
        let owners = Owners::of(tx)?;
        let after = self.after();
        let found = match self.registered_user_id {
            Some(id) => self.reached_by(tx, &owners, id, after.as_ref())?,
            None => self.of_owners(&owners, after.as_ref()),
        };
        let found = found.filter(|held| held.as_ref().map_or(true, |(_, held)| self.matches(held, tx.now())));
        let views = found.map(|held| {
            let (owner, held) = held?;
            Ok((cursor(&owner, &held.connector), view(tx, owner, held)?))
        });
        // What an actor does not see, it cannot look for (P-2).
        let is_seen = |found: &Result<(_, Credential), Refusal>| {
            found.as_ref().map_or(true, |(_, view)| {
                (self.linked_by.is_none() || view.linked_by == self.linked_by)
                    && (self.external_account_id.is_none() || view.external_account_id == self.external_account_id)
            })
        };
        self.page.fill(views.filter(is_seen))
    }
}

impl ListCredentials {
    fn after(&self) -> Option<Position> {
        self.page.after.as_deref().and_then(position)
    }

    fn matches(&self, held: &CredentialRow, now: Timestamp) -> bool {
        self.connector.as_ref().is_none_or(|connector| held.connector == *connector)
            && self.status.is_none_or(|status| held.status_at(now) == status)
            && (self.external_account_id.is_none() || held.external_account_id == self.external_account_id)
    }

    /// The credentials of all owners, or of one company where it is named.
    fn of_owners<'l, 's>(&'l self, owners: &'l Owners<'_, 's>, after: Option<&'l Position>) -> List<'l, 's> {
        match &self.origin_company_id {
            Some(company) => after_position(owners.of_company(company), after),
            None => owners.all(after, self.page.rows()),
        }
    }

    /// What a user reaches: its own, its company's, its organization's. The page before may be of another company.
    fn reached_by<'l, 's>(
        &'l self,
        tx: &'l Transaction<'s>,
        owners: &'l Owners<'_, 's>,
        id: RegisteredUserId,
        after: Option<&'l Position>,
    ) -> Result<List<'l, 's>, Refusal> {
        let live = tx.visible_user(id)?.live().ok_or(Code::RegisteredUserNotFound)?;
        let company = live.origin_company_id.as_ref();
        let shared = company.into_iter().flat_map(|company| owners.of_company(company));
        let all = owners.of_user(id).chain(shared).chain(owners.organization(after, self.page.rows()));
        let is_shown = move |held: &Result<Held<'_>, NotLoaded>| {
            after.is_some_and(|(last, connector)| {
                held.as_ref().is_ok_and(|(owner, held)| (owner.scope(), &held.connector) <= (last.scope(), connector))
            })
        };
        Ok(Box::new(all.skip_while(is_shown)))
    }
}

/// An end user sees shared credentials without the account at the third party, and without who linked them.
fn view(tx: &Transaction<'_>, owner: Owner, held: &CredentialRow) -> Result<Credential, Refusal> {
    let is_own = matches!(owner, Owner::Individual { .. });
    let view = tx.view_credential(owner, held)?;
    if !is_own && matches!(tx.actor(), Actor::RegisteredUser { .. }) {
        return Ok(Credential { external_account_id: None, linked_by: None, ..view });
    }
    Ok(view)
}
