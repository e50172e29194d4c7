//! What events do to registered users.

use super::{Life, Present, RegisteredUser, Tombstone, UserStatus};
use crate::credential;
use crate::event::{Event, EventBody, ProfileChanges, Stream};
use crate::state::{Draft, NotLoaded};
use alloc::vec::Vec;

pub(crate) fn apply(draft: &mut Draft<'_>, event: &Event) -> Result<(), NotLoaded> {
    let Stream::RegisteredUser(id) = &event.stream else { return Ok(()) };
    match &event.body {
        EventBody::RegisteredUserCreated { .. } => created(draft, event),
        EventBody::RegisteredUserUpdated { changes, version, .. } => edit_present(draft, event, |present| {
            change(present, changes);
            present.version = *version;
            present.updated_at = event.at;
        }),
        EventBody::RegisteredUserDeactivated { version } => edit_present(draft, event, |present| {
            present.status = UserStatus::Deactivated;
            present.version = *version;
            present.updated_at = event.at;
        }),
        EventBody::RegisteredUserReactivated { version } => edit_present(draft, event, |present| {
            present.status = UserStatus::Active;
            present.version = *version;
            present.updated_at = event.at;
        }),
        EventBody::RegisteredUserDeleted { purge_at } => draft.edit::<RegisteredUser>(id, |user| {
            user.life = Life::Deleted(Tombstone { deleted_at: event.at, purge_at: *purge_at });
        }),
        EventBody::RegisteredUserPurged { .. } => {
            credential::forget(draft, *id)?;
            draft.remove::<RegisteredUser>(id)
        }
        EventBody::RetentionHoldPlaced { .. } => draft.edit::<RegisteredUser>(id, |user| user.held = true),
        EventBody::RetentionHoldReleased { .. } => draft.edit::<RegisteredUser>(id, |user| user.held = false),
        _ => Ok(()),
    }
}

fn edit_present(draft: &mut Draft<'_>, event: &Event, change: impl FnOnce(&mut Present)) -> Result<(), NotLoaded> {
    let Stream::RegisteredUser(id) = &event.stream else { return Ok(()) };
    draft.edit::<RegisteredUser>(id, |user| {
        if let Some(present) = user.present_mut() {
            change(present);
        }
    })
}

fn created(draft: &mut Draft<'_>, event: &Event) -> Result<(), NotLoaded> {
    let (Stream::RegisteredUser(id), Some(organization_id), Some(environment)) =
        (&event.stream, &event.organization_id, event.environment)
    else {
        return Ok(());
    };
    let EventBody::RegisteredUserCreated {
        origin_user_id,
        origin_user_name,
        origin_user_email,
        origin_company_id,
        custom_groupings,
        user_type,
        ..
    } = &event.body
    else {
        return Ok(());
    };
    draft.put(RegisteredUser {
        registered_user_id: *id,
        organization_id: organization_id.clone(),
        environment,
        held: false,
        tool_calls: Vec::new(),
        linked: Vec::new(),
        life: Life::Present(Present {
            origin_user_id: origin_user_id.clone(),
            origin_user_name: origin_user_name.clone(),
            origin_user_email: origin_user_email.clone(),
            origin_company_id: origin_company_id.clone(),
            custom_groupings: custom_groupings.clone(),
            user_type: *user_type,
            status: UserStatus::Active,
            version: 1,
            created_at: event.at,
            updated_at: event.at,
            credentials: Vec::new(),
            link_sessions: Vec::new(),
        }),
        sequence: event.sequence,
    })
}

fn change(present: &mut Present, changes: &ProfileChanges) {
    let ProfileChanges {
        origin_user_id,
        origin_user_name,
        origin_user_email,
        origin_company_id,
        custom_groupings,
        user_type,
    } = changes;
    if origin_user_id.is_some() {
        present.origin_user_id.clone_from(origin_user_id);
    }
    if let Some(name) = origin_user_name {
        present.origin_user_name.clone_from(name);
    }
    if let Some(email) = origin_user_email {
        present.origin_user_email.clone_from(email);
    }
    if let Some(company) = origin_company_id {
        present.origin_company_id.clone_from(company);
    }
    if let Some(groupings) = custom_groupings {
        present.custom_groupings.clone_from(groupings);
    }
    if let Some(user_type) = user_type {
        present.user_type = *user_type;
    }
}
