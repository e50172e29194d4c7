//! `complete_link` and `fail_link`: a session is single use (CR-3, CR-4).

use super::lifecycle::{LINK_SESSION, LinkTrigger};
use super::link_session::{LinkSession, LinkStatus};
use super::{AuthScope, CredentialView};
use crate::access::authority::{Right, is_restricted};
use crate::ahead::Ahead;
use crate::context::Needs;
use crate::decide::{Case, Refusal, Request};
use crate::error::Code;
use crate::event::EventBody;
use crate::id::{ExternalAccountId, LinkSessionId, Reason, RegisteredUserId};
use crate::lifecycle::Next;
use crate::registered_user::RegisteredUser;
use crate::state::LinkSessionHolder;
use crate::time::Timestamp;
use crate::wire::read::{Expiry, Form, Minted, Object};
use serde::Serialize;

/// Completes a link session: its owner's credential becomes active.
///
/// Refused with `link_session_not_found`, `link_session_closed`, `link_session_expired`, and
/// `forbidden` for a restricted key at another scope than INDIVIDUAL (C-3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompleteLink {
    /// The session.
    pub link_session_id: LinkSessionId,
    /// The account at the third party.
    pub external_account_id: Option<ExternalAccountId>,
    /// The first instant at which the credential is over.
    pub expires_at: Option<Timestamp>,
}

/// What a command about one credential answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CredentialAnswer {
    /// The credential as it stands.
    pub credential: CredentialView,
}

impl Request for CompleteLink {
    type Response = CredentialAnswer;
    const NAME: &'static str = "complete_link";
    const FIELDS: &'static [&'static str] = &["command", "link_session_id", "external_account_id", "expires_at"];
    const NEEDS: Needs = Needs::PLACE;

    fn right(&self) -> Right {
        Right::FinishLink
    }

    fn read(object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
        let link_session_id = object.required::<Minted<_>>("link_session_id", form);
        let external_account_id = object.optional("external_account_id", form);
        let expires_at = object.optional::<Expiry>("expires_at", form);
        Some(CompleteLink {
            link_session_id: link_session_id?.0,
            external_account_id: external_account_id?,
            expires_at: expires_at?.map(|at| at.0),
        })
    }

    fn check(&self, form: &mut Form<'_>) {
        Expiry::check(self.expires_at, form);
    }

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        let session = session_ahead(ahead, self.link_session_id);
        session.into_iter().for_each(|session| ahead.owner(&session.owner, &session.connector));
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<CredentialAnswer, Refusal> {
        let (holder, session) = finish(case, self.link_session_id, LinkTrigger::Complete, |link_session_id| {
            EventBody::LinkSessionCompleted { link_session_id }
        })?;
        let before = case.credential_of(&session.owner, &session.connector)?;
        let generation = before.map_or(1, |before| before.generation + 1);
        let (owner, connector) = (session.owner.clone(), session.connector.clone());
        let (expires_at, external_account_id) = (self.expires_at, self.external_account_id.clone());
        let linked_by = Some(holder);
        let body = if before.is_none() {
            EventBody::CredentialGranted { owner, connector, generation, expires_at, external_account_id, linked_by }
        } else {
            EventBody::CredentialReplaced { owner, connector, generation, expires_at, external_account_id, linked_by }
        };
        case.emit_credential(&session.owner, body)?;
        case.credential_answer(&session.owner, &session.connector)
    }
}

/// Gives a link session up.
///
/// Refused as [`CompleteLink`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailLink {
    /// The session.
    pub link_session_id: LinkSessionId,
    /// Why, for the record.
    pub reason: Option<Reason>,
}

/// What giving a session up answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkFailed {
    /// The session.
    pub link_session_id: LinkSessionId,
}

impl Request for FailLink {
    type Response = LinkFailed;
    const NAME: &'static str = "fail_link";
    const FIELDS: &'static [&'static str] = &["command", "link_session_id", "reason"];
    const NEEDS: Needs = Needs::PLACE;

    fn right(&self) -> Right {
        Right::FinishLink
    }

    fn read(object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
        let link_session_id = object.required::<Minted<_>>("link_session_id", form);
        let reason = object.optional("reason", form);
        Some(FailLink { link_session_id: link_session_id?.0, reason: reason? })
    }

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        session_ahead(ahead, self.link_session_id);
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<LinkFailed, Refusal> {
        finish(case, self.link_session_id, LinkTrigger::Fail, |link_session_id| EventBody::LinkSessionFailed {
            link_session_id,
            reason: self.reason.clone(),
        })?;
        Ok(LinkFailed { link_session_id: self.link_session_id })
    }
}

/// Takes a session out of `pending`, by its table, where the actor may: the session, and whose it is.
fn finish(
    case: &mut Case<'_>,
    id: LinkSessionId,
    trigger: LinkTrigger,
    body: impl FnOnce(LinkSessionId) -> EventBody,
) -> Result<(RegisteredUserId, LinkSession), Refusal> {
    let (holder, session, status) = find(case, id)?;
    if let Next::Refuse(code) = LINK_SESSION.next(status, trigger) {
        return Err(code.into());
    }
    if session.owner.scope() != AuthScope::Individual && is_restricted(case.actor()) {
        return Err(Code::Forbidden.into());
    }
    let place = case.row::<RegisteredUser>(&holder)?.map(RegisteredUser::place).ok_or(Code::LinkSessionNotFound)?;
    case.emit_user(holder, place, body(id))?;
    Ok((holder, session))
}

/// The session and whom it belongs to, as far as they are loaded.
fn session_ahead<'c>(ahead: &Ahead<'c>, id: LinkSessionId) -> Option<&'c LinkSession> {
    let holder = ahead.row::<LinkSessionHolder>(&id)?.registered_user_id;
    let present = ahead.user(holder)?.present()?;
    present.link_sessions.iter().find(|session| session.link_session_id == id)
}

/// The session with where it stands, and its user, where the actor may see that user (CR-3).
fn find(case: &Case<'_>, id: LinkSessionId) -> Result<(RegisteredUserId, LinkSession, LinkStatus), Refusal> {
    let holder = case.row::<LinkSessionHolder>(&id)?.ok_or(Code::LinkSessionNotFound)?.registered_user_id;
    let user = case.known_user(holder)?.and_then(RegisteredUser::present).ok_or(Code::LinkSessionNotFound)?;
    let known = |session: &&LinkSession| session.link_session_id == id && session.is_known(case.now());
    let session = user.link_sessions.iter().find(known).ok_or(Code::LinkSessionNotFound)?;
    Ok((holder, session.clone(), session.status_for(user, case.now())))
}
