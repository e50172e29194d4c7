//! Looking accounts and tokens up: `get_user`, `list_users`, `list_registration_tokens`.

use super::registration_token::RegistrationTokenView;
use super::{Account, AccountStatus, AccountView, visible_account};
use crate::access::authority::Right;
use crate::ahead::Ahead;
use crate::context::Needs;
use crate::decide::{Case, Refusal, Request};
use crate::id::{AccountId, OrganizationId, RegistrationTokenId};
use crate::page::{Items, Page, is_minted};
use crate::wire::read::{Form, Minted, Object};
use alloc::string::ToString;

/// One account, by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetUser {
    /// The account.
    pub user_id: AccountId,
}

impl Request for GetUser {
    type Response = AccountView;
    const NAME: &'static str = "get_user";
    const FIELDS: &'static [&'static str] = &["query", "user_id"];
    const NEEDS: Needs = Needs::NOTHING;

    fn right(&self) -> Right {
        Right::Accounts
    }

    fn read(object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
        Some(GetUser { user_id: object.required::<Minted<_>>("user_id", form)?.0 })
    }

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        ahead.row::<Account>(&self.user_id);
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<AccountView, Refusal> {
        Ok(visible_account(case, self.user_id)?.view())
    }
}

/// Accounts in the order of their ids: those of the organization that the actor acts for; all of
/// them where `system` or an `admin` names none (AC-1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListUsers {
    /// Only accounts with this status.
    pub status: Option<AccountStatus>,
    /// Which page.
    pub page: Page,
}

impl Request for ListUsers {
    type Response = Items<AccountView>;
    const NAME: &'static str = "list_users";
    const FIELDS: &'static [&'static str] = &["query", "status", "limit", "after"];
    const NEEDS: Needs = Needs::NOTHING;

    fn right(&self) -> Right {
        Right::Accounts
    }

    fn read(object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
        let status = object.optional("status", form);
        let page = Page::read(object, form, is_minted::<AccountId>);
        Some(ListUsers { status: status?, page: page? })
    }

    fn check(&self, form: &mut Form<'_>) {
        self.page.check(form, is_minted::<AccountId>);
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

/// Registration tokens in the order of their ids, of the same organizations as accounts (AC-1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRegistrationTokens {
    /// Which page.
    pub page: Page,
}

impl Request for ListRegistrationTokens {
    type Response = Items<RegistrationTokenView>;
    const NAME: &'static str = "list_registration_tokens";
    const FIELDS: &'static [&'static str] = &["query", "limit", "after"];
    const NEEDS: Needs = Needs::NOTHING;

    fn right(&self) -> Right {
        Right::Accounts
    }

    fn read(object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
        Some(ListRegistrationTokens { page: Page::read(object, form, is_minted::<RegistrationTokenId>)? })
    }

    fn check(&self, form: &mut Form<'_>) {
        self.page.check(form, is_minted::<RegistrationTokenId>);
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
