//! `list_link_sessions`.

use super::Owner;
use super::link_session::{LinkMethod, LinkSession, LinkStatus, known};
use crate::access::authority::Right;
use crate::ahead::Ahead;
use crate::context::Needs;
use crate::decide::{Case, Refusal, Request};
use crate::error::Code;
use crate::id::{ConnectorSlug, LinkSessionId, RegisteredUserId};
use crate::page::{ById, Items, Page};
use crate::time::Timestamp;
use crate::wire::declare::request;
use crate::wire::view::view;
use alloc::string::ToString;

view! {
    /// A link session as answers show it.
    LinkSessionView as "LinkSession" {
        /// The session.
        link_session_id: LinkSessionId,
        /// Whose credential it makes.
        owner: Owner,
        /// The connector.
        connector: ConnectorSlug,
        /// How the end user gets there.
        method: LinkMethod,
        /// Where it stands now.
        status: LinkStatus,
        /// The first instant at which it is over.
        expires_at: Timestamp,
    }
}

impl LinkSession {
    fn view(&self, now: Timestamp) -> LinkSessionView {
        LinkSessionView {
            link_session_id: self.link_session_id,
            owner: self.owner.clone(),
            connector: self.connector.clone(),
            method: self.method,
            status: self.status_at(now),
            expires_at: self.expires_at,
        }
    }
}

request! {
    /// The link sessions of a registered user that are still known, in the order of their ids.
    query ListLinkSessions "list_link_sessions" {
        /// The user.
        registered_user_id: RegisteredUserId,
        /// Which page.
        ..page: Page as ById<LinkSessionId> = Page::default(),
    }
}

impl Request for ListLinkSessions {
    type Response = Items<LinkSessionView>;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::Query;

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        ahead.user(self.registered_user_id);
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<Items<LinkSessionView>, Refusal> {
        let now = case.now();
        let present = case.visible_user(self.registered_user_id)?.present().ok_or(Code::RegisteredUserNotFound)?;
        let known = known(&present.link_sessions, now);
        Ok(self.page.take(known.map(|session| (session.link_session_id.to_string(), session.view(now)))))
    }
}
