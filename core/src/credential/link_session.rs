//! Link sessions: how a credential comes to be (CR-2…4).

use super::{AuthScope, Owner};
use crate::decide::{Case, Refusal};
use crate::error::Code;
use crate::event::EventBody;
use crate::id::{ConnectorSlug, LinkSessionId, RegisteredUserId};
use crate::registered_user::{Present, UserStatus};
use crate::time::Timestamp;
use crate::wire::read::words;
use alloc::vec::Vec;
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// How long a session is remembered after its end (CR-3).
const REMEMBERED: Duration = Duration::from_secs(24 * 3600);

words! {
    /// How the end user is brought to the third party.
    LinkMethod {
        /// A link in the host's own pages.
        Link "link",
        /// A link sent to the end user.
        MagicLink "magic_link",
    }

    /// Where a link session stands.
    LinkStatus {
        /// Waiting for the end user.
        Pending "pending",
        /// It made a credential.
        Completed "completed",
        /// The end user or the third party gave up.
        Failed "failed",
        /// A change of the registered user stopped it.
        Cancelled "cancelled",
        /// Its time was over.
        Expired "expired",
    }
}

/// A link session's row, inside its registered user's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LinkSession {
    pub(crate) link_session_id: LinkSessionId,
    pub(crate) owner: Owner,
    pub(crate) connector: ConnectorSlug,
    pub(crate) method: LinkMethod,
    pub(crate) status: LinkStatus,
    pub(crate) expires_at: Timestamp,
}

impl LinkSession {
    /// Where it stands at an instant, swept or not.
    pub(crate) fn status_at(&self, now: Timestamp) -> LinkStatus {
        if self.status == LinkStatus::Pending && now >= self.expires_at { LinkStatus::Expired } else { self.status }
    }

    /// The same, seen with its user. One that was past its time when its user was deactivated or left
    /// the company was not cancelled; where the clock goes back (T-4), it is not pending again (I-4).
    pub(crate) fn status_for(&self, user: &Present, now: Timestamp) -> LinkStatus {
        let stands = user.status == UserStatus::Active
            && match &self.owner {
                Owner::Shared { origin_company_id } => user.origin_company_id.as_ref() == Some(origin_company_id),
                Owner::Individual { .. } | Owner::Organization => true,
            };
        match self.status_at(now) {
            LinkStatus::Pending if !stands => LinkStatus::Cancelled,
            status => status,
        }
    }

    /// The first instant at which it is gone.
    pub(crate) fn removed_at(&self) -> Timestamp {
        self.expires_at.saturating_add(REMEMBERED)
    }

    /// Whether it is still known at an instant.
    pub(crate) fn is_known(&self, now: Timestamp) -> bool {
        now < self.removed_at()
    }

    /// The next instant at which time changes it.
    pub(crate) fn due(&self) -> Timestamp {
        if self.status == LinkStatus::Pending { self.expires_at } else { self.removed_at() }
    }
}

/// Cancels the pending sessions of a registered user, in the order of their ids: all of them, or
/// those of one scope (RU-8, RU-9, RU-12).
pub(crate) fn cancel_pending(
    case: &mut Case<'_>,
    id: RegisteredUserId,
    scope: Option<AuthScope>,
) -> Result<(), Refusal> {
    let now = case.now();
    let user = case.known_user(id)?.ok_or(Code::RegisteredUserNotFound)?;
    let place = user.place();
    let pending: Vec<LinkSessionId> = user
        .present()
        .map(|present| present.link_sessions.as_slice())
        .unwrap_or_default()
        .iter()
        .filter(|session| session.status_at(now) == LinkStatus::Pending)
        .filter(|session| scope.is_none_or(|scope| session.owner.scope() == scope))
        .map(|session| session.link_session_id)
        .collect();
    for link_session_id in pending {
        case.emit_user(id, place.clone(), EventBody::LinkSessionCancelled { link_session_id })?;
    }
    Ok(())
}
