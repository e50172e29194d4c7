//! `list_credentials` and `list_link_sessions`.

use super::link_session::{LinkMethod, LinkSession, LinkStatus, known};
use super::{Credential, CredentialView, Owner};
use crate::access::authority::Right;
use crate::ahead::Ahead;
use crate::company::Company;
use crate::context::{Actor, Needs};
use crate::decide::{Case, Refusal, Request};
use crate::error::Code;
use crate::id::{ConnectorSlug, LinkSessionId, RegisteredUserId};
use crate::page::{ById, ByText, Cursor, Items, Page};
use crate::state::company_key;
use crate::time::Timestamp;
use crate::wire::declare::request;
use crate::wire::view::view;
use alloc::format;
use alloc::string::{String, ToString};

request! {
    /// What a registered user reaches: its own credentials, its company's, its organization's, each in
    /// the order of connectors.
    query ListCredentials "list_credentials" {
        /// The user.
        registered_user_id: RegisteredUserId,
        /// Which page.
        ..page: Page as ByOwner = Page::default(),
    }
}

impl Request for ListCredentials {
    type Response = Items<CredentialView>;
    const NEEDS: Needs = Needs::PLACE;

    fn right(&self) -> Right {
        Right::OpenQuery
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<Items<CredentialView>, Refusal> {
        let (organization_id, environment) = case.place()?;
        let id = self.registered_user_id;
        let present = case.visible_user(id)?.present().ok_or(Code::RegisteredUserNotFound)?;
        let own = present.credentials.iter().map(|held| (Owner::Individual { registered_user_id: id }, held));
        let company = match &present.origin_company_id {
            Some(company) => case.row::<Company>(&company_key(&organization_id, environment, company))?,
            None => None,
        };
        let shared = company.into_iter().flat_map(|company| {
            let owner = Owner::Shared { origin_company_id: company.origin_company_id.clone() };
            company.credentials.iter().map(move |held| (owner.clone(), held))
        });
        let shelf = case.whole_state()?.shelf(&organization_id);
        let organization = shelf.into_iter().flat_map(|shelf| shelf.environment(environment).credentials.values());
        let organization = organization.map(|row| (Owner::Organization, &row.credential));
        let all = own.chain(shared).chain(organization);
        let page = self.page.take(all.map(|(owner, held)| (cursor(&owner, held), (owner, held))));
        let items = page.items.into_iter().map(|(owner, held)| view(case, owner, held));
        Ok(Items { items: items.collect::<Result<_, _>>()?, next: page.next })
    }
}

/// Scopes in the order of the list, then connectors.
fn cursor(owner: &Owner, held: &Credential) -> String {
    let rank = match owner {
        Owner::Individual { .. } => 1,
        Owner::Shared { .. } => 2,
        Owner::Organization => 3,
    };
    format!("{rank}:{}", held.connector.as_str())
}

/// In the order of the owners' scopes, then of connectors.
struct ByOwner;

impl Cursor for ByOwner {
    fn is_cursor(text: &str) -> bool {
        matches!(text.split_once(':'), Some(("1" | "2" | "3", slug)) if ByText::<ConnectorSlug>::is_cursor(slug))
    }
}

/// An end user sees shared credentials without the account at the third party, and without who linked them.
fn view(case: &Case<'_>, owner: Owner, held: &Credential) -> Result<CredentialView, Refusal> {
    let is_own = matches!(owner, Owner::Individual { .. });
    let view = case.view_credential(owner, held)?;
    if !is_own && matches!(case.actor(), Actor::RegisteredUser { .. }) {
        return Ok(CredentialView { external_account_id: None, linked_by: None, ..view });
    }
    Ok(view)
}

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

    fn right(&self) -> Right {
        Right::Query
    }

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
