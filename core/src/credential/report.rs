//! `report_credential`: what the host learns of a credential at the third party (CR-6).

use super::lifecycle::{CREDENTIAL, CredentialState, CredentialTrigger};
use super::{CredentialAnswer, CredentialCause, CredentialStatus, Owner};
use crate::authority::Right;
use crate::context::Needs;
use crate::decide::{Refusal, Request, Transaction, expect_generation};
use crate::declare::member::{Member, Members, Optional};
use crate::declare::object::request;
use crate::declare::read::{FromWire, Object, Reader};
use crate::declare::string_enum::string_enum;
use crate::declare::{Expiry, Integer};
use crate::error::Code;
use crate::event::EventBody;
use crate::id::ConnectorSlug;
use crate::json::Path;
use crate::lifecycle::Next;
use crate::prefetch::Prefetch;
use crate::shape::{Field, Shown};
use crate::time::Timestamp;
use alloc::vec::Vec;
use serde::ser::SerializeMap;

string_enum! {
    /// The status that a credential is reported to have.
    ReportedStatus {
        /// It works.
        Active "active",
        /// It does not.
        NeedsReauth "needs_reauth",
    }

    /// Why a credential does not work.
    ReportReason {
        /// The third party refused it.
        Upstream "upstream",
        /// It could not be refreshed.
        RefreshFailed "refresh_failed",
    }
}

/// What is reported of a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// It works, until `expires_at` where one is given.
    Active {
        /// The first instant at which it is over.
        expires_at: Option<Timestamp>,
    },
    /// It does not work. The stored expiry stays.
    NeedsReauth {
        /// Why: `Upstream` or `RefreshFailed`.
        cause: CredentialCause,
    },
}

request! {
    /// Reports the status of a live credential.
    ///
    /// Refused as [`RevokeCredential`](crate::RevokeCredential) is.
    command ReportCredential "report_credential" {
        /// Whose it is.
        owner: Owner,
        /// The connector.
        connector: ConnectorSlug,
        /// Its status.
        ..status: Report as Reported,
        /// The generation that the report is about, where it must still be the present one: a late report about a grant
        /// that was replaced says nothing of the new one.
        expected_generation: Option<u64> as Integer<1>,
    }
}

const REASON_WITH_ACTIVE: &str = "`reason` is only allowed with the status `needs_reauth`";
const EXPIRY_WITH_NEEDS_REAUTH: &str = "`expires_at` is only allowed with the status `active`";
const UNKNOWN_CAUSE: &str = "the reason must be `upstream` or `refresh_failed`";

/// The fields `status`, `reason` and `expires_at`, which depend on one another.
struct Reported;

