//! `set_user_status` (AC-9).

use super::guard::{check_not_above, check_not_last_admin, check_not_own};
use super::lifecycle::{ACCOUNT_LIFECYCLE, AccountTrigger};
use super::{Account, AccountStatus, Role, visible_account};
use crate::authority::Right;
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::declare::view::view;
use crate::error::Code;
use crate::event::EventBody;
use crate::id::AccountId;
use crate::lifecycle::Next;
use crate::prefetch::Prefetch;
use crate::state::{AccountRow, ActiveAdmins, next};

request! {
    /// Makes an account active, inactive or suspended. What is not active may not act, at once.
    ///
    /// Refused with `user_not_found`, `forbidden` (an `organization_admin` on an `admin`), `self_action`,
    /// `last_admin` (AC-9).
    command SetUserStatus "set_user_status" {
        /// The account.
        user_id: AccountId,
        /// The new status.
        status: AccountStatus,
    }
}

view! {
    /// What a change of an account answers.
    AccountAnswer {
        /// The account, after the change.
        user: Account,
    }
}

impl Request for SetUserStatus {
    type Response = AccountAnswer;
    const NEEDS: Needs = Needs::NOTHING;
    const RIGHT: Right = Right::Accounts;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        if prefetch.row::<AccountRow>(&self.user_id).is_none_or(|account| account.role == Role::Admin) {
            prefetch.row::<ActiveAdmins>(&());
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<AccountAnswer, Refusal> {
        let account = visible_account(tx, self.user_id)?;
        check_not_above(tx, account, "change the status of")?;
        match ACCOUNT_LIFECYCLE.next(account.status.into(), AccountTrigger::towards(self.status)) {
            Next::Refuse(code) => return Err(code.into()),
            Next::Stay => {}
            Next::To(_) => {
                let status = self.status;
                check_not_own(tx, account)?;
                check_not_last_admin(tx, account)?;
                let (organization_id, version) = (account.organization_id.clone(), next(account.version));
                tx.emit_account(self.user_id, organization_id, EventBody::AccountStatusChanged { status, version })?;
            }
        }
        Ok(AccountAnswer { user: tx.row::<AccountRow>(&self.user_id)?.ok_or(Code::UserNotFound)?.view() })
    }
}
