//! The lives of an account (AC-9, AC-11) and of a registration token (AC-3, AC-4), as tables.

use super::AccountStatus;
use super::registration_token::TokenStatus;
use crate::declare::string_enum::string_enum;
use crate::error::Code;
use crate::lifecycle::{Lifecycle, Next};
use Next::{Refuse, Stay, To};

string_enum! {
    /// A state in the life of an account.
    AccountState {
        /// There, and it may act.
        Active "active",
        /// There, and it may not act.
        Inactive "inactive",
        /// There, and it may not act, for a reason of the platform's.
        Suspended "suspended",
        /// Gone.
        Deleted "deleted",
    }

    /// What moves an account from state to state.
    AccountTrigger {
        /// `set_user_status` with `active`.
        Activate "activate",
        /// `set_user_status` with `inactive`.
        Deactivate "deactivate",
        /// `set_user_status` with `suspended`.
        Suspend "suspend",
        /// `delete_user`.
        Delete "delete",
        /// Any call that names the account as its actor, which moves nothing.
        Act "act",
    }

    /// What moves a registration token from state to state.
    TokenTrigger {
        /// A self-registration that leaves a use over.
        Use "use",
        /// A self-registration that takes the last use.
        LastUse "last_use",
        /// The token's `expires_at`.
        Expire "expire",
        /// `revoke_registration_token`.
        Revoke "revoke",
    }
}

impl AccountTrigger {
    /// The trigger that asks for a status.
    pub(crate) const fn towards(status: AccountStatus) -> Self {
        match status {
            AccountStatus::Active => AccountTrigger::Activate,
            AccountStatus::Inactive => AccountTrigger::Deactivate,
            AccountStatus::Suspended => AccountTrigger::Suspend,
        }
    }
}

impl From<AccountStatus> for AccountState {
    fn from(status: AccountStatus) -> Self {
        match status {
            AccountStatus::Active => AccountState::Active,
            AccountStatus::Inactive => AccountState::Inactive,
            AccountStatus::Suspended => AccountState::Suspended,
        }
    }
}

/// The status of an account after one was set.
pub(super) fn after(status: AccountStatus, set: AccountStatus) -> AccountStatus {
    match ACCOUNT_LIFECYCLE.after(status.into(), AccountTrigger::towards(set)) {
        AccountState::Active => AccountStatus::Active,
        AccountState::Inactive => AccountStatus::Inactive,
        AccountState::Suspended => AccountStatus::Suspended,
        AccountState::Deleted => status,
    }
}

const ABSENT: Next<AccountState> = Refuse(Code::NotAuthenticated);
const UNKNOWN: Next<AccountState> = Refuse(Code::UserNotFound);

/// The table of accounts.
pub(crate) const ACCOUNT_LIFECYCLE: Lifecycle<AccountState, AccountTrigger> = {
    use AccountState::{Active, Deleted, Inactive, Suspended};
    use AccountTrigger::{Act, Activate, Deactivate, Delete, Suspend};
    Lifecycle {
        name: "account",
        start: Active,
        state_name: AccountState::as_str,
        trigger_name: AccountTrigger::as_str,
        rows: &[
            (Active, Act, Stay),
            (Active, Activate, Stay),
            (Active, Deactivate, To(Inactive)),
            (Active, Suspend, To(Suspended)),
            (Active, Delete, To(Deleted)),
            (Inactive, Act, ABSENT),
            (Inactive, Activate, To(Active)),
            (Inactive, Deactivate, Stay),
            (Inactive, Suspend, To(Suspended)),
            (Inactive, Delete, To(Deleted)),
            (Suspended, Act, ABSENT),
            (Suspended, Activate, To(Active)),
            (Suspended, Deactivate, To(Inactive)),
            (Suspended, Suspend, Stay),
            (Suspended, Delete, To(Deleted)),
            (Deleted, Act, ABSENT),
            (Deleted, Activate, UNKNOWN),
            (Deleted, Deactivate, UNKNOWN),
            (Deleted, Suspend, UNKNOWN),
            (Deleted, Delete, UNKNOWN),
        ],
    }
};

const CLOSED: Next<TokenStatus> = Refuse(Code::InvalidToken);

/// The table of registration tokens.
pub(crate) const TOKEN_LIFECYCLE: Lifecycle<TokenStatus, TokenTrigger> = {
    use TokenStatus::{Active, Exhausted, Expired, Revoked};
    use TokenTrigger::{Expire, LastUse, Revoke, Use};
    Lifecycle {
        name: "registration_token",
        start: Active,
        state_name: TokenStatus::as_str,
        trigger_name: TokenTrigger::as_str,
        rows: &[
            (Active, Use, Stay),
            (Active, LastUse, To(Exhausted)),
            (Active, Expire, To(Expired)),
            (Active, Revoke, To(Revoked)),
            (Exhausted, Use, CLOSED),
            (Exhausted, LastUse, CLOSED),
            (Exhausted, Expire, To(Expired)),
            (Exhausted, Revoke, To(Revoked)),
            (Expired, Use, CLOSED),
            (Expired, LastUse, CLOSED),
            (Expired, Expire, Stay),
            (Expired, Revoke, To(Revoked)),
            (Revoked, Use, CLOSED),
            (Revoked, LastUse, CLOSED),
            (Revoked, Expire, Stay),
            (Revoked, Revoke, Stay),
        ],
    }
};
