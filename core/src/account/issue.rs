//! `issue_registration_token` (AC-4).

use super::Role;
use super::password::Secret;
use super::registration_token::SecretDigest;
use crate::access::authority::Right;
use crate::ahead::Ahead;
use crate::context::Needs;
use crate::decide::{Case, Refusal, Request};
use crate::error::{Code, Rejection};
use crate::event::EventBody;
use crate::id::{OrganizationId, RegistrationTokenId};
use crate::json::{Path, Value};
use crate::state::{Organization, RegistrationToken, SecretHolder};
use crate::time::Timestamp;
use crate::wire::read::{Expiry, Form, Integer, Object};
use serde::Serialize;

/// Issues a registration token. The host makes the secret, by custom `ort_…`, and hands it out.
///
/// Refused with `organization_id_required`, `organization_not_found`, and `invalid_request` at
/// `/secret` where the organization uses that secret already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueRegistrationToken {
    /// Where the token admits to.
    pub organization_id: OrganizationId,
    /// 24–256 characters; kept as its SHA-256 only (P-4).
    pub secret: Secret,
    /// The role of the accounts that it admits: `member` or `organization_admin`.
    pub role: Role,
    /// How many accounts it may admit, at least 1; none is unlimited.
    pub max_uses: Option<u64>,
    /// The first instant at which it admits nobody any more.
    pub expires_at: Option<Timestamp>,
}

impl IssueRegistrationToken {
    /// A token for one member that never expires.
    #[must_use]
    pub const fn new(organization_id: OrganizationId, secret: Secret) -> Self {
        IssueRegistrationToken { organization_id, secret, role: Role::Member, max_uses: Some(1), expires_at: None }
    }
}

/// What issuing a registration token answers; not the secret, which the host has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenIssued {
    /// Its id.
    pub token_id: RegistrationTokenId,
    /// Where it admits to.
    pub organization_id: OrganizationId,
    /// The role of the accounts that it admits.
    pub role: Role,
    /// How many accounts it may admit; none is unlimited.
    pub max_uses: Option<u64>,
    /// The first instant at which it admits nobody any more.
    pub expires_at: Option<Timestamp>,
}

impl Request for IssueRegistrationToken {
    type Response = TokenIssued;
    const NAME: &'static str = "issue_registration_token";
    const FIELDS: &'static [&'static str] = &["command", "organization_id", "secret", "role", "max_uses", "expires_at"];
    const NEEDS: Needs = Needs::NOTHING.and_entropy(true);

    fn right(&self) -> Right {
        Right::Accounts
    }

    fn read(object: &Object<'_, '_>, form: &mut Form<'_>) -> Option<Self> {
        let organization_id = match object.has("organization_id") {
            true => object.required("organization_id", form),
            false => form.violate(
                Code::OrganizationIdRequired,
                &object.at("organization_id"),
                "`organization_id` is required",
            ),
        };
        let secret = object.required::<Secret>("secret", form);
        let secret = secret.filter(|secret| check_secret(secret, &object.at("secret"), form));
        let role = object.or("role", Role::Member, form);
        let role = role.filter(|role| check_role(*role, &object.at("role"), form));
        // The one field where null is not absent (C-6).
        let max_uses = match object.given("max_uses") {
            None => Some(Some(1)),
            Some(Value::Null) => Some(None),
            Some(_) => object.required::<Integer<1>>("max_uses", form).map(|max_uses| Some(max_uses.count())),
        };
        let expires_at = object.optional::<Expiry>("expires_at", form);
        Some(IssueRegistrationToken {
            organization_id: organization_id?,
            secret: secret?,
            role: role?,
            max_uses: max_uses?,
            expires_at: expires_at?.map(|expiry| expiry.0),
        })
    }

    fn check(&self, form: &mut Form<'_>) {
        check_secret(&self.secret, &Path::ROOT.key("secret"), form);
        check_role(self.role, &Path::ROOT.key("role"), form);
        if let Some(max_uses) = self.max_uses {
            Integer::<1>::check(max_uses, &Path::ROOT.key("max_uses"), form);
        }
        Expiry::check(self.expires_at, form);
    }

    fn look_ahead(&self, ahead: &Ahead<'_>) {
        ahead.row::<Organization>(&self.organization_id);
        ahead.row::<SecretHolder>(&(self.organization_id.clone(), SecretDigest::of(&self.secret)));
        ahead.minted::<RegistrationToken>(0);
    }

    fn decide(&self, case: &mut Case<'_>) -> Result<TokenIssued, Refusal> {
        case.check_organization(&self.organization_id)?;
        let secret_digest = SecretDigest::of(&self.secret);
        if case.row::<SecretHolder>(&(self.organization_id.clone(), secret_digest))?.is_some() {
            let message = "the organization already uses this secret";
            return Err(Rejection::because(Code::InvalidRequest, message).at("/secret").into());
        }
        let token_id = case.mint::<RegistrationToken>()?;
        let body = EventBody::RegistrationTokenIssued {
            role: self.role,
            max_uses: self.max_uses,
            expires_at: self.expires_at,
            secret_digest,
        };
        case.emit_token(token_id, &self.organization_id, body)?;
        Ok(TokenIssued {
            token_id,
            organization_id: self.organization_id.clone(),
            role: self.role,
            max_uses: self.max_uses,
            expires_at: self.expires_at,
        })
    }
}

fn check_secret(secret: &Secret, path: &Path<'_>, form: &mut Form<'_>) -> bool {
    let fits = (24..=256).contains(&secret.reveal().chars().count());
    if !fits {
        form.violations.add(Code::InvalidRequest, path, "a registration secret has 24 to 256 characters");
    }
    fits
}

fn check_role(role: Role, path: &Path<'_>, form: &mut Form<'_>) -> bool {
    let fits = role != Role::Admin;
    if !fits {
        let message = "the role of a registration token is `member` or `organization_admin`";
        form.violations.add(Code::InvalidRequest, path, message);
    }
    fits
}
