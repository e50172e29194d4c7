//! `set_retention_hold`: keeps a user from deletion, and a tombstone from its purge (RU-16).

use crate::authority::Right;
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::Code;
use crate::event::EventBody;
use crate::id::{Reason, RegisteredUserId};
use crate::prefetch::Prefetch;

request! {
    /// Places or releases a retention hold.
    ///
    /// Refused with `registered_user_not_found`: also for a tombstone without a hold from its `purge_at`
    /// on.
    command SetRetentionHold "set_retention_hold" {
        /// The user, or its tombstone.
        registered_user_id: RegisteredUserId,
        /// Whether the user is on hold.
        held: bool,
        /// Why, for the record.
        reason: Option<Reason>,
    }
}

view! {
    /// The response to placing or releasing a hold.
    RetentionHold {
        /// The user.
        registered_user_id: RegisteredUserId,
        /// Whether the user is on hold now.
        held: bool,
    }
}

impl Request for SetRetentionHold {
    type Response = RetentionHold;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::TestUsersAndHolds;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.user(self.registered_user_id);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<RetentionHold, Refusal> {
        let id = self.registered_user_id;
        let user = tx.known_user(id)?.ok_or(Code::RegisteredUserNotFound)?;
        if user.live().is_none() && user.tombstone(tx.now()).is_none() {
            return Err(Code::RegisteredUserNotFound.into());
        }
        if user.held != self.held {
            let (place, reason) = (user.place(), self.reason.clone());
            let body = if self.held {
                EventBody::RetentionHoldPlaced { reason }
            } else {
                EventBody::RetentionHoldReleased { reason }
            };
            tx.emit_user(id, place, body)?;
        }
        Ok(RetentionHold { registered_user_id: id, held: self.held })
    }
}
