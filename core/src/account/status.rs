//! `set_user_status` (AC-9).

use super::lifecycle::{ACCOUNT_LIFECYCLE, AccountTrigger};
use super::{AccountStatus, AccountView, Role, visible_account};
use crate::access::authority::Right;
use crate::ahead::Ahead;
use crate::context::{Actor, Needs};
use crate::decide::{Case, Refusal, Request};
use crate::error::{Code, Rejection};
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
    /// What setting an account's status answers.
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
        if account.role == Role::Admin && case.authority.role == Some(Role::OrganizationAdmin) {
            let message = "an `organization_admin` may not change the status of an `admin`";
            return Err(Rejection::because(Code::Forbidden, message).into());
        }
        match ACCOUNT_LIFECYCLE.next(account.status, AccountTrigger::towards(self.status)) {
            Next::Refuse(code) => return Err(code.into()),
            Next::Stay => {}
            Next::To(status) => {
                if matches!(case.actor(), Actor::Account { user_id, .. } if *user_id == self.user_id) {
                    return Err(Code::SelfAction.into());
                }
                if account.is_active_admin() && case.row::<ActiveAdmins>(&())?.is_none_or(|admins| admins.count <= 1) {
                    return Err(Code::LastAdmin.into());
                }
                let (organization_id, version) = (account.organization_id.clone(), next(account.version));
                case.emit_account(self.user_id, organization_id, EventBody::AccountStatusChanged { status, version })?;
            }
        }
        Ok(AccountAnswer { user: case.row::<Account>(&self.user_id)?.ok_or(Code::UserNotFound)?.view() })
    }
}
