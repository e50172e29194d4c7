//! Looking registered users up: `get_registered_user`, `find_registered_user`, `list_registered_users`.

use super::create::holder;
use super::{RegisteredUser, RegisteredUserView, UserStatus};
use crate::access::authority::Right;
use crate::ahead::Ahead;
use crate::catalog::group::{self, Rule};
use crate::context::{Environment, Needs};
use crate::decide::{Case, Refusal, Request};
use crate::error::Code;
use crate::id::{GroupId, MintedId, OriginCompanyId, OriginUserId, RegisteredUserId};
use crate::page::{ById, Items, Page};
use crate::state::{Group, Listed};
use crate::wire::declare::request;

request! {
    /// One registered user, by its id.
    query GetRegisteredUser "get_registered_user" {
        /// The user.
        registered_user_id: RegisteredUserId,
    }
}

impl Request for GetRegisteredUser {
    type Response = RegisteredUserView;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::OpenQuery;

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        ahead.profile(self.registered_user_id);
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<RegisteredUserView, Refusal> {
        case.visible_user(self.registered_user_id)?;
        case.view_user(self.registered_user_id)
    }
}

request! {
    /// One registered user, by the customer's own id.
    query FindRegisteredUser "find_registered_user" {
        /// The customer's own id.
        origin_user_id: OriginUserId,
    }
}

impl Request for FindRegisteredUser {
    type Response = RegisteredUserView;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::Query;

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

request! {
    /// Registered users in the order of their ids; all filters must hold.
    query ListRegisteredUsers "list_registered_users" {
        /// Only members of this company.
        origin_company_id: Option<OriginCompanyId>,
        /// Only members of this group.
        group_id: Option<GroupId>,
        /// Only users with this status.
        status: Option<UserStatus>,
        /// Only test users, or none of them.
        is_test: Option<bool>,
        /// Which page.
        ..page: Page as ById<RegisteredUserId> = Page::default(),
    }
}

impl Request for ListRegisteredUsers {
    type Response = Items<RegisteredUserView>;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::Query;

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        let group = self.group_id.as_ref().map(|group_id| ahead.group(group_id));
        let rule = group.map(|group| group.map(|group| &group.rule));
        if rule == Some(None) {
            return;
        }
        let found = ahead.users(&self.page).filter(|user| self.matches(user, rule.flatten()));
        for user in found.take(self.page.limit) {
            ahead.profile(user.registered_user_id);
        }
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
        let after = self.page.after.as_deref().and_then(MintedId::parse);
        let users = case.list_users((&organization_id, environment), after, self.page.rows());
        let found = users.filter(|user| user.as_ref().map_or(true, |user| self.matches(user, rule)));
        let page = self.page.fill(found.map(|user| user.map(|user| (user.position(), user))))?;
        let views = page.items.into_iter().map(|user| case.view_user(user.registered_user_id));
        Ok(Items { items: views.collect::<Result<_, _>>()?, next: page.next })
    }
}

impl ListRegisteredUsers {
    fn matches(&self, user: &RegisteredUser, rule: Option<&Rule>) -> bool {
        user.present().is_some_and(|present| {
            self.origin_company_id.as_ref().is_none_or(|id| present.origin_company_id.as_ref() == Some(id))
                && self.status.is_none_or(|status| present.status == status)
                && self.is_test.is_none_or(|is_test| is_test == (user.environment == Environment::Test))
                && rule.is_none_or(|rule| group::holds(rule, present))
        })
    }
}
