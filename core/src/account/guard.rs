//! Which accounts an account may not change (AC-9, AC-10, AC-11).

use super::{AccountRow, Role};
use crate::context::Actor;
use crate::decide::{Refusal, Transaction};
use crate::error::{Code, Rejection};
use crate::state::ActiveAdmins;
use alloc::format;

/// `forbidden`, where an `organization_admin` would `act` on an `admin`.
pub(super) fn check_not_above(tx: &Transaction<'_>, account: &AccountRow, act: &str) -> Result<(), Refusal> {
    if account.role == Role::Admin && tx.authority.role == Some(Role::OrganizationAdmin) {
        let message = format!("an `organization_admin` may not {act} an `admin`");
        return Err(Rejection::because(Code::Forbidden, message).into());
    }
    Ok(())
}

/// Whether the account itself acts.
pub(super) fn is_own(tx: &Transaction<'_>, account: &AccountRow) -> bool {
    matches!(tx.actor(), Actor::Account { user_id, .. } if *user_id == account.user_id)
}

/// `self_action`, where the account itself acts.
pub(super) fn check_not_own(tx: &Transaction<'_>, account: &AccountRow) -> Result<(), Refusal> {
    if is_own(tx, account) { Err(Code::SelfAction.into()) } else { Ok(()) }
}

/// `last_admin`, where no active admin would be left without this one, whoever asks.
pub(super) fn check_not_last_admin(tx: &Transaction<'_>, account: &AccountRow) -> Result<(), Refusal> {
    if account.is_active_admin() && tx.row::<ActiveAdmins>(&())?.is_none_or(|admins| admins.count <= 1) {
        return Err(Code::LastAdmin.into());
    }
    Ok(())
}
