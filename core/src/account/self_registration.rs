//! Self-registration: `create_user` by whoever has a registration secret (AC-2, AC-3).

use super::create::{Admission, CreateUser};
use super::lifecycle::TOKEN_LIFECYCLE;
use super::password::Secret;
use super::registration_token::SecretDigest;
use crate::decide::{Refusal, Transaction};
use crate::error::{Code, Rejection, Violations};
use crate::id::OrganizationId;
use crate::json::Path;
use crate::lifecycle::Next;
use crate::prefetch::Prefetch;
use crate::state::{NotLoaded, OrganizationRow, RegistrationTokenRow, SecretIndex};

/// Whether the secret admits, and as what. The secret alone counts: it admits to its organization
/// whoever brings it, also an actor that belongs to another one.
pub(super) fn admit(command: &CreateUser, tx: &Transaction<'_>) -> Result<Admission, Refusal> {
    // C-2 lets none but administrators come without one.
    let secret = command.org_token.as_ref().ok_or(Code::Forbidden)?;
    let mut violations = Violations::default();
    let mut report = |code, field, message| violations.add(code, &Path::ROOT.key(field), message);
    if command.password.is_none() {
        report(Code::PasswordRequired, "password", "self-registration needs a password");
    }
    if command.organization_id.is_none() {
        report(Code::OrganizationIdRequired, "organization_id", "self-registration needs an organization");
    }
    if command.role.is_some() {
        report(Code::Forbidden, "role", "the registration token determines the role: leave `role` out");
    }
    violations.into_rejection().map_or(Ok(()), Err)?;
    let organization_id = command.organization_id.as_ref().ok_or(Code::OrganizationIdRequired)?;
    match open(tx, organization_id, secret)? {
        Ok(token) => Ok(Admission {
            organization_id: Some(token.organization_id.clone()),
            role: token.role,
            token: Some((token.token_id, token.organization_id.clone())),
        }),
        Err(reason) => {
            let mut rejection = Rejection::new(Code::InvalidToken).at("/org_token");
            rejection.internal = Some(reason);
            Err(rejection.into())
        }
    }
}

/// The token that a secret opens, or the reason why it opens none, which is for the host alone.
///
/// Each failure takes the same steps: the secret is hashed and looked for whether or not there is
/// such an organization, so that response times reveal no more than the answer does.
fn open<'c>(
    tx: &'c Transaction<'_>,
    organization_id: &OrganizationId,
    secret: &Secret,
) -> Result<Result<&'c RegistrationTokenRow, &'static str>, NotLoaded> {
    let digest = SecretDigest::of(secret);
    let organization = tx.row::<OrganizationRow>(organization_id)?;
    let holder = tx.row::<SecretIndex>(&(organization_id.clone(), digest))?;
    let elsewhere = tx.draft.state().uses_secret(&digest);
    let token = match holder {
        Some(holder) => tx.row::<RegistrationTokenRow>(&holder.token_id)?,
        None => None,
    };
    Ok(match token {
        Some(token) => {
            let status = token.status_at(tx.now());
            match TOKEN_LIFECYCLE.next(status, token.next_use()) {
                Next::Refuse(_) => Err(status.as_str()),
                Next::Stay | Next::To(_) => Ok(token),
            }
        }
        None if organization.is_none() => Err("unknown_organization"),
        None if elsewhere => Err("other_organization"),
        None => Err("unknown"),
    })
}

/// The rows that a secret leads to.
pub(super) fn prefetch(prefetch: &Prefetch<'_>, organization_id: &OrganizationId, secret: &Secret) {
    if let Some(holder) = prefetch.row::<SecretIndex>(&(organization_id.clone(), SecretDigest::of(secret))) {
        prefetch.row::<RegistrationTokenRow>(&holder.token_id);
    }
}
