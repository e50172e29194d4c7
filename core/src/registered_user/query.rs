//! Looking registered users up: `get_registered_user`, `find_registered_user`, `list_registered_users`.

use super::create::holder;
use super::{RegisteredUser, RegisteredUserRow, UserStatus};
use crate::authority::Right;
use crate::catalog::group::{self, Rule};
use crate::context::{Environment, Needs};
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::error::Code;
use crate::id::{GroupId, MintedId, OriginCompanyId, OriginUserId, RegisteredUserId};
use crate::page::{ById, Items, Page};
use crate::prefetch::Prefetch;
use crate::state::{GroupRow, Listed};

request! {
    /// One registered user, by its id.
    query GetRegisteredUser "get_registered_user" {
        /// The user.
        registered_user_id: RegisteredUserId,
    }
}

impl Request for GetRegisteredUser {
    type Response = RegisteredUser;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::OpenQuery;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.profile(self.registered_user_id);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<RegisteredUser, Refusal> {
        tx.visible_user(self.registered_user_id)?;
        tx.view_user(self.registered_user_id)
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
    type Response = RegisteredUser;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::Query;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        if let Some(id) = prefetch.holder(&self.origin_user_id) {
            prefetch.profile(id);
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<RegisteredUser, Refusal> {
        let (organization_id, environment) = tx.place()?;
        let id =
            holder(tx, &organization_id, environment, &self.origin_user_id)?.ok_or(Code::RegisteredUserNotFound)?;
        tx.visible_user(id)?;
        tx.view_user(id)
    }
}

request! {
    /// Registered users in the order of their ids; all filters must match.
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
    type Response = Items<RegisteredUser>;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::Query;
    const WALKS: bool = true;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        let group = self.group_id.as_ref().map(|group_id| prefetch.group(group_id));
        let rule = group.map(|group| group.map(|group| &group.rule));
        if rule == Some(None) {
            return;
        }
        let found = prefetch.users(&self.page).filter(|user| self.matches(user, rule.flatten()));
        for user in found.take(self.page.limit) {
            prefetch.profile(user.registered_user_id);
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Items<RegisteredUser>, Refusal> {
        let (organization_id, environment) = tx.place()?;
        let rule = match &self.group_id {
            None => None,
            Some(group_id) => {
                let key = (organization_id.clone(), group_id.clone());
                Some(&tx.row::<GroupRow>(&key)?.ok_or(Code::GroupNotFound)?.rule)
            }
        };
        let after = self.page.after.as_deref().and_then(MintedId::parse);
        let users = tx.list_users((&organization_id, environment), after, self.page.rows());
        let found = users.filter(|user| user.as_ref().map_or(true, |user| self.matches(user, rule)));
        let page = self.page.fill(found.map(|user| user.map(|user| (user.position(), user))))?;
        let views = page.items.into_iter().map(|user| tx.view_user(user.registered_user_id));
        Ok(Items { items: views.collect::<Result<_, _>>()?, next: page.next })
    }
}

impl ListRegisteredUsers {
    fn matches(&self, user: &RegisteredUserRow, rule: Option<&Rule>) -> bool {
        user.live().is_some_and(|live| {
            self.origin_company_id.as_ref().is_none_or(|id| live.origin_company_id.as_ref() == Some(id))
                && self.status.is_none_or(|status| live.status == status)
                && self.is_test.is_none_or(|is_test| is_test == (user.environment == Environment::Test))
                && rule.is_none_or(|rule| group::holds(rule, live))
        })
    }
}
