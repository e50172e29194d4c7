//! `issue_registration_token` (AC-4).

use super::Role;
use super::password::Secret;
use super::registration_token::SecretDigest;
use crate::authority::Right;
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction};
use crate::declare::member::{Member, Optional};
use crate::declare::object::request;
use crate::declare::read::{FromWire, Object, Reader};
use crate::declare::view::view;
use crate::declare::{Expiry, Integer};
use crate::error::{Code, Rejection};
use crate::event::EventBody;
use crate::id::{OrganizationId, RegistrationTokenId};
use crate::json::{Path, Value};
use crate::prefetch::Prefetch;
use crate::shape::{Definition, Field, Text, Type};
use crate::state::{OrganizationRow, RegistrationTokenRow, SecretIndex};
use crate::time::Timestamp;
use core::ops::RangeInclusive;
use serde::ser::SerializeMap;

request! {
    /// Issues a registration token. The host makes the secret, by custom `ort_…`, and hands it out.
    ///
    /// Refused with `organization_id_required`, `organization_not_found`, and `invalid_request` at
    /// `/secret` where the organization uses that secret already.
    command IssueRegistrationToken "issue_registration_token" {
        /// Where the token admits to.
        organization_id: OrganizationId as HomeOrganization,
        /// 24–256 characters; kept as its SHA-256 only (P-4).
        secret: Secret as RegistrationSecret,
        /// The role of the accounts that it admits: `member` or `organization_admin`.
        role: Role as TokenRole = Role::Member,
        /// How many accounts it may admit, at least 1; none is unlimited.
        max_uses: Option<u64> => MaxUses = Some(1),
        /// The first instant at which it admits nobody any more.
        expires_at: Option<Timestamp> as Expiry,
    }
}

view! {
    /// What issuing a registration token answers; not the secret, which the host has.
    RegistrationTokenIssue {
        /// Its id.
        token_id: RegistrationTokenId,
        /// Where it admits to.
        organization_id: OrganizationId,
        /// The role of the accounts that it admits.
        role: Role,
        /// How many accounts it may admit; none is unlimited.
        max_uses: Option<u64>,
        /// The first instant at which it admits nobody any more.
        expires_at: Option<Timestamp>,
    }
}

impl Request for IssueRegistrationToken {
    type Response = RegistrationTokenIssue;
    const NEEDS: Needs = Needs::NOTHING.and_entropy(true);
    const RIGHT: Right = Right::Accounts;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.row::<OrganizationRow>(&self.organization_id);
        prefetch.row::<SecretIndex>(&(self.organization_id.clone(), SecretDigest::of(&self.secret)));
        prefetch.minted::<RegistrationTokenRow>(0);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<RegistrationTokenIssue, Refusal> {
        tx.check_organization(&self.organization_id)?;
        let secret_digest = SecretDigest::of(&self.secret);
        if tx.row::<SecretIndex>(&(self.organization_id.clone(), secret_digest))?.is_some() {
            let message = "the organization already uses this secret";
            return Err(Rejection::because(Code::InvalidRequest, message).at("/secret").into());
        }
        let token_id = tx.mint::<RegistrationTokenRow>()?;
        let body = EventBody::RegistrationTokenIssued {
            role: self.role,
            max_uses: self.max_uses,
            expires_at: self.expires_at,
            secret_digest,
        };
        tx.emit_token(token_id, &self.organization_id, body)?;
        Ok(RegistrationTokenIssue {
            token_id,
            organization_id: self.organization_id.clone(),
            role: self.role,
            max_uses: self.max_uses,
            expires_at: self.expires_at,
        })
    }
}

/// The organization that a token admits to.
struct HomeOrganization;

impl FromWire<OrganizationId> for HomeOrganization {
    const REQUIRED: Code = Code::OrganizationIdRequired;

    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<OrganizationId> {
        OrganizationId::read(value, path, reader)
    }

    fn shape() -> Type {
        OrganizationId::shape()
    }
}

/// A secret of the right length.
struct RegistrationSecret;

const SECRET_LENGTH: RangeInclusive<usize> = 24..=256;

impl FromWire<Secret> for RegistrationSecret {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Secret> {
        let secret = Secret::read(value, path, reader)?;
        let before = reader.violations.known_so_far();
        Self::check(&secret, path, reader);
        (reader.violations.known_so_far() == before).then_some(secret)
    }

    fn check(secret: &Secret, path: &Path<'_>, reader: &mut Reader<'_>) {
        if !SECRET_LENGTH.contains(&secret.reveal().chars().count()) {
            reader.violations.add(Code::InvalidRequest, path, "a registration secret must have 24 to 256 characters");
        }
    }

    fn shape() -> Type {
        Type::Text(Text { least: *SECRET_LENGTH.start(), most: Some(*SECRET_LENGTH.end()), ..Text::default() })
    }
}

/// A role that a token may give.
struct TokenRole;

impl FromWire<Role> for TokenRole {
    fn read(value: &Value<'_>, path: &Path<'_>, reader: &mut Reader<'_>) -> Option<Role> {
        let role = Role::read(value, path, reader)?;
        Self::check(&role, path, reader);
        (role != Role::Admin).then_some(role)
    }

    fn check(role: &Role, path: &Path<'_>, reader: &mut Reader<'_>) {
        if *role == Role::Admin {
            let message = "the role of a registration token must be `member` or `organization_admin`";
            reader.violations.add(Code::InvalidRequest, path, message);
        }
    }

    fn shape() -> Type {
        Type::named("TokenRole", || {
            let roles = [Role::OrganizationAdmin, Role::Member];
            Definition::words("TokenRole", "A role that a token may give.", roles.map(Role::as_str))
        })
    }
}

/// How often a token may be used: the one field where null is not absent, but unlimited (C-6).
struct MaxUses;

type Uses = Integer<1>;

impl Member<Option<u64>> for MaxUses {
    fn read(object: &Object<'_, '_>, name: &'static str, reader: &mut Reader<'_>) -> Option<Option<u64>> {
        Some(object.patched_as::<Uses, u64>(name, reader)?.unwrap_or(Some(1)))
    }

    fn check(value: &Option<u64>, path: &Path<'_>, reader: &mut Reader<'_>) {
        <Optional<Uses> as Member<Option<u64>>>::check(value, path, reader);
    }

    fn write<M: SerializeMap>(value: &Option<u64>, name: &'static str, out: &mut M) -> Result<(), M::Error> {
        out.serialize_entry(name, value)
    }

    fn field(name: &'static str, doc: &'static str) -> Field {
        let kind = <Uses as FromWire<u64>>::shape().or_null();
        Field { default: Some("1".into()), ..Field::optional(name, doc, kind) }
    }
}
