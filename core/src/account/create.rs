//! `create_user`: by an administrator (AC-1), or by whoever has a registration secret (AC-2, AC-3).

use super::metadata::Metadata;
use super::password::{self, CheckedPassword, Secret};
use super::{Account, Role, self_registration};
use crate::authority::Right;
use crate::context::{Actor, Needs};
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::object::request;
use crate::declare::read::Reader;
use crate::error::{Code, Rejection, Violations};
use crate::event::EventBody;
use crate::id::{Email, ExternalId, Name, OrganizationId, RegistrationTokenId, ResourceId};
use crate::json::Path;
use crate::prefetch::Prefetch;
use crate::state::{AccountRow, ActiveAdmins, EmailIndex, ExternalIdIndex, OrganizationRow};

request! {
    /// Creates an account.
    ///
    /// An `admin`, an `organization_admin` or the host itself creates it for somebody else; everybody
    /// else registers, with `organization_id`, `org_token` and `password`.
    ///
    /// Refused with `name_required`, `email_required`, `invalid_email`, `weak_password`,
    /// `invalid_metadata`; `organization_id_required`, `organization_not_found` (AC-1);
    /// `password_required`, `invalid_token` (AC-2, AC-3); `email_exists`, `external_id_exists`.
    command CreateUser "create_user" {
        /// What the account is called.
        name: Name,
        /// Its address, unique over the whole system without regard to case (AC-5).
        email: Email,
        /// Checked and dropped (AC-6): keeping passwords is the host's business.
        password: Option<Secret> => CheckedPassword = None,
        /// The organization that it will belong to.
        organization_id: Option<OrganizationId>,
        /// The registration secret; not looked at where an administrator acts.
        org_token: Option<Secret>,
        /// The host's own id for the account.
        resource_id: Option<ResourceId>,
        /// The host's own id of it, unique in its organization (AC-7).
        external_id: Option<ExternalId>,
        /// The host's own data.
        metadata: Option<Metadata>,
        /// What it may do; only an administrator may say.
        role: Option<Role>,
    }
}

/// On whose word an account is created, and as what.
pub(super) struct Admission {
    pub(super) organization_id: Option<OrganizationId>,
    pub(super) role: Role,
    /// The token that is used, with its organization.
    pub(super) token: Option<(RegistrationTokenId, OrganizationId)>,
}

impl Request for CreateUser {
    type Response = Account;
    const NEEDS: Needs = Needs::NOTHING.and_entropy(true);
    const RIGHT: Right = Right::CreateUser { has_token: true };
    const BY_FIELDS: &'static [(&'static str, Right)] = &[
        ("it has an `org_token`", Right::CreateUser { has_token: true }),
        ("it has no `org_token`", Right::CreateUser { has_token: false }),
    ];

    fn right(&self) -> Right {
        Right::CreateUser { has_token: self.org_token.is_some() }
    }

    fn check_together(&self, reader: &mut Reader<'_>) {
        if let Some(password) = &self.password {
            password::check(password, Some(&self.email), &Path::ROOT.key("password"), reader);
        }
    }

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        let organization_id = self.organization_id.as_ref().or(prefetch.organization_id());
        self.organization_id.iter().for_each(|named| {
            prefetch.row::<OrganizationRow>(named);
        });
        if let Some((organization_id, secret)) = organization_id.zip(self.org_token.as_ref()) {
            self_registration::prefetch(prefetch, organization_id, secret);
        }
        prefetch.row::<EmailIndex>(&self.email.folded());
        self.external_id.iter().for_each(|external_id| {
            prefetch.row::<ExternalIdIndex>(&(organization_id.cloned(), external_id.clone()));
        });
        prefetch.minted::<AccountRow>(0);
        if self.role == Some(Role::Admin) {
            prefetch.row::<ActiveAdmins>(&());
        }
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<Account, Refusal> {
        let is_administrator = match tx.actor() {
            Actor::System { .. } => true,
            _ => matches!(tx.authority.role, Some(Role::Admin | Role::OrganizationAdmin)),
        };
        let admission =
            if is_administrator { self.admitted_by_administrator(tx)? } else { self_registration::admit(self, tx)? };
        if tx.row::<EmailIndex>(&self.email.folded())?.is_some() {
            return Err(Rejection::new(Code::EmailExists).at("/email").into());
        }
        if let Some(external_id) = &self.external_id {
            let key = (admission.organization_id.clone(), external_id.clone());
            if tx.row::<ExternalIdIndex>(&key)?.is_some() {
                return Err(Rejection::new(Code::ExternalIdExists).at("/external_id").into());
            }
        }
        let user_id = tx.mint::<AccountRow>()?;
        if let Some((token_id, organization_id)) = &admission.token {
            tx.emit_token(*token_id, organization_id, EventBody::RegistrationTokenUsed { user_id })?;
        }
        let body = EventBody::AccountCreated {
            name: Some(self.name.clone()),
            email: Some(self.email.clone()),
            role: admission.role,
            resource_id: self.resource_id.clone(),
            external_id: self.external_id.clone(),
            metadata: self.metadata.clone(),
            redacted: false,
        };
        tx.emit_account(user_id, admission.organization_id, body)?;
        Ok(tx.row::<AccountRow>(&user_id)?.ok_or(Code::UserNotFound)?.view())
    }
}

impl CreateUser {
    /// AC-1.
    fn admitted_by_administrator(&self, tx: &Transaction<'_>) -> Result<Admission, Refusal> {
        let role = self.role.unwrap_or(Role::Member);
        let organization_id = self.organization_id.as_ref().or(tx.authority.organization_id.as_ref());
        let mut violations = Violations::default();
        if role == Role::OrganizationAdmin && organization_id.is_none() {
            let path = Path::ROOT.key("organization_id");
            let message = "the role `organization_admin` needs an organization";
            violations.add(Code::OrganizationIdRequired, &path, message);
        }
        if role == Role::Admin && tx.authority.role == Some(Role::OrganizationAdmin) {
            let message = "only an `admin` account or the host may grant the role `admin`";
            violations.add(Code::Forbidden, &Path::ROOT.key("role"), message);
        }
        violations.into_rejection().map_or(Ok(()), Err)?;
        if let Some(named) = &self.organization_id {
            tx.check_organization(named)?;
        }
        Ok(Admission { organization_id: organization_id.cloned(), role, token: None })
    }
}
