//! What events do to accounts and registration tokens.

use super::lifecycle::after;
use super::registration_token::RegistrationTokenRow;
use super::{AccountRow, AccountStatus};
use crate::event::{AccountChanges, Event, EventBody, Stream};
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
    let before = draft.row::<AccountRow>(user_id)?.is_some_and(AccountRow::is_active_admin);
    match &event.body {
        // A redacted one is of an account that is deleted later in its stream: until then, too, there is none (AC-11).
        EventBody::AccountCreated {
            name: Some(name),
            email: Some(email),
            role,
            resource_id,
            external_id,
            metadata,
            redacted: _,
        } => draft.put(AccountRow {
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
        EventBody::AccountStatusChanged { status, version } => draft.edit::<AccountRow>(user_id, |account| {
            account.status = after(account.status, *status);
            account.version = *version;
        })?,
        EventBody::AccountUpdated { changes, version, redacted: _ } => {
            draft.edit::<AccountRow>(user_id, |account| {
                change(account, changes);
                account.version = *version;
            })?
        }
        EventBody::AccountDeleted {} => draft.remove::<AccountRow>(user_id)?,
        _ => {}
    }
    let after = draft.row::<AccountRow>(user_id)?.is_some_and(AccountRow::is_active_admin);
    if before == after {
        return Ok(());
    }
    let count = draft.row::<ActiveAdmins>(&())?.map_or(0, |row| row.count);
    draft.put(ActiveAdmins { count: if after { next(count) } else { count.saturating_sub(1) } })
}

fn change(account: &mut AccountRow, changes: &AccountChanges) {
    let AccountChanges { name, email, external_id, resource_id, metadata, role } = changes.clone();
    account.name = name.unwrap_or_else(|| account.name.clone());
    account.email = email.unwrap_or_else(|| account.email.clone());
    if let Some(external_id) = external_id {
        account.external_id = external_id;
    }
    if let Some(resource_id) = resource_id {
        account.resource_id = resource_id;
    }
    if let Some(metadata) = metadata {
        account.metadata = metadata;
    }
    account.role = role.unwrap_or(account.role);
}

fn apply_token(draft: &mut Draft<'_>, event: &Event) -> Result<(), NotLoaded> {
    let Stream::RegistrationToken(token_id) = &event.stream else { return Ok(()) };
    match &event.body {
        EventBody::RegistrationTokenIssued { role, max_uses, expires_at, secret_digest } => {
            let Some(organization_id) = event.organization_id.clone() else { return Ok(()) };
            draft.put(RegistrationTokenRow {
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
            draft.edit::<RegistrationTokenRow>(token_id, |token| token.revoked = true)
        }
        EventBody::RegistrationTokenUsed { .. } => {
            draft.edit::<RegistrationTokenRow>(token_id, |token| token.uses = next(token.uses))
        }
        _ => Ok(()),
    }
}
