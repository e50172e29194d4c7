//! `revoke_credential`, and the revocations that other commands bring (CR-5, CR-7).

use super::lifecycle::{CREDENTIAL, CredentialState, CredentialTrigger};
use super::{AuthScope, CredentialAnswer, CredentialCause, CredentialRow, Owner};
use crate::authority::Right;
use crate::company::CompanyRow;
use crate::context::{Actor, Needs};
use crate::decide::{Refusal, Request, Transaction, expect_generation};
use crate::declare::Integer;
use crate::declare::object::request;
use crate::error::Code;
use crate::event::{EffectBody, EventBody};
use crate::id::{ConnectorSlug, RegisteredUserId};
use crate::lifecycle::Next;
use crate::prefetch::Prefetch;
use alloc::vec::Vec;

request! {
    /// Revokes a live credential. The catalogue is not consulted.
    ///
    /// Refused with `registered_user_not_found` or `company_not_found` for an owner that is not there,
    /// `credential_not_found` for a credential that is not live, `version_conflict` for another generation than the
    /// expected one.
    command RevokeCredential "revoke_credential" {
        /// Whose it is.
        owner: Owner,
        /// The connector.
        connector: ConnectorSlug,
        /// The generation that the caller means, where it must still be the present one.
        expected_generation: Option<u64> as Integer<1>,
    }
}

impl Request for RevokeCredential {
    type Response = CredentialAnswer;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::RevokeCredential { is_own: true };
    const BY_FIELDS: &'static [(&'static str, Right)] = &[
        ("the `owner` is a registered user", Right::RevokeCredential { is_own: true }),
        ("the `owner` is a company or the organization", Right::RevokeCredential { is_own: false }),
    ];

    fn right(&self) -> Right {
        Right::RevokeCredential { is_own: self.owner.scope() == AuthScope::Individual }
    }

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.credential(&self.owner, &self.connector);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<CredentialAnswer, Refusal> {
        let held = tx.credential_of(&self.owner, &self.connector)?.cloned();
        let status = held.as_ref().map(|held| held.status_at(tx.now()));
        if let Next::Refuse(code) = CREDENTIAL.next(CredentialState::of(status), CredentialTrigger::Revoke) {
            return Err(code.into());
        }
        let held = held.ok_or(Code::CredentialNotFound)?;
        expect_generation(self.expected_generation, held.generation)?;
        let cause = match tx.actor() {
            Actor::RegisteredUser { .. } => CredentialCause::User,
            Actor::System { .. } | Actor::Account { .. } | Actor::AccessKey(_) | Actor::Anonymous => {
                CredentialCause::Admin
            }
        };
        revoke(tx, &self.owner, &held, cause)?;
        tx.credential_answer(&self.owner, &self.connector)
    }
}

impl CredentialRow {
    /// Asks the host to end this grant at the third party (CR-7).
    pub(super) fn revoke_upstream(&self, owner: &Owner) -> EffectBody {
        EffectBody::RevokeUpstream {
            owner: owner.clone(),
            connector: self.connector.clone(),
            generation: self.generation,
            external_account_id: self.external_account_id.clone(),
        }
    }
}

/// Revokes a credential that is live, here and at the third party.
pub(super) fn revoke(
    tx: &mut Transaction<'_>,
    owner: &Owner,
    held: &CredentialRow,
    cause: CredentialCause,
) -> Result<(), Refusal> {
    let (owner_of_event, connector) = (owner.clone(), held.connector.clone());
    tx.emit_credential(owner, EventBody::CredentialRevoked { owner: owner_of_event, connector, cause })?;
    tx.effect(held.revoke_upstream(owner));
    Ok(())
}

fn live(credentials: &[CredentialRow]) -> Vec<CredentialRow> {
    credentials.iter().filter(|credential| credential.is_live()).cloned().collect()
}

/// Revokes a registered user's own credentials, in the order of connectors (RU-9, RU-12).
pub(crate) fn revoke_own(
    tx: &mut Transaction<'_>,
    id: RegisteredUserId,
    cause: CredentialCause,
) -> Result<(), Refusal> {
    let own = tx.visible_user(id)?.live().map(|user| live(&user.credentials)).unwrap_or_default();
    let owner = Owner::Individual { registered_user_id: id };
    own.iter().try_for_each(|held| revoke(tx, &owner, held, cause))
}

/// Revokes what a company shares, in the order of connectors (RU-15).
pub(crate) fn revoke_shared(tx: &mut Transaction<'_>, company: &CompanyRow) -> Result<(), Refusal> {
    let owner = Owner::Shared { origin_company_id: company.origin_company_id.clone() };
    let shared = live(&company.credentials);
    shared.iter().try_for_each(|held| revoke(tx, &owner, held, CredentialCause::CompanyDeleted))
}
