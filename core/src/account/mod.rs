//! Accounts: members of the platform itself (AC-1…11).

mod apply;
mod create;
mod delete;
mod guard;
mod issue;
mod lifecycle;
pub(crate) mod metadata;
pub(crate) mod password;
mod query;
pub(crate) mod registration_token;
mod revoke;
pub(crate) mod row;
mod self_registration;
mod status;
mod update;
mod view;

pub(crate) use apply::apply;
pub use create::CreateUser;
pub use delete::{AccountDeletion, DeleteUser};
pub use issue::{IssueRegistrationToken, RegistrationTokenIssue};
pub(crate) use lifecycle::{ACCOUNT_LIFECYCLE, AccountTrigger, TOKEN_LIFECYCLE};
pub use metadata::Metadata;
pub use query::{GetUser, ListRegistrationTokens, ListUsers};
pub use registration_token::{RegistrationToken, TokenStatus};
pub use revoke::{RegistrationTokenRevocation, RevokeRegistrationToken};
pub(crate) use row::AccountRow;
pub use row::{AccountStatus, Role};
pub use status::{AccountAnswer, SetUserStatus};
pub use update::{AccountPatch, UpdateUser};
pub use view::Account;

use crate::decide::{Refusal, Transaction};
use crate::error::Code;
use crate::id::AccountId;

/// The account with this id, where the actor can see it (P-2).
fn visible_account<'c>(tx: &'c Transaction<'_>, id: AccountId) -> Result<&'c AccountRow, Refusal> {
    let account = tx.row::<AccountRow>(&id)?.filter(|account| tx.reaches(account.organization_id.as_ref()));
    account.ok_or_else(|| Code::UserNotFound.into())
}
