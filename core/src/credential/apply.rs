//! What events do to credentials and link sessions.

use super::lifecycle::{CredentialTrigger, LinkTrigger, after};
use super::link_session::{LinkSessionRow, LinkStatus};
use super::{CredentialCause, CredentialRow, LINK_SESSION, OrganizationCredentialRow, Owner, held, linked, put};
use crate::company::{self, CompanyRow};
use crate::event::{Event, EventBody, Stream};
use crate::id::{ConnectorSlug, LinkSessionId};
use crate::registered_user::RegisteredUserRow;
use crate::state::{Draft, NotLoaded, Rows};
use crate::time::Timestamp;

pub(crate) fn apply(draft: &mut Draft<'_>, event: &Event) -> Result<(), NotLoaded> {
    match &event.body {
        EventBody::CredentialGranted { owner, connector, generation, expires_at, external_account_id, linked_by }
        | EventBody::CredentialReplaced {
            owner,
            connector,
            generation,
            expires_at,
            external_account_id,
            replaced_external_account_id: _,
            linked_by,
        } => {
            let linked_by = linked::note(draft, event, connector, *linked_by)?;
            set(draft, event, owner, connector, |held| {
                Some(CredentialRow {
                    connector: connector.clone(),
                    status: after(held.map(|held| held.status), CredentialTrigger::Link)?,
                    cause: None,
                    generation: *generation,
                    expires_at: *expires_at,
                    external_account_id: external_account_id.clone(),
                    linked_by,
                    updated_at: event.at,
                })
            })
        }
        EventBody::CredentialRevoked { owner, connector, cause } => {
            let change = (CredentialTrigger::Revoke, Some(*cause), event.at);
            move_to(draft, event, owner, connector, change, |_| {})
        }
        EventBody::CredentialNeedsReauth { owner, connector, cause } => {
            let change = (CredentialTrigger::ReportNeedsReauth, Some(*cause), event.at);
            move_to(draft, event, owner, connector, change, |_| {})
        }
        EventBody::CredentialRefreshed { owner, connector, expires_at } => {
            let change = (CredentialTrigger::ReportActive, None, event.at);
            move_to(draft, event, owner, connector, change, |credential| credential.expires_at = *expires_at)
        }
        EventBody::CredentialExpired { owner, connector, due_at } => {
            let change = (CredentialTrigger::Expire, Some(CredentialCause::Expired), *due_at);
            move_to(draft, event, owner, connector, change, |_| {})
        }
        EventBody::LinkSessionStarted { link_session_id, owner, connector, method, expires_at } => {
            let session = LinkSessionRow {
                link_session_id: *link_session_id,
                owner: owner.clone(),
                connector: connector.clone(),
                method: *method,
                status: LinkStatus::Pending,
                expires_at: *expires_at,
            };
            edit_user(draft, event, |user| {
                if let Some(live) = user.live_mut() {
                    let index =
                        live.link_sessions.partition_point(|known| known.link_session_id < session.link_session_id);
                    live.link_sessions.insert(index, session);
                }
            })
        }
        EventBody::LinkSessionCompleted { link_session_id } => {
            mark(draft, event, *link_session_id, LinkTrigger::Complete)
        }
        EventBody::LinkSessionFailed { link_session_id, .. } => mark(draft, event, *link_session_id, LinkTrigger::Fail),
        EventBody::LinkSessionCancelled { link_session_id } => {
            mark(draft, event, *link_session_id, LinkTrigger::Cancel)
        }
        EventBody::LinkSessionExpired { link_session_id, .. } => {
            mark(draft, event, *link_session_id, LinkTrigger::Expire)
        }
        EventBody::LinkSessionRemoved { link_session_id, .. } => edit_user(draft, event, |user| {
            if let Some(live) = user.live_mut()
                && let Ok(index) =
                    live.link_sessions.binary_search_by_key(link_session_id, |known| known.link_session_id)
            {
                live.link_sessions.remove(index);
            }
        }),
        EventBody::OrganizationCreated { .. }
        | EventBody::ConnectorPut { .. }
        | EventBody::ConnectorDeleted { .. }
        | EventBody::ToolPackPut { .. }
        | EventBody::ToolPackDeleted { .. }
        | EventBody::GroupPut { .. }
        | EventBody::GroupDeleted { .. }
        | EventBody::CompanyCreated { .. }
        | EventBody::CompanyRenamed { .. }
        | EventBody::CompanyDeleted { .. }
        | EventBody::RegisteredUserCreated { .. }
        | EventBody::RegisteredUserUpdated { .. }
        | EventBody::RegisteredUserDeactivated { .. }
        | EventBody::RegisteredUserReactivated { .. }
        | EventBody::RegisteredUserDeleted { .. }
        | EventBody::RegisteredUserPurged { .. }
        | EventBody::RetentionHoldPlaced { .. }
        | EventBody::RetentionHoldReleased { .. }
        | EventBody::ToolCallStarted { .. }
        | EventBody::ToolCallDenied { .. }
        | EventBody::ToolCallFinished { .. }
        | EventBody::ToolCallExpired { .. }
        | EventBody::RegistrationTokenIssued { .. }
        | EventBody::RegistrationTokenRevoked { .. }
        | EventBody::RegistrationTokenUsed { .. }
        | EventBody::AccountCreated { .. }
        | EventBody::AccountUpdated { .. }
        | EventBody::AccountStatusChanged { .. }
        | EventBody::AccountDeleted {} => Ok(()),
    }
}

