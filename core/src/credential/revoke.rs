//! `revoke_credential`, and the revocations that other commands bring (CR-5, CR-7).

use super::lifecycle::{CREDENTIAL, CredentialState, CredentialTrigger};
use super::{AuthScope, Credential, CredentialAnswer, CredentialCause, Owner};
use crate::access::authority::Right;
use crate::ahead::Ahead;
use crate::company::Company;
use crate::context::{Actor, Needs};
use crate::decide::{Case, Refusal, Request};
use crate::event::{Effect, EventBody};
use crate::id::{ConnectorSlug, RegisteredUserId};
use crate::lifecycle::Next;
use crate::wire::read::{Form, Object};
use alloc::vec::Vec;

/// Revokes a live credential. The catalogue is not consulted.
///
/// Refused with `registered_user_not_found` or `company_not_found` for an owner that is not there,
/// `credential_not_found` for a credential that is not live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokeCredential {
    /// Whose it is.
    pub owner: Owner,
    /// The connector.
    pub connector: ConnectorSlug,
}

impl Request for RevokeCredential {
    type Response = CredentialAnswer;
    const NAME: &'static str = "revoke_credential";
    const FIELDS: &'static [&'static str] = &["command", "owner", "connector"];
    const NEEDS: Needs = Needs::PLACE;

    fn right(&self) -> Right {
        Right::RevokeCredential { is_own: self.owner.scope() == AuthScope::Individual }
    }

    fn read(object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
        let owner = object.required("owner", form);
        let connector = object.required("connector", form);
        Some(RevokeCredential { owner: owner?, connector: connector? })
    }

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        ahead.credential(&self.owner, &self.connector);
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<CredentialAnswer, Refusal> {
        let status = case.credential_of(&self.owner, &self.connector)?.map(|held| held.status_at(case.now()));
        if let Next::Refuse(code) = CREDENTIAL.next(CredentialState::of(status), CredentialTrigger::Revoke) {
            return Err(code.into());
        }
        let cause = match case.actor() {
            Actor::RegisteredUser { .. } => CredentialCause::User,
            Actor::System { .. } | Actor::Account { .. } | Actor::AccessKey(_) | Actor::Anonymous => {
                CredentialCause::Admin
            }
        };
        revoke(case, &self.owner, &self.connector, cause)?;
        case.credential_answer(&self.owner, &self.connector)
    }
}

/// Revokes a credential that is live, and tells the host to revoke the grant upstream (CR-7).
fn revoke(
    case: &mut Case<'_>,
    owner: &Owner,
    connector: &ConnectorSlug,
    cause: CredentialCause,
) -> Result<(), Refusal> {
    case.effect(Effect::RevokeUpstream { owner: owner.clone(), connector: connector.clone() });
    let body = EventBody::CredentialRevoked { owner: owner.clone(), connector: connector.clone(), cause };
    case.emit_credential(owner, body)
}

fn live(credentials: &[Credential]) -> Vec<ConnectorSlug> {
    credentials.iter().filter(|credential| credential.is_live()).map(|live| live.connector.clone()).collect()
}

/// Revokes what a registered user holds of its own, in the order of connectors (RU-9, RU-12).
pub(crate) fn revoke_own(case: &mut Case<'_>, id: RegisteredUserId, cause: CredentialCause) -> Result<(), Refusal> {
    let own = case.visible_user(id)?.present().map(|present| live(&present.credentials)).unwrap_or_default();
    let owner = Owner::Individual { registered_user_id: id };
    own.iter().try_for_each(|connector| revoke(case, &owner, connector, cause))
}

/// Revokes what a company shares, in the order of connectors (RU-15).
pub(crate) fn revoke_shared(case: &mut Case<'_>, company: &Company) -> Result<(), Refusal> {
    let owner = Owner::Shared { origin_company_id: company.origin_company_id.clone() };
    let shared = live(&company.credentials);
    shared.iter().try_for_each(|connector| revoke(case, &owner, connector, CredentialCause::CompanyDeleted))
}
