//! Looking accounts and tokens up: `get_user`, `list_users`, `list_registration_tokens`.

use super::registration_token::RegistrationTokenView;
use super::{Account, AccountStatus, AccountView, visible_account};
use crate::access::authority::Right;
use crate::ahead::Ahead;
use crate::context::Needs;
use crate::decide::{Case, Refusal, Request};
use crate::id::{AccountId, OrganizationId, RegistrationTokenId};
use crate::page::{ById, Items, Page};
use crate::wire::declare::request;
use alloc::string::ToString;

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

    fn right(&self) -> Right {
        Right::Accounts
    }

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

    fn right(&self) -> Right {
        Right::Accounts
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<Items<AccountView>, Refusal> {
        let matches = self.page.take(
            case.whole_state()?
                .accounts()
                .filter(|account| is_listed(case, account.organization_id.as_ref()))
                .filter(|account| self.status.is_none_or(|status| account.status == status))
                .map(|account| (account.user_id.to_string(), account)),
        );
        Ok(Items { items: matches.items.into_iter().map(|account| account.view()).collect(), next: matches.next })
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

    fn right(&self) -> Right {
        Right::Accounts
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<Items<RegistrationTokenView>, Refusal> {
        let page = self.page.take(
            case.whole_state()?
                .tokens()
                .filter(|token| is_listed(case, Some(&token.organization_id)))
                .map(|token| (token.token_id.to_string(), token)),
        );
        Ok(Items { items: page.items.into_iter().map(|token| token.view(case.now())).collect(), next: page.next })
    }
}

fn is_listed(case: &Case<'_>, organization_id: Option<&OrganizationId>) -> bool {
    let named = case.authority.organization_id.as_ref();
    case.reaches(organization_id) && (named.is_none() || named == organization_id)
}
