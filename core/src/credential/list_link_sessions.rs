//! `list_link_sessions`.

use super::Owner;
use super::link_session::{LinkMethod, LinkSessionRow, LinkStatus, known};
use crate::authority::Right;
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::Code;
use crate::id::{ConnectorSlug, LinkSessionId, RegisteredUserId};
use crate::page::{ById, Items, Page};
use crate::prefetch::Prefetch;
use crate::time::Timestamp;
use alloc::string::ToString;

view! {
    /// A link session as answers show it.
    LinkSession {
        /// The session.
        link_session_id: LinkSessionId,
        /// Whose credential it makes.
        owner: Owner,
        /// The connector.
        connector: ConnectorSlug,
        /// How the end user gets there.
        method: LinkMethod,
        /// Its current status.
        status: LinkStatus,
        /// The first instant at which it is over.
        expires_at: Timestamp,
    }
}

impl LinkSessionRow {
    fn view(&self, now: Timestamp) -> LinkSession {
        LinkSession {
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
    type Response = Items<LinkSession>;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::Query;
    const WALKS: bool = true;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.user(self.registered_user_id);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Items<LinkSession>, Refusal> {
        let now = tx.now();
        let live = tx.visible_user(self.registered_user_id)?.live().ok_or(Code::RegisteredUserNotFound)?;
        let known = known(&live.link_sessions, now);
        Ok(self.page.take(known.map(|session| (session.link_session_id.to_string(), session.view(now)))))
    }
}
