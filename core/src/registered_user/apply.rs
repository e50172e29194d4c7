//! What events do to registered users.

use super::lifecycle::{UserTrigger, after};
use super::{LiveUser, RegisteredUserRow, Tombstone, UserData, UserStatus};
use crate::credential;
use crate::event::{Event, EventBody, ProfileChanges, Stream};
use crate::state::{Draft, NotLoaded};
use alloc::collections::VecDeque;
use alloc::vec::Vec;

pub(crate) fn apply(draft: &mut Draft<'_>, event: &Event) -> Result<(), NotLoaded> {
    let Stream::RegisteredUser(id) = &event.stream else { return Ok(()) };
    match &event.body {
        EventBody::RegisteredUserCreated { .. } => created(draft, event),
        EventBody::RegisteredUserUpdated { changes, version, .. } => edit_present(draft, event, |live| {
            change(live, changes);
            live.version = *version;
            live.updated_at = event.at;
        }),
        EventBody::RegisteredUserDeactivated { version } => move_to(draft, event, UserTrigger::Deactivate, *version),
        EventBody::RegisteredUserReactivated { version } => move_to(draft, event, UserTrigger::Reactivate, *version),
        EventBody::RegisteredUserDeleted { purge_at } => draft.edit::<RegisteredUserRow>(id, |user| {
            user.life = UserData::Deleted(Tombstone { deleted_at: event.at, purge_at: *purge_at });
        }),
        EventBody::RegisteredUserPurged { .. } => {
            credential::forget(draft, *id)?;
            draft.remove::<RegisteredUserRow>(id)
        }
        EventBody::RetentionHoldPlaced { .. } => draft.edit::<RegisteredUserRow>(id, |user| user.held = true),
        EventBody::RetentionHoldReleased { .. } => draft.edit::<RegisteredUserRow>(id, |user| user.held = false),
        _ => Ok(()),
    }
}

/// Moves a user by its table.
fn move_to(draft: &mut Draft<'_>, event: &Event, trigger: UserTrigger, version: u64) -> Result<(), NotLoaded> {
    edit_present(draft, event, |live| {
        live.status = after(live.status, trigger);
        live.version = version;
        live.updated_at = event.at;
    })
}

fn edit_present(draft: &mut Draft<'_>, event: &Event, change: impl FnOnce(&mut LiveUser)) -> Result<(), NotLoaded> {
    let Stream::RegisteredUser(id) = &event.stream else { return Ok(()) };
    draft.edit::<RegisteredUserRow>(id, |user| {
        if let Some(live) = user.live_mut() {
            change(live);
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
    draft.put(RegisteredUserRow {
        registered_user_id: *id,
        organization_id: organization_id.clone(),
        environment,
        held: false,
        tool_calls: VecDeque::new(),
        linked: Vec::new(),
        life: UserData::Live(LiveUser {
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

fn change(live: &mut LiveUser, changes: &ProfileChanges) {
    let ProfileChanges {
        origin_user_id,
        origin_user_name,
        origin_user_email,
        origin_company_id,
        custom_groupings,
        user_type,
    } = changes;
    if origin_user_id.is_some() {
        live.origin_user_id.clone_from(origin_user_id);
    }
    if let Some(name) = origin_user_name {
        live.origin_user_name.clone_from(name);
    }
    if let Some(email) = origin_user_email {
        live.origin_user_email.clone_from(email);
    }
    if let Some(company) = origin_company_id {
        live.origin_company_id.clone_from(company);
    }
    if let Some(groupings) = custom_groupings {
        live.custom_groupings.clone_from(groupings);
    }
    if let Some(user_type) = user_type {
        live.user_type = *user_type;
    }
}