fn edit_user(draft: &mut Draft<'_>, event: &Event, edit: impl FnOnce(&mut RegisteredUserRow)) -> Result<(), NotLoaded> {
    match &event.stream {
        Stream::RegisteredUser(id) => draft.edit::<RegisteredUserRow>(id, edit),
        Stream::Account(_) | Stream::Company(_) | Stream::Organization(_) | Stream::RegistrationToken(_) => Ok(()),
    }
}

fn mark(draft: &mut Draft<'_>, event: &Event, id: LinkSessionId, trigger: LinkTrigger) -> Result<(), NotLoaded> {
    edit_user(draft, event, |user| {
        let sessions = user.live_mut().map(|live| live.link_sessions.as_mut_slice()).unwrap_or_default();
        let found = sessions.binary_search_by_key(&id, |session| session.link_session_id);
        if let Some(session) = found.ok().and_then(|index| sessions.get_mut(index)) {
            session.status = LINK_SESSION.after(session.status, trigger);
        }
    })
}

/// Moves a credential by its table; what else the event changes is `edit`'s.
fn move_to(
    draft: &mut Draft<'_>,
    event: &Event,
    owner: &Owner,
    connector: &ConnectorSlug,
    (trigger, cause, at): (CredentialTrigger, Option<CredentialCause>, Timestamp),
    edit: impl FnOnce(&mut CredentialRow),
) -> Result<(), NotLoaded> {
    set(draft, event, owner, connector, |credential| {
        let mut credential = credential.cloned()?;
        credential.status = after(Some(credential.status), trigger)?;
        (credential.cause, credential.updated_at) = (cause, at);
        edit(&mut credential);
        Some(credential)
    })
}

/// Puts what `make` makes of an owner's credential in its place.
fn set(
    draft: &mut Draft<'_>,
    event: &Event,
    owner: &Owner,
    connector: &ConnectorSlug,
    make: impl FnOnce(Option<&CredentialRow>) -> Option<CredentialRow>,
) -> Result<(), NotLoaded> {
    match owner {
        Owner::Individual { registered_user_id } => draft.edit::<RegisteredUserRow>(registered_user_id, |user| {
            if let Some(live) = user.live_mut()
                && let Some(credential) = make(held(&live.credentials, connector))
            {
                put(&mut live.credentials, credential);
            }
        }),
        Owner::Shared { .. } => {
            let Some(key) = company::key_of(event) else { return Ok(()) };
            draft.edit::<CompanyRow>(&key, |company| {
                if let Some(credential) = make(held(&company.credentials, connector)) {
                    put(&mut company.credentials, credential);
                }
            })
        }
        Owner::Organization => {
            let (Some(organization_id), Some(environment)) = (event.organization_id.clone(), event.environment) else {
                return Ok(());
            };
            let key = (organization_id.clone(), environment, connector.clone());
            let before = draft.row::<OrganizationCredentialRow>(&key)?.map(|row| row.credential.clone());
            match make(before.as_ref()) {
                Some(credential) => draft.put(OrganizationCredentialRow { organization_id, environment, credential }),
                None => Ok(()),
            }
        }
    }
}
