//! Looking registered users up: `get_registered_user`, `find_registered_user`, `list_registered_users`.

use super::create::holder;
use super::{RegisteredUser, RegisteredUserView, UserStatus};
use crate::access::authority::Right;
use crate::ahead::Ahead;
use crate::catalog::group;
use crate::context::{Environment, Needs};
use crate::decide::{Case, Refusal, Request};
use crate::error::Code;
use crate::id::{GroupId, OriginCompanyId, OriginUserId, RegisteredUserId};
use crate::page::{Items, Page, is_minted};
use crate::state::Group;
use crate::wire::read::{Form, Minted, Object};
use alloc::string::ToString;

/// One registered user, by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetRegisteredUser {
    /// The user.
    pub registered_user_id: RegisteredUserId,
}

impl Request for GetRegisteredUser {
    type Response = RegisteredUserView;
    const NAME: &'static str = "get_registered_user";
    const FIELDS: &'static [&'static str] = &["query", "registered_user_id"];
    const NEEDS: Needs = Needs::PLACE;

    fn right(&self) -> Right {
        Right::OpenQuery
    }

    fn read(object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
        let registered_user_id = object.required::<Minted<_>>("registered_user_id", form);
        Some(GetRegisteredUser { registered_user_id: registered_user_id?.0 })
    }

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        ahead.profile(self.registered_user_id);
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<RegisteredUserView, Refusal> {
        case.visible_user(self.registered_user_id)?;
        case.view_user(self.registered_user_id)
    }
}

/// One registered user, by the customer's own id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindRegisteredUser {
    /// The customer's own id.
    pub origin_user_id: OriginUserId,
}

impl Request for FindRegisteredUser {
    type Response = RegisteredUserView;
    const NAME: &'static str = "find_registered_user";
    const FIELDS: &'static [&'static str] = &["query", "origin_user_id"];
    const NEEDS: Needs = Needs::PLACE;

    fn right(&self) -> Right {
        Right::Query
    }

    fn read(object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
        Some(FindRegisteredUser { origin_user_id: object.required("origin_user_id", form)? })
    }

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        if let Some(id) = ahead.holder(&self.origin_user_id) {
            ahead.profile(id);
        }
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<RegisteredUserView, Refusal> {
        let (organization_id, environment) = case.place()?;
        let id =
            holder(case, &organization_id, environment, &self.origin_user_id)?.ok_or(Code::RegisteredUserNotFound)?;
        case.visible_user(id)?;
        case.view_user(id)
    }
}

/// Registered users in the order of their ids; all filters must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRegisteredUsers {
    /// Only members of this company.
    pub origin_company_id: Option<OriginCompanyId>,
    /// Only members of this group.
    pub group_id: Option<GroupId>,
    /// Only users with this status.
    pub status: Option<UserStatus>,
    /// Only test users, or none of them.
    pub is_test: Option<bool>,
    /// Which page.
    pub page: Page,
}

impl Request for ListRegisteredUsers {
    type Response = Items<RegisteredUserView>;
    const NAME: &'static str = "list_registered_users";
    const FIELDS: &'static [&'static str] =
        &["query", "origin_company_id", "group_id", "status", "is_test", "limit", "after"];
    const NEEDS: Needs = Needs::PLACE;

    fn right(&self) -> Right {
        Right::Query
    }

    fn read(object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
        let origin_company_id = object.optional("origin_company_id", form);
        let group_id = object.optional("group_id", form);
        let status = object.optional("status", form);
        let is_test = object.optional("is_test", form);
        let page = Page::read(object, form, is_minted::<RegisteredUserId>);
        Some(ListRegisteredUsers {
            origin_company_id: origin_company_id?,
            group_id: group_id?,
            status: status?,
            is_test: is_test?,
            page: page?,
        })
    }

    fn check(&self, form: &mut Form<'_>) {
        self.page.check(form, is_minted::<RegisteredUserId>);
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<Items<RegisteredUserView>, Refusal> {
        let (organization_id, environment) = case.place()?;
        let rule = match &self.group_id {
            None => None,
            Some(group_id) => {
                let key = (organization_id.clone(), group_id.clone());
                Some(&case.row::<Group>(&key)?.ok_or(Code::GroupNotFound)?.rule)
            }
        };
        let matches = |user: &&RegisteredUser| {
            user.present().is_some_and(|present| {
                self.origin_company_id.as_ref().is_none_or(|id| present.origin_company_id.as_ref() == Some(id))
                    && self.status.is_none_or(|status| present.status == status)
                    && self.is_test.is_none_or(|is_test| is_test == (environment == Environment::Test))
                    && rule.is_none_or(|rule| group::holds(rule, present))
            })
        };
        let ids = case.list_users(&organization_id, environment)?;
        let found = ids.filter(matches).map(|user| (user.registered_user_id.to_string(), user));
        let page = self.page.take(found);
        let views = page.items.into_iter().map(|user| case.view_user(user.registered_user_id));
        Ok(Items { items: views.collect::<Result<_, _>>()?, next: page.next })
    }
}
