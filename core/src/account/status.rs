//! `set_user_status` (AC-9).

use super::guard::{check_not_above, check_not_last_admin, check_not_own};
use super::lifecycle::{ACCOUNT_LIFECYCLE, AccountTrigger};
use super::{AccountStatus, AccountView, Role, visible_account};
use crate::access::authority::Right;
use crate::ahead::Ahead;
use crate::context::Needs;
use crate::decide::{Case, Refusal, Request};
use crate::error::Code;
use crate::event::EventBody;
use crate::id::AccountId;
use crate::lifecycle::Next;
use crate::state::{Account, ActiveAdmins, next};
use crate::wire::declare::request;
use crate::wire::view::view;

request! {
    /// Makes an account active, inactive or suspended. What is not active may not act, at once.
    ///
    /// Refused with `user_not_found`, `forbidden` (an `organization_admin` on an `admin`), `self_action`,
    /// `last_admin` (AC-9).
    command SetUserStatus "set_user_status" {
        /// The account.
        user_id: AccountId,
        /// Where it shall stand.
        status: AccountStatus,
    }
}

view! {
    /// What a change of an account answers.
    AccountAnswer {
        /// The account as it stands.
        user: AccountView,
    }
}

impl Request for SetUserStatus {
    type Response = AccountAnswer;
    const NEEDS: Needs = Needs::NOTHING;
    const RIGHT: Right = Right::Accounts;

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        if ahead.row::<Account>(&self.user_id).is_none_or(|account| account.role == Role::Admin) {
            ahead.row::<ActiveAdmins>(&());
        }
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<AccountAnswer, Refusal> {
        let account = visible_account(case, self.user_id)?;
        check_not_above(case, account, "change the status of")?;
        match ACCOUNT_LIFECYCLE.next(account.status.into(), AccountTrigger::towards(self.status)) {
            Next::Refuse(code) => return Err(code.into()),
            Next::Stay => {}
            Next::To(_) => {
                let status = self.status;
                check_not_own(case, account)?;
                check_not_last_admin(case, account)?;
                let (organization_id, version) = (account.organization_id.clone(), next(account.version));
                case.emit_account(self.user_id, organization_id, EventBody::AccountStatusChanged { status, version })?;
            }
        }
        Ok(AccountAnswer { user: case.row::<Account>(&self.user_id)?.ok_or(Code::UserNotFound)?.view() })
    }
}
