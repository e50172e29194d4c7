//! `revoke_registration_token` (AC-4).

use super::lifecycle::{TOKEN_LIFECYCLE, TokenTrigger};
use crate::authority::Right;
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::Code;
use crate::event::EventBody;
use crate::id::RegistrationTokenId;
use crate::lifecycle::Next;
use crate::prefetch::Prefetch;
use crate::state::RegistrationTokenRow;

request! {
    /// Revokes a registration token: it admits nobody any more. Revoking twice is a success without event.
    ///
    /// Refused with `registration_token_not_found`; revoking twice is a success.
    command RevokeRegistrationToken "revoke_registration_token" {
        /// The token.
        token_id: RegistrationTokenId,
    }
}

view! {
    /// What revoking a registration token answers.
    RegistrationTokenRevocation {
        /// The token.
        token_id: RegistrationTokenId,
    }
}

impl Request for RevokeRegistrationToken {
    type Response = RegistrationTokenRevocation;
    const NEEDS: Needs = Needs::NOTHING;
    const RIGHT: Right = Right::Accounts;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.row::<RegistrationTokenRow>(&self.token_id);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<RegistrationTokenRevocation, Refusal> {
        let token_id = self.token_id;
        let token = tx
            .row::<RegistrationTokenRow>(&token_id)?
            .filter(|token| tx.reaches(Some(&token.organization_id)))
            .ok_or(Code::RegistrationTokenNotFound)?;
        match TOKEN_LIFECYCLE.next(token.status_at(tx.now()), TokenTrigger::Revoke) {
            Next::Refuse(code) => return Err(code.into()),
            Next::Stay => {}
            Next::To(_) => {
                let organization_id = token.organization_id.clone();
                tx.emit_token(token_id, &organization_id, EventBody::RegistrationTokenRevoked {})?;
            }
        }
        Ok(RegistrationTokenRevocation { token_id })
    }
}