impl Members<Report> for Reported {
    const NAMES: &'static [&'static str] = &["status", "reason", "expires_at"];
    const RULES: &'static [&'static str] = &[
        r#"{"if": {"properties": {"status": {"const": "active"}}}, "then": {"properties": {"reason": {"type": "null"}}}}"#,
        r#"{"if": {"properties": {"status": {"const": "needs_reauth"}}}, "then": {"properties": {"expires_at": {"type": "null"}}}}"#,
    ];

    fn read(object: &Object<'_, '_>, reader: &mut Reader<'_>) -> Option<Report> {
        let state = object.required::<ReportedStatus>("status", reader);
        let reason = match state {
            Some(ReportedStatus::Active) if object.has("reason") => {
                reader.report(Code::InvalidRequest, &object.at("reason"), REASON_WITH_ACTIVE)
            }
            Some(ReportedStatus::Active | ReportedStatus::NeedsReauth) | None => {
                object.or("reason", ReportReason::RefreshFailed, reader)
            }
        };
        let expires_at = match state {
            Some(ReportedStatus::NeedsReauth) if object.has("expires_at") => {
                reader.report(Code::InvalidRequest, &object.at("expires_at"), EXPIRY_WITH_NEEDS_REAUTH)
            }
            Some(ReportedStatus::Active | ReportedStatus::NeedsReauth) | None => {
                object.optional_as::<Expiry, Timestamp>("expires_at", reader)
            }
        };
        let (reason, expires_at) = (reason?, expires_at?);
        Some(match state? {
            ReportedStatus::Active => Report::Active { expires_at },
            ReportedStatus::NeedsReauth => Report::NeedsReauth {
                cause: match reason {
                    ReportReason::Upstream => CredentialCause::Upstream,
                    ReportReason::RefreshFailed => CredentialCause::RefreshFailed,
                },
            },
        })
    }

    fn check(status: &Report, path: &Path<'_>, reader: &mut Reader<'_>) {
        match status {
            Report::Active { expires_at } => {
                <Optional<Expiry> as Member<Option<Timestamp>>>::check(expires_at, &path.key("expires_at"), reader);
            }
            Report::NeedsReauth { cause: CredentialCause::Upstream | CredentialCause::RefreshFailed } => {}
            Report::NeedsReauth { .. } => {
                reader.violations.add(Code::InvalidRequest, &path.key("reason"), UNKNOWN_CAUSE);
            }
        }
    }

    fn write<M: SerializeMap>(status: &Report, out: &mut M) -> Result<(), M::Error> {
        match status {
            Report::Active { expires_at } => {
                out.serialize_entry("status", &ReportedStatus::Active)?;
                expires_at.iter().try_for_each(|at| out.serialize_entry("expires_at", at))
            }
            Report::NeedsReauth { cause } => {
                out.serialize_entry("status", &ReportedStatus::NeedsReauth)?;
                out.serialize_entry("reason", cause)
            }
        }
    }

    fn fields() -> Vec<Field> {
        let reason = "Why it does not work: with `needs_reauth` only.";
        let expires_at =
            "The first instant at which it is no longer valid: with `active` only; absent clears the stored one.";
        alloc::vec![
            Field::required("status", "Its status.", ReportedStatus::shown()),
            Field {
                default: Some("\"refresh_failed\"".into()),
                ..Field::optional("reason", reason, ReportReason::shown().or_null())
            },
            Field::optional("expires_at", expires_at, Timestamp::shape().or_null()),
        ]
    }
}

impl Request for ReportCredential {
    type Response = CredentialAnswer;
    const NEEDS: Needs = Needs::PLACE;
    const RIGHT: Right = Right::HostOnly;

    fn prefetch(&self, prefetch: &Prefetch<'_>) {
        prefetch.credential(&self.owner, &self.connector);
    }

    fn decide(&self, tx: &mut Transaction<'_>) -> Result<CredentialAnswer, Refusal> {
        let held = tx.credential_of(&self.owner, &self.connector)?;
        let status = held.map(|held| held.status_at(tx.now()));
        let stored_expiry = held.and_then(|held| held.expires_at);
        let generation = held.map_or(0, |held| held.generation);
        let (owner, connector) = (self.owner.clone(), self.connector.clone());
        let (trigger, body) = match self.status {
            Report::Active { expires_at } => {
                (CredentialTrigger::ReportActive, EventBody::CredentialRefreshed { owner, connector, expires_at })
            }
            Report::NeedsReauth { cause } => {
                (CredentialTrigger::ReportNeedsReauth, EventBody::CredentialNeedsReauth { owner, connector, cause })
            }
        };
        // The same status and expiry again is a no-op (CR-6).
        let is_so =
            status == Some(CredentialStatus::Active) && self.status == Report::Active { expires_at: stored_expiry };
        let next = CREDENTIAL.next(CredentialState::of(status), trigger);
        if let Next::Refuse(code) = next {
            return Err(code.into());
        }
        expect_generation(self.expected_generation, generation)?;
        if matches!(next, Next::To(_)) && !is_so {
            tx.emit_credential(&self.owner, body)?;
        }
        tx.credential_answer(&self.owner, &self.connector)
    }
}
