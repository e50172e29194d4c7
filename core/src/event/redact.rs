//! Redaction: what an event of a deleted user (RU-12) or account (AC-11) must not keep, and a purged user in other
//! streams (RU-13).

use super::{AccountChanges, Event, EventBody, ProfileChanges, Stream};
use crate::id::RegisteredUserId;

impl Event {
    /// Removes what must not be kept after a deletion. Of the events of a registered user's own stream, as the effect
    /// `redact_user` asks for: the profile, the account at the third party (`external_account_id`), and every `reason`.
    /// Of those of an account's own, as `redact_account` asks for: name, address, `external_id`, `resource_id` and
    /// metadata. The rest stays, and so do events of other streams: what a company's or an organization's credential
    /// holds is theirs (RU-13). A journal so redacted still folds to the same state (E-1).
    pub fn redact(&mut self) {
        let (Stream::RegisteredUser(_) | Stream::Account(_)) = self.stream else { return };
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
            EventBody::AccountCreated { name, email, role: _, resource_id, external_id, metadata, redacted } => {
                (*name, *email, *resource_id, *external_id, *metadata) = (None, None, None, None, None);
                *redacted = true;
            }
            EventBody::AccountUpdated { changes, version: _, redacted } => {
                let AccountChanges { role, .. } = core::mem::take(changes);
                changes.role = role;
                *redacted = true;
            }
            EventBody::CredentialGranted { external_account_id, .. } => *external_account_id = None,
            EventBody::CredentialReplaced { external_account_id, replaced_external_account_id, .. } => {
                *external_account_id = None;
                *replaced_external_account_id = None;
            }
            EventBody::RetentionHoldPlaced { reason }
            | EventBody::RetentionHoldReleased { reason }
            | EventBody::LinkSessionFailed { link_session_id: _, reason } => *reason = None,
            // Named one by one, so that a new event, or a new field, is looked at here.
            EventBody::RegisteredUserDeactivated { version: _ }
            | EventBody::RegisteredUserReactivated { version: _ }
            | EventBody::RegisteredUserDeleted { purge_at: _ }
            | EventBody::RegisteredUserPurged { due_at: _ }
            | EventBody::CredentialRevoked { owner: _, connector: _, cause: _ }
            | EventBody::CredentialNeedsReauth { owner: _, connector: _, cause: _ }
            | EventBody::CredentialRefreshed { owner: _, connector: _, expires_at: _ }
            | EventBody::CredentialExpired { owner: _, connector: _, due_at: _ }
            | EventBody::LinkSessionStarted { link_session_id: _, owner: _, connector: _, method: _, expires_at: _ }
            | EventBody::LinkSessionCompleted { link_session_id: _ }
            | EventBody::LinkSessionCancelled { link_session_id: _ }
            | EventBody::LinkSessionExpired { link_session_id: _, due_at: _ }
            | EventBody::LinkSessionRemoved { link_session_id: _, due_at: _ }
            | EventBody::ToolCallStarted {
                tool_call_id: _,
                tool_pack_id: _,
                connector: _,
                tool: _,
                owner: _,
                expires_at: _,
            }
            | EventBody::ToolCallDenied { tool_pack_id: _, tool: _, code: _ }
            | EventBody::ToolCallFinished { tool_call_id: _, result: _ }
            | EventBody::ToolCallExpired { tool_call_id: _, due_at: _ } => {}
            EventBody::AccountStatusChanged { status: _, version: _ } | EventBody::AccountDeleted {} => {}
            // Never in the stream of a registered user or an account.
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
            | EventBody::RegistrationTokenIssued { .. }
            | EventBody::RegistrationTokenRevoked {}
            | EventBody::RegistrationTokenUsed { .. } => {}
        }
    }

    /// Removes a purged registered user from an event of another stream, as the effect `purge_user` asks for
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
