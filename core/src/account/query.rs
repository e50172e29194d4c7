//! Looking accounts and tokens up: `get_user`, `list_users`, `list_registration_tokens`.

use super::registration_token::{RegistrationToken, RegistrationTokenRow};
use super::{Account, AccountRow, AccountStatus, visible_account};
use crate::authority::Right;
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::id::{AccountId, RegistrationTokenId};
use crate::page::{ById, Items, Page};
use crate::prefetch::Prefetch;
use crate::state::{ListOf, Listed};

request! {
    /// One account, by its id.
    query GetUser "get_user" {
        /// The account.
        user_id: AccountId,
    }
}

impl Request for GetUser {
    type Response = Account;
    const NEEDS: Needs = Needs::NOTHING;
    const RIGHT: Right = Right::Accounts;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.row::<AccountRow>(&self.user_id);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Account, Refusal> {
        Ok(visible_account(tx, self.user_id)?.view())
    }
}

request! {
    /// Accounts in the order of their ids: those of the organization that the actor acts for; all of
    /// them where `system` or an `admin` names none (AC-1).
    query ListUsers "list_users" {
        /// Only accounts with this status.
        status: Option<AccountStatus>,
        /// Which page.
        ..page: Page as ById<AccountId> = Page::default(),
    }
}

impl Request for ListUsers {
    type Response = Items<Account>;
    const NEEDS: Needs = Needs::NOTHING;
    const RIGHT: Right = Right::Accounts;
    const WALKS: bool = true;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.list::<AccountRow>((prefetch.organization_id(), None), &self.page).for_each(drop);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Items<Account>, Refusal> {
        let accounts = tx.list::<AccountRow>(listed(tx), self.page.after.as_deref(), self.page.rows());
        let matches = accounts.filter(|row| {
            row.as_ref().map_or(true, |row| {
                tx.reaches(row.organization_id.as_ref()) && self.status.is_none_or(|status| row.status == status)
            })
        });
        Ok(self.page.fill(matches.map(|row| row.map(|row| (row.position(), row.view()))))?)
    }
}

request! {
    /// Registration tokens in the order of their ids, of the same organizations as accounts (AC-1).
    query ListRegistrationTokens "list_registration_tokens" {
        /// Which page.
        ..page: Page as ById<RegistrationTokenId> = Page::default(),
    }
}

impl Request for ListRegistrationTokens {
    type Response = Items<RegistrationToken>;
    const NEEDS: Needs = Needs::NOTHING;
    const RIGHT: Right = Right::Accounts;
    const WALKS: bool = true;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.list::<RegistrationTokenRow>((prefetch.organization_id(), None), &self.page).for_each(drop);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Items<RegistrationToken>, Refusal> {
        let tokens = tx.list::<RegistrationTokenRow>(listed(tx), self.page.after.as_deref(), self.page.rows());
        let seen = tokens.filter(|row| row.as_ref().map_or(true, |row| tx.reaches(Some(&row.organization_id))));
        Ok(self.page.fill(seen.map(|row| row.map(|row| (row.position(), row.view(tx.now())))))?)
    }
}

/// Those of the organization that the actor acts for, or of all of them (AC-1).
fn listed<'c>(tx: &'c Transaction<'_>) -> ListOf<'c> {
    (tx.authority.organization_id.as_ref(), None)
}
