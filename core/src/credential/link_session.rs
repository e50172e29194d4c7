//! Link sessions: how a credential comes to be (CR-2…4).

use super::{AuthScope, Owner};
use crate::decide::{Refusal, Transaction};
use crate::declare::string_enum::string_enum;
use crate::error::Code;
use crate::event::EventBody;
use crate::id::{ConnectorSlug, LinkSessionId, RegisteredUserId};
use crate::time::Timestamp;
use alloc::collections::BinaryHeap;
use alloc::vec::Vec;
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// How long a session is remembered after its end (CR-3).
const REMEMBERED: Duration = Duration::from_secs(24 * 3600);

/// How many of those that have ended a user keeps (CR-2).
const MOST_ENDED: usize = 100;

string_enum! {
    /// How the end user is brought to the third party.
    LinkMethod {
        /// A link in the host's own pages.
        Link "link",
        /// A link sent to the end user.
        MagicLink "magic_link",
    }

    /// The status of a link session.
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
pub(crate) struct LinkSessionRow {
    pub(crate) link_session_id: LinkSessionId,
    pub(crate) owner: Owner,
    pub(crate) connector: ConnectorSlug,
    pub(crate) method: LinkMethod,
    pub(crate) status: LinkStatus,
    pub(crate) expires_at: Timestamp,
}

impl LinkSessionRow {
    /// Its status at an instant, swept or not.
    pub(crate) fn status_at(&self, now: Timestamp) -> LinkStatus {
        if self.status == LinkStatus::Pending && now >= self.expires_at { LinkStatus::Expired } else { self.status }
    }

    /// When it ends or has ended, as far as its row says. One that a command has ended keeps no instant.
    fn end(&self) -> Timestamp {
        match self.status {
            LinkStatus::Pending | LinkStatus::Expired => self.expires_at,
            LinkStatus::Completed | LinkStatus::Failed | LinkStatus::Cancelled => Timestamp::MIN,
        }
    }

    /// When it lapses, where that is not written down yet.
    fn lapse(&self) -> Option<Timestamp> {
        (self.status == LinkStatus::Pending).then_some(self.expires_at)
    }

    /// The first instant at which it is gone of age.
    fn removed_at(&self) -> Timestamp {
        self.expires_at.saturating_add(REMEMBERED)
    }
}

/// The sessions of a user, in the order of their ids, each with the first instant at which it is gone: 24 hours after
/// its time (CR-3), or when it has ended and 100 younger ones have, too (CR-2).
pub(crate) fn with_removals(sessions: &[LinkSessionRow]) -> impl Iterator<Item = (&LinkSessionRow, Timestamp)> {
    // The earliest ends of younger sessions, 100 of them at most: the last of these makes one too many.
    let mut ends = BinaryHeap::new();
    let mut removals: Vec<Timestamp> = sessions
        .iter()
        .rev()
        .map(|session| {
            let surplus_at = ends.peek().filter(|_| ends.len() == MOST_ENDED).map(|last| session.end().max(*last));
            ends.push(session.end());
            if ends.len() > MOST_ENDED {
                ends.pop();
            }
            let removed_at = session.removed_at();
            surplus_at.map_or(removed_at, |at| at.min(removed_at))
        })
        .collect();
    removals.reverse();
    sessions.iter().zip(removals)
}

/// The sessions that are still known at an instant.
pub(crate) fn known(sessions: &[LinkSessionRow], now: Timestamp) -> impl Iterator<Item = &LinkSessionRow> {
    with_removals(sessions).filter(move |(_, removal)| now < *removal).map(|(session, _)| session)
}

/// The instants at which time changes the sessions of a user.
pub(crate) fn dues(sessions: &[LinkSessionRow]) -> impl Iterator<Item = Timestamp> {
    with_removals(sessions).map(|(session, removal)| match session.status {
        LinkStatus::Pending => session.expires_at,
        LinkStatus::Completed | LinkStatus::Failed | LinkStatus::Cancelled | LinkStatus::Expired => removal,
    })
}

/// Ends the pending sessions of a registered user, in the order of their ids: all of them, or those of one scope
/// (RU-8, RU-9, RU-12). Those whose time is over have expired, and that is written down now: were it not, they would be
/// pending again where the clock goes back (RU-10).
pub(crate) fn end_pending(
    tx: &mut Transaction<'_>,
    id: RegisteredUserId,
    scope: Option<AuthScope>,
) -> Result<(), Refusal> {
    let now = tx.now();
    let user = tx.known_user(id)?.ok_or(Code::RegisteredUserNotFound)?;
    let place = user.place();
    let sessions = user.live().map(|live| live.link_sessions.as_slice()).unwrap_or_default();
    let is_meant = |session: &&LinkSessionRow| {
        session.status == LinkStatus::Pending && scope.is_none_or(|scope| session.owner.scope() == scope)
    };
    let ends = sessions.iter().filter(is_meant).map(|session| (session.link_session_id, session.expires_at));
    let (expired, pending): (Vec<_>, Vec<_>) = ends.partition(|(_, expires_at)| now >= *expires_at);
    for (link_session_id, due_at) in expired {
        tx.emit_user(id, place.clone(), EventBody::LinkSessionExpired { link_session_id, due_at })?;
    }
    for (link_session_id, _) in pending {
        tx.emit_user(id, place.clone(), EventBody::LinkSessionCancelled { link_session_id })?;
    }
    Ok(())
}

/// Removes the ended sessions that are too many (CR-2), after a command that has ended or started one.
pub(crate) fn remove_surplus(tx: &mut Transaction<'_>, id: RegisteredUserId) -> Result<(), Refusal> {
    let due_at = tx.now();
    let user = tx.known_user(id)?.ok_or(Code::RegisteredUserNotFound)?;
    let place = user.place();
    let sessions = user.live().map(|live| live.link_sessions.as_slice()).unwrap_or_default();
    let surplus: Vec<(LinkSessionId, Option<Timestamp>)> = with_removals(sessions)
        .filter(|(session, removal)| due_at >= *removal && *removal < session.removed_at())
        .map(|(session, _)| (session.link_session_id, session.lapse()))
        .collect();
    for (link_session_id, lapse) in surplus {
        if let Some(due_at) = lapse {
            tx.emit_user(id, place.clone(), EventBody::LinkSessionExpired { link_session_id, due_at })?;
        }
        tx.emit_user(id, place.clone(), EventBody::LinkSessionRemoved { link_session_id, due_at })?;
    }
    Ok(())
}
