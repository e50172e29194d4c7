//! `delete_user`: an account is gone at once, and what was personal in its events (AC-11).

use super::guard::{check_not_above, check_not_last_admin, check_not_own};
use super::{AccountRow, visible_account};
use crate::authority::Right;
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction, expect_version};
use crate::declare::Integer;
use crate::declare::object::request;
use crate::declare::view::view;
use crate::event::{EffectBody, EventBody};
use crate::id::AccountId;
use crate::prefetch::Prefetch;
use crate::state::ActiveAdmins;

request! {
    /// Deletes an account. Its id is unknown from then on; its address and its `external_id` are free at once.
    ///
    /// Refused with `user_not_found`, `version_conflict`, `forbidden` (an `organization_admin` on an `admin`),
    /// `self_action`, `last_admin` (AC-11).
    command DeleteUser "delete_user" {
        /// The account.
        user_id: AccountId,
        /// The version that the caller has seen, where it must still be the present one (M-3).
        expected_version: Option<u64> as Integer<1>,
    }
}

view! {
    /// What deleting an account answers.
    AccountDeletion {
        /// The account that was.
        user_id: AccountId,
    }
}

impl Request for DeleteUser {
    type Response = AccountDeletion;
    const NEEDS: Needs = Needs::NOTHING;
    const RIGHT: Right = Right::Accounts;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        if prefetch.row::<AccountRow>(&self.user_id).is_none_or(AccountRow::is_active_admin) {
            prefetch.row::<ActiveAdmins>(&());
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<AccountDeletion, Refusal> {
        let user_id = self.user_id;
        let account = visible_account(tx, user_id)?;
        expect_version(self.expected_version, account.version)?;
        check_not_above(tx, account, "delete")?;
        check_not_own(tx, account)?;
        check_not_last_admin(tx, account)?;
        let organization_id = account.organization_id.clone();
        tx.emit_account(user_id, organization_id, EventBody::AccountDeleted {})?;
        tx.effect(EffectBody::RedactAccount { user_id });
        Ok(AccountDeletion { user_id })
    }
}
