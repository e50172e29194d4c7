//! `delete_registered_user`: irreversible, and at once for all but the record (RU-12, RU-16).

use crate::authority::Right;
use crate::context::Needs;
use crate::credential::{CredentialCause, LinkedForOthers, link_session, linked_for_others, revoke_own};
use crate::decide::{Refusal, Request, Transaction, expect_version};
use crate::declare::Integer;
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::Code;
use crate::event::{EffectBody, EventBody};
use crate::id::RegisteredUserId;
use crate::prefetch::Prefetch;
use crate::time::Timestamp;
use alloc::vec::Vec;

request! {
    /// Deletes a registered user; its history stays until the retention is over.
    ///
    /// Refused with `registered_user_not_found`, `version_conflict`, `retention_hold` (RU-16).
    command DeleteRegisteredUser "delete_registered_user" {
        /// The user.
        registered_user_id: RegisteredUserId,
        /// The version that the caller has seen, where it must still be the present one.
        expected_version: Option<u64> as Integer<1>,
    }
}

view! {
    /// What a deletion answers.
    RegisteredUserDeletion {
        /// The user that was.
        registered_user_id: RegisteredUserId,
        /// The first instant at which nothing of it is left (RU-13).
        purge_at: Timestamp,
        /// The live credentials of its company and its organization that it has linked: they stay (RU-13).
        linked_for_others: Vec<LinkedForOthers>,
    }
}

impl Request for DeleteRegisteredUser {
    type Response = RegisteredUserDeletion;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::RegisteredUsers;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.profile(self.registered_user_id);
        prefetch.linked(self.registered_user_id);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<RegisteredUserDeletion, Refusal> {
        let id = self.registered_user_id;
        let user = tx.visible_user(id)?;
        let (held, place) = (user.held, user.place());
        let version = user.live().map_or(0, |live| live.version);
        expect_version(self.expected_version, version)?;
        if held {
            return Err(Code::RetentionHold.into());
        }
        let linked_for_others = linked_for_others(tx, id)?;
        revoke_own(tx, id, CredentialCause::Deletion)?;
        link_session::end_pending(tx, id, None)?;
        let purge_at = tx.now().saturating_add(tx.policy.retention());
        tx.emit_user(id, place, EventBody::RegisteredUserDeleted { purge_at })?;
        tx.effect(EffectBody::RedactUser { registered_user_id: id });
        Ok(RegisteredUserDeletion { registered_user_id: id, purge_at, linked_for_others })
    }
}
