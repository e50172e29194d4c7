//! What events do to accounts and registration tokens.

use super::registration_token::RegistrationToken;
use super::{Account, AccountStatus};
use crate::event::{Event, EventBody, Stream};
use crate::state::{ActiveAdmins, Draft, NotLoaded, Rows, next};

pub(crate) fn apply(draft: &mut Draft<'_>, event: &Event) -> Result<(), NotLoaded> {
    match &event.stream {
        Stream::Account(_) => apply_account(draft, event),
        Stream::RegistrationToken(_) => apply_token(draft, event),
        _ => Ok(()),
    }
}

fn apply_account(draft: &mut Draft<'_>, event: &Event) -> Result<(), NotLoaded> {
    let Stream::Account(user_id) = &event.stream else { return Ok(()) };
    let before = draft.row::<Account>(user_id)?.is_some_and(Account::is_active_admin);
    match &event.body {
        EventBody::AccountCreated { name, email, role, resource_id, external_id, metadata } => draft.put(Account {
            user_id: *user_id,
            organization_id: event.organization_id.clone(),
            name: name.clone(),
            email: email.clone(),
            status: AccountStatus::Active,
            role: *role,
            resource_id: resource_id.clone(),
            external_id: external_id.clone(),
            metadata: metadata.clone(),
            version: 1,
            created_at: event.at,
            sequence: event.sequence,
        })?,
        EventBody::AccountStatusChanged { status, version } => draft.edit::<Account>(user_id, |account| {
            account.status = *status;
            account.version = *version;
        })?,
        _ => {}
    }
    let after = draft.row::<Account>(user_id)?.is_some_and(Account::is_active_admin);
    if before == after {
        return Ok(());
    }
    let count = draft.row::<ActiveAdmins>(&())?.map_or(0, |row| row.count);
    draft.put(ActiveAdmins { count: if after { next(count) } else { count.saturating_sub(1) } })
}

fn apply_token(draft: &mut Draft<'_>, event: &Event) -> Result<(), NotLoaded> {
    let Stream::RegistrationToken(token_id) = &event.stream else { return Ok(()) };
    match &event.body {
        EventBody::RegistrationTokenIssued { role, max_uses, expires_at, secret_digest } => {
            let Some(organization_id) = event.organization_id.clone() else { return Ok(()) };
            draft.put(RegistrationToken {
                token_id: *token_id,
                organization_id,
                secret_digest: *secret_digest,
                role: *role,
                uses: 0,
                max_uses: *max_uses,
                expires_at: *expires_at,
                revoked: false,
                sequence: event.sequence,
            })
        }
        EventBody::RegistrationTokenRevoked {} => {
            draft.edit::<RegistrationToken>(token_id, |token| token.revoked = true)
        }
        EventBody::RegistrationTokenUsed { .. } => {
            draft.edit::<RegistrationToken>(token_id, |token| token.uses = next(token.uses))
        }
        _ => Ok(()),
    }
}
