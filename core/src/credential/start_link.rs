//! `start_link`: the scope and the owner are bound then and there (CR-2).

use super::link_session::{LinkMethod, LinkStatus, remove_surplus};
use super::{Owner, OwnerRef};
use crate::access::check::Untraced;
use crate::access::gate::{active, entry, served};
use crate::authority::{Right, check_unrestricted};
use crate::catalog::connector::ConnectorRow;
use crate::catalog::tool_pack::ToolPackRow;
use crate::context::Needs;
use crate::credential::AuthScope;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::{Code, Rejection};
use crate::event::EventBody;
use crate::id::{ConnectorSlug, LinkSessionId, RegisteredUserId, ToolPackId};
use crate::prefetch::Prefetch;
use crate::registered_user::LiveUser;
use crate::state::LinkSessionIndex;
use crate::time::Timestamp;

/// Link sessions of one user that may be pending (CR-2, contract section 11).
const MOST_PENDING: u32 = 100;

request! {
    /// Starts a link session for a connector.
    ///
    /// Refused with, in this order, `registered_user_not_found`, `connector_not_found`,
    /// `tool_pack_not_found`, `registered_user_inactive`, `tool_pack_not_permitted`,
    /// `connector_not_in_tool_pack`, `invalid_company_for_shared_scope`, `limit_exceeded` (100 pending
    /// sessions of a user), and `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).
    command StartLink "start_link" {
        /// The user who will link.
        registered_user_id: RegisteredUserId,
        /// The connector.
        connector: ConnectorSlug,
        /// The pack whose entry gives the scope; INDIVIDUAL without one.
        tool_pack_id: Option<ToolPackId>,
        /// How the end user gets there. Default `link`.
        method: LinkMethod = LinkMethod::Link,
    }
}

view! {
    /// What starting a link answers.
    LinkStart {
        /// The session.
        link_session_id: LinkSessionId,
        /// Whose credential it will make.
        owner: Owner,
        /// The connector.
        connector: ConnectorSlug,
        /// How the end user gets there.
        method: LinkMethod,
        /// The first instant at which it is over.
        expires_at: Timestamp,
    }
}

impl Request for StartLink {
    type Response = LinkStart;
    const NEEDS: Needs = Needs::PLACE.and_entropy(true);
    const RIGHT: Right = Right::StartLink { names_pack: true };
    const BY_FIELDS: &'static [(&'static str, Right)] = &[
        ("it has a `tool_pack_id`", Right::StartLink { names_pack: true }),
        ("it has no `tool_pack_id`", Right::StartLink { names_pack: false }),
    ];

    fn right(&self) -> Right {
        Right::StartLink { names_pack: self.tool_pack_id.is_some() }
    }

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.user(self.registered_user_id);
        prefetch.connector(&self.connector);
        self.tool_pack_id.iter().for_each(|tool_pack_id| {
            prefetch.served_pack(tool_pack_id);
        });
        prefetch.minted::<LinkSessionIndex>(0);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<LinkStart, Refusal> {
        let (organization_id, _) = tx.place()?;
        let id = self.registered_user_id;
        let user = tx.visible_user(id)?;
        let (place, live) = (user.place(), user.live().ok_or(Code::RegisteredUserNotFound)?);
        let key = (organization_id.clone(), self.connector.clone());
        // The catalogue's own copy of the slug: all credentials for a connector share it.
        let connector = tx.row::<ConnectorRow>(&key)?.ok_or(Code::ConnectorNotFound)?.connector.clone();
        let pack = match &self.tool_pack_id {
            Some(tool_pack_id) => Some(tx.visible_pack(tool_pack_id)?),
            None => None,
        };
        let owner = self.owner(tx, live, pack)?;
        let is_pending = |status| status == LinkStatus::Pending;
        let pending = live.link_sessions.iter().filter(|session| is_pending(session.status_at(tx.now()))).count();
        if pending >= MOST_PENDING as usize {
            return Err(Rejection::limit("pending link sessions per registered user", MOST_PENDING).into());
        }
        if owner.scope() != AuthScope::Individual {
            check_unrestricted(tx.actor())?;
        }
        let link_session_id = tx.mint::<LinkSessionIndex>()?;
        let expires_at = tx.now().saturating_add(tx.policy.link_ttl());
        let started = LinkStart {
            link_session_id,
            owner: owner.clone(),
            connector: connector.clone(),
            method: self.method,
            expires_at,
        };
        let body = EventBody::LinkSessionStarted { link_session_id, owner, connector, method: self.method, expires_at };
        tx.emit_user(id, place, body)?;
        remove_surplus(tx, id)?;
        Ok(started)
    }
}

impl StartLink {
    /// Whose credential the session will make, by the rules of state in CR-2's order.
    fn owner(&self, tx: &Transaction<'_>, live: &LiveUser, pack: Option<&ToolPackRow>) -> Result<Owner, Refusal> {
        let trace = &mut Untraced;
        let scope = match pack {
            None => {
                active(live, trace)?;
                AuthScope::Individual
            }
            Some(pack) => {
                let pack = served(&tx.draft, live, pack.tool_pack_id.as_str(), |_| Ok(Some(pack)), trace)?;
                entry(pack, self.connector.as_str(), trace)?.auth_scope
            }
        };
        scope.owner(self.registered_user_id, live)?.map(OwnerRef::to_owner).ok_or_else(|| {
            let message = "the connector needs no credential in this tool pack: there is nothing to link";
            Rejection::because(Code::InvalidRequest, message).at("/tool_pack_id").into()
        })
    }
}
