//! `update_user`: a merge patch of an account (AC-10).

use super::guard::{check_not_above, check_not_last_admin, is_own};
use super::metadata::Metadata;
use super::{AccountAnswer, AccountRow, AccountStatus, Role, visible_account};
use crate::authority::Right;
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction, expect_version};
use crate::declare::Integer;
use crate::declare::member::Kept;
use crate::declare::object::{input, request};
use crate::error::{Code, Rejection};
use crate::event::{AccountChanges, EventBody};
use crate::id::{AccountId, Email, ExternalId, Name, ResourceId};
use crate::prefetch::Prefetch;
use crate::state::{ActiveAdmins, EmailIndex, ExternalIdIndex, next};

request! {
    /// Changes what an account is called, where it is reached, or what it may do.
    ///
    /// Refused with `user_not_found`, `version_conflict`, `forbidden` (its own role, the role `admin` by an
    /// `organization_admin`, or whatever an `organization_admin` would change of an `admin`),
    /// `organization_id_required`, `email_exists`, `external_id_exists`, `invalid_metadata` (larger than 16 KiB
    /// after the merge), `last_admin`, and what the form of the fields asks for (AC-10).
    command UpdateUser "update_user" {
        /// The account.
        user_id: AccountId,
        /// What changes.
        patch: AccountPatch,
        /// The version that the caller has seen, where it must still be the present one (M-3).
        expected_version: Option<u64> as Integer<1>,
    }
}

input! {
    /// A JSON merge patch: absent is unchanged, null is cleared (AC-10).
    ///
    /// In Rust an outer `None` leaves a field as it is, an inner one clears it.
    AccountPatch {
        /// What the account is called; cannot be cleared.
        name: Option<Name> => Kept<Name> = None,
        /// Its address, unique over the whole system without regard to case (AC-5); cannot be cleared.
        email: Option<Email> => Kept<Email> = None,
        /// The host's own id of it, unique in its organization (AC-7).
        external_id: Option<Option<ExternalId>>,
        /// The host's own id for the account.
        resource_id: Option<Option<ResourceId>>,
        /// Merged into the host's own data, member by member and at every depth; a member that is null goes (RFC 7396).
        metadata: Option<Option<Metadata>>,
        /// What it may do; cannot be cleared.
        role: Option<Role> => Kept<Role> = None,
    }
}

impl Request for UpdateUser {
    type Response = AccountAnswer;
    const NEEDS: Needs = Needs::NOTHING;
    const RIGHT: Right = Right::Accounts;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        let account = prefetch.row::<AccountRow>(&self.user_id);
        if let Some(email) = &self.patch.email
            && account.is_none_or(|account| account.email.folded() != email.folded())
        {
            prefetch.row::<EmailIndex>(&email.folded());
        }
        let Some(account) = account else { return };
        if let Some(Some(external_id)) = &self.patch.external_id
            && account.external_id.as_ref() != Some(external_id)
        {
            prefetch.row::<ExternalIdIndex>(&(account.organization_id.clone(), external_id.clone()));
        }
        if self.patch.role.is_some_and(|role| counts_anew(account, role)) {
            prefetch.row::<ActiveAdmins>(&());
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<AccountAnswer, Refusal> {
        if self.patch.role == Some(Role::Admin) && tx.authority.role == Some(Role::OrganizationAdmin) {
            let message = "only an `admin` account or the host may grant the role `admin`";
            return Err(Rejection::because(Code::Forbidden, message).at("/patch/role").into());
        }
        let account = visible_account(tx, self.user_id)?;
        expect_version(self.expected_version, account.version)?;
        check_not_above(tx, account, "change")?;
        let changes = self.changes(account)?;
        self.check(tx, account, &changes)?;
        if !changes.is_empty() {
            let (organization_id, version) = (account.organization_id.clone(), next(account.version));
            let body = EventBody::AccountUpdated { changes, version, redacted: false };
            tx.emit_account(self.user_id, organization_id, body)?;
        }
        Ok(AccountAnswer { user: tx.row::<AccountRow>(&self.user_id)?.ok_or(Code::UserNotFound)?.view() })
    }
}

/// Whether with this role there is an active admin more, or less.
fn counts_anew(account: &AccountRow, role: Role) -> bool {
    account.status == AccountStatus::Active && (account.role == Role::Admin) != (role == Role::Admin)
}

impl UpdateUser {
    /// What is to be another than it is.
    fn changes(&self, account: &AccountRow) -> Result<AccountChanges, Refusal> {
        let AccountPatch { name, email, external_id, resource_id, metadata, role } = &self.patch;
        let merged = match metadata {
            None => None,
            Some(None) => Some(None),
            Some(Some(patch)) => Some(Some(Metadata::patched(account.metadata.as_ref(), patch)?)),
        };
        Ok(AccountChanges {
            name: name.clone().filter(|name| *name != account.name),
            email: email.clone().filter(|email| *email != account.email),
            external_id: external_id.clone().filter(|external_id| *external_id != account.external_id),
            resource_id: resource_id.clone().filter(|resource_id| *resource_id != account.resource_id),
            metadata: merged.filter(|metadata| *metadata != account.metadata),
            role: role.filter(|role| *role != account.role),
        })
    }

    /// AC-1's limits for roles, then what is unique (AC-5, AC-7), then that an admin is left.
    fn check(&self, tx: &Transaction<'_>, account: &AccountRow, changes: &AccountChanges) -> Result<(), Refusal> {
        if let Some(role) = changes.role {
            if is_own(tx, account) {
                let message = "an account cannot change its own role";
                return Err(Rejection::because(Code::Forbidden, message).at("/patch/role").into());
            }
            if role == Role::OrganizationAdmin && account.organization_id.is_none() {
                let message = "the role `organization_admin` needs an organization";
                return Err(Rejection::because(Code::OrganizationIdRequired, message).at("/patch/role").into());
            }
        }
        if let Some(email) = &changes.email
            && email.folded() != account.email.folded()
            && tx.row::<EmailIndex>(&email.folded())?.is_some()
        {
            return Err(Rejection::new(Code::EmailExists).at("/patch/email").into());
        }
        if let Some(Some(external_id)) = &changes.external_id {
            let key = (account.organization_id.clone(), external_id.clone());
            if tx.row::<ExternalIdIndex>(&key)?.is_some() {
                return Err(Rejection::new(Code::ExternalIdExists).at("/patch/external_id").into());
            }
        }
        if changes.role.is_some() { check_not_last_admin(tx, account) } else { Ok(()) }
    }
}
