//! `delete_user`: an account is gone at once, and what was personal in its events (AC-11).

use super::guard::{check_not_above, check_not_last_admin, check_not_own};
use super::{Account, visible_account};
use crate::access::authority::Right;
use crate::ahead::Ahead;
use crate::context::Needs;
use crate::decide::{Case, Refusal, Request, expect_version};
use crate::event::{Effect, EventBody};
use crate::id::AccountId;
use crate::state::ActiveAdmins;
use crate::wire::Integer;
use crate::wire::declare::request;
use crate::wire::view::view;

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

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        if ahead.row::<Account>(&self.user_id).is_none_or(Account::is_active_admin) {
            ahead.row::<ActiveAdmins>(&());
        }
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<AccountDeletion, Refusal> {
        let user_id = self.user_id;
        let account = visible_account(case, user_id)?;
        expect_version(self.expected_version, account.version)?;
        check_not_above(case, account, "delete")?;
        check_not_own(case, account)?;
        check_not_last_admin(case, account)?;
        let organization_id = account.organization_id.clone();
        case.emit_account(user_id, organization_id, EventBody::AccountDeleted {})?;
        case.effect(Effect::RedactAccount { user_id });
        Ok(AccountDeletion { user_id })
    }
}
