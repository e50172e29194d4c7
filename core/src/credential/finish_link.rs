//! `complete_link` and `fail_link`: a session is single use (CR-3, CR-4).

use super::lifecycle::{LINK_SESSION, LinkTrigger};
use super::link_session::{LinkSessionRow, known, remove_surplus};
use super::{AuthScope, Credential, CredentialRow};
use crate::authority::{Right, check_unrestricted};
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::Expiry;
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::{Code, Rejection};
use crate::event::EventBody;
use crate::id::{ExternalAccountId, LinkSessionId, Reason, RegisteredUserId};
use crate::lifecycle::Next;
use crate::prefetch::Prefetch;
use crate::registered_user::RegisteredUserRow;
use crate::state::{LinkSessionIndex, next};
use crate::time::Timestamp;
use alloc::format;

request! {
    /// Completes a link session: its owner's credential becomes active.
    ///
    /// Refused with `link_session_not_found`, `link_session_closed`, `link_session_expired`, and
    /// `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).
    ///
    /// Where it replaces a live grant of another account, `revoke_upstream` asks the host to end that one.
    command CompleteLink "complete_link" {
        /// The session.
        link_session_id: LinkSessionId,
        /// Who came back from the third party, as far as the host can say: a session of another user is
        /// `link_session_not_found`, so that nobody finishes a link that somebody else has started.
        registered_user_id: Option<RegisteredUserId>,
        /// The account at the third party.
        external_account_id: Option<ExternalAccountId>,
        /// The first instant at which the credential is over.
        expires_at: Option<Timestamp> as Expiry,
    }
}

view! {
    /// What a command about one credential answers.
    CredentialAnswer {
        /// The credential, after the change.
        credential: Credential,
    }
}

impl Request for CompleteLink {
    type Response = CredentialAnswer;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::FinishLink;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        let session = prefetch_session(prefetch, self.link_session_id);
        session.into_iter().for_each(|session| prefetch.owner(&session.owner, &session.connector));
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<CredentialAnswer, Refusal> {
        let found = find(tx, self.link_session_id, self.registered_user_id)?;
        let (holder, session) = finish(tx, found, LinkTrigger::Complete, |link_session_id| {
            EventBody::LinkSessionCompleted { link_session_id }
        })?;
        let before = tx.credential_of(&session.owner, &session.connector)?.cloned();
        let (owner, connector) = (session.owner.clone(), session.connector.clone());
        let (expires_at, external_account_id) = (self.expires_at, self.external_account_id.clone());
        let linked_by = Some(holder);
        let replaced = before.as_ref().and_then(|before| replaced_account(before, external_account_id.as_ref()));
        let revoke_upstream = before.as_ref().filter(|_| replaced.is_some());
        let revoke_upstream = revoke_upstream.map(|before| before.revoke_upstream(&session.owner));
        let body = match &before {
            None => EventBody::CredentialGranted {
                owner,
                connector,
                generation: 1,
                expires_at,
                external_account_id,
                linked_by,
            },
            Some(before) => EventBody::CredentialReplaced {
                owner,
                connector,
                generation: next(before.generation),
                expires_at,
                external_account_id,
                replaced_external_account_id: replaced,
                linked_by,
            },
        };
        tx.emit_credential(&session.owner, body)?;
        revoke_upstream.into_iter().for_each(|effect| tx.effect(effect));
        remove_surplus(tx, holder)?;
        tx.credential_answer(&session.owner, &session.connector)
    }
}

/// The account whose live grant gives way to another account's (CR-4): both are known, and they differ.
fn replaced_account(before: &CredentialRow, new: Option<&ExternalAccountId>) -> Option<ExternalAccountId> {
    let old = before.external_account_id.as_ref().filter(|_| before.is_live())?;
    new.filter(|new| *new != old).map(|_| old.clone())
}

request! {
    /// Gives a link session up.
    ///
    /// Refused as [`CompleteLink`] is.
    command FailLink "fail_link" {
        /// The session.
        link_session_id: LinkSessionId,
        /// Why, for the record.
        reason: Option<Reason>,
    }
}

view! {
    /// What giving a session up answers.
    LinkFailure {
        /// The session.
        link_session_id: LinkSessionId,
    }
}

impl Request for FailLink {
    type Response = LinkFailure;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::FinishLink;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch_session(prefetch, self.link_session_id);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<LinkFailure, Refusal> {
        let found = find(tx, self.link_session_id, None)?;
        let (holder, _) = finish(tx, found, LinkTrigger::Fail, |link_session_id| EventBody::LinkSessionFailed {
            link_session_id,
            reason: self.reason.clone(),
        })?;
        remove_surplus(tx, holder)?;
        Ok(LinkFailure { link_session_id: self.link_session_id })
    }
}

/// A session with its user.
type Found = (RegisteredUserId, LinkSessionRow);

/// Takes a session out of `pending`, by its table, where the actor may.
fn finish(
    tx: &mut Transaction<'_>,
    (holder, session): Found,
    trigger: LinkTrigger,
    body: impl FnOnce(LinkSessionId) -> EventBody,
) -> Result<Found, Refusal> {
    let status = session.status_at(tx.now());
    match LINK_SESSION.next(status, trigger) {
        Next::Refuse(Code::LinkSessionClosed) => {
            let message = format!("the link session is closed: its status is `{}`", status.as_str());
            return Err(Rejection::because(Code::LinkSessionClosed, message).into());
        }
        Next::Refuse(code) => return Err(code.into()),
        Next::To(_) | Next::Stay => {}
    }
    if session.owner.scope() != AuthScope::Individual {
        check_unrestricted(tx.actor())?;
    }
    let place = tx.row::<RegisteredUserRow>(&holder)?.map(RegisteredUserRow::place).ok_or(Code::LinkSessionNotFound)?;
    tx.emit_user(holder, place, body(session.link_session_id))?;
    Ok((holder, session))
}

/// The session and whom it belongs to, as far as they are loaded.
fn prefetch_session<'c>(prefetch: &Prefetch<'c>, id: LinkSessionId) -> Option<&'c LinkSessionRow> {
    let holder = prefetch.row::<LinkSessionIndex>(&id)?.registered_user_id;
    let live = prefetch.user(holder)?.live()?;
    live.link_sessions.iter().find(|session| session.link_session_id == id)
}

/// The session with its user, where the actor may see that user (CR-3) and it is the one that the host names (CR-4).
fn find(tx: &Transaction<'_>, id: LinkSessionId, named: Option<RegisteredUserId>) -> Result<Found, Refusal> {
    let holder = tx.row::<LinkSessionIndex>(&id)?.ok_or(Code::LinkSessionNotFound)?.registered_user_id;
    let is_named = named.is_none_or(|named| named == holder);
    let user = tx.known_user(holder)?.filter(|_| is_named).and_then(RegisteredUserRow::live);
    let sessions = user.map(|user| user.link_sessions.as_slice()).unwrap_or_default();
    let session = known(sessions, tx.now()).find(|session| session.link_session_id == id);
    Ok((holder, session.ok_or(Code::LinkSessionNotFound)?.clone()))
}
