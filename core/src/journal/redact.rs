//! Redaction: the profile of a deleted user leaves its created and updated events (RU-12).

use crate::event::{EventBody, ProfileChanges};

/// Takes the profile out of an event; all else of it stays. Events of other kinds hold none.
pub(super) fn redact(body: &mut EventBody) {
    match body {
        EventBody::RegisteredUserCreated {
            origin_user_id,
            origin_user_name,
            origin_user_email,
            origin_company_id,
            custom_groupings,
            user_type: _,
            redacted,
        } => {
            *origin_user_id = None;
            *origin_user_name = None;
            *origin_user_email = None;
            *origin_company_id = None;
            custom_groupings.clear();
            *redacted = true;
        }
        EventBody::RegisteredUserUpdated { changes, version: _, redacted } => {
            let ProfileChanges { user_type, .. } = core::mem::take(changes);
            changes.user_type = user_type;
            *redacted = true;
        }
        _ => {}
    }
}
