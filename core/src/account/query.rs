//! Looking accounts and tokens up: `get_user`, `list_users`, `list_registration_tokens`.

use super::registration_token::{RegistrationToken, RegistrationTokenView};
use super::{Account, AccountStatus, AccountView, visible_account};
use crate::access::authority::Right;
use crate::ahead::Ahead;
use crate::context::Needs;
use crate::decide::{Case, Refusal, Request};
use crate::id::{AccountId, RegistrationTokenId};
use crate::page::{ById, Items, Page};
use crate::state::{ListOf, Listed};
use crate::wire::declare::request;

request! {
    /// One account, by its id.
    query GetUser "get_user" {
        /// The account.
        user_id: AccountId,
    }
}

impl Request for GetUser {
    type Response = AccountView;
    const NEEDS: Needs = Needs::NOTHING;
    const RIGHT: Right = Right::Accounts;

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        ahead.row::<Account>(&self.user_id);
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<AccountView, Refusal> {
        Ok(visible_account(case, self.user_id)?.view())
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
    type Response = Items<AccountView>;
    const NEEDS: Needs = Needs::NOTHING;
    const RIGHT: Right = Right::Accounts;

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        ahead.list::<Account>((ahead.organization_id(), None), &self.page).for_each(drop);
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<Items<AccountView>, Refusal> {
        let accounts = case.list::<Account>(listed(case), self.page.after.as_deref(), self.page.rows());
        let matches = accounts.filter(|row| {
            row.as_ref().map_or(true, |row| {
                case.reaches(row.organization_id.as_ref()) && self.status.is_none_or(|status| row.status == status)
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
    type Response = Items<RegistrationTokenView>;
    const NEEDS: Needs = Needs::NOTHING;
    const RIGHT: Right = Right::Accounts;

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        ahead.list::<RegistrationToken>((ahead.organization_id(), None), &self.page).for_each(drop);
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<Items<RegistrationTokenView>, Refusal> {
        let tokens = case.list::<RegistrationToken>(listed(case), self.page.after.as_deref(), self.page.rows());
        let seen = tokens.filter(|row| row.as_ref().map_or(true, |row| case.reaches(Some(&row.organization_id))));
        Ok(self.page.fill(seen.map(|row| row.map(|row| (row.position(), row.view(case.now())))))?)
    }
}

/// Those of the organization that the actor acts for, or of all of them (AC-1).
fn listed<'c>(case: &'c Case<'_>) -> ListOf<'c> {
    (case.authority.organization_id.as_ref(), None)
}
