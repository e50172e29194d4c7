//! Redaction: the profile of a deleted user leaves its created and updated events (RU-12), a purged one those
//! of other streams (RU-13).

use super::{Event, EventBody};
use crate::event::ProfileChanges;
use crate::id::RegisteredUserId;

impl Event {
    /// Takes the profile out of an event of a registered user, as the effect `redact_user` asks of every
    /// event of that user's stream; all else of it stays, and events of other kinds hold none (RU-12). A
    /// journal so redacted still folds to the same state (E-1).
    pub fn redact(&mut self) {
        match &mut self.body {
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

    /// Takes a purged registered user out of an event of another stream, as the effect `purge_user` asks of
    /// every event that names it as its actor or in `linked_by` (RU-13). A journal so changed still folds to the
    /// same state (E-1).
    pub fn forget(&mut self, registered_user_id: RegisteredUserId) {
        if self.actor.registered_user_id == Some(Some(registered_user_id)) {
            self.actor.registered_user_id = Some(None);
        }
        if let EventBody::CredentialGranted { linked_by, .. } | EventBody::CredentialReplaced { linked_by, .. } =
            &mut self.body
        {
            linked_by.take_if(|id| *id == registered_user_id);
        }
    }
}
